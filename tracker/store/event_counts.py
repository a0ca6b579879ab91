"""How many rows a timeline has by month, lane and kind: kept with the rows, read in their stead.

A timeline may have hundreds of thousands of rows, and a page that counts them at each visit would be slow. Months are
coarse enough to be few; where a period begins or ends within a month, that month's rows are counted themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, case, delete, func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from tracker.domain.vocab import EventType, Lane
from tracker.models.event import Event, EventCount
from tracker.store.bulk import table_of

Group = tuple[int, str, str, Lane, EventType]
Pair = tuple[Lane, EventType]
KEYS = ("campaign_id", "begins", "ends", "lane", "kind")
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
    more = [{**dict(zip(KEYS, key, strict=True)), "events": count} for key, count in change.items() if count > 0]
    less = [(key, -count) for key, count in change.items() if count < 0]
    table = table_of(EventCount)
    if more:
        statement: Any = _UPSERT[session.get_bind().dialect.name](table)
        statement = statement.on_conflict_do_update(
            index_elements=list(KEYS), set_={"events": table.c.events + statement.excluded.events}
        )
        session.connection().execute(statement, more)
    for key, count in less:
        same = and_(*(table.c[name] == value for name, value in zip(KEYS, key, strict=True)))
        session.connection().execute(delete(table).where(same, table.c.events <= count))
        session.connection().execute(table.update().where(same).values(events=table.c.events - count))


def rebuild(session: Session) -> None:
    """Count every row again."""
    session.execute(delete(EventCount))
    first, last = func.substr(Event.sort_day, 1, 7), func.substr(_end(), 1, 7)
    columns: tuple[Any, ...] = (col(Event.campaign_id), first, last, col(Event.lane), col(Event.kind))
    counted: Any = select(*columns, func.count()).group_by(*columns)  # type: ignore[call-overload]
    session.execute(insert(EventCount).from_select([*KEYS, "events"], counted))


def bins(session: Session, campaign_id: int) -> list[Bin]:
    """Return a campaign's rows by lane and months."""
    query: Any = (
        select(EventCount.lane, EventCount.begins, EventCount.ends, func.sum(EventCount.events))
        .where(EventCount.campaign_id == campaign_id)
        .group_by(col(EventCount.begins), col(EventCount.ends), col(EventCount.lane))
        .order_by(col(EventCount.begins), col(EventCount.ends), col(EventCount.lane))
    )
    return [Bin(lane, begins, ends, int(events)) for lane, begins, ends, events in session.exec(query)]


def totals(session: Session, campaign_ids: Collection[int]) -> dict[int, int]:
    """Return how many rows each of these campaigns has, those without any left out."""
    query = (
        select(EventCount.campaign_id, func.sum(EventCount.events))
        .where(col(EventCount.campaign_id).in_(campaign_ids))
        .group_by(col(EventCount.campaign_id))
    )
    return {campaign_id: int(events) for campaign_id, events in session.exec(query)}


def pairs(session: Session, campaign_id: int, since: date | None, until: date | None) -> Counter[Pair]:
    """Return how many rows of each lane and kind may lie between two days, both included. At most four queries.

    The months that the period touches are summed; what lies in the first one before the period, or in the last one
    after it, is counted row by row and taken off.
    """
    months: list[Any] = [col(EventCount.campaign_id) == campaign_id]
    if until is not None:
        months.append(col(EventCount.begins) <= until.isoformat()[:7])
    if since is not None:
        months.append(col(EventCount.ends) >= since.isoformat()[:7])
    query = select(EventCount.lane, EventCount.kind, func.sum(EventCount.events)).where(*months)
    summed = session.exec(query.group_by(col(EventCount.lane), col(EventCount.kind)))
    found = Counter({(Lane(lane), EventType(kind)): int(events) for lane, kind, events in summed})
    for outside in _outside(since, until):
        # Grouped here: a database that groups would rather read every row in the order of lane and kind.
        rows = session.exec(select(Event.lane, Event.kind).where(Event.campaign_id == campaign_id, *outside))
        found.subtract((Lane(lane), EventType(kind)) for lane, kind in rows)
    return +found


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
