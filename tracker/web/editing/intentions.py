"""Votes declared ahead of a meeting: by who speaks for an investor, or by an editor for one; revised, taken back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.accounts import may
from tracker.domain.code_words import code_words
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Intention, Role
from tracker.store import objects, spokespeople, voting_intentions
from tracker.store.voting_intentions import Declared
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext as _
from tracker.workflows import declare_votes as workflow
from tracker.workflows.declare_votes import Declaration, Speaker

bp = Blueprint("intentions", __name__)

FIELDS = ("intention", "rationale", "investor", "url")


@bp.get("/declarations")
@needs(Role.READER)
def index() -> str:
    """Show what the investor, for whom somebody speaks, has declared; earlier declarations stay below the last."""
    who = signed_in()
    with pages.reading() as session:
        own = spokespeople.organization_of(session, who.id)
        rows = voting_intentions.of_investor(session, own.id or 0) if own is not None else []
    return render_template("editing/declarations.html", own=own, resolutions=_by_resolution(rows), today=pages.today())


def _by_resolution(rows: list[Declared]) -> list[list[Declared]]:
    found: dict[str, list[Declared]] = {}
    for row in rows:
        found.setdefault(row.slug, []).append(row)
    return list(found.values())


@bp.get("/resolutions/<slug>/declare")
@needs(Role.READER)
def page(slug: str) -> str:
    """Show a form for a declaration on a resolution."""
    return _page(slug, {"investor": request.args.get("investor", "")}, {})


def _page(slug: str, given: dict[str, str], errors: dict[str, str]) -> str:
    who = signed_in()
    with pages.reading() as session:
        spine = objects.find_shown(session, "resolution", slug)
        if spine is None:
            raise MissingPage(_("No resolution is called so."), [(_("Resolutions"), url_for("resolutions.index"))])
        number, title = spine.id or 0, spine.title
        own = spokespeople.organization_of(session, who.id)
        lines = voting_intentions.of_resolution(session, number)
        meeting = voting_intentions.meetings(session, [number]).get(number)
    is_over = meeting is not None and meeting.latest is not None and meeting.latest < pages.today()
    return render_template(
        "editing/declare.html", slug=slug, title=title, own=own, lines=lines, meeting=meeting, is_over=is_over,
        given=given, errors=errors, is_editor=may(who.role, Role.EDITOR),
        ways=[(code.value, code_words(code)) for code in Intention],
    )  # fmt: skip


@bp.post("/resolutions/<slug>/declare")
@needs(Role.READER)
def declare(slug: str) -> tuple[str, int] | Response:
    """Keep a declaration, or take the one that stands back."""
    who = signed_in()
    given = {name: request.form.get(name, "").strip() for name in FIELDS}
    speaker = Speaker(who.id, who.name, who.role)
    try:
        if request.form.get("act") == "withdraw":
            workflow.withdraw(pages.runtime(), speaker, slug, given["investor"])
            flash(_("The declaration is taken back; it stays on record with the day."))
        elif workflow.declare(pages.runtime(), speaker, Declaration(slug, **given)):
            flash(_("The declaration is on record."))
        else:
            flash(_("This stands already."))
    except InputError as error:
        return _page(slug, given, {"": str(error)}), 422
    except ConflictError as error:
        return _page(slug, given, {"": str(error)}), 409
    except NotFoundError as error:
        raise MissingPage(str(error), [(_("Resolutions"), url_for("resolutions.index"))]) from error
    return redirect(url_for("intentions.page", slug=slug), 303)


@bp.post("/people/<id:account>/speaks-for")
@needs(Role.ADMINISTRATOR)
def speak_for(account: int) -> Response:
    """Tie an account to the organisation that it speaks for, or to none."""
    try:
        workflow.speak_for(pages.runtime(), account, request.form.get("organization", "").strip(), signed_in().name)
        flash(_("It is saved."))
    except (InputError, NotFoundError) as error:
        flash(str(error))
    return redirect(url_for("intentions.speakers"), 303)


@bp.get("/people/speakers")
@needs(Role.ADMINISTRATOR)
def speakers() -> str:
    """Show which account speaks for which organisation."""
    with pages.reading() as session:
        rows = spokespeople.everybody(session)
    return render_template("editing/speakers.html", rows=rows)
