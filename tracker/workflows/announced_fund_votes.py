"""Votes of funds that investors we follow have filed: fetched whole into a file, read row by row, taken where they are
on our ballot items. Forms N-PX may have hundreds of megabytes, so only what was told of them is kept as a document.
"""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.domain.errors import FetchError, InputError, ParseError
from tracker.domain.failures import weight
from tracker.domain.items import Request
from tracker.domain.text import strip_controls
from tracker.models.filing import FilingOutcome
from tracker.sources.edgar_filing import FUND_VOTES
from tracker.store import filings, hosts
from tracker.store.engine import reading, writing
from tracker.store.filings import Came, Filed
from tracker.workflows.filed.fund_votes import take_fund_votes
from tracker.workflows.manners import HOST_WIDE, RESTING, Manners, rest_of, rest_until
from tracker.workflows.runtime import Runtime
from tracker.workflows.writer import Writer

log = logging.getLogger(__name__)

READER = ("fund votes", "1")
MOST_BYTES, MOST_SECONDS = 2 * 1024**3, 3600.0


@dataclass(slots=True)
class AnnouncedVotes:
    """What a run did."""

    read: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0

    def __str__(self) -> str:
        """Return one line for the job's record."""
        votes = f"{self.new} votes new, {self.changed} changed"
        return f"{self.read} filings of funds' votes read, {self.failed} not to be had: {votes}"


def take_announced_fund_votes(runtime: Runtime) -> AnnouncedVotes:
    """Fetch and take every Form N-PX that was told of and not read yet, the first filed first."""
    with reading(runtime.engine) as session:
        told = filings.waiting(session, dict.fromkeys(FUND_VOTES, READER), copies=tuple(FUND_VOTES))
        rows = [filings.one(session, number) for number, *_ in sorted(told, key=lambda row: (row[2], row[0]))]
        rests = hosts.resting(session, {rest_of(row.url) for row in rows if row}, runtime.clock())
    waiting = [row for row in rows if row is not None and rest_of(row.url) not in rests]
    return asyncio.run(_take(runtime, waiting)) if waiting else AnnouncedVotes()


async def _take(runtime: Runtime, waiting: list[Filed]) -> AnnouncedVotes:
    report = AnnouncedVotes()
    with Writer(runtime.engine) as writer:
        manners = Manners(runtime, writer.transaction)
        async with runtime.open_door(manners.turn) as door:
            manners.through(door)
            for filed in waiting:
                came = await _one(runtime, manners, filed, report)
                if came is None:
                    break
                with writing(runtime.engine) as session:
                    filings.was_read(session, filed, READER, came, runtime.clock())
    return report


async def _one(runtime: Runtime, manners: Manners, filed: Filed, report: AnnouncedVotes) -> Came | None:
    """Return what came of one filing; None where its server is to be left alone for now."""
    request = Request(filed.url, accept="text/plain, */*;q=0.1")
    try:
        with TemporaryDirectory(prefix="fund-votes-") as folder:
            path = Path(folder) / "votes.txt"
            with path.open("w+b") as file:
                await manners.save(request, file, max_bytes=MOST_BYTES, seconds=MOST_SECONDS)
            day = filed.filed_on.exact_day if filed.filed_on else None
            taken = await asyncio.to_thread(take_fund_votes, runtime, path, url=filed.url, filed=day)
    except FetchError as error:
        return _not_had(runtime, filed, error, report)
    except (ParseError, InputError) as error:
        report.failed += 1
        return Came(FilingOutcome.UNREADABLE, strip_controls(str(error)))
    report.read += 1
    report.new, report.changed = report.new + taken.new, report.changed + taken.changed
    outcome = FilingOutcome.WRITTEN if taken.matched else FilingOutcome.NOTHING
    said, *notes = str(taken).splitlines()
    return Came(outcome, f"{said[:1].upper()}{said[1:]}.", tuple(notes))


def _not_had(runtime: Runtime, filed: Filed, error: FetchError, report: AnnouncedVotes) -> Came | None:
    """Return that a filing cannot be had, or None where it may be another time."""
    if error.kind in HOST_WIDE | {RESTING}:
        until = rest_until(runtime.clock(), error.retry_after, runtime.settings.retry_after_failure_seconds)
        with writing(runtime.engine) as session:
            hosts.rest(session, rest_of(filed.url), until, str(error))
        return None
    report.failed += 1
    log.warning("votes of funds not to be had", extra={"document": filed.document_id, "error": str(error)[:300]})
    return None if weight(error.kind) < 1 else Came(FilingOutcome.UNREADABLE, strip_controls(str(error)))
