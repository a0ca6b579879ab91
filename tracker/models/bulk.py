"""Acts that decide on many suggestions at once: what was asked and confirmed, and what became of each link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from tracker.domain.vocab import EventType, Relation
from tracker.models.base import Base, UtcDateTime, choice


class BulkAct(Base, table=True):
    """One person's acceptance of every suggestion of one rule within a band of scores: at least `score_from`, below
    `score_below`.

    `links` is the count that the person confirmed. Without `finished_at` it is still being carried out; with
    `undo_begun_at` and no `undone_at` it is still being undone. Either goes on from where it stands, whoever was ended.
    """

    __tablename__ = "bulk_act"
    __table_args__ = (
        CheckConstraint("links >= 1", name="links_counted"),
        CheckConstraint("score_from < score_below", name="band_forward"),
        CheckConstraint("(undo_begun_at IS NULL) = (undone_by = '')", name="undone_by_somebody"),
    )
    id: int | None = Field(default=None, primary_key=True)
    rule: str = Field(max_length=120)
    relation: Relation | None = Field(default=None, sa_type=choice(Relation))
    event_type: EventType | None = Field(default=None, sa_type=choice(EventType))
    score_from: float
    score_below: float
    links: int
    note: str = ""
    begun_by: str = Field(max_length=120)
    begun_at: datetime = Field(sa_type=UtcDateTime, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: str = Field(default="", max_length=120)
    undo_begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BulkMember(Base, table=True):
    """One link of an act as it stood when the count was confirmed, and what became of it.

    It has a `decision_id`, or `left_out` says why nothing was decided; it has an `undoing_id`, or `stays` says why the
    decision was not undone.
    """

    __tablename__ = "bulk_member"
    __table_args__ = (
        CheckConstraint("decision_id IS NULL OR left_out = ''", name="decided_or_left_out"),
        CheckConstraint("undoing_id IS NULL OR decision_id IS NOT NULL", name="undone_when_decided"),
        Index("ix_bulk_member_document_id", "document_id"),
    )
    act_id: int = Field(primary_key=True, foreign_key="bulk_act.id", ondelete="CASCADE")
    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    object_id: int = Field(primary_key=True, foreign_key="campaign_object.id", ondelete="CASCADE", index=True)
    relation: Relation = Field(sa_type=choice(Relation))
    score: float
    decision_id: int | None = Field(default=None, foreign_key="decision.id", unique=True, ondelete="SET NULL")
    left_out: str = ""
    undoing_id: int | None = Field(default=None, foreign_key="decision.id", unique=True, ondelete="SET NULL")
    stays: str = ""
