"""What trying sources showed, kept for a while, and how their fetches went day by day."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, delete, func
from sqlmodel import Session, col, select

from tracker.models.document import Fetch
from tracker.models.tending import SourceTrial
from tracker.store.engine import dialect_of


def kept(session: Session, key: str, since: datetime) -> SourceTrial | None:
    """Return what trying this showed, when that was not before `since`."""
    return session.exec(select(SourceTrial).where(SourceTrial.key == key, col(SourceTrial.made_at) >= since)).first()


def keep(session: Session, key: str, found: dict[str, Any], *, by: str, now: datetime, before: datetime) -> None:
    """Keep what trying showed in place of what it showed before, and drop what is older than `before`."""
    session.execute(delete(SourceTrial).where((col(SourceTrial.key) == key) | (col(SourceTrial.made_at) < before)))
    session.add(SourceTrial(key=key, made_at=now, made_by=by, found=found))
    session.flush()


def days(session: Session, source_ids: Collection[int], since: datetime) -> dict[int, dict[date, tuple[int, int, int]]]:
    """Return for each source and day (UTC) how many fetches brought an answer, were unchanged, and failed."""
    at: Any = col(Fetch.started_at)
    day: Any = func.date(func.timezone("UTC", at)) if dialect_of(session) == "postgresql" else func.date(at)
    good = func.sum(case((col(Fetch.outcome) == "ok", 1), else_=0))
    same = func.sum(case((col(Fetch.outcome) == "not_modified", 1), else_=0))
    query = (
        select(Fetch.source_id, day, good, same, func.count())  # type: ignore[call-overload]
        .where(col(Fetch.source_id).in_(source_ids), at >= since)
        .group_by(col(Fetch.source_id), day)
    )
    found: dict[int, dict[date, tuple[int, int, int]]] = {}
    for source_id, on, ok, unchanged, total in session.exec(query):
        told = found.setdefault(source_id, {})
        told[date.fromisoformat(str(on))] = (int(ok), int(unchanged), int(total - ok - unchanged))
    return found
