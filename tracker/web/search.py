"""Search: documents by words, and for a phrase the versions of documents in which it was first and last seen."""

from flask import Blueprint, render_template, request

from tracker.domain.errors import InputError
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentState
from tracker.store import phrases, search
from tracker.store.phrases import Appearance
from tracker.web import pages
from tracker.web.words import day

bp = Blueprint("search", __name__)

MOST_HITS = 50
LONGEST = 200
SHORTEST_PHRASE = 3
# A withdrawn document is not shown; whatever else is kept can be found and says what it is.
STATES = (DocumentState.RELEVANT, DocumentState.SCREENED, DocumentState.QUARANTINED)


@bp.get("/search")
def index() -> str:
    """Show documents that have the words `q`; with `seen`, where the phrase `q` first and last stood."""
    text = " ".join(request.args.get("q", "").split())
    seen = bool(request.args.get("seen", ""))
    if len(text) > LONGEST:
        raise InputError(f"The search takes at most {LONGEST} characters; this has {len(text):,}.")
    short = seen and bool(text) and len(phrases.plain(text)) < SHORTEST_PHRASE
    asked = bool(text) and not short
    with pages.reading() as session:
        hits = search.find(session, text, limit=MOST_HITS + 1, states=STATES) if asked and not seen else []
        found = phrases.first_seen(session, text) if asked and seen else None
    return render_template(
        "search/index.html",
        text=text,
        seen=seen,
        short=short,
        hits=[hit.document for hit in hits[:MOST_HITS]],
        more=len(hits) > MOST_HITS,
        found=found,
        appearances=[(one, told(one)) for one in found.appearances] if found else [],
    )


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
