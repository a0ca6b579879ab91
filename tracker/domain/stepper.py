"""The drawn steps of a resolution: filed, challenged, SEC, ballot or not, voted, and what was promised.

Every step says something; where nothing is known it says "no record", which is not the same as "did not happen".
"""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.dates import PartialDate
from tracker.domain.status import (
    SEC_ANSWERS,
    VOTED,
    WITHDRAWN,
    Entry,
    History,
    commitment_words,
    explanation,
    label,
)
from tracker.domain.vocab import CommitmentState
from tracker.domain.vocab import ResolutionCode as Code


class StepState(StrEnum):
    """Whether a step is on record, unknown, or cannot come any more."""

    DONE = "done"
    NO_RECORD = "no_record"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Step:
    """One step as drawn. `code` is the entry behind it, None when there is none; `words` is never empty."""

    key: str
    title: str
    state: StepState
    words: str
    on: PartialDate | None = None
    code: Code | None = None


def steps(history: History, commitment: CommitmentState | None = None) -> tuple[Step, ...]:
    """Return the six steps in order: filed, challenged, SEC, outcome, vote, commitment. Pass `history.until(today)`."""
    return (
        _step("filed", "Filed", history.find(Code.FILED)),
        _step("challenged", "Challenged", history.find(Code.EXCLUSION_NOTICED)),
        _sec(history),
        _step("outcome", "Ballot", history.find(Code.ON_BALLOT, Code.OMITTED, *WITHDRAWN)),
        _vote(history),
        _commitment(commitment),
    )


def _step(key: str, title: str, entry: Entry | None) -> Step:
    if entry is None:
        return Step(key, title, StepState.NO_RECORD, "no record")
    return Step(key, label(entry.code), StepState.DONE, explanation(entry.code), entry.on, entry.code)


def _sec(history: History) -> Step:
    """Return the SEC's step: a withdrawal while a challenge was pending leaves no decision behind."""
    answer = history.find(*SEC_ANSWERS)
    withdrawn = history.find(*WITHDRAWN)
    if answer is None and withdrawn and history.find(Code.EXCLUSION_NOTICED):
        words = "No SEC answer on record: the proposal was withdrawn after the challenge."
        return Step("sec", "SEC staff", StepState.NOT_REACHED, words)
    return _step("sec", "SEC staff", answer)


def _vote(history: History) -> Step:
    voted, end = history.find(*VOTED), history.find(Code.OMITTED, Code.NOT_PRESENTED, *WITHDRAWN)
    if voted is None and end is not None:
        back = history.find(Code.ON_BALLOT)
        returned = back is not None and history.entries.index(back) > history.entries.index(end)
        if not returned:
            return Step(
                "voted", "Vote", StepState.NOT_REACHED, f"No vote: {label(end.code)[:1].lower()}{label(end.code)[1:]}."
            )
    return _step("voted", "Vote", voted)


def _commitment(state: CommitmentState | None) -> Step:
    known = StepState.NO_RECORD if state is None else StepState.DONE
    return Step("commitment", "Commitment", known, "no record" if state is None else commitment_words(state))
