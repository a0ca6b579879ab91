"""Rows from plain values and back, by what the tables themselves say: used by import, export and forms.

A column `foo_id` that points to a table with slugs is written `foo` with the slug; partial dates, days and vocabulary
are written as text. A wrong column, slug or value is an InputError that names it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Date, Enum, Table, UniqueConstraint
from sqlmodel import Session, SQLModel, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.models.base import Base, PartialDateText, UtcDateTime

# Filled by us, never by a file.
OWN = frozenset({"id", "recorded_at", "created_at", "updated_at"})


def tables() -> dict[str, type[Base]]:
    """Return every table class by its name."""
    found: dict[str, type[Base]] = {}

    def walk(parent: type[SQLModel]) -> None:
        for child in parent.__subclasses__():
            if getattr(child, "__table__", None) is not None:
                found[str(child.__tablename__)] = child  # type: ignore[assignment]
            walk(child)

    walk(Base)
    return found


def columns(table: type[Base]) -> Table:
    """Return a table class's SQL table."""
    return table.__table__  # type: ignore[attr-defined,no-any-return]


@dataclass
class Names:
    """Slugs to ids, looked up once a table and remembered."""

    session: Session
    known: dict[str, dict[str, int]] = field(default_factory=dict)

    def id_of(self, table_name: str, slug: str, where: str) -> int:
        """Return the id behind a slug; InputError names what is missing and where it was used."""
        if table_name not in self.known:
            table: Any = tables()[table_name]
            self.known[table_name] = dict(self.session.exec(select(table.slug, table.id)).all())
        try:
            return self.known[table_name][slug]
        except KeyError as error:
            raise InputError(f"{where}: no {table_name.replace('_', ' ')} is called {slug!r}; add it first") from error

    def add(self, table_name: str, slug: str, row_id: int) -> None:
        """Remember a row made meanwhile."""
        if table_name in self.known:
            self.known[table_name][slug] = row_id


def read(table: type[Base], given: Mapping[str, Any], names: Names, where: str) -> dict[str, Any]:
    """Return column values for a row from plain values; raises InputError for what the table does not have."""
    sql = columns(table)
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key in sql.c and key not in OWN:
            values[key] = _value(sql.c[key], value, f"{where}.{key}")
        elif f"{key}_id" in sql.c:
            values[f"{key}_id"] = _reference(sql.c[f"{key}_id"], value, names, f"{where}.{key}")
        else:
            raise InputError(f"{where}: a {sql.name.replace('_', ' ')} has no {key!r}; it has {', '.join(writable(table))}")
    return values


def writable(table: type[Base]) -> list[str]:
    """Return the keys a file may give for a table, as it writes them."""
    sql = columns(table)
    return [name.removesuffix("_id") if c.foreign_keys else name for name, c in sql.c.items() if name not in OWN]


def _reference(column: Column[Any], value: Any, names: Names, where: str) -> int | None:
    if value is None:
        return None
    target = next(iter(column.foreign_keys)).column.table.name
    # A detail table's key is its spine's: its slug is the spine's slug.
    if "slug" not in tables()[target].model_fields:
        target = "campaign_object"
    return names.id_of(target, str(value), where)


def _value(column: Column[Any], value: Any, where: str) -> Any:
    if value is None or not isinstance(value, str):
        return value
    try:
        if isinstance(column.type, PartialDateText):
            return PartialDate.parse(value)
        if isinstance(column.type, UtcDateTime):
            return datetime.fromisoformat(value).astimezone(UTC)
        if isinstance(column.type, Date):
            return date.fromisoformat(value)
        if isinstance(column.type, Enum) and column.type.enum_class is not None:
            return column.type.enum_class(value)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
    return value


def key_columns(table: type[Base], owner: str) -> list[str] | None:
    """Return the columns that tell a table's rows of one owner apart, or None when only all of them do."""
    for constraint in columns(table).constraints:
        if isinstance(constraint, UniqueConstraint):
            return [column.name for column in constraint.columns if column.name != owner]
    return None


def replace(
    session: Session, table: type[Base], owner: str, owner_id: int, wanted: Sequence[dict[str, Any]], now: datetime
) -> tuple[list[Base], bool]:
    """Make the rows of one owner equal to `wanted`, touching only what differs.

    Rows are recognised by the table's unique key, so that a corrected row keeps its id and the day it was recorded.
    Returns the rows in the order of `wanted`, and whether anything changed.
    """
    column: Any = getattr(table, owner)
    stored: list[Any] = list(session.exec(select(table).where(column == owner_id).order_by(col(table.id))))  # type: ignore[attr-defined]
    names = key_columns(table, owner)
    changed = False
    result: list[Base] = []
    for values in wanted:
        match = next((row for row in stored if _same(row, values, names)), None)
        if match is None:
            match = table(**values, **{owner: owner_id}, **_moments(table, now))
            session.add(match)
            changed = True
        else:
            stored.remove(match)
            changed |= update(match, values)
        result.append(match)
    for row in stored:
        session.delete(row)
        changed = True
    session.flush()
    return result, changed


def update(row: Base, values: Mapping[str, Any]) -> bool:
    """Set a row's columns; return whether any was different."""
    changed = False
    for key, value in values.items():
        if getattr(row, key) != value:
            setattr(row, key, value)
            changed = True
    return changed


def _same(row: Base, values: Mapping[str, Any], names: list[str] | None) -> bool:
    keys = list(values) if names is None else names
    return all(getattr(row, key) == values.get(key, _default(row, key)) for key in keys)


def _default(row: Base, key: str) -> Any:
    return type(row).model_fields[key].get_default()


def _moments(table: type[Base], now: datetime) -> dict[str, datetime]:
    return {name: now for name in ("recorded_at", "created_at", "updated_at") if name in columns(table).c}
