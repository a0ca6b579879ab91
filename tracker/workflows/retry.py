"""Reading again, from the bytes kept, what could not be read: after a reader was mended. Nobody is asked.

Kept bytes are old. What could be read since, from a newer answer or from this one, says what its source says now; so
the newest answers are read first, and only what is still unread is taken from them.
"""

import asyncio
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import NotFoundError
from tracker.domain.items import Fetched, Request
from tracker.domain.vocab import DocumentState
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.store.sources import Unread
from tracker.workflows.brought import Brought, Counts
from tracker.workflows.keep import keep
from tracker.workflows.known import recipe
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories

Step = Callable[[int, int, str], None]


@dataclass(slots=True)
class Retried:
    """What reading again brought. `still` answers cannot be read even now."""

    answers: int = 0
    still: int = 0
    counts: Counts | None = None

    def words(self) -> str:
        """Return it for a person."""
        if not self.answers:
            return "nothing is waiting to be read again"
        counts = self.counts or Counts()
        return (
            f"{self.answers} answers read again: {counts.new} documents new, {counts.changed} mended, "
            f"{counts.screened} off the subject, {counts.quarantined} entries and {self.still} answers still unreadable"
        )


def retry(runtime: Runtime, names: Sequence[str] = (), step: Step | None = None) -> Retried:
    """Read every answer again in which something could not be read, or those of the named sources.

    Each answer is one transaction. Raises NotFoundError for a name there is not.
    """
    with reading(runtime.engine) as session:
        known = {row.name for row in sources.every(session)}
        if unknown := set(names) - known:
            raise NotFoundError(f"no source is called {min(unknown)!r}; `tracker source list` shows all names")
        waiting = sources.unread(session, names)
    return asyncio.run(_retry(runtime, waiting, step)) if waiting else Retried()


async def _retry(runtime: Runtime, waiting: Sequence[Unread], step: Step | None) -> Retried:
    report, total = Retried(), Counts()

    async def today() -> Any:
        return recipe(runtime)

    async with Readers.of(runtime.settings, today) as readers:
        for row in waiting:
            found = await readers.read(row.reader, _answer(row), runtime.clock())
            report.answers += 1
            if found.outcome == "ok":
                total.add(_kept(runtime, row, found))
            else:
                report.still += 1
            if step is not None:
                step(report.answers, len(waiting), row.source)
    report.counts = total
    tell_stories(runtime)
    return report


def _kept(runtime: Runtime, row: Unread, found: Reading) -> Counts:
    with writing(runtime.engine) as session:
        known = sources.readable(session, row.source_id, [item.draft.key for item in found.items])
        items = [item for item in found.items if item.draft.key not in known]
        bodies = {item.asked: row.body_hash for item in items}
        [taken] = keep(session, [Brought(row.source_id, items, bodies)], runtime.clock)
        # One that is no more readable than before is the same to `keep`, and counts all the same.
        taken.counts.quarantined = sum(item.judged.state is DocumentState.QUARANTINED for item in items)
        if not taken.counts.quarantined:
            sources.was_read(session, row.fetch_id)
        return taken.counts


def _answer(row: Unread) -> Fetched:
    """Return an answer as it came, as far as it was kept."""
    asked: Mapping[str, Any] = row.asked
    request = Request(
        url=str(asked.get("url") or row.url),
        accept=str(asked.get("accept") or "*/*"),
        context=asked.get("context") or {},
        body=asked.get("body"),
        crawl=bool(asked.get("crawl")),
    )
    headers = {"content-type": row.media_type}
    return Fetched(row.url, row.status or 200, zlib.decompress(row.compressed), headers, row.started_at, request)
