"""Stories: documents that tell of one event, why each is among them, and what people decided about pairs of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlmodel import Field

from tracker.domain.vocab import StoryTie
from tracker.models.base import Base, Json, UtcDateTime, choice, not_negative


class Story(Base, table=True):
    """One event as told by several documents. Its id stays: a story that became part of another says of which.

    `lead_id` is the document that stands for it on a timeline; it stays the same as long as it is a member.
    """

    __tablename__ = "story"
    id: int | None = Field(default=None, primary_key=True)
    lead_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="SET NULL")
    merged_into_id: int | None = Field(default=None, foreign_key="story.id", index=True, ondelete="SET NULL")
    created_at: datetime = Field(sa_type=UtcDateTime)


class StoryMember(Base, table=True):
    """That a document is in a story, and why: compared with which member, how alike, with the reasons as data.

    The first ones of a story name each other as nearest. `score` is a probability; 1 for copies and for what a person
    decided.
    """

    __tablename__ = "story_member"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 1", name="score_probability"),)
    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    story_id: int = Field(foreign_key="story.id", index=True, ondelete="CASCADE")
    tie: StoryTie = Field(sa_type=choice(StoryTie))
    nearest_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="SET NULL")
    score: float
    why: str = ""
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    joined_at: datetime = Field(sa_type=UtcDateTime)


class StoryDecision(Base, table=True):
    """A person's word that two documents tell one story, or do not. Never overwritten: the newest of a pair counts."""

    __tablename__ = "story_decision"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="pair_in_order"),
        Index("ix_story_decision_first_id_second_id", "first_id", "second_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="document.id", ondelete="CASCADE")
    second_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    together: bool
    decided_by: str = Field(max_length=120)
    decided_at: datetime = Field(sa_type=UtcDateTime)


class Fingerprint(Base, table=True):
    """What of a relevant document is compared: its first words, its names, and a sketch of its text as 32-bit hashes.

    `subjects` are the companies and products among the names of the title.
    `version` is the document's version that it is of: a relevant document without one of its newest version is due to
    be looked at.
    """

    __tablename__ = "fingerprint"
    __table_args__ = (*not_negative("runs"),)
    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    version: int
    lead: str
    names: list[str] = Field(default_factory=list, sa_type=Json)
    subjects: list[str] = Field(default_factory=list, sa_type=Json)
    sketch: bytes = Field(sa_type=LargeBinary)
    runs: int
