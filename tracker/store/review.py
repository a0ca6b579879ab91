"""The review queue: documents with suggested links, the most valuable decision first, paged by key.

The value is that of `domain.review_value`, as SQL: fifty thousand suggestions are weighed where they lie. What rests on
counts of other rows (`alike`) is counted first, for each rule and relation; no statement is asked for each row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, union_all
from sqlmodel import Session, col, select

from tracker.domain import review_value as worth
from tracker.domain.vocab import DocumentState, EventType, LinkState, Relation, Verdict
from tracker.models.campaign import CampaignMembership
from tracker.models.correspondence import Answer, Letter
from tracker.models.decision import Decision
from tracker.models.document import Document, Sighting
from tracker.models.link import Link
from tracker.models.resolution import ResolutionStanding
from tracker.models.review import ReviewClaim
from tracker.store import concerning, decisions, objects
from tracker.store.engine import dialect_of
from tracker.store.prepared import columns
from tracker.store.resolutions import Outcome

# For so long a document of which somebody was not sure stays out of their own queue.
SET_ASIDE = timedelta(hours=20)


class Order(StrEnum):
    """By what the queue stands."""

    VALUE = "value"
    OLDEST = "oldest"


class Band(StrEnum):
    """Scores in three bands."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


BANDS = {Band.LOW: (0.0, 0.5), Band.MIDDLE: (0.5, 0.75), Band.HIGH: (0.75, 1.01)}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which suggestions are shown; None for all. `days` counts back from now to when they were made."""

    campaign_id: int | None = None
    company_id: int | None = None
    relation: Relation | None = None
    event_type: EventType | None = None
    rule: str | None = None
    band: Band | None = None
    source_id: int | None = None
    days: int | None = None
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in somebody's queue: those that others look at come last."""

    held: int
    value: float
    document_id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the queue: its place, how many suggestions wait, and the best score among them."""

    place: Place
    suggestions: int
    score: float


Kinds = Mapping[tuple[str, Relation], int]


def kinds(session: Session) -> dict[tuple[str, Relation], int]:
    """Return how many suggestions wait of each rule and relation. One query."""
    query = (
        columns(Link.made_by, Link.relation, func.count())
        .join(Document, _their_document())
        .where(*_waiting(session))
        .group_by(col(Link.made_by), col(Link.relation))
    )
    return {(rule, Relation(relation)): number for rule, relation, number in session.exec(query)}


def queue(
    session: Session,
    who: str,
    now: datetime,
    filters: Filters,
    known: Kinds,
    *,
    order: Order = Order.VALUE,
    after: Place | None = None,
    limit: int = 30,
) -> list[Entry]:
    """Return at most `limit` entries of somebody's queue, those behind `after`. One query; `known` is from `kinds`."""
    worths = _worths(session, filters, known, now, order=order)
    held = case((col(ReviewClaim.document_id).is_(None), 0), else_=1)
    query = (
        columns(held, worths.c.value, worths.c.document_id, worths.c.suggestions, worths.c.score)
        .select_from(worths)
        .outerjoin(
            ReviewClaim,
            and_(
                col(ReviewClaim.document_id) == worths.c.document_id,
                col(ReviewClaim.claimed_until) > now,
                col(ReviewClaim.claimed_by) != who,
            ),
        )
        .where(_set_aside(worths.c.document_id, who, now, wanted=filters.set_aside))
    )
    if after is not None:
        behind = or_(
            worths.c.value < after.value, and_(worths.c.value == after.value, worths.c.document_id > after.document_id)
        )
        query = query.where(or_(held > after.held, and_(held == after.held, behind)))
    query = query.order_by(held, worths.c.value.desc(), worths.c.document_id).limit(limit)
    return [Entry(Place(*row[:3]), row[3], row[4]) for row in session.exec(query)]


