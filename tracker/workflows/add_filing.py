"""A filing that somebody has at hand: kept like one that EDGAR sent, then read into the archive."""

import asyncio
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.canonical import canonical_url, organization_key
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.items import Fetched, Request
from tracker.domain.vocab import DocumentState
from tracker.models.document import Sighting
from tracker.models.organization import Organization
from tracker.sources import edgar
from tracker.sources.edgar_filing import document_request
from tracker.store import filings, organizations, sources
from tracker.store.engine import reading, writing
from tracker.workflows.add_document import by_hand
from tracker.workflows.brought import Brought
from tracker.workflows.filed.readers import BY_FORM, FILING
from tracker.workflows.keep import keep
from tracker.workflows.known import recipe
from tracker.workflows.read_filing import FilingsReport, read_filings
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading, Recipe
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories


@dataclass(frozen=True, slots=True)
class GivenFiling:
    """What a person hands in: the document's bytes, its form, whose it is (a slug or name), its day and address."""

    body: bytes
    form: str
    company: str
    filed_on: date
    url: str


def add_filing(runtime: Runtime, given: GivenFiling) -> FilingsReport:
    """Keep one filing and read it; the same bytes are kept once.

    Raises NotFoundError for a company that is none of ours, InputError for a form that nobody reads, an address that is
    none, and bytes in which there is no text.
    """
    if given.form not in BY_FORM or BY_FORM[given.form].of_copy:
        forms = ", ".join(form for form, reader in BY_FORM.items() if not reader.of_copy)
        raise InputError(f"adding a filing of form {given.form!r}: forms that are read are {forms}")
    if canonical_url(given.url) is None:
        raise InputError(f"adding a filing: {given.url!r} is no address; say with --url where it can be read")
    with reading(runtime.engine) as session:
        company = _company(session, given.company)
        owner = filings.company(session, filings.cik_in(given.url))
    if owner is not None and owner.id != company.id:
        raise InputError(
            f"adding a filing of {company.name}: its address is in the folder of {owner.name}; say whose it is"
        )
    found = asyncio.run(_read(runtime, given, company.name))
    if found.outcome != "ok" or not found.items:
        raise InputError(f"adding the {given.form}: {found.error or 'there is no text in it'}")
    [studied] = found.items
    if studied.judged.state is DocumentState.QUARANTINED:
        raise InputError(f"adding the {given.form}: it cannot be read ({studied.judged.state_reason})")
    with writing(runtime.engine) as session:
        source = by_hand(session, runtime.clock())
        bodies = {studied.asked: sources.keep_body(session, given.body, "")}
        keep(session, [Brought(source.id or 0, [studied], bodies)], runtime.clock)
        document_id = session.get_one(Sighting, (source.id, studied.draft.key)).document_id
    tell_stories(runtime)
    return read_filings(runtime, ids=[document_id], again=True)


def _company(session: Session, called: str) -> Organization:
    """Return a company known by a slug, a name or an alias."""
    rows, *_ = organizations.all_of(session)
    found = next((row for row in rows if row.slug == called), None)
    found = found or organizations.by_key(session, organization_key(called))
    if found is None:
        raise NotFoundError(f"no company is called {called!r}; add it to config/names/companies.toml, with its cik")
    return found


async def _read(runtime: Runtime, given: GivenFiling, company: str) -> Reading:
    async def today() -> Recipe:
        return recipe(runtime)

    filed = given.filed_on.isoformat()
    about = {"form": given.form, "accession": given.url, "filed": filed, "reported": "", "company": company}
    request: Request = document_request(given.url, about)
    answer = Fetched(given.url, 200, given.body, {}, runtime.clock(), request)
    async with Readers.of(runtime.settings, today) as readers:
        # A paper that its reader cannot read is refused before anything of it is kept.
        tried = await readers.read(f"{FILING}{BY_FORM[given.form].name}", answer, runtime.clock())
        return await readers.read(edgar.Edgar.name, answer, runtime.clock()) if tried.filing else tried
