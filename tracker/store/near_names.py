"""Names that a mistyped address may have meant: campaigns, organisations and objects that begin alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.organization import Organization
from tracker.store import objects

# As many letters as a mistyped name surely has right; what begins with these is looked through.
BEGINNING = 3
MOST = 300


@dataclass(frozen=True, slots=True)
class NearName:
    """A name in addresses, what has it (campaign, organization, or an object's kind), and its title."""

    kind: str
    slug: str
    title: str


def beginning_like(session: Session, slug: str) -> list[NearName]:
    """Return what readers may see and begins with the first letters of `slug`, at most `MOST` of each sort. Three
    queries.
    """
    return list(_found(session, slug[:BEGINNING].lower()))


def _found(session: Session, begins: str) -> Iterator[NearName]:
    named: tuple[tuple[Any, Any, str], ...] = (
        (Campaign, Campaign.title, "campaign"),
        (Organization, Organization.name, "organization"),
    )
    for table, title, kind in named:
        query = select(table.slug, title).where(col(table.slug).startswith(begins, autoescape=True))
        for slug, called in session.exec(query.order_by(table.slug).limit(MOST)):
            yield NearName(kind, slug, called)
    shown = select(CampaignObject.kind, CampaignObject.slug, CampaignObject.title).where(
        col(CampaignObject.slug).startswith(begins, autoescape=True), objects.visible(CampaignObject.id)
    )
    for kind, slug, called in session.exec(shown.order_by(col(CampaignObject.slug)).limit(MOST)):
        yield NearName(kind, slug, called)
