"""Campaigns and what happened in them."""

from typing import Annotated

from flask import Response
from pydantic import Field, StringConstraints

from tracker.domain.vocab import EventType, Lane
from tracker.models.event import Event as Row
from tracker.store import campaigns, timeline
from tracker.web import pages, permalinks
from tracker.web import timeline as timeline_page
from tracker.web.api.base import CAMPAIGNS, Limited, Listed, Paged, Query, bp, now, told
from tracker.web.shapes.base import full
from tracker.web.shapes.campaigns import Campaign
from tracker.web.shapes.events import Event

Slug = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class Campaigns(Listed):
    """All campaigns."""

    items: list[Campaign] = Field(description="The campaigns by title, the real ones before the fictional")


class Events(Paged):
    """Rows of a timeline."""

    campaign: str = Field(description="The campaign's name in addresses")
    items: list[Event] = Field(description="The rows in the order asked for")


class CampaignPath(Query):
    """Which campaign."""

    slug: Slug = Field(description="The campaign's name in addresses")


class EventPath(Query):
    """Which row."""

    event_id: Annotated[str, StringConstraints(min_length=1, max_length=40)] = Field(description="Its identifier")


class EventQuery(Limited):
    """Which rows of a timeline."""

    lane: list[Lane] = Field(default_factory=list, description="Who acted; several are allowed")
    kind: list[EventType] = Field(default_factory=list, description="What happened; several are allowed")
    since: str = Field("", alias="from", description="A day, month or year: what may have happened then or later")
    until: str = Field("", alias="to", description="A day, month or year: what may have happened then or before")
    order: Annotated[str, StringConstraints(pattern="^(newest|oldest)$")] = Field(
        "newest", description="newest or oldest first"
    )


@bp.get("/campaigns", summary="All campaigns", tags=[CAMPAIGNS], responses={200: Campaigns})
def all_campaigns() -> Response:
    """Give every campaign with whom it asks, and what."""
    with pages.reading() as session:
        rows = campaigns.every(session)
        ids = [row.id or 0 for row in rows]
        targets, asks = campaigns.targets(session, ids), campaigns.asks(session, ids)
        items = [Campaign.of(row, targets[row.id or 0], asks[row.id or 0]) for row in rows]
    return told(Campaigns(as_of=now(), items=items))


@bp.get("/campaigns/<slug>/events", summary="A campaign's timeline", tags=[CAMPAIGNS], responses={200: Events})
def events(path: CampaignPath, query: EventQuery) -> Response:
    """Give the rows of a campaign's timeline: what happened, who acted, what answers what, and the sources."""
    filters, key = timeline_page.chosen(), pages.key_argument(2)
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, path.slug)
        if campaign is None:
            raise timeline_page.missing(session, path.slug)
        after = (key[0], key[1]) if key else None
        read = timeline.events_of(session, campaign.id or 0, filters, after=after, limit=query.limit + 1)
        page = pages.page_of(read, query.limit, lambda row: (row.sort_day, row.id))
        items = _shapes(session, page.rows, campaign.slug)
    return told(Events(as_of=now(), campaign=campaign.slug, items=items, next=full(page.next_url)))


@bp.get("/events/<event_id>", summary="One row of a timeline", tags=[CAMPAIGNS], responses={200: Event})
def event(path: EventPath) -> Response:
    """Give one row by its permanent identifier."""
    with pages.reading() as session:
        row = session.get(Row, path.event_id)
        if row is None:
            raise permalinks.event(session, path.event_id)
        slug = campaigns.slug_of(session, row.campaign_id) or ""
        [item] = _shapes(session, [row], slug)
    return told(item)


def _shapes(session: pages.Session, rows: list[Row], slug: str) -> list[Event]:
    return [Event.of(card, slug) for card in timeline_page.cards(session, rows, pages.today())]