def place_of(
    session: Session, document_id: int, who: str, now: datetime, *, known: Kinds, order: Order = Order.VALUE
) -> Place | None:
    """Return where a document stands in somebody's queue, whatever is filtered; None where nothing of it waits."""
    worths = _worths(session, Filters(), known, now, order=order, document_id=document_id)
    row = session.exec(select(worths.c.value)).first()
    claim = session.get(ReviewClaim, document_id)
    held = claim is not None and claim.claimed_until > now and claim.claimed_by != who
    return None if row is None else Place(int(held), row, document_id)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many documents and suggestions wait."""

    documents: int
    suggestions: int


def count(session: Session, filters: Filters | None = None, now: datetime | None = None) -> Counted:
    """Return how much waits for everybody, with these filters. One query."""
    query = columns(func.count(func.distinct(Link.document_id)), func.count()).join(Document, _their_document())
    query = query.where(*_waiting(session), *_filtered(filters or Filters(), now))
    return Counted(*session.exec(query).one())


def suggested_of(session: Session, document_ids: Sequence[int], known: Kinds) -> dict[int, list[worth.Waiting]]:
    """Return what the value of each document is made from, for telling why it stands where it does. One query."""
    query = (
        columns(Link.document_id, Link.score, Link.relation, Link.created_at, _is_open(), Link.made_by)
        .join(Document, _their_document())
        .where(*_waiting(session), col(Link.document_id).in_(document_ids))
        .order_by(col(Link.id))
    )
    found: dict[int, list[worth.Waiting]] = {number: [] for number in document_ids}
    for number, score, relation, since, is_open, rule in session.exec(query):
        alike = known.get((rule, Relation(relation)), 1) - 1
        found[number].append(worth.Waiting(score, Relation(relation), since, bool(is_open), alike))
    return found


# --- parts of the statements ------------------------------------------------------------------------------------------


def _their_document() -> ColumnElement[bool]:
    return col(Document.id) == col(Link.document_id)


def _waiting(session: Session) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a link one of the queue: suggested, of a relevant document, to an object that is shown.

    The state is written out: only then is the partial index of what waits used, which has all that is asked of a link.
    So that SQLite begins with it, the other two are written there as no index serves them: nine times as fast. To
    PostgreSQL, which counts rows of each kind, that would hide what it goes by.
    """
    suggested = col(Link.state) == literal(LinkState.SUGGESTED.value, literal_execute=True)
    if dialect_of(session) == "sqlite":
        relevant = func.coalesce(Document.state, "") == DocumentState.RELEVANT.value
        return suggested, relevant, (col(Link.object_id) + 0).in_(objects.shown())
    return suggested, col(Document.state) == DocumentState.RELEVANT, col(Link.object_id).in_(objects.shown())


def _is_open() -> ColumnElement[bool]:
    """Return the condition that a link's object is a letter nobody answered, or a resolution without an outcome."""
    answered = exists().where(col(Answer.object_id) == col(Letter.id))
    resolutions = select(ResolutionStanding.resolution_id).where(ResolutionStanding.outcome == Outcome.OPEN.value)
    return col(Link.object_id).in_(union_all(select(Letter.id).where(~answered), resolutions))


def _worths(
    session: Session,
    filters: Filters,
    known: Kinds,
    now: datetime,
    *,
    order: Order,
    document_id: int | None = None,
) -> Any:
    """Return a table of documents: value, how many suggestions, best score."""
    further = func.count() - 1
    best = func.max(_value(known, now)) + worth.FURTHER * case(
        (further > worth.FURTHER_MOST, worth.FURTHER_MOST), else_=further
    )
    # The oldest first: of documents the first one seen has the smallest number.
    value = best if order is Order.VALUE else -1.0 * col(Link.document_id)
    query = (
        columns(
            col(Link.document_id).label("document_id"),
            value.label("value"),
            func.count().label("suggestions"),
            func.max(Link.score).label("score"),
        )
        .join(Document, _their_document())
        .where(*_waiting(session), *_filtered(filters, now))
        .group_by(col(Link.document_id))
    )
    if document_id is not None:
        query = query.where(col(Link.document_id) == document_id)
    return query.subquery()


def _value(known: Kinds, now: datetime) -> Any:
    """Return `review_value.parts` of one link, summed in the same order."""
    score: Any = col(Link.score)
    moves = case((col(Link.relation).in_(worth.WEAK), 0.0), else_=worth.MOVES)
    alike = [
        (
            and_(col(Link.made_by) == rule, col(Link.relation) == relation),
            literal(worth.alike_points(number - 1)),
        )
        for (rule, relation), number in known.items()
    ]
    ages = [(col(Link.created_at) <= now - age, literal(points)) for age, points in worth.AGES]
    total: Any = worth.UNCERTAIN * 4 * score * (1 - score) + moves + case((_is_open(), worth.OPEN), else_=0.0)
    if alike:
        total += case(*alike, else_=0.0)
    return total + case(*ages, else_=0.0)


def _filtered(filters: Filters, now: datetime | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if filters.campaign_id is not None:
        members = select(CampaignMembership.object_id).where(CampaignMembership.campaign_id == filters.campaign_id)
        where.append(col(Link.object_id).in_(members))
    if filters.company_id is not None:
        where.append(col(Link.object_id).in_(concerning.objects_of(filters.company_id)))
    if filters.relation is not None:
        where.append(col(Link.relation) == filters.relation)
    if filters.event_type is not None:
        where.append(col(Document.event_type) == filters.event_type)
    if filters.rule is not None:
        where.append(col(Link.made_by) == filters.rule)
    if filters.band is not None:
        least, below = BANDS[filters.band]
        where += [col(Link.score) >= least, col(Link.score) < below]
    if filters.source_id is not None:
        where.append(
            col(Link.document_id).in_(select(Sighting.document_id).where(Sighting.source_id == filters.source_id))
        )
    if filters.days is not None and now is not None:
        where.append(col(Link.created_at) >= now - timedelta(days=filters.days))
    return where


def _set_aside(document_id: Any, who: str, now: datetime, *, wanted: bool) -> Any:
    """Return the condition that somebody was not sure of a document of late; where that is not wanted, was not."""
    theirs = document_id.in_(
        select(Decision.document_id).where(
            Decision.verdict == Verdict.UNSURE,
            Decision.decided_by == who,
            col(Decision.decided_at) > now - SET_ASIDE,
            decisions.counting(),
        )
    )
    return theirs if wanted else ~theirs
