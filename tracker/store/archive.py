"""One document as its page shows it: what it says, its versions, who it names and what it is linked to."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain.vocab import LinkState
from tracker.models.base import CampaignObject
from tracker.models.document import Document, DocumentVersion, Mention, Sighting, Source
from tracker.models.event import Event, EventSource
from tracker.models.link import Link
from tracker.store import behind, objects
from tracker.store.threads import Named

_LINK_ORDER = (LinkState.CONFIRMED, LinkState.SUGGESTED, LinkState.REJECTED)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version without its text: what it was called and when we saw it."""

    number: int
    title: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Naming:
    """A party, product or person named in the text, and how often; `implied_by` is the name that stands for it."""

    name: str
    kind: str
    times: int
    implied_by: str


@dataclass(frozen=True, slots=True)
class Tie:
    """One link with the object it leads to, and how it came about in plain words."""

    link: Link
    target: Named
    provenance: str


@dataclass(frozen=True, slots=True)
class Archived:
    """A document with everything around it; texts are read apart, by `version`."""

    document: Document
    versions: tuple[VersionLine, ...]
    namings: tuple[Naming, ...]
    ties: tuple[Tie, ...]
    carried_by: tuple[str, ...]
    events: tuple[tuple[str, str], ...]


def page(session: Session, document_id: int) -> Archived | None:
    """Return a document for its page, or None where there is none of this number. Six queries."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    return Archived(
        document=document,
        versions=_versions(session, document_id),
        namings=_namings(session, document_id),
        ties=_ties(session, document_id),
        carried_by=_sources(session, document_id),
        events=_events(session, document_id),
    )


def version(session: Session, document_id: int, number: int) -> DocumentVersion | None:
    """Return what a document said in one of its versions."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id, DocumentVersion.number == number)
    return session.exec(query).first()


def _versions(session: Session, document_id: int) -> tuple[VersionLine, ...]:
    query = select(DocumentVersion.number, DocumentVersion.title, DocumentVersion.seen_at).where(
        DocumentVersion.document_id == document_id
    )
    return tuple(VersionLine(*row) for row in session.exec(query.order_by(col(DocumentVersion.number))))


def _namings(session: Session, document_id: int) -> tuple[Naming, ...]:
    """Return who is named, most often first."""
    query = select(Mention).where(Mention.document_id == document_id).order_by(col(Mention.start), col(Mention.id))
    rows: dict[str, Mention] = {}
    times: Counter[str] = Counter()
    for row in session.exec(query):
        rows.setdefault(row.entity, row)
        times[row.entity] += 1
    return tuple(
        Naming(rows[entity].name, rows[entity].entity_kind, count, rows[entity].implied_by)
        for entity, count in times.most_common()
    )


def _ties(session: Session, document_id: int) -> tuple[Tie, ...]:
    """Return the links to shown objects: confirmed, suggested, rejected; within each the likeliest first."""
    query = (
        select(Link, CampaignObject)
        .join(CampaignObject, col(CampaignObject.id) == col(Link.object_id))
        .where(Link.document_id == document_id, objects.visible(Link.object_id))
        .order_by(col(Link.score).desc(), col(Link.id))
    )
    ties = [
        Tie(link, Named(spine.id or 0, spine.kind, spine.slug, spine.title), behind.provenance(link))
        for link, spine in session.exec(query)
    ]
    return tuple(sorted(ties, key=lambda tie: _LINK_ORDER.index(tie.link.state)))


def _sources(session: Session, document_id: int) -> tuple[str, ...]:
    query = (
        select(Source.title, Source.name)
        .join(Sighting, col(Sighting.source_id) == col(Source.id))
        .where(Sighting.document_id == document_id)
        .distinct()
        .order_by(Source.name)
    )
    return tuple(title or name for title, name in session.exec(query))


def _events(session: Session, document_id: int) -> tuple[tuple[str, str], ...]:
    """Return (id, headline) of the timeline's rows that rest on this document."""
    standing_on = select(EventSource.event_id).where(EventSource.document_id == document_id)
    query = select(Event.id, Event.headline).where(
        (col(Event.document_id) == document_id) | col(Event.id).in_(standing_on)
    )
    return tuple(session.exec(query.order_by(Event.sort_day, Event.id)).all())
