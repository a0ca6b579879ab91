"""Documents in: writing new documents, their versions and mentions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from tracker.domain import difference
from tracker.domain.dates import PartialDate
from tracker.domain.difference import Patience
from tracker.domain.items import Draft
from tracker.domain.text import excerpt
from tracker.domain.verdicts import Judged
from tracker.domain.vocab import DocumentState
from tracker.models.document import Document, DocumentVersion, Mention, Sighting
from tracker.models.evidence import Evidence
from tracker.store import decisions, links, search
from tracker.store.bulk import insert_columns, insert_rows, table_of
from tracker.store.engine import dialect_of

EXCERPT_LENGTH = 280
LONGEST_PUBLISHER = 300
# Characters of a text in which the excerpt surely lies: of a tidy one every third may be white space that goes.
EXCERPT_FROM = EXCERPT_LENGTH * 3 // 2 + 3
# Pairs of words and lines: some tenths of a second.
COMPARED = 1_000_000
# What a document has of its draft, of the verdict on it, and of that because of what happened in it.
_OF_DRAFT = ("canonical_url", "url", "title", "authors", "kind", "form", "published", "published_at", "watched")
_OF_EVENT = ("event_type", "event_type_score", "event_type_reason", "further_types")
_VERDICT = ("state", "state_reason", "relevance", "relevance_reasons", *_OF_EVENT)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new document under the id reserved for it; `own_body` says that the bytes are the document's own."""

    document_id: int
    draft: Draft
    judged: Judged
    body_hash: str | None
    own_body: bool = False


def reserve(session: Session, count: int) -> list[int]:
    """Return ids for new documents. On SQLite they are free as long as this transaction writes: it has one writer."""
    if dialect_of(session) == "sqlite":
        last = session.exec(select(func.max(Document.id))).one() or 0
        return list(range(last + 1, last + 1 + count))
    sequence = func.nextval(func.pg_get_serial_sequence("document", "id"))
    return list(session.exec(select(sequence).select_from(func.generate_series(1, count).alias("wanted"))))


