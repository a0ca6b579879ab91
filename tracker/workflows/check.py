"""Trying sources now without keeping anything: does each answer, how much, and what is to be done where it does not."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentState
from tracker.models.document import Source
from tracker.store import sources
from tracker.store.engine import reading
from tracker.workflows.known import recipe
from tracker.workflows.manners import Manners
from tracker.workflows.readers import Readers
from tracker.workflows.runtime import Runtime
from tracker.workflows.visit import Place, Visit, visit
from tracker.workflows.writer import Writer

Step = Callable[[int, int, str], None]
AT_ONCE = 16
# What a person does about each kind of failure; the sentence that comes with it says what was found.
ADVICE = {
    "dns": "check the address, and whether this machine has a network",
    "timeout": "try again later; if it stays so, ask the site's owner",
    "http_403": "set `contact`, or ask the site to let us in",
    "http_404": "look for its new address: `tracker source add HOMEPAGE` finds a feed",
    "http_410": "it is gone for good: remove it or look for its successor",
    "http_429": "ask less often: raise every_seconds",
    "challenge": "the site wants a browser: look for another feed of it",
    "robots": "the site does not want it read by programs: follow a feed instead",
    "unreadable": "look at what it serves: it may have been redesigned",
    "not_asked": "correct its entry",
    "no_contact": "set `contact` (docs/settings.md)",
    "refused_address": "correct the address",
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """How one source answered. `outcome` is ok, empty or the kind of failure; `said` the whole sentence."""

    name: str
    reader: str
    outcome: str
    entries: int
    newest: datetime | None
    seconds: float
    advice: str
    said: str

    @property
    def failed(self) -> bool:
        """Whether it did not answer as it should."""
        return self.outcome not in {"ok", "empty"}


def check_sources(runtime: Runtime, names: Sequence[str] = (), step: Step | None = None) -> list[CheckLine]:
    """Ask every source that is not paused, or the named ones; raises NotFoundError for a name there is not.

    Only the first answer of each is read: a source that lists filings is not made to fetch them all.
    """
    with reading(runtime.engine) as session:
        rows = sources.every(session)
    unknown = set(names) - {row.name for row in rows}
    if unknown:
        raise NotFoundError(f"no source is called {min(unknown)!r}; `tracker source list` shows all names")
    chosen = [row for row in rows if (row.name in names if names else not row.paused) and row.url]
    return asyncio.run(_check(runtime, chosen, step)) if chosen else []


async def _check(runtime: Runtime, rows: Sequence[Source], step: Step | None) -> list[CheckLine]:
    lines: list[CheckLine] = []
    with Writer(runtime.engine) as writer:
        manners = Manners(runtime, writer.transaction)
        readers = Readers.of(runtime.settings, lambda: writer.run(lambda: recipe(runtime)))
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(row: Source) -> CheckLine:
            async with gate:
                place = Place(row.reader, row.title, row.url, runtime.options_of(row.reader, row.options))
                return _line(row, await visit(place, manners.ask, readers.read, runtime.clock(), most=1))

        async with runtime.open_door(manners.turn) as door, readers:
            manners.through(door)
            for done in asyncio.as_completed([one(row) for row in rows]):
                lines.append(await done)
                if step is not None:
                    step(len(lines), len(rows), lines[-1].name)
    return sorted(lines, key=lambda line: line.name)


def _line(row: Source, found: Visit) -> CheckLine:
    drafts = [
        item.draft
        for attempt in found.attempts
        if attempt.reading is not None
        for item in attempt.reading.items
        if item.judged.state is not DocumentState.QUARANTINED
    ]
    moments = [draft.published_at for draft in drafts if draft.published_at is not None]
    outcome = found.kind or ("ok" if drafts or found.left else "empty")
    advice = ADVICE.get(outcome, "" if outcome == "ok" else "look at what it says")
    return CheckLine(
        name=row.name,
        reader=row.reader,
        outcome=outcome,
        entries=len(drafts) or found.left,
        newest=max(moments, default=None),
        seconds=sum(attempt.seconds for attempt in found.attempts),
        advice="it answers, and has nothing: check that this is right" if outcome == "empty" else advice,
        said=found.error,
    )
