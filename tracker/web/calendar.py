"""What is due: statutory deadlines, meetings, answers and commitments, each with its rule, anchor and basis."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, Response, render_template, request, url_for

from tracker.domain.errors import InputError
from tracker.models.campaign import Campaign
from tracker.store import calendar, campaigns, deadlines
from tracker.store.calendar import Entry
from tracker.store.deadlines import Due, DueKind
from tracker.web import pages
from tracker.web.out import ical

bp = Blueprint("calendar", __name__)

KIND_WORDS = {
    DueKind.DEADLINE: "Deadline",
    DueKind.MEETING: "Meeting",
    DueKind.ANSWER: "Answer to a letter",
    DueKind.COMMITMENT: "Commitment",
}
# How far back a calendar goes: a program that was switched off for months still learns what was cancelled meanwhile.
KEPT = timedelta(days=365)
PER_PAGE = 100
# More companies than these are not all offered: a name is typed.
MOST_COMPANIES = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the calendar; the ids are those behind campaign and company."""

    kinds: tuple[DueKind, ...]
    campaign: Campaign | None
    company: str | None
    company_id: int | None

    @property
    def campaign_id(self) -> int | None:
        """The id of the campaign, if one is asked for."""
        return self.campaign.id if self.campaign else None


@bp.get("/calendar")
def index() -> str:
    """List what lies ahead by month, page by page; campaign, company and kinds stand in the address."""
    with pages.reading() as session:
        known, asked = _asked(session)
        found = _upcoming(session, asked)
    shown = _of_kinds(found, asked.kinds)
    page = pages.page_of(_after(shown)[: PER_PAGE + 1], PER_PAGE, lambda due: (due.on.isoformat(), due.key))
    months = [
        (f"{first:%B %Y}", list(rows)) for first, rows in groupby(page.rows, key=lambda due: due.on.replace(day=1))
    ]
    companies = sorted({due.company for due in found if due.company}, key=str.casefold)
    slug, kinds = asked.campaign.slug if asked.campaign else None, [kind.value for kind in asked.kinds]
    return render_template(
        "calendar/index.html",
        months=months,
        page=page,
        total=len(shown),
        campaigns=list(known.values()),
        campaign=slug,
        company=asked.company,
        companies=companies if len(companies) <= MOST_COMPANIES else [],
        kinds=[(kind, words, sum(due.kind is kind for due in found)) for kind, words in KIND_WORDS.items()],
        selected=asked.kinds,
        kind_labels=KIND_WORDS,
        narrowed=bool(slug or kinds or asked.company),
        ics=url_for(".as_ical", campaign=slug, company=asked.company, kind=kinds),
    )


def asked_for() -> list[Due]:
    """Return what lies ahead under the filters in the address."""
    with pages.reading() as session:
        _, asked = _asked(session)
        return _of_kinds(_upcoming(session, asked), asked.kinds)


def _asked(session: pages.Session) -> tuple[dict[str, Campaign], Asked]:
    """Return every campaign by its slug, and what the address asks; raises InputError for a name nothing has."""
    kinds, slug = pages.codes("kind", DueKind), request.args.get("campaign") or None
    company = request.args.get("company") or None
    known = _campaigns(session, slug)
    company_id = calendar.company_id(session, company) if company else None
    if company and company_id is None:
        raise InputError(
            f"The filter “company” does not know “{company}”. It takes a company's name, as the rows have it."
        )
    return known, Asked(kinds, known[slug] if slug else None, company, company_id)


def _upcoming(session: pages.Session, asked: Asked) -> list[Due]:
    return deadlines.upcoming(session, today=pages.today(), campaign_id=asked.campaign_id, company_id=asked.company_id)


def _after(rows: list[Due]) -> list[Due]:
    """Return the rows below the place in the address; where its row is gone, all from its day on, so none is lost."""
    key = pages.key_argument(2)
    if key is None:
        return rows
    try:
        day = date.fromisoformat(key[0])
    except ValueError as error:
        raise InputError("This page of the calendar cannot be found again: start from the first page.") from error
    begin = next((place for place, due in enumerate(rows, 1) if (due.on, due.key) == (day, key[1])), None)
    return rows[begin:] if begin is not None else [due for due in rows if due.on >= day]


def _of_kinds(found: Iterable[Due], kinds: Collection[DueKind]) -> list[Due]:
    return [due for due in found if not kinds or due.kind in kinds]


@bp.get("/calendar.ics")
def as_ical() -> Response:
    """Give the same dates to calendar programs; they ask for changes and cancellations once a day."""
    with pages.reading() as session:
        _, asked = _asked(session)
        found = calendar.entries(
            session,
            since=pages.today() - KEPT,
            campaign_id=asked.campaign_id,
            company_id=asked.company_id,
            kinds=asked.kinds,
        )
    name = f"{asked.campaign.title}: dates" if asked.campaign else "Shareholder and advocacy campaigns: dates"
    return ical.calendar(name, found, addresses=_addresses(found), kinds=KIND_WORDS)


@bp.get("/campaigns/<slug>/calendar.ics")
def of_campaign(slug: str) -> Response:
    """Give one campaign's dates to calendar programs."""
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        if campaign is None:
            known = {row.slug: (row.title, url_for(".of_campaign", slug=row.slug)) for row in campaigns.every(session)}
            raise pages.missing("campaign", slug, known)
        found = calendar.entries(session, since=pages.today() - KEPT, campaign_id=campaign.id)
    return ical.calendar(f"{campaign.title}: dates", found, addresses=_addresses(found), kinds=KIND_WORDS)


def _campaigns(session: pages.Session, slug: str | None) -> dict[str, Campaign]:
    """Return every campaign by its slug; raise InputError where `slug` is none of them."""
    known = {row.slug: row for row in campaigns.every(session)}
    if slug is not None and slug not in known:
        raise InputError(f"The filter “campaign” does not know “{slug}”. It takes: {', '.join(known)}.")
    return known


def _addresses(found: Iterable[Entry]) -> list[str]:
    """Return for each date the full address of the page of what it comes from; the calendar's own where it has none."""
    site = pages.site()
    return [f"{site}{pages.object_url(entry.object_kind, entry.object_slug) or url_for('.index')}" for entry in found]
