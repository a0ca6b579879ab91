"""What the calendars that people subscribe to say: each date with how often it changed, so that programs can follow."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from tracker.models.base import Base, UtcDateTime, not_negative, on_spine


class CalendarEntry(Base, table=True):
    """One date as published. It changes in place, with a higher `sequence`, and never vanishes: it is cancelled.

    `key` says whose date it is and which (`store.deadlines.Due.key`); `first_day` and `last_day` bound a date that is
    known less exactly than to the day. `company_id` is the company it concerns, where it hangs on a meeting.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (
        *not_negative("sequence"),
        CheckConstraint("first_day <= last_day", name="first_before_last"),
        # Serves the job that looks for what was published and is due no more.
        Index("ix_calendar_entry_last_day", "last_day"),
    )
    key: str = Field(primary_key=True, max_length=200)
    kind: str = Field(max_length=40)
    object_id: int = on_spine()
    company_id: int | None = Field(default=None, foreign_key="organization.id", index=True, ondelete="CASCADE")
    first_day: date
    last_day: date
    title: str
    description: str = ""
    sequence: int = 0
    cancelled: bool = False
    changed_at: datetime = Field(sa_type=UtcDateTime)
