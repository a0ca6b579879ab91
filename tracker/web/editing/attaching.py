"""A document put to an object: by address, file or pasted text."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentKind, Relation, Role
from tracker.store import objects
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext, later
from tracker.web.pages import runtime
from tracker.web.words import relation_words
from tracker.workflows.attach import MOST_BYTES, AttachError, Attachment, attach

bp = Blueprint("attaching", __name__)

KNOWN_BY = {
    "": later("The document is added."),
    "address": later("The archive had a document of this address; it is put to this now."),
    "bytes": later("The archive had this very file; it is put to this now."),
    "text": later("The archive had this document; it is put to this now."),
}


@bp.get("/objects/<slug>/attach")
@needs(Role.EDITOR)
def page(slug: str) -> ResponseReturnValue:
    """Ask for a document and how it bears on the object."""
    return _shown(slug, {})


@bp.post("/objects/<slug>/attach")
@needs(Role.EDITOR)
def do(slug: str) -> ResponseReturnValue:
    """Put the document to the object. A file is read and never kept under its name or given back as what it was."""
    form, file = request.form, request.files.get("file")
    # One byte more than may be: what is larger is refused without being held in memory.
    body = file.stream.read(MOST_BYTES + 1) if file is not None else b""
    given = Attachment(
        body=body,
        **{name: form.get(name, "") for name in ("relation", "url", "pasted", "title", "publisher", "published")},
        kind=form.get("kind", DocumentKind.NEWS.value),
    )
    try:
        done = attach(runtime(), slug, given, by=signed_in().name)
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except AttachError as error:
        return _shown(slug, {error.field: str(error)}), 422
    flash(gettext(KNOWN_BY[done.known]))
    return redirect(url_for("documents.page", document_id=done.document_id), 303)


def _shown(slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        try:
            spine = objects.by_slug(session, slug)
        except NotFoundError as error:
            raise MissingPage(str(error)) from error
    return render_template(
        "attaching/page.html",
        spine=spine,
        typed=request.form,
        errors=errors,
        relations=[(relation.value, relation_words(relation)) for relation in Relation],
        kinds=[(kind.value, kind.value) for kind in DocumentKind],
        most=MOST_BYTES // 1_000_000,
    )
