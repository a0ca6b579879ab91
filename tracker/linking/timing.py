"""How far two dates lie apart, and which of an object's days a document is nearest to.

Dates are compared as the numbers of their first and last possible days: every document is held against every day of
every object, and that is arithmetic, not a matter of calendars.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.domain.dates import PartialDate, Precision

_SHARPNESS = {Precision.DAY: 1.0, Precision.MONTH: 0.6, Precision.BETWEEN: 0.7}  # a year says nothing about the day
_COMING = 200  # days: a meeting may lie this far ahead of what is written about it
_SAME_DAYS = 1  # days a document may be dated before what it reports: time zones, embargoes
_NO_END = 10**9  # number of a day beyond any calendar, where a date has no such end


class Span(NamedTuple):
    """The first and the last possible day of a date, as day numbers."""

    first: int
    last: int

    @classmethod
    def of(cls, on: PartialDate) -> "Span":
        """Return the span of a date; an end that is not known lies beyond every other."""
        earliest, latest = on.earliest, on.latest
        return cls(earliest.toordinal() if earliest else -_NO_END, latest.toordinal() if latest else _NO_END)

    @property
    def middle(self) -> int:
        """The day in the middle, or where one end is not known the other."""
        if self.first == -_NO_END:
            return self.last
        return self.first if self.last == _NO_END else (self.first + self.last) // 2


class Day(NamedTuple):
    """One of a target's dates with what is asked of it again and again. `due` marks one equal to the target's due."""

    on: PartialDate
    span: Span
    precision: Precision
    sharpness: float
    due: bool
    written: str
    words: str

    @classmethod
    def of(cls, on: PartialDate, due: PartialDate | None) -> "Day":
        """Prepare one date of a target whose due is given."""
        return cls(on, Span.of(on), on.precision, sharpness(on), on == due, str(on), on.words())


class Fit(NamedTuple):
    """The day of a target that a document is nearest to, and the days between.

    `ahead` says that all of the target's days lie further ahead than one who writes could know. `distance` counts the
    days to the closest one, whether a document could report it or not. `eve` says that the day comes after the
    document, so shortly that the dates may be a matter of time zones or of an embargo.
    """

    day: Day
    days: int
    ahead: bool
    distance: int
    eve: bool = False


def sharpness(on: PartialDate) -> float:
    """Return what a date of this precision says about the day, 0 to 1."""
    return _SHARPNESS.get(on.precision, 0.0)


def gap(earlier: Span, later: Span) -> int:
    """Return the fewest days between two spans: positive when `earlier` comes first, 0 where they may coincide."""
    if earlier.last < later.first:
        return later.first - earlier.last
    return later.last - earlier.first if later.last < earlier.first else 0


def gap_days(earlier: PartialDate, later: PartialDate) -> int:
    """Return the fewest days between two dates: positive when `earlier` comes first, 0 where they may coincide."""
    return gap(Span.of(earlier), Span.of(later))


def nearest(days: Sequence[Day], published: Span) -> Fit | None:
    """Return how a target's days fit a document's; None for a target without days."""
    if not days:
        return None
    gaps = [gap(day.span, published) for day in days]
    distance = min(map(abs, gaps)) if len(gaps) > 1 else abs(gaps[0])
    fitting = [
        (max(0, days_between) if days_between >= -_SAME_DAYS else -days_between, days[number].written, number)
        for number, days_between in enumerate(gaps)
        if days_between >= -_SAME_DAYS or (days_between >= -_COMING and days[number].due)
    ]
    if not fitting:
        latest = max(gaps)
        return Fit(days[gaps.index(latest)], -latest, ahead=True, distance=distance)
    between, _, number = min(fitting) if len(fitting) > 1 else fitting[0]
    return Fit(days[number], between, ahead=False, distance=distance, eve=gaps[number] < 0 and not days[number].due)
