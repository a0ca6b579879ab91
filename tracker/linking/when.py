"""Time expressions of a document, resolved against its day of publication: "last month", "on Thursday", "in May 2018".

Nothing is filled in: "last month" is known to the month, and in a document dated only to the month no weekday is read.
What can be read in two ways is given as wide as both, or not at all: "last Wednesday" and "next Thursday" of this or
the next week, "last May" in June. Fiscal years and quarters are refused, for each company begins its own; so is what
counts from another event ("a week earlier"). English only. All-number dates are left alone: nobody can tell May from
June in 5/6/2018.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.dates import PartialDate
from tracker.linking.sieve import Sieve
from tracker.linking.tense import ahead
from tracker.linking.words import fold, tokens_of

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_AHEAD = 65  # days: a day or month without a year may lie this far ahead (a coming meeting), else it is past
_WEEK = timedelta(days=7)

_MONTH = "|".join(_MONTHS)
_NUMBER = r"[0-9]{1,2}|" + "|".join(_NUMBERS)
_YEAR = r"(?:19|20)\d\d"
_DAY_OF_WEEK = "|".join(_WEEKDAYS)
# A pattern that begins with a digit names the ten, so that it is tried at numbers only (`sieve`), and not everywhere.
# Which capital letters to ask for is said by the names of groups: "may" alone is a verb.
_DAY_MONTH = re.compile(
    rf"\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?\b"
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>{_YEAR})\b)?")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH}),? (?:of )?(?P<year>{_YEAR})\b")
_IN_MONTH = re.compile(
    rf"\b(?P<which>in|since|until|by|during|of|last|this|next|early|late|mid)[ -](?P<month>{_MONTH})\b"
)
_ISO = re.compile(rf"\b(?P<year>{_YEAR})-(?P<number>\d\d)-(?P<day>\d\d)\b")
_BARE_YEAR = re.compile(rf"(?<![\d$€£.,-])\b(?P<year>{_YEAR})\b(?![\d%,.]\d|-\d)")
# A weekday beside a date says nothing of its own: "Wednesday, May 22", "Wednesday 22 May".
_WEEKDAY = re.compile(
    rf"\b(?:(?P<which>last|next|this coming|coming) )?(?P<weekday>{_DAY_OF_WEEK})\b"
    rf"(?!,? (?:the )?(?:{_MONTH}) \d|,? (?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b)"
)
_AGO = re.compile(rf"\b(?P<count>{_NUMBER}) (?P<unit>day|week|month|year)s? ago\b")
_RELATIVE = re.compile(r"\b(?P<which>last|this|next|previous|earlier this|later this) (?P<unit>week|month|year)\b")
_DAY_WORD = re.compile(r"\b(?P<word>today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening))\b")
_DAY_STEPS = {"yesterday": -1, "tomorrow": 1}
# What looks like a date and is none that we can tell: a longer expression keeps the shorter one in it from being read.
_REFUSED = re.compile(
    rf"\b(?:fiscal (?:years? )?{_YEAR}(?:-\d\d(?:\d\d)?)?|financial years? {_YEAR}(?:[-/]\d\d(?:\d\d)?)?"
    rf"|{_YEAR} (?:fiscal|financial) year|fy ?{_YEAR}"
    rf"|(?:first|second|third|fourth|last) (?:fiscal )?quarter (?:of |in )?(?:fiscal (?:year )?)?{_YEAR}"
    rf"|winter (?:of )?{_YEAR}|q[1-4],? {_YEAR}|(?:last|this|next) (?:fiscal|financial) year)\b"
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of the text and the date they mean; `text[start:end]` is `words`."""

    start: int
    end: int
    words: str
    on: PartialDate


@dataclass(frozen=True, slots=True)
class _Found:
    """A match with what decides its meaning: the day of publication, and whether the sentence speaks of the future."""

    match: re.Match[str]
    published: PartialDate | None
    folded: str

    def __getitem__(self, group: str) -> str:
        return str(self.match[group] or "")

    @property
    def base(self) -> date | None:
        """The last day on which it may have been published."""
        return (self.published.latest or self.published.earliest) if self.published else None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known."""
        return self.published.exact_day if self.published else None

    @property
    def ahead(self) -> bool:
        """Whether the words before speak of what is to come."""
        return ahead(self.folded, self.match.start())


_Reader = Callable[[_Found], "PartialDate | None"]


def expressions(text: str, published: PartialDate | None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of `text` in order, not overlapping; of overlapping ones the longer stays.

    Relative ones need `published`, weekdays and "yesterday" need it to the day.
    """
    folded = fold(text)
    found = [
        (match.start(), match.end(), _resolved(_Found(match, published, folded), _READERS[number][1], text))
        for number, match in _SIEVE.search_all(folded, tokens_of(text))
    ]
    # Letter by letter: pairs of expressions would be too many in a text of megabytes.
    taken = {place for start, end, on in found if on is _NO_DATE for place in range(start, end)}
    kept: list[TimeExpression] = []
    for start, end, on in sorted(found, key=lambda row: (row[0] - row[1], row[0])):
        if isinstance(on, PartialDate) and taken.isdisjoint(range(start, end)):
            kept.append(TimeExpression(start, end, text[start:end], on))
            taken.update(range(start, end))
    return tuple(sorted(kept, key=lambda e: e.start))


_NO_DATE = object()


