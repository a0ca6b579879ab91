"""Whether readers see a document: withdrawn with a reason, brought back. Its text, links and story stay as they are."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import DocumentState
from tracker.models.document import Document
from tracker.store import search
from tracker.store.corrections import Cause
from tracker.store.engine import writing
from tracker.workflows.project import project
from tracker.workflows.published import corrected
from tracker.workflows.runtime import Runtime


def withdraw_document(runtime: Runtime, document_id: int, *, by: str, reason: str) -> None:
    """Show a document no more: not its page, not in a timeline, a search or beside a fact; its address says why.

    Raises NotFoundError where there is none, ConflictError where it is withdrawn already, InputError without a reason.
    """
    reason = _said(reason, f"withdrawing document {document_id}: it needs a reason; who comes to its address sees it")
    with _changing(runtime, document_id, by, reason) as document:
        if document.state is DocumentState.WITHDRAWN:
            raise ConflictError(f"withdrawing “{document.title}”: it is withdrawn already: {document.state_reason}")
        document.state, document.state_reason = DocumentState.WITHDRAWN, reason


def bring_back_document(runtime: Runtime, document_id: int, *, by: str, why: str) -> None:
    """Show a withdrawn document again, as one that bears on our subjects. Raises as `withdraw_document` does."""
    why = _said(why, f"bringing back document {document_id}: say why; it stands among the corrections")
    with _changing(runtime, document_id, by, why) as document:
        if document.state is not DocumentState.WITHDRAWN:
            raise ConflictError(f"bringing back “{document.title}”: it is not withdrawn")
        document.state, document.state_reason = DocumentState.RELEVANT, why


def _said(text: str, refusal: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise InputError(refusal)
    return words


@contextmanager
def _changing(runtime: Runtime, document_id: int, by: str, why: str) -> Iterator[Document]:
    with writing(runtime.engine) as session:
        document = _held(session, document_id)
        with corrected(session, document, Cause(by, runtime.clock(), why)):
            yield document
        search.mark_again(session, [document_id])
        project(session, document_ids=[document_id], clock=runtime.clock)


def _held(session: Session, document_id: int) -> Document:
    """Return a document, held until the end of the transaction."""
    found = session.get(Document, document_id, with_for_update=True)
    if found is None:
        raise NotFoundError(f"deciding on document {document_id}: there is none of this number")
    return found
