"""What documents are compared by, which of them are still to be looked at, and what lies around them in time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from struct import pack, unpack
from typing import Any

from sqlalchemy import and_, delete, func
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentKind, DocumentState, EventType
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.models.same_story import Fingerprint
from tracker.store.bulk import insert_rows

# Columns that stand in `Unread` and `Known` alike, in their order.
_COMPARED: tuple[Any, ...] = (
    Document.title,
    Document.publisher,
    Document.kind,
    Document.published,
    Document.event_type,
    Document.event_type_score,
)
_TITLED = ("organization", "product")  # kinds of names that can be what a title is about


@dataclass(frozen=True, slots=True)
class Unread:
    """A relevant document that is due to be looked at.

    `names` are the entities named or implied, `in_title` the organisations and products among those of the title.
    """

    document_id: int
    version: int
    day: str
    title: str
    publisher: str
    kind: DocumentKind
    published: PartialDate | None
    event_type: EventType | None
    event_type_score: float
    names: tuple[str, ...]
    in_title: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A document as it is compared: `hashes` and `runs` are its sketch, `names` the entities named or implied.

    `subjects` are the companies and products among those of the title.
    """

    document_id: int
    title: str
    publisher: str
    kind: DocumentKind
    published: PartialDate | None
    event_type: EventType | None
    event_type_score: float
    lead: str
    names: tuple[str, ...]
    subjects: tuple[str, ...]
    hashes: tuple[int, ...]
    runs: int


# --- what is due ------------------------------------------------------------------------------------------------------


def due(session: Session, *, limit: int) -> list[Unread]:
    """Return at most `limit` documents to look at, the earliest published first."""
    looked_at = and_(
        col(Fingerprint.document_id) == col(Document.id), col(Fingerprint.version) == col(Document.version_count)
    )
    columns: tuple[Any, ...] = (Document.id, Document.version_count, Document.published_sort, *_COMPARED)
    query = (
        select(*columns)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .outerjoin(Fingerprint, looked_at)
        .where(
            Document.state == DocumentState.RELEVANT,
            col(DocumentVersion.number) == col(Document.version_count),
            col(Fingerprint.document_id).is_(None),
        )
        .order_by(col(Document.published_sort), col(Document.id))
        .limit(limit)
    )
    rows = session.connection().execute(query).all()
    names = _names(session, [row[0] for row in rows])
    titles = _names(session, [row[0] for row in rows], of_titles=True)
    return [_unread(row, names, titles) for row in rows]


def _unread(row: Any, names: Mapping[int, tuple[str, ...]], titles: Mapping[int, tuple[str, ...]]) -> Unread:
    number, version, day, title, publisher, kind, published, event_type, score = row
    return Unread(
        document_id=number,
        version=version,
        day=day,
        title=title,
        publisher=publisher,
        kind=kind,
        published=published,
        event_type=event_type,
        event_type_score=score,
        names=names[number],
        in_title=titles[number],
    )


def _names(session: Session, ids: Collection[int], *, of_titles: bool = False) -> dict[int, tuple[str, ...]]:
    query = select(Mention.document_id, Mention.entity).where(col(Mention.document_id).in_(ids)).distinct()
    if of_titles:
        query = query.join(Document, col(Document.id) == col(Mention.document_id)).where(
            col(Mention.start) < func.length(Document.title), col(Mention.entity_kind).in_(_TITLED)
        )
    found: dict[int, set[str]] = defaultdict(set)
    for number, entity in session.exec(query):
        found[number].add(entity)
    return {number: tuple(sorted(found[number])) for number in ids}


def keep(session: Session, seen: Sequence[tuple[int, Known]]) -> None:
    """Write what documents are compared by, each with its version, in place of what their older versions were."""
    forget(session, [known.document_id for _, known in seen])
    rows = [
        {
            "document_id": known.document_id,
            "version": version,
            "lead": known.lead,
            "names": list(known.names),
            "subjects": list(known.subjects),
            "sketch": pack(f"<{len(known.hashes)}I", *known.hashes),
            "runs": known.runs,
        }
        for version, known in seen
    ]
    insert_rows(session, Fingerprint, rows)


def forget(session: Session, ids: Collection[int] | None = None) -> None:
    """Let documents, or all, be looked at once more."""
    statement = delete(Fingerprint)
    if ids is not None:
        statement = statement.where(col(Fingerprint.document_id).in_(ids))
    session.execute(statement)


def within(session: Session, first: date, last: date, *, most: int) -> list[int]:
    """Return what was looked at and published between two days, at most `most`, the newest first."""
    inside = col(Document.published_sort).between(first.isoformat(), last.isoformat())
    return list(session.exec(_looked_at(Document.id).where(inside).limit(most)))


def newest(session: Session, *, most: int) -> list[int]:
    """Return the newest of what was looked at, at most `most`."""
    return list(session.exec(_looked_at(Document.id).limit(most)))


def of(session: Session, ids: Collection[int]) -> list[Known]:
    """Return these documents as they are compared; those not looked at are left out."""
    prints = (Fingerprint.lead, Fingerprint.names, Fingerprint.subjects, Fingerprint.sketch, Fingerprint.runs)
    query = _looked_at(Document.id, *_COMPARED, *prints).where(col(Document.id).in_(ids))
    return sorted(map(_of, session.connection().execute(query)), key=lambda one: one.document_id)


def _looked_at(*columns: Any) -> Any:
    """Return the query for relevant documents that were looked at, the newest first."""
    return (
        select(*columns)
        .select_from(Document)
        .join(Fingerprint, col(Fingerprint.document_id) == col(Document.id))
        .where(Document.state == DocumentState.RELEVANT)
        .order_by(col(Document.id).desc())
    )


def _of(row: Any) -> Known:
    number, title, publisher, kind, published, event_type, score, lead, names, subjects, hashes, runs = row
    return Known(
        document_id=number,
        title=title,
        publisher=publisher,
        kind=kind,
        published=published,
        event_type=event_type,
        event_type_score=score,
        lead=lead,
        names=tuple(names),
        subjects=tuple(subjects),
        hashes=unpack(f"<{len(hashes) // 4}I", hashes),
        runs=runs,
    )
