"""Stories that may be two: those whose least certain member is doubtful, and what people said of stories lately."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, StoryTie
from tracker.models.document import Document
from tracker.models.same_story import Story, StoryDecision, StoryMember
from tracker.store.prepared import columns
from tracker.store.story_page import Teller, ToldStory

DOUBTFUL = 0.9  # a member below it is worth a look; copies of one text are certain


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A story by its number, and the score of its least certain member."""

    story_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of documents at one moment, all of it one act: which are one story, and which are not."""

    by: str
    at: datetime
    together: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]

    @property
    def documents(self) -> list[int]:
        """The documents concerned."""
        return sorted({number for pair in (*self.together, *self.apart) for number in pair})


def waiting(session: Session, *, after: Doubtful | None = None, limit: int = 10) -> list[Doubtful]:
    """Return stories to look at, the least certain first."""
    worst: Any = func.min(StoryMember.score)
    query = _doubtful(columns(StoryMember.story_id, worst)).group_by(col(StoryMember.story_id))
    if after is not None:
        query = query.having((worst > after.score) | ((worst == after.score) & (StoryMember.story_id > after.story_id)))
    query = query.order_by(worst, col(StoryMember.story_id)).limit(limit)
    return [Doubtful(*row) for row in session.exec(query)]


def number_waiting(session: Session) -> int:
    """Return how many stories are to be looked at."""
    return int(session.exec(_doubtful(columns(func.count(func.distinct(StoryMember.story_id))))).one()[0])


def told(session: Session, story_ids: Sequence[int]) -> dict[int, ToldStory]:
    """Return these stories with who tells each, the lead first. One query."""
    query = (
        select(Document, StoryMember, Story.lead_id)
        .join(StoryMember, col(StoryMember.document_id) == col(Document.id))
        .join(Story, col(Story.id) == col(StoryMember.story_id))
        .where(col(StoryMember.story_id).in_(story_ids), Document.state == DocumentState.RELEVANT)
        .order_by(col(Document.published_sort), col(Document.id))
    )
    found: dict[int, list[Teller]] = defaultdict(list)
    for document, row, lead_id in session.exec(query):
        teller = Teller(document, row.tie, row.score, row.why, row.nearest_id, lead=document.id == lead_id)
        found[row.story_id].append(teller)
    return {
        number: ToldStory(number, tuple(sorted(tellers, key=lambda teller: not teller.lead)))
        for number, tellers in found.items()
        if len(tellers) > 1
    }


def lately(session: Session, limit: int = 10) -> list[Said]:
    """Return the last acts of people on stories, the last first. Two queries."""
    moments = (
        columns(StoryDecision.decided_by, StoryDecision.decided_at)
        .group_by(col(StoryDecision.decided_by), col(StoryDecision.decided_at))
        .order_by(func.max(StoryDecision.id).desc())
        .limit(limit)
    )
    found = [(by, at) for by, at in session.exec(moments)]
    return _acts(session, found)


def act(session: Session, by: str, at: datetime) -> Said | None:
    """Return what somebody said of stories at a moment."""
    return next(iter(_acts(session, [(by, at)])), None)


def is_confirmation(session: Session, said: Said) -> bool:
    """Return whether somebody only agreed that documents are one story, which put nothing together.

    They are said of every pair then; of two stories put together pairs have a document of each.
    """
    documents, pairs = said.documents, len(said.together)
    if said.apart or pairs != len(documents) * (len(documents) - 1) // 2:
        return False
    query = select(StoryMember.tie).where(col(StoryMember.document_id).in_(documents))
    return len(documents) > 2 or StoryTie.PERSON not in session.exec(query).all()


def titles(session: Session, document_ids: Sequence[int]) -> dict[int, str]:
    """Return the titles of documents."""
    query = select(Document.id, Document.title).where(col(Document.id).in_(document_ids))
    return {number or 0: title for number, title in session.exec(query)}


def _acts(session: Session, moments: Sequence[tuple[str, datetime]]) -> list[Said]:
    query = select(StoryDecision).where(col(StoryDecision.decided_at).in_([at for _, at in moments]))
    pairs: dict[tuple[str, datetime], list[StoryDecision]] = defaultdict(list)
    for row in session.exec(query.order_by(col(StoryDecision.id))):
        pairs[row.decided_by, row.decided_at].append(row)
    return [
        Said(
            by,
            at,
            together=tuple((row.first_id, row.second_id) for row in pairs[by, at] if row.together),
            apart=tuple((row.first_id, row.second_id) for row in pairs[by, at] if not row.together),
        )
        for by, at in moments
        if (by, at) in pairs
    ]


def _doubtful(query: Any) -> Any:
    """Narrow a statement on members to those that a rule is not certain of and on which nobody said anything."""
    said = exists().where(
        (col(StoryDecision.first_id) == col(StoryMember.document_id))
        | (col(StoryDecision.second_id) == col(StoryMember.document_id))
    )
    return query.join(Document, col(Document.id) == col(StoryMember.document_id)).where(
        col(StoryMember.score) < DOUBTFUL,
        col(StoryMember.tie) != StoryTie.PERSON,
        col(Document.state) == DocumentState.RELEVANT,
        ~said,
    )
