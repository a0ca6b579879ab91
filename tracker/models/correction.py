"""Corrections: what was published, and what stands there now. Rows are only added; nothing is rewritten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from tracker.domain.corrections import CorrectionKind
from tracker.models.base import Base, UtcDateTime, choice, on_spine


class Correction(Base, table=True):
    """One published fact that was changed: of a campaign object, or of a document on its own.

    `part` is the table in which the fact stands and `field` its column, both empty where all of it was concerned;
    `item` names the row where an object has several (an item of a ballot, a filer). `before` and `after` are plain
    text: a partial date as it is stored, a count as digits, a code of a vocabulary, a name; empty is nothing. The
    evidence is a document, an address, or both; neither where whoever changed it gave none.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("object_id IS NOT NULL OR document_id IS NOT NULL", name="is_about_something"),
        Index("ix_correction_made_at_id", "made_at", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    object_id: int | None = on_spine(nullable=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="CASCADE")
    kind: CorrectionKind = Field(sa_type=choice(CorrectionKind))
    part: str = Field(default="", max_length=60)
    item: str = ""
    field: str = Field(default="", max_length=60)
    before: str = ""
    after: str = ""
    why: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="SET NULL")
    url: str = ""
    made_by: str = Field(max_length=120)
    made_at: datetime = Field(sa_type=UtcDateTime)
