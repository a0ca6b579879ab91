"""A document's newest versions with their texts, to say what changed from one to the next."""

from sqlmodel import Session, col, select

from tracker.models.document import DocumentVersion


def newest(session: Session, document_id: int, limit: int) -> list[DocumentVersion]:
    """Return at most `limit` versions, the oldest of them first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return list(session.exec(query.order_by(col(DocumentVersion.number).desc()).limit(limit)))[::-1]
