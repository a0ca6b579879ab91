"""The timeline kept equal to what objects and confirmed documents say, in the caller's transaction."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from tracker import timeline
from tracker.store import events
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Projected:
    """How many timeline rows were added, changed and dropped."""

    added: int = 0
    changed: int = 0
    dropped: int = 0

    @property
    def touched(self) -> int:
        """All of them together."""
        return self.added + self.changed + self.dropped


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What differs between the timeline before and after it was made again, and its size now."""

    difference: Projected
    rows: int


def project(session: Session, *, object_ids: Collection[int] = (), document_ids: Collection[int] = ()) -> Projected:
    """Bring the timeline rows of these objects and documents up to date."""
    if not object_ids and not document_ids:
        return Projected()
    return _project(session, events.scope_of(session, object_ids, document_ids))


def rebuild(runtime: Runtime) -> Rebuilt:
    """Make the whole timeline again from nothing, in one transaction; on a healthy archive no row differs."""
    with writing(runtime.engine) as session:
        before = events.snapshot(session)
        events.clear(session)
        _project(session, events.Scope())
        after = events.snapshot(session)
    kept = before.keys() & after.keys()
    changed = sum(1 for key in kept if before[key] != after[key])
    return Rebuilt(Projected(len(after) - len(kept), changed, len(before) - len(kept)), len(after))


def _project(session: Session, scope: events.Scope) -> Projected:
    objects, documents = events.stories(session, scope)
    wanted = timeline.wanted(objects, documents)
    rows, sources = events.stored(session, scope)
    found = timeline.difference(wanted.events, rows)
    behind = timeline.difference(wanted.sources, sources)
    # A dropped event takes its sources with it, so sources go first and come last.
    events.apply(session, (), behind.change, behind.drop)
    events.apply(session, found.add, found.change, found.drop)
    events.apply(session, behind.add, (), ())
    return Projected(len(found.add), len(found.change), len(found.drop))


def verify(runtime: Runtime) -> Rebuilt:
    """Say what a rebuild would change, changing nothing."""
    with reading(runtime.engine) as session:
        objects, documents = events.stories(session, events.Scope())
        wanted = timeline.wanted(objects, documents)
        rows, _ = events.stored(session, events.Scope())
    found = timeline.difference(wanted.events, rows)
    return Rebuilt(Projected(len(found.add), len(found.change), len(found.drop)), len(rows))
