"""Evidence: for every value that came from outside, which document, where in it, who or what read it, and when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.models.base import Base, UtcDateTime, on_spine


class Evidence(Base, table=True):
    """One reading of one field. Where sources disagree all rows stay, one is chosen, and `note` says why.

    `field` is the column, or a path into the parts ("votes_for", "filer:lead_filer"). `value` is as the source has it.
    `differs` marks what a reader found other than a person gave, for somebody to look at; `differs_from` says then
    where the person's value stands: "table:row:column". `settled_by` chose between the two, and is not asked again.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("document_id IS NOT NULL OR url <> ''", name="points_to_a_source"),
        CheckConstraint("confidence IS NULL OR confidence BETWEEN 0 AND 1", name="confidence_probability"),
        CheckConstraint('start IS NULL OR "end" >= start', name="span_forward"),
        # A reader says one thing of a field in one version. What people gave has no version, and is not held to this.
        UniqueConstraint("object_id", "field", "version_id", "read_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    object_id: int = on_spine(index=False)
    field: str = Field(max_length=120)
    value: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="SET NULL")
    version_id: int | None = Field(default=None, foreign_key="document_version.id", index=True, ondelete="SET NULL")
    url: str = ""
    canonical_url: str = Field(default="", index=True)
    locator: str = ""
    start: int | None = None
    end: int | None = None
    read_by: str = Field(max_length=120)
    reader_version: str = Field(default="", max_length=40)
    read_at: datetime = Field(sa_type=UtcDateTime)
    confidence: float | None = None
    chosen: bool = True
    differs: bool = False
    differs_from: str | None = Field(default=None, max_length=160)
    settled_by: str | None = Field(default=None, max_length=120)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = ""
