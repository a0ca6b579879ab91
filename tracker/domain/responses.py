"""Where a letter stands on a day: answered, how fully, how late, or silent, and on whose word. Source: DOMAIN.md 9.

Silence is an observation with a date and a search behind it; without a search nothing is asserted. A late answer ends
the silence and does not erase it. The clock runs from the day the letter was sent, never from its draft or receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.errors import InputError
from tracker.domain.vocab import Basis, Channel, ResponseState

# Our own convention, no rule of law: letters to companies and agencies commonly ask for an answer within a month.
DEFAULT_DAYS_TO_ANSWER = 30
# What an answer can be, the fullest first.
ANSWER_KINDS = (
    ResponseState.ANSWERED_FULL,
    ResponseState.ANSWERED_PARTIAL,
    ResponseState.TANGENTIAL,
    ResponseState.DECLINED,
    ResponseState.ACKNOWLEDGED,
)
ANSWERING = frozenset({ResponseState.ANSWERED_FULL, ResponseState.ANSWERED_PARTIAL})
ELSEWHERE = frozenset({Channel.STATEMENT, Channel.BLOG, Channel.PROXY_STATEMENT, Channel.PRESS})
_KIND_WORDS = {
    ResponseState.ANSWERED_FULL: "Answered",
    ResponseState.ANSWERED_PARTIAL: "Answered in part",
    ResponseState.TANGENTIAL: "Answered beside the questions",
    ResponseState.DECLINED: "Declined to answer",
    ResponseState.ACKNOWLEDGED: "Acknowledged",
}
_PREPOSITIONS = {Precision.DAY: "on ", Precision.MONTH: "in ", Precision.YEAR: "in "}
Days = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: when, how full (one of ANSWER_KINDS), by which channel, and whether anyone can read it.

    `said_by` names who says that an unpublished answer exists.
    """

    on: PartialDate
    kind: ResponseState
    channel: Channel = Channel.LETTER
    public: bool = True
    said_by: str = ""

    def __post_init__(self) -> None:
        """Refuse kinds that describe a letter rather than an answer."""
        if self.kind not in ANSWER_KINDS:
            raise InputError(f"an answer cannot be {self.kind!r}: choose one of {', '.join(ANSWER_KINDS)}")


@dataclass(frozen=True, slots=True)
class Search:
    """A look for an answer that found none: when, and where."""

    on: date
    where: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sender's statement that the answer was not sufficient. It is theirs, and is shown with their name."""

    by: str
    on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is known of one letter. `sent` None means it was not sent as far as we know, and no clock runs."""

    sent: PartialDate | None
    received: PartialDate | None = None
    respond_by: PartialDate | None = None
    answers: tuple[Answer, ...] = ()
    searches: tuple[Search, ...] = ()
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When an answer is due, and how that is known."""

    on: PartialDate
    basis: Basis
    words: str


@dataclass(frozen=True, slots=True)
class LetterState:
    """Where a letter stands on the day `on`.

    `state` is the one to show; None means that it is due, no answer is on record and nobody has searched, which is
    not silence. `flags` are the other states that are true as well (late and partial; answered after a silence).
    `days` runs from sending to the answer that `state` and `words` tell of, which is the first of the fullest kind,
    or to `on` while there is none: the fewest and the most, None when not known.
    """

    state: ResponseState | None
    flags: frozenset[ResponseState]
    words: str
    days: Days | None
    on: date
    sent: PartialDate | None
    due: Due | None

    @property
    def facts(self) -> frozenset[ResponseState]:
        """Every state that is true, the shown one included."""
        return self.flags if self.state is None else self.flags | {self.state}

    @property
    def answered(self) -> bool:
        """Whether any question was answered, in full or in part, in time or late, to the sender or elsewhere."""
        return bool(self.facts & ANSWERING)

    @property
    def unanswered(self) -> bool:
        """Whether an answer is due and none that answers any question is on record."""
        return not self.answered and ResponseState.NOT_DUE not in self.facts

    @property
    def awaited(self) -> bool:
        """Whether an answer may still come, due or not: no question is answered and nobody declined to answer."""
        return not self.answered and ResponseState.DECLINED not in self.facts


