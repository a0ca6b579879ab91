"""What the review queue can be filtered by, and the documents of a page of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign, CampaignTarget
from tracker.models.document import Document, Source
from tracker.models.organization import Organization


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the row's number, its name in the address, and what people call it."""

    id: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Options:
    """Every campaign, every company that one asks something of, every source."""

    campaigns: tuple[Option, ...]
    companies: tuple[Option, ...]
    sources: tuple[Option, ...]


def options(session: Session) -> Options:
    """Return what there is to choose from. Three queries."""
    asked = select(CampaignTarget.organization_id)
    campaigns: Any = select(Campaign.id, Campaign.slug, Campaign.title).order_by(col(Campaign.title))
    companies: Any = select(Organization.id, Organization.slug, Organization.name).where(
        col(Organization.id).in_(asked)
    )
    sources: Any = select(Source.id, Source.name, Source.title).order_by(col(Source.name))
    return Options(
        tuple(Option(*row) for row in session.exec(campaigns)),
        tuple(Option(*row) for row in session.exec(companies.order_by(col(Organization.name)))),
        tuple(Option(number, name, title or name) for number, name, title in session.exec(sources)),
    )


def documents(session: Session, ids: Collection[int]) -> dict[int, Document]:
    """Return documents by id, without what only their own page shows. One query."""
    query = select(Document).options(defer(Document.relevance_reasons)).where(col(Document.id).in_(ids))  # type: ignore[arg-type]
    return {row.id or 0: row for row in session.exec(query)}


def titles(session: Session, object_ids: Collection[int]) -> dict[int, str]:
    """Return the titles of objects by id. One query."""
    query: Any = select(CampaignObject.id, CampaignObject.title).where(col(CampaignObject.id).in_(object_ids))
    return dict(session.exec(query).all())
