"""Documents: what everything rests on."""

from flask import Response, abort
from pydantic import Field

from tracker.domain.vocab import DocumentState
from tracker.store import archive
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.api.base import ARCHIVE, Query, bp, told
from tracker.web.shapes.documents import Document


class DocumentPath(Query):
    """Which document."""

    document_id: int = Field(ge=1, lt=2**31, description="Its number")


@bp.get("/documents/<int:document_id>", summary="One document", tags=[ARCHIVE], responses={200: Document})
def document(path: DocumentPath) -> Response:
    """Give what is known of a document and what it bears on, with the reasons. Its text is on its page."""
    with pages.reading() as session:
        found = archive.page(session, path.document_id)
        if found is None:
            raise MissingPage(f"No document has the number {path.document_id}.")
        if found.document.state is DocumentState.WITHDRAWN:
            abort(410, found.document.state_reason or "This document has been withdrawn.")
        shape = Document.of(found)
    return told(shape)
