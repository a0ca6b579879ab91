"""Rows from plain values and back, by what the tables themselves say: used by import, export and forms.

A column `foo_id` that points to a table with slugs is written `foo` with the slug; partial dates, days and vocabulary
are written as text. A wrong column, slug or value is an InputError that names it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Enum, Float, Integer, Table, UniqueConstraint
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, SQLModel, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.text import strip_controls
from tracker.models.base import Base, PartialDateText, UtcDateTime

# Filled by us, never by a file.
OWN = frozenset(
    {"id", "recorded_at", "created_at", "updated_at", "read_fields", "emptied_fields", "withdrawn", "withdrawn_reason"}
)


@cache
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

    def id_of(self, table_name: str, slug: str) -> int:
        """Return the id behind a slug; InputError names what is missing."""
        if table_name not in self.known:
            table: Any = tables()[table_name]
            self.known[table_name] = self._all(table)
        try:
            return self.known[table_name][slug]
        except KeyError as error:
            raise InputError(f"no {table_name.replace('_', ' ')} is called {slug!r}; add it first") from error

    def _all(self, table: Any) -> dict[str, int]:
        """Return every id by its slug. What was merged into another goes by that one's, over several merges."""
        if not hasattr(table, "merged_into_id"):
            return dict(self.session.exec(select(table.slug, table.id)).all())
        rows = self.session.exec(select(table.slug, table.id, table.merged_into_id)).all()
        leads = {number: next_id for _, number, next_id in rows if next_id is not None}
        found = {}
        for slug, number, _ in rows:
            seen = {number}
            while (following := leads.get(number)) is not None and following not in seen:
                number = following  # noqa: PLW2901 - the end of the chain is what counts
                seen.add(number)
            found[slug] = number
        return found

    def add(self, table_name: str, slug: str, row_id: int) -> None:
        """Remember a row made meanwhile."""
        if table_name in self.known:
            self.known[table_name][slug] = row_id


def read(
    table: type[Base], given: Mapping[str, Any], names: Names, where: str, *, owner: str | None = None
) -> dict[str, Any]:
    """Return column values for a row from plain values; raises InputError for what the table does not have or hold.

    `owner` is the column by which the row hangs on its object: it is set by us and cannot be given.
    """
    keys = {key: column for key, column in _writable(table).items() if column.name != owner}
    values: dict[str, Any] = {}
    for key, value in given.items():
        column = keys.get(key)
        if column is None:
            what = columns(table).name.replace("_", " ")
            raise InputError(f"{where}: a {what} has no {key!r}; it has {', '.join(keys)}")
        try:
            values[column.name] = _read_one(column, value, names)
        except (ValueError, InputError) as error:
            raise InputError(f"{where}.{key}: {error}") from error
    return values


def require(table: type[Base], values: Mapping[str, Any], where: str, *, owner: str | None = None) -> None:
    """Raise InputError for the first column that a new row of `table` cannot be without."""
    for key, column in _writable(table).items():
        if column.name not in values and column.name != owner and table.model_fields[column.name].is_required():
            raise InputError(f"{where}: it needs {key!r}")


def writable(table: type[Base]) -> list[str]:
    """Return the keys a file may give for a table, as it writes them."""
    return list(_writable(table))


def column_of(table: type[Base], key: str) -> Column[Any]:
    """Return the column behind a key of `writable`."""
    return _writable(table)[key]


def slug_table(column: Column[Any]) -> str | None:
    """Return the table in which the slug stands that names a column's row, None for a column that points nowhere."""
    return _slug_table(column) if column.foreign_keys else None


def _writable(table: type[Base]) -> dict[str, Column[Any]]:
    """Return a table's columns by the keys of files; ties to rows that have no slug cannot be written."""
    found = {}
    for name, column in columns(table).c.items():
        if name in OWN:
            continue
        if not column.foreign_keys:
            found[name] = column
        elif _slug_table(column) is not None:
            found[name.removesuffix("_id")] = column
    return found


@cache
def _slug_table(column: Column[Any]) -> str | None:
    """Return the table in which the slug stands that names a column's row. A detail row goes by its spine's slug."""
    target = next(iter(column.foreign_keys)).column
    if "slug" in tables()[target.table.name].model_fields:
        return str(target.table.name)
    return "campaign_object" if target.primary_key and target.foreign_keys else None


def _read_one(column: Column[Any], value: Any, names: Names) -> Any:
    if value is None:
        if not column.nullable:
            raise InputError("it cannot be null; leave the key out or give a value")
        return None
    if column.foreign_keys:
        return names.id_of(_slug_table(column) or "", _text(value))
    if isinstance(column.type, JSON):
        return _texts(value)
    return _value(column, value)


