"""Claiming what is due: many workers, each row to exactly one of them, and back when its worker dies."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, or_, select

from tracker.models.account import Lease
from tracker.models.base import Base
from tracker.store.bulk import table_of
from tracker.store.engine import dialect_of

# Nobody leases anything for longer: a lease that ends later was given while a clock was wrong.
LONGEST = timedelta(days=2)


def claim(
    session: Session,
    table: type[Base],
    *,
    now: datetime,
    holder: str,
    seconds: float,
    limit: int,
    where: Sequence[ColumnElement[bool]] = (),
) -> list[Any]:
    """Lease due rows as `claim_rows` does; return their primary keys, most overdue first."""
    key: Any = table_of(table).primary_key.columns[0]
    rows = claim_rows(
        session, table, now=now, holder=holder, seconds=seconds, limit=limit, where=where, wanted=[key.name, "due_at"]
    )
    return [row[0] for row in rows]


def claim_rows(
    session: Session,
    table: type[Base],
    *,
    now: datetime,
    holder: str,
    seconds: float,
    limit: int,
    wanted: Sequence[str],
    where: Sequence[ColumnElement[bool]] = (),
) -> list[Any]:
    """Lease up to `limit` due rows to `holder` for `seconds`; return their `wanted` columns, most overdue first.

    Among those are the primary key and `due_at`.

    The table has `due_at`, `leased_until` and `leased_by`. SKIP LOCKED keeps PostgreSQL's workers from claiming one
    row twice; SQLite has one writer at a time and ignores it. An expired lease is free again.
    """
    row: Any = table
    key: Any = table_of(table).primary_key.columns[0]
    free = (
        select(key)
        .where(
            row.due_at <= now,
            or_(row.leased_until.is_(None), row.leased_until <= now, row.leased_until > now + LONGEST),
            *where,
        )
        .order_by(row.due_at, key)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    columns = table_of(table).c
    statement = (
        update(table_of(table))
        .where(key.in_(free))
        .values(leased_until=now + timedelta(seconds=seconds), leased_by=holder)
        .returning(*[columns[name] for name in wanted])
    )
    claimed = session.connection().execute(statement).all()
    return sorted(claimed, key=itemgetter(wanted.index("due_at"), wanted.index(key.name)))


def hold(session: Session, name: str, *, now: datetime, holder: str, seconds: float) -> bool:
    """Take or keep the named lease; return whether `holder` has it now. A crashed holder's lease runs out."""
    until = now + timedelta(seconds=seconds)
    ensure(session, Lease(name=name, leased_by=holder, leased_until=until))
    row = session.exec(select(Lease).where(Lease.name == name).with_for_update()).one()
    if row.leased_by != holder and row.leased_until > now:
        return False
    row.leased_by, row.leased_until = holder, until
    session.flush()
    return True


def ensure(session: Session, row: Base) -> None:
    """Add a row unless one with its primary key is there, even if a rival adds it in this moment."""
    table = type(row)
    insert = sqlite_insert if dialect_of(session) == "sqlite" else postgresql_insert
    session.execute(insert(table).values(row.model_dump()).on_conflict_do_nothing())


def release(session: Session, name: str, holder: str) -> None:
    """Give the named lease back, if it is still ours."""
    row = session.get(Lease, name)
    if row is not None and row.leased_by == holder:
        session.delete(row)
