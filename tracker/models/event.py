"""The timeline's rows: a projection of campaign objects and confirmed documents; can be made again from nothing."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane
from tracker.models.base import Base, PartialDateText, UtcDateTime, choice, on_spine

LONGER_THAN_A_DAY = "latest > sort_day"


class Event(Base, table=True):
    """One row of one campaign's timeline.

    `id` is made from campaign and key, so a rebuilt table has the same permalinks. `earliest` and `latest` are ISO
    days ("" when unknown on that side); `sort_day` is the day the row is listed under: the first possible one, or the
    last where no first one is known.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("object_id IS NOT NULL OR document_id IS NOT NULL", name="comes_from_something"),
        # Serves the timeline page: one campaign, newest or oldest first, paged by key. Lane and kind stand in it so
        # that a filter need not look up the rows that it leaves out.
        Index("ix_event_campaign_id_sort_day_id_lane_kind", "campaign_id", "sort_day", "id", "lane", "kind"),
        # Serves filters that leave little.
        Index("ix_event_campaign_id_lane_kind_sort_day_id", "campaign_id", "lane", "kind", "sort_day", "id"),
        # Serves periods: rows that began before one and may reach into it. Few rows are not known to the day.
        Index(
            "ix_event_longer_than_a_day",
            "campaign_id",
            "latest",
            sqlite_where=text(LONGER_THAN_A_DAY),
            postgresql_where=text(LONGER_THAN_A_DAY),
        ),
        # Serve the digest and the feeds: what became known last, in all or in one campaign, paged by key.
        Index("ix_event_recorded_at_id", "recorded_at", "id"),
        Index("ix_event_campaign_id_recorded_at_id", "campaign_id", "recorded_at", "id"),
    )
    id: str = Field(primary_key=True, max_length=16)
    campaign_id: int = Field(foreign_key="campaign.id", ondelete="CASCADE")
    object_id: int | None = on_spine(nullable=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="CASCADE")
    key: str = Field(max_length=200)
    kind: EventType = Field(sa_type=choice(EventType))
    lane: Lane = Field(sa_type=choice(Lane))
    on: PartialDate = Field(sa_type=PartialDateText)
    earliest: str = Field(default="", max_length=10)
    latest: str = Field(default="", max_length=10)
    sort_day: str = Field(max_length=10)
    headline: str
    summary: str = ""
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class EventCount(Base, table=True):
    """How many rows of a timeline share lane, kind and months; kept with the rows by `store.event_counts`.

    `begins` and `ends` ("2019-05") are the months of the first and the last possible day, the one known where only one
    is. The overview and the filters' counts are read from here: they must not read every row.
    """

    __tablename__ = "event_count"
    __table_args__ = (CheckConstraint("events > 0", name="events_positive"), {"sqlite_with_rowid": False})
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    begins: str = Field(primary_key=True, max_length=7)
    ends: str = Field(primary_key=True, max_length=7)
    lane: Lane = Field(primary_key=True, sa_type=choice(Lane))
    kind: EventType = Field(primary_key=True, sa_type=choice(EventType))
    events: int


class EventMonth(Base, table=True):
    """The same without the kind: what the overview is drawn from."""

    __tablename__ = "event_month"
    __table_args__ = (CheckConstraint("events > 0", name="events_positive"), {"sqlite_with_rowid": False})
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    begins: str = Field(primary_key=True, max_length=7)
    ends: str = Field(primary_key=True, max_length=7)
    lane: Lane = Field(primary_key=True, sa_type=choice(Lane))
    events: int


class EventTotal(Base, table=True):
    """The same without the months: what the filters count while no period is chosen."""

    __tablename__ = "event_total"
    __table_args__ = (CheckConstraint("events > 0", name="events_positive"), {"sqlite_with_rowid": False})
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    lane: Lane = Field(primary_key=True, sa_type=choice(Lane))
    kind: EventType = Field(primary_key=True, sa_type=choice(EventType))
    events: int


class EventSource(Base, table=True):
    """A confirmed document that stands behind an event instead of making one of its own."""

    __tablename__ = "event_source"
    event_id: str = Field(foreign_key="event.id", primary_key=True, ondelete="CASCADE", max_length=16)
    document_id: int = Field(foreign_key="document.id", primary_key=True, index=True, ondelete="CASCADE")


class FirstKnown(Base, table=True):
    """When we first came to know of an event. Not part of the projection: it is what a rebuild could not find out.

    `object_id` and `step` ("status:filed") say what it told, so that its link can lead on once that object is merged
    into another; a document's row has neither.
    """

    __tablename__ = "first_known"
    event_id: str = Field(primary_key=True, max_length=16)
    at: datetime = Field(sa_type=UtcDateTime)
    object_id: int | None = Field(
        default=None, foreign_key="campaign_object.id", index=True, ondelete="SET NULL", nullable=True
    )
    step: str = Field(default="", max_length=200)
