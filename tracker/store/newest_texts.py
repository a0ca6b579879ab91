"""What documents say now: the texts of their newest versions."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.models.document import Document, DocumentVersion
from tracker.store.visits import parts


def of_documents(session: Session, ids: Collection[int], *, characters: int | None = None) -> dict[int, str]:
    """Return the text of each of these documents by id, or so many characters of its beginning."""
    text: Any = DocumentVersion.text if characters is None else func.substr(DocumentVersion.text, 1, characters)
    found: dict[int, str] = {}
    for part in parts(sorted(ids)):
        query = (
            select(DocumentVersion.document_id, text)
            .join(Document, col(Document.id) == col(DocumentVersion.document_id))
            .where(
                col(DocumentVersion.document_id).in_(part),
                col(DocumentVersion.number) == col(Document.version_count),
            )
        )
        found |= dict(session.exec(query).all())
    return found