def due(letter: LetterFacts) -> Due | None:
    """Return when the answer is due: the day the letter names, else 30 days after sending; None when not sent."""
    if letter.sent is None:
        return None
    if letter.respond_by is not None:
        words = f"due {letter.respond_by.words()}, as the letter asks"
        return Due(letter.respond_by, Basis.STATED_BY_SENDER, words)
    on = letter.sent.shifted(DEFAULT_DAYS_TO_ANSWER)
    words = f"due {on.words()}, {DEFAULT_DAYS_TO_ANSWER} days after sending, our convention as the letter names no day"
    return Due(on, Basis.COMPUTED, words)


def state(letter: LetterFacts, on: date) -> LetterState:
    """Return where the letter stands on the day `on`, using only what had happened by then.

    What is shown, in this order: the sender's judgement; what kind of answer it is when it is none (declined,
    tangential); late; private; elsewhere; full or partial. Answers dated wholly before the letter are not counted.
    """
    when_due = due(letter)
    if letter.sent is None or when_due is None or _begins_after(letter.sent, on):
        words = "Not sent as far as we know; no clock runs."
        return LetterState(ResponseState.NOT_DUE, frozenset(), words, None, on, letter.sent, when_due)
    answers = [answer for answer in letter.answers if _counts(answer, letter.sent, on)]
    acknowledged = [answer for answer in answers if answer.kind is ResponseState.ACKNOWLEDGED]
    real = [answer for answer in answers if answer.kind is not ResponseState.ACKNOWLEDGED]
    flags = {ResponseState.ACKNOWLEDGED} if acknowledged else set[ResponseState]()
    if not real:
        return _waiting(letter, when_due, on, flags)
    return _answered(letter, when_due, on, real, flags)


def days_words(days: Days | None, *, about: bool = False) -> str:
    """Return "69 to 99 days", "1 day", "at least 69 days" or "an unknown number of days"; never a negative count."""
    fewest, most = days or (None, None)
    if most is None:
        return "an unknown number of days" if fewest is None else f"at least {_plural(max(fewest, 0))}"
    if fewest is None:
        return f"at most {_plural(max(most, 0))}"
    low, high = max(fewest, 0), max(most, 0)
    return ("about " if about else "") + (_plural(low) if low == high else f"{low:,} to {_plural(high)}")


def _plural(days: int) -> str:
    return f"{days:,} day{'' if days == 1 else 's'}"


def _when(on: PartialDate) -> str:
    """Return the date with its preposition: "on 24 May 2018", "in August 2018", "before 3 June 2019"."""
    if on.approximate:
        return on.words()
    return f"{_PREPOSITIONS.get(on.precision, '')}{on.words()}"


def _begins_after(when: PartialDate, day: date) -> bool:
    return when.earliest is not None and when.earliest > day


def _counts(answer: Answer, sent: PartialDate, on: date) -> bool:
    """Return whether the answer may have come by `on` and not certainly before the letter."""
    return not answer.on.surely_before(sent) and not _begins_after(answer.on, on)


def _waiting(letter: LetterFacts, when_due: Due, on: date, flags: set[ResponseState]) -> LetterState:
    """Return the state of a letter without an answer: not due, acknowledged, silent after a search, or not searched."""
    sent = letter.sent or when_due.on
    days = sent.days_until(PartialDate.day(on))
    waited = f"{days_words(days, about=sent.approximate)} after it was sent"
    acknowledged = "Acknowledged, not answered. " if flags else ""
    latest = when_due.on.latest
    if latest is None or on <= latest:
        maybe = latest is not None and when_due.on.earliest is not None and when_due.on.earliest < on
        words = f"{acknowledged}{'Perhaps due already' if maybe else 'Not due yet'}: {when_due.words}."
        facts = flags | {ResponseState.NOT_DUE}
    else:
        search = _silence(letter, latest, on)
        if search is None:
            words = (
                f"{acknowledged}No answer on record, {waited}; not searched yet since it fell due ({when_due.words})."
            )
            facts = flags
        else:
            observed = days_words(sent.days_until(PartialDate.day(search.on)), about=sent.approximate)
            words = (
                f"{acknowledged}No answer found as of {PartialDate.day(search.on).words()}, {observed} after it was"
                f" sent (searched: {search.where}; {when_due.words})."
            )
            facts = flags | {ResponseState.NO_RESPONSE}
    shown = _first(facts, (ResponseState.ACKNOWLEDGED, ResponseState.NO_RESPONSE, ResponseState.NOT_DUE))
    return LetterState(shown, frozenset(facts - {shown}), words, days, on, letter.sent, when_due)


