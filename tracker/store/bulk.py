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
        insert_columns(session, kind, {name: list(map(itemgetter(name), rows)) for name in rows[0]})


def insert_columns(session: Session, kind: Any, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given as the values of each column, all in the same order; see `insert_rows`."""
    if any(columns.values()):
        connection = session.connection()
        _execute(connection, _insertion(table_of(kind), connection.dialect, tuple(columns)), columns)


def update_rows(session: Session, kind: Any, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Change rows: the id of each, and its new values by column. Those with the same columns are written together."""
    connection, table = session.connection(), table_of(kind)
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for number, values in rows:
        groups.setdefault(tuple(values), []).append({_KEY: number, **values})
    for names, changed in groups.items():
        columns = {name: list(map(itemgetter(name), changed)) for name in (_KEY, *names)}
        _execute(connection, _change(table, connection.dialect, names), columns)


# Stands for the row's id beside the names of columns.
_KEY = "of_row"


def _execute(connection: Connection, prepared: "_Prepared", given: Mapping[str, Sequence[Any]]) -> None:
    statement, by_name, conversions = prepared
    # Column by column: where nothing is to be converted, no step of ours is taken for each value.
    columns = [_converted(given[name], convert) if convert else given[name] for name, convert in conversions]
    rows = list(zip(*columns, strict=True))
    if by_name:
        names = [name for name, _ in conversions]
        connection.exec_driver_sql(statement, [dict(zip(names, values, strict=True)) for values in rows])
    else:
        connection.exec_driver_sql(statement, rows)


def _converted(values: Sequence[Any], convert: Conversion) -> list[Any]:
    """Return the values converted, each different one once: kinds and moments repeat, and most lists are empty."""
    try:
        known = {value: convert(value) for value in set(values)}
    except TypeError:  # lists and mappings are not hashed
        nothing = convert([])
        return [nothing if value in ([], ()) else convert(value) for value in values]
    return [known[value] for value in values]


# The statement, whether its parameters go by name, and each one's conversion, in their order.
_Prepared = tuple[str, bool, tuple[tuple[str, Conversion | None], ...]]


@lru_cache(maxsize=64)
def _insertion(table: Table, dialect: Dialect, names: tuple[str, ...]) -> _Prepared:
    return _prepared(table, dialect, insert(table).compile(dialect=dialect, column_keys=list(names)), names)


@lru_cache(maxsize=64)
def _change(table: Table, dialect: Dialect, names: tuple[str, ...]) -> _Prepared:
    statement = update(table).where(table.c.id == bindparam(_KEY))
    return _prepared(table, dialect, statement.compile(dialect=dialect, column_keys=list(names)), (*names, _KEY))


def _prepared(table: Table, dialect: Dialect, compiled: Any, names: tuple[str, ...]) -> _Prepared:
    order = tuple(getattr(compiled, "positiontup", None) or ())
    columns = {name: table.c["id" if name == _KEY else name] for name in names}
    conversions = tuple(
        (name, columns[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order or names
    )
    return str(compiled), not order, conversions
