"""Two objects that are one: chosen, compared field by field, merged; and the merge undone."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import merges, objects
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing import merge_words
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows.merge import Pair, Side, UndecidedError, merge, unmerge

bp = Blueprint("merging", __name__)


@bp.get("/objects/<slug>/merge")
@needs(Role.PUBLISHER)
def page(slug: str) -> ResponseReturnValue:
    """Choose which object is the same as this one; with `object` in the address, compare the two."""
    other = request.args.get("object", "")
    return _compared(slug, other, {}) if other else _candidates(slug)


@bp.post("/objects/<slug>/merge")
@needs(Role.PUBLISHER)
def do(slug: str) -> ResponseReturnValue:
    """Merge the other object into this one."""
    form = request.form
    other = form.get("object", "")
    versions = form.get("version", 0, type=int), form.get("other_version", 0, type=int)
    chosen = {name.removeprefix("field:"): Side(value) for name, value in form.items()
              if name.startswith("field:") and value in set(Side)}  # fmt: skip
    try:
        done = merge(runtime(), Pair(slug, other, *versions), chosen, by=signed_in().name, why=form.get("why", ""))
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except UndecidedError as error:
        said = gettext("Choose which value stays.")
        return _compared(slug, other, {f"field:{one.name}": said for one in error.fields}), 422
    except ConflictError as error:
        return _compared(slug, other, {"": str(error)}), 409
    except InputError as error:
        return _compared(slug, other, {"" if form.get("why", "").strip() else "why": str(error)}), 422
    flash(
        gettext("The two are one now: %(moved)s values were moved, %(twins)s stood in both.")
        % {"moved": done.moved, "twins": done.doubles}
    )
    return redirect(url_for("publishing.page", slug=slug), 303)


@bp.get("/objects/<slug>/undo-merge")
@needs(Role.PUBLISHER)
def undo(slug: str) -> ResponseReturnValue:
    """Show what undoing a merge would do."""
    return _undoing(slug, {})


@bp.post("/objects/<slug>/undo-merge")
@needs(Role.PUBLISHER)
def put_back(slug: str) -> ResponseReturnValue:
    """Undo a merge."""
    try:
        left = unmerge(runtime(), slug, by=signed_in().name, why=request.form.get("why", ""))
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except InputError as error:
        return _undoing(slug, {"why": str(error)}), 422
    flash(merge_words.undone(left))
    return redirect(url_for("publishing.page", slug=slug), 303)


def _candidates(slug: str) -> str:
    with pages.reading() as session:
        spine = _object(session, slug)
        others = merges.others(session, spine)
    return render_template("merging/choose.html", spine=spine, others=others)


def _compared(slug: str, other_slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        kept, gone = _object(session, slug), _object(session, other_slug)
        alike = kept.kind == gone.kind
        fields = list(merges.fields(session, kept, gone)) if alike else []
        hanging = merges.hanging(session, gone.id or 0)
    return render_template(
        "merging/compare.html",
        kept=kept,
        gone=gone,
        alike=alike and kept.id != gone.id,
        differing=[one for one in fields if one.differs],
        filled=[one for one in fields if one.gone_text and not one.kept_text],
        hanging=hanging,
        errors=errors,
        typed=request.form,
    )


def _undoing(slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        gone = _object(session, slug)
        done = merges.standing(session, gone.id or 0)
        kept = merges.object_of(session, done.kept_id if done else None)
    if done is None or kept is None:
        raise MissingPage(gettext("It was not merged here, so there is nothing to undo."))
    return render_template(
        "merging/undo.html", gone=gone, kept=kept, done=done, errors=errors, why=request.form.get("why", "")
    )


def _object(session: pages.Session, slug: str) -> Any:
    try:
        return objects.by_slug(session, slug)
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
