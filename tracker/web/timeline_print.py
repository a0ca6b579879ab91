"""A campaign's timeline for paper: every row under the filters, oldest first, nothing folded, each source in full."""

from flask import Blueprint, render_template

from tracker.domain.vocab import Lane
from tracker.store import campaigns, event_counts, timeline
from tracker.web import pages
from tracker.web import timeline as timeline_page
from tracker.web.words import kind_words, lane_words, period

bp = Blueprint("timeline_print", __name__)

# Some two hundred sheets. Of a longer timeline this page says where the rest is.
MOST = 1000


@bp.get("/campaigns/<slug>/timeline/print")
def page(slug: str) -> str:
    """Show the rows as they are printed."""
    filters, today = timeline_page.chosen(oldest_first=True), pages.today()
    key = pages.key_argument(2)
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        if campaign is None or campaign.id is None:
            raise timeline_page.missing(session, slug)
        bins = event_counts.bins(session, campaign.id)
        pairs = event_counts.pairs(session, campaign.id, filters.since, filters.until)
        read = timeline.events_of(
            session, campaign.id, filters, pairs=pairs, after=(key[0], key[1]) if key else None, limit=MOST + 1
        )
        shown = pages.page_of(read, MOST, lambda event: (event.sort_day, event.id))
        cards = timeline_page.cards(session, shown.rows, today)
        return render_template(
            "timeline/print.html",
            campaign=campaign,
            drawn=timeline_page.drawn(session, campaign.id, bins, filters, today),
            filters=filters,
            only=_only(filters),
            total=sum(found.events for found in bins),
            wanted=sum(timeline.lane_counts(pairs, filters)[lane] for lane in filters.lanes or Lane),
            months=timeline_page.months(cards, filters, fold=False),
            page=shown,
            years=sorted({found.begins[:4] for found in bins}),
            site=pages.site(),
            timeline_url=pages.on_page("timeline.page", *timeline_page.PRINTED, slug=slug),
            as_of=pages.now(),
        )


def _only(filters: timeline.Filters) -> str:
    """Return what was chosen, in words; "" where everything is shown."""
    parts = [
        ", ".join(lane_words(lane) for lane in filters.lanes),
        ", ".join(kind_words(kind) for kind in filters.kinds),
        period((filters.since, filters.until)),
    ]
    return "; ".join(part for part in parts if part)
