"""Search: everything by words and fields, and for a phrase the versions in which it was first and last seen."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentState
from tracker.models import kinds
from tracker.store import phrases, search
from tracker.store.phrases import Appearance
from tracker.store.search import Hit, Order, Query, Told
from tracker.web import pages
from tracker.web.marked import marked, passage
from tracker.web.words import day

bp = Blueprint("search", __name__)

PER_PAGE = 25
LONGEST = 200
SHORTEST_PHRASE = 3
# A withdrawn document is not shown; whatever else is kept can be found and says what it is.
STATES = (DocumentState.RELEVANT, DocumentState.SCREENED, DocumentState.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as it is shown: title and passage have the words marked; `url` is empty where there is nothing to open."""

    told: Told
    url: str
    title: Markup
    passage: Markup
    label: str
    on: PartialDate | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave."""

    query: Query
    order: Order
    page: pages.Page


@bp.get("/search")
def index() -> str:
    """Show what has the words and fields of `q`; with `seen`, where the phrase `q` first and last stood."""
    text = asked()
    seen = bool(request.args.get("seen", ""))
    short = seen and bool(text) and len(phrases.plain(text)) < SHORTEST_PHRASE
    with pages.reading() as session:
        found = result(session, text, PER_PAGE) if text and not seen else None
        meant = search.suggestion(session, text) if found and not found.page.rows else None
        appeared = phrases.first_seen(session, text) if text and seen and not short else None
    return render_template(
        "search/index.html",
        text=text,
        seen=seen,
        short=short,
        found=found,
        meant=meant,
        appeared=appeared,
        appearances=[(one, told(one)) for one in appeared.appearances] if appeared else [],
    )


def asked() -> str:
    """Return what is searched for; raise InputError when it is too long."""
    text = " ".join(request.args.get("q", "").split())
    if len(text) > LONGEST:
        raise InputError(f"The search takes at most {LONGEST} characters; this has {len(text):,}.")
    return text


def result(session: pages.Session, text: str, limit: int, order: Order | None = None) -> Found:
    """Return a page of hits, in the order that the address asks for unless one is given.

    Raises InputError for what is not understood.
    """
    query = search.parse(text)
    order = order or next(iter(pages.codes("order", Order)), Order.NEWEST)
    hits = search.find(session, query, order=order, after=_after(), limit=limit + 1, states=STATES)
    page = pages.page_of(hits, limit, _key)
    words = query.words
    rows = [row(told, words) for told in search.tell(session, page.rows)]
    return Found(query, order, pages.Page(rows, page.next_url, page.first_url))


def row(told: Told, words: tuple[str, ...]) -> Row:
    """Return a hit as it is shown."""
    on = told.hit.day
    known = PartialDate.day(on) if on else None
    return Row(
        told=told,
        url=address(told),
        title=marked(told.hit.title or "without a title", words),
        passage=passage(told.text, words),
        label=label(told),
        on=told.document.published if told.document else known,
    )


def label(told: Told) -> str:
    """Return what a hit is, in a word or two."""
    kind = told.hit.kind
    return kinds()[kind].label if kind in kinds() else kind.capitalize()


def address(told: Told) -> str:
    """Return where a hit leads: its own page, or the days of a timeline on which it stands."""
    hit = told.hit
    if hit.document_id is not None:
        return url_for("documents.page", document_id=hit.document_id)
    if hit.campaign_id is not None:
        return url_for("timeline.page", slug=told.slug)
    if hit.organization_id is not None:
        return url_for("organizations.page", slug=told.slug)
    own = pages.object_url(hit.kind, told.slug)
    if own is None and told.campaigns and hit.day:
        own = f"{url_for('timeline.page', slug=told.campaigns[0])}?from={hit.day}&to={hit.day}"
    return own or ""


def _key(hit: Hit) -> tuple[str, str]:
    return repr(hit.rank), str(hit.place)


def _after() -> tuple[float, int] | None:
    """Return rank and place of the last hit of the page above; raise InputError for a broken key."""
    key = pages.key_argument(2)
    if key is None:
        return None
    try:
        rank, place = pages.fraction(key[0]), int(key[1])
    except ValueError:
        place = -1
    if not 0 <= place < 2**62:
        raise InputError("This page of the search cannot be found again: start from the first page.")
    return rank, place


def told(one: Appearance) -> list[str]:
    """Return in sentences when a phrase came into a document and whether it is still there, as far as we saw."""
    first, last, gone = one.first, one.last, one.vanished
    if one.before is not None:
        came = (
            f"First seen on {day(first.seen_at.date())} (version {first.number}); "
            f"not there on {day(one.before.seen_at.date())} (version {one.before.number})."
        )
    elif one.summary_before:
        came = f"First seen on {day(first.seen_at.date())} (version {first.number}); before, we had a summary only."
    elif one.cut:
        came = f"There in the oldest version read, {first.number}, of {day(first.seen_at.date())}; perhaps earlier."
    else:
        came = f"Already there when we first looked, on {day(first.seen_at.date())}."
    if gone is not None:
        went = (
            f"Last seen on {day(last.seen_at.date())} (version {last.number}); "
            f"no longer there on {day(gone.seen_at.date())} (version {gone.number})."
        )
    else:
        went = "Still there in the newest version."
    between = f"Not there in between in {plural(len(one.missing), 'version')}." if one.missing else ""
    return [sentence for sentence in (came, between, went) if sentence]
