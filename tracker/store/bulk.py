"""Many rows of one table at once, new or changed.

SQLAlchemy asks each row anew what becomes of each of its values, which takes longer than SQLite takes to write it. Here
a table's statement and the conversions of its columns are worked out once; the driver gets rows as it wants them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, update
from sqlmodel import Session

Conversion = Callable[[Any], Any]


def table_of(kind: Any) -> Table:
    """Return the table of a model."""
    found: Table = kind.__table__
    return found


def insert_rows(session: Session, kind: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all with the same columns; what a column's type converts or refuses is converted or refused."""
    if rows:
        connection = session.connection()
        _execute(connection, _insertion(table_of(kind), connection.dialect, tuple(rows[0])), rows)


def update_rows(session: Session, kind: Any, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Change rows: the id of each, and its new values by column. Those with the same columns are written together."""
    connection, table = session.connection(), table_of(kind)
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for number, values in rows:
        groups.setdefault(tuple(values), []).append({_KEY: number, **values})
    for names, changed in groups.items():
        _execute(connection, _change(table, connection.dialect, names), changed)


# Stands for the row's id beside the names of columns.
_KEY = "of_row"


def _execute(connection: Connection, prepared: "_Prepared", rows: Sequence[Mapping[str, Any]]) -> None:
    statement, order, conversions = prepared
    # Column by column: where nothing is to be converted, no step of ours is taken for each value.
    columns = [list(map(itemgetter(name), rows)) for name, _ in conversions]
    columns = [
        _converted(values, convert) if convert else values
        for values, (_, convert) in zip(columns, conversions, strict=True)
    ]
    given = list(zip(*columns, strict=True))
    if order is None:
        names = [name for name, _ in conversions]
        connection.exec_driver_sql(statement, [dict(zip(names, values, strict=True)) for values in given])
    else:
        connection.exec_driver_sql(statement, given)


def _converted(values: list[Any], convert: Conversion) -> list[Any]:
    """Return the values converted, each different one once: kinds and moments repeat, and most lists are empty."""
    try:
        known = {value: convert(value) for value in set(values)}
    except TypeError:  # lists and mappings are not hashed
        nothing = convert([])
        return [nothing if value == [] else convert(value) for value in values]
    return [known[value] for value in values]


# The statement, its parameters' order (None where they go by name), and each parameter's conversion.
_Prepared = tuple[str, tuple[str, ...] | None, tuple[tuple[str, Conversion | None], ...]]


@lru_cache(maxsize=64)
def _insertion(table: Table, dialect: Dialect, names: tuple[str, ...]) -> _Prepared:
    return _prepared(table, dialect, insert(table).compile(dialect=dialect, column_keys=list(names)), names)


@lru_cache(maxsize=64)
def _change(table: Table, dialect: Dialect, names: tuple[str, ...]) -> _Prepared:
    statement = update(table).where(table.c.id == bindparam(_KEY))
    return _prepared(table, dialect, statement.compile(dialect=dialect, column_keys=list(names)), (*names, _KEY))


def _prepared(table: Table, dialect: Dialect, compiled: Any, names: tuple[str, ...]) -> _Prepared:
    positions = getattr(compiled, "positiontup", None)
    order = tuple(positions) if positions else None
    columns = {name: table.c["id" if name == _KEY else name] for name in names}
    conversions = tuple(
        (name, columns[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order or names
    )
    return str(compiled), order, conversions
