"""Stories: which documents are still to be looked at, what stands around them in time, and writing what was found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from struct import pack, unpack
from typing import Any

from sqlalchemy import and_, delete, func, update
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentKind, DocumentState, EventType, StoryTie
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.models.same_story import Fingerprint, Story, StoryDecision, StoryMember
from tracker.store.bulk import insert_rows, table_of

Pair = tuple[int, int]
_TITLED = ("organization", "product")  # kinds of names that can be what a title is about


@dataclass(frozen=True, slots=True)
class Unread:
    """A relevant document that is due to be looked at, with the text of its newest version as far as it is needed.

    `names` are the entities named or implied, `in_title` the organisations and products among those of the title.
    """

    document_id: int
    version: int
    day: str
    text: str
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A document that was looked at: what of it is kept to compare it by."""

    read: Unread
    lead: str
    subjects: Sequence[str]
    hashes: Sequence[int]
    runs: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A new tie of a document to its story, ready to be written."""

    document_id: int
    tie: StoryTie
    nearest_id: int
    score: float
    why: str
    reasons: Sequence[Mapping[str, Any]] = ()


# --- what is due ------------------------------------------------------------------------------------------------------


def due(session: Session, *, characters: int, limit: int) -> list[Unread]:
    """Return at most `limit` documents to look at, the earliest published first, with so much of their texts."""
    looked_at = and_(
        col(Fingerprint.document_id) == col(Document.id), col(Fingerprint.version) == col(Document.version_count)
    )
    query = (
        select(
            Document.id,
            Document.version_count,
            Document.published_sort,
            func.substr(DocumentVersion.text, 1, characters),
        )
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
    rows = session.exec(query).all()
    names = _names(session, [row[0] or 0 for row in rows])
    titles = _names(session, [row[0] or 0 for row in rows], of_titles=True)
    return [
        Unread(number or 0, version, day, text, names[number or 0], titles[number or 0])
        for number, version, day, text in rows
    ]


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


def look(session: Session, seen: Sequence[Seen]) -> None:
    """Write what documents are compared by, in place of what their older versions were."""
    forget(session, [one.read.document_id for one in seen])
    rows = [
        {
            "document_id": one.read.document_id,
            "version": one.read.version,
            "lead": one.lead,
            "names": list(one.read.names),
            "subjects": list(one.subjects),
            "sketch": pack(f"<{len(one.hashes)}I", *one.hashes),
            "runs": one.runs,
        }
        for one in seen
    ]
    insert_rows(session, Fingerprint, rows)


def forget(session: Session, ids: Collection[int] | None = None) -> None:
    """Let documents, or all, be looked at once more."""
    statement = delete(Fingerprint)
    if ids is not None:
        statement = statement.where(col(Fingerprint.document_id).in_(ids))
    session.execute(statement)


def around(session: Session, first: date | None, last: date | None, *, least: int, most: int) -> list[int]:
    """Return what was looked at and published between two days, at most `most`; filled up with the newest to `least`.

    Without days the newest are returned: nothing is known of when. They come in order of their ids.
    """
    found: set[int] = set()
    if first is not None and last is not None:
        inside = col(Document.published_sort).between(first.isoformat(), last.isoformat())
        found = set(session.exec(_looked_at(Document.id).where(inside).limit(most)))
    if len(found) < least:
        found.update(session.exec(_looked_at(Document.id).limit(least)))
    return sorted(found)


def of(session: Session, ids: Collection[int]) -> list[Known]:
    """Return these documents as they are compared; those not looked at are left out."""
    columns = (Document.id, Document.title, Document.publisher, Document.kind, Document.published)
    events = (Document.event_type, Document.event_type_score)
    prints = (Fingerprint.lead, Fingerprint.names, Fingerprint.subjects, Fingerprint.sketch, Fingerprint.runs)
    query = _looked_at(*columns, *events, *prints).where(col(Document.id).in_(ids))
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


# --- what stands ------------------------------------------------------------------------------------------------------


def members(session: Session, story_ids: Collection[int]) -> dict[int, list[StoryMember]]:
    """Return the members of stories by story, in order of their documents' ids."""
    query = select(StoryMember).where(col(StoryMember.story_id).in_(story_ids)).order_by(col(StoryMember.document_id))
    found: dict[int, list[StoryMember]] = {number: [] for number in story_ids}
    for row in session.exec(query):
        found[row.story_id].append(row)
    return found


