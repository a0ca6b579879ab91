"""A letter day by day: what happened to it, each with the days counted from its sending."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.dates import PartialDate
from tracker.domain.responses import Days, days_words
from tracker.domain.vocab import ResponseState
from tracker.store.correspondence import AnswerLine
from tracker.store.letters import LetterStanding


class StepKind(StrEnum):
    """What a step of a letter's course is."""

    SENT = "sent"
    DUE = "due"
    ANSWER = "answer"
    SEARCH = "search"
    JUDGEMENT = "judgement"
    ASKED_AGAIN = "asked_again"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step. `days` are the fewest and the most calendar days from sending to it; None on the day of sending.

    `row` is the answer, search, judgement or letter that it tells of. `late` says how an answer stands to the day it
    was due, empty for all else.
    """

    kind: StepKind
    on: PartialDate
    days: Days | None
    row: object = None
    late: str = ""


def course(letter: LetterStanding) -> list[CourseStep]:
    """Return the steps of a letter up to the day its standing is told of, oldest first."""
    order = list(StepKind)
    return sorted(_steps(letter), key=lambda step: (step.on.sort_key, order.index(step.kind)))


def lateness(letter: LetterStanding, answer: AnswerLine) -> str:
    """Return how an answer stands to the day it was due: "in time", "56 days late", "perhaps late"; "" for no day."""
    due = letter.state.due
    if due is None or answer.assessment is ResponseState.ACKNOWLEDGED:
        return ""
    fewest, most = due.on.days_until(answer.on)
    if fewest is not None and fewest > 0:
        return f"{days_words((fewest, most))} late"
    return "in time" if most is not None and most <= 0 else "perhaps late"


def _steps(letter: LetterStanding) -> Iterator[CourseStep]:
    sent, today = letter.sent_on, letter.state.on
    yield CourseStep(StepKind.SENT, sent, None)
    if letter.state.due is not None:
        yield CourseStep(StepKind.DUE, letter.state.due.on, sent.days_until(letter.state.due.on), letter.state.due)
    for answer in letter.answers:
        late = lateness(letter, answer)
        yield CourseStep(StepKind.ANSWER, answer.on, sent.days_until(answer.on), answer, late)
    for search in letter.searches:
        yield _on_day(StepKind.SEARCH, sent, search.on, search)
    for judgement in letter.judgements:
        yield CourseStep(StepKind.JUDGEMENT, judgement.on, sent.days_until(judgement.on), judgement)
    for later in letter.asked_again:
        yield CourseStep(StepKind.ASKED_AGAIN, later.sent_on, sent.days_until(later.sent_on), later)
    if letter.state.awaited:
        yield _on_day(StepKind.TODAY, sent, today, None)


def _on_day(kind: StepKind, sent: PartialDate, on: date, row: object) -> CourseStep:
    day = PartialDate.day(on)
    return CourseStep(kind, day, sent.days_until(day), row)
