"""How many rows a timeline has by month, lane and kind: kept with the rows, read in their stead.

A timeline may have hundreds of thousands of rows, and a page that counts them at each visit would be slow. Months are
coarse enough to be few; where a period begins or ends within a month, that month's rows are counted themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, delete, func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from tracker.domain.vocab import EventType, Lane
from tracker.models.event import Event, EventCount, EventMonth, EventTotal
from tracker.store import prepared
from tracker.store.bulk import table_of
from tracker.store.engine import dialect_of
from tracker.store.prepared import among, columns

Group = tuple[int, str, str, Lane, EventType]
Pair = tuple[Lane, EventType]
KEYS = ("campaign_id", "begins", "ends", "lane", "kind")
# By everything; and by less, since a large timeline has thousands of the finest groups and a page asks for few.
TABLES: dict[Any, tuple[str, ...]] = {
    EventCount: KEYS,
    EventMonth: ("campaign_id", "begins", "ends", "lane"),
    EventTotal: ("campaign_id", "lane", "kind"),
}
_BINS: Any = (
    columns(EventMonth.lane, EventMonth.begins, EventMonth.ends, EventMonth.events)
    .where(EventMonth.campaign_id == bindparam("campaign_id"))
    .order_by(col(EventMonth.begins), col(EventMonth.ends), col(EventMonth.lane))
)
_PAIRS: Any = columns(EventTotal.lane, EventTotal.kind, EventTotal.events).where(
    EventTotal.campaign_id == bindparam("campaign_id")
)
_TOTALS: Any = (
    columns(EventTotal.campaign_id, func.sum(EventTotal.events))
    .where(col(EventTotal.campaign_id).in_(among("ids")))
    .group_by(col(EventTotal.campaign_id))
)
_UPSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Bin(NamedTuple):
    """Rows of one lane that fall into the same months; `begins` and `ends` are alike for those known to the month."""

    lane: Lane
    begins: str
    ends: str
    events: int


def group(row: Event) -> Group:
    """Return what a row is counted under."""
    return row.campaign_id, row.sort_day[:7], max(row.sort_day, row.latest)[:7], Lane(row.lane), EventType(row.kind)


def keep(session: Session, added: Iterable[Group], dropped: Iterable[Group]) -> None:
    """Count rows that were added, and no longer those that were dropped."""
    change = Counter(added)
    change.subtract(Counter(dropped))
    for kind, keys in TABLES.items():
        own = itemgetter(*(KEYS.index(key) for key in keys))
        coarser: Counter[tuple[Any, ...]] = Counter()
        for group_, count in change.items():
            coarser[own(group_)] += count
        _change(session, kind, keys, coarser)


def _change(session: Session, kind: Any, keys: Sequence[str], change: Mapping[tuple[Any, ...], int]) -> None:
    """Add to the counts of one table, and take from them; a group without rows has no count."""
    more = [{**dict(zip(keys, key, strict=True)), "events": count} for key, count in change.items() if count > 0]
    table = table_of(kind)
    if more:
        statement: Any = _UPSERT[dialect_of(session)](table)
        statement = statement.on_conflict_do_update(
            index_elements=list(keys), set_={"events": table.c.events + statement.excluded.events}
        )
        session.connection().execute(statement, more)
    less = [(key, -count) for key, count in change.items() if count < 0]
    for key, count in less:
        same = and_(*(table.c[name] == value for name, value in zip(keys, key, strict=True)))
        session.connection().execute(delete(table).where(same, table.c.events <= count))
        session.connection().execute(table.update().where(same).values(events=table.c.events - count))


def rebuild(session: Session) -> None:
    """Count every row again."""
    clear(session)
    first, last = func.substr(Event.sort_day, 1, 7), func.substr(_end(), 1, 7)
    columns: tuple[Any, ...] = (col(Event.campaign_id), first, last, col(Event.lane), col(Event.kind))
    counted: Any = select(*columns, func.count()).group_by(*columns)  # type: ignore[call-overload]
    session.execute(insert(EventCount).from_select([*KEYS, "events"], counted))
    for table, keys in list(TABLES.items())[1:]:
        own = [col(getattr(EventCount, key)) for key in keys]
        summed: Any = select(*own, func.sum(EventCount.events)).group_by(*own)  # type: ignore[call-overload]
        session.execute(insert(table).from_select([*keys, "events"], summed))


def clear(session: Session) -> None:
    """Forget all counts."""
    for table in TABLES:
        session.execute(delete(table))


def bins(session: Session, campaign_id: int) -> list[Bin]:
    """Return a campaign's rows by lane and months."""
    return [Bin(*row) for row in prepared.rows(session, _BINS, campaign_id=campaign_id)]


def totals(session: Session, campaign_ids: Collection[int]) -> dict[int, int]:
    """Return how many rows each of these campaigns has, those without any left out."""
    return {number: int(events) for number, events in prepared.rows(session, _TOTALS, ids=campaign_ids)}


def pairs(session: Session, campaign_id: int, since: date | None, until: date | None) -> Counter[Pair]:
    """Return how many rows of each lane and kind may lie between two days, both included. At most four queries.

    The months that the period touches are summed; what lies in the first one before the period, or in the last one
    after it, is counted row by row and taken off.
    """
    if since is None and until is None:
        found = prepared.rows(session, _PAIRS, campaign_id=campaign_id)
        return Counter({(lane, kind): events for lane, kind, events in found})
    months: list[Any] = [col(EventCount.campaign_id) == campaign_id]
    if until is not None:
        months.append(col(EventCount.begins) <= until.isoformat()[:7])
    if since is not None:
        months.append(col(EventCount.ends) >= since.isoformat()[:7])
    query = select(EventCount.lane, EventCount.kind, func.sum(EventCount.events)).where(*months)
    summed = session.exec(query.group_by(col(EventCount.lane), col(EventCount.kind)))
    counted = Counter({(Lane(lane), EventType(kind)): int(events) for lane, kind, events in summed})
    for outside in _outside(since, until):
        # Grouped here: a database that groups would rather read every row in the order of lane and kind.
        rows = session.exec(select(Event.lane, Event.kind).where(Event.campaign_id == campaign_id, *outside))
        counted.subtract((Lane(lane), EventType(kind)) for lane, kind in rows)
    return +counted


def _outside(since: date | None, until: date | None) -> Iterator[list[Any]]:
    """Yield conditions of the rows that touch a period's months and not the period; none of them of the same row."""
    begins, latest = col(Event.sort_day), col(Event.latest)
    if since is not None and since.day > 1:
        month, day = f"{since.isoformat()[:7]}-01", since.isoformat()
        yield [begins >= month, begins < day, latest < day]
        yield [begins < month, latest >= month, latest < day, latest > begins]
    if until is not None and (until + timedelta(days=1)).month == until.month:
        yield [begins > until.isoformat(), begins <= f"{until.isoformat()[:7]}-31"]


def _end() -> Any:
    """Return the last day on which a row may lie; of one known on one side only, the day that is known."""
    later = col(Event.latest) > col(Event.sort_day)
    return case((later, Event.latest), else_=Event.sort_day)
