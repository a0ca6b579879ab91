"""The timeline's rows: what objects and confirmed documents say, what stands, and writing the difference."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, or_, select

from tracker.domain.canonical import organization_key
from tracker.domain.vocab import DocumentState, Lane, LinkState, Relation
from tracker.models.document import Document, DocumentVersion
from tracker.models.event import Event, EventSource, FirstKnown
from tracker.models.link import Link
from tracker.models.story import Changed, DocumentStory, ObjectStory
from tracker.store import event_counts, objects
from tracker.store import stories as told_with
from tracker.store.engine import dialect_of

# Any number, as long as nothing else locks it.
TIMELINE_LOCK = 0x57686572


@dataclass(frozen=True, slots=True)
class Scope:
    """Which objects and documents a projection is about; None for all of them."""

    objects: frozenset[int] | None = None
    documents: frozenset[int] | None = None


def scope_of(session: Session, object_ids: Collection[int], document_ids: Collection[int]) -> Scope:
    """Return the given objects and documents with those they are tied to: a moved milestone may carry others."""
    documents = told_with.with_members(session, _documents_touched(session, set(object_ids), set(document_ids)))
    linked = {object_id for rows in _confirmed(session, documents).values() for object_id, _ in rows}
    return Scope(frozenset(linked | set(object_ids)), frozenset(documents))


def stories(
    session: Session, scope: Scope, also: Collection[int] = ()
) -> tuple[list[ObjectStory], list[DocumentStory]]:
    """Return what the objects and confirmed documents of a scope say. A fixed number of queries.

    `also` are documents of the scope that are told even where nothing of them is confirmed, without links then.
    """
    told = [_object_story(row) for row in objects.load(session, scope.objects)]
    return told, _document_stories(session, scope.documents, also)


def stored(session: Session, scope: Scope) -> tuple[list[Event], list[EventSource]]:
    """Return the rows that stand now for a scope."""
    rows, sources = select(Event), select(EventSource)
    if scope.objects is not None or scope.documents is not None:
        of_object = col(Event.object_id).in_(scope.objects or ())
        rows = rows.where(or_(of_object, col(Event.document_id).in_(scope.documents or ())))
        sources = sources.where(col(EventSource.document_id).in_(scope.documents or ()))
    return list(session.exec(rows)), list(session.exec(sources))


def apply(
    session: Session,
    add: Collection[Event | EventSource],
    change: Collection[tuple[Event | EventSource, Event | EventSource]],
    drop: Collection[Event | EventSource],
) -> None:
    """Write a difference and count it. Dropped first: a row that gives way must not meet its successor's unique key."""
    gone = [event_counts.group(row) for row in drop if isinstance(row, Event)]
    come = [event_counts.group(row) for row in add if isinstance(row, Event)]
    for row in drop:
        session.delete(row)
    session.flush()
    for old, new in change:
        if isinstance(old, Event) and isinstance(new, Event):
            gone.append(event_counts.group(old))
            come.append(event_counts.group(new))
        old.sqlmodel_update(new)
        session.add(old)
    session.add_all(add)
    session.flush()
    event_counts.keep(session, come, gone)


def lock(session: Session) -> None:
    """Let one transaction at a time bring the timeline up to date, until it ends.

    Two at once would each miss what the other has not committed yet. SQLite has one writer anyway.
    """
    if dialect_of(session) == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(TIMELINE_LOCK)))


def first_known(session: Session, ids: Collection[str] | None) -> dict[str, datetime]:
    """Return when we first came to know of these events, or of all, by id; one that is new to us is left out."""
    query = select(FirstKnown) if ids is None else select(FirstKnown).where(col(FirstKnown.event_id).in_(ids))
    return {row.event_id: row.at for row in session.exec(query)}


def remember(session: Session, rows: Iterable[Event]) -> None:
    """Keep the moment at which new events became known; it outlives the rows, so that they can be made again."""
    session.add_all(
        FirstKnown(
            event_id=row.id,
            at=row.recorded_at,
            object_id=row.object_id,
            step=row.key.partition(":")[2] if row.object_id is not None else "",
        )
        for row in rows
    )
    session.flush()


def clear(session: Session) -> None:
    """Empty the timeline's tables, to be made again from nothing."""
    session.execute(delete(EventSource))
    session.execute(delete(Event))
    event_counts.clear(session)
    session.expunge_all()


def snapshot(session: Session) -> dict[tuple[str, str, int], dict[str, Any]]:
    """Return every row as plain values by its table, its event and the document behind it (0 for the event itself)."""
    events = {("event", row.id, 0): row.model_dump() for row in session.exec(select(Event))}
    sources = select(EventSource)
    return events | {("event_source", row.event_id, row.document_id): row.model_dump() for row in session.exec(sources)}


