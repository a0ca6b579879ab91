"""Fetching the pages behind summaries: only of relevant documents, only where the site's robots.txt allows it.

The text of the page takes the summary's place as a further version, so that it can be searched, judged and linked; it
is no change of what was published, and is not shown as one.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from tracker.domain.canonical import canonical_url
from tracker.domain.errors import FetchError
from tracker.domain.failures import weight
from tracker.domain.items import Request
from tracker.domain.text import strip_controls
from tracker.ingest.dedupe import is_front_page
from tracker.store import addresses, documents, hosts, links, pages, visits
from tracker.store.pages import Wanted
from tracker.workflows.known import recipe
from tracker.workflows.manners import HOST_WIDE, RESTING, Manners, rest_of, rest_until
from tracker.workflows.project import project
from tracker.workflows.readers import Readers
from tracker.workflows.readings import WHOLE_PAGE, Reading
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories
from tracker.workflows.writer import Writer

log = logging.getLogger(__name__)

AT_ONCE = 16
PUT_OFF = timedelta(hours=6)


@dataclass(slots=True)
class WholePages:
    """What a run did."""

    kept: int = 0
    shorter: int = 0
    failed: int = 0

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return f"{self.kept} pages kept whole, {self.shorter} no longer than their summary, {self.failed} not to be had"


def fetch_whole_pages(runtime: Runtime) -> WholePages:
    """Fetch every page that is due."""
    if not runtime.settings.whole_pages:
        return WholePages()
    report = asyncio.run(_fetch(runtime))
    tell_stories(runtime)
    return report


async def _fetch(runtime: Runtime) -> WholePages:
    settings, report = runtime.settings, WholePages()
    with Writer(runtime.engine) as writer:
        manners = Manners(runtime, writer.transaction)
        batch = await writer.transaction(partial(claim, runtime))
        if not batch:
            return report
        readers = Readers.of(settings, lambda: writer.run(lambda: recipe(runtime)))
        async with runtime.open_door(manners.turn) as door, readers:
            manners.through(door)
            while batch:
                found = await asyncio.gather(*(_read(page, manners, readers, runtime) for page in batch))
                for page, (outcome, moved_to) in zip(batch, found, strict=True):
                    await _kept(writer, runtime, replace(page, moved_to=moved_to), outcome, report)
                batch = await writer.transaction(partial(claim, runtime))
    return report


def claim(runtime: Runtime, session: Session, *, filings: bool = False) -> list[Wanted]:
    """Claim pages; those whose server wants rest are given back unasked."""
    seconds, now = runtime.settings.collect_lease_seconds, runtime.clock()
    while claimed := pages.claim(
        session, now=now, holder=runtime.holder, seconds=seconds, limit=AT_ONCE, filings=filings
    ):
        rests = hosts.resting(session, {rest_of(page.url) for page in claimed}, now)
        for page in claimed:
            if rest_of(page.url) in rests:
                pages.postpone(session, page.document_id, rests[rest_of(page.url)])
        if chosen := [page for page in claimed if rest_of(page.url) not in rests]:
            return chosen
    return []


async def _read(
    page: Wanted, manners: Manners, readers: Readers, runtime: Runtime
) -> tuple[Reading | FetchError, str | None]:
    """Return what the page says, and where it has moved for good."""
    request = Request(
        page.url,
        accept="text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.1",
        context={"title": page.title},
        crawl=True,
    )
    try:
        answer = await manners.ask(request)
    except FetchError as error:
        return error, None
    return await readers.read(WHOLE_PAGE, answer, runtime.clock()), answer.moved_to


async def _kept(
    writer: Writer, runtime: Runtime, page: Wanted, found: Reading | FetchError, report: WholePages
) -> None:
    """Keep a page in one transaction. One that the database refuses is left for good, so that the others go on."""
    try:
        await writer.transaction(partial(_keep, runtime, page, found, report))
    except Exception as problem:  # what it holds comes from outside
        log.exception("page not kept", extra={"url": page.url})
        reason = str(problem).partition("\n")[0]
        refused = FetchError(f"keeping {page.url}: {type(problem).__name__}: {reason}; report it", kind="not_kept")
        await writer.transaction(partial(_keep, runtime, page, refused, report))


def not_had(runtime: Runtime, page: Wanted, found: Reading | FetchError, session: Session) -> bool:
    """Put off a page that was not to be had; return whether that counts against it, as a server's wish
    for rest does not.
    """
    now = runtime.clock()
    if isinstance(found, FetchError) and found.kind in HOST_WIDE | {RESTING}:
        until = rest_until(now, found.retry_after, runtime.settings.retry_after_failure_seconds)
        if found.kind in HOST_WIDE:
            hosts.rest(session, rest_of(page.url), until, str(found))
        pages.postpone(session, page.document_id, until)
        return False
    again = isinstance(found, FetchError) and weight(found.kind) < 1
    error = strip_controls(str(found) if isinstance(found, FetchError) else found.error)
    pages.put_off(session, page.document_id, now + PUT_OFF * (page.tries + 1), error, again=again)
    return True


def _move(session: Session, page: Wanted, now: datetime) -> None:
    """Note where the page has moved for good. Many a site sends dead pages on to its front page: that is no move."""
    address = canonical_url(page.moved_to)
    if page.moved_to and address and not is_front_page(address):
        addresses.move(session, page.document_id, page.moved_to, address, now)


def _keep(runtime: Runtime, page: Wanted, found: Reading | FetchError, report: WholePages, session: Session) -> None:
    now = runtime.clock()
    if not pages.held(session, page.document_id, runtime.holder):
        return
    if isinstance(found, FetchError) or not found.items:
        report.failed += not_had(runtime, page, found, session)
        return
    _move(session, page, now)
    studied = found.items[0]
    if len(studied.draft.text) <= documents.newest_length(session, page.document_id):
        report.shorter += 1
        pages.done(session, page.document_id)
        return
    packed = found.packed
    if packed is not None:
        visits.keep_bodies(session, {packed.hash: packed})
    documents.change(
        session,
        page.document_id,
        studied.draft,
        studied.judged,
        body_hash=packed.hash if packed is not None else None,
        now=now,
        whole_page=True,
        own_body=True,
    )
    links.suggest(session, page.document_id, studied.proposals, now, looked_for=studied.looked_for)
    project(session, document_ids=[page.document_id], clock=runtime.clock)
    pages.done(session, page.document_id)
    report.kept += 1
