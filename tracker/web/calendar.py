"""What is due: statutory deadlines, meetings, answers and commitments, each with its rule, anchor and basis."""

from itertools import groupby

from flask import Blueprint, render_template, request

from tracker.domain.errors import InputError
from tracker.store import campaigns, deadlines
from tracker.store.deadlines import DueKind
from tracker.web import pages

bp = Blueprint("calendar", __name__)

KIND_WORDS = {
    DueKind.DEADLINE: "Deadline",
    DueKind.MEETING: "Meeting",
    DueKind.ANSWER: "Answer to a letter",
    DueKind.COMMITMENT: "Commitment",
}


@bp.get("/calendar")
def index() -> str:
    """List what lies ahead by month; campaign and kinds stand in the address."""
    today, kinds = pages.today(), pages.codes("kind", DueKind)
    slug = request.args.get("campaign") or None
    with pages.reading() as session:
        known = {row.slug: row for row in campaigns.every(session)}
        if slug is not None and slug not in known:
            raise InputError(f"The filter “campaign” does not know “{slug}”. It takes: {', '.join(known)}.")
        found = deadlines.upcoming(session, today=today, campaign_id=known[slug].id if slug else None)
    shown = [due for due in found if not kinds or due.kind in kinds]
    months = [(f"{first:%B %Y}", list(rows)) for first, rows in groupby(shown, key=lambda due: due.on.replace(day=1))]
    return render_template(
        "calendar/index.html",
        months=months,
        campaigns=list(known.values()),
        campaign=slug,
        kinds=[(kind, words, sum(due.kind is kind for due in found)) for kind, words in KIND_WORDS.items()],
        selected=kinds,
        kind_labels=KIND_WORDS,
        narrowed=bool(slug or kinds),
    )
