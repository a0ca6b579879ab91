"""One object that is two: what of it goes to the second is ticked."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import objects, parted
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing.publishing import version_shown
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows.split import Parting, split

bp = Blueprint("splitting", __name__)


@bp.get("/objects/<slug>/split")
@needs(Role.PUBLISHER)
def page(slug: str) -> ResponseReturnValue:
    """Show every part, link and piece of evidence that may go to a second object."""
    return _shown(slug, {})


@bp.post("/objects/<slug>/split")
@needs(Role.PUBLISHER)
def do(slug: str) -> ResponseReturnValue:
    """Make the second object and lead to its draft."""
    form = request.form
    parting = Parting(slug, version_shown(), form.get("title", ""), frozenset(form.getlist("goes")))
    try:
        made = split(runtime(), parting, by=signed_in().name, why=form.get("why", ""))
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except ConflictError as error:
        return _shown(slug, {"": str(error)}), 409
    except InputError as error:
        return _shown(slug, {_field(form.get("title", ""), form.get("why", "")): str(error)}), 422
    flash(gettext("The second one is made. Check it, then publish it."))
    return redirect(url_for("publishing.page", slug=made), 303)


def _field(title: str, why: str) -> str:
    return "title" if not title.strip() else "why" if not why.strip() else ""


def _shown(slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        try:
            spine = objects.by_slug(session, slug)
        except NotFoundError as error:
            raise MissingPage(str(error)) from error
        pieces = list(parted.pieces(session, spine.id or 0))
    return render_template(
        "splitting/page.html",
        spine=spine,
        pieces=pieces,
        going=set(request.form.getlist("goes")),
        typed=request.form,
        errors=errors,
    )
