"""Days that move with the reader's today, so that the fictional campaign always looks alive.

A text may say `{day -45}` (an ISO date), `{date -45}` (the same in words), `{year -45}` or `{yy -45}`; the number
counts calendar days from the anchor day, and ` -1y` or ` +1y` after it moves whole years. Days fall on weekdays: a
Saturday or Sunday becomes the Friday before, for nobody files on those. The year is that of the day before this move,
so that three meetings a year apart always have three years.
"""

import re
from datetime import date, timedelta
from typing import Any

from tracker.domain.dates import PartialDate

_MARK = re.compile(r"\{(day|date|year|yy) ([+-]\d+)(?: ([+-]\d+)y)?\}")
_FRIDAY = 4


def resolve(value: Any, today: date) -> Any:
    """Return JSON data with every mark replaced; a text that is only a `{year ...}` mark becomes a number."""
    if isinstance(value, dict):
        return {key: resolve(entry, today) for key, entry in value.items()}
    if isinstance(value, list):
        return [resolve(entry, today) for entry in value]
    if not isinstance(value, str):
        return value
    text = resolved_text(value, today)
    whole = _MARK.fullmatch(value)
    return int(text) if whole and whole[1] == "year" else text


def resolved_text(text: str, today: date) -> str:
    """Return `text` with every mark replaced by its day, date or year."""
    return _MARK.sub(lambda mark: _written(mark, today), text)


def moved(today: date, days: int, years: int = 0) -> date:
    """Return the weekday that lies `days` calendar days and then `years` years from `today`."""
    plain = _plain(today, days, years)
    return plain - timedelta(days=max(plain.weekday() - _FRIDAY, 0))


def _plain(today: date, days: int, years: int) -> date:
    there = today + timedelta(days=days)
    try:
        return there.replace(year=there.year + years)
    except ValueError:  # 29 February
        return there.replace(year=there.year + years, day=28)


def _written(mark: re.Match[str], today: date) -> str:
    days, years = int(mark[2]), int(mark[3] or 0)
    if mark[1] in {"year", "yy"}:
        year = str(_plain(today, days, years).year)
        return year if mark[1] == "year" else year[2:]
    day = moved(today, days, years)
    return day.isoformat() if mark[1] == "day" else PartialDate.day(day).words()