def add(session: Session, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Write new documents, each with its first version, its names and its words for the search."""
    if not arrivals:
        return
    insert_columns(session, Document, _documents(arrivals, now))
    insert_columns(session, DocumentVersion, _first_versions(arrivals, now))
    _mentions(session, [(arrival.document_id, row) for arrival in arrivals for row in arrival.judged.mentions])
    words = [search.Words(row.document_id, row.draft.title, row.draft.text) for row in arrivals]
    search.add(session, words, {row.document_id: _fields(row) for row in arrivals})


def _fields(arrival: Arrival) -> search.Fields:
    draft = arrival.draft
    named = [row for row in arrival.judged.mentions if row["entity_kind"] == search.NAMED]
    return search.fields(
        draft.kind,
        sort_day(draft.published),
        draft.publisher[:LONGEST_PUBLISHER],
        {word for row in named for word in (row["entity"], row["name"])},
    )


def _documents(arrivals: Sequence[Arrival], now: datetime) -> dict[str, list[Any]]:
    """Return new documents by column: of thousands of entries no row is put together only to be taken apart."""
    drafts = [arrival.draft for arrival in arrivals]
    judged = [arrival.judged for arrival in arrivals]
    same = {"version_count": 1, "first_seen_at": now, "changed_at": None}
    return {
        "id": [arrival.document_id for arrival in arrivals],
        **{name: list(map(attrgetter(name), drafts)) for name in _OF_DRAFT},
        "publisher": [draft.publisher[:LONGEST_PUBLISHER] for draft in drafts],
        "language": [draft.language[:20] for draft in drafts],
        "published_sort": [sort_day(draft.published) for draft in drafts],
        "excerpt": [excerpt(draft.text[:EXCERPT_FROM], EXCERPT_LENGTH) for draft in drafts],
        **{name: list(map(attrgetter(name), judged)) for name in _VERDICT},
        **{name: [value] * len(arrivals) for name, value in same.items()},
    }


def _first_versions(arrivals: Sequence[Arrival], now: datetime) -> dict[str, list[Any]]:
    drafts = [arrival.draft for arrival in arrivals]
    same = {"number": 1, "seen_at": now, "whole_page": False, "change": ""}
    return {
        "document_id": [arrival.document_id for arrival in arrivals],
        **{name: list(map(attrgetter(name), drafts)) for name in ("title", "text", "content_hash")},
        "html": [draft.html or draft.summary_html for draft in drafts],
        "body_hash": [arrival.body_hash for arrival in arrivals],
        "own_body": [arrival.own_body for arrival in arrivals],
        **{name: [value] * len(arrivals) for name, value in same.items()},
    }


def tie_evidence(session: Session, documents: Mapping[str, int]) -> None:
    """Tie evidence that waited for new documents to them; `documents` are ids by canonical address."""
    if not documents:
        return
    waiting = select(Evidence.canonical_url).where(col(Evidence.document_id).is_(None)).distinct()
    for address in documents.keys() & set(session.exec(waiting)):
        unknown = update(table_of(Evidence)).where(
            col(Evidence.canonical_url) == address, col(Evidence.document_id).is_(None)
        )
        session.connection().execute(unknown.values(document_id=documents[address]))
    session.expire_all()


def change(
    session: Session,
    document_id: int,
    draft: Draft,
    judged: Judged,
    *,
    body_hash: str | None,
    now: datetime,
    whole_page: bool = False,
    own_body: bool = False,
) -> Document:
    """Write a new version of a document; what the old one said stays. A person's verdict on it is not overwritten.

    `whole_page` says that this is the text of the page behind a summary: no change, and not shown as one.
    """
    document = session.get_one(Document, document_id)
    before = _newest_words(session, document)
    document.version_count += 1
    document.title = draft.title
    document.excerpt = excerpt(draft.text[:EXCERPT_FROM], EXCERPT_LENGTH)
    document.changed_at = document.changed_at if whole_page else now
    if document.published is None and draft.published is not None:
        document.published, document.published_sort = draft.published, sort_day(draft.published)
        document.published_at = draft.published_at
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
            whole_page=whole_page,
            own_body=own_body,
            change="" if whole_page else _changed(before, draft),
        )
    )
    session.flush()
    _judge(session, document, judged)
    search.replace(session, before, search.Words(document_id, draft.title, draft.text))
    return document


def readdress(session: Session, document_id: int, draft: Draft) -> None:
    """Give a document that was only told of the address at which it lies itself, unless another one has it."""
    document = session.get_one(Document, document_id)
    document.url = draft.url or document.url
    held = select(Document.id).where(Document.canonical_url == draft.canonical_url)
    if draft.canonical_url is not None and session.exec(held).first() is None:
        document.canonical_url = draft.canonical_url
    session.flush()


def _changed(before: search.Words, draft: Draft) -> str:
    """Return what changed in words. Texts come from outside, so no more than a moment is spent on comparing them."""
    return difference.change((before.title, before.text), (draft.title, draft.text), Patience(COMPARED)).words()


def newest_length(session: Session, document_id: int) -> int:
    """Return how many characters the newest version of a document has."""
    query = (
        select(func.length(DocumentVersion.text))
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(DocumentVersion.document_id == document_id, col(DocumentVersion.number) == col(Document.version_count))
    )
    return int(session.exec(query).one())


def _newest_words(session: Session, document: Document) -> search.Words:
    query = select(DocumentVersion.title, DocumentVersion.text).where(
        DocumentVersion.document_id == document.id, DocumentVersion.number == document.version_count
    )
    title, text = session.exec(query).one()
    return search.Words(document.id or 0, title, text)


def judge_again(session: Session, document: Document, judged: Judged) -> None:
    """Write a new verdict and the names found; what a person decided stays, and a filing that was read and tied to an
    object stays shown.
    """
    _judge(session, document, judged)
    search.mark_again(session, [document.id or 0])


def _judge(session: Session, document: Document, judged: Judged) -> None:
    if document.state is not DocumentState.WITHDRAWN:
        shown = document.state is DocumentState.RELEVANT and links.is_read(session, document.id)
        reason = document.state_reason
        verdict = _verdict(judged)
        if judged.state is DocumentState.SCREENED and decisions.wanted(session, [document.id or 0]):
            verdict = {key: value for key, value in verdict.items() if key not in _OF_EVENT}  # it was not looked for
        for key, value in verdict.items():
            setattr(document, key, value)
        if shown and document.state is DocumentState.SCREENED:
            document.state, document.state_reason = DocumentState.RELEVANT, reason
        decisions.settle(document, decisions.of_document(session, document.id or 0))
    session.execute(delete(Mention).where(col(Mention.document_id) == document.id))
    _mentions(session, [(document.id or 0, row) for row in judged.mentions])


def show(session: Session, document_id: int, reason: str) -> None:
    """Show a document that was put aside by its words alone; a person's decision stands."""
    document = session.get_one(Document, document_id)
    if document.state is DocumentState.SCREENED:
        document.state, document.state_reason = DocumentState.RELEVANT, reason
        session.flush()


def sort_day(published: PartialDate | None) -> str:
    """Return the ISO day a document is listed under, or an empty string."""
    day = None if published is None else published.earliest or published.latest
    return day.isoformat() if day else ""


def judged_by_rule(
    session: Session, *, after: int, limit: int, sources: Collection[int] | None = None
) -> list[tuple[Document, DocumentVersion]]:
    """Return up to `limit` documents with ids above `after` and their newest versions, ordered by id.

    Quarantined documents could not be read and withdrawn ones are a person's decision: both are left out. With
    `sources` (ids) only what these carry.
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
    if sources is not None:
        carried = select(Sighting.document_id).where(col(Sighting.source_id).in_(sources))
        query = query.where(col(Document.id).in_(carried))
    return list(session.exec(query))


def newest_of(session: Session, ids: Collection[int]) -> list[tuple[Document, DocumentVersion]]:
    """Return those of these documents that are relevant, with their newest versions, ordered by id."""
    query = (
        select(Document, DocumentVersion)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .where(
            col(Document.id).in_(ids),
            col(DocumentVersion.number) == col(Document.version_count),
            Document.state == DocumentState.RELEVANT,
        )
        .order_by(col(Document.id))
    )
    return list(session.exec(query))


def seen_since(session: Session, since: datetime, *, limit: int) -> list[tuple[int, str, str]]:
    """Return id, title and text of documents first seen since a moment, judged or put aside, the newest first."""
    query = (
        select(Document.id, DocumentVersion.title, DocumentVersion.text)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .where(
            col(DocumentVersion.number) == col(Document.version_count),
            col(Document.state).in_([DocumentState.RELEVANT, DocumentState.SCREENED]),
            col(Document.first_seen_at) >= since,
        )
        .order_by(col(Document.first_seen_at).desc(), col(Document.id).desc())
        .limit(limit)
    )
    return [(document_id or 0, title, text) for document_id, title, text in session.exec(query)]


def newest(session: Session, document_id: int) -> DocumentVersion:
    """Return the newest version of a document."""
    query = (
        select(DocumentVersion)
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(DocumentVersion.document_id == document_id, col(DocumentVersion.number) == col(Document.version_count))
    )
    return session.exec(query).one()


def _verdict(judged: Judged) -> dict[str, Any]:
    verdict = {name: getattr(judged, name) for name in _VERDICT}
    return {**verdict, "further_types": list(judged.further_types)}


def _mentions(session: Session, found: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    insert_rows(session, Mention, [{"document_id": document_id, **mention} for document_id, mention in found])
