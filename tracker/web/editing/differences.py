"""What filings say otherwise than people gave: both side by side, and a choice between them that lasts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import differences, filing_pages
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later

bp = Blueprint("differences", __name__)

A_PAGE = 20
LONGEST_WHY = 2000
review_tabs.TABS.append(
    review_tabs.Tab(later("Filings say otherwise"), "differences.index", filing_pages.number_of_differences, order=20)
)


@bp.get("/review/differences")
@needs(Role.EDITOR)
def index() -> str:
    """Show what waits, the newest first."""
    return _page()


@bp.post("/review/differences/<id:evidence_id>")
@needs(Role.EDITOR)
def settle(evidence_id: int) -> Response | tuple[str, int]:
    """Choose between the record and a filing."""
    from tracker.workflows.settle_difference import keep_ours, take_theirs  # noqa: PLC0415 - it loads the readers

    who = signed_in().name
    why = request.form.get("why", "").strip()[:LONGEST_WHY]
    seen = request.form.get("seen", "").replace("\r\n", "\n")
    theirs = request.form.get("choose") == "theirs"
    choose = take_theirs if theirs else keep_ours
    try:
        choose(pages.runtime(), evidence_id, seen=seen, by=who, why=why)
    except ConflictError as error:
        return _page(evidence_id, str(error)), 409
    except (InputError, NotFoundError) as error:
        return _page(evidence_id, str(error)), 422
    flash(
        gettext("The filing's value stands in the record now, with the filing as its evidence.")
        if theirs
        else gettext("The record stands; the reading is kept beside it with your reason.")
    )
    return redirect(url_for("differences.index"), code=303)


def _page(wrong: int | None = None, said: str = "") -> str:
    before = pages.key_argument(1)
    number = None if before is None else pages.row_number(before[0])
    with pages.reading() as session:
        found = filing_pages.differences(session, before=number, limit=A_PAGE + 1)
        recorded = differences.recorded(session, [row.evidence for row in found])
        tabs = queue_tabs.counted(session)
    return render_template(
        "queues/differences.html",
        page=pages.page_of(found, A_PAGE, lambda row: (str(row.evidence.id),)),
        recorded=recorded,
        tabs=tabs,
        wrong=wrong,
        said=said,
        typed=request.form,
    )
