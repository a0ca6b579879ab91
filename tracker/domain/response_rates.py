"""Rates over many letters: how many were answered, out of how many, in which window, by which rule; and how fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.responses import LetterState
from tracker.domain.vocab import ResponseState

RULE = (
    "Letters sent in the window, by first possible day. Answered: in full or in part, in time or late, to the sender or"
    " elsewhere, published or said to exist. Acknowledged, declined and tangential answers are not counted as answered."
    " Left out: letters not yet due and unanswered, and letters past due for whose answer nobody has searched."
    " Not answering calls for scrutiny; it proves no wrongdoing."
)


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator` letters sent in the window, both days included, were answered, by `rule`."""

    numerator: int
    denominator: int
    window_start: date
    window_end: date
    excluded_not_due: int
    excluded_not_searched: int
    rule: str = RULE

    @property
    def value(self) -> Fraction | None:
        """The share, or None when no letter counts."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def words(self) -> str:
        """Return "2 of 3 letters sent between 1 January 2018 and 31 December 2018 were answered (…)"."""
        window = PartialDate.between(self.window_start, self.window_end).words()
        left_out = f"{self.excluded_not_due} not yet due and {self.excluded_not_searched} not searched left out"
        noun, verb = ("letter", "was") if self.denominator == 1 else ("letters", "were")
        return f"{self.numerator} of {self.denominator} {noun} sent {window} {verb} answered ({left_out})"


@dataclass(frozen=True, slots=True)
class MedianDays:
    """The median days to an answer over `letters` answered letters; a range where dates are partial."""

    fewest: float
    most: float
    letters: int


def rate(states: Sequence[LetterState], window: tuple[date, date]) -> Rate:
    """Return the response rate of the letters sent within `window`, both days included.

    Raises InputError when the window ends before it begins.
    """
    start, end = window
    if end < start:
        raise InputError(f"a window from {start} to {end} ends before it begins")
    sent = [state for state in states if state.sent is not None and start <= _first_day(state.sent) <= end]
    not_due = sum(ResponseState.NOT_DUE in state.facts for state in sent)
    not_searched = sum(_not_searched(state) for state in sent)
    answered = sum(state.answered for state in sent)
    return Rate(answered, len(sent) - not_due - not_searched, start, end, not_due, not_searched)


def median_days(states: Sequence[LetterState]) -> MedianDays | None:
    """Return the median days from sending to answer over the answered letters, or None when there is none.

    Unanswered letters are not in it, so it says how fast answers come, not how long senders wait. Letters whose days
    have no upper or lower end are left out and not counted in `letters`.
    """
    ranges = [state.days for state in states if state.answered and state.days is not None]
    known = [(max(fewest, 0), max(most, 0)) for fewest, most in ranges if fewest is not None and most is not None]
    if not known:
        return None
    return MedianDays(median(low for low, _ in known), median(high for _, high in known), len(known))


def _first_day(sent: PartialDate) -> date:
    return sent.sort_key[0]


def _not_searched(state: LetterState) -> bool:
    """Return whether the letter is past due with no answer of any kind and no search behind its silence."""
    return state.facts <= {ResponseState.ACKNOWLEDGED}
