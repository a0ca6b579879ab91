"""Other candidates: objects that a document may bear on and is not tied to, worked out when somebody asks."""

from dataclasses import dataclass

from sqlmodel import col, select

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentState, Relation
from tracker.linking.explain import explain
from tracker.models.base import CampaignObject
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store import documents
from tracker.store.engine import reading
from tracker.workflows.known import open_linker
from tracker.workflows.restudy import draft_of
from tracker.workflows.runtime import Runtime

MOST = 10
_LEAST = 0.005  # of scores below it there are as many as objects, and none is what is looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """An object that a document may bear on, how, with the score (0 to 1) and the reasons in words."""

    target: CampaignObject
    relation: Relation
    score: float
    why: str


def other_candidates(runtime: Runtime, document_id: int, *, most: int = MOST) -> list[Candidate]:
    """Return the likeliest objects to which a relevant document is not tied yet, best first.

    Nothing is kept. Raises NotFoundError where there is no such document, InputError where it is not relevant.
    """
    doing = "looking for other candidates"
    with reading(runtime.engine) as session:
        row = session.get(Document, document_id)
        if row is None:
            raise NotFoundError(f"{doing}: no document has the number {document_id}; it stands in its page's address")
        if row.state is not DocumentState.RELEVANT:
            raise InputError(f"{doing}: document {document_id} is {row.state.value}; only relevant ones are linked")
        draft = draft_of(row, documents.newest(session, document_id))
        tied = {str(key) for key in session.exec(select(Link.object_id).where(Link.document_id == document_id))}
    found = [row for row in open_linker(runtime).candidates(draft) if row.target_id not in tied and row.score >= _LEAST]
    shown = found[:most]
    with reading(runtime.engine) as session:
        ids = [int(row.target_id) for row in shown]
        query = select(CampaignObject).where(col(CampaignObject.id).in_(ids))
        targets = {str(target.id): target for target in session.exec(query)}
    return [
        Candidate(targets[row.target_id], row.relation, row.score, explain(row.reasons))
        for row in shown
        if row.target_id in targets
    ]
