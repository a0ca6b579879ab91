"""What people decided of documents and links: written once, read as the last word of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, EventType, LinkState, Relation, Verdict
from tracker.models.decision import Decision, LearnedModel
from tracker.models.document import Document, DocumentVersion
from tracker.models.link import Link
from tracker.models.same_story import StoryMember

OF_RELEVANCE = (Verdict.RELEVANT, Verdict.NOT_RELEVANT)


@dataclass(frozen=True, slots=True)
class Decided:
    """A document with its newest text, its story, where several documents tell it, and every verdict, oldest first."""

    document: Document
    title: str
    text: str
    story: int | None
    verdicts: tuple[Decision, ...]


def add(session: Session, decision: Decision) -> Decision:
    """Write a verdict."""
    session.add(decision)
    session.flush()
    return decision


def counting() -> ColumnElement[bool]:
    """Return the condition that a verdict counts: it was not undone, and is no undoing itself."""
    undoing: Any = aliased(Decision)
    return (col(Decision.verdict) != Verdict.UNDO) & ~exists().where(undoing.undoes_id == col(Decision.id))


def of_document(session: Session, document_id: int) -> list[Decision]:
    """Return every verdict on a document and its links that was not undone, oldest first."""
    query = select(Decision).where(Decision.document_id == document_id, counting()).order_by(col(Decision.id))
    return list(session.exec(query))


def wanted(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Return those of these documents of which a person's last word is that they are relevant, whatever rules say."""
    query = select(Decision.document_id, Decision.verdict).where(
        col(Decision.document_id).in_(ids), col(Decision.verdict).in_(OF_RELEVANCE), counting()
    )
    said = dict(session.exec(query.order_by(col(Decision.id))).all())
    return frozenset(number for number, verdict in said.items() if verdict is Verdict.RELEVANT)


def since_learned(session: Session) -> int:
    """Return how many verdicts were given since a model was last made of them."""
    made = select(func.max(LearnedModel.made_at)).scalar_subquery()
    query = select(func.count()).select_from(Decision).where((col(Decision.decided_at) > made) | made.is_(None))
    return session.exec(query).one()


def decided(session: Session, *, most: int) -> list[Decided]:
    """Return the documents decided on, the `most` newest of them, in the order of their ids."""
    newest = (
        select(Decision.document_id)
        .where(counting())
        .group_by(col(Decision.document_id))
        .order_by(func.max(Decision.id).desc(), col(Decision.document_id))
        .limit(most)
    )
    ids = list(session.exec(newest))
    verdicts: dict[int, list[Decision]] = {}
    theirs = select(Decision).where(col(Decision.document_id).in_(ids), counting())
    for row in session.exec(theirs.order_by(col(Decision.id))):
        verdicts.setdefault(row.document_id, []).append(row)
    return [
        Decided(document, title, text, story, tuple(verdicts[document.id or 0]))
        for document, title, text, story in session.exec(_texts(ids))
    ]


def _texts(ids: Collection[int]) -> Any:
    return (
        select(Document, DocumentVersion.title, DocumentVersion.text, StoryMember.story_id)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .outerjoin(StoryMember, col(StoryMember.document_id) == col(Document.id))
        .where(col(DocumentVersion.number) == col(Document.version_count), col(Document.id).in_(ids))
        .order_by(col(Document.id))
    )


def last(verdicts: Sequence[Decision], kinds: Collection[Verdict], object_id: int | None = None) -> Decision | None:
    """Return the last word of such a kind on a document, or on one of its links."""
    found = [row for row in verdicts if row.verdict in kinds and row.object_id == object_id]
    return found[-1] if found else None


# What a verdict changes, and so what an undoing of it restores.
_OF_LINK = ("state", "relation", "decided_by", "decided_at")
_OF_DOCUMENT = ("event_type", "event_type_score", "event_type_reason", "further_types")


def stands_of_link(link: Link | None) -> dict[str, Any]:
    """Return what a verdict may change of a link, as JSON; empty where there is no link."""
    return {} if link is None else link.model_dump(mode="json", include=set(_OF_LINK))


def stands_of_document(document: Document) -> dict[str, Any]:
    """Return what a verdict on the event type changes of a document, as JSON."""
    return document.model_dump(mode="json", include=set(_OF_DOCUMENT))


def restore_link(link: Link, before: Mapping[str, Any]) -> None:
    """Make a link what it was."""
    link.state, link.relation = LinkState(before["state"]), Relation(before["relation"])
    link.decided_by, at = before["decided_by"], before["decided_at"]
    link.decided_at = None if at is None else datetime.fromisoformat(at)


def restore_event_type(document: Document, before: Mapping[str, Any]) -> None:
    """Make what happened in a document what it was."""
    code = before["event_type"]
    document.event_type = None if code is None else EventType(code)
    document.event_type_score, document.event_type_reason = before["event_type_score"], before["event_type_reason"]
    document.further_types = list(before["further_types"])


def settle(document: Document, verdicts: Sequence[Decision]) -> None:
    """Let people's last words stand in a document's row, whatever rules say of it."""
    if document.state not in {DocumentState.RELEVANT, DocumentState.SCREENED}:
        return
    if said := last(verdicts, OF_RELEVANCE):
        relevant = said.verdict is Verdict.RELEVANT
        document.state = DocumentState.RELEVANT if relevant else DocumentState.SCREENED
        document.state_reason = f"{said.decided_by} said that it is {'' if relevant else 'not '}about what we follow."
        document.relevance = float(relevant)
    if (said := last(verdicts, {Verdict.EVENT_TYPE})) and document.state is DocumentState.RELEVANT:
        document.event_type, document.event_type_score = said.event_type, 1.0
        document.event_type_reason, document.further_types = f"{said.decided_by} said so.", []


def settled_event_type(verdicts: Sequence[Decision]) -> EventType | None:
    """Return the event type that a person gave last."""
    said = last(verdicts, {Verdict.EVENT_TYPE})
    return said.event_type if said else None
