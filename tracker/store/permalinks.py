"""What became of objects and rows of timelines whose addresses were public and that are shown no more."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject, ObjectState
from tracker.models.event import Event, FirstKnown
from tracker.models.organization import Organization
from tracker.store import campaigns, drafts


@dataclass(frozen=True, slots=True)
class Ended:
    """Where an object ended: `kind`, `slug` and `title` are those of the object it was merged into, or its own.

    `reason` is empty where that one is shown, and else says why it was withdrawn. `campaigns` are slugs and titles of
    the campaigns that it belongs to.
    """

    kind: str
    slug: str
    title: str
    shown: bool
    reason: str
    campaigns: tuple[tuple[str, str], ...]


def ended(session: Session, kind: str, slug: str) -> Ended | None:
    """Return what became of the object of a kind and name; None where the public never knew one. Three queries at most.

    Merges are followed to their end however many there are. A circle of them has no end, and a draft is not public:
    both give None, whether met first or last.
    """
    last = _end(session, CampaignObject.slug == slug, CampaignObject.kind == kind)
    if last is None or (last.state is ObjectState.WITHDRAWN and drafts.discarded(session, last.id or 0)):
        return None
    return Ended(
        kind=last.kind,
        slug=last.slug,
        title=last.title,
        shown=last.state is ObjectState.PUBLISHED,
        reason=last.withdrawn_reason if last.state is ObjectState.WITHDRAWN else "",
        campaigns=tuple(campaigns.of_object(session, last.id or 0)),
    )


def organization_now(session: Session, slug: str) -> str | None:
    """Return the name of the organisation that one of this name was merged into, over several merges; None for none."""
    row = session.exec(select(Organization).where(Organization.slug == slug)).first()
    seen = {row.id} if row else set()
    while row is not None and row.merged_into_id is not None and row.merged_into_id not in seen:
        seen.add(row.merged_into_id)
        row = session.get(Organization, row.merged_into_id)
    return row.slug if row is not None and len(seen) > 1 else None


def was_event(session: Session, event_id: str) -> bool:
    """Whether a timeline ever had a row of this identifier."""
    return session.get(FirstKnown, event_id) is not None


def event_now(session: Session, event_id: str) -> str | None:
    """Return the row that tells now what a row told that is gone, because its object was merged into another.

    None where there is none. Of several campaigns that tell it, the first one's. Three queries at most.
    """
    known = session.get(FirstKnown, event_id)
    last = _end(session, CampaignObject.id == known.object_id) if known and known.object_id else None
    if known is None or last is None or last.id == known.object_id:
        return None
    same = select(Event.id).where(Event.object_id == last.id, Event.key == f"{last.slug}:{known.step}")
    return session.exec(same.order_by(col(Event.campaign_id)).limit(1)).first()


def _end(session: Session, *which: Any) -> CampaignObject | None:
    """Return the object at the end of the merges that begin with this one; None where there is no end in public."""
    first = (
        select(CampaignObject.id, CampaignObject.merged_into_id)
        .where(col(CampaignObject.state) != ObjectState.DRAFT, *which)
        .cte("chain", recursive=True)
    )
    following = aliased(CampaignObject)
    # A plain union leaves out rows it has already, so a circle comes to rest.
    chain = first.union(
        select(following.id, following.merged_into_id).join(first, col(following.id) == first.c.merged_into_id)
    )
    return session.exec(
        select(CampaignObject)
        .join(chain, col(CampaignObject.id) == chain.c.id)
        .where(col(CampaignObject.merged_into_id).is_(None), col(CampaignObject.state) != ObjectState.DRAFT)
    ).first()
