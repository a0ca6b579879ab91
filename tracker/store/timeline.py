"""One campaign's timeline as read by its page: the rows, the strip's points, the counts and where a row stands.

Partial dates are compared widely: a row known only to 2018 is shown by every filter that 2018 touches. A one-sided date
counts at the end that is known, or "before December 2025" would stand under every earlier period.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, tuple_, union_all
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane, ResolutionCode
from tracker.models.campaign import CampaignMembership
from tracker.models.correspondence import Answer
from tracker.models.event import Event
from tracker.models.subscriber import Issue
from tracker.store.event_counts import Pair

VOTED = (f"status:{ResolutionCode.VOTED_FINAL}", f"status:{ResolutionCode.VOTED_PRELIM}")
FILED = f"status:{ResolutionCode.FILED}"
# Rows of at most so many lanes and kinds, less than one in SELDOM of all, are looked up one by one.
MOST_PAIRS, SELDOM = 24, 10


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked to see; nothing chosen means everything. Days are inclusive."""

    lanes: tuple[Lane, ...] = ()
    kinds: tuple[EventType, ...] = ()
    since: date | None = None
    until: date | None = None
    oldest_first: bool = False

    @property
    def choices(self) -> int:
        """How many things were chosen; the order is none, a period is one."""
        return len(self.lanes) + len(self.kinds) + bool(self.since or self.until)


@dataclass(frozen=True, slots=True)
class Point:
    """A row as the strip needs it."""

    id: str
    kind: EventType
    lane: Lane
    on: PartialDate
    earliest: str
    latest: str
    sort_day: str
    headline: str
    object_id: int | None
    key: str

    @property
    def step(self) -> str:
        """The milestone's key within its object: "sent", "status:filed"."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Thread:
    """That one row leads to another: a letter to its answer, a proposal to its vote."""

    start: str
    end: str


def events_of(
    session: Session,
    campaign_id: int,
    filters: Filters,
    *,
    pairs: Mapping[Pair, int] | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 100,
) -> list[Event]:
    """Return at most `limit` rows, newest first unless the filters say otherwise. One query.

    `after` is (sort_day, id) of the last row of the page above. `pairs` says how many rows each lane and kind has in
    the chosen period (`event_counts.pairs`); with it, filters that leave little are answered without reading the rest.
    """
    parts = [_of_period(filters, where) for where in _kinds_wanted(filters, pairs)]
    keys = [_keys(campaign_id, where, filters, after, limit) for part in parts for where in part]
    if not keys:
        return []
    found: Any = keys[0].subquery()
    if len(keys) > 1:
        union: Any = union_all(*(select(part.subquery()) for part in keys)).subquery()
        found = select(union).order_by(*_in_order(union.c.sort_day, union.c.id, filters)).limit(limit).subquery()
    # The page's keys first, from an index; only then its rows.
    query = select(Event).select_from(found).join(Event, col(Event.id) == found.c.id)
    return list(session.exec(query.order_by(*_in_order(found.c.sort_day, found.c.id, filters))))


def _keys(campaign_id: int, where: Sequence[Any], filters: Filters, after: tuple[str, str] | None, limit: int) -> Any:
    """Return the query for the keys of a page under one set of conditions, which an index answers in order."""
    key: Any = tuple_(col(Event.sort_day), col(Event.id))
    query = select(Event.sort_day, Event.id).where(Event.campaign_id == campaign_id, *where)
    if after is not None:
        query = query.where(key > after if filters.oldest_first else key < after)
    return query.order_by(*_in_order(col(Event.sort_day), col(Event.id), filters)).limit(limit)


def _in_order(day: Any, number: Any, filters: Filters) -> list[Any]:
    return [day, number] if filters.oldest_first else [day.desc(), number.desc()]


def _kinds_wanted(filters: Filters, pairs: Mapping[Pair, int] | None) -> list[list[Any]]:
    """Return the conditions on lane and kind: one for all, or one for each of few that have few rows."""
    lanes, kinds = filters.lanes or tuple(Lane), filters.kinds or tuple(EventType)
    if not filters.lanes and not filters.kinds:
        return [[]]
    if pairs is not None:
        wanted = [pair for pair, count in pairs.items() if count and pair[0] in lanes and pair[1] in kinds]
        if len(wanted) <= MOST_PAIRS and sum(pairs[pair] for pair in wanted) * SELDOM < sum(pairs.values()):
            return [[Event.lane == lane, Event.kind == kind] for lane, kind in sorted(wanted)]
    return [[col(Event.lane).in_(lanes), col(Event.kind).in_(kinds)]]


def _of_period(filters: Filters, where: list[Any]) -> list[list[Any]]:
    """Return these conditions with those on the period: rows that begin in it, and rows that reach into it."""
    begins, latest = col(Event.sort_day), col(Event.latest)
    until = [] if filters.until is None else [begins <= filters.until.isoformat()]
    if filters.since is None:
        return [[*where, *until]]
    since = filters.since.isoformat()
    return [[*where, *until, begins >= since], [*where, begins < since, latest >= since, latest > begins]]


def points(session: Session, campaign_id: int) -> list[Point]:
    """Return every row of a campaign, oldest first, with no more than the strip and the counts need."""
    query = select(
        Event.id, Event.kind, Event.lane, Event.on, Event.earliest, Event.latest, Event.sort_day, Event.headline,
        Event.object_id, Event.key,
    ).where(Event.campaign_id == campaign_id)  # type: ignore[call-overload]  # fmt: skip
    rows: Iterable[Any] = session.exec(query.order_by(col(Event.sort_day), col(Event.id)))
    return [Point(*row) for row in rows]


def threads(session: Session, campaign_id: int, rows: Sequence[Point]) -> list[Thread]:
    """Return which of a campaign's rows lead to which: letters to answers, filed proposals to their votes."""
    first: dict[int, str] = {}
    steps: dict[tuple[int, str], str] = {}
    for row in rows:
        if row.object_id is not None:
            first.setdefault(row.object_id, row.id)
            steps[row.object_id, row.step] = row.id
    query = (
        select(Answer.object_id, Answer.response_id)
        .join(CampaignMembership, col(CampaignMembership.object_id) == col(Answer.response_id))
        .where(CampaignMembership.campaign_id == campaign_id)
        .order_by(col(Answer.id))
    )
    answers = [(first.get(asked), first.get(given)) for asked, given in session.exec(query)]
    votes = [(steps.get((owner, FILED)), _vote(steps, owner)) for owner in first]
    return [Thread(start, end) for start, end in answers + votes if start and end]