def _resolved(found: _Found, read: _Reader | None, text: str) -> object:
    """Return the date, None where the words are no date after all, or the mark of one that is refused."""
    if read is None:
        return _NO_DATE
    for name in ("month", "weekday"):
        if name in found.match.re.groupindex and not text[found.match.start(name)].isupper():
            return None
    try:
        return read(found)
    except (ValueError, OverflowError):  # 31 June, or so long ago that there is no calendar
        return None


def _full(found: _Found) -> PartialDate | None:
    month, day = _MONTHS.index(found["month"]) + 1, int(found["day"])
    if found["year"]:
        return PartialDate.day(date(int(found["year"]), month, day))
    nearest = _nearest(found, lambda year: date(year, month, day))
    return PartialDate.day(nearest) if nearest else None


def _month_year(found: _Found) -> PartialDate:
    return PartialDate.month(int(found["year"]), _MONTHS.index(found["month"]) + 1)


def _month_alone(found: _Found) -> PartialDate | None:
    month, which, base = _MONTHS.index(found["month"]) + 1, found["which"], found.base
    if base is None:
        return None
    if which == "this":
        return PartialDate.month(base.year, month)
    if which in {"last", "next"}:
        # In June "last May" is this year's to some and last year's to others; in April it can only be last year's.
        sure = month >= base.month if which == "last" else month <= base.month
        return PartialDate.month(base.year + (1 if which == "next" else -1), month) if sure else None
    nearest = _nearest(found, lambda year: date(year, month, 1), begun=True)
    return PartialDate.month(nearest.year, month) if nearest else None


def _iso(found: _Found) -> PartialDate:
    return PartialDate.day(date(int(found["year"]), int(found["number"]), int(found["day"])))


def _year(found: _Found) -> PartialDate:
    return PartialDate.year(int(found["year"]))


def _weekday(found: _Found) -> PartialDate | None:
    day, which = found.day, found["which"]
    if day is None:
        return None
    back = (day.weekday() - _WEEKDAYS.index(found["weekday"])) % 7
    latest, coming = day - timedelta(days=back), day + timedelta(days=7 - back)
    if which == "last":
        return _either(latest - _WEEK, latest) if 0 < back <= day.weekday() else PartialDate.day(_past(latest, back))
    if which == "next":
        in_this_week = coming - timedelta(days=coming.weekday()) <= day
        return _either(coming, coming + _WEEK) if in_this_week else PartialDate.day(coming)
    if which:
        return PartialDate.day(coming)
    return PartialDate.day(coming if back and found.ahead else latest)


def _past(latest: date, back: int) -> date:
    return latest if back else latest - _WEEK


def _either(first: date, second: date) -> PartialDate:
    return PartialDate.between(first, second)


def _ago(found: _Found) -> PartialDate | None:
    base, unit = found.base, found["unit"]
    if base is None:
        return None
    count = _NUMBERS[found["count"]] if found["count"] in _NUMBERS else int(found["count"])
    if unit in {"day", "week"}:
        on = base - timedelta(days=count * (7 if unit == "week" else 1))
        slack = timedelta(days=1 if unit == "day" else 4)
        return PartialDate.between(on - slack, min(on + slack, base))
    return _moved(base, unit, -count)


def _relative(found: _Found) -> PartialDate | None:
    base, which, unit = found.base, found["which"], found["unit"]
    if base is None:
        return None
    whole = _moved(base, unit, {"last": -1, "previous": -1, "next": 1}.get(which, 0))
    first, last = whole.earliest, whole.latest
    if which == "earlier this" and first is not None:
        return PartialDate.between(first, base)
    if which == "later this" and last is not None:
        return PartialDate.between(base, last)
    return whole


def _day_word(found: _Found) -> PartialDate | None:
    day = found.day
    return PartialDate.day(day + timedelta(days=_DAY_STEPS.get(found["word"], 0))) if day else None


def _moved(base: date, unit: str, step: int) -> PartialDate:
    if unit == "year":
        return PartialDate.year(base.year + step)
    if unit == "month":
        months = base.year * 12 + base.month - 1 + step
        return PartialDate.month(months // 12, months % 12 + 1)
    monday = base - timedelta(days=base.weekday()) + step * _WEEK
    return PartialDate.between(monday, monday + timedelta(days=6))


def _nearest(found: _Found, made: Callable[[int], date], *, begun: bool = False) -> date | None:
    """Return the next such day where the sentence speaks of the future, else the latest that may be written about.

    What is written about may be a coming meeting, so it may lie a little ahead. With `begun` a month that has begun is
    still to come: "will vote in May", written on 7 May.
    """
    base = found.base
    if base is None:
        return None
    days = list(_years(base, made))
    if found.ahead:
        first = base.replace(day=1) if begun else base
        return next((day for day in reversed(days) if day >= first), None)
    return next((day for day in days if day <= base + timedelta(days=_AHEAD)), None)


def _years(base: date, made: Callable[[int], date]) -> Iterator[date]:
    """Yield the day in the years around, the last first, where there is one: 29 February stands in few."""
    for year in (base.year + 1, base.year, base.year - 1):
        with suppress(ValueError):
            yield made(year)


_READERS: tuple[tuple[re.Pattern[str], _Reader | None], ...] = (
    (_DAY_MONTH, _full), (_MONTH_DAY, _full), (_MONTH_YEAR, _month_year), (_IN_MONTH, _month_alone), (_ISO, _iso),
    (_BARE_YEAR, _year), (_WEEKDAY, _weekday), (_AGO, _ago), (_RELATIVE, _relative), (_DAY_WORD, _day_word),
    (_REFUSED, None),
)  # fmt: skip
_SIEVE = Sieve([pattern for pattern, _ in _READERS])
