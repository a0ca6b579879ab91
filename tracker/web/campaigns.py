"""The front page: what this is, the campaigns with their figures, what moved last and what is due."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.models.campaign import Campaign
from tracker.store import campaigns, deadlines, timeline
from tracker.store.campaigns import Figure
from tracker.web import pages

bp = Blueprint("campaigns", __name__)

MOVED_SHOWN = 8
DUE_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One campaign as the front page lists it."""

    campaign: Campaign
    targets: list[str]
    asks: list[str]
    figures: list[Figure]


@bp.get("/")
def index() -> str:
    """Show every campaign, the newest rows of all timelines and the next dates."""
    today = pages.today()
    with pages.reading() as session:
        rows = campaigns.every(session)
        entries = [
            Entry(
                campaign=row,
                targets=campaigns.targets(session, row.id or 0),
                asks=campaigns.asks(session, row.id or 0),
                figures=campaigns.figures(session, row.id or 0, today),
            )
            for row in rows
        ]
        return render_template(
            "campaigns/index.html",
            entries=entries,
            titles={row.id: row.title for row in rows},
            moved=timeline.latest(session, [row.id or 0 for row in rows], today, MOVED_SHOWN),
            due=deadlines.upcoming(session, today=today)[:DUE_SHOWN],
            today=today,
        )


@bp.get("/campaigns")
def every() -> Response:
    """The list of campaigns is the front page."""
    return redirect(url_for("campaigns.index"))


@bp.get("/campaigns/<slug>")
def page(slug: str) -> Response:
    """A campaign's page is its timeline."""
    return redirect(url_for("timeline.page", slug=slug))
