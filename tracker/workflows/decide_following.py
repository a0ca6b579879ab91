"""What a person says of a tie between two documents: it stands from then on, and no rule suggests it otherwise."""

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentRelation, LinkState
from tracker.models.document import Document
from tracker.models.document_link import DocumentLink
from tracker.store import document_links
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime

DOING = "deciding what a document follows"


def decide_following(
    runtime: Runtime,
    later_id: int,
    earlier_id: int,
    *,
    accept: bool,
    by: str,
    relation: DocumentRelation | None = None,
) -> DocumentLink:
    """Confirm or reject that a document answers or goes on from an earlier one; one that no rule suggested is made.

    Without a `relation` the suggested one stands. Raises NotFoundError for a document there is not, InputError where
    the two are one, the name of a person is missing, or the relation of a new tie.
    """
    if not by.strip() or by.startswith("rule:"):
        raise InputError(f"{DOING}: it needs the name of a person, found {by!r}")
    if later_id == earlier_id:
        raise InputError(f"{DOING}: {later_id} is given twice; no document follows itself")
    with writing(runtime.engine) as session:
        for number in (later_id, earlier_id):
            if session.get(Document, number) is None:
                raise NotFoundError(f"{DOING}: no document has the number {number}; it stands in its page's address")
        cause = Cause(by, runtime.clock(), evidence_id=later_id)
        with recording(session, cause):
            row = document_links.between(session, later_id, earlier_id) or _new(later_id, earlier_id, relation, runtime)
            row.relation = relation or row.relation
            row.state = LinkState.CONFIRMED if accept else LinkState.REJECTED
            row.decided_by, row.decided_at = by, cause.now
            session.add(row)
        session.refresh(row)
        return row


def _new(later_id: int, earlier_id: int, relation: DocumentRelation | None, runtime: Runtime) -> DocumentLink:
    if relation is None:
        raise InputError(
            f"{DOING}: no rule suggests that {later_id} follows {earlier_id}; "
            f"say which relation it is: {', '.join(DocumentRelation)}"
        )
    now = runtime.clock()
    return DocumentLink(
        later_id=later_id,
        earlier_id=earlier_id,
        relation=relation,
        state=LinkState.SUGGESTED,
        score=1.0,
        created_at=now,
    )
