"""Many rows into one table at once.

SQLAlchemy asks each row anew what becomes of each of its values, which takes longer than SQLite takes to write it. Here
a table's statement and the conversions of its columns are worked out once; the driver gets rows as it wants them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table, insert
from sqlmodel import Session

Conversion = Callable[[Any], Any]


def table_of(kind: Any) -> Table:
    """Return the table of a model."""
    found: Table = kind.__table__
    return found


def insert_rows(session: Session, kind: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all with the same columns; what a column's type converts or refuses is converted or refused."""
    if not rows:
        return
    connection = session.connection()
    statement, order, conversions = _prepared(table_of(kind), connection.dialect, tuple(rows[0]))
    # Column by column: where nothing is to be converted, no step of ours is taken for each value.
    columns = [list(map(itemgetter(name), rows)) for name, _ in conversions]
    columns = [
        list(map(convert, values)) if convert else values
        for values, (_, convert) in zip(columns, conversions, strict=True)
    ]
    given = list(zip(*columns, strict=True))
    if order is None:
        names = [name for name, _ in conversions]
        connection.exec_driver_sql(statement, [dict(zip(names, values, strict=True)) for values in given])
    else:
        connection.exec_driver_sql(statement, given)


@lru_cache(maxsize=64)
def _prepared(
    table: Table, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, tuple[str, ...] | None, tuple[tuple[str, Conversion | None], ...]]:
    """Return the statement, its parameters' order (None where they go by name), and each column's conversion."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    positions = getattr(compiled, "positiontup", None)
    order = tuple(positions) if positions else None
    conversions = tuple(
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order or names
    )
    return str(compiled), order, conversions
