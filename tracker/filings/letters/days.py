"""Days as English documents write them: "May 22, 2019", "22 May 2019", "5/22/2019" (the American order)."""

import re
from collections.abc import Iterator
from datetime import date

from tracker.filings.letters.passages import Found

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = re.compile(
    rf"\b(?:{_MONTH.format('month')}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s?|\s{{1,3}})(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?{_MONTH.format('month2')},?\s{{1,3}}(?P<year2>\d{{4}})"
    r"|(?P<month3>\d{1,2})/(?P<day3>\d{1,2})/(?P<year3>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_WITHOUT_YEAR = re.compile(
    rf"\b{_MONTH.format('month')}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s?\d{{4}})", re.IGNORECASE
)


def days_in(passage: Found) -> Iterator[tuple[date, Found]]:
    """Yield every whole day in a passage, and where it stands; what no calendar has is left out."""
    for found in DAY.finditer(passage.text):
        month, number, year = (
            found[name] or found[f"{name}2"] or found[f"{name}3"] for name in ("month", "day", "year")
        )
        day = _day(year, month, number)
        if day is not None:
            yield day, Found(" ".join(found[0].split()), passage.start + found.start(), passage.start + found.end())


def days_of_year(passage: Found, year: int) -> Iterator[tuple[date, Found]]:
    """Yield every day in a passage that is written without its year, which is known from elsewhere."""
    for found in _WITHOUT_YEAR.finditer(passage.text):
        day = _day(str(year), found["month"], found["day"])
        if day is not None:
            yield day, Found(found[0], passage.start + found.start(), passage.start + found.end())


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
