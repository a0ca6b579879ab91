"""Where an answer to a letter may be: documents of its recipients since then, and how their sources are doing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func
from sqlmodel import Session, col, or_, select

from tracker.domain.vocab import DocumentState, EventType, LinkState, PartyRole, Relation
from tracker.models.base import CampaignObject
from tracker.models.correspondence import CompanyResponse, LetterParty
from tracker.models.document import Document, Mention, Sighting, Source
from tracker.models.link import Link
from tracker.models.organization import Alias, Organization
from tracker.store.prepared import columns

ANSWERING = (EventType.COMPANY_RESPONSE, EventType.COMPANY_POLICY_CHANGE)
MOST = 20


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who was asked: their short names, and every name they are known by."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A source that brought something of a recipient, when it last answered, and since when it fails."""

    name: str
    title: str
    last_ok_at: datetime | None
    failing_since: datetime | None


def recipients(session: Session, letter_id: int) -> Recipients:
    """Return the organisations a letter was sent to. Two queries."""
    theirs = select(LetterParty.organization_id).where(
        LetterParty.letter_id == letter_id,
        LetterParty.role == PartyRole.RECIPIENT,
        col(LetterParty.organization_id).is_not(None),
    )
    rows = session.exec(
        select(Organization).where(col(Organization.id).in_(theirs)).order_by(col(Organization.id))
    ).all()
    aliases = session.exec(select(Alias.text).where(col(Alias.organization_id).in_(theirs)).order_by(col(Alias.id)))
    return Recipients(tuple(row.slug for row in rows), tuple(dict.fromkeys([*(row.name for row in rows), *aliases])))


def candidates(session: Session, letter_id: int, asked: Recipients, since: str) -> list[Document]:
    """Return at most `MOST` relevant documents from the day `since` on (ISO) that may be the answer: first those said
    to respond to the letter, then those in which a recipient speaks or changes a policy. One query.

    Left out are documents that were rejected as an answer, and those that stand behind a response on record.
    """
    linked = exists().where(
        col(Link.document_id) == col(Document.id),
        col(Link.object_id) == letter_id,
        col(Link.relation) == Relation.RESPONDS_TO,
        col(Link.state) != LinkState.REJECTED,
    )
    rejected = exists().where(
        col(Link.document_id) == col(Document.id),
        col(Link.object_id) == letter_id,
        col(Link.state) == LinkState.REJECTED,
    )
    known = exists().where(
        col(Link.document_id) == col(Document.id),
        col(Link.object_id) == col(CompanyResponse.id),
        col(Link.state) == LinkState.CONFIRMED,
    )
    named = exists().where(col(Mention.document_id) == col(Document.id), col(Mention.entity).in_(asked.slugs))
    speaks = or_(col(Document.publisher).in_(asked.names), named) & col(Document.event_type).in_(ANSWERING)
    query = (
        select(Document)
        .where(
            Document.state == DocumentState.RELEVANT,
            col(Document.published_sort) >= since,
            or_(linked, speaks),
            ~rejected,
            ~known,
        )
        .order_by(case((linked, 0), else_=1), col(Document.published_sort).desc(), col(Document.id))
        .limit(MOST)
    )
    return list(session.exec(query))


def number_since(session: Session, since: str) -> int:
    """Return how many relevant documents the archive has from a day on (ISO): what a search looks through."""
    where = (Document.state == DocumentState.RELEVANT, col(Document.published_sort) >= since)
    return session.exec(select(func.count()).select_from(Document).where(*where)).one()


def sources(session: Session, asked: Recipients) -> list[Asked]:
    """Return the sources through which a recipient's own words came, and how each is doing."""
    query = (
        columns(Source.name, Source.title, Source.last_ok_at, Source.failing_since)
        .where(
            exists().where(
                col(Sighting.source_id) == col(Source.id),
                col(Sighting.document_id) == col(Document.id),
                col(Document.publisher).in_(asked.names),
            )
        )
        .order_by(col(Source.name))
        .limit(MOST)
    )
    return [Asked(*row) for row in session.exec(query)]


def letter_of(session: Session, slug: str) -> CampaignObject | None:
    """Return the shown letter of this name."""
    query = select(CampaignObject).where(CampaignObject.slug == slug, CampaignObject.kind == "letter")
    return session.exec(query).first()


def ids(documents: Sequence[Document]) -> list[int]:
    """Return the numbers of documents, in order."""
    return sorted(document.id or 0 for document in documents)
