"""Failed tries to sign in, as they are counted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from tracker.models.account import SignInFailure
from tracker.store.engine import dialect_of


def alone(session: Session, counted: Sequence[str]) -> None:
    """Let nobody else count against these until the transaction ends. On SQLite a writer is alone anyway."""
    if dialect_of(session) == "postgresql":
        for key in sorted(counted):
            session.connection().execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def newest_first(session: Session, counted: Sequence[str]) -> dict[str, list[datetime]]:
    """Return the moments of failed tries by what they are counted against, the newest first."""
    query = select(SignInFailure).where(col(SignInFailure.counted).in_([*counted]))
    found: dict[str, list[datetime]] = {}
    for row in session.exec(query.order_by(col(SignInFailure.at).desc(), col(SignInFailure.id).desc())):
        found.setdefault(row.counted, []).append(row.at)
    return found


def add(session: Session, counted: Sequence[str], at: datetime) -> list[int]:
    """Count a failed try against each of these; return the rows' numbers."""
    rows = [SignInFailure(counted=key, at=at) for key in counted]
    session.add_all(rows)
    session.flush()
    return [row.id or 0 for row in rows]


def take_back(session: Session, numbers: Sequence[int]) -> None:
    """Count these rows no longer."""
    session.connection().execute(delete(SignInFailure).where(col(SignInFailure.id).in_([*numbers])))


def clear(session: Session, counted: str) -> None:
    """Count nothing against this any longer."""
    session.connection().execute(delete(SignInFailure).where(col(SignInFailure.counted) == counted))


def drop(session: Session, before: datetime) -> None:
    """Take away what is too old to count."""
    session.connection().execute(delete(SignInFailure).where(col(SignInFailure.at) < before))
