"""What readers see of an object or a document: published, withdrawn with a reason, brought back."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.accounts import may
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.publishing import NotReadyError
from tracker.domain.vocab import Role
from tracker.store import archive, evidence, merges, objects
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows import publish, publish_document

bp = Blueprint("publishing", __name__)


@bp.get("/objects/<slug>/state")
@needs(Role.EDITOR)
def page(slug: str) -> ResponseReturnValue:
    """Show whether readers see an object, what hangs on it, and what a draft still lacks."""
    return _shown(slug, {})


@bp.post("/objects/<slug>/publish")
@needs(Role.PUBLISHER)
def publish_object(slug: str) -> ResponseReturnValue:
    """Publish a draft."""
    return _done(slug, publish.publish, gettext("It is published."), why=_why())


@bp.post("/objects/<slug>/withdraw")
@needs(Role.PUBLISHER)
def withdraw(slug: str) -> ResponseReturnValue:
    """Withdraw what is published; its address says why."""
    return _done(slug, publish.withdraw, gettext("It is withdrawn. Its address tells the reason."), reason=_why())


@bp.post("/objects/<slug>/bring-back")
@needs(Role.PUBLISHER)
def bring_back(slug: str) -> ResponseReturnValue:
    """Show again what was withdrawn."""
    return _done(slug, publish.bring_back, gettext("It is brought back."), why=_why())


@bp.get("/documents/<id:document_id>/state")
@needs(Role.PUBLISHER)
def document(document_id: int) -> ResponseReturnValue:
    """Show whether readers see a document, and what withdrawing it changes."""
    return _document_shown(document_id, {})


@bp.post("/documents/<id:document_id>/withdraw")
@needs(Role.PUBLISHER)
def withdraw_document(document_id: int) -> ResponseReturnValue:
    """Withdraw a document; its address says why."""
    try:
        publish_document.withdraw_document(runtime(), document_id, by=signed_in().name, reason=_why())
    except (ConflictError, InputError) as error:
        return _document_shown(document_id, {"why": str(error)}), 422
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    flash(gettext("It is withdrawn. Its address tells the reason."))
    return redirect(url_for("publishing.document", document_id=document_id), 303)


@bp.post("/documents/<id:document_id>/bring-back")
@needs(Role.PUBLISHER)
def bring_back_document(document_id: int) -> ResponseReturnValue:
    """Show a withdrawn document again."""
    try:
        publish_document.bring_back_document(runtime(), document_id, by=signed_in().name, why=_why())
    except (ConflictError, InputError) as error:
        return _document_shown(document_id, {"why": str(error)}), 422
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    flash(gettext("It is shown again."))
    return redirect(url_for("publishing.document", document_id=document_id), 303)


def edit_url(slug: str) -> str | None:
    """Return the address of an object's form; None while this site has none."""
    found = f"/edit/{slug}"
    adapter = current_app.create_url_adapter(request)
    return found if adapter is not None and adapter.test(found, "GET") else None


def _done(slug: str, act: object, said: str, **reason: str) -> ResponseReturnValue:
    """Do one thing to an object and say so; what stands in the way is said with everything typed kept."""
    try:
        act(runtime(), slug, version=version_shown(), by=signed_in().name, **reason)  # type: ignore[operator]
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except NotReadyError as error:
        return _shown(slug, {"": gettext("It still lacks what is listed below.")}, lacks=error.lacks), 422
    except ConflictError as error:
        return _shown(slug, {"": str(error)}), 409
    except InputError as error:
        return _shown(slug, {"why": str(error)}), 422
    flash(said)
    return redirect(url_for("publishing.page", slug=slug), 303)


def version_shown() -> int:
    """Return the version that the form was made from; zero, which none has, where it says none."""
    return request.form.get("version", 0, type=int)


def _why() -> str:
    return request.form.get("why", "")


def _shown(slug: str, errors: dict[str, str], lacks: object = None) -> str:
    with pages.reading() as session:
        try:
            spine = objects.by_slug(session, slug)
        except NotFoundError as error:
            raise MissingPage(str(error)) from error
        number = spine.id or 0
        hanging = merges.hanging(session, number)
        read = evidence.by_field(session, number)
        standing = merges.standing(session, number)
        kept = merges.object_of(session, spine.merged_into_id)
    return render_template(
        "publishing/page.html",
        spine=spine,
        hanging=hanging,
        evidence=read,
        lacks=publish.missing(runtime(), slug) if lacks is None and spine.state == "draft" else lacks or (),
        merge=standing,
        kept=kept,
        own=pages.object_url(spine.kind, slug) if spine.state == "published" and kept is None else None,
        edit=edit_url(slug),
        publisher=may(signed_in().role, Role.PUBLISHER),
        errors=errors,
        why=_why(),
    )


def _document_shown(document_id: int, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        found = archive.page(session, document_id)
    if found is None:
        raise MissingPage(gettext("No document has this number."))
    return render_template("publishing/document.html", found=found, document=found.document, errors=errors, why=_why())
