"""Subscribers as administrators see them: by state and address, one with all that is kept of them, and gone."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.organization import Organization
from tracker.models.subscriber import Delivery, Follow, Subscriber


@dataclass(frozen=True, slots=True)
class Line:
    """A subscriber in the list: how many things they follow, and how their deliveries ended."""

    person: Subscriber
    follows: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class Whole:
    """One subscriber with everything that is kept of them; `follows` are what and why, in words."""

    person: Subscriber
    follows: tuple[tuple[str, str], ...]
    deliveries: tuple[Delivery, ...]


def page(
    session: Session, *, state: SubscriberState | None = None, part: str = "", after: int = 0, limit: int = 50
) -> list[Line]:
    """Return at most `limit` subscribers with ids above `after`, by id; in a state, with `part` in their address."""
    query = select(Subscriber).where(col(Subscriber.id) > after)
    if state is not None:
        query = query.where(Subscriber.state == state)
    if part:
        query = query.where(col(Subscriber.email).contains(part.lower(), autoescape=True))
    people = list(session.exec(query.order_by(col(Subscriber.id)).limit(limit)))
    ids = [row.id or 0 for row in people]
    follows = dict(
        session.exec(
            select(Follow.subscriber_id, func.count())
            .where(col(Follow.subscriber_id).in_(ids))
            .group_by(col(Follow.subscriber_id))
        ).all()
    )
    ended: dict[tuple[int, DeliveryState], int] = {}
    counted = (
        select(Delivery.subscriber_id, Delivery.state, func.count())
        .where(col(Delivery.subscriber_id).in_(ids))
        .group_by(col(Delivery.subscriber_id), col(Delivery.state))
    )
    for owner, how, count in session.exec(counted):
        ended[owner, DeliveryState(how)] = count
    return [
        Line(
            row,
            follows.get(row.id or 0, 0),
            ended.get((row.id or 0, DeliveryState.SENT), 0),
            ended.get((row.id or 0, DeliveryState.FAILED), 0),
        )
        for row in people
    ]


def by_id(session: Session, number: int) -> Subscriber | None:
    """Return a subscriber, or None."""
    return session.get(Subscriber, number)


def whole(session: Session, number: int) -> Whole | None:
    """Return everything that is kept of a subscriber, the newest delivery first; None when there is none."""
    person = by_id(session, number)
    if person is None:
        return None
    query: Any = (
        select(Follow, Campaign.title, Organization.name, CampaignObject.title)
        .join(Campaign, col(Campaign.id) == col(Follow.campaign_id), isouter=True)
        .join(Organization, col(Organization.id) == col(Follow.organization_id), isouter=True)
        .join(CampaignObject, col(CampaignObject.id) == col(Follow.object_id), isouter=True)
        .where(Follow.subscriber_id == number)
        .order_by(col(Follow.id))
    )
    follows = tuple((next((name for name in names if name), ""), row.note) for row, *names in session.exec(query))
    deliveries = select(Delivery).where(Delivery.subscriber_id == number)
    sent = session.exec(deliveries.order_by(col(Delivery.ends_on).desc(), col(Delivery.id).desc()))
    return Whole(person, follows, tuple(sent))
