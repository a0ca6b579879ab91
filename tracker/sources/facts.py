"""What an interface gives as named values, written as a small table, so that evidence can point at a row of it."""

import html
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.text import one_line


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Return rows of a name and a value as an HTML table. A row without a value is left out, not shown as empty."""
    kept = [(name, value) for name, value in rows if one_line(value)]
    cells = (
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(one_line(value))}</td></tr>'
        for name, value in kept
    )
    return f"<table>{''.join(cells)}</table>" if kept else ""


def paragraph(text: str) -> str:
    """Return `text` as an HTML paragraph; nothing for nothing."""
    return f"<p>{html.escape(one_line(text))}</p>" if one_line(text) else ""


def escaped(text: str) -> str:
    """Return `text` as it may stand in HTML, also within an attribute."""
    return html.escape(one_line(text))


def text_of(record: Mapping[str, Any], name: str) -> str:
    """Return a value as its text on one line: empty where it is absent or no plain value."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return one_line(str(value))


def dollars(record: Mapping[str, Any], name: str) -> str:
    """Return an amount as people print it ("$9,200,000", "$1,234.50"); empty where it is absent, which is not zero."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        return ""
    sign = "-" if value < 0 else ""
    return f"{sign}${abs(value):,.2f}".removesuffix(".00")


def day_of(record: Mapping[str, Any], name: str) -> PartialDate | None:
    """Return the day that a value begins with (2025-09-05, or a moment on it); None where there is none."""
    try:
        return PartialDate.day(date.fromisoformat(text_of(record, name)[:10]))
    except (ValueError, InputError):
        return None