def _vote(steps: Mapping[tuple[int, str], str], owner: int) -> str | None:
    return next((steps[owner, step] for step in VOTED if (owner, step) in steps), None)


def lane_counts(pairs: Mapping[Pair, int], filters: Filters) -> Counter[Lane]:
    """Return how many of a period's rows each lane would show under the other filters."""
    found: Counter[Lane] = Counter()
    for (lane, kind), count in pairs.items():
        found[lane] += count if not filters.kinds or kind in filters.kinds else 0
    return found


def kind_counts(pairs: Mapping[Pair, int], filters: Filters) -> Counter[EventType]:
    """Return how many of a period's rows each kind would show under the other filters."""
    found: Counter[EventType] = Counter()
    for (lane, kind), count in pairs.items():
        found[kind] += count if not filters.lanes or lane in filters.lanes else 0
    return found


def page_key(session: Session, event: Event, per_page: int) -> tuple[str, str] | None:
    """Return the key after which the unfiltered page with this row begins; None when that is the first page."""
    key: Any = tuple_(col(Event.sort_day), col(Event.id))
    above = select(Event.sort_day, Event.id).where(
        Event.campaign_id == event.campaign_id, key > (event.sort_day, event.id)
    )
    count = session.exec(select(func.count()).select_from(above.subquery())).one()
    pages = count // per_page
    if not pages:
        return None
    order = (col(Event.sort_day).desc(), col(Event.id).desc())
    return session.exec(above.order_by(*order).offset(pages * per_page - 1).limit(1)).one()


def latest(session: Session, campaign_ids: Collection[int], today: date, limit: int) -> list[Event]:
    """Return what happened last in these campaigns up to today, newest first; what is still ahead has not moved."""
    query = select(Event).where(col(Event.campaign_id).in_(campaign_ids), Event.sort_day <= today.isoformat())
    newest = (col(Event.sort_day).desc(), col(Event.recorded_at).desc(), col(Event.id))
    return list(session.exec(query.order_by(*newest).limit(limit)))


def recorded(
    session: Session, campaign_id: int | None, *, before: tuple[datetime, str] | None = None, limit: int
) -> list[Event]:
    """Return at most `limit` rows, of one campaign or of all, that became known last; `before` is (moment, id)."""
    query = select(Event)
    if campaign_id is not None:
        query = query.where(Event.campaign_id == campaign_id)
    if before is not None:
        query = query.where(tuple_(col(Event.recorded_at), col(Event.id)) < before)
    return list(session.exec(query.order_by(col(Event.recorded_at).desc(), col(Event.id).desc()).limit(limit)))


def latest_issue(session: Session, campaign_id: int) -> Issue | None:
    """Return the newest weekly digest composed for a campaign."""
    query = select(Issue).where(Issue.campaign_id == campaign_id)
    return session.exec(query.order_by(col(Issue.ends_on).desc(), col(Issue.id).desc()).limit(1)).first()
