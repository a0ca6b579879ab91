"""Campaigns: what is asked of whom about which product, and which objects belong to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.models.base import Base, Json, UtcDateTime, not_negative


class Campaign(Base, table=True):
    """One subject followed over years. An object may belong to several. Readers see none that is withdrawn."""

    __tablename__ = "campaign"
    __table_args__ = (CheckConstraint("withdrawn OR withdrawn_reason = ''", name="reason_of_withdrawal"),)
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(max_length=300)
    summary: str = ""
    fictional: bool = False
    withdrawn: bool = False
    withdrawn_reason: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)


class CampaignTarget(Base, table=True):
    """An organisation that a campaign asks something of."""

    __tablename__ = "campaign_target"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    organization_id: int = Field(foreign_key="organization.id", primary_key=True, ondelete="CASCADE")


class CampaignProduct(Base, table=True):
    """A product that a campaign is about."""

    __tablename__ = "campaign_product"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    product_id: int = Field(foreign_key="product.id", primary_key=True, ondelete="CASCADE")


class CampaignAsk(Base, table=True):
    """One demand of a campaign in one sentence."""

    __tablename__ = "campaign_ask"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    text: str


class CampaignMembership(Base, table=True):
    """That an object belongs to a campaign."""

    __tablename__ = "campaign_membership"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    object_id: int = Field(foreign_key="campaign_object.id", primary_key=True, index=True, ondelete="CASCADE")


class Summary(Base, table=True):
    """What a campaign comes to on a day, or without a campaign the whole archive: kept, so that no page need add it up.

    It holds as long as `made_for` is `changes`, which grows with every change of an object, and for `day` alone.
    """

    __tablename__ = "summary"
    __table_args__ = not_negative("changes", "made_for")
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", unique=True, ondelete="CASCADE")
    changes: int = 0
    made_for: int | None = None
    day: date | None = None
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class CampaignTerms(Base, table=True):
    """The words that mark a document as a campaign's, or as none of its, as one editor left them.

    The highest `number` is in force; the others are its history.
    """

    __tablename__ = "campaign_terms"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", ondelete="CASCADE")
    number: int
    terms: list[str] = Field(default_factory=list, sa_type=Json)
    against: list[str] = Field(default_factory=list, sa_type=Json)
    note: str = ""
    changed_by: str = Field(max_length=120)
    changed_at: datetime = Field(sa_type=UtcDateTime)
