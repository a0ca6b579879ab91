"""Mail to one address that is no digest: put in with what caused it, leased while it is sent, then recorded."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.domain.mailing import SuppressionReason
from tracker.domain.vocab import DeliveryState
from tracker.models.subscriber import Notice, Suppression
from tracker.store import leases


def add(session: Session, email: str, name: str, values: dict[str, Any], *, message_id: str, due_at: datetime) -> None:
    """Let a mail go out; in the same transaction as what it tells, so that neither is without the other."""
    session.add(Notice(email=email, name=name, values=values, message_id=message_id, due_at=due_at))
    session.flush()


def claim(session: Session, *, now: datetime, holder: str, seconds: float) -> Notice | None:
    """Lease the notice that is most overdue; None when nothing is due."""
    pending = [col(Notice.state) == DeliveryState.PENDING]
    ids = leases.claim(session, Notice, now=now, holder=holder, seconds=seconds, limit=1, where=pending)
    if not ids:
        return None
    found = session.get_one(Notice, ids[0], populate_existing=True)
    found.attempts += 1
    session.flush()
    return found


def settle(
    session: Session,
    notice_id: int,
    state: DeliveryState,
    *,
    holder: str,
    error: str = "",
    due_at: datetime | None = None,
) -> None:
    """Record how an attempt ended; what is out or given up keeps nothing of what it said, for it held a key."""
    row = session.exec(select(Notice).where(Notice.id == notice_id).with_for_update()).one()
    if row.leased_by != holder:
        return
    row.state, row.error, row.leased_by, row.leased_until = state, error, "", None
    row.due_at = due_at or row.due_at
    if state is not DeliveryState.PENDING:
        row.values = {}
    session.flush()


def drop(session: Session, email: str) -> None:
    """Forget every mail to an address, sent or not."""
    session.connection().execute(delete(Notice).where(col(Notice.email) == email))


def prune(session: Session, before: datetime) -> int:
    """Forget what was sent or given up before a moment; return how many."""
    old = delete(Notice).where(col(Notice.state) != DeliveryState.PENDING, col(Notice.due_at) < before)
    return int(session.connection().execute(old).rowcount)


# --- whom not to mail -------------------------------------------------------------------------------------------------


def suppress(session: Session, address_hash: str, reason: SuppressionReason, now: datetime) -> None:
    """Let an address not be mailed any more; the first reason stays, but a complaint goes before all others."""
    leases.ensure(session, Suppression(address_hash=address_hash, reason=reason, at=now))
    row = session.exec(select(Suppression).where(Suppression.address_hash == address_hash).with_for_update()).one()
    if reason is SuppressionReason.COMPLAINED:
        row.reason, row.at = reason, now


def suppressed(session: Session, address_hash: str) -> SuppressionReason | None:
    """Return why an address is not mailed; None where it may be."""
    found = session.get(Suppression, address_hash)
    return found.reason if found is not None else None


def lift(session: Session, address_hash: str) -> None:
    """Let an address be mailed again: its owner has shown that mail comes and is wanted."""
    session.connection().execute(delete(Suppression).where(col(Suppression.address_hash) == address_hash))
