"""Documents in: what is known of a draft already, and writing new documents, versions, mentions and sightings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, delete, exists
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.items import Draft
from tracker.domain.text import excerpt
from tracker.domain.vocab import DocumentState, EventType
from tracker.models.document import Document, DocumentVersion, Mention, Sighting
from tracker.models.evidence import Evidence

EXCERPT_LENGTH = 280


@dataclass(frozen=True, slots=True)
class Stored:
    """What the archive holds under a key or address: enough to tell new from same from changed."""

    document_id: int
    content_hash: str
    title: str
    canonical_url: str | None
    # The hash of the document's newest version, and whether the text known under a key ever was a version: a second
    # source may carry the same page in its own words.
    newest: str = ""
    spoken: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """What the pure stages made of a draft, ready to be written."""

    state: DocumentState
    state_reason: str
    relevance: float
    relevance_reasons: list[dict[str, Any]]
    event_type: EventType | None
    event_type_score: float
    event_type_reason: str
    mentions: Sequence[Mapping[str, Any]]


def by_keys(session: Session, source_id: int, keys: Collection[str]) -> dict[str, Stored]:
    """Return what this source showed us before under these keys, with the hash it had then."""
    spoken = exists().where(
        col(DocumentVersion.document_id) == col(Sighting.document_id),
        col(DocumentVersion.content_hash) == col(Sighting.content_hash),
    )
    query = (
        select(Sighting, Document, _newest_hash(), spoken)
        .join(Document, col(Document.id) == col(Sighting.document_id))
        .where(Sighting.source_id == source_id, col(Sighting.key).in_(keys))
    )
    return {
        sighting.key: Stored(
            sighting.document_id, sighting.content_hash, document.title, document.canonical_url, newest or "", own
        )
        for sighting, document, newest, own in session.exec(query)
    }


def by_addresses(session: Session, addresses: Collection[str]) -> dict[str, Stored]:
    """Return the documents with these canonical addresses, each with the hash of its newest version."""
    query = select(Document, _newest_hash()).where(col(Document.canonical_url).in_(addresses))
    return {
        document.canonical_url: Stored(
            document.id or 0, newest or "", document.title, document.canonical_url, newest or ""
        )
        for document, newest in session.exec(query)
        if document.canonical_url
    }


def _newest_hash() -> ScalarSelect[str]:
    """Return a column: the content hash of a document's newest version."""
    return (
        select(DocumentVersion.content_hash)
        .where(DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.version_count)
        .scalar_subquery()
    )


def add(session: Session, draft: Draft, judged: Judged, *, body_hash: str | None, now: datetime) -> Document:
    """Write a new document with its first version and mentions."""
    document = Document(
        canonical_url=draft.canonical_url,
        url=draft.url,
        title=draft.title,
        publisher=draft.publisher[:300],
        authors=list(draft.authors),
        kind=draft.kind,
        form=draft.form,
        language=draft.language[:20],
        published=draft.published,
        published_at=draft.published_at,
        published_sort=sort_day(draft.published),
        excerpt=excerpt(draft.text, EXCERPT_LENGTH),
        first_seen_at=now,
        **_verdict(judged),
    )
    session.add(document)
    session.flush()
    _version(session, document, draft, body_hash, now)
    _mentions(session, document.id or 0, judged.mentions)
    return document


def tie_evidence(session: Session, documents: Mapping[str, int]) -> None:
    """Tie evidence that waited for new documents to them; `documents` are ids by canonical address."""
    waiting = select(Evidence).where(col(Evidence.canonical_url).in_(documents), col(Evidence.document_id).is_(None))
    for row in session.exec(waiting):
        row.document_id = documents[row.canonical_url]
    session.flush()


def change(
    session: Session, document_id: int, draft: Draft, judged: Judged, *, body_hash: str | None, now: datetime
) -> Document:
    """Write a new version of a document; what the old one said stays. A person's verdict on it is not overwritten."""
    document = session.get_one(Document, document_id)
    document.version_count += 1
    document.title = draft.title
    document.excerpt = excerpt(draft.text, EXCERPT_LENGTH)
    document.changed_at = now
    if document.published is None and draft.published is not None:
        document.published, document.published_sort = draft.published, sort_day(draft.published)
        document.published_at = draft.published_at
    _version(session, document, draft, body_hash, now)
    judge_again(session, document, judged)
    return document


def judge_again(session: Session, document: Document, judged: Judged) -> None:
    """Write a new verdict and the names found; what a person withdrew stays withdrawn."""
    if document.state is not DocumentState.WITHDRAWN:
        for key, value in _verdict(judged).items():
            setattr(document, key, value)
    session.execute(delete(Mention).where(col(Mention.document_id) == document.id))
    _mentions(session, document.id or 0, judged.mentions)


def sight(session: Session, source_id: int, key: str, *, document_id: int, content_hash: str, now: datetime) -> None:
    """Note that a source carries a document, under a key not known so far, and what it looked like there."""
    session.add(
        Sighting(source_id=source_id, key=key, document_id=document_id, content_hash=content_hash, first_seen_at=now)
    )


def sight_again(session: Session, source_id: int, key: str, content_hash: str) -> None:
    """Note what a document looks like now where a source carries it."""
    session.get_one(Sighting, (source_id, key)).content_hash = content_hash


def sort_day(published: PartialDate | None) -> str:
    """Return the ISO day a document is listed under, or an empty string."""
    day = None if published is None else published.earliest or published.latest
    return day.isoformat() if day else ""


def judged_by_rule(session: Session, *, after: int, limit: int) -> list[tuple[Document, DocumentVersion]]:
    """Return up to `limit` documents with ids above `after` and their newest versions, ordered by id.

    Quarantined documents could not be read and withdrawn ones are a person's decision: both are left out.
    """
    query = (
        select(Document, DocumentVersion)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .where(
            col(DocumentVersion.number) == col(Document.version_count),
            col(Document.state).in_([DocumentState.RELEVANT, DocumentState.SCREENED]),
            col(Document.id) > after,
        )
        .order_by(col(Document.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _verdict(judged: Judged) -> dict[str, Any]:
    names = (
        "state",
        "state_reason",
        "relevance",
        "relevance_reasons",
        "event_type",
        "event_type_score",
        "event_type_reason",
    )
    return {name: getattr(judged, name) for name in names}


def _version(session: Session, document: Document, draft: Draft, body_hash: str | None, now: datetime) -> None:
    session.add(
        DocumentVersion(
            document_id=document.id or 0,
            number=document.version_count,
            title=draft.title,
            html=draft.html or draft.summary_html,
            text=draft.text,
            content_hash=draft.content_hash,
            body_hash=body_hash,
            seen_at=now,
        )
    )


def _mentions(session: Session, document_id: int, mentions: Sequence[Mapping[str, Any]]) -> None:
    session.add_all(Mention(document_id=document_id, **mention) for mention in mentions)
