"""Dates as editors type them, in English or German: what `dates` reads, and the looser words of letters and the press.

A season, a quarter or "the end of June" becomes the range it stands for; what was understood is shown back in words.
Nothing is guessed: a date that two people would read differently is refused with both readings named.
"""

import re
from calendar import monthrange
from collections.abc import Callable

from tracker.domain.date_edges import MONTHS, Edge
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.text import one_line

LONGEST = 80
EXAMPLES = "May 2018, 24 May 2018, before 3 June 2019, between May and July 2018, spring 2019, end of June 2019"
# Words of German dates as English ones; months by every form in use.
GERMAN = {
    "januar": "january", "jänner": "january", "jan": "jan", "februar": "february", "feber": "february",
    "märz": "march", "maerz": "march", "mär": "march", "mrz": "march", "mai": "may", "juni": "june", "juli": "july",
    "oktober": "october", "okt": "october", "dezember": "december", "dez": "december",
    "vor": "before", "bis": "to", "nach": "after", "seit": "since", "ab": "from", "zwischen": "between",
    "und": "and", "oder": "or", "etwa": "about", "ungefähr": "about", "circa": "about", "rund": "about", "um": "about",
    "anfang": "early", "mitte": "mid", "ende": "late", "frühjahr": "spring", "frühling": "spring", "sommer": "summer",
    "herbst": "autumn", "quartal": "quarter", "halbjahr": "half", "im": "in", "am": "on",
}  # fmt: skip
_GERMAN_FILLERS = re.compile(r"\b(?:dem|den|der|des)\b")
_THIRDS = {"early": 0, "mid": 1, "late": 2}
_THIRD_WORDS = {
    r"(?:at )?(?:the )?(?:early|beginning of|start of|early in)": "early",
    r"(?:in )?(?:the )?(?:mid|middle of|mid of)": "mid",
    r"(?:at )?(?:the )?(?:late|end of|late in)": "late",
}
# First and last month; those of the northern hemisphere, as weather services count them.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_ORDINALS = {
    "1": 1, "1st": 1, "first": 1, "2": 2, "2nd": 2, "second": 2, "3": 3, "3rd": 3, "third": 3,
    "4": 4, "4th": 4, "fourth": 4, "last": 4,
}  # fmt: skip
_LEAD = re.compile(
    r"(?P<about>(?:about|around|roughly|approximately) )?"
    r"(?P<bound>(?:on or before|no later than|before|by|until|to|on or after|no earlier than|after|since|from) )?"
    r"(?:in |at |on )?(?P<rest>.+)"
)
_BEFORE = {"on or before", "no later than", "before", "by", "until", "to"}
_NUMBERS = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)


def read(text: str) -> PartialDate:
    """Return the date that an editor means; raises InputError that says what was found and what would do."""
    line = one_line(text)
    if len(line) > LONGEST:
        raise InputError(f"a date has at most {LONGEST} characters, this has {len(line)}; write for example {EXAMPLES}")
    plain = _plain(line)
    try:
        return _span(plain) or PartialDate.parse(_without_numbers(plain))
    except InputError as error:
        reason = str(error.__cause__ or error)
        if not reason.endswith("?"):
            reason = f"{reason}; write for example {EXAMPLES}"
        raise InputError(f"{line!r} is not understood as a date: {reason}") from error


def understood(on: PartialDate) -> str:
    """Return the date in words, which `read` reads back to an equal one."""
    return on.words()


def _plain(line: str) -> str:
    """Return the line in small letters and English, without what a German date has beside its words."""
    lowered = re.sub(r"[\u2010-\u2015]", "-", line.lower())
    if not any(re.search(rf"\b{re.escape(word)}\b", lowered) for word in GERMAN):
        return lowered
    lowered = re.sub(r"(?<=\d)\.(?=\s)", "", _GERMAN_FILLERS.sub(" ", lowered))
    words = (GERMAN.get(word, word) for word in re.split(r"(\W+)", lowered))
    return " ".join("".join(words).split())


def _without_numbers(plain: str) -> str:
    """Return the text with dates in numbers alone written with the month as a word; raises InputError where unsure."""
    plain = _NUMBERS.sub(_spelled, plain)
    plain = _YEAR_FIRST.sub(lambda found: "-".join(f"{int(part):02d}" for part in found.groups() if part), plain)
    return _MONTH_AND_YEAR.sub(lambda found: f"{found[2]}-{int(found[1]):02d}", plain)


