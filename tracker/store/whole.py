"""Every table of the archive as plain rows, out and in again: what an export of the whole holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Integer, String, Table, bindparam, func, insert, select, update
from sqlmodel import Session

from tracker.models import metadata
from tracker.store import search
from tracker.store.engine import dialect_of
from tracker.store.plain import plain, reader_of

# People's own data, which no export hands on; the state of running processes; and what is made again from the rest.
PRIVATE = (
    "account", "account_name", "account_entry", "passkey", "api_token", "act", "campaign_owner",
    "subscriber", "follow", "delivery", "delivered_issue", "suppression", "spokesperson",
)  # fmt: skip
MOMENTARY = (
    "lease", "job_run", "csv_run", "source_trial", "mail_domain", "account_session", "account_link", "sign_in_failure",
    "review_claim", "subscriber_link", "notice",
)  # fmt: skip
DERIVED = ("search_entry", "search_word")
AT_ONCE = 500

Row = Mapping[str, Any]


def tables() -> list[Table]:
    """Return the tables of an export, each after those that it points to."""
    return [table for table in metadata.sorted_tables if table.name not in {*PRIVATE, *MOMENTARY, *DERIVED}]


def one_moment(session: Session) -> None:
    """Let all that this session reads be of one moment. Call it first; on SQLite a transaction is that anyway."""
    if dialect_of(session) == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def occupied(session: Session) -> dict[str, int]:
    """Return how many rows each table has that has any, the private ones included."""
    asked = [table for table in metadata.sorted_tables if table.name not in {*MOMENTARY, *DERIVED}]
    counts = {table.name: session.connection().scalar(select(func.count()).select_from(table)) or 0 for table in asked}
    return {name: count for name, count in counts.items() if count}


def rows(session: Session, table: Table) -> Iterator[dict[str, Any]]:
    """Yield a table's rows as JSON can hold them, in the order of their keys; few of them are held at a time."""
    order = [_in_code_order(session, column) for column in table.primary_key]
    few = {"yield_per": AT_ONCE}
    for row in session.connection().execute(select(table).order_by(*order), execution_options=few).mappings():
        yield {name: plain(value) for name, value in row.items()}


def put(session: Session, table: Table, given: Iterable[Row]) -> int:
    """Insert rows as `rows` gave them; return how many. Raises ValueError or KeyError for what is none of its rows."""
    own = [key.parent for key in table.foreign_keys if key.column.table is table]
    readers = {column.name: reader_of(column) for column in table.columns}
    key = next(iter(table.primary_key)).name
    later: list[dict[str, Any]] = []
    count, waiting, come = 0, list[dict[str, Any]](), set[Any]()
    for row in given:
        values = _values(row, readers)
        come.add(values[key] if own else None)
        # A row may point to one of its own table that comes after it: that is told once all are there. What points back
        # does so from the beginning, since a rule of the table may need it (an undoing without what it undoes is none).
        ahead = [column.name for column in own if not (values[column.name] is None or values[column.name] in come)]
        later += [{"of_row": values[key], "column": name, "to": values[name]} for name in ahead]
        waiting.append(values | dict.fromkeys(ahead))
        if len(waiting) == AT_ONCE:
            count += _insert(session, table, waiting)
            waiting = []
    count += _insert(session, table, waiting)
    for column in own:
        _point(session, table, column, [pair for pair in later if pair["column"] == column.name])
    return count


def settle(session: Session) -> None:
    """Let new rows be numbered after those put in, and index what can be searched for."""
    if dialect_of(session) == "postgresql":
        for table in tables():
            key = next(iter(table.primary_key))
            if isinstance(key.type, Integer) and len(table.primary_key) == 1 and not key.foreign_keys:
                sequence = func.pg_get_serial_sequence(table.name, key.name)
                session.connection().execute(select(func.setval(sequence, func.max(key))))
    search.rebuild(session)
    search.keep_all(session)


def _in_code_order(session: Session, column: Column[Any]) -> Any:
    is_text = isinstance(column.type, String) or isinstance(getattr(column.type, "impl", None), String)
    return column.collate("C") if is_text and dialect_of(session) == "postgresql" else column


def _values(row: Row, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    if row.keys() != readers.keys():
        raise ValueError(f"its columns are {', '.join(sorted(row))}, not {', '.join(sorted(readers))}")
    return {name: None if row[name] is None else read(row[name]) for name, read in readers.items()}


def _insert(session: Session, table: Table, given: Sequence[Row]) -> int:
    if given:
        session.connection().execute(insert(table), given)
    return len(given)


def _point(session: Session, table: Table, column: Column[Any], pairs: Sequence[Row]) -> None:
    if pairs:
        key = next(iter(table.primary_key))
        change = update(table).where(key == bindparam("of_row")).values({column.name: bindparam("to")})
        session.connection().execute(change, [{"of_row": pair["of_row"], "to": pair["to"]} for pair in pairs])
