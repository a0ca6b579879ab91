"""Acts on many suggestions: which ones a rule and a band of scores take in, and how far an act has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, literal
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, EventType, LinkState, Relation
from tracker.models.base import CampaignObject
from tracker.models.bulk import BulkAct, BulkMember
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store import objects
from tracker.store.prepared import columns

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which suggestions: who made them (a rule, or a model by its name), and scores from `score_from` on, below
    `score_below`; of one relation and of documents of one event type, or of any.
    """

    rule: str
    score_from: float
    score_below: float
    relation: Relation | None = None
    event_type: EventType | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A suggestion with what it ties, its evidence in words, and its document's beginning."""

    link: Link
    document: Document
    target: CampaignObject


@dataclass(frozen=True, slots=True)
class Progress:
    """How many links of an act are decided, left out, undone and were not undone, of how many in all."""

    links: int
    decided: int
    left_out: int
    undone: int
    stay: int

    @property
    def waiting(self) -> int:
        """How many are still to be decided."""
        return self.links - self.decided - self.left_out

    @property
    def to_undo(self) -> int:
        """How many decisions still stand that an undoing has not looked at."""
        return self.decided - self.undone - self.stay


def waiting(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `Link` joined with `Document` that a suggestion is one of these and waits."""
    where = [
        # Written out: only then is the partial index of what waits used.
        col(Link.state) == literal(LinkState.SUGGESTED.value, literal_execute=True),
        col(Document.state) == DocumentState.RELEVANT,
        col(Link.object_id).in_(objects.shown()),
        col(Link.made_by) == asked.rule,
        col(Link.score) >= asked.score_from,
        col(Link.score) < asked.score_below,
    ]
    if asked.relation is not None:
        where.append(col(Link.relation) == asked.relation)
    if asked.event_type is not None:
        where.append(col(Document.event_type) == asked.event_type)
    return tuple(where)


def count(session: Session, asked: Asked) -> int:
    """Return how many suggestions wait."""
    return int(session.exec(_of(asked, func.count())).one()[0])


def ties(session: Session, asked: Asked) -> list[tuple[int, int, Relation]]:
    """Return document, object and relation of each, by document."""
    query = _of(asked, Link.document_id, Link.object_id, Link.relation)
    rows = session.exec(query.order_by(col(Link.document_id), col(Link.object_id)))
    return [(document, target, Relation(relation)) for document, target, relation in rows]


def sample(session: Session, asked: Asked, size: int) -> list[Sample]:
    """Return `size` of them, spread evenly over their scores: the least certain is the first. Two queries."""
    ids = [row[0] for row in session.exec(_of(asked, Link.id).order_by(col(Link.score), col(Link.id)))]
    chosen = ids if len(ids) <= size else [ids[place * (len(ids) - 1) // (size - 1)] for place in range(size)]
    query = (
        select(Link, Document, CampaignObject)
        .join(Document, col(Document.id) == col(Link.document_id))
        .join(CampaignObject, col(CampaignObject.id) == col(Link.object_id))
        .where(col(Link.id).in_(chosen))
        .order_by(col(Link.score), col(Link.id))
    )
    return [Sample(*row) for row in session.exec(query)]


def rules(session: Session) -> list[tuple[str, int]]:
    """Return who made the suggestions that wait, and how many each, the most first."""
    number = func.count()
    query = (
        columns(Link.made_by, number)
        .join(Document, col(Document.id) == col(Link.document_id))
        .where(
            col(Link.state) == literal(LinkState.SUGGESTED.value, literal_execute=True),
            col(Document.state) == DocumentState.RELEVANT,
            col(Link.object_id).in_(objects.shown()),
        )
        .group_by(col(Link.made_by))
        .order_by(number.desc(), col(Link.made_by))
    )
    return [(str(rule), int(links)) for rule, links in session.exec(query)]


def begin(session: Session, act: BulkAct, asked: Asked) -> None:
    """Write an act with every link that it is about, as each stands now."""
    session.add(act)
    session.flush()
    taken = _of(asked, literal(act.id), Link.document_id, Link.object_id, Link.relation, Link.score)
    empty = taken.add_columns(literal(""), literal(""))
    names = ["act_id", "document_id", "object_id", "relation", "score", "left_out", "stays"]
    session.connection().execute(insert(BulkMember).from_select(names, empty))


def to_decide(session: Session, act_id: int, documents: int) -> list[BulkMember]:
    """Return the links still to be decided of the next documents, by document."""
    return _next(session, act_id, _undecided(), documents)


def to_undo(session: Session, act_id: int, documents: int) -> list[BulkMember]:
    """Return the decided links that are still to be undone of the next documents, by document."""
    standing = (col(BulkMember.decision_id).is_not(None), col(BulkMember.undoing_id).is_(None), BulkMember.stays == "")
    return _next(session, act_id, standing, documents)


def changed_since(session: Session, member: BulkMember, rule: str) -> str:
    """Return in words how a link is no longer the suggestion that was counted; empty where it still is."""
    query = select(Link).where(Link.document_id == member.document_id, Link.object_id == member.object_id)
    row = session.exec(query).first()
    if row is None:
        return "The suggestion was withdrawn meanwhile."
    if row.state is not LinkState.SUGGESTED:
        return f"{row.decided_by} had {'accepted' if row.state is LinkState.CONFIRMED else 'rejected'} it meanwhile."
    if (row.made_by, row.relation, row.score) != (rule, member.relation, member.score):
        return "The suggestion changed meanwhile."
    if session.get_one(Document, member.document_id).state is not DocumentState.RELEVANT:
        return "The document was set aside meanwhile."
    return "" if objects.is_shown(session, member.object_id) else "What it is tied to is not shown any more."


def progress(session: Session, act_ids: Sequence[int]) -> dict[int, Progress]:
    """Return how far acts have come. One query."""

    def those(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    query = (
        columns(
            BulkMember.act_id,
            func.count(),
            those(col(BulkMember.decision_id).is_not(None)),
            those(BulkMember.left_out != ""),
            those(col(BulkMember.undoing_id).is_not(None)),
            those(BulkMember.stays != ""),
        )
        .where(col(BulkMember.act_id).in_(act_ids))
        .group_by(col(BulkMember.act_id))
    )
    return {row[0]: Progress(*row[1:]) for row in session.exec(query)}


def act(session: Session, act_id: int, *, locked: bool = False) -> BulkAct | None:
    """Return an act; `locked` lets one process at a time carry it on."""
    return session.get(BulkAct, act_id, with_for_update=locked or None)


def acts(session: Session, *, before: int | None = None, limit: int = 30) -> list[BulkAct]:
    """Return acts, the last first; `before` is the last of the page above."""
    query = select(BulkAct).order_by(col(BulkAct.id).desc()).limit(limit)
    return list(session.exec(query if before is None else query.where(col(BulkAct.id) < before)))


def unfinished(session: Session) -> list[int]:
    """Return the acts that are still to be carried out or undone, the first first."""
    open_ones = (col(BulkAct.finished_at).is_(None) & col(BulkAct.undo_begun_at).is_(None)) | (
        col(BulkAct.undo_begun_at).is_not(None) & col(BulkAct.undone_at).is_(None)
    )
    return [number or 0 for number in session.exec(select(BulkAct.id).where(open_ones).order_by(col(BulkAct.id)))]


@dataclass(frozen=True, slots=True)
class NotDone:
    """A link of an act that was left out, or whose decision was not undone, with the words why."""

    member: BulkMember
    document: str
    target: str


def not_done(session: Session, act_id: int) -> list[NotDone]:
    """Return what an act did not do, at most `MOST_LISTED`."""
    query = (
        select(BulkMember, Document.title, CampaignObject.title)
        .join(Document, col(Document.id) == col(BulkMember.document_id))
        .join(CampaignObject, col(CampaignObject.id) == col(BulkMember.object_id))
        .where(BulkMember.act_id == act_id, (BulkMember.left_out != "") | (BulkMember.stays != ""))
        .order_by(col(BulkMember.document_id), col(BulkMember.object_id))
        .limit(MOST_LISTED)
    )
    return [NotDone(*row) for row in session.exec(query)]


def _undecided() -> tuple[Any, ...]:
    return (col(BulkMember.decision_id).is_(None), BulkMember.left_out == "")


def _of(asked: Asked, *wanted: Any) -> Any:
    """Return a statement of columns of the suggestions that are asked for."""
    return columns(*wanted).select_from(Link).join(Document, col(Document.id) == col(Link.document_id)).where(
        *waiting(asked)
    )  # fmt: skip


def _next(session: Session, act_id: int, conditions: Sequence[Any], documents: int) -> list[BulkMember]:
    theirs = (
        select(BulkMember.document_id)
        .where(BulkMember.act_id == act_id, *conditions)
        .distinct()
        .order_by(col(BulkMember.document_id))
        .limit(documents)
    )
    query = (
        select(BulkMember)
        .where(BulkMember.act_id == act_id, *conditions, col(BulkMember.document_id).in_(list(session.exec(theirs))))
        .order_by(col(BulkMember.document_id), col(BulkMember.object_id))
    )
    return list(session.exec(query))
