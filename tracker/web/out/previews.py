"""The pictures that stand beside an address where it is passed on: what each page's says, and the page's one event.

A figure on a picture is the one that its page shows, by the same functions; the day it was drawn stands on it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.http import generate_etag
from werkzeug.wrappers import Response as WerkzeugResponse

from tracker import __version__
from tracker.domain.vocab import DocumentState, Lane, LinkState, PartyRole
from tracker.domain.votes import Claim, Share
from tracker.models.campaign import Campaign
from tracker.models.event import Event
from tracker.store import (
    archive,
    campaigns,
    concerning,
    contract_table,
    letters,
    party_profile,
    summaries,
)
from tracker.store import resolutions as stored_resolutions
from tracker.web import companies, contracts, organizations, pages, permalinks, resolutions, words
from tracker.web import letters as letter_pages
from tracker.web import timeline as timeline_page
from tracker.web.absent import MissingPage
from tracker.web.campaigns import figures as campaign_figures
from tracker.web.drawn.card import MOST_FIGURES, Card, png

bp = Blueprint("previews", __name__)

# A network fetches a picture when an address is first passed on, and again when it likes.
KEPT = "public, max-age=3600"
Figures = Iterable[tuple[str, str]]


@bp.get("/campaigns/<slug>/card.png")
def campaign(slug: str) -> Response:
    """Draw a campaign: the first figures of its timeline."""
    with pages.reading() as session:
        found = campaigns.by_slug(session, slug)
        if found is None or found.id is None:
            raise timeline_page.missing(session, slug)
        counts = summaries.of_campaign(session, found.id, pages.today()).counts
        asked = campaigns.targets(session, [found.id])[found.id]
        told = ((figure.value, figure.label) for figure in campaign_figures(counts))
        return _drawn(["Campaign", *asked], found.title, figures=told, fictional=found.fictional)


@bp.get("/resolutions/<slug>/card.png")
def resolution(slug: str) -> Response:
    """Draw a resolution: its support where there was a vote, else where it stands."""
    with pages.reading() as session:
        rows = stored_resolutions.table(session, stored_resolutions.Filters(slug=slug), today=pages.today())
        if not rows:
            raise resolutions.missing(session, slug)
        row, fictional = rows[0], campaigns.is_fictional(session, [rows[0].object_id])
    if row.support is not None:
        figure = _support(row.support, preliminary=row.preliminary)
    else:
        label, on = row.status_label, row.status.on if row.status else None
        figure = (f"{label[:1].upper()}{label[1:]}", on.words() if on else "")
    over = ["Resolution", str(row.season), row.company]
    return _drawn(over, row.title, figures=(figure,), lane=Lane.INVESTORS, fictional=fictional)


@bp.get("/letters/<slug>/card.png")
def letter(slug: str) -> Response:
    """Draw a letter: how long it has waited, or how long the answer took."""
    today = pages.today()
    with pages.reading() as session:
        found = letters.standing(session, slug, today)
        if found is None:
            raise letter_pages.missing(session, slug)
        fictional = campaigns.is_fictional(session, [found.object_id])
    state = letter_pages.STATE_WORDS[found.state.state][0]
    figure = (letter_pages.state_days(found, today), f"{state} · sent {found.sent_on.words()}")
    over = ["Letter", *(f"to {name}" for name in found.recipients[:1])]
    return _drawn(over, found.title, figures=(figure,), lane=found.lane, fictional=fictional)


@bp.get("/contracts/<slug>/card.png")
def contract(slug: str) -> Response:
    """Draw a contract: the amounts that are known, each with what it is."""
    with pages.reading() as session:
        rows = contract_table.rows(session, [slug])
        if not rows:
            raise contracts.missing(session, slug)
        row = rows[0]
        fictional = campaigns.is_fictional(session, [row.object_id])
    told = ((figure["value"], figure["label"].lower()) for figure in contracts.amounts(row))
    over = ["Contract", row.agency.name, row.vendor.name]
    return _drawn(over, row.title, figures=told, fictional=fictional)


@bp.get("/companies/<slug>/card.png")
def company(slug: str) -> WerkzeugResponse:
    """Draw a company: how it answers letters."""
    with pages.reading() as session:
        profile = companies.known(session, slug)
        if not profile.is_company:
            return redirect(url_for(".organization", slug=slug))
        written = letters.standings(session, today=pages.today(), company_id=profile.id)
    return _drawn(
        ["Company"], profile.name, figures=_answering(written), lane=Lane.COMPANY, fictional=profile.fictional
    )


@bp.get("/organizations/<slug>/card.png")
def organization(slug: str) -> WerkzeugResponse:
    """Draw an organisation: how its letters are answered."""
    with pages.reading() as session:
        profile = party_profile.profile(session, slug)
        if profile is None:
            raise organizations.missing(session, slug)
        if profile.is_company:
            return redirect(url_for(".company", slug=slug))
        sent = concerning.letters_from(session, profile.id, [PartyRole.SENDER, PartyRole.SIGNATORY])
        written = letters.standings(session, today=pages.today(), ids=sent)
    over = [organizations.organization_role_words(role) for role in profile.roles] or ["Organisation"]
    return _drawn(over, profile.name, figures=_answering(written), lane=profile.lane, fictional=profile.fictional)


@bp.get("/documents/<id:document_id>/card.png")
def document(document_id: int) -> Response:
    """Draw a document: who published it, and when."""
    with pages.reading() as session:
        found = archive.page(session, document_id)
        if found is None:
            raise MissingPage(f"No document has the number {document_id}.")
        about = [tie.link.object_id for tie in found.ties if tie.link.state is LinkState.CONFIRMED]
        fictional = campaigns.is_fictional(session, about)
    shown = found.document
    if shown.state is DocumentState.WITHDRAWN:
        abort(410, shown.state_reason or "This document has been withdrawn.")
    published = ((shown.published.words(), "published"),) if shown.published else ()
    over = [words.document_words(shown.kind), shown.publisher]
    return _drawn(over, shown.title, figures=published, fictional=fictional)


@bp.get("/events/<event_id>/card.png")
def event(event_id: str) -> Response:
    """Draw a row of a timeline: its day, or the support that it is."""
    with pages.reading() as session:
        row = session.get(Event, event_id)
        if row is None:
            raise permalinks.event(session, event_id)
        [card] = timeline_page.cards(session, [row], pages.today())
        about = session.get_one(Campaign, row.campaign_id)
    figure = (row.on.words(), "still ahead" if card.ahead else "")
    if card.support and not card.later:
        figure = _support(card.support)
    return _drawn([card.over, about.title], card.title, figures=(figure,), lane=row.lane, fictional=about.fictional)


@bp.app_template_global("quoted")
def quoted(months: Sequence[timeline_page.Month]) -> timeline_page.Card | None:
    """Return the row of a timeline's page that the address quotes (`event`), or None."""
    asked = request.args.get("event")
    return next((card for month in months for card in month.cards if card.event.id == asked), None)


def _support(share: Share | Claim, *, preliminary: bool = False) -> tuple[str, str]:
    early = ", preliminary" if preliminary else ""
    return words.support_words(share), f"support{early} · {words.support_basis(share)}"


def _answering(written: Sequence[letters.LetterStanding]) -> Figures:
    """Return how letters are answered, in the figures that the page of whoever sent or got them has."""
    today = pages.today()
    return [(figure["value"], figure["label"]) for figure in letter_pages.figures(letters.rates_of(written, today), "")]


def _drawn(
    over: Sequence[str], title: str, *, figures: Figures = (), lane: Lane | None = None, fictional: bool = False
) -> Response:
    """Return the picture; one that the asker has is not drawn again."""
    told = Card(
        over=" · ".join(filter(None, over)),
        title=title,
        figures=tuple(figures)[:MOST_FIGURES],
        lane=lane,
        fictional=fictional,
        foot=_foot(pages.today()),
    )
    tag = generate_etag(f"{__version__} {told}".encode())
    answer = Response(b"" if request.if_none_match.contains(tag) else png(told), mimetype="image/png")
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = KEPT
    return answer


def _foot(today: date) -> str:
    return f"{urlsplit(pages.site()).netloc} · {words.day(today)}"
