"""The dates of feeds: RFC 822 with a century of variations, ISO 8601, and numbers.

feedparser reads CET as UTC and 1767607200 as the year 1767, so dates are read here first. What is only a day stays a
day: it is not made into midnight somewhere.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from time import struct_time

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError

EARLIEST_YEAR = 1990
AHEAD = timedelta(days=2)

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_DAY_FIRST = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[a-z]{3,9})[\s.,-]+(?P<year>\d{4}|\d{2})(?!\d)"
_MONTH_FIRST = r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)"
_CLOCK = (
    r"(?:[,\sT]+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>.*))?"
)
_NAMED = tuple(
    re.compile(rf"(?:[a-z]{{2,9}}\.?,?\s+)?{pattern}{_CLOCK}", re.IGNORECASE) for pattern in (_DAY_FIRST, _MONTH_FIRST)
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})"
    r"(?:[Tt\s]+(?P<hour>\d{2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<half>)(?P<zone>.*))?)?)?"
)
# The two forms that nearly all feeds write, read at once; what they do not fit is read with the patterns above.
_PLAIN_ISO = re.compile(
    r"\d{4}-\d\d-\d\dT[01]\d:[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)|\d{4}-\d\d-\d\dT2[0-3]:[0-5]\d:[0-5]\dZ",
    re.ASCII,
)
_PLAIN_NAMED = re.compile(
    r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) "
    r"(?:GMT|UTC|([+-](?:0\d|1[0-3]))([0-5]\d))",
    re.ASCII,
)
# Weeks, days of the year and hours that no clock has: feedparser makes some other day of them.
_UNREAD = re.compile(r"\d{4}-?W\d|\d{4}-\d{3}(?!\d)|.*[Tt\s](?:2[5-9]|[3-9]\d):\d\d|.*[Tt\s]\d\d:[6-9]\d", re.ASCII)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
_OFFSET = re.compile(
    r"(?:(?:GMT|UTC|UT|Z)\s*)?([+-])(\d{1,2}):?(\d{2})?(?:\s*\(.*\))?|(?:.*\()?([+-])(\d{2}):?(\d{2})\)?"
)

# Minutes east of Greenwich. IST is taken as India's, the most frequent of three.
_ZONES = {
    **dict.fromkeys(("", "Z", "UT", "UTC", "GMT", "WET"), 0),
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "AST": -240,
    "ADT": -180,
    "NST": -210,
    "NDT": -150,
    "AKST": -540,
    "AKDT": -480,
    "HST": -600,
    "ET": -300,
    "CT": -360,
    "MT": -420,
    "PT": -480,
    "CET": 60,
    "CEST": 120,
    "MET": 60,
    "MEST": 120,
    "MEZ": 60,
    "MESZ": 120,
    "WEST": 60,
    "BST": 60,
    "EET": 120,
    "EEST": 180,
    "MSK": 180,
    "TRT": 180,
    "SAST": 120,
    "CAT": 120,
    "EAT": 180,
    "WAT": 60,
    "GST": 240,
    "PKT": 300,
    "IST": 330,
    "ICT": 420,
    "WIB": 420,
    "HKT": 480,
    "SGT": 480,
    "AWST": 480,
    "PHT": 480,
    "JST": 540,
    "KST": 540,
    "ACST": 570,
    "ACDT": 630,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "BRT": -180,
    "ART": -180,
    "CLT": -240,
    "COT": -300,
    "PET": -300,
}

Moment = datetime | PartialDate


def read_date(text: str, *, fallback: struct_time | None = None) -> tuple[Moment | None, str | None]:
    """Return an aware datetime in UTC, or a PartialDate when no time of day is given, and a warning.

    `fallback` is what feedparser made of the same text, in UTC; it knows some languages that we do not.
    """
    text = " ".join(text.split())[:100]
    if not text:
        return None, None
    if (plain := _plain(text)) is not None:
        return plain, None
    return _read_slowly(text, fallback)


def _plain(text: str) -> datetime | None:
    try:
        if _PLAIN_ISO.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        if found := _PLAIN_NAMED.fullmatch(text):
            day, month, year, hour, minute, second, east, more = found.groups()
            zone = UTC if east is None else _zone(east, more)
            local = datetime(
                int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second), tzinfo=zone
            )
            return local.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):  # 31 February, and the edges of the calendar
        pass
    return None


@cache
def _zone(hours: str, minutes: str) -> timezone:
    """Return the zone of "-05" and "30"; there are few of them."""
    sign = -1 if hours[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(hours[1:]), minutes=int(minutes)))


def _read_slowly(text: str, fallback: struct_time | None) -> tuple[Moment | None, str | None]:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC), None
    if _UNREAD.match(text):
        return None, f"the date {text!r} cannot be read"
    for pattern in (_ISO, *_NAMED):
        if (found := pattern.fullmatch(text)) and (moment := _moment(found)):
            return moment
    if fallback is not None and fallback.tm_year > 0:
        try:
            return datetime(*fallback[:5], min(fallback.tm_sec, 59), tzinfo=UTC), None
        except ValueError:
            pass
    return None, f"the date {text!r} cannot be read"


def checked(moment: Moment | None, now: datetime) -> tuple[Moment | None, str | None]:
    """Return the date if it can be true, else None and a warning: years before 1990, more than two days ahead."""
    if moment is None:
        return None, None
    first = moment.date() if isinstance(moment, datetime) else (moment.earliest or moment.latest)
    if first is None or first.year < EARLIEST_YEAR:
        return None, f"the date {_shown(moment)} is too old to be true and was dropped"
    if (moment > now + AHEAD) if isinstance(moment, datetime) else (first > (now + AHEAD).date()):
        return None, f"the date {_shown(moment)} lies in the future and was dropped"
    return moment, None


def told(
    given: Mapping[str, str], now: datetime, *, is_atom: bool, otherwise: Callable[[str], object]
) -> tuple[Moment | None, datetime | None, tuple[str, ...]]:
    """Return when an entry was published and updated, and what was wrong with its dates.

    `given` holds its own words under "published", "created" and "updated". Words that we cannot read are asked for by
    name from `otherwise`: what feedparser made of them. An update known to the day is the beginning of that day.
    """
    warnings: list[str] = []
    found: dict[str, Moment] = {}
    for name, words in given.items():
        if name == "created" and "published" in found:
            continue
        moment, warning = read_date(words)
        if warning and moment is None and isinstance(parsed := otherwise(name), struct_time):
            moment, warning = read_date(words, fallback=parsed)
        moment, doubt = checked(moment, now)
        if warning or doubt:
            warnings.append(doubt or warning or "")
        if moment is not None:
            found[name] = moment
    published, updated = found.get("published") or found.get("created"), found.get("updated")
    if published is None and not is_atom:
        published = updated  # outside Atom this is Dublin Core's date, the only one the entry has
    if isinstance(updated, PartialDate):
        day = updated.earliest
        updated = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return published, updated, tuple(dict.fromkeys(warnings))


def _shown(moment: Moment) -> str:
    return moment.isoformat() if isinstance(moment, datetime) else str(moment)


def _moment(found: re.Match[str]) -> tuple[Moment | None, str | None] | None:
    """Return what the match says, or None when it says no date at all (day 32, a month that is none)."""
    parts = found.groupdict()
    try:
        year = int(parts["year"])
        year += 0 if len(parts["year"]) == 4 else 1900 if year > 68 else 2000
        if parts["month"] is None:
            return PartialDate.year(year), None
        month = int(parts["month"]) if parts["month"].isdecimal() else _MONTHS[parts["month"][:3].lower()]
        if parts["day"] is None:
            return PartialDate.month(year, month), None
        day = date(year, month, int(parts["day"]))
        if parts["hour"] is None:
            return PartialDate.day(day), None
        return _clocked(day, parts)
    except (KeyError, ValueError, OverflowError, InputError):
        return None


def _clocked(day: date, parts: dict[str, str | None]) -> tuple[Moment, str | None]:
    hour, minute, second = int(parts["hour"] or 0), int(parts["minute"] or 0), min(int(parts["second"] or 0), 59)
    half = (parts["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    later, hour = divmod(hour, 24) if (hour, minute, second) == (24, 0, 0) else (0, hour)  # ISO's end of the day
    offset, warning = _offset((parts["zone"] or "").strip())
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=timezone(timedelta(minutes=offset)))
    return (local + timedelta(days=later)).astimezone(UTC), warning


def _offset(zone: str) -> tuple[int, str | None]:
    """Return minutes east of Greenwich; an unknown zone counts as UTC, with a warning."""
    name = re.sub(r"\s*\(.*\)$", "", zone.upper())
    if name in _ZONES:
        return _ZONES[name], None
    if found := _OFFSET.fullmatch(zone.upper()):
        sign, hours, minutes = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        total = int(hours) * 60 + int(minutes or 0)
        if total <= 14 * 60:
            return (-total if sign == "-" else total), None
    return 0, f"the time zone {zone[:30]!r} is unknown to us: UTC was assumed"
