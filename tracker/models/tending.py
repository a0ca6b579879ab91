"""What is kept of how an archive is tended: acts of administrators, tries of sources, what a campaign follows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from tracker.models.base import Base, Json, UtcDateTime


class Act(Base, table=True):
    """One act of an administrator on a source or a subscriber: who did what, when and why; rows are only added.

    `about` says what `about_id` numbers. There is no foreign key: the act stays when a subscriber's data is deleted,
    and holds nothing of theirs. `detail` is what changed, in words, without personal data.
    """

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_about_about_id", "about", "about_id"),)
    id: int | None = Field(default=None, primary_key=True)
    about: str = Field(max_length=20)
    about_id: int
    what: str = Field(max_length=40)
    detail: str = ""
    why: str = ""
    made_by: str = Field(max_length=120)
    made_at: datetime = Field(sa_type=UtcDateTime)


class SourceTrial(Base, table=True):
    """What trying a source showed, kept for a while, so that looking again asks no server again.

    `key` is the SHA-256 of what was tried. `found` is the result as plain values (workflows/try_source.py).
    """

    __tablename__ = "source_trial"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    made_by: str = Field(max_length=120)
    found: dict[str, Any] = Field(sa_type=Json)


class CampaignSource(Base, table=True):
    """A source that an editor took for a campaign when it began.

    `looked_at` is when the archive was looked through for the campaign, after the sources' first answers; null before.
    """

    __tablename__ = "campaign_source"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    source_id: int = Field(foreign_key="source.id", primary_key=True, index=True, ondelete="CASCADE")
    taken_by: str = Field(max_length=120)
    taken_at: datetime = Field(sa_type=UtcDateTime)
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CampaignOwner(Base, table=True):
    """An account that answers for a campaign."""

    __tablename__ = "campaign_owner"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", primary_key=True, index=True, ondelete="CASCADE")
