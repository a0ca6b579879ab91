"""How collecting is going: every attempt at a source, servers at rest, and what could not be read."""

import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, tuple_
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Host, Sighting, Source

QUARANTINED = DocumentState.QUARANTINED


@dataclass(frozen=True, slots=True)
class Bytes:
    """Kept bytes of an answer: their hash, media type as the server gave it, and size unpacked."""

    hash: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document that could not be read, the sources that carry it, and the bytes it was in, where they are kept."""

    document: Document
    sources: tuple[str, ...]
    bytes: Bytes | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The same bytes from one address of a source in which something could not be read, and when they came.

    `outcome` and `error` are those of the newest attempt; its `outcome` is ok when only single entries were unreadable.
    """

    source: str
    url: str
    outcome: str
    error: str
    first_at: datetime
    last_at: datetime
    times: int
    bytes: Bytes


def by_name(session: Session, name: str) -> Source | None:
    """Return a source, or None."""
    return session.exec(select(Source).where(Source.name == name)).first()


def attempts(
    session: Session, source_id: int, *, after: tuple[datetime, int] | None = None, limit: int = 50
) -> list[Fetch]:
    """Return at most `limit` attempts, newest first; `after` is (started_at, id) of the last one of the page above."""
    query = select(Fetch).where(Fetch.source_id == source_id)
    if after is not None:
        query = query.where(tuple_(col(Fetch.started_at), col(Fetch.id)) < after)
    return list(session.exec(query.order_by(col(Fetch.started_at).desc(), col(Fetch.id).desc()).limit(limit)))


# --- servers ----------------------------------------------------------------------------------------------------------


def resting(session: Session, now: datetime) -> dict[str, Host]:
    """Return every server that wants rest at `now`, by name; our own network stands among them (`hosts.NETWORK`)."""
    return {row.name: row for row in session.exec(select(Host).where(col(Host.rest_until) > now))}


# --- what could not be read -------------------------------------------------------------------------------------------


def troubles(session: Session) -> dict[int, tuple[int, int]]:
    """Return how many quarantined documents and unreadable answers each source has, by source id; none is left out."""
    documents = (
        select(Sighting.source_id, func.count(func.distinct(Sighting.document_id)))
        .join(Document, col(Document.id) == col(Sighting.document_id))
        .where(Document.state == QUARANTINED)
        .group_by(col(Sighting.source_id))
    )
    answers = (
        select(Fetch.source_id, func.count(func.distinct(Fetch.body_hash)))
        .where(_left_unread())
        .group_by(col(Fetch.source_id))
    )
    quarantined, unread = dict(session.exec(documents).all()), dict(session.exec(answers).all())
    return {key: (quarantined.get(key, 0), unread.get(key, 0)) for key in quarantined.keys() | unread.keys()}


def quarantined(session: Session, *, after: int | None = None, limit: int = 50) -> list[Quarantined]:
    """Return at most `limit` quarantined documents, newest first; `after` is the number of the last one shown."""
    query = select(Document).where(Document.state == QUARANTINED)
    if after is not None:
        query = query.where(col(Document.id) < after)
    rows = list(session.exec(query.order_by(col(Document.id).desc()).limit(limit)))
    ids = [row.id or 0 for row in rows]
    carried, kept = _carriers(session, ids), _bytes_of(session, ids)
    return [Quarantined(row, tuple(carried.get(row.id or 0, ())), kept.get(row.id or 0)) for row in rows]


def unreadable(session: Session, *, limit: int = 100) -> list[Unreadable]:
    """Return at most `limit` answers that are still to be read, the one that came last first."""
    groups = (
        select(
            func.max(Fetch.id).label("newest"),
            func.min(Fetch.started_at).label("first"),
            func.count().label("times"),
        )
        .where(_left_unread())
        .group_by(col(Fetch.source_id), col(Fetch.url), col(Fetch.body_hash))
        .subquery()
    )
    query = (
        select(Fetch, Source.name, groups.c.first, groups.c.times)
        .join(groups, groups.c.newest == Fetch.id)
        .join(Source, col(Source.id) == col(Fetch.source_id))
        .order_by(col(Fetch.id).desc())
        .limit(limit)
    )
    rows = list(session.exec(query))
    kept = _kept(session, {row.body_hash or "" for row, *_ in rows})
    return [
        Unreadable(
            source=name,
            url=row.url,
            outcome=row.outcome,
            error=row.error,
            first_at=first,
            last_at=row.started_at,
            times=times,
            bytes=kept[row.body_hash or ""],
        )
        for row, name, first, times in rows
    ]


def kept_bytes(session: Session, body_hash: str) -> tuple[Body, bytes] | None:
    """Return a body and its bytes unpacked, where something in it could not be read; None for every other."""
    in_quarantine = exists().where(
        col(DocumentVersion.body_hash) == col(Body.hash),
        col(DocumentVersion.document_id) == col(Document.id),
        col(Document.state) == QUARANTINED,
    )
    unread = exists().where(and_(col(Fetch.body_hash) == col(Body.hash), _left_unread()))
    row = session.exec(select(Body).where(Body.hash == body_hash, or_(in_quarantine, unread))).first()
    return None if row is None else (row, zlib.decompress(row.compressed))


def _left_unread() -> Any:
    """Return the condition that an attempt's answer is still to be read: its request is kept for that."""
    return and_(col(Fetch.asked).is_not(None), col(Fetch.body_hash).is_not(None))


def _carriers(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    query = (
        select(Sighting.document_id, Source.name)
        .join(Source, col(Source.id) == col(Sighting.source_id))
        .where(col(Sighting.document_id).in_(ids))
        .distinct()
        .order_by(col(Sighting.document_id), col(Source.name))
    )
    found: dict[int, list[str]] = {}
    for document_id, name in session.exec(query):
        found.setdefault(document_id, []).append(name)
    return found


def _bytes_of(session: Session, ids: Iterable[int]) -> dict[int, Bytes]:
    """Return the bytes that each document's newest version with any came in."""
    query = (
        select(DocumentVersion.document_id, DocumentVersion.body_hash)
        .where(col(DocumentVersion.document_id).in_(ids), col(DocumentVersion.body_hash).is_not(None))
        .order_by(col(DocumentVersion.document_id), col(DocumentVersion.number))
    )
    hashes = dict(session.exec(query).all())
    kept = _kept(session, {digest for digest in hashes.values() if digest})
    return {document_id: kept[digest] for document_id, digest in hashes.items() if digest}


def _kept(session: Session, hashes: Collection[str]) -> dict[str, Bytes]:
    query = select(Body.hash, Body.media_type, Body.size).where(col(Body.hash).in_(hashes))
    return {digest: Bytes(digest, media_type, size) for digest, media_type, size in session.exec(query)}
