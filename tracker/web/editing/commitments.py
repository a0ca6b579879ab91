"""What companies promised: written down when a resolution is withdrawn for it, with each side's views of it since."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.accounts import may
from tracker.domain.commitments import SIDE_WORDS, STATE_WORDS, Side
from tracker.domain.errors import ConflictError
from tracker.domain.vocab import CommitmentState, Role
from tracker.store import commitment_lists, typed_names
from tracker.store.commitment_lists import CommitmentLine
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext as _
from tracker.workflows import commitments as workflow
from tracker.workflows.commitments import FieldsError, Promise, View

bp = Blueprint("commitments", __name__)
bp.add_app_template_global(STATE_WORDS, "commitment_words")  # type: ignore[arg-type]  # a mapping is a global as well
bp.add_app_template_global(SIDE_WORDS, "commitment_sides")  # type: ignore[arg-type]

PROMISE = ("title", "made_for", "company", "summary", "made_on", "due_on", "url")
VIEW = ("side", "state", "on", "by", "said", "url")


@bp.get("/editing/commitments")
@needs(Role.EDITOR)
def index() -> str:
    """List every commitment, and a form for a new one; `for` names the resolution that was withdrawn."""
    return _index({"made_for": request.args.get("for", "")}, {})


def _index(given: dict[str, str], errors: dict[str, str]) -> str:
    with pages.reading() as session:
        lines = commitment_lists.all_of(session)
        companies = typed_names.offered(session, "organization")
    kept = commitment_lists.counted(lines, pages.today())
    return render_template(
        "editing/commitments.html", lines=lines, kept=kept, given=given, errors=errors, companies=companies
    )


@bp.post("/editing/commitments")
@needs(Role.EDITOR)
def make() -> tuple[str, int] | Response:
    """Write a promise down: a publisher's is shown at once, an editor's is a draft."""
    who = signed_in()
    given = {name: request.form.get(name, "").strip() for name in PROMISE}
    try:
        slug = workflow.make(pages.runtime(), Promise(**given), who.name, publish=may(who.role, Role.PUBLISHER))
    except FieldsError as error:
        return _index(given, error.fields), 422
    flash(_("The commitment is on record."))
    return redirect(url_for("commitments.page", slug=slug), 303)


@bp.get("/editing/commitments/<slug>")
@needs(Role.EDITOR)
def page(slug: str) -> str:
    """Show a commitment with both sides' views, and a form for a further one."""
    return _page(slug, {}, {})


def _page(slug: str, given: dict[str, str], errors: dict[str, str]) -> str:
    line = _line(slug)
    sides = [(side.value, _(SIDE_WORDS[side])) for side in Side]
    states = [(state.value, _(STATE_WORDS[state])) for state in CommitmentState if state is not CommitmentState.NONE]
    return render_template("editing/commitment.html", line=line, given=given, errors=errors, sides=sides, states=states)


def _line(slug: str) -> CommitmentLine:
    with pages.reading() as session:
        line = commitment_lists.by_slug(session, slug)
    if line is None:
        raise MissingPage(_("No commitment is called so."), [(_("All commitments"), url_for("commitments.index"))])
    return line


@bp.post("/editing/commitments/<slug>/views")
@needs(Role.EDITOR)
def add_view(slug: str) -> tuple[str, int] | Response:
    """Keep what a side says became of the promise."""
    given = {name: request.form.get(name, "").strip() for name in VIEW}
    settles = request.form.get("settles") == "yes"
    version = request.form.get("version", "")
    try:
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        workflow.add_view(pages.runtime(), slug, number, View(**given, settles=settles), signed_in().name)
    except FieldsError as error:
        return _page(slug, given, error.fields), 422
    except ConflictError as error:
        return _page(slug, given, {"": str(error)}), 409
    flash(_("The view is on record."))
    return redirect(url_for("commitments.page", slug=slug), 303)
