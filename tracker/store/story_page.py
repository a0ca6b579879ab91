"""One story as pages and commands show it: who tells it, the lead first, and why each is in it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, StoryTie
from tracker.models.document import Document
from tracker.models.same_story import Story, StoryMember
from tracker.store import prepared
from tracker.store.prepared import among, columns

_STORIES: Any = columns(StoryMember.document_id, StoryMember.story_id).where(
    col(StoryMember.document_id).in_(among("ids"))
)


@dataclass(frozen=True, slots=True)
class Teller:
    """A document of a story. `why` says in words what ties it to the member it is most like, `nearest_id`."""

    document: Document
    tie: StoryTie
    score: float
    why: str
    nearest_id: int | None
    lead: bool


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story with its relevant documents: the lead, then the others by day."""

    story_id: int
    tellers: tuple[Teller, ...]

    @property
    def lead(self) -> Teller:
        """The document that stands for it."""
        return self.tellers[0]


def story(session: Session, story_id: int) -> ToldStory | None:
    """Return a story, or the one it became part of; None where there is none or nobody tells it any more."""
    row = session.get(Story, story_id)
    if row is None:
        return None
    tellers = _tellers(session, row.merged_into_id or story_id)
    return ToldStory(row.merged_into_id or story_id, tellers) if len(tellers) > 1 else None


def of_document(session: Session, document_id: int) -> ToldStory | None:
    """Return the story that a document tells with others, if it does."""
    row = session.get(StoryMember, document_id)
    return story(session, row.story_id) if row is not None else None


def counts(session: Session, document_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return (story, how many relevant documents tell it) of each document that tells one with others."""
    story_of: dict[int, int] = dict(prepared.rows(session, _STORIES, ids=document_ids))
    if not story_of:
        # Asked for none, a database without figures on its tables reads every document first.
        return {}
    theirs = (
        select(StoryMember.story_id)
        .join(Document, col(Document.id) == col(StoryMember.document_id))
        .where(col(StoryMember.story_id).in_(set(story_of.values())), Document.state == DocumentState.RELEVANT)
    )
    told = session.exec(theirs)
    times = Counter(told)
    return {document_id: (number, times[number]) for document_id, number in story_of.items() if times[number] > 1}


def _tellers(session: Session, story_id: int) -> tuple[Teller, ...]:
    query = (
        select(Document, StoryMember, Story.lead_id)
        .join(StoryMember, col(StoryMember.document_id) == col(Document.id))
        .join(Story, col(Story.id) == col(StoryMember.story_id))
        .where(StoryMember.story_id == story_id, Document.state == DocumentState.RELEVANT)
        .order_by(col(Document.published_sort), col(Document.id))
    )
    rows = [
        Teller(document, member.tie, member.score, member.why, member.nearest_id, lead=document.id == lead_id)
        for document, member, lead_id in session.exec(query)
    ]
    return tuple(sorted(rows, key=lambda teller: not teller.lead))
