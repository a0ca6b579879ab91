"""Where documents lie, and where they lay before: a page that moved is still found under its old address."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.models.document import Document, FormerAddress
from tracker.store.visits import parts


def move(session: Session, document_id: int, url: str, canonical_url: str, now: datetime) -> bool:
    """Give a document the address that it moved to, and remember the one before; return whether anything changed.

    Where another document lies there already, each stays where it is.
    """
    document = session.get_one(Document, document_id)
    before = document.canonical_url
    if before == canonical_url or of(session, [canonical_url]):
        return False
    document.url, document.canonical_url = url, canonical_url
    session.flush()
    if before is not None:
        session.add(FormerAddress(canonical_url=before, document_id=document_id, moved_at=now))
        session.flush()
    return True


def of(session: Session, addresses: Sequence[str]) -> dict[str, int]:
    """Return the documents that lie at these canonical addresses, or lay there and moved: their ids by address."""
    found: dict[str, int] = {}
    for table in (FormerAddress, Document):
        number = FormerAddress.document_id if table is FormerAddress else Document.id
        for part in parts(addresses):
            query = select(table.canonical_url, number).where(col(table.canonical_url).in_(part))
            found |= {address: document_id for address, document_id in session.exec(query) if address and document_id}
    return found
