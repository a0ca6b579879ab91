"""Dates as they are really known: to the day, the month or the year, before, after or between, and perhaps only about.

A letter may be answered "in August 2018" and a ruling dated "2 or 3 April 2019" because the sources conflict. Such a
date is kept as it is known; nothing here fills in a day. The written form is a small part of ISO 8601-2 (EDTF).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, total_ordering
from typing import Self

from tracker.domain import date_edges
from tracker.domain.date_edges import Edge, Precision
from tracker.domain.errors import InputError
from tracker.domain.sent import Sent

__all__ = ["EXAMPLES", "Edge", "PartialDate", "Precision"]

EXAMPLES = "2018, 2018-05, 24 May 2018, before 3 June 2019, between 2 and 3 April 2019, about 20 May 2027"

# Dates that begin on the same day: the wider statement first, as a heading stands above its details.
_RANK = {
    Precision.BEFORE: 0,
    Precision.YEAR: 1,
    Precision.MONTH: 2,
    Precision.BETWEEN: 3,
    Precision.DAY: 4,
    Precision.AFTER: 5,
}


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate(Sent):
    """A date known as far as it is known.

    `start` and `end` are the same edge for a plain day, month or year; an absent start means "before the end", an
    absent end "after the start". Both ends are taken inclusively and widely, so that the truth always lies between
    `earliest` and `latest`: "before June 2019" reaches to 30 June, "after 2018" begins on 1 January 2018.
    """

    start: Edge | None
    end: Edge | None
    approximate: bool = False

    def __post_init__(self) -> None:
        """Refuse a date with no end at all, and ends in the wrong order."""
        if self.start is None and self.end is None:
            raise InputError("a date needs at least one end")
        if self.start and self.end and not (self.start.first <= self.end.first and self.start.last <= self.end.last):
            raise InputError(f"{self.start.words()} does not come before {self.end.words()}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date that a person or a row means by `text`; InputError says what was found and what would do.

        Takes the canonical forms, plain English in either order of day and month name, and ISO date-times, which are
        cut to the day as written. All-number dates such as 5/6/2018 are refused: nobody can tell May from June.
        """
        try:
            return cls(*date_edges.read(text))
        except InputError as error:
            raise InputError(f"reading {text!r} as a date: {error}; write for example {EXAMPLES}") from error

    @classmethod
    def day(cls, on: date) -> Self:
        """Return the date known to the day. A datetime is refused: use `from_datetime`, which knows about zones."""
        if isinstance(on, datetime):
            raise InputError(f"{on.isoformat()} is a moment, not a day: use from_datetime")
        return cls(Edge.of(on), Edge.of(on))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Return a date known to the month."""
        return cls(Edge(year, month), Edge(year, month))

    @classmethod
    def year(cls, year: int) -> Self:
        """Return a date known to the year."""
        return cls(Edge(year), Edge(year))

    @classmethod
    def before(cls, on: date) -> Self:
        """Return "on or before this day"."""
        return cls(None, Edge.of(on))

    @classmethod
    def after(cls, on: date) -> Self:
        """Return "on or after this day"."""
        return cls(Edge.of(on), None)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Return "between these days", both included; the same day twice is that day."""
        return cls(Edge.of(first), Edge.of(last))

    @classmethod
    def from_datetime(cls, moment: datetime) -> Self:
        """Return the day of `moment` in UTC; raises InputError when it has no time zone."""
        if moment.tzinfo is None:
            raise InputError(f"{moment.isoformat()} has no time zone, so its day in UTC is not known")
        return cls.day(moment.astimezone(UTC).date())

    @property
    def earliest(self) -> date | None:
        """The first possible day; None when only an upper end is known."""
        return self.start.first if self.start else None

    @property
    def latest(self) -> date | None:
        """The last possible day; None when only a lower end is known."""
        return self.end.last if self.end else None

    @property
    def precision(self) -> Precision:
        """How much is known, leaving `approximate` aside."""
        if self.start is None:
            return Precision.BEFORE
        if self.end is None:
            return Precision.AFTER
        return self.start.precision if self.start == self.end else Precision.BETWEEN

    @property
    def exact_day(self) -> date | None:
        """The day, when it is known and not approximate."""
        return self.earliest if self.precision is Precision.DAY and not self.approximate else None

    @property
    def sort_key(self) -> tuple[date, int, date, bool, str]:
        """The first possible day (the last, where no first is known); then wider before narrower, then the text.

        The canonical text closes the key and is unique, so two dates sort as equal only when they are equal.
        """
        return _sort_key(self)

    def __lt__(self, other: object) -> bool:
        """Order by `sort_key`."""
        return self.sort_key < other.sort_key if isinstance(other, PartialDate) else NotImplemented

    def __str__(self) -> str:
        """Return the canonical text, which `parse` reads back to an equal date."""
        middle = str(self.start) if self.start == self.end else f"{self.start or ''}..{self.end or ''}"
        return middle + ("~" if self.approximate else "")

    def words(self) -> str:
        """Return plain English, which `parse` reads back as well."""
        if self.start is None or self.end is None:
            words = f"after {self.start.words()}" if self.start else f"before {self.end.words()}" if self.end else ""
        elif self.start == self.end:
            return ("about " if self.approximate else "") + self.start.words()
        else:
            same_year = self.start.precision is self.end.precision is not Precision.YEAR
            same_year = same_year and self.start.year == self.end.year
            same_month = same_year and self.start.day is not None and self.start.month == self.end.month
            words = f"between {self.start.words(month=not same_month, year=not same_year)} and {self.end.words()}"
        return ("roughly " if self.approximate else "") + words

    def overlaps(self, other: "PartialDate") -> bool:
        """Return whether the two could be the same day."""
        return not self.surely_before(other) and not other.surely_before(self)

    def surely_before(self, other: "PartialDate") -> bool:
        """Return whether every day that this may be comes before every day that the other may be."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def contains(self, day: date) -> bool:
        """Return whether this could be `day`."""
        return self.overlaps(PartialDate.day(day))

    def days_until(self, other: "PartialDate") -> tuple[int | None, int | None]:
        """Return the fewest and the most days from this date to `other`; None where there is no such end.

        Negative when `other` comes first.
        """
        fewest = (other.earliest - self.latest).days if other.earliest and self.latest else None
        most = (other.latest - self.earliest).days if other.latest and self.earliest else None
        return fewest, most

    def moved(self, move: Callable[[date], date]) -> "PartialDate":
        """Return this date with `move` applied to its ends. A month or year becomes the range of its moved days.

        `move` must keep the order of days, as adding days or taking the next business day does.
        """
        start = Edge.of(move(self.earliest)) if self.earliest else None
        end = Edge.of(move(self.latest)) if self.latest else None
        return PartialDate(start, end, self.approximate)

    def shifted(self, days: int) -> "PartialDate":
        """Return this date `days` calendar days later, or earlier when negative."""
        return self.moved(lambda day: day + timedelta(days=days))


# A list compares the same few dates again and again.
@lru_cache(maxsize=20_000)
def _sort_key(on: PartialDate) -> tuple[date, int, date, bool, str]:
    first = on.earliest or on.latest or date.min
    return (first, _RANK[on.precision], on.latest or date.max, on.approximate, str(on))
