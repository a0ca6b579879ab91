"""Undoing a decision: a new one, which puts back what stood before exactly; both stay on record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Verdict
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store import decisions
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.project import project
from tracker.workflows.published import corrected
from tracker.workflows.runtime import Runtime

UNDONE = frozenset({Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE, Verdict.WRONG_RELATION, Verdict.EVENT_TYPE})


def undo(runtime: Runtime, decision_id: int, by: str) -> Decision:
    """Take back one decision, as `undo_all` does."""
    return undo_all(runtime, [decision_id], by)[0]


def undo_all(runtime: Runtime, decision_ids: Sequence[int], by: str) -> list[Decision]:
    """Take back decisions of one's own, the last first: link, event type and timeline are as they stood before them.

    All or none. Raises NotFoundError for no such decision, InputError for one that this person did not make or that
    has no way back, ConflictError where it was undone already or something was decided on the same thing since.
    """
    now = runtime.clock()
    with writing(runtime.engine) as session:
        made = [_taken_back(session, number, by, now) for number in sorted(set(decision_ids), reverse=True)]
        session.flush()
        project(session, document_ids={row.document_id for row in made}, clock=runtime.clock)
        for row in made:
            session.refresh(row)
    return made


def _taken_back(session: Session, decision_id: int, by: str, now: datetime) -> Decision:
    row = session.get(Decision, decision_id)
    if row is None:
        raise NotFoundError(f"undoing decision {decision_id}: there is none of this number")
    if row.decided_by != by:
        raise InputError(f"undoing decision {row.id}: {row.decided_by} made it; decide anew on its link instead")
    cause = Cause(by, now, "A decision was undone.", row.document_id)
    with recording(session, cause):
        undoing = undo_in(session, row, cause)
        session.flush()
    return undoing


def undo_in(session: Session, row: Decision, cause: Cause, note: str = "") -> Decision:
    """Take a decision back within the caller's transaction, who brings the timeline up to date afterwards.

    Raises InputError where there is no way back, ConflictError where something else stands since.
    """
    document = session.get_one(Document, row.document_id, with_for_update=True)
    _check(session, row)
    with corrected(session, document, Cause(cause.by, cause.now, cause.why, document.id)):
        undoing = decisions.add(session, _undoing(row, cause, note))
        if row.verdict is Verdict.EVENT_TYPE:
            decisions.restore_event_type(document, row.before or {})
        elif row.verdict is not Verdict.UNSURE:
            _restore_link(session, row, row.before or {})
        decisions.settle(document, decisions.of_document(session, row.document_id))
    return undoing


def _check(session: Session, row: Decision) -> None:
    what = f"undoing decision {row.id}"
    if row.verdict not in UNDONE or row.before is None:
        raise InputError(f"{what}: there is no way back from “{row.verdict.value.replace('_', ' ')}”; decide anew")
    if session.exec(select(Decision.id).where(Decision.undoes_id == row.id)).first() is not None:
        raise ConflictError("This decision was undone already; what stands is shown.")
    kinds = UNDONE - {Verdict.UNSURE, Verdict.EVENT_TYPE} if row.object_id else {Verdict.EVENT_TYPE}
    last = decisions.last(decisions.of_document(session, row.document_id), kinds, row.object_id)
    if row.verdict is not Verdict.UNSURE and last is not None and last.id != row.id:
        when = f"{last.decided_at:%H:%M} UTC on {last.decided_at:%d %b %Y}"
        raise ConflictError(
            f"{last.decided_by} decided on the same since, at {when}: undo that first. What stands is shown."
        )


def _restore_link(session: Session, row: Decision, before: Mapping[str, Any]) -> None:
    query = select(Link).where(Link.document_id == row.document_id, col(Link.object_id) == row.object_id)
    link = session.exec(query).first()
    if link is None or (link.decided_by, link.decided_at) != (row.decided_by, row.decided_at):
        raise ConflictError(
            "The link has changed since it was decided on: nothing was undone, and what stands is shown."
        )
    if before:
        decisions.restore_link(link, before)
    else:
        session.delete(link)
    session.flush()


def _undoing(row: Decision, cause: Cause, note: str) -> Decision:
    return Decision(
        document_id=row.document_id,
        object_id=row.object_id,
        verdict=Verdict.UNDO,
        relation=row.relation,
        undoes_id=row.id,
        shown_by=row.shown_by,
        note=note,
        decided_by=cause.by,
        decided_at=cause.now,
    )