def _silence(letter: LetterFacts, due_latest: date, before: date) -> Search | None:
    """Return the last search that found nothing after the due day and up to `before`."""
    found = [search for search in letter.searches if due_latest < search.on <= before]
    return max(found, key=lambda search: (search.on, search.where), default=None)


def _answered(
    letter: LetterFacts, when_due: Due, on: date, answers: list[Answer], flags: set[ResponseState]
) -> LetterState:
    """Return the state of an answered letter, with everything else that is true of it as flags."""
    in_order = sorted(answers, key=lambda answer: (answer.on, ANSWER_KINDS.index(answer.kind)))
    kind = next(kind for kind in ANSWER_KINDS if any(answer.kind is kind for answer in answers))
    telling = [answer for answer in in_order if answer.kind is kind]
    first = telling[0]
    sent, latest_due = letter.sent or when_due.on, when_due.on.latest
    days = sent.days_until(first.on)
    facts, notes = flags | {kind}, list[str]()
    if latest_due is not None and _begins_after(first.on, latest_due):
        facts.add(ResponseState.ANSWERED_LATE)
        notes.append(f"late: {when_due.words}")
    elif first.on.latest is None or first.on.latest > (when_due.on.earliest or latest_due or date.max):
        notes.append(f"perhaps late: {when_due.words}")
    # Any reply ends a silence, also one that is less than the answer told of.
    silence = _silence(letter, latest_due, min(on, in_order[0].on.earliest or on)) if latest_due else None
    if silence is not None:
        facts.add(ResponseState.NO_RESPONSE)
        notes.append(f"no answer had been found as of {PartialDate.day(silence.on).words()} ({silence.where})")
    notes += [*_where(telling, facts), *_besides(in_order, kind)]
    judgement = letter.judgement
    if judgement is not None and not (judgement.on and _begins_after(judgement.on, on)):
        facts.add(ResponseState.SENDER_DEEMED_INSUFFICIENT)
        notes.append(f"not sufficient according to {judgement.by}")
    about = sent.approximate or first.on.approximate
    words = f"{_KIND_WORDS[kind]} {_when(first.on)}, {days_words(days, about=about)} after it was sent"
    words = "; ".join([words, *notes]) + "."
    shown = _first(facts, _shown_order(kind))
    return LetterState(shown, frozenset(facts - {shown}), words, days, on, letter.sent, when_due)


def _where(answers: list[Answer], facts: set[ResponseState]) -> list[str]:
    """Add to `facts` whether every one of these answers is private or was given elsewhere; return the words for it."""
    notes = []
    if not any(answer.public for answer in answers):
        facts.add(ResponseState.PRIVATE)
        said_by = ", ".join(sorted({answer.said_by for answer in answers if answer.said_by}))
        notes.append(f"not published, said to exist{f' by {said_by}' if said_by else ''}")
    if all(answer.channel in ELSEWHERE for answer in answers):
        facts.add(ResponseState.ANSWERED_ELSEWHERE)
        channels = sorted({answer.channel.replace("_", " ") for answer in answers})
        notes.append(f"not to the sender but elsewhere ({', '.join(channels)})")
    return notes


def _besides(answers: Sequence[Answer], kind: ResponseState) -> list[str]:
    """Return the words for the answers of other kinds, each with its day."""
    others = [answer for answer in answers if answer.kind is not kind]
    words = dict.fromkeys(f"{_KIND_WORDS[other.kind].lower()} {_when(other.on)}" for other in others)
    return [f"besides: {', '.join(words)}"] if words else []


def _shown_order(kind: ResponseState) -> tuple[ResponseState, ...]:
    weak = () if kind in ANSWERING else (kind,)
    return (
        ResponseState.SENDER_DEEMED_INSUFFICIENT,
        *weak,
        ResponseState.ANSWERED_LATE,
        ResponseState.PRIVATE,
        ResponseState.ANSWERED_ELSEWHERE,
        kind,
    )


def _first(facts: set[ResponseState], order: tuple[ResponseState, ...]) -> ResponseState | None:
    return next((shown for shown in order if shown in facts), None)
