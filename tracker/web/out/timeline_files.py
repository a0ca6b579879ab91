"""A campaign's timeline as files: JSON, JSON Lines, CSV, and the form that TimelineJS reads; filters as on the page."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, url_for

from tracker.models.campaign import Campaign
from tracker.store import campaigns, timeline
from tracker.store.timeline import Filters
from tracker.web import pages
from tracker.web import timeline as timeline_page
from tracker.web.out import tables, timelinejs
from tracker.web.shapes.base import full
from tracker.web.shapes.events import Event

bp = Blueprint("timeline_files", __name__)

# How many rows are read at once while a file is being sent.
AT_ONCE = 500
# TimelineJS draws each row as a slide of its own; beyond some hundreds it cannot be used.
MOST_SLIDES = 500


@bp.get("/campaigns/<slug>/timeline.json")
def as_json(slug: str) -> Response:
    """Give one page of the timeline, with the address of the next."""
    filters, today = timeline_page.chosen(), pages.today()
    key = pages.key_argument(2)
    with pages.reading() as session:
        campaign = _campaign(session, slug)
        read = timeline.events_of(
            session,
            campaign.id or 0,
            filters,
            after=(key[0], key[1]) if key else None,
            limit=timeline_page.PER_PAGE + 1,
        )
        page = pages.page_of(read, timeline_page.PER_PAGE, lambda event: (event.sort_day, event.id))
        rows = [Event.of(card, slug) for card in timeline_page.cards(session, page.rows, today)]
    return tables.as_json(
        {
            "campaign": {"slug": slug, "title": campaign.title, "url": _address(slug), "fictional": campaign.fictional},
            "as_of": pages.now().isoformat(timespec="seconds"),
            "next": full(page.next_url),
            "items": [row.model_dump(mode="json") for row in rows],
        }
    )


@bp.get("/campaigns/<slug>/timeline.<any(csv, jsonl):ending>")
def as_file(slug: str, ending: str) -> Response:
    """Give every row under the filters, in their order, as a file."""
    filters = timeline_page.chosen()
    with pages.reading() as session:
        campaign = _campaign(session, slug)
    return tables.as_file("timeline", ending, Event, _rows(campaign, filters))


@bp.get("/campaigns/<slug>/timelinejs.json")
def as_timelinejs(slug: str) -> Response:
    """Give the newest rows under the filters in the form that TimelineJS reads."""
    filters, today = timeline_page.chosen(), pages.today()
    with pages.reading() as session:
        campaign = _campaign(session, slug)
        read = timeline.events_of(session, campaign.id or 0, filters, limit=MOST_SLIDES)
        rows = [Event.of(card, slug) for card in timeline_page.cards(session, read, today)]
    return tables.as_json(timelinejs.told(campaign.title, campaign.summary, _address(slug), rows))


def _rows(campaign: Campaign, filters: Filters) -> Iterator[Event]:
    """Yield every row under the filters; few of them are held at a time."""
    today, after = pages.today(), None
    with pages.reading() as session:
        while read := timeline.events_of(session, campaign.id or 0, filters, after=after, limit=AT_ONCE):
            for card in timeline_page.cards(session, read, today):
                yield Event.of(card, campaign.slug)
            after = (read[-1].sort_day, read[-1].id)
            session.expunge_all()


def _campaign(session: Any, slug: str) -> Campaign:
    campaign = campaigns.by_slug(session, slug)
    if campaign is None:
        raise timeline_page.missing(session, slug)
    return campaign


def _address(slug: str) -> str:
    return full(url_for("timeline.page", slug=slug))
