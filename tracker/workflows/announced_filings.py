"""Filings that a feed or a search only told of: the document itself is fetched, to be read like any other filing.

Only those of companies we know and of forms that are read: through the door, within the SEC's budget, a filing at a
time. EDGAR's feeds lead to a filing's index page, which says which of its documents it is.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import Session

from tracker.domain.errors import FetchError
from tracker.sources import edgar, edgar_filing
from tracker.sources.edgar_index import filing_request
from tracker.store import documents, filings, links, pages, visits
from tracker.store.pages import Wanted
from tracker.workflows.filed.readers import BY_FORM
from tracker.workflows.known import recipe
from tracker.workflows.manners import Manners
from tracker.workflows.project import project
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading
from tracker.workflows.runtime import Runtime
from tracker.workflows.whole_pages import claim, not_had
from tracker.workflows.writer import Writer

if TYPE_CHECKING:
    from tracker.domain.items import Request

log = logging.getLogger(__name__)

FORMS = frozenset(form for form, reader in BY_FORM.items() if not reader.of_copy)
# The index page, and the document that it names.
MOST_STEPS = 2


@dataclass(slots=True)
class AnnouncedFilings:
    """What a run did."""

    kept: int = 0
    failed: int = 0

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return f"{self.kept} filings fetched that were only told of, {self.failed} not to be had"


def fetch_announced_filings(runtime: Runtime) -> AnnouncedFilings:
    """Fetch every filing that is due."""
    return asyncio.run(_fetch(runtime))


async def _fetch(runtime: Runtime) -> AnnouncedFilings:
    report = AnnouncedFilings()
    with Writer(runtime.engine) as writer:
        await writer.transaction(lambda session: pages.want_filings(session, FORMS, runtime.clock()))
        manners = Manners(runtime, writer.transaction)
        mine = partial(claim, runtime, filings=True)
        batch = await writer.transaction(mine)
        if not batch:
            return report
        readers = Readers.of(runtime.settings, lambda: writer.run(lambda: recipe(runtime)))
        async with runtime.open_door(manners.turn) as door, readers:
            manners.through(door)
            while batch:
                for page in batch:
                    found = await _read(page, manners, readers, runtime)
                    await _kept(writer, runtime, page, found, report)
                batch = await writer.transaction(mine)
    return report


async def _read(page: Wanted, manners: Manners, readers: Readers, runtime: Runtime) -> Reading | FetchError:
    """Ask for a filing, by way of its index page where that is all we know; return what was read of it."""
    accession = edgar_filing.ACCESSION.search(page.url)
    about = {
        "company": page.publisher,
        "cik": filings.cik_in(page.url),
        "form": page.form,
        "accession": accession[0] if accession else page.url,
        "filed": page.filed,
        "reported": "",
    }
    asked: Request | None = filing_request(page.url, about)
    found = Reading("unreadable", f"reading {page.url}: its index page leads to no document; open it in a browser")
    for _ in range(MOST_STEPS):
        if asked is None:
            break
        try:
            answer = await manners.ask(asked)
        except FetchError as error:
            return error
        found = await readers.read(edgar.Edgar.name, answer, runtime.clock())
        asked = found.further[0] if found.further else None
    return found


async def _kept(
    writer: Writer, runtime: Runtime, page: Wanted, found: Reading | FetchError, report: AnnouncedFilings
) -> None:
    """Keep a filing in one transaction. One that the database refuses is left for good, so that the others go on."""
    try:
        await writer.transaction(partial(_keep, runtime, page, found, report))
    except Exception as problem:  # what it holds comes from outside
        log.exception("filing not kept", extra={"url": page.url})
        reason = str(problem).partition("\n")[0]
        refused = FetchError(f"keeping {page.url}: {type(problem).__name__}: {reason}; report it", kind="not_kept")
        await writer.transaction(partial(_keep, runtime, page, refused, report))


def _keep(
    runtime: Runtime, page: Wanted, found: Reading | FetchError, report: AnnouncedFilings, session: Session
) -> None:
    now = runtime.clock()
    if not pages.held(session, page.document_id, runtime.holder):
        return
    if isinstance(found, FetchError) or not found.items:
        report.failed += not_had(runtime, page, found, session)
        return
    [studied] = found.items
    if found.packed is not None:
        visits.keep_bodies(session, {found.packed.hash: found.packed})
    # What it was called when it was told of says as much, and whether it is about a vote is not known yet.
    documents.change(
        session,
        page.document_id,
        replace(studied.draft, title=page.title),
        studied.judged,
        body_hash=found.packed.hash if found.packed is not None else None,
        now=now,
        whole_page=True,
        own_body=True,
    )
    documents.readdress(session, page.document_id, studied.draft)
    links.suggest(session, page.document_id, studied.proposals, now, looked_for=studied.looked_for)
    project(session, document_ids=[page.document_id], clock=runtime.clock)
    pages.done(session, page.document_id)
    report.kept += 1
