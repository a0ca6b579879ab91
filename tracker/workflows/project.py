"""The timeline kept equal to what objects and confirmed documents say, in the caller's transaction."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from tracker import timeline
from tracker.models.event import Event, EventSource
from tracker.store import events
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime


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


def project(session: Session, *, object_ids: Collection[int] = (), document_ids: Collection[int] = ()) -> Projected:
    """Bring the timeline rows of these objects and documents up to date."""
    if not object_ids and not document_ids:
        return Projected()
    return _project(session, events.scope_of(session, object_ids, document_ids))


def project_all(session: Session) -> Projected:
    """Bring the whole timeline up to date: names and lanes of organisations stand in many rows."""
    return _project(session, events.Scope())


def rebuild(runtime: Runtime) -> Rebuilt:
    """Make the whole timeline again from nothing, in one transaction; on a healthy archive no row differs."""
    with writing(runtime.engine) as session:
        before = events.snapshot(session)
        events.clear(session)
        project_all(session)
        after = events.snapshot(session)
    kept = before.keys() & after.keys()
    changed = sum(1 for key in kept if before[key] != after[key])
    rows = sum(1 for table, *_ in after if table == "event")
    return Rebuilt(Projected(len(after) - len(kept), changed, len(before) - len(kept)), rows)


def verify(runtime: Runtime) -> Rebuilt:
    """Say what a rebuild would change, changing nothing."""
    with reading(runtime.engine) as session:
        found, behind, rows = _differences(session, events.Scope())
    return Rebuilt(_counted(found, behind), rows)


def _project(session: Session, scope: events.Scope) -> Projected:
    found, behind, _ = _differences(session, scope)
    # A dropped event takes its sources with it, so sources go first and come last.
    events.apply(session, (), behind.change, behind.drop)
    events.apply(session, found.add, found.change, found.drop)
    events.apply(session, behind.add, (), ())
    return _counted(found, behind)


def _differences(
    session: Session, scope: events.Scope
) -> tuple[timeline.Difference[Event], timeline.Difference[EventSource], int]:
    """Return what has to be done to events and to the documents behind them, and how many events stand now."""
    wanted = timeline.wanted(*events.stories(session, scope))
    rows, sources = events.stored(session, scope)
    return timeline.difference(wanted.events, rows), timeline.difference(wanted.sources, sources), len(rows)


def _counted(found: timeline.Difference[Event], behind: timeline.Difference[EventSource]) -> Projected:
    return Projected(
        len(found.add) + len(behind.add),
        len(found.change) + len(behind.change),
        len(found.drop) + len(behind.drop),
    )
