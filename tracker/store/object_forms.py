"""The form of each kind of object, as its tables say: fields, widgets, choices and lists of rows, and no word typed.

A new kind has its form with its model: only the texts of `config/field_help.toml` have to be written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Enum, Integer

from tracker.domain.code_words import code_words
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectDetail, PartialDateText
from tracker.models.correspondence import LetterParty, LetterQuestion
from tracker.models.meeting import FundVote
from tracker.store.field_help import LIST, Help, help_for, texts
from tracker.store.imports import owner_column
from tracker.store.records import OWN, columns, tables

# Rows that filings bring by the thousand are no form's: they come by file.
NO_FORM: frozenset[type[Base]] = frozenset({FundVote})
# Lists in which the order says something: by a number of theirs, or as they were added.
IN_ORDER: dict[type[Base], str] = {LetterQuestion: "number", LetterParty: ""}
SPINE_FIELDS = ("title", "summary", "aliases")
# Kept with another column, or by us.
_BESIDE = frozenset({"vote_claim.decimals"})


class Widget(StrEnum):
    """How a field is asked for."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    PARTIAL_DATE = "partial_date"
    DAY = "day"
    COUNT = "count"
    YEAR = "year"
    PERCENTAGE = "percentage"
    YES_NO = "yes_no"
    NAME = "name"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: `key` names it in forms and evidence, `column` in its `table`; `target` has the names to choose from.

    `longest` is in characters, `most` the largest number. `ours`: no source is asked for.
    """

    table: str
    key: str
    column: str
    label: str
    help: str
    widget: Widget
    required: bool
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    target: str = ""
    longest: int | None = None
    most: int = 0
    default: Any = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class FormPart:
    """A list of rows that hang on an object by `owner`, a column; a row may have lists of its own."""

    table: type[Base]
    name: str
    label: str
    help: str
    owner: str
    fields: tuple[FormField, ...]
    parts: tuple["FormPart", ...]


@dataclass(frozen=True, slots=True)
class ObjectForm:
    """A kind's form: the fields that all kinds have, its own, and its lists of rows."""

    kind: str
    label: str
    detail: type[ObjectDetail]
    spine: tuple[FormField, ...]
    fields: tuple[FormField, ...]
    parts: tuple[FormPart, ...]

    def every_part(self) -> Iterator[FormPart]:
        """Yield all lists of rows, each before those within it."""
        yield from _walk(self.parts)


def _walk(parts: tuple[FormPart, ...]) -> Iterator[FormPart]:
    for part in parts:
        yield part
        yield from _walk(part.parts)


@cache
def form_of(kind: str) -> ObjectForm:
    """Return the form of a kind; raises KeyError for a kind there is not, LookupError for a field without its text."""
    detail = kinds()[kind]
    spine = tuple(field for field in _fields(CampaignObject, "id") if field.key in SPINE_FIELDS)
    return ObjectForm(kind, detail.label, detail, spine, _fields(detail, "id"), _parts(kind))


def _parts(owner: str) -> tuple[FormPart, ...]:
    found = []
    for name, table in sorted(tables().items(), key=lambda item: _place(item[0])):
        column = owner_column(table, owner)
        if column is None or table in NO_FORM or columns(table).c[column].nullable:
            continue
        text = help_for(name)
        found.append(FormPart(table, name, text.label, text.help, column, _fields(table, column), _parts(name)))
    return tuple(found)


def _place(table: str) -> int:
    """Return where a list of rows comes: in the order of the texts."""
    return next((place for place, name in enumerate(texts()) if name == f"{table}.{LIST}"), len(texts()))


def _fields(table: type[Base], owner: str) -> tuple[FormField, ...]:
    name = str(columns(table).name)
    asked = (
        column
        for column in columns(table).columns
        if column.name not in OWN and column.name != owner and f"{name}.{column.name}" not in _BESIDE
        if table is not CampaignObject or column.name in SPINE_FIELDS
    )
    return tuple(_field(table, column) for column in asked)


def _field(table: type[Base], column: Column[Any]) -> FormField:
    key = column.name.removesuffix("_id") if column.foreign_keys else column.name
    text = help_for(str(columns(table).name), key)
    model = table.model_fields[column.name]
    default = None if model.is_required() else model.get_default(call_default_factory=True)
    return FormField(
        table=str(columns(table).name),
        key=key,
        column=column.name,
        label=text.label,
        help=text.help,
        widget=_widget(column, text),
        required=text.needed or model.is_required() or (default is not None and default not in ("", [])),
        unit=text.unit,
        choices=_choices(column),
        target=_target(column),
        longest=getattr(column.type, "length", None) if _is_text(column) else None,
        most=2 ** (63 if isinstance(column.type, BigInteger) else 31) - 1,
        default=default,
        ours=text.ours,
    )


def _widget(column: Column[Any], text: Help) -> Widget:
    kind = column.type
    if column.foreign_keys:
        return Widget.NAME
    if column.name == "hundredths":
        return Widget.PERCENTAGE
    simple = (
        (JSON, Widget.LIST), (PartialDateText, Widget.PARTIAL_DATE), (Date, Widget.DAY), (Enum, Widget.CHOICE),
        (Boolean, Widget.YES_NO), (BigInteger, Widget.COUNT),
    )  # fmt: skip
    for sort, widget in simple:
        if isinstance(kind, sort):
            return widget
    if isinstance(kind, Integer):
        return Widget.YEAR if text.unit == "year" else Widget.COUNT
    return Widget.LINE if text.line or getattr(kind, "length", None) else Widget.TEXT


def _is_text(column: Column[Any]) -> bool:
    return not column.foreign_keys and not isinstance(column.type, Enum | PartialDateText)


def _choices(column: Column[Any]) -> tuple[tuple[str, str], ...]:
    vocabulary = getattr(column.type, "enum_class", None)
    return tuple((code.value, code_words(code)) for code in vocabulary) if vocabulary else ()


def _target(column: Column[Any]) -> str:
    """Return the table in which a name is looked up. A detail row goes by its spine's name."""
    if not column.foreign_keys:
        return ""
    name = str(next(iter(column.foreign_keys)).column.table.name)
    return "campaign_object" if name in kinds() else name