def of_documents(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return the story of each document that is in one."""
    query = select(StoryMember.document_id, StoryMember.story_id).where(col(StoryMember.document_id).in_(ids))
    return dict(session.exec(query).all())


def with_members(session: Session, document_ids: Collection[int]) -> set[int]:
    """Return these documents and all that are in a story with one of them."""
    theirs = select(StoryMember.story_id).where(col(StoryMember.document_id).in_(document_ids))
    query = select(StoryMember.document_id).where(col(StoryMember.story_id).in_(theirs))
    return {*document_ids, *session.exec(query)}


def places(session: Session, ids: Collection[int] | None) -> dict[int, tuple[int, bool]]:
    """Return of these documents, or of all, the story that each is in and whether it leads it."""
    query = select(StoryMember.document_id, StoryMember.story_id, Story.lead_id).join(
        Story, col(Story.id) == col(StoryMember.story_id)
    )
    if ids is not None:
        query = query.where(col(StoryMember.document_id).in_(ids))
    return {document_id: (story_id, lead_id == document_id) for document_id, story_id, lead_id in session.exec(query)}


def published(session: Session, ids: Collection[int]) -> dict[int, PartialDate | None]:
    """Return when documents were published, of those that are relevant; of all where none of them is any more."""
    rows = list(session.exec(select(Document).where(col(Document.id).in_(ids))))
    shown = [row for row in rows if row.state is DocumentState.RELEVANT]
    return {row.id or 0: row.published for row in shown or rows}


def in_stories(session: Session) -> set[int]:
    """Return every document that is in a story."""
    return set(session.exec(select(StoryMember.document_id)))


def put_together(session: Session) -> frozenset[Pair]:
    """Return every pair that people put together and nobody took apart since."""
    return frozenset(couple for couple, together in decided(session).items() if together)


def decided(session: Session) -> dict[Pair, bool]:
    """Return people's last word on pairs of documents: whether they tell one story."""
    return {couple: row.together for couple, row in every_decision(session).items()}


def every_decision(session: Session) -> dict[Pair, StoryDecision]:
    """Return people's last word on every pair that they decided on, in the order in which it was given."""
    rows = session.exec(select(StoryDecision).order_by(col(StoryDecision.id)))
    last: dict[Pair, StoryDecision] = {}
    for row in rows:
        last.pop((row.first_id, row.second_id), None)
        last[row.first_id, row.second_id] = row
    return last


# --- writing ----------------------------------------------------------------------------------------------------------


def write(
    session: Session, story_ids: Sequence[int], lead_id: int, joined: Iterable[Joined], now: datetime
) -> int:  # fmt: skip
    """Write a story that takes the place of `story_ids`, the first of which lives on; return its id.

    A new story is led by `lead_id`. Members of those that were joined move over as they are.
    """
    story_id = story_ids[0] if story_ids else _begin(session, lead_id, now)
    if absorbed := story_ids[1:]:
        gone = table_of(Story), table_of(StoryMember)
        connection = session.connection()
        connection.execute(update(gone[1]).where(col(StoryMember.story_id).in_(absorbed)).values(story_id=story_id))
        into = {"merged_into_id": story_id, "lead_id": None}
        connection.execute(update(gone[0]).where(col(Story.id).in_(absorbed)).values(into))
        older = update(gone[0]).where(col(Story.merged_into_id).in_(absorbed))
        connection.execute(older.values(merged_into_id=story_id))
        session.expire_all()
    rows = list(joined)
    session.execute(delete(StoryMember).where(col(StoryMember.document_id).in_([row.document_id for row in rows])))
    insert_rows(session, StoryMember, [_member(row, story_id, now) for row in rows])
    session.expire_all()
    return story_id


def _begin(session: Session, lead_id: int, now: datetime) -> int:
    row = Story(lead_id=lead_id, created_at=now)
    session.add(row)
    session.flush()
    return row.id or 0


def _member(row: Joined, story_id: int, now: datetime) -> dict[str, Any]:
    return {
        "document_id": row.document_id,
        "story_id": story_id,
        "tie": row.tie,
        "nearest_id": row.nearest_id,
        "score": row.score,
        "why": row.why,
        "reasons": [dict(reason) for reason in row.reasons],
        "joined_at": now,
    }


def leave(session: Session, document_id: int, new_lead: int | None) -> None:
    """Take a document out of its story, which is led by another from now on where it was the lead.

    The last member left alone goes as well: one document is no story.
    """
    row = session.get_one(StoryMember, document_id)
    story = session.get_one(Story, row.story_id)
    session.delete(row)
    if story.lead_id == document_id:
        story.lead_id = new_lead
    session.flush()
    left = members(session, [row.story_id])[row.story_id]
    if len(left) == 1:
        session.delete(left[0])
    for other in left:
        if other.nearest_id == document_id:
            other.nearest_id = None
    session.flush()


def decide(session: Session, pairs: Iterable[Pair], *, together: bool, by: str, now: datetime) -> None:
    """Keep a person's word on pairs of documents, each with the smaller id first."""
    session.add_all(
        StoryDecision(first_id=one, second_id=other, together=together, decided_by=by, decided_at=now)
        for one, other in sorted(pairs)
    )
    session.flush()


def clear(session: Session) -> None:
    """Forget every story but not what people decided, so that all are told anew; their numbers are not used again."""
    session.execute(delete(StoryMember))
    session.execute(update(table_of(Story)).values(lead_id=None))
    session.expire_all()
    forget(session)
