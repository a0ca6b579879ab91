"""Letters past due without an answer on record: how long, what was searched last and where, and looking again."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import letters
from tracker.store.letters import LetterStanding
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later
from tracker.workflows import search_answer

bp = Blueprint("overdue_letters", __name__)

# For so long after somebody looked a letter waits no more.
FRESH = timedelta(days=90)
MAKING = "making.page"  # the form that makes an object of a document
LONGEST_WHERE = 500
MOST_SEEN = 100


def _waiting(session: pages.Session) -> list[LetterStanding]:
    """Return the letters to look again for, the longest past due first."""
    today = pages.today()
    found = [row for row in letters.standings(session, today=today) if row.unanswered and _is_stale(row, today)]
    return sorted(found, key=lambda row: (_due(row), row.object_id))


def _is_stale(row: LetterStanding, today: date) -> bool:
    return row.last_search is None or today - row.last_search.on >= FRESH


def _due(row: LetterStanding) -> date:
    return (row.state.due.on.latest if row.state.due else None) or date.max


review_tabs.TABS.append(
    review_tabs.Tab(
        later("Letters to look after"), "overdue_letters.index", lambda session: len(_waiting(session)), order=50
    )
)


@bp.get("/review/letters")
@needs(Role.EDITOR)
def index() -> str:
    """Show the letters to look again for."""
    with pages.reading() as session:
        waiting = _waiting(session)
        tabs = queue_tabs.counted(session)
    today = pages.today()
    rows = [(row, (today - _due(row)).days) for row in waiting]
    return render_template("queues/letters.html", rows=rows, tabs=tabs, fresh=FRESH.days)


@bp.get("/review/letters/<slug>")
@needs(Role.EDITOR)
def look(slug: str) -> str:
    """Look again: show what may be the answer, and where was looked."""
    return _page(slug)


@bp.post("/review/letters/<slug>")
@needs(Role.EDITOR)
def record(slug: str) -> Response | tuple[str, int]:
    """Keep that somebody looked; with an answer found, lead to the form that makes it of its document."""
    form = request.form
    chosen = form.get("answer", "")
    elsewhere = form.get("elsewhere", "").strip()
    try:
        if len(elsewhere) > LONGEST_WHERE:
            raise _TooLongError
        seen = [pages.row_number(text) for text in form.getlist("seen")[:MOST_SEEN]]
        document_id = pages.row_number(chosen) if chosen else None
        search_answer.record_search(
            pages.runtime(), slug, seen=seen, found=document_id is not None, by=signed_in().name, elsewhere=elsewhere
        )
    except ConflictError as error:
        return _page(slug, str(error)), 409
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except InputError as error:
        return _page(slug, str(error)), 422
    if document_id is None:
        flash(gettext("Kept: no answer found, on the day of today."))
        return redirect(url_for("overdue_letters.index"), code=303)
    flash(gettext("Kept: an answer was found. Put it on record now."))
    return redirect(_making(document_id), code=303)


class _TooLongError(InputError):
    """Where else somebody looked is told at length."""

    def __init__(self) -> None:
        super().__init__(gettext("Say in %(most)s characters where else you looked.") % {"most": LONGEST_WHERE})


def _making(document_id: int) -> str:
    """Return where an answer is made of a document."""
    values: dict[str, Any] = {"document_id": document_id}
    if MAKING in current_app.view_functions:
        return url_for(MAKING, kind="company_response", **values)
    return url_for("review.entry", **values)


def _page(slug: str, said: str = "") -> str:
    try:
        looked = search_answer.look(pages.runtime(), slug)
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    with pages.reading() as session:
        standing = letters.standing(session, slug, pages.today())
        tabs = queue_tabs.counted(session)
    return render_template("queues/look.html", looked=looked, letter=standing, tabs=tabs, said=said, typed=request.form)
