"""Which source carries which document under which key, and what the archive knows of an entry already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, exists, update
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentKind, DocumentState
from tracker.models.document import Document, DocumentVersion, FormerAddress, Sighting, Source
from tracker.store.bulk import insert_rows, table_of
from tracker.store.visits import parts


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
    # When its source last said that it was edited, and how often its text changed without its saying so.
    edited_at: datetime | None = None
    flickers: int = 0
    # Whether it was put aside as off the subject.
    screened: bool = False


def by_keys(
    session: Session,
    source_id: int,
    keys: Sequence[str],
    addresses: Sequence[str] = (),
    hashes: Sequence[str] = (),
) -> dict[str, Stored]:
    """Return what this source showed us before under these keys, at these addresses or in these words, by key."""
    if not keys:
        return {}
    spoken = exists().where(
        col(DocumentVersion.document_id) == col(Sighting.document_id),
        col(DocumentVersion.content_hash) == col(Sighting.content_hash),
    )
    wanted: list[Any] = [
        Sighting.key,
        Sighting.document_id,
        Sighting.content_hash,
        Document.title,
        Document.canonical_url,
        _newest_hash(),
        spoken,
        Sighting.edited_at,
        Sighting.flickers,
    ]
    query = (
        select_rows(*wanted)
        .join(Document, col(Document.id) == col(Sighting.document_id))
        .where(col(Sighting.source_id) == source_id)
    )
    found = {}
    asked: list[tuple[Any, Sequence[str]]] = [(Sighting.key, part) for part in parts(keys)]
    asked += [(Document.canonical_url, part) for part in parts(addresses)]
    asked += [(Sighting.content_hash, part) for part in parts(hashes)]
    for column, part in asked:
        for key, number, content, title, address, newest, own, edited, flickers in session.connection().execute(
            query.where(col(column).in_(part))
        ):
            found[key] = Stored(number, content, title, address, newest or "", own, edited, flickers)
    return found


def by_addresses(session: Session, addresses: Sequence[str]) -> dict[str, Stored]:
    """Return the documents that lie at these addresses, or lay there and moved, each with its newest version's hash."""
    if not addresses:
        return {}
    told: list[Any] = [Document.id, Document.title, Document.state, _newest_hash()]
    now = select_rows(col(Document.canonical_url).label("address"), *told)
    before = select_rows(col(FormerAddress.canonical_url).label("address"), *told).join(
        FormerAddress, col(FormerAddress.document_id) == col(Document.id)
    )
    found = {}
    for query, part in ((query, part) for query in (before, now) for part in parts(addresses)):
        rows = session.connection().execute(query.where(query.selected_columns.address.in_(part)))
        for address, number, title, state, newest in rows:
            screened = state is DocumentState.SCREENED
            found[address] = Stored(number, newest or "", title, address, newest or "", screened=screened)
    return found


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing that some source has shown us: its document, and whether we have its own bytes."""

    document_id: int
    own: bool


def by_accession(session: Session, numbers: Sequence[str], readers: Sequence[str]) -> dict[str, Filed]:
    """Return the filings that sources of these readers know under these accession numbers."""
    found: dict[str, Filed] = {}
    asked = select(Source.id).where(col(Source.reader).in_(readers))
    for part in parts(numbers):
        query = (
            select(Sighting.key, Sighting.document_id, DocumentVersion.own_body)
            .join(Document, col(Document.id) == col(Sighting.document_id))
            .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
            .where(
                col(Sighting.source_id).in_(asked),
                col(Sighting.key).in_(part),
                col(DocumentVersion.number) == col(Document.version_count),
                Document.kind == DocumentKind.FILING,
            )
            .order_by(col(Sighting.document_id))
        )
        for key, number, own in session.exec(query):
            if key not in found or (own and not found[key].own):
                found[key] = Filed(number, own)
    return found


def said_before(session: Session, document_id: int, content_hash: str) -> bool:
    """Return whether one of a document's versions reads like this."""
    query = select(DocumentVersion.id).where(
        DocumentVersion.document_id == document_id, DocumentVersion.content_hash == content_hash
    )
    return session.exec(query.limit(1)).first() is not None


def _newest_hash() -> ScalarSelect[str]:
    """Return a column: the content hash of a document's newest version."""
    return (
        select(DocumentVersion.content_hash)
        .where(DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.version_count)
        .scalar_subquery()
    )


def sight(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note that sources carry documents under keys not known so far; each row has every column of `Sighting`."""
    insert_rows(session, Sighting, rows)


def sight_again(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note what documents look like now where sources carry them; each row has every column but `first_seen_at`."""
    if rows:
        table = table_of(Sighting)
        statement = (
            update(table)
            .where(table.c.source_id == bindparam("of"), table.c.key == bindparam("under"))
            .values(
                document_id=bindparam("number"),
                content_hash=bindparam("content"),
                edited_at=bindparam("edited"),
                flickers=bindparam("times"),
            )
        )
        session.connection().execute(statement, rows)
