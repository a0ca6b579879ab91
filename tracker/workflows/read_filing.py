"""Collected filings read into the archive: meetings, ballots, counts, resolutions, links; each in a transaction.

A filing is read apart, within limits of time and memory, from the bytes kept of it. Reading the same one twice changes
nothing. What people gave is not overwritten: what a reader finds otherwise stands beside it as evidence.
"""

import asyncio
import logging
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.errors import ConflictError, DatabaseError, NotFoundError
from tracker.domain.items import Fetched, Request
from tracker.domain.text import plural
from tracker.models.filing import FilingOutcome
from tracker.store import filings
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.filings import Came, Filed
from tracker.workflows.filed.awards import keep_award
from tracker.workflows.filed.letters import keep_no_action, keep_solicitation
from tracker.workflows.filed.moved import keep_moved
from tracker.workflows.filed.proxy import keep_proxy
from tracker.workflows.filed.readers import BY_FORM, FILING, FilingReader
from tracker.workflows.filed.record import Record
from tracker.workflows.filed.results import keep_results
from tracker.workflows.known import recipe
from tracker.workflows.project import project
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading, Recipe
from tracker.workflows.runtime import Runtime

log = logging.getLogger(__name__)

Step = Callable[[int, int, str], None]
# What is about nothing we follow may be by then: its proxy statement has come, or its company was added.
PLACED_BY_THEN = timedelta(days=1)
KEEPERS: dict[str, Callable[[Record], Came]] = {
    "voting results": keep_results,
    "proxy statement": keep_proxy,
    "proxy supplement": keep_moved,
    "exempt solicitation": keep_solicitation,
    "no-action letter": keep_no_action,
    "contract award": keep_award,
}
# Proxy statements first: they say what a ballot's items are, and the rest points at these.
ORDER = ("DEF 14A", "DEFA14A", "NO ACT", "PX14A6G", "8-K", "8-K/A", "award")


@dataclass(frozen=True, slots=True)
class FiledLine:
    """What became of one filing."""

    document_id: int
    form: str
    title: str
    came: Came


@dataclass(slots=True)
class FilingsReport:
    """What a run read, filing by filing."""

    lines: list[FiledLine] = field(default_factory=list)

    def count(self, outcome: FilingOutcome) -> int:
        """Return how many filings came to this."""
        return sum(line.came.outcome is outcome for line in self.lines)

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return (
            f"{plural(len(self.lines), 'filing')} read: {self.count(FilingOutcome.WRITTEN)} written into the archive, "
            f"{self.count(FilingOutcome.NOTHING)} with nothing to read, {self.count(FilingOutcome.UNPLACED)} about "
            f"nothing we follow, {self.count(FilingOutcome.UNREADABLE)} unreadable"
        )


def read_filings(
    runtime: Runtime, *, ids: Collection[int] | None = None, again: bool = False, step: Step | None = None
) -> FilingsReport:
    """Read every kept filing that was not read yet, or by an older version of its reader; or those of `ids`.

    Raises NotFoundError for a number that is no filing's.
    """
    report = FilingsReport()
    with reading(runtime.engine) as session:
        waiting = _waiting(session, runtime.clock() - PLACED_BY_THEN, ids=ids, again=again)
    if ids is not None and again and (missing := set(ids) - set(waiting)):
        raise NotFoundError(f"document {min(missing)} is no filing that we read, or there is none of that number")
    if waiting:
        asyncio.run(_read(runtime, waiting, report, step))
    return report


def _waiting(session: Session, stale: datetime, *, ids: Collection[int] | None, again: bool) -> list[int]:
    """Return the documents to be read, in the order in which they build on each other."""
    readers = {form: reader.called for form, reader in BY_FORM.items()}
    copies = [form for form, reader in BY_FORM.items() if reader.of_copy]
    rows = filings.waiting(session, readers, copies=copies, ids=ids, again=again, stale=stale)
    return [number for number, *_ in sorted(rows, key=lambda row: (ORDER.index(row[1]), row[2], row[0]))]


async def _read(runtime: Runtime, waiting: list[int], report: FilingsReport, step: Step | None) -> None:
    async def today() -> Recipe:
        return recipe(runtime)

    async with Readers.of(runtime.settings, today) as readers:
        for number, document_id in enumerate(waiting, 1):
            with reading(runtime.engine) as session:
                filed = filings.one(session, document_id)
            if filed is None:
                continue
            reader = BY_FORM[filed.form]
            found = await readers.read(f"{FILING}{reader.name}", _bytes_of(filed, reader, runtime), runtime.clock())
            try:
                came = _keep(runtime, filed, reader, found)
            except (ConflictError, DatabaseError):
                log.warning("filing left for the next run", extra={"document": filed.document_id})
                continue
            report.lines.append(FiledLine(filed.document_id, filed.form, filed.title, came))
            if step is not None:
                step(number, len(waiting), filed.title)


def _bytes_of(filed: Filed, reader: FilingReader, runtime: Runtime) -> Fetched:
    body = filed.html.encode() if reader.of_copy else zlib.decompress(filed.compressed)
    headers = {"content-type": "text/html; charset=utf-8" if reader.of_copy else filed.media_type}
    return Fetched(filed.url, 200, body, headers, runtime.clock(), Request(filed.url, accept="*/*"))


def _keep(runtime: Runtime, filed: Filed, reader: FilingReader, found: Reading) -> Came:
    """Write what was found in one transaction. One that the database refuses is written down as unreadable."""
    try:
        return _written(runtime, filed, reader, found)
    except (ConflictError, DatabaseError):  # a rival's write, a busy database: the next run tries again
        raise
    except Exception as problem:  # what a filing holds comes from outside
        log.exception("filing not kept", extra={"document": filed.document_id, "reader": reader.name})
        reason = str(problem).partition("\n")[0]
        said = f"Keeping what was read failed ({type(problem).__name__}: {reason}); report it."
        came = Came(FilingOutcome.UNREADABLE, said)
        with writing(runtime.engine) as session:
            filings.was_read(session, filed, reader.called, came, runtime.clock())
        return came


def _written(runtime: Runtime, filed: Filed, reader: FilingReader, found: Reading) -> Came:
    with writing(runtime.engine) as session:
        if found.filing is None:
            came = Came(FilingOutcome.UNREADABLE, found.error)
        else:
            filings.hold(session, filed)
            record = Record(session, filed, found.filing, reader, runtime.clock)
            with recording(session, _cause(record)):
                came = KEEPERS[reader.name](record)
                record.offers.write()
            project(session, object_ids=record.touched, document_ids=[filed.document_id], clock=runtime.clock)
        filings.was_read(session, filed, reader.called, came, runtime.clock())
    return came


def _cause(record: Record) -> Cause:
    """Return what a filing's values are corrected by: the filing itself."""
    filed = record.filed
    on = f" filed {filed.filed_on.words()}" if filed.filed_on else ""
    return Cause(record.origin.reader, record.now, f"Read from the {filed.form}{on}.", filed.document_id, filed.url)
