"""Feeds of what became known, last first: for the whole site, for one campaign and for one company."""

from datetime import UTC, datetime

from flask import Blueprint, Response, url_for

from tracker.domain.errors import InputError
from tracker.store import campaigns, concerning, timeline
from tracker.web import companies, pages
from tracker.web import timeline as timeline_page
from tracker.web.out import atom
from tracker.web.shapes.events import Event

bp = Blueprint("feeds", __name__)

PER_PAGE = 50


@bp.get("/feed.atom")
def everything() -> Response:
    """Give what became known in every campaign."""
    about = atom.Feed(
        title="Whereas: shareholder and advocacy campaigns",
        subtitle="What became known, last first, with its sources.",
        path=url_for(".everything"),
        page=url_for("campaigns.index"),
    )
    return _feed(about, None)


@bp.get("/campaigns/<slug>/feed.atom")
def campaign(slug: str) -> Response:
    """Give what became known in one campaign."""
    with pages.reading() as session:
        found = campaigns.by_slug(session, slug)
        if found is None:
            raise timeline_page.missing(session, slug)
    fictional = "Fictional. " if found.fictional else ""
    about = atom.Feed(
        title=found.title,
        subtitle=f"{fictional}{found.summary}",
        path=url_for(".campaign", slug=slug),
        page=url_for("timeline.page", slug=slug),
    )
    return _feed(about, found.id)


@bp.get("/companies/<slug>/feed.atom")
def company(slug: str) -> Response:
    """Give what became known of one company in any campaign."""
    with pages.reading() as session:
        found = companies.known(session, slug)
    about = atom.Feed(
        title=found.name,
        subtitle=("Fictional. " if found.fictional else "") + "What became known of it, last first, with its sources.",
        path=url_for(".company", slug=slug),
        page=url_for("companies.page", slug=slug),
    )
    return _feed(about, None, company_id=found.id)


def _feed(about: atom.Feed, campaign_id: int | None, *, company_id: int | None = None) -> Response:
    with pages.reading() as session:
        if company_id is None:
            read = timeline.recorded(session, campaign_id, before=_before(), limit=PER_PAGE + 1)
        else:
            read = concerning.recorded(session, company_id, before=_before(), limit=PER_PAGE + 1)
        page = pages.page_of(read, PER_PAGE, lambda row: (row.recorded_at.isoformat(), row.id))
        slugs = {row.id: row.slug for row in campaigns.every(session)}
        cards = timeline_page.cards(session, page.rows, pages.today())
        rows = [Event.of(card, slugs[card.event.campaign_id]) for card in cards]
    return atom.feed(about, rows, next_path=page.next_url)


def _before() -> tuple[datetime, str] | None:
    """Return the key that the page of newer rows ended with; raise InputError for a broken one."""
    key = pages.key_argument(2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(key[0]).astimezone(UTC), key[1]
    except (ValueError, OverflowError) as error:
        raise InputError("The page of the feed cannot be found again: start from the first page.") from error
