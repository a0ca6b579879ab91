"""Beginning a campaign: its name, its ask and its companies, the sources proposed for it, and how far it has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.canonical import organization_key
from tracker.domain.errors import NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.source_proposals import Company, Group, Place, Reason, reason
from tracker.domain.text import one_line
from tracker.linking.words import slug as slug_of
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.document import Document, Source
from tracker.models.link import Link
from tracker.models.tending import CampaignSource
from tracker.settings import config_file
from tracker.sources.edgar import Edgar
from tracker.sources.edgar_filing import API
from tracker.store import beginnings, campaigns, filings, imports, organizations, sources, work
from tracker.store.beginnings import Taken, Waiting
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.records import Names
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

LONGEST_TITLE, LONGEST_ASK, MOST_COMPANIES = 200, 500, 20
# The job that asks sources looks at once instead of at its next turn; `first_look` follows by itself.
FIRST_JOBS = ("collect_due",)
EDGAR_SECONDS = 7200
FILED_YEARS = 5


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an editor says of a new campaign.

    `companies` are slugs, `new_company` is one that we do not have yet, `called` its short names, between commas.
    """

    title: str
    ask: str
    companies: Sequence[str] = ()
    new_company: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A source proposed for a campaign. `here`: it is a source already; `ticked`: it costs nothing."""

    name: str
    title: str
    reader: str
    url: str
    reason: Reason
    ticked: bool
    here: bool
    paused: bool
    known: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is. `best` is the surest suggestion, with its document and object."""

    campaign: Campaign
    taken: Sequence[Taken]
    waiting: Waiting
    best: tuple[Link, Document, CampaignObject] | None

    @property
    def asked(self) -> int:
        """How many of the sources were asked."""
        return sum(one.source.last_tried_at is not None for one in self.taken)

    @property
    def collected(self) -> bool:
        """Whether every source has been asked once and what they brought was looked through."""
        return bool(self.taken) and self.asked == len(self.taken) and self.waiting.looked

    @property
    def step(self) -> int:
        """Which step is next: 2 sources, 3 collecting, 4 deciding, 5 there is a first row."""
        if not self.taken:
            return 2
        if self.waiting.first is not None:
            return 5
        return 4 if self.waiting.suggested else 3


def begin(runtime: Runtime, given: Beginning, by: str) -> str:
    """Make a campaign and return its slug; raises FieldsError for what cannot be kept."""
    title, ask, name = (one_line(text) for text in (given.title, given.ask, given.new_company))
    now = runtime.clock()
    with writing(runtime.engine) as session, recording(session, Cause(by, now, "A campaign was begun.")):
        _refuse(session, given, title, ask, name)
        chosen = list(dict.fromkeys(given.companies))
        if name:
            chosen.append(_new_company(session, name, given.called, runtime))
        slug = free({row.slug for row in campaigns.every(session)}, slug_of(title)[:100] or "campaign")
        entry = {"slug": slug, "title": title, "summary": "", "targets": chosen, "asks": [ask]}
        imports.campaign(session, entry, Names(session), now)
        return slug


def _refuse(session: Session, given: Beginning, title: str, ask: str, name: str) -> None:
    known = {slug for slug, _ in beginnings.choosable(session)}
    errors: dict[str, str] = {}
    if not 3 <= len(title) <= LONGEST_TITLE:
        errors["title"] = f"Write a name of 3 to {LONGEST_TITLE} characters."
    elif any(row.title == title for row in campaigns.every(session)):
        errors["title"] = f"There is a campaign “{title}” already; give this one another name."
    if not 5 <= len(ask) <= LONGEST_ASK:
        errors["ask"] = f"Say in one sentence what is asked: 5 to {LONGEST_ASK} characters."
    if unknown := set(given.companies) - known:
        errors["companies"] = f"There is no company {min(unknown)!r} here; choose from the list."
    elif not given.companies and not name:
        errors["companies"] = "Choose at least one company, or name one that is not in the list."
    elif len(given.companies) > MOST_COMPANIES:
        errors["companies"] = f"Choose {MOST_COMPANIES} companies at most; more can be added later."
    if name and not 2 <= len(name) <= LONGEST_TITLE:
        errors["new_company"] = f"Write a company's name of 2 to {LONGEST_TITLE} characters."
    elif name and not slug_of(name):
        errors["new_company"] = "Write the name with letters or digits."
    if len(given.called) > LONGEST_TITLE:
        errors["called"] = f"Write {LONGEST_TITLE} characters at most."
    if errors:
        raise FieldsError(errors)


def _new_company(session: Session, name: str, called: str, runtime: Runtime) -> str:
    """Return the slug of the company of this name; made when none has it."""
    found = organizations.by_key(session, organization_key(name))
    if found is not None:
        return found.slug
    wanted = free({row.slug for row in organizations.all_of(session)[0]}, slug_of(name)[:100])
    aliases = [text for part in called.split(",") if len(text := one_line(part)) > 1]
    entry: dict[str, Any] = {"slug": wanted, "name": name, "roles": ["issuer"], "aliases": aliases}
    cik = filings.cik_of_name(session, name)
    if cik is not None and filings.company(session, cik) is None:
        entry["identifiers"] = {"cik": f"{cik:010d}"}
    organizations.merge(session, {"organizations": [entry]})
    project_all(session, clock=runtime.clock)
    return wanted


