"""Pages to be fetched whole, because their source gave only a summary: asked for, claimed, done or put off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.models.document import Document, LinkedPage
from tracker.store import leases
from tracker.store.visits import parts

# After this many tries in vain a summary is what we have.
MOST_TRIES = 4
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is ours to fetch, and what its document is called."""

    document_id: int
    url: str
    title: str
    tries: int


def want(session: Session, pages: Mapping[int, str], now: datetime) -> None:
    """Ask for the whole page behind each of these documents, given by its id, as soon as somebody is free."""
    for part in parts(list(pages)):
        session.execute(delete(LinkedPage).where(col(LinkedPage.document_id).in_(part)))
    session.add_all(LinkedPage(document_id=number, url=url, due_at=now) for number, url in pages.items())
    session.flush()


def claim(session: Session, *, now: datetime, holder: str, seconds: float, limit: int) -> list[Wanted]:
    """Lease pages that are due."""
    ids = leases.claim(session, LinkedPage, now=now, holder=holder, seconds=seconds, limit=limit)
    query = (
        select(LinkedPage.document_id, LinkedPage.url, Document.title, LinkedPage.tries)
        .join(Document, col(Document.id) == col(LinkedPage.document_id))
        .where(col(LinkedPage.document_id).in_(ids))
        .order_by(col(LinkedPage.document_id))
    )
    return [Wanted(*row) for row in session.exec(query)]


def held(session: Session, document_id: int, holder: str) -> bool:
    """Return whether a page is still ours; its row stays locked until the transaction ends."""
    query = select(LinkedPage.leased_by).where(LinkedPage.document_id == document_id).with_for_update()
    return session.exec(query).first() == holder


def done(session: Session, document_id: int) -> None:
    """Forget a page that is kept now, or that will never be to be had."""
    session.execute(delete(LinkedPage).where(col(LinkedPage.document_id) == document_id))


def put_off(session: Session, document_id: int, until: datetime, error: str, *, again: bool) -> None:
    """Try a page again then; without `again`, or after `MOST_TRIES`, it is left for good, with the reason."""
    row = session.get_one(LinkedPage, document_id)
    row.tries = row.tries + 1 if again else MOST_TRIES
    row.leased_by, row.leased_until, row.last_error = "", None, error
    row.due_at = until if row.tries < MOST_TRIES else NEVER


def postpone(session: Session, document_id: int, until: datetime) -> None:
    """Give a page back unasked: it is due again then, and no try is counted."""
    row = session.get_one(LinkedPage, document_id)
    row.leased_by, row.leased_until, row.due_at = "", None, until
    session.flush()


def waiting(session: Session) -> Sequence[LinkedPage]:
    """Return every page that is still to be fetched, or was tried in vain, in the order in which they are due."""
    return session.exec(select(LinkedPage).order_by(col(LinkedPage.due_at), col(LinkedPage.document_id))).all()
