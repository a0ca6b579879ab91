"""Values of columns as JSON can hold them, and back: for exports of the whole and for the history of changes."""

import base64
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Enum, LargeBinary

from tracker.domain.dates import PartialDate
from tracker.models.base import PartialDateText, UtcDateTime


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, PartialDate) else value


def reader_of(column: Column[Any]) -> Callable[[Any], Any]:
    """Return what makes a column's value again of what `plain` made of it."""
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat
    if isinstance(kind, PartialDateText):
        return PartialDate.parse
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class
    return date.fromisoformat if kind.python_type is date else lambda value: value
