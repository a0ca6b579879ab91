"""One document as its page shows it: what it says, its versions, who it names and what it is linked to."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain.vocab import LinkState
from tracker.models.base import CampaignObject
from tracker.models.document import Body, Document, DocumentVersion, Mention, Sighting, Source
from tracker.models.event import Event, EventSource
from tracker.models.link import Link
from tracker.models.organization import Organization
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
    """A party, product or person named in the text, and how often; `implied_by` is the name that stands for it.

    `places` count characters of title, newline and text of the newest version; `entity` is the name in addresses, and
    `has_page` says whether an organisation in the archive has it.
    """

    entity: str
    name: str
    kind: str
    times: int
    implied_by: str
    places: tuple[tuple[int, int], ...]
    has_page: bool


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
    """Return a document for its page, or None where there is none of this number. Seven queries."""
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


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes that a version was read from, without the bytes: their SHA-256, what the server called them, how many.

    `own` is false where they are those of a list or feed that told of the document.
    """

    sha256: str
    media_type: str
    size: int
    own: bool


def kept(session: Session, version: DocumentVersion) -> Kept | None:
    """Return what is known of the bytes a version was read from; None where none were kept."""
    query = select(Body.hash, Body.media_type, Body.size).where(Body.hash == version.body_hash)
    row = session.exec(query).first()
    return Kept(*row, own=version.own_body) if row else None


def _versions(session: Session, document_id: int) -> tuple[VersionLine, ...]:
    query = select(DocumentVersion.number, DocumentVersion.title, DocumentVersion.seen_at).where(
        DocumentVersion.document_id == document_id
    )
    return tuple(VersionLine(*row) for row in session.exec(query.order_by(col(DocumentVersion.number))))


def _namings(session: Session, document_id: int) -> tuple[Naming, ...]:
    """Return who is named, most often first."""
    query = select(Mention).where(Mention.document_id == document_id).order_by(col(Mention.start), col(Mention.id))
    rows: dict[str, list[Mention]] = defaultdict(list)
    for row in session.exec(query):
        rows[row.entity].append(row)
    known = set(session.exec(select(Organization.slug).where(col(Organization.slug).in_(rows))))
    return tuple(
        Naming(
            entity=entity,
            name=found[0].name,
            kind=found[0].entity_kind,
            times=len(found),
            implied_by=found[0].implied_by,
            places=tuple((row.start, row.end) for row in found if not row.implied_by),
            has_page=entity in known,
        )
        for entity, found in sorted(rows.items(), key=lambda item: -len(item[1]))
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
