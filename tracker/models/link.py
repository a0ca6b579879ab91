"""Links from documents to campaign objects: suggested with a score and reasons, decided on by rule or person."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from tracker.domain.vocab import LinkState, Relation
from tracker.models.base import Base, Json, UtcDateTime, choice, on_spine

WAITING = text("state = 'suggested'")
CONFIRMED = text("state = 'confirmed'")


class Link(Base, table=True):
    """One tie. `made_by` names the rule or person; reasons are data, so that an old link explains itself."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("document_id", "object_id"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_probability"),
        CheckConstraint("state = 'suggested' OR decided_at IS NOT NULL", name="decided_when"),
        Index("ix_link_object_id_state", "object_id", "state"),
        # Serves what rules linked of late.
        Index(
            "ix_link_decided_at",
            *("decided_at", "decided_by"),
            sqlite_where=CONFIRMED,
            postgresql_where=CONFIRMED,
        ),
        # Serves the review queue, which is sorted by all of what it holds. The state stands in it although it is always
        # the same: SQLite looks for an index by what must be equal.
        Index(
            "ix_link_waiting",
            *("state", "document_id", "object_id", "score", "relation", "made_by", "created_at"),
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE")
    object_id: int = on_spine(index=False)
    relation: Relation = Field(sa_type=choice(Relation))
    state: LinkState = Field(sa_type=choice(LinkState))
    score: float
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    why: str = ""
    made_by: str = Field(max_length=120)
    decided_by: str = Field(default="", max_length=120)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
