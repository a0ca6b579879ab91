"""What people decided, and the models that were learned from it. Rows of both are added, never overwritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from tracker.domain.vocab import EventType, Learner, Relation, Verdict
from tracker.models.base import Base, Json, UtcDateTime, choice, on_spine

LIVE = text("live")


class Decision(Base, table=True):
    """One verdict of one person, and what was shown to them; a later one on the same thing takes its place.

    `object_id` is given where it is about a link. `relation` and `event_type` are what the person says is right.
    `score` and `reasons` are those of the link or document at that moment, made by `shown_by`. `before` is what stood
    then, and what an undoing restores: {} where nothing did, null where it was not kept. A verdict `undo` names in
    `undoes_id` the one that no longer counts; neither of the two is a last word.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "verdict = 'undo' OR (object_id IS NOT NULL) = (verdict IN ('accept', 'reject', 'unsure', "
            "'wrong_relation'))",
            name="of_a_link_or_a_document",
        ),
        CheckConstraint("(event_type IS NOT NULL) = (verdict = 'event_type')", name="event_type_given"),
        CheckConstraint("verdict <> 'wrong_relation' OR relation IS NOT NULL", name="right_relation_given"),
        CheckConstraint("(undoes_id IS NOT NULL) = (verdict = 'undo')", name="undone_given"),
        UniqueConstraint("undoes_id"),
        Index("ix_decision_document_id_id", "document_id", "id"),
        # Serves what one person did today, and the page's share of what was accepted last.
        Index("ix_decision_decided_at_id", "decided_at", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE")
    object_id: int | None = on_spine(nullable=True)
    verdict: Verdict = Field(sa_type=choice(Verdict))
    relation: Relation | None = Field(default=None, sa_type=choice(Relation))
    event_type: EventType | None = Field(default=None, sa_type=choice(EventType))
    score: float | None = None
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    shown_by: str = Field(default="", max_length=120)
    note: str = ""
    before: dict[str, Any] | None = Field(default=None, sa_type=Json)
    undoes_id: int | None = Field(default=None, foreign_key="decision.id", ondelete="CASCADE")
    decided_by: str = Field(max_length=120)
    decided_at: datetime = Field(sa_type=UtcDateTime)


class LearnedModel(Base, table=True):
    """One version of a model: what it holds as JSON, how it measured beside the one before, and whether it is in use.

    Of each learner at most one is `live`; where none is, the hand weights are. `said` tells why it went live or not.
    """

    __tablename__ = "learned_model"
    __table_args__ = (
        UniqueConstraint("learner", "version"),
        CheckConstraint("version >= 1", name="version_from_one"),
        Index("ix_learned_model_live", "learner", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
    )
    id: int | None = Field(default=None, primary_key=True)
    learner: Learner = Field(sa_type=choice(Learner))
    version: int
    content: dict[str, Any] = Field(sa_type=Json)
    decisions: int
    measures: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    said: str = ""
    live: bool = False
    live_by: str = Field(default="", max_length=120)
    live_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime)
