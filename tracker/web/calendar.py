"""What is due: statutory deadlines, meetings, answers and commitments, each with its rule, anchor and basis."""

from collections.abc import Collection, Iterable
from datetime import timedelta
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


@bp.get("/calendar")
def index() -> str:
    """List what lies ahead by month; campaign and kinds stand in the address."""
    kinds, slug = pages.codes("kind", DueKind), request.args.get("campaign") or None
    with pages.reading() as session:
        known = _campaigns(session, slug)
        found = deadlines.upcoming(session, today=pages.today(), campaign_id=known[slug].id if slug else None)
    shown = _of_kinds(found, kinds)
    months = [(f"{first:%B %Y}", list(rows)) for first, rows in groupby(shown, key=lambda due: due.on.replace(day=1))]
    return render_template(
        "calendar/index.html",
        months=months,
        campaigns=list(known.values()),
        campaign=slug,
        kinds=[(kind, words, sum(due.kind is kind for due in found)) for kind, words in KIND_WORDS.items()],
        selected=kinds,
        kind_labels=KIND_WORDS,
        narrowed=bool(slug or kinds),
        ics=url_for(".as_ical", campaign=slug, kind=[kind.value for kind in kinds]),
    )


def asked_for() -> list[Due]:
    """Return what lies ahead under the filters in the address."""
    slug = request.args.get("campaign") or None
    with pages.reading() as session:
        known = _campaigns(session, slug)
        found = deadlines.upcoming(session, today=pages.today(), campaign_id=known[slug].id if slug else None)
    return _of_kinds(found, pages.codes("kind", DueKind))


def _of_kinds(found: Iterable[Due], kinds: Collection[DueKind]) -> list[Due]:
    return [due for due in found if not kinds or due.kind in kinds]


@bp.get("/calendar.ics")
def as_ical() -> Response:
    """Give the same dates to calendar programs; they ask for changes and cancellations once a day."""
    kinds = pages.codes("kind", DueKind)
    slug = request.args.get("campaign") or None
    with pages.reading() as session:
        known = _campaigns(session, slug)
        campaign = known[slug] if slug else None
        found = calendar.entries(
            session, since=pages.today() - KEPT, campaign_id=campaign.id if campaign else None, kinds=kinds
        )
    name = f"{campaign.title}: dates" if campaign else "Shareholder and advocacy campaigns: dates"
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
