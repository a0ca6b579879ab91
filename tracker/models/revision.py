"""The history of every change: one act of one person or program, and what it did to which row. Rows are only added."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from tracker.domain.acts import About
from tracker.models.base import Base, Json, UtcDateTime, choice


class Revision(Base, table=True):
    """One act: who did it, when, why, on which evidence. `reverts_id` is the act that it undid, all or in part."""

    __tablename__ = "revision"
    __table_args__ = (
        # Serve the acts of one person and of a day, newest first, paged by key.
        Index("ix_revision_made_by_id", "made_by", "id"),
        Index("ix_revision_by_program_id", "by_program", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    made_by: str = Field(max_length=120)
    by_program: bool = False
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    why: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="SET NULL")
    url: str = ""
    reverts_id: int | None = Field(default=None, foreign_key="revision.id", index=True, ondelete="SET NULL")


class RevisionSubject(Base, table=True):
    """That an act is about something. `version` is the object's after it, where the act changed what forms show of it.

    Not a foreign key: the history outlives what it tells of.
    """

    __tablename__ = "revision_subject"
    about: About = Field(primary_key=True, sa_type=choice(About))
    about_id: int = Field(primary_key=True)
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", index=True, ondelete="CASCADE")
    version: int | None = None


class RevisionChange(Base, table=True):
    """What an act did to one column of one row, or to a whole row where `field` is empty.

    `part` is the table and `row_key` the row's primary key, its columns joined by commas. `before` and `after` are the
    values as an export writes them: null for nothing; of a row added or taken out all its columns. `item` is what
    people call the row. The change is told of `about`; of a tie (a link, a membership) also of `also`.
    """

    __tablename__ = "revision_change"
    __table_args__ = (
        CheckConstraint("field <> '' OR before IS NULL OR after IS NULL", name="row_added_or_taken_out"),
        # Serves the changes of a page of acts that tell of one thing.
        Index("ix_revision_change_revision_id_about_about_id", "revision_id", "about", "about_id"),
        # Serves what later acts did to the same row.
        Index("ix_revision_change_part_row_key_id", "part", "row_key", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", ondelete="CASCADE")
    about: About = Field(sa_type=choice(About))
    about_id: int
    also: str = Field(default="", max_length=40)
    also_id: int | None = None
    part: str = Field(max_length=60)
    row_key: str = Field(max_length=200)
    item: str = ""
    field: str = Field(default="", max_length=60)
    before: Any = Field(default=None, nullable=True, sa_type=Json)
    after: Any = Field(default=None, nullable=True, sa_type=Json)
