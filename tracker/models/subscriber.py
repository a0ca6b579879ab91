"""The email digest: who follows what, the issues composed, one delivery row an issue and subscriber; single mails."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.mailing import Frequency, SuppressionReason
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.base import Base, Json, UtcDateTime, choice, not_negative, on_spine


class Subscriber(Base, table=True):
    """A person who asked for the mail. `token` opens their page; it is secret and never logged.

    `wording` is the version of the text that they agreed to. Monthly mail goes out on the first `send_weekday`. With
    `quiet_line` a period in which nothing moved is told in one line instead of not at all.
    """

    __tablename__ = "subscriber"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        CheckConstraint("send_weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("send_hour BETWEEN 0 AND 23", name="hour"),
    )
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=320, unique=True)
    state: SubscriberState = Field(default=SubscriberState.PENDING, sa_type=choice(SubscriberState))
    token: str = Field(max_length=64, unique=True)
    time_zone: str = Field(default="UTC", max_length=64)
    send_weekday: int = 0
    send_hour: int = 8
    frequency: Frequency = Field(default=Frequency.WEEKLY, sa_type=choice(Frequency))
    quiet_line: bool = False
    paused_until: date | None = None
    wording: str = Field(default="", max_length=40)
    joined_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Follow(Base, table=True):
    """What a subscriber follows: a whole campaign, a company, one object or a search; and why, in their own words.

    It is asked for by anybody and counts once it is `confirmed` by a link that only the address gets.
    """

    __tablename__ = "follow"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN campaign_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN organization_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN object_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN search = '' THEN 0 ELSE 1 END) = 1",
            name="follows_one_thing",
        ),
        UniqueConstraint("subscriber_id", "campaign_id", "organization_id", "object_id", "search"),
    )
    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True, ondelete="CASCADE")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True, ondelete="CASCADE")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True, ondelete="CASCADE")
    object_id: int | None = on_spine(nullable=True)
    search: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=500)
    confirmed: bool = True


class Issue(Base, table=True):
    """One period's digest of one thing that is followed, composed once and kept for ever; all who follow it share it.

    `scope` names the thing ("campaign:12", "search:face recognition"); what has a row is pointed to as well.
    """

    __tablename__ = "issue"
    __table_args__ = (
        UniqueConstraint("scope", "frequency", "starts_on", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="period_forward"),
    )
    id: int | None = Field(default=None, primary_key=True)
    scope: str = Field(max_length=240)
    frequency: Frequency = Field(default=Frequency.WEEKLY, sa_type=choice(Frequency))
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True, ondelete="CASCADE")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True, ondelete="CASCADE")
    object_id: int | None = on_spine(nullable=True)
    starts_on: date
    ends_on: date
    headline: str
    content: dict[str, Any] = Field(sa_type=Json)
    known_until: datetime = Field(sa_type=UtcDateTime)
    composed_at: datetime = Field(sa_type=UtcDateTime)


class Delivery(Base, table=True):
    """One mail to one person for one period; unique, leased while it is being sent, then recorded.

    `domain` is what follows the @ of the address: mail to one domain is spaced.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("subscriber_id", "starts_on", "ends_on"), *not_negative("attempts"))
    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True, ondelete="CASCADE")
    starts_on: date
    ends_on: date
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=choice(DeliveryState))
    message_id: str = Field(max_length=200, unique=True)
    domain: str = Field(default="", max_length=255)
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_by: str = ""
    attempts: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = ""


class DeliveredIssue(Base, table=True):
    """Which campaigns' issues one delivery carried."""

    __tablename__ = "delivered_issue"
    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True, ondelete="CASCADE")
    issue_id: int = Field(foreign_key="issue.id", primary_key=True, index=True, ondelete="CASCADE")


class MailDomain(Base, table=True):
    """When mail to the addresses of one domain would next go out if it were spaced evenly, over all workers."""

    __tablename__ = "mail_domain"
    name: str = Field(primary_key=True, max_length=255)
    next_turn_at: datetime = Field(sa_type=UtcDateTime)


class SubscriberLink(Base, table=True):
    """A link by which the owner of an address confirms what was asked for in its name; kept as its SHA-256."""

    __tablename__ = "subscriber_link"
    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True, ondelete="CASCADE")
    key_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Suppression(Base, table=True):
    """An address that must not be mailed, as a keyed hash: it outlives the deletion of everything else about it."""

    __tablename__ = "suppression"
    address_hash: str = Field(primary_key=True, max_length=64)
    reason: SuppressionReason = Field(sa_type=choice(SuppressionReason))
    at: datetime = Field(sa_type=UtcDateTime)


class Notice(Base, table=True):
    """One mail to one address that is no digest, such as a confirmation: drawn when it is sent, leased meanwhile.

    `name` is the folder of its templates, `values` what they say; both are emptied once it is out, for they hold keys.
    """

    __tablename__ = "notice"
    __table_args__ = (*not_negative("attempts"),)
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=320)
    name: str = Field(max_length=60)
    values: dict[str, Any] = Field(sa_type=Json)
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=choice(DeliveryState))
    message_id: str = Field(max_length=200, unique=True)
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_by: str = Field(default="", max_length=120)
    attempts: int = 0
    error: str = ""
