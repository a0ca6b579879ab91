"""The timeline kept equal to what objects and confirmed documents say, in the caller's transaction."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker import timeline
from tracker.models.event import Event, EventSource
from tracker.store import events, resolution_standings, search, summaries
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime, utc_now

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Projected:
    """How many timeline rows (events, and documents behind them) were added, changed and dropped."""

    added: int = 0
    changed: int = 0
    dropped: int = 0

    @property
    def touched(self) -> int:
        """All of them together."""
        return self.added + self.changed + self.dropped


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What differs between the timeline before and after it was made again, and how many events it has now."""

    difference: Projected
    rows: int


def project(
    session: Session, *, object_ids: Collection[int] = (), document_ids: Collection[int] = (), clock: Clock = utc_now
) -> Projected:
    """Bring the timeline rows of these objects and documents up to date."""
    if not object_ids and not document_ids:
        return Projected()
    events.lock(session)
    if object_ids:
        _keep_standings(session, object_ids, clock())
    return _project(session, events.scope_of(session, object_ids, document_ids), clock())


def project_all(session: Session, *, clock: Clock = utc_now) -> Projected:
    """Bring the whole timeline up to date: names and lanes of organisations stand in many rows."""
    events.lock(session)
    _keep_standings(session, None, clock())
    return _project(session, events.Scope(), clock())


def _keep_standings(session: Session, object_ids: Collection[int] | None, now: datetime) -> None:
    """Bring up to date what lists are sorted by and what the search finds, and say that sums no longer hold."""
    summaries.outdate(session)
    session.flush()
    resolution_standings.refresh(session, object_ids, now.date())
    if object_ids is None:
        search.keep_all(session)
    else:
        search.keep_objects(session, object_ids)


def rebuild(runtime: Runtime) -> Rebuilt:
    """Make the whole timeline, and the search index, again from nothing, in one transaction.

    On a healthy archive no row of the timeline differs.
    """
    with writing(runtime.engine) as session:
        events.lock(session)
        before = events.snapshot(session)
        events.clear(session)
        search.rebuild(session)
        project_all(session, clock=runtime.clock)
        after = events.snapshot(session)
    kept = before.keys() & after.keys()
    changed = sum(1 for key in kept if before[key] != after[key])
    rows = sum(1 for table, *_ in after if table == "event")
    return Rebuilt(Projected(len(after) - len(kept), changed, len(before) - len(kept)), rows)


def verify(runtime: Runtime) -> Rebuilt:
    """Say what a rebuild would change, changing nothing."""
    with reading(runtime.engine) as session:
        found = _differences(session, events.Scope(), runtime.clock())
    return Rebuilt(found.counted(), found.standing)


def pending(session: Session, object_ids: Collection[int], *, clock: Clock = utc_now) -> timeline.Difference[Event]:
    """Return what `project` would do to the events of these objects, doing nothing."""
    return _differences(session, events.scope_of(session, object_ids, ()), clock()).events


@dataclass(frozen=True, slots=True)
class _Differences:
    """What has to be done to events and to the documents behind them; which events are new to us; how many stand."""

    events: timeline.Difference[Event]
    sources: timeline.Difference[EventSource]
    new: list[Event]
    standing: int

    def counted(self) -> Projected:
        """Return both together in numbers."""
        both = (self.events, self.sources)
        return Projected(*(sum(len(getattr(found, name)) for found in both) for name in ("add", "change", "drop")))


def _project(session: Session, scope: events.Scope, now: datetime) -> Projected:
    found = _differences(session, scope, now)
    # A dropped event takes its sources with it, so sources go first and come last.
    events.apply(session, (), found.sources.change, found.sources.drop)
    events.apply(session, found.events.add, found.events.change, found.events.drop)
    events.apply(session, found.sources.add, (), ())
    events.remember(session, found.new)
    return found.counted()


def _differences(session: Session, scope: events.Scope, now: datetime) -> _Differences:
    wanted = timeline.wanted(*events.stories(session, scope))
    known = events.first_known(session, None if scope.objects is None else [row.id for row in wanted.events])
    timeline.dated(wanted.events, known, now)
    rows, sources = events.stored(session, scope)
    return _Differences(
        events=timeline.difference(wanted.events, rows),
        sources=timeline.difference(wanted.sources, sources),
        new=[row for row in wanted.events if row.id not in known],
        standing=len(rows),
    )
