"""The value of one field as it was typed: text, dates, numbers, choices; and what was understood, in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker.domain import typed_dates, typed_numbers, typed_text
from tracker.domain.errors import InputError
from tracker.models.base import Base
from tracker.store.object_forms import FormField, Widget
from tracker.store.object_rows import plain_text
from tracker.store.records import columns, tables

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def read(one: FormField, text: str) -> Any:
    """Return what a typed text means in a field that holds no name: None for nothing, a percentage with its decimals.

    Raises InputError that says what was found and what would do.
    """
    if one.widget is Widget.LIST:
        return typed_text.lines(text)
    if one.widget is Widget.TEXT:
        return typed_text.paragraphs(text) or None
    line = typed_text.line(text, one.longest)
    if not line:
        return None
    if one.widget is Widget.LINE:
        return typed_text.address(line) if one.key == "url" else line
    return _READERS[one.widget](line, one)


def understood(one: FormField, text: str) -> str:
    """Return what is understood by a typed date or number, in words; empty where that is what was typed, or nothing."""
    if one.widget not in _READERS or one.widget in {Widget.CHOICE, Widget.YES_NO} or not text.strip():
        return ""
    try:
        value = read(one, text)
    except InputError:
        return ""
    if one.widget is Widget.PERCENTAGE:
        words = typed_numbers.understood_percentage(*value)
    else:
        words = plain_text(one.widget, value)
    return "" if same_text(text, words) else words


def same_text(one: str, other: str) -> bool:
    """Return whether a browser sent a text back as it was shown: it writes line ends in its own way."""
    return one.replace("\r\n", "\n").strip() == other.strip()


def _choice(text: str, one: FormField) -> Any:
    for code, words in one.choices:
        if text == code or text.casefold() == words.casefold():
            vocabulary: Any = columns(_table_of(one)).c[one.column].type
            return vocabulary.enum_class(code)
    raise InputError(f"there is no {text!r}; choose {', '.join(words for _, words in one.choices)}")


def _table_of(one: FormField) -> type[Base]:
    return tables()[one.table]


def _yes_no(text: str, _: FormField) -> bool:
    if text.casefold() not in {"yes", "no"}:
        raise InputError(f"choose yes or no, not {text!r}")
    return text.casefold() == "yes"


def _count(text: str, one: FormField) -> int:
    number = typed_numbers.read(text)
    if number > one.most:
        raise InputError(f"{text} is larger than any count that can be kept")
    return number


def _year(text: str, _: FormField) -> int:
    if not (text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text[:5]) <= _LAST_YEAR):
        raise InputError(f"{text!r} is no year between {_FIRST_YEAR} and {_LAST_YEAR}")
    return int(text)


def _day(text: str, _: FormField) -> date:
    found = typed_dates.read(text).exact_day
    if found is None:
        raise InputError(f"{text!r} is no day; write it whole, such as 24 May 2018")
    return found


_READERS: dict[Widget, Callable[[str, FormField], Any]] = {
    Widget.CHOICE: _choice,
    Widget.YES_NO: _yes_no,
    Widget.COUNT: _count,
    Widget.YEAR: _year,
    Widget.DAY: _day,
    Widget.PARTIAL_DATE: lambda text, _: typed_dates.read(text),
    Widget.PERCENTAGE: lambda text, _: typed_numbers.read_percentage(text),
}
