"""What subscribers follow: campaigns, organisations, campaign objects, searches; asked for, then confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from tracker.domain.errors import NotFoundError
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.organization import Organization
from tracker.models.subscriber import Follow, Subscriber, SubscriberLink
from tracker.store import objects


class Followed(StrEnum):
    """What kind of thing is followed."""

    CAMPAIGN = "campaign"
    ORGANIZATION = "organization"
    OBJECT = "object"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that somebody wants to follow: its slug, or the text of a search."""

    what: Followed
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that can be followed, found in the archive. `kind` is that of an object, "" for anything else."""

    wanted: Wanted
    number: int | None
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One thing that somebody follows, as their page lists it."""

    id: int
    target: Target
    note: str
    confirmed: bool


def target(session: Session, wanted: Wanted) -> Target:
    """Return what somebody wants to follow; raise NotFoundError where readers see no such thing."""
    if wanted.what is Followed.SEARCH:
        return Target(wanted, None, wanted.name)
    query: Any
    if wanted.what is Followed.CAMPAIGN:
        query = select(Campaign.id, Campaign.title).where(Campaign.slug == wanted.name)
    elif wanted.what is Followed.ORGANIZATION:
        query = select(Organization.id, Organization.name).where(Organization.slug == wanted.name)
    else:
        query = select(CampaignObject.id, CampaignObject.title, CampaignObject.kind).where(
            CampaignObject.slug == wanted.name, objects.visible(CampaignObject.id)
        )
    found = session.exec(query).first()
    if found is None:
        raise NotFoundError(f"following the {wanted.what.value} {wanted.name!r}: there is none with that name")
    return Target(wanted, *found)


def ask(session: Session, subscriber_id: int, asked: Target, *, note: str, confirmed: bool) -> None:
    """Let somebody follow a thing; one that is followed already gets the note, and stays confirmed where it was."""
    columns = _columns(asked)
    found = session.exec(select(Follow).where(Follow.subscriber_id == subscriber_id, *_is(columns))).first()
    if found is None:
        session.add(Follow(subscriber_id=subscriber_id, note=note, confirmed=confirmed, **columns))
    elif confirmed:
        found.note, found.confirmed = note or found.note, True
    session.flush()


def confirm_all(session: Session, subscriber_id: int) -> None:
    """Let everything that was asked for count."""
    mine = update(Follow).where(col(Follow.subscriber_id) == subscriber_id)
    session.connection().execute(mine.values(confirmed=True))


def note(session: Session, subscriber_id: int, follow_id: int, text: str) -> bool:
    """Keep why somebody follows a thing; return False where it is not theirs."""
    row = session.get(Follow, follow_id)
    if row is None or row.subscriber_id != subscriber_id:
        return False
    row.note = text
    session.flush()
    return True


def drop(session: Session, subscriber_id: int, follow_id: int | None = None) -> None:
    """Let somebody follow a thing no more; all of them without a number."""
    mine = delete(Follow).where(col(Follow.subscriber_id) == subscriber_id)
    session.connection().execute(mine if follow_id is None else mine.where(col(Follow.id) == follow_id))


def of(session: Session, subscriber_id: int) -> list[FollowLine]:
    """Return what somebody follows or asked for, campaigns first, then by title. One statement."""
    query = (
        select(Follow, Campaign, Organization, CampaignObject)
        .outerjoin(Campaign, col(Campaign.id) == col(Follow.campaign_id))
        .outerjoin(Organization, col(Organization.id) == col(Follow.organization_id))
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Follow.object_id))
        .where(Follow.subscriber_id == subscriber_id)
    )
    lines = [
        FollowLine(row.id or 0, _target(row, campaign, organization, spine), row.note, row.confirmed)
        for row, campaign, organization, spine in session.exec(query)
    ]
    places = {what: place for place, what in enumerate(Followed)}
    return sorted(lines, key=lambda line: (places[line.target.wanted.what], line.target.title.casefold(), line.id))


def keep_newest(session: Session, subscriber_id: int, most: int) -> None:
    """Drop what was asked for and never confirmed beyond the newest `most`: anybody may ask, for any address."""
    asked = select(Follow.id).where(Follow.subscriber_id == subscriber_id, col(Follow.confirmed).is_(False))
    older = list(session.exec(asked.order_by(col(Follow.id).desc()).offset(most)))
    session.connection().execute(delete(Follow).where(col(Follow.id).in_(older)))


# --- links that confirm -----------------------------------------------------------------------------------------------


def add_link(session: Session, subscriber_id: int, key_hash: str, expires_at: datetime) -> None:
    """Keep a link; those made before it hold no more."""
    earlier = delete(SubscriberLink).where(
        col(SubscriberLink.subscriber_id) == subscriber_id, col(SubscriberLink.used_at).is_(None)
    )
    session.connection().execute(earlier)
    session.add(SubscriberLink(subscriber_id=subscriber_id, key_hash=key_hash, expires_at=expires_at))
    session.flush()


def by_link(session: Session, key_hash: str) -> tuple[SubscriberLink, Subscriber] | None:
    """Return a link and whose it is, locked until the transaction ends; None where there is none."""
    query = (
        select(SubscriberLink, Subscriber)
        .join(Subscriber, col(Subscriber.id) == col(SubscriberLink.subscriber_id))
        .where(SubscriberLink.key_hash == key_hash)
        .with_for_update()
    )
    return session.exec(query).first()


def drop_unconfirmed(session: Session, asked_before: datetime, names: Collection[str]) -> int:
    """Forget people in one of these states who asked before a moment and never confirmed; return how many."""
    gone = delete(Subscriber).where(
        col(Subscriber.state).in_(names),
        col(Subscriber.confirmed_at).is_(None),
        col(Subscriber.joined_at) < asked_before,
    )
    return int(session.connection().execute(gone).rowcount)


def _columns(asked: Target) -> dict[str, Any]:
    column = {
        Followed.CAMPAIGN: "campaign_id",
        Followed.ORGANIZATION: "organization_id",
        Followed.OBJECT: "object_id",
    }.get(asked.wanted.what)
    return {column: asked.number} if column else {"search": asked.wanted.name}


def _is(columns: dict[str, Any]) -> list[Any]:
    return [getattr(Follow, name) == value for name, value in columns.items()]


def _target(
    row: Follow, campaign: Campaign | None, organization: Organization | None, spine: CampaignObject | None
) -> Target:
    if campaign is not None:
        return Target(Wanted(Followed.CAMPAIGN, campaign.slug), campaign.id, campaign.title)
    if organization is not None:
        return Target(Wanted(Followed.ORGANIZATION, organization.slug), organization.id, organization.name)
    if spine is not None:
        return Target(Wanted(Followed.OBJECT, spine.slug), spine.id, spine.title, spine.kind)
    return Target(Wanted(Followed.SEARCH, row.search), None, row.search)
