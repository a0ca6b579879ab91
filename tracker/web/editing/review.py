"""The review queue: suggested links to decide on, one document after the other, by keyboard or mouse or ear."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, DatabaseError, InputError, NotFoundError
from tracker.domain.vocab import EventType, Role, Verdict
from tracker.models import kinds
from tracker.models.decision import Decision
from tracker.store import review as queue
from tracker.store import review_claims, review_figures, review_options, search
from tracker.store.review import Band, Order
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.editing import review_asked, review_entry, review_form, review_tabs
from tracker.web.language import gettext, later
from tracker.workflows.claim_entry import claim_entry
from tracker.workflows.decide import decide_all
from tracker.workflows.undo_decision import UNDONE, undo_all

if TYPE_CHECKING:
    from tracker.workflows.candidates import Candidate

bp = Blueprint("review", __name__)
bp.add_app_template_filter(review_form.verdict_words, "verdict_words")

ON_A_PAGE = 30
MOST_FOUND = 8


def _waiting(session: pages.Session) -> int:
    """Return how many documents wait, counted once for a page."""
    if "review_waiting" not in g:
        g.review_waiting = queue.count(session).documents
    count: int = g.review_waiting
    return count


review_tabs.TABS.append(review_tabs.Tab(later("Suggested links"), "review.index", _waiting, order=0))


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was decided, and the status of the answer."""

    said: str
    status: int


@bp.get("/review")
@needs(Role.EDITOR)
def index() -> str | Response:
    """Show the first entry of the queue, or the first behind the place `at`, where the last decision was made."""
    return _page(None)


@bp.get("/review/<id:document_id>")
@needs(Role.EDITOR)
def entry(document_id: int) -> str | Response:
    """Show one entry; one on which all was decided says what stands."""
    return _page(document_id)


@bp.post("/review/<id:document_id>")
@needs(Role.EDITOR)
def decide(document_id: int) -> Response | tuple[str, int]:
    """Keep verdicts on an entry, and go on to the next; what is stale or lacks something is shown again."""
    who = signed_in().name
    try:
        form = review_form.read(who)
        with pages.reading() as session:
            asked = review_asked.asked(review_options.options(session))
            place = queue.place_of(
                session, document_id, who, pages.now(), known=queue.kinds(session), order=asked.order
            )
        found = decide_all(pages.runtime(), document_id, form.said, form.shown)
    except ConflictError as error:
        return _again(document_id, Trouble(str(error), 409))
    except (InputError, NotFoundError) as error:
        return _again(document_id, Trouble(str(error), 422))
    with pages.reading() as session:
        left = queue.place_of(session, document_id, who, pages.now(), known={}) is not None
        flash(review_form.told(found, _titles(session, found)), "decided")
    stays = left and not all(row.verdict is Verdict.UNSURE for row in found)
    if stays:
        return redirect(review_asked.address("review.entry", document_id=document_id), code=303)
    at = {"at": review_asked.key(place)} if place else {}
    return redirect(review_asked.address("review.index", add=at), code=303)


@bp.post("/review/undo")
@needs(Role.EDITOR)
def take_back() -> Response | tuple[str, int]:
    """Undo decisions of one's own, those of one moment together, and show their entry."""
    who = signed_in().name
    numbers = review_form.numbers("decision")
    with pages.reading() as session:
        row = session.get(Decision, numbers[0])
    document_id = row.document_id if row else None
    try:
        undone = undo_all(pages.runtime(), numbers, who)
    except ConflictError as error:
        return _again(document_id, Trouble(str(error), 409))
    except (InputError, NotFoundError) as error:
        return _again(document_id, Trouble(str(error), 422))
    with pages.reading() as session:
        flash(review_form.told(undone, _titles(session, undone)))
    return redirect(review_asked.address("review.entry", document_id=undone[0].document_id), code=303)


@bp.app_template_global("waiting_badge")
def waiting_badge(address: str) -> Markup:
    """Return how many documents wait, beside the queue's name in the menu; asked once for a page."""
    if address != pages.address("review.index"):
        return Markup()
    try:
        with pages.reading() as session:
            count = _waiting(session)
    except DatabaseError:
        return Markup()  # The page that says so has this menu as well.
    words = gettext("waiting")
    return Markup(' <span class="menu-count">{}<span class="unseen"> {}</span></span>').format(count, words)


# --- the page ---------------------------------------------------------------------------------------------------------


def _again(document_id: int | None, trouble: Trouble) -> tuple[str, int]:
    """Show an entry again with what was typed, and why nothing was decided."""
    page = _page(document_id, trouble)
    return (page if isinstance(page, str) else page.get_data(as_text=True)), trouble.status


