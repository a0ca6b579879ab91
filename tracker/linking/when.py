"""Time expressions of a document, resolved against its day of publication: "last month", "on Thursday", "in May 2018".

Nothing is filled in: "last month" is known to the month, and in a document dated only to the month no weekday is read.
English only. All-number dates are left alone: nobody can tell May from June in 5/6/2018.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.dates import PartialDate
from tracker.linking.sieve import Sieve
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

_MONTH = "|".join(_MONTHS)
_NUMBER = r"\d{1,2}|" + "|".join(_NUMBERS)
_YEAR = r"(?:19|20)\d\d"
# Which capital letters to ask for is said by the names of groups: "may" alone is a verb.
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?\b")
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>{_YEAR})\b)?")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH}),? (?:of )?(?P<year>{_YEAR})\b")
_IN_MONTH = re.compile(rf"\b(?:in|since|until|by|during|of|last|this|early|late|mid) (?P<month>{_MONTH})\b")
_ISO = re.compile(rf"\b(?P<year>{_YEAR})-(?P<number>\d\d)-(?P<day>\d\d)\b")
_BARE_YEAR = re.compile(rf"(?<![\d$€£.,-])\b(?P<year>{_YEAR})\b(?![\d%,.]\d|-\d)")
_WEEKDAY = re.compile(rf"\b(?:on |last )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b")
_AGO = re.compile(rf"\b(?P<count>{_NUMBER}) (?P<unit>day|week|month|year)s? (?:ago|earlier|before)\b")
_RELATIVE = re.compile(r"\b(?P<which>last|this|next|previous|earlier this|later this) (?P<unit>week|month|year)\b")
_BEFORE = re.compile(r"\bthe (?P<unit>day|week|month|year) before\b")
_DAY_WORD = re.compile(r"\b(?P<word>today|yesterday|tomorrow)\b")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of the text and the date they mean; `text[start:end]` is `words`."""

    start: int
    end: int
    words: str
    on: PartialDate


def expressions(text: str, published: PartialDate | None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of `text` in order, not overlapping; of overlapping ones the longer stays.

    Relative ones need `published`, weekdays and "yesterday" need it to the day.
    """
    found = [
        TimeExpression(match.start(), match.end(), text[match.start() : match.end()], on)
        for number, match in _SIEVE.search_all(fold(text), tokens_of(text))
        if (on := _resolved(match, _READERS[number][1], text, published)) is not None
    ]
    kept: list[TimeExpression] = []
    for expression in sorted(found, key=lambda e: (-(e.end - e.start), e.start)):
        if all(expression.end <= other.start or other.end <= expression.start for other in kept):
            kept.append(expression)
    return tuple(sorted(kept, key=lambda e: e.start))


_Reader = Callable[["re.Match[str]", "PartialDate | None"], "PartialDate | None"]


def _resolved(match: re.Match[str], read: _Reader, text: str, published: PartialDate | None) -> PartialDate | None:
    month = match.groupdict().get("month")
    if month and not text[match.start("month")].isupper():
        return None
    try:
        return read(match, published)
    except (ValueError, OverflowError):  # 31 June, or so long ago that there is no calendar
        return None


def _full(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    month, day = _MONTHS.index(match["month"]) + 1, int(match["day"])
    if match["year"]:
        return PartialDate.day(date(int(match["year"]), month, day))
    base = _latest(published)
    nearest = _nearest(base, lambda year: date(year, month, day)) if base else None
    return PartialDate.day(nearest) if nearest else None


def _month_year(match: re.Match[str], _published: PartialDate | None) -> PartialDate:
    return PartialDate.month(int(match["year"]), _MONTHS.index(match["month"]) + 1)


def _month_alone(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    base = _latest(published)
    month = _MONTHS.index(match["month"]) + 1
    nearest = _nearest(base, lambda year: date(year, month, 1)) if base else None
    return PartialDate.month(nearest.year, month) if nearest else None


def _iso(match: re.Match[str], _published: PartialDate | None) -> PartialDate:
    return PartialDate.day(date(int(match["year"]), int(match["number"]), int(match["day"])))


def _year(match: re.Match[str], _published: PartialDate | None) -> PartialDate:
    return PartialDate.year(int(match["year"]))


def _weekday(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    day = published.exact_day if published else None
    if day is None:
        return None
    back = (day.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
    if match.group().startswith("last ") and back == 0:
        back = 7
    return PartialDate.day(day - timedelta(days=back))


def _ago(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    base = _latest(published)
    if base is None:
        return None
    count = _NUMBERS[match["count"]] if match["count"] in _NUMBERS else int(match["count"])
    if match["unit"] in {"day", "week"}:
        on = base - timedelta(days=count * (7 if match["unit"] == "week" else 1))
        slack = 1 if match["unit"] == "day" else 4
        return PartialDate.between(on - timedelta(days=slack), on + timedelta(days=slack))
    return _moved(base, match["unit"], -count)


def _relative(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    base = _latest(published)
    if base is None:
        return None
    step = {"last": -1, "previous": -1, "next": 1}.get(match["which"], 0)
    return _moved(base, match["unit"], step)


def _before(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    if match["unit"] == "day":
        day = published.exact_day if published else None
        return PartialDate.day(day - timedelta(days=1)) if day else None
    base = _latest(published)
    return _moved(base, match["unit"], -1) if base else None


def _day_word(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    day = published.exact_day if published else None
    step = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["word"]]
    return PartialDate.day(day + timedelta(days=step)) if day else None


def _moved(base: date, unit: str, step: int) -> PartialDate:
    if unit == "year":
        return PartialDate.year(base.year + step)
    if unit == "month":
        months = base.year * 12 + base.month - 1 + step
        return PartialDate.month(months // 12, months % 12 + 1)
    monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
    return PartialDate.between(monday, monday + timedelta(days=6))


def _latest(published: PartialDate | None) -> date | None:
    return (published.latest or published.earliest) if published else None


def _nearest(base: date, made: Callable[[int], date]) -> date | None:
    """Return the latest such day which is not further ahead of `base` than a coming event would be."""
    return next((day for day in _years(base, made) if day <= base + timedelta(days=_AHEAD)), None)


def _years(base: date, made: Callable[[int], date]) -> Iterator[date]:
    for year in (base.year + 1, base.year, base.year - 1):
        yield made(year)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_DAY_MONTH, _full), (_MONTH_DAY, _full), (_MONTH_YEAR, _month_year), (_IN_MONTH, _month_alone), (_ISO, _iso),
    (_BARE_YEAR, _year), (_WEEKDAY, _weekday), (_AGO, _ago), (_RELATIVE, _relative), (_BEFORE, _before),
    (_DAY_WORD, _day_word),
)  # fmt: skip
_SIEVE = Sieve([pattern for pattern, _ in _READERS])
