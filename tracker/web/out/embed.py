"""A campaign's strip and list as small pages that stand in other sites, and the page that gives the HTML for it.

They set no cookie, run no script and load one style sheet of ours; they alone may be framed by any site.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from tracker.domain.errors import InputError
from tracker.domain.vocab import EventType, Lane
from tracker.models.campaign import Campaign
from tracker.store import campaigns, event_counts, timeline
from tracker.store.timeline import Filters
from tracker.web import pages
from tracker.web import timeline as timeline_page
from tracker.web.drawn import strip
from tracker.web.factory import CONTENT_SECURITY_POLICY
from tracker.web.shapes.base import full

bp = Blueprint("embed", __name__)

# What stands in another's page may be framed there, and has nothing to send and nothing to run.
FRAMED_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)
PREVIEW_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
# Of more rows the strip has months: so many links beside each other could not be hit, nor stepped through by keyboard.
MOST_LINKS = 250
LISTED, MOST_LISTED = 10, 50
# The filters of the timeline that an embedded page takes as well.
FILTERS = ("lane", "kind", "from", "to", "order")


class Kind(StrEnum):
    """What of a campaign can be embedded."""

    STRIP = "strip"
    LIST = "list"


# What the page of each takes: the filters, and how it looks.
ARGUMENTS = {Kind.STRIP: (*FILTERS, "theme"), Kind.LIST: (*FILTERS, "theme", "limit")}


class Theme(StrEnum):
    """A colour scheme that does not follow the reader's system."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels on a page."""

    width: int
    height: int


# What each looks good in. On a phone the names of the lanes stand under the strip (embed.css), in a very narrow column
# on more lines.
SIZES = {Kind.STRIP: Size(720, 340), Kind.LIST: Size(480, 560)}
NARROW, OF_NARROW_STRIP = 340, 390


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks of an embedded page beside the filters of the timeline."""

    theme: Theme | None
    limit: int


@bp.get("/campaigns/<slug>/embed")
def page(slug: str) -> str:
    """Show how a campaign is embedded: a preview under the filters of the address, and the HTML to copy."""
    filters, kind, chosen = timeline_page.chosen(), _kind(), asked()
    with pages.reading() as session:
        campaign = _campaign(session, slug)
    preview = pages.on_page("embed.framed", *ARGUMENTS[kind], slug=slug, kind=kind.value)
    return render_template(
        "embed/page.html",
        campaign=campaign,
        filters=filters,
        chosen=chosen,
        kind=kind,
        kinds=Kind,
        themes=Theme,
        lanes=Lane,
        most=MOST_LISTED,
        size=SIZES[kind],
        preview=preview,
        html=frame(campaign.title, preview, SIZES[kind]),
        address=full(url_for("timeline.page", slug=slug)),
    )


@bp.get("/campaigns/<slug>/embed/<any(strip, list):kind>")
def framed(slug: str, kind: str) -> str:
    """Show the strip or the list alone, under the filters of the address."""
    filters, chosen, today = timeline_page.chosen(), asked(), pages.today()
    with pages.reading() as session:
        campaign = _campaign(session, slug)
        bins = event_counts.bins(session, campaign.id or 0)
        told = {
            "campaign": campaign,
            "filters": filters,
            "theme": chosen.theme,
            "today": today,
            "total": sum(found.events for found in bins),
            "whole": pages.on_page("timeline.page", *FILTERS, slug=slug),
            "address": full(url_for("timeline.page", slug=slug)),
        }
        if kind == Kind.STRIP:
            drawn, links = _drawn(session, campaign, bins, filters)
            return render_template("embed/strip.html", drawn=drawn, links=links, **told)
        read = timeline.events_of(session, campaign.id or 0, filters, limit=chosen.limit + 1)
        cards = timeline_page.cards(session, read[: chosen.limit], today)
        return render_template("embed/list.html", cards=cards, more=len(read) > chosen.limit, **told)


@bp.app_template_global("embed_address")
def embed_address(slug: str) -> str:
    """Return the address of the page about embedding a campaign, under the filters of this timeline."""
    return pages.on_page("embed.page", *FILTERS, slug=slug)


@bp.after_request
def open_to_frames(answer: Response) -> Response:
    """Let any site frame the embedded pages, their errors too; the page about them frames ours."""
    answer.headers["Content-Security-Policy"] = FRAMED_POLICY if request.endpoint == "embed.framed" else PREVIEW_POLICY
    return answer


def asked() -> Chosen:
    """Return colour scheme and length from the address; raises InputError saying what they take."""
    theme = next(iter(pages.codes("theme", Theme)), None) if request.args.get("theme") else None
    text = request.args.get("limit", "").strip() or str(LISTED)
    # Only so many digits are read as a number: of thousands Python makes none.
    length = re.fullmatch("0*([1-9][0-9]{0,3})", text)
    if length is None or int(length[1]) > MOST_LISTED:
        raise InputError(f"The list takes a length of 1 to {MOST_LISTED} entries, not “{text[:40]}”.")
    return Chosen(theme, int(length[1]))


def fitting(kind: Kind, most: Size) -> Size:
    """Return the size of an embedded page, no larger than `most`, in which 0 stands for no bound."""
    size = SIZES[kind]
    width = min(size.width, most.width or size.width)
    height = OF_NARROW_STRIP if kind is Kind.STRIP and width < NARROW else size.height
    return Size(width, min(height, most.height or height))


def frame(title: str, path: str, size: Size) -> str:
    """Return the HTML by which another site shows an embedded page; titles come from outside and are escaped.

    It is text, not markup: where a page shows it to be copied it has to be escaped once more.
    """
    told = Markup(
        '<iframe src="{}" title="{}, by Whereas" width="{}" height="{}" loading="lazy" '
        'style="border:0;max-width:100%"></iframe>'
    ).format(full(path), title, size.width, size.height)
    return str(told)


def _kind() -> Kind:
    return next(iter(pages.codes("show", Kind)), Kind.STRIP)


def _drawn(
    session: pages.Session, campaign: Campaign, bins: Sequence[event_counts.Bin], filters: Filters
) -> tuple[strip.Strip | None, bool]:
    """Return the strip, and whether each of its marks is one row: of few rows those under the filters, else months.

    Months are counted for the whole of a lane; the period is then shaded, as on the timeline.
    """
    key = campaign.id or 0
    pairs = event_counts.pairs(session, key, filters.since, filters.until)
    chosen = [pair for pair in pairs if pair[0] in (filters.lanes or Lane) and pair[1] in (filters.kinds or EventType)]
    if sum(pairs[pair] for pair in chosen) > MOST_LINKS:
        wanted = [found for found in bins if not filters.lanes or found.lane in filters.lanes]
        return strip.draw_months(wanted, since=filters.since, until=filters.until), False
    rows = timeline.events_of(session, key, filters, pairs=pairs, limit=MOST_LINKS)
    points = [
        timeline.Point(
            row.id, row.kind, row.lane, row.on, row.earliest, row.latest, row.sort_day, row.headline, row.object_id,
            row.key,
        )
        for row in sorted(rows, key=lambda row: (row.sort_day, row.id))
    ]  # fmt: skip
    return strip.draw(points, timeline.threads(session, key, points)), True


def _campaign(session: pages.Session, slug: str) -> Campaign:
    campaign = campaigns.by_slug(session, slug)
    if campaign is None:
        raise timeline_page.missing(session, slug)
    return campaign
