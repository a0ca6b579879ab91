"""What is known of a document that something is made of: its newest text, who is named where, which campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import LinkState
from tracker.models.campaign import Campaign, CampaignMembership
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.models.link import Link
from tracker.models.organization import Alias, Organization, Person


@dataclass(frozen=True, slots=True)
class Read:
    """A document with its newest text. `named` are names with their places in title, newline and text."""

    document: Document
    text: str
    named: tuple[tuple[int, int], ...]


def newest(session: Session, document_id: int) -> Read:
    """Return a document as it is to be read; raises NotFoundError where there is none. Three queries."""
    document = session.get(Document, document_id)
    if document is None:
        raise NotFoundError(f"reading document {document_id}: there is none of this number")
    query = select(DocumentVersion.text).where(
        DocumentVersion.document_id == document_id, DocumentVersion.number == document.version_count
    )
    named = select(Mention.start, Mention.end).where(Mention.document_id == document_id, Mention.implied_by == "")
    return Read(document, session.exec(query).first() or "", tuple(session.exec(named.order_by(col(Mention.start)))))


def organizations(session: Session, document_id: int, text: str) -> list[tuple[int, str]]:
    """Return the organisations of the archive that a document names, as number and name, the first named first.

    In one that was put aside no names were looked for: there those count whose name stands in the text as it is.
    """
    first = func.min(Mention.start)
    query = (
        select(Organization.id, Organization.name)
        .join(Mention, col(Mention.entity) == col(Organization.slug))
        .where(Mention.document_id == document_id)
        .group_by(col(Organization.id), col(Organization.name))
        .order_by(first, col(Organization.id))
    )
    if found := [(number or 0, name) for number, name in session.exec(query)]:
        return found
    everyone = session.exec(select(Organization.id, Organization.name).order_by(col(Organization.id)))
    return [(number or 0, name) for number, name in everyone if name in text]


def campaigns(session: Session, document_id: int) -> list[int]:
    """Return the campaigns that a document is confirmed to bear on; where it bears on none and there is one, that."""
    linked = (
        select(CampaignMembership.campaign_id)
        .join(Link, col(Link.object_id) == col(CampaignMembership.object_id))
        .where(Link.document_id == document_id, Link.state == LinkState.CONFIRMED)
        .join(Campaign, col(Campaign.id) == col(CampaignMembership.campaign_id))
        .where(col(Campaign.withdrawn).is_(False))
    )
    found = sorted(set(session.exec(linked)))
    everything = (
        []
        if found
        else [
            number or 0
            for number in session.exec(select(Campaign.id).where(col(Campaign.withdrawn).is_(False)).limit(2))
        ]
    )
    return found or (everything if len(everything) == 1 else [])


def parties(session: Session, names: Iterable[str]) -> dict[str, tuple[int | None, int | None]]:
    """Return for each name, in small letters, the organisation and the person that bear it; those nobody bears not."""
    wanted = sorted({name.casefold() for name in names})
    found: dict[str, tuple[int | None, int | None]] = {}
    bearers = (
        select(func.lower(Alias.text), Alias.organization_id),
        select(func.lower(Organization.name), Organization.id),
    )
    for query, column in zip(bearers, (Alias.text, Organization.name), strict=True):
        found |= {name: (number, None) for name, number in session.exec(query.where(func.lower(column).in_(wanted)))}
    people = select(func.lower(Person.name), Person.organization_id, Person.id)
    people = people.where(func.lower(Person.name).in_(wanted))
    return found | {name: (house, number) for name, house, number in session.exec(people)}