def _object_story(row: objects.StoredObject) -> ObjectStory:
    return ObjectStory(
        object_id=row.spine.id or 0,
        slug=row.spine.slug,
        campaigns=row.campaigns,
        milestones=tuple(row.detail.milestones(row.spine, row.parts)),
    )


def _documents_touched(session: Session, object_ids: set[int], document_ids: set[int]) -> set[int]:
    """Return the given documents and those confirmed for the given objects: a moved milestone may carry others."""
    if not object_ids:
        return document_ids
    query = select(Link.document_id).where(Link.state == LinkState.CONFIRMED, col(Link.object_id).in_(object_ids))
    return document_ids | set(session.exec(query))


def _confirmed(session: Session, document_ids: Collection[int] | None) -> dict[int, list[tuple[int, Relation]]]:
    query = (
        select(Link)
        .where(Link.state == LinkState.CONFIRMED, col(Link.object_id).in_(objects.shown()))
        .order_by(col(Link.document_id), col(Link.object_id))
    )
    if document_ids is not None:
        query = query.where(col(Link.document_id).in_(document_ids))
    found: dict[int, list[tuple[int, Relation]]] = defaultdict(list)
    for link in session.exec(query):
        found[link.document_id].append((link.object_id, link.relation))
    return found


def _document_stories(
    session: Session, document_ids: Collection[int] | None, also: Collection[int] = ()
) -> list[DocumentStory]:
    links = _confirmed(session, document_ids)
    for number in also:
        links.setdefault(number, [])
    if not links:
        return []
    query = select(Document).where(Document.state == DocumentState.RELEVANT)
    if document_ids is None:
        # All of them: more ids than a statement may have.
        query = query.where(col(Document.id).in_(select(Link.document_id).where(Link.state == LinkState.CONFIRMED)))
    else:
        query = query.where(col(Document.id).in_(list(links)))
    changes = _changes(session, None if document_ids is None else list(links))
    told = told_with.places(session, None if document_ids is None else list(links))
    documents = list(session.exec(query.order_by(col(Document.id))))
    lanes = _publisher_lanes(session, {_key(document.publisher) for document in documents})
    stories = []
    for document in documents:
        rows = links.get(document.id or 0)
        if rows is None:
            continue
        stories.append(
            DocumentStory(
                document=document,
                links=tuple(rows),
                lane=lanes.get(_key(document.publisher)),
                changes=tuple(changes.get(document.id or 0, ())),
                told_with=told[document.id or 0][0] if document.id in told else None,
                lead=document.id in told and told[document.id or 0][1],
            )
        )
    return stories


def _changes(session: Session, document_ids: list[int] | None) -> dict[int, list[Changed]]:
    """Return the later versions of documents by document; a page fetched behind its summary is no change."""
    query = select(
        DocumentVersion.document_id, DocumentVersion.number, DocumentVersion.seen_at, DocumentVersion.change
    ).where(DocumentVersion.number > 1, col(DocumentVersion.whole_page).is_(False))
    if document_ids is not None:
        query = query.where(col(DocumentVersion.document_id).in_(document_ids))
    found: dict[int, list[Changed]] = defaultdict(list)
    for document_id, number, seen_at, words in session.exec(
        query.order_by(col(DocumentVersion.document_id), col(DocumentVersion.number))
    ):
        found[document_id].append(Changed(number, seen_at.date(), words))
    return found


# A name's key is looked up with every batch that is kept, and names hardly ever change.
_key = lru_cache(maxsize=10_000)(organization_key)


def _publisher_lanes(session: Session, keys: Collection[str]) -> dict[str, Lane]:
    """Return the lanes of the organisations that bear these names, so that an advocate's release stands in its lane.

    All names are gone through with every batch that is kept. Most are nobody's in the batch, so lanes are read as they
    are written, and only those that are returned are made lanes.
    """
    connection = session.connection()
    lanes: dict[str, Lane] = {}
    for statement in (_NAMES, _ALIASES):
        for name, lane in connection.exec_driver_sql(statement).all():
            if (key := _key(name)) in keys:
                lanes.setdefault(key, Lane(lane))
    return lanes


_NAMES = "SELECT name, lane FROM organization ORDER BY id"
_ALIASES = (
    "SELECT alias.text, organization.lane FROM alias JOIN organization ON organization.id = alias.organization_id "
    "ORDER BY alias.id"
)
