"""Two organisations that are one: chosen, merged, and the merge undone."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import merges, moving
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing import merge_words
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows.merge_organizations import merge_organizations, unmerge_organization

bp = Blueprint("merging_organizations", __name__)


@bp.get("/organizations/<slug>/merge")
@needs(Role.PUBLISHER)
def page(slug: str) -> ResponseReturnValue:
    """Choose which organisation is the same; with `object` in the address, say what merging the two changes."""
    return _shown(slug, request.args.get("object", ""), {})


@bp.post("/organizations/<slug>/merge")
@needs(Role.PUBLISHER)
def do(slug: str) -> ResponseReturnValue:
    """Merge the other organisation into this one."""
    other, why = request.form.get("object", ""), request.form.get("why", "")
    try:
        done = merge_organizations(runtime(), slug, other, by=signed_in().name, why=why)
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except InputError as error:
        return _shown(slug, other, {"" if why.strip() else "why": str(error)}), 422
    flash(gettext("The two are one now: %(moved)s values were moved.") % {"moved": done.moved})
    return redirect(url_for("merging_organizations.undo", slug=other), 303)


@bp.get("/organizations/<slug>/undo-merge")
@needs(Role.PUBLISHER)
def undo(slug: str) -> ResponseReturnValue:
    """Show into what an organisation was merged, and what undoing it would do."""
    return _undoing(slug, {})


@bp.post("/organizations/<slug>/undo-merge")
@needs(Role.PUBLISHER)
def put_back(slug: str) -> ResponseReturnValue:
    """Undo the merge of an organisation."""
    try:
        left = unmerge_organization(runtime(), slug, by=signed_in().name, why=request.form.get("why", ""))
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except InputError as error:
        return _undoing(slug, {"why": str(error)}), 422
    flash(merge_words.undone(left))
    return redirect(url_for("merging_organizations.page", slug=slug), 303)


def _shown(slug: str, other_slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        one = _organization(session, slug)
        other = _organization(session, other_slug) if other_slug else None
        others = [] if other else merges.other_organizations(session, one)
        hanging = moving.hanging(session, "organization", other.id) if other else {}
    return render_template(
        "merging/organizations.html",
        kept=one,
        gone=other,
        others=others,
        hanging=hanging,
        errors=errors,
        why=request.form.get("why", ""),
    )


def _undoing(slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        gone = _organization(session, slug)
        done = merges.standing_organization(session, gone.id)
    if done is None:
        raise MissingPage(gettext("It was not merged here, so there is nothing to undo."))
    with pages.reading() as session:
        kept = merges.organization_of(session, done.kept_organization_id)
    return render_template(
        "merging/undo_organization.html",
        gone=gone,
        kept=kept,
        done=done,
        errors=errors,
        why=request.form.get("why", ""),
    )


def _organization(session: pages.Session, slug: str) -> Any:
    found = merges.organization(session, slug)
    if found is None:
        raise MissingPage(gettext("No organisation has this name."))
    return found
