"""CSV files in by the page: given, looked at row by row, decided on, brought in; the file is kept and can go on."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.accounts import may
from tracker.domain.csv_judged import Outcome
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.models.csv_run import CsvRun, CsvRunState
from tracker.store import csv_runs as stored
from tracker.store.csv_fields import fields
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext as _
from tracker.workflows import csv_runs
from tracker.workflows.csv_import import KINDS, TIMELINEJS, open_table
from tracker.workflows.csv_runs import Wanted

bp = Blueprint("imports", __name__)

ROWS = 100
# A request looks at rows or brings them in for so long; then its page says how far it is and goes on from there.
SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Shown:
    """Which rows a page shows: those after a number, or those of one outcome."""

    after: int
    outcome: str


@bp.get("/editing/imports")
@needs(Role.EDITOR)
def index() -> str:
    """List the files there were, and a form for a new one."""
    return _index({}, {})


def _index(given: dict[str, str], errors: dict[str, str]) -> str:
    with pages.reading() as session:
        runs = stored.listed(session)
    kinds = [(kind, words) for kind, words in KINDS.items()]
    return render_template("editing/imports.html", runs=runs, given=given, errors=errors, kinds=kinds, words=KINDS)


@bp.post("/editing/imports")
@needs(Role.EDITOR)
def begin() -> tuple[str, int] | Response:
    """Keep a file and look at its rows."""
    who = signed_in()
    given = {name: request.form.get(name, "").strip() for name in ("kind", "source", "campaign")}
    file = request.files.get("file")
    if file is None or not file.filename:
        return _index(given, {"file": _("Choose a file.")}), 422
    publish = request.form.get("publish") == "yes" and may(who.role, Role.PUBLISHER)
    wanted = Wanted(None, given["source"], given["campaign"], publish)
    try:
        number = csv_runs.begin(pages.runtime(), (file.stream, file.filename), given["kind"], who.name, wanted)
    except InputError as error:
        return _index(given, {"file": f"{file.filename}: {error}"}), 422
    csv_runs.check(pages.runtime(), number, seconds=SECONDS)
    return redirect(url_for("imports.page", number=number), 303)


@bp.get("/editing/imports/<id:number>")
@needs(Role.EDITOR)
def page(number: int) -> str:
    """Show how far a file is and what its rows come to, a hundred at a time."""
    return _page(number, {})


def _page(number: int, errors: dict[str, str]) -> str:
    run = _run(number)
    shown = _shown(run)
    rows = csv_runs.page(pages.runtime(), number, after=shown.after, limit=ROWS, only=_only(run, shown))
    table = open_table(csv_runs.content_of(run), run.kind, run.columns)
    known = [] if run.kind == TIMELINEJS else [(key, one.label) for key, one in fields(run.kind).items()]
    chosen = {
        name: table.columns[place].key if place in table.columns else "" for place, name in enumerate(table.header)
    }
    return render_template(
        "editing/import.html",
        run=run, rows=rows, table=table, known=known, chosen=chosen, shown=shown, errors=errors, outcomes=list(Outcome),
        states=CsvRunState, last=rows[-1].number if len(rows) == ROWS else None, words=KINDS,
    )  # fmt: skip


def _run(number: int) -> CsvRun:
    try:
        with pages.reading() as session:
            return csv_runs.get(session, number)
    except NotFoundError as error:
        raise MissingPage(str(error), [(_("Imports"), url_for("imports.index"))]) from error


def _shown(run: CsvRun) -> Shown:
    outcome = request.values.get("show", "")
    after = request.values.get("after", "")
    known = outcome in run.found or outcome in set(Outcome)
    return Shown(int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0, outcome if known else "")


def _only(run: CsvRun, shown: Shown) -> list[int] | None:
    if not shown.outcome:
        return None
    return [number for number in run.listed.get(shown.outcome, []) if number > shown.after][:ROWS]


@bp.post("/editing/imports/<id:number>")
@needs(Role.EDITOR)
def decide(number: int) -> tuple[str, int] | Response:
    """Keep what was said of the rows on the page, and then do what the pressed button says."""
    act, run = request.form.get("act", "keep"), _run(number)
    try:
        if act == "columns":
            csv_runs.choose(pages.runtime(), number, _columns())
            csv_runs.check(pages.runtime(), number, seconds=SECONDS)
        elif act == "check":
            csv_runs.check(pages.runtime(), number, seconds=SECONDS)
        elif act == "give up":
            csv_runs.give_up(pages.runtime(), number)
        else:
            if run.state in {CsvRunState.CHECKING, CsvRunState.READY}:
                csv_runs.decide(pages.runtime(), number, _said())
            if act == "apply":
                _may_apply(run)
                state = csv_runs.apply(pages.runtime(), number, signed_in().name, seconds=SECONDS)
                flash(_("The file is in.") if state is CsvRunState.DONE else _("Part of the file is in; go on."))
    except InputError as error:
        return _page(number, {"": str(error)}), 422
    except ConflictError as error:
        return _page(number, {"": str(error)}), 409
    shown = _shown(run)
    way = url_for("imports.page", number=number, after=shown.after or None, show=shown.outcome or None)
    return redirect(way, 303)


def _may_apply(run: CsvRun) -> None:
    """Refuse to let an editor show what a publisher's file brings: who presses the button publishes it."""
    if run.publish and not may(signed_in().role, Role.PUBLISHER):
        raise InputError(_("What is in this file is to be shown at once: a publisher has to bring it in."))


def _columns() -> dict[str, str]:
    names = request.form.getlist("column")
    return dict(zip(names, request.form.getlist("field"), strict=False))


def _said() -> dict[int, str]:
    """Return what the form says of each row on it: unticked ones are left, doubtful ones are what was chosen."""
    rows = [int(text) for text in request.form.getlist("row") if text.isascii() and text.isdigit() and len(text) < 9]
    ticked = set(request.form.getlist("take"))
    said = {}
    for row in rows:
        word = request.form.get(f"is-{row}", "")
        said[row] = word if str(row) in ticked or word else csv_runs.LEAVE
    return said
