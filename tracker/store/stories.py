"""Stories: who tells each, what people decided, and writing what was found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentState, StoryTie
from tracker.models.document import Document
from tracker.models.same_story import Story, StoryDecision, StoryMember
from tracker.store import fingerprints
from tracker.store.bulk import insert_rows, table_of

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Joined:
    """A new tie of a document to its story, ready to be written."""

    document_id: int
    tie: StoryTie
    nearest_id: int
    score: float
    why: str
    reasons: Sequence[Mapping[str, Any]] = ()


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
    story_id = one_of(session, story_ids, lead_id, now)
    join(session, [(story_id, row) for row in joined], now)
    return story_id


def one_of(session: Session, story_ids: Sequence[int], lead_id: int, now: datetime) -> int:
    """Make one story of these, or of none a new one that is led by `lead_id`; return its id, the first of theirs."""
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
    return story_id


def join(session: Session, rows: Sequence[tuple[int, Joined]], now: datetime) -> None:
    """Write new ties, each with the story that its document is in from now on."""
    session.execute(delete(StoryMember).where(col(StoryMember.document_id).in_([row.document_id for _, row in rows])))
    insert_rows(session, StoryMember, [_member(row, story_id, now) for story_id, row in rows])
    session.expire_all()


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
    fingerprints.forget(session)
