"""Ties between documents: which earlier one a document answers or goes on from, suggested or decided on."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.vocab import DocumentRelation, LinkState
from tracker.models.base import Base, Json, UtcDateTime, choice


class DocumentLink(Base, table=True):
    """One tie. Reasons are data whose weights sum to the log odds of `score`, so that an old tie explains itself."""

    __tablename__ = "document_link"
    __table_args__ = (
        UniqueConstraint("later_id", "earlier_id"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_probability"),
        CheckConstraint("later_id <> earlier_id", name="two_documents"),
        CheckConstraint("state = 'suggested' OR decided_at IS NOT NULL", name="decided_when"),
    )
    id: int | None = Field(default=None, primary_key=True)
    later_id: int = Field(foreign_key="document.id", ondelete="CASCADE")
    earlier_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    relation: DocumentRelation = Field(sa_type=choice(DocumentRelation))
    state: LinkState = Field(sa_type=choice(LinkState))
    score: float
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    why: str = ""
    decided_by: str = Field(default="", max_length=120)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class PendingReference(Base, table=True):
    """A number that a document names (a docket, a bill, an award) and no object has yet.

    `key` is the number without its punctuation. When an object with it appears, the document is linked again.
    """

    __tablename__ = "pending_reference"
    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=80, index=True)
    written: str = Field(max_length=120)
    seen_at: datetime = Field(sa_type=UtcDateTime)