def _value(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return _of(bool, value, "true or false")
    if isinstance(kind, Integer):
        return _whole_number(value, 63 if isinstance(kind, BigInteger) else 31)
    if isinstance(kind, Float):
        return _of((int, float), value, "a number")
    text = _text(value)
    if isinstance(kind, PartialDateText):
        return PartialDate.parse(text)
    if isinstance(kind, UtcDateTime):
        return _moment(text)
    if isinstance(kind, Date):
        return date.fromisoformat(text)
    if isinstance(kind, Enum):
        return code(kind.enum_class, text)
    longest = getattr(kind, "length", None)
    if longest is not None and len(text) > longest:
        raise InputError(f"it has {len(text)} characters, and {longest} are the most; shorten it")
    return text


def code(vocabulary: Any, text: str) -> Any:
    """Return a vocabulary's member; raises InputError that lists what there is."""
    try:
        return vocabulary(text)
    except ValueError as error:
        there = ", ".join(member.value for member in vocabulary)
        raise InputError(f"there is no {text!r}; there are {there}") from error


def _of(wanted: type | tuple[type, ...], value: Any, words: str) -> Any:
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise InputError(f"expected {words}, found {value!r}")
    return value


def _whole_number(value: Any, bits: int) -> int:
    number: int = _of(int, value, "a whole number")
    if abs(number) >= 2**bits:
        raise InputError(f"{number} is larger than any count we can keep")
    return number


def _text(value: Any) -> str:
    text: str = _of(str, value, "text")
    if strip_controls(text).replace("\n", "") != text.replace("\r", "").replace("\n", ""):
        raise InputError("it holds characters that cannot be printed; take them out")
    return text


def _texts(value: Any) -> list[str]:
    return [_text(line) for line in _of(list, value, "a list of texts")]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise InputError(f"{text!r} has no time zone; end it with Z or an offset")
    return moment.astimezone(UTC)


@contextmanager
def refused_as_input(where: str) -> Iterator[None]:
    """Turn a row that the database itself refuses (a CHECK, a second row of one key) into an InputError naming it."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise InputError(f"{where}: the database refuses it: {str(error.orig).splitlines()[0]}") from error


def key_columns(table: type[Base], owner: str) -> list[str] | None:
    """Return the columns that tell a table's rows of one owner apart, or None when only all of them do."""
    for constraint in columns(table).constraints:
        if isinstance(constraint, UniqueConstraint):
            return [column.name for column in constraint.columns if column.name != owner]
    return None


def replace(
    session: Session, table: type[Base], owner: tuple[str, int], wanted: Sequence[dict[str, Any]], now: datetime
) -> tuple[list[Base], bool]:
    """Make the rows of one owner (column and id) equal to `wanted`, touching only what differs.

    Rows are recognised by the table's unique key, so that a corrected row keeps its id and the day it was recorded. A
    column that is not given gets its default: what was taken out of a file is taken out of the row. What a reader of
    filings gave stays where the file says nothing of it.
    Returns the rows in the order of `wanted`, and whether anything changed.
    """
    name, owner_id = owner
    column: Any = getattr(table, name)
    stored: list[Any] = list(session.exec(select(table).where(column == owner_id).order_by(col(table.id))))  # type: ignore[attr-defined]
    keys = key_columns(table, name)
    defaults = _defaults(table, name)
    changed = False
    result: list[Base] = []
    for given in wanted:
        values = defaults | given
        match = next((row for row in stored if _same(row, values, keys)), None)
        match = match or next((row for row in stored if _keyed_since(row, values, keys)), None)
        if match is None:
            match = table(**values, **{name: owner_id}, **moments(table, now))
            session.add(match)
            changed = True
        else:
            stored.remove(match)
            own = {key: value for key, value in values.items() if key in given or key not in _read_of(match)}
            changed |= update(match, own, said=given.keys())
        result.append(match)
    for row in stored:
        if not _read_of(row) or (keys and not set(keys) & set(_read_of(row))):
            session.delete(row)
            changed = True
    session.flush()
    return result, changed


def update(row: Base, values: Mapping[str, Any], *, said: Collection[str] | None = None) -> bool:
    """Set a row's columns to what a person gives; return whether any was different.

    A column that is said to be empty (all of `values` are said, unless `said` names those) and was not is remembered as
    emptied: no reader of filings fills it again.
    """
    changed = False
    before: list[str] | None = getattr(row, "emptied_fields", None)
    emptied = set(before or ())
    for key, value in values.items():
        stored = getattr(row, key)
        if not _is_nothing(value):
            emptied.discard(key)
        elif not _is_nothing(stored) and (said is None or key in said):
            emptied.add(key)
        if stored != value and not _narrowed(row, key, value):
            setattr(row, key, value)
            changed = True
    if before is not None and emptied != set(before):
        setattr(row, "emptied_fields", sorted(emptied))  # noqa: B010 - only rows that readers complete have it
    if not values.keys().isdisjoint(read := _read_of(row)):
        row.read_fields = [key for key in read if key not in values or _narrowed(row, key, values[key])]
    return changed


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def _read_of(row: Base) -> Sequence[str]:
    """Return the columns whose value a reader of filings gave."""
    return getattr(row, "read_fields", None) or ()


def _same(row: Base, values: Mapping[str, Any], keys: Sequence[str] | None) -> bool:
    return all(getattr(row, key) == values.get(key) for key in (values if keys is None else keys))


def _keyed_since(row: Base, values: Mapping[str, Any], keys: Sequence[str] | None) -> bool:
    """Return whether a row is the one given without its key (an item without a number), which a reader found since."""
    if not keys or not any(values.get(key) is None and key in _read_of(row) for key in keys):
        return False
    return all(getattr(row, key) == value or key in _read_of(row) for key, value in values.items())


def _narrowed(row: Base, key: str, value: Any) -> bool:
    """Return whether a reader found the day within what a person gives: that contradicts nobody."""
    stored = getattr(row, key)
    if key not in _read_of(row) or not isinstance(value, PartialDate) or not isinstance(stored, PartialDate):
        return False
    return value.exact_day is None and stored.exact_day is not None and value.contains(stored.exact_day)


def _defaults(table: type[Base], owner: str) -> dict[str, Any]:
    """Return what the columns that a file may leave out are then."""
    return {
        column.name: table.model_fields[column.name].get_default(call_default_factory=True)
        for column in _writable(table).values()
        if column.name != owner and not table.model_fields[column.name].is_required()
    }


def moments(table: type[Base], now: datetime) -> dict[str, datetime]:
    """Return the columns of a new row that say when it was recorded."""
    return {name: now for name in ("recorded_at", "created_at", "updated_at") if name in columns(table).c}
