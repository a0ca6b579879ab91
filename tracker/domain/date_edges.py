"""The ends of a date as people write them: reading "2 or 3 April 2019" into two edges. `dates` makes dates of them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from tracker.domain.errors import InputError
from tracker.domain.sent import Sent

FIRST_YEAR, LAST_YEAR = 1900, 2200
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Edge(Sent):
    """A year, a month of a year, or a day, as it was given. Raises InputError when the calendar has no such thing."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse years outside 1900 to 2200, days without a month, and days that do not exist."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InputError(f"the year {self.year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
        if self.day is not None and self.month is None:
            raise InputError(f"day {self.day} of {self.year} has no month")
        if self.month is not None and not 1 <= self.month <= len(MONTHS):
            raise InputError(f"there is no month {self.month}")
        if self.day is not None and not 1 <= self.day <= Edge(self.year, self.month).last.day:
            raise InputError(f"there is no such day as {self.words()}")

    @classmethod
    def of(cls, on: date) -> Self:
        """Return the edge that is exactly this day."""
        return cls(on.year, on.month, on.day)

    @property
    def precision(self) -> Precision:
        """Day, month or year."""
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def first(self) -> date:
        """The first day that this edge can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that this edge can mean."""
        if self.day is not None:
            return self.first
        if self.month in {None, len(MONTHS)}:
            return date(self.year, 12, 31)
        return date(self.year, (self.month or 0) + 1, 1) - timedelta(days=1)

    def words(self, *, month: bool = True, year: bool = True) -> str:
        """Return "24 May 2018", leaving out the month or the year where the sentence has said it already."""
        parts = [str(self.day)] if self.day is not None else []
        if month and self.month is not None:
            parts.append(MONTHS[self.month - 1])
        return " ".join([*parts, str(self.year)] if year else parts)

    def __str__(self) -> str:
        """Return the ISO form: 2018, 2018-05 or 2018-05-24."""
        return "-".join([str(self.year), *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])


# Start, end, and whether both are only about right.
Ends = tuple[Edge | None, Edge | None, bool]
_Parts = tuple[int | None, int | None, int | None]

_EDGE = r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?"
_CANONICAL = re.compile(rf"(?:{_EDGE})?(\.\.)?(?:{_EDGE})?(~)?", re.ASCII)
_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*", re.ASCII)
_LEAD = re.compile(
    r"(?:(?P<about>about|around|circa|ca|c|approximately|roughly) )?"
    r"(?:(?P<bound>on or before|no later than|before|by|until|on or after|no earlier than|after|since"
    r"|between|from|in|on) )?"
    r"(?P<rest>.+)"
)
_BEFORE = {"on or before", "no later than", "before", "by", "until"}
_AFTER = {"on or after", "no earlier than", "after", "since", "from"}
_IGNORED = re.compile(r"\b(?:of|the|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")


def read(text: str) -> Ends:
    """Return the ends of a date written canonically, as an ISO date-time or in English; raises InputError."""
    return _canonical(text.strip()) or _timestamp(text.strip()) or _english(text)


def _edge(year: str | None, month: str | None, day: str | None) -> Edge | None:
    """Return the edge of three groups of digits, or None when there is no year."""
    return Edge(int(year), int(month) if month else None, int(day) if day else None) if year else None


def _canonical(text: str) -> Ends | None:
    """Return the ends of a canonical text, or None when it is not one."""
    found = _CANONICAL.fullmatch(text)
    if found is None:
        return None
    groups = found.groups()
    start, dots, end = _edge(*groups[:3]), groups[3], _edge(*groups[4:7])
    if (start is None and end is None) or (dots is None and end is not None):
        return None
    return (start, end if dots else start, groups[7] is not None)


def _timestamp(text: str) -> Ends | None:
    """Return the day of an ISO date-time as written, or None when it is not one."""
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(str(error)) from error
    return _canonical(found[1])


def _english(text: str) -> Ends:
    """Return the ends that English words mean; raises InputError."""
    plain = re.sub(r"[\u2010-\u2015]", "-", text.lower())
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", re.sub(r"[,.]", " ", plain))
    plain = re.sub(r"(?<![\d-])(\d\d?)-(?=\d\d? [a-z])", r"\1 to ", re.sub(r" - |(?<=[a-z])-(?=[a-z])", " to ", plain))
    found = _LEAD.fullmatch(" ".join(_IGNORED.sub(" ", plain).split()))
    if found is None:
        raise InputError("there is nothing to read")
    bound, approximate = found["bound"], found["about"] is not None
    parts = [_parts(part) for part in re.split(r" (?:and|or|to|through|until) ", found["rest"])]
    if len(parts) == 1 and bound != "between":
        edge = _filled(parts[0], parts[0])
        start, end = None if bound in _BEFORE else edge, None if bound in _AFTER else edge
        return (start, end, approximate)
    if len(parts) == len(("start", "end")) and bound in {"between", "from", "in", "on", None}:
        return (_filled(parts[0], parts[1]), _filled(parts[1], parts[0]), approximate)
    raise InputError("it has too many or too few parts")


def _parts(text: str) -> _Parts:
    """Return year, month and day as far as one half of a range names them; raises InputError on any other word."""
    iso = re.fullmatch(_EDGE, text, re.ASCII)
    if iso:
        return int(iso[1]), int(iso[2]) if iso[2] else None, int(iso[3]) if iso[3] else None
    year = month = day = None
    for word in text.split():
        if re.fullmatch(r"\d{4}", word, re.ASCII) and year is None:
            year = int(word)
        elif re.fullmatch(r"\d{1,2}", word, re.ASCII) and day is None:
            day = int(word)
        elif month is None and (named := _month(word)):
            month = named
        else:
            raise InputError(f"{word!r} is not understood here")
    return year, month, day


def _month(word: str) -> int | None:
    """Return the number of the month that `word` names in full or by three or more letters."""
    matching = [number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(word)]
    return matching[0] if len(word) >= len("jan") and matching else None


def _filled(parts: _Parts, other: _Parts) -> Edge:
    """Return an edge from `parts`, taking the year, and a lone day's month, from the other half of the range."""
    year, month, day = parts
    year = year or other[0]
    if day is not None and month is None:
        month = other[1]
    if year is None:
        raise InputError("there is no year")
    return Edge(year, month, day)