def free(taken: Collection[str], wanted: str) -> str:
    """Return a name that is not taken: the wanted one, or that with a number."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


# --- sources ----------------------------------------------------------------------------------------------------------


def proposals(runtime: Runtime, slug: str) -> list[Proposed]:
    """Return the sources proposed for a campaign, the nearest to its companies first."""
    said = config_file(runtime.settings.config_dir, "sources.toml").get("source", [])
    known = {str(entry.get("name")): str(entry.get("known", "")) for entry in said}
    with reading(runtime.engine) as session:
        return _proposals(session, _campaign(session, slug), known)


def _proposals(session: Session, campaign: Campaign, known: dict[str, str]) -> list[Proposed]:
    campaign_id = campaign.id or 0
    companies = beginnings.companies(session, campaign_id)
    subject = " ".join([campaign.title, *beginnings.asks(session, campaign_id)])
    taken = {one.source.name for one in beginnings.taken(session, campaign_id)}
    found: list[Proposed] = []
    rows = [row for row in sources.every(session) if row.url and row.retired_at is None]
    for row in rows:
        why = reason(Place(row.reader, row.title, row.url, row.options), companies, subject)
        if why is not None:
            found.append(
                Proposed(
                    row.name, row.title or row.name, row.reader, row.url, why, ticked=not row.paused, here=True,
                    paused=row.paused, known=known.get(row.name, ""), taken=row.name in taken,
                )
            )  # fmt: skip
    found += _filings(companies, {row.options.get("cik") for row in rows}, {row.name for row in rows})
    return sorted(found, key=lambda one: (list(Group).index(one.reason.group), one.paused, one.title.lower(), one.name))


def _filings(companies: Sequence[Company], have: Collection[object], names: Collection[str]) -> list[Proposed]:
    """Return the lists of filings of companies whose number at the SEC we know and which nobody asks for yet."""
    found = []
    for company in companies:
        name = f"edgar-{slug_of(company.name)}"[:100]
        if company.cik and company.cik not in have and name not in names:
            place = Place(Edgar.name, company.name, f"{API}/submissions/CIK{company.cik:010d}.json", {})
            why = reason(place, [company], "") or Reason(Group.COMPANY, "")
            found.append(
                Proposed(
                    name, company.name, Edgar.name, place.url, why, ticked=True, here=False, paused=False,
                    known="the pattern of the publisher's own interface",
                )
            )  # fmt: skip
    return found


def take(runtime: Runtime, slug: str, names: Collection[str], by: str) -> int:
    """Follow the chosen ones of the proposed sources, at once; return how many.

    Those that were paused are asked again, those that are new are added. Raises FieldsError when none is chosen or one
    is not among the proposed.
    """
    now = runtime.clock()
    with writing(runtime.engine) as session, recording(session, Cause(by, now, f"Taken for the campaign {slug}.")):
        campaign = _campaign(session, slug)
        offered = {one.name: one for one in _proposals(session, campaign, {})}
        if unknown := set(names) - offered.keys():
            raise FieldsError({"sources": f"The source {min(unknown)!r} is not among those proposed; choose again."})
        if not names:
            raise FieldsError({"sources": "Choose at least one source: without one nothing can arrive."})
        companies = {company.name: company for company in beginnings.companies(session, campaign.id or 0)}
        rows = {row.name: row for row in sources.every(session)}
        for name in sorted(names):
            if name not in rows:
                rows[name] = _added(session, offered[name], companies[offered[name].title], now)
            row = rows[name]
            row.paused, row.paused_reason, row.paused_until = False, "", None
            row.due_at = min(row.due_at, now)
        session.flush()
        wanted = [
            CampaignSource(campaign_id=campaign.id or 0, source_id=rows[name].id or 0, taken_by=by, taken_at=now)
            for name in sorted(names)
        ]
        beginnings.take(session, wanted)
        # Whoever runs the jobs looks every few seconds; what is due now is begun then.
        work.hasten(session, FIRST_JOBS, now)
        return len(wanted)


def _added(session: Session, one: Proposed, company: Company, now: datetime) -> Source:
    row = Source(
        name=one.name,
        reader=one.reader,
        title=one.title,
        url=one.url,
        options={"cik": company.cik, "since": f"{now.year - FILED_YEARS}-01-01"},
        every_seconds=EDGAR_SECONDS,
        due_at=now,
    )
    session.add(row)
    session.flush()
    return row


def progress(runtime: Runtime, slug: str) -> Progress:
    """Return how far a campaign has come; raises NotFoundError for an unknown one."""
    with reading(runtime.engine) as session:
        campaign = _campaign(session, slug)
        number = campaign.id or 0
        return Progress(
            campaign,
            beginnings.taken(session, number),
            beginnings.waiting(session, number),
            beginnings.best_suggestion(session, number),
        )


def _campaign(session: Session, slug: str) -> Campaign:
    campaign = campaigns.by_slug(session, slug)
    if campaign is None:
        raise NotFoundError(f"looking for the campaign {slug!r}: there is none; the front page lists all")
    return campaign
