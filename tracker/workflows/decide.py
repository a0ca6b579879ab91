"""What an editor says of a document or a suggested link: kept for ever, acted on at once, and learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.review_token import Shown
from tracker.domain.verdicts import Proposal
from tracker.domain.vocab import DocumentState, EventType, LinkState, Relation, Verdict
from tracker.models.base import CampaignObject
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store import decisions, documents, fingerprints, links
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.known import open_linker
from tracker.workflows.project import project
from tracker.workflows.published import corrected
from tracker.workflows.restudy import draft_of
from tracker.workflows.runtime import Runtime
from tracker.workflows.stale import refuse_stale
from tracker.workflows.stories import tell_stories

if TYPE_CHECKING:
    from tracker.workflows.study import Linker

OF_LINKS = frozenset({Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE, Verdict.WRONG_RELATION})


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict: on the link of a document to `object_slug`, or on the document itself where that is empty.

    `relation` is the right one, needed where the relation shown was wrong; `event_type` is what happened.
    """

    verdict: Verdict
    by: str
    object_slug: str = ""
    relation: Relation | None = None
    event_type: EventType | None = None
    note: str = ""


def decide(runtime: Runtime, document_id: int, said: Said) -> Decision:
    """Keep one verdict, as `decide_all` does."""
    return decide_all(runtime, document_id, [said])[0]


def decide_all(runtime: Runtime, document_id: int, said: Sequence[Said], shown: Shown | None = None) -> list[Decision]:
    """Keep verdicts on a document with what was shown, let them stand, and bring the timeline up to date: all or none.

    They are of one moment, by which they are known to belong together.

    A document that becomes relevant is put to those that tell the same story, and to what it follows, at once.
    Raises NotFoundError for a document or object there is not, InputError where a verdict lacks what it needs, and
    ConflictError where what is decided on is not as it was `shown`.
    """
    for each in said:
        _check(each)
    if not said:
        raise InputError("deciding: no verdict was given; choose what to say of at least one link")
    # Names are read and rules compiled before the transaction: others may want to write meanwhile.
    linker = open_linker(runtime) if any(each.verdict is Verdict.RELEVANT for each in said) else None
    cause = Cause(said[0].by, runtime.clock(), said[0].note or "A person decided so.", document_id)
    with writing(runtime.engine) as session, recording(session, cause):
        # Locked: of two who decide at once the second is told what the first said.
        document = session.get(Document, document_id, with_for_update=True)
        if document is None:
            raise NotFoundError(f"deciding on document {document_id}: there is none of this number")
        _refuse_merged(session, said)
        if shown is not None:
            refuse_stale(session, document, said, shown)
        found = decide_in(session, document, said, cause, linker)
        session.flush()
        project(session, document_ids=[document_id], clock=runtime.clock)
        for row in found:
            session.refresh(row)
    if linker is not None:
        tell_stories(runtime)
    return found


def _refuse_merged(session: Session, said: Sequence[Said]) -> None:
    """Raise InputError for a link to what was merged into another: nobody would see it."""
    slugs = {each.object_slug for each in said if each.object_slug}
    gone = select(CampaignObject.slug).where(
        col(CampaignObject.slug).in_(slugs), col(CampaignObject.merged_into_id).is_not(None)
    )
    if (slug := session.exec(gone).first()) is not None:
        raise InputError(f"deciding on a link to {slug!r}: it was merged into another; decide on the link to that one")


def decide_in(
    session: Session, document: Document, said: Sequence[Said], cause: Cause, linker: "Linker | None" = None
) -> list[Decision]:
    """Keep verdicts on a document within the caller's transaction, who brings the timeline up to date afterwards."""
    number = document.id or 0
    with corrected(session, document, cause):
        found = [_kept(session, document, each, cause.now) for each in said]
        if linker is not None and document.state is DocumentState.SCREENED:
            studied = linker.study(draft_of(document, documents.newest(session, number)), "", wanted=True)
            documents.judge_again(session, document, studied.judged)
            links.suggest(session, number, studied.proposals, cause.now)
            fingerprints.forget(session, [number])
        decisions.settle(document, decisions.of_document(session, number))
    return found


def _kept(session: Session, document: Document, said: Said, now: datetime) -> Decision:
    made = _on_link(session, document, said, now) if said.object_slug else _on_document(document, said, now)
    return decisions.add(session, made)


def _check(said: Said) -> None:
    what = f"deciding {said.verdict.value!r}"
    if not said.by.strip() or said.by.startswith(("rule:", links.READER)):
        raise InputError(f"{what}: it needs the name of a person, found {said.by!r}")
    if said.verdict is Verdict.UNDO:
        raise InputError(f"{what}: say which decision is undone")
    if (said.verdict in OF_LINKS) != bool(said.object_slug):
        needs = "name the object of the link" if said.verdict in OF_LINKS else "leave the object out"
        raise InputError(f"{what}: {needs}")
    if said.verdict is Verdict.WRONG_RELATION and said.relation is None:
        raise InputError(f"{what}: say which relation is right: {', '.join(Relation)}")
    if (said.verdict is Verdict.EVENT_TYPE) != (said.event_type is not None):
        raise InputError(f"{what}: give an event type with the verdict event_type, and only then")


def _on_document(document: Document, said: Said, now: datetime) -> Decision:
    of_type = said.verdict is Verdict.EVENT_TYPE
    return Decision(
        document_id=document.id or 0,
        verdict=said.verdict,
        event_type=said.event_type,
        score=document.event_type_score if of_type else document.relevance,
        reasons=[] if of_type else list(document.relevance_reasons),
        shown_by="rule",
        note=said.note,
        before=decisions.stands_of_document(document),
        decided_by=said.by,
        decided_at=now,
    )


def _on_link(session: Session, document: Document, said: Said, now: datetime) -> Decision:
    """Keep what was shown of a link and change it; one that nobody suggested is made."""
    query = select(CampaignObject.id).where(col(CampaignObject.slug) == said.object_slug)
    object_id = session.exec(query).first()
    if object_id is None:
        raise NotFoundError(f"deciding on a link to {said.object_slug!r}: no object is called that")
    row = session.exec(select(Link).where(Link.document_id == document.id, Link.object_id == object_id)).first()
    shown = (None, [], "") if row is None else (row.score, list(row.reasons), row.made_by)
    before = decisions.stands_of_link(row)
    if row is None and said.verdict is not Verdict.UNSURE:
        relation = said.relation or Relation.REPORTS_ON
        given = Proposal(object_id, relation, 1.0, False, [], f"{said.by} linked it.", said.by)
        links.suggest_new(session, [(document.id or 0, given)], now)
        row = session.exec(select(Link).where(Link.document_id == document.id, Link.object_id == object_id)).one()
    if row is not None and said.verdict is not Verdict.UNSURE:
        row.state = LinkState.REJECTED if said.verdict is Verdict.REJECT else LinkState.CONFIRMED
        row.relation = said.relation or row.relation
        row.decided_by, row.decided_at = said.by, now
    score, reasons, shown_by = shown
    return Decision(
        document_id=document.id or 0,
        object_id=object_id,
        verdict=said.verdict,
        relation=said.relation or (row.relation if row else None),
        score=score,
        reasons=reasons,
        shown_by=shown_by,
        note=said.note,
        before=before,
        decided_by=said.by,
        decided_at=now,
    )
