"""The front page: what this is, the campaigns with their figures, what moved last and what is due."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.domain.responses import days_words
from tracker.domain.votes import FORMULA_WORDS, Claim
from tracker.store import campaign_terms, campaigns, summaries, timeline
from tracker.store.campaigns import Counts, Support
from tracker.store.letters import Rates
from tracker.web import pages
from tracker.web.words import support_words

bp = Blueprint("campaigns", __name__)

MOVED_SHOWN = 8
DUE_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a strip: the value large, what it is below."""

    value: str
    label: str


@bp.get("/")
def index() -> str:
    """Show every campaign, the newest rows of all timelines and the next dates."""
    today = pages.today()
    with pages.reading() as session:
        found = summaries.overview(session, today)
        titles = {entry.campaign.id: entry.campaign.title for entry in found.entries}
        return render_template(
            "campaigns/index.html",
            entries=[(entry, figures(entry.counts)) for entry in found.entries],
            titles=titles,
            moved=timeline.latest(session, [key or 0 for key in titles], today, MOVED_SHOWN),
            due=found.due[:DUE_SHOWN],
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


@bp.get("/campaigns/<slug>/terms")
def terms(slug: str) -> str:
    """Show the words by which a campaign's documents are known, with every earlier state."""
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        if campaign is None:
            known = {
                row.slug: (row.title, url_for("campaigns.terms", slug=row.slug)) for row in campaigns.every(session)
            }
            raise pages.missing("campaign", slug, known)
        states = campaign_terms.history(session, campaign.id or 0)
        return render_template("campaigns/terms.html", campaign=campaign, states=states)


def figures(known: Counts) -> list[Figure]:
    """Return the strip of figures at the head of a campaign; a figure that nothing is known for is left out."""
    happened = known.happened
    since = f" since {happened.since.words()}" if happened.since else ""
    found = [Figure(f"{happened.events:,}", f"{'event' if happened.events == 1 else 'events'}{since}")]
    if known.resolutions:
        noun = "resolution" if known.resolutions == 1 else "resolutions"
        found.append(Figure(f"{known.resolutions:,}", f"{noun} · {known.voted:,} voted on"))
    found.extend(_support(known.counted, known.published))
    if known.letters:
        noun = "letter" if known.letters == 1 else "letters"
        found.append(Figure(f"{known.letters:,}", f"{noun} · {known.unanswered:,} without an answer"))
    if known.rates is not None and known.rates.rate.denominator:
        found.append(_answered(known.rates))
    if known.next is not None:
        found.append(Figure(known.next.when.words(), f"next: {known.next.title}"))
    return found


def _support(counted: Support | None, published: Support | None) -> list[Figure]:
    """Return the highest support in one figure: what was counted; a higher published percentage stands beside it."""
    highest = counted or published
    if highest is None:
        return []
    kind = "published" if isinstance(highest.figure, Claim) else "preliminary" if highest.preliminary else "counted"
    label = f"highest {kind} support, {highest.season} · {_reckoning(highest)}"
    if counted and published and published.figure.value > counted.figure.value:
        label += f" · published: {support_words(published.figure)} in {published.season}, {_reckoning(published)}"
    return [Figure(support_words(highest.figure), label)]


def _reckoning(support: Support) -> str:
    """Return what a percentage was divided by and, where it was not counted here, who published it."""
    formula = FORMULA_WORDS[support.figure.formula]
    return f"claimed by {support.figure.source}; {formula}" if isinstance(support.figure, Claim) else formula


def _answered(rates: Rates) -> Figure:
    median = rates.median
    speed = f" · median {days_words((round(median.fewest), round(median.most)))}" if median else ""
    return Figure(f"{rates.rate.numerator} of {rates.rate.denominator}", f"letters due were answered{speed}")