def _page(document_id: int | None, trouble: Trouble | None = None) -> str | Response:
    who, now = signed_in().name, pages.now()
    with pages.reading() as session:
        options = review_options.options(session)
        asked = review_asked.asked(options)
        known = queue.kinds(session)
        entries = queue.queue(
            session, who, now, asked.filters, known, order=asked.order, after=asked.after, limit=ON_A_PAGE + 1
        )
        if not entries and asked.after is not None and document_id is None:
            # All of this page was decided on; what others left stands at the top.
            return redirect(review_asked.address("review.index", drop=("after",)), code=303)
        more, entries = entries[ON_A_PAGE:], entries[:ON_A_PAGE]
        chosen = document_id or _first_behind(entries, review_asked.place("at"))
        documents = review_options.documents(session, [row.place.document_id for row in entries])
        found = review_entry.entry(session, chosen, who, known) if chosen else None
        claims = review_claims.of_others(session, list(documents), who, now)
        about = {
            "figures": _figures(session, known),
            "mine": review_figures.of_today(session, who, now, UNDONE),
            "tabs": [(tab, tab.count(session)) for tab in review_tabs.in_order()],
            "looked_for": _looked_for(session) if found else None,
            "total": queue.count(session, asked.filters, now) if asked.filters != queue.Filters() else None,
        }
    others = _other_candidates(chosen) if found and chosen and request.args.get("candidates") else None
    if found and found.waiting and chosen:
        _claim(chosen, who)
    return render_template(
        "review/page.html",
        entry=found,
        entries=[(row, documents[row.place.document_id]) for row in entries if row.place.document_id in documents],
        claims=claims,
        chosen=chosen,
        next_page=review_asked.address("review.index", add={"after": review_asked.key(entries[-1].place)})
        if more
        else "",
        options=options,
        asked=asked,
        rules=_summed(known, 0),
        of_relation=dict(_summed(known, 1)),
        relations=review_form.RELATIONS,
        digits=len(review_form.BY_DIGIT),
        event_types=list(EventType),
        bands=list(Band),
        orders=list(Order),
        days=review_asked.DAYS,
        here=review_asked.address,
        others=others,
        trouble=trouble,
        typed=request.form,
        **about,
    )


def _summed(known: queue.Kinds, part: int) -> list[tuple[str, int]]:
    """Return how many suggestions wait by rule (0) or by relation (1)."""
    counts = Counter[str]()
    for kind, number in known.items():
        counts[kind[part]] += number
    return sorted(counts.items())


def _first_behind(entries: list[queue.Entry], at: queue.Place | None) -> int | None:
    """Return the document to go on with: the first of the page behind a place, or the first of all."""
    if not entries:
        return None
    if at is not None:
        behind = (at.held, -at.value, at.document_id)
        for row in entries:
            place = row.place
            if (place.held, -place.value, place.document_id) > behind:
                return place.document_id
    return entries[0].place.document_id


def _claim(document_id: int, who: str) -> None:
    try:
        claim_entry(pages.runtime(), document_id, who)
    except (ConflictError, DatabaseError):
        return  # Somebody else writes at this moment: nobody is kept from reading for want of a claim.


def _figures(session: pages.Session, known: queue.Kinds) -> dict[str, Any]:
    since = review_figures.monday(pages.now())
    return {
        "documents": _waiting(session),
        "suggestions": sum(known.values()),
        "since": since,
        "linked": review_figures.linked_by_rule(session, since),
        "fared": review_figures.fared(session),
        "last": review_figures.LAST,
    }


def _looked_for(session: pages.Session) -> list[search.Told] | None:
    """Return the objects that have the words looked for; None where none were."""
    words = request.args.get("find", "").strip()[:200]
    if not words:
        return None
    objects_alone = " ".join(f"kind:{kind}" for kind in sorted(kinds()))
    query = search.parse(f"{objects_alone} {words}")
    return search.tell(session, search.find(session, query, order=search.Order.BEST, limit=MOST_FOUND))


def _other_candidates(document_id: int) -> "list[Candidate] | None":
    from tracker.workflows.candidates import other_candidates  # noqa: PLC0415 - few ask, and it loads all of linking

    try:
        return other_candidates(pages.runtime(), document_id)
    except InputError:
        return None


def _titles(session: pages.Session, found: list[Decision]) -> dict[int, str]:
    return review_options.titles(session, [row.object_id for row in found if row.object_id])
