"""A letter, statement, response or contract made of a document, in two clicks."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext, later
from tracker.web.pages import runtime
from tracker.workflows.make_from_document import KINDS, Chosen, MakingError, make_draft, suggested

bp = Blueprint("making", __name__)

KIND_WORDS = {
    "letter": later("letter"),
    "statement": later("statement"),
    "company_response": later("response of a company"),
    "contract": later("contract"),
}


@bp.get("/documents/<id:document_id>/make/<kind>")
@needs(Role.EDITOR)
def page(document_id: int, kind: str) -> ResponseReturnValue:
    """Show what the text gives, all of it ticked."""
    return _shown(document_id, kind, {})


@bp.post("/documents/<id:document_id>/make/<kind>")
@needs(Role.EDITOR)
def do(document_id: int, kind: str) -> ResponseReturnValue:
    """Make the draft of what was left ticked, and go on to it."""
    form = request.form
    chosen = Chosen(
        kind=kind,
        title=form.get("title", ""),
        on=form.get("on", ""),
        respond_by=form.get("respond_by", ""),
        keep=frozenset(form.getlist("keep")),
        organization_id=form.get("organization", type=int),
        agency_id=form.get("agency", type=int),
    )
    try:
        slug = make_draft(runtime(), document_id, chosen, by=signed_in().name)
    except MakingError as error:
        return _shown(document_id, kind, {error.field: str(error)}), 422
    except (NotFoundError, InputError) as error:
        raise MissingPage(str(error)) from error
    flash(gettext("The draft is made. Check it, then publish it."))
    return redirect(url_for("publishing.page", slug=slug), 303)


def _shown(document_id: int, kind: str, errors: dict[str, str]) -> str:
    try:
        found = suggested(runtime(), document_id, kind)
    except (NotFoundError, InputError) as error:
        raise MissingPage(str(error)) from error
    given = {"title": found.title, **{name: day.text for name in ("on", "respond_by") if (day := getattr(found, name))}}
    typed: dict[str, Any] = dict(request.form) if request.method == "POST" else given
    groups = {
        later("Senders"): found.senders,
        later("Recipients"): found.recipients,
        later("Questions and demands"): found.questions,
    }
    ticked = set(request.form.getlist("keep")) if request.method == "POST" else {
        one.key for told in groups.values() for one in told
    }  # fmt: skip
    return render_template(
        "making/page.html",
        found=found,
        document=found.document,
        kinds=[(code, KIND_WORDS[code]) for code in KINDS],
        kind_words=KIND_WORDS[kind],
        groups=groups,
        ticked=ticked,
        typed=typed,
        errors=errors,
    )
