"""What readers see of a document, before and after somebody decided on it: what differs is a correction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.corrections import CorrectionKind
from tracker.domain.vocab import DocumentState, EventType, Relation
from tracker.models.document import Document
from tracker.store import links
from tracker.store.corrections import Cause, record, recording


@dataclass(frozen=True, slots=True)
class Published:
    """What a document is shown as: what happened in it, and how it bears on which objects; none where it is hidden."""

    event_type: EventType | None
    ties: Mapping[int, Relation]


@contextmanager
def corrected(session: Session, document: Document, cause: Cause) -> Iterator[None]:
    """Write down what readers see no more, or otherwise, of a document after what is done within."""
    before = _published(session, document)
    with recording(session, cause):
        yield
    session.flush()
    after = _published(session, document)
    number = document.id or 0
    if before.ties and document.state is not DocumentState.RELEVANT:
        record(session, cause, CorrectionKind.WITHDRAWN, document_id=number, before="published", after="withdrawn")
        return
    for object_id, relation in before.ties.items():
        about = {"object_id": object_id, "document_id": number, "item": document.title, "before": relation.value}
        now = after.ties.get(object_id)
        if now is None:
            record(session, cause, CorrectionKind.UNLINKED, **about)
        elif now is not relation:
            record(session, cause, CorrectionKind.RELINKED, after=now.value, **about)
    if before.ties and before.event_type and after.event_type is not before.event_type:
        record(
            session, cause, CorrectionKind.CORRECTED, document_id=number, part="document", field="event_type",
            before=before.event_type.value, after=after.event_type.value if after.event_type else "",
        )  # fmt: skip


def _published(session: Session, document: Document) -> Published:
    shown = document.state is DocumentState.RELEVANT
    return Published(document.event_type, links.confirmed_of(session, document.id or 0) if shown else {})
