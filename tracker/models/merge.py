"""Merges: which thing turned out to be another one, and every value that was moved, so that it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from tracker.models.base import Base, Json, UtcDateTime, on_spine


class Merge(Base, table=True):
    """One merge of two campaign objects, or of two organisations: `gone` leads to `kept` since.

    `moved` has, in the order in which it was done, each value that was changed: table, key, column, before, after.
    """

    __tablename__ = "merge"
    __table_args__ = (
        CheckConstraint(
            "(kept_id IS NOT NULL AND gone_id IS NOT NULL AND kept_organization_id IS NULL"
            " AND gone_organization_id IS NULL)"
            " OR (kept_id IS NULL AND gone_id IS NULL AND kept_organization_id IS NOT NULL"
            " AND gone_organization_id IS NOT NULL)",
            name="of_two_alike",
        ),
        CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name="undone_by_somebody"),
        CheckConstraint("why <> ''", name="has_reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kept_id: int | None = on_spine(nullable=True)
    gone_id: int | None = on_spine(nullable=True)
    kept_organization_id: int | None = Field(
        default=None, foreign_key="organization.id", index=True, ondelete="CASCADE", nullable=True
    )
    gone_organization_id: int | None = Field(
        default=None, foreign_key="organization.id", index=True, ondelete="CASCADE", nullable=True
    )
    why: str
    moved: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    made_by: str = Field(max_length=120)
    made_at: datetime = Field(sa_type=UtcDateTime)
    undone_by: str = Field(default="", max_length=120)
    undone_why: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
