"""Who looks at which entry of the review queue. A claim keeps nobody from deciding; it runs out by itself."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.models.review import ReviewClaim
from tracker.store import leases

LASTS = timedelta(minutes=10)


def claim(session: Session, document_id: int, who: str, now: datetime) -> ReviewClaim:
    """Note that somebody looks at a document, and at no other; return whose it is, which may be another's.

    A claim of their own begins anew with each look, but keeps since when they look.
    """
    left = delete(ReviewClaim).where(col(ReviewClaim.claimed_by) == who, col(ReviewClaim.document_id) != document_id)
    session.execute(left)
    mine = ReviewClaim(document_id=document_id, claimed_by=who, claimed_at=now, claimed_until=now + LASTS)
    leases.ensure(session, mine)
    query = select(ReviewClaim).where(ReviewClaim.document_id == document_id).with_for_update()
    row = session.exec(query).one()
    if row.claimed_by != who and row.claimed_until <= now:
        row.claimed_by, row.claimed_at = who, now
    if row.claimed_by == who:
        row.claimed_until = now + LASTS
    session.flush()
    return row


def of_others(session: Session, document_ids: Collection[int], who: str, now: datetime) -> dict[int, ReviewClaim]:
    """Return the claims of others on these documents that hold."""
    query = select(ReviewClaim).where(
        col(ReviewClaim.document_id).in_(document_ids),
        col(ReviewClaim.claimed_until) > now,
        ReviewClaim.claimed_by != who,
    )
    return {row.document_id: row for row in session.exec(query)}


def is_fresh(session: Session, document_id: int, who: str, now: datetime) -> bool:
    """Return whether somebody's claim was renewed so lately that it need not be written again."""
    row = session.get(ReviewClaim, document_id)
    return row is not None and row.claimed_by == who and row.claimed_until > now + LASTS * 0.8