def _spelled(found: re.Match[str]) -> str:
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    readings = {
        f"{day} {MONTHS[month - 1]} {year}" for day, month in ((one, other), (other, one)) if _exists(year, month, day)
    }
    if not readings:
        raise InputError(f"there is no such day as {found[0]}")
    if len(readings) > 1:
        first, second = sorted(readings)
        raise InputError(f"it may be {first} or {second}: which of them?")
    return readings.pop()


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= len(MONTHS) and 1 <= day <= monthrange(year, month)[1]


def _span(plain: str) -> PartialDate | None:
    """Return what a season, a quarter, a half or a third of a month or year stands for, or None when it is none."""
    found = _LEAD.fullmatch(" ".join(plain.replace("-", " - ").split()).replace(" - ", "-"))
    if found is None:
        return None
    ends = next((ends for reader in _READERS if (ends := reader(found["rest"])) is not None), None)
    if ends is None:
        return None
    start, end = ends
    bound = (found["bound"] or "").strip()
    if bound in _BEFORE:
        start = None
    elif bound:
        end = None
    return PartialDate(start, end, found["about"] is not None)


_Span = tuple[Edge | None, Edge | None]


def _season(text: str) -> _Span | None:
    found = re.fullmatch(r"(?:the )?(spring|summer|autumn|fall|winter)(?: of)? (\d{4})(?:[/-](\d{2}|\d{4}))?", text)
    if found is None:
        return None
    season, year, next_year = found[1], int(found[2]), found[3]
    if season != "winter":
        if next_year:
            raise InputError(f"{season} has one year")
        first, last = _SEASONS[season]
        return Edge(year, first), Edge(year, last)
    if next_year is None:
        raise InputError(f"it may be winter {year - 1}/{year} or winter {year}/{year + 1}: which of them?")
    if int(next_year) not in {year + 1, (year + 1) % 100}:
        raise InputError(f"the winter of {year} ends in {year + 1}")
    return Edge(year, 12), Edge(year + 1, 2)


def _quarter(text: str) -> _Span | None:
    found = re.fullmatch(r"q([1-4])[ /-]?(?:of )?(\d{4})", text) or re.fullmatch(
        r"(\w+)\.? quarter(?: of)? (\d{4})", text
    )
    number, year = (found[1], found[2]) if found else ("", "")
    if found is None and (turned := re.fullmatch(r"(\d{4})[ /-]?q([1-4])", text)):
        number, year = turned[2], turned[1]
    return _portion(number, year, 4)


def _half(text: str) -> _Span | None:
    found = re.fullmatch(r"h([12])[ /-]?(?:of )?(\d{4})", text) or re.fullmatch(
        r"(?:the )?(\w+)\.? half(?: of)? (\d{4})", text
    )
    return _portion(found[1], found[2], 2) if found else None


def _portion(number: str, year: str, parts: int) -> _Span | None:
    """Return the months of the numbered part of a year that is cut into so many."""
    place = {**_ORDINALS, "last": parts}.get(number)
    if place is None or place > parts:
        return None
    months = len(MONTHS) // parts
    return Edge(int(year), (place - 1) * months + 1), Edge(int(year), place * months)


def _third(text: str) -> _Span | None:
    """Return the first, middle or last third of a month or a year."""
    for words, name in _THIRD_WORDS.items():
        found = re.fullmatch(rf"{words}[ -](.+)", text)
        if found is None:
            continue
        whole = PartialDate.parse(_without_numbers(found[1]))
        edge = whole.start
        if edge is None or whole.start != whole.end or edge.day is not None:
            return None
        place = _THIRDS[name]
        if edge.month is None:
            return Edge(edge.year, place * 4 + 1), Edge(edge.year, place * 4 + 4)
        last = monthrange(edge.year, edge.month)[1]
        days = ((1, 10), (11, 20), (21, last))[place]
        return Edge(edge.year, edge.month, days[0]), Edge(edge.year, edge.month, days[1])
    return None


_READERS: tuple[Callable[[str], _Span | None], ...] = (_season, _quarter, _half, _third)
