"""Accepting every suggestion of one rule within a band of scores: begun once, carried out in batches, undone as one.

Each link gets a decision of its own, written together with the note that this member of the act is done. So an act
that is ended half way goes on where it stopped, and nothing is decided twice. What changed after the count was
confirmed is left out, and the act says why.
"""

import time
from collections.abc import Sequence
from itertools import groupby

from sqlmodel import Session

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.text import plural
from tracker.domain.vocab import Verdict
from tracker.models.base import CampaignObject
from tracker.models.bulk import BulkAct, BulkMember
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.store import bulk_acts, links
from tracker.store.bulk_acts import Asked
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.decide import Said, decide_in
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime
from tracker.workflows.undo_decision import undo_in

AT_ONCE = 20  # documents of a transaction: others write in between
MOST = 5000  # links of an act
LEAST_SCORE = 0.5  # below it a rule holds the link for less likely than not


def begin(runtime: Runtime, asked: Asked, *, confirmed: str, by: str, note: str = "") -> int:
    """Put down that somebody accepts these suggestions, each as it stands now; return the act's number.

    `confirmed` is the count as they typed it. Nothing is decided yet: `carry_on` does that. Raises InputError for a
    band that is none or a count that was not typed, ConflictError where another number waits by now.
    """
    _check(asked)
    typed = confirmed.strip().replace(",", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if not (typed.isascii() and typed.isdigit()):
        raise InputError("Type the number of suggestions to confirm that you accept them all.")
    with writing(runtime.engine) as session:
        number = bulk_acts.count(session, asked)
        if not number:
            raise ConflictError("Nothing waits here any more: others decided meanwhile. Nothing was accepted.")
        if number > MOST:
            raise InputError(f"{number:,} are too many for one act; choose a narrower band of at most {MOST:,}.")
        if int(typed) != number:
            raise ConflictError(f"You typed {int(typed):,}; {number:,} wait. Look again, and type that number.")
        act = BulkAct(
            rule=asked.rule,
            relation=asked.relation,
            event_type=asked.event_type,
            score_from=asked.score_from,
            score_below=asked.score_below,
            links=number,
            note=note.strip(),
            begun_by=by,
            begun_at=runtime.clock(),
        )
        bulk_acts.begin(session, act, asked)
        return act.id or 0


def carry_on(runtime: Runtime, act_id: int, *, seconds: float | None = None) -> bool:
    """Carry out what is left of an act, or of its undoing, for at most about `seconds`; return whether it is done.

    Several may do so at once: each batch is done by one of them. Raises NotFoundError for no such act.
    """
    begun = time.monotonic()
    while seconds is None or time.monotonic() - begun < seconds:
        with writing(runtime.engine) as session:
            act = _act(session, act_id)
            if act.undo_begun_at is None:
                done = act.finished_at is not None or _decide_some(session, act, runtime)
            else:
                done = act.undone_at is not None or _undo_some(session, act, runtime)
        if done:
            return True
    return False


def carry_on_all(runtime: Runtime) -> str:
    """Go on with every act that was ended half way; return what came of it in words."""
    with writing(runtime.engine) as session:
        waiting = bulk_acts.unfinished(session)
    for act_id in waiting:
        carry_on(runtime, act_id)
    return f"{plural(len(waiting), 'act')} carried on"


def undo(runtime: Runtime, act_id: int, *, by: str, of_others: bool = False) -> None:
    """Begin to undo every decision of an act; what it has not decided yet stays undecided. `carry_on` does the rest.

    Raises InputError where somebody else did it and the person may not undo acts `of_others`, ConflictError where it
    is undone already.
    """
    with writing(runtime.engine) as session:
        act = _act(session, act_id)
        if act.begun_by != by and not of_others:
            raise InputError(f"{act.begun_by} did this; a publisher can undo it.")
        if act.undo_begun_at is not None:
            raise ConflictError(f"{act.undone_by} has undone this already.")
        act.undone_by, act.undo_begun_at = by, runtime.clock()


def _check(asked: Asked) -> None:
    if not (LEAST_SCORE <= asked.score_from < asked.score_below <= 1.01):
        raise InputError(
            f"Choose scores from {LEAST_SCORE:.2f} up: below that a rule holds its own suggestion for unlikely, "
            "and each needs to be looked at."
        )
    if asked.rule.startswith(links.READER) or not asked.rule:
        raise InputError("Choose whose suggestions to accept.")


def _act(session: Session, act_id: int) -> BulkAct:
    act = bulk_acts.act(session, act_id, locked=True)
    if act is None:
        raise NotFoundError(f"No act has the number {act_id}.")
    return act


def _decide_some(session: Session, act: BulkAct, runtime: Runtime) -> bool:
    """Decide the next documents of an act; return whether none was left."""
    members = bulk_acts.to_decide(session, act.id or 0, AT_ONCE)
    if not members:
        act.finished_at = runtime.clock()
        return True
    cause = Cause(act.begun_by, runtime.clock(), act.note or _why(act))
    touched = []
    with recording(session, cause):
        for document_id, theirs in groupby(members, key=lambda row: row.document_id):
            if _decide_one(session, act, document_id, list(theirs), cause):
                touched.append(document_id)
        session.flush()
        project(session, document_ids=touched, clock=runtime.clock)
    return False


def _decide_one(session: Session, act: BulkAct, document_id: int, members: Sequence[BulkMember], cause: Cause) -> bool:
    """Accept an act's links of one document as they were when counted; return whether any was."""
    document = session.get_one(Document, document_id, with_for_update=True)
    standing = []
    for member in members:
        member.left_out = bulk_acts.changed_since(session, member, act.rule)
        if not member.left_out:
            standing.append(member)
    slugs = [session.get_one(CampaignObject, member.object_id).slug for member in standing]
    said = [Said(Verdict.ACCEPT, act.begun_by, slug, note=_why(act)) for slug in slugs]
    about = Cause(cause.by, cause.now, cause.why, document_id)
    found = decide_in(session, document, said, about) if said else []
    for member, decision in zip(standing, found, strict=True):
        member.decision_id = decision.id
    return bool(said)


def _undo_some(session: Session, act: BulkAct, runtime: Runtime) -> bool:
    """Undo the decisions of an act on the next documents; return whether none was left."""
    members = bulk_acts.to_undo(session, act.id or 0, AT_ONCE)
    if not members:
        act.undone_at = runtime.clock()
        return True
    cause = Cause(act.undone_by, runtime.clock(), f"Act {act.id}, which accepted many suggestions at once, was undone.")
    with recording(session, cause):
        for member in members:
            _undo_one(session, member, cause)
        session.flush()
        project(session, document_ids={member.document_id for member in members}, clock=runtime.clock)
    return False


def _undo_one(session: Session, member: BulkMember, cause: Cause) -> None:
    row = session.get_one(Decision, member.decision_id)
    try:
        with session.begin_nested():
            undoing = undo_in(session, row, cause, cause.why)
    except ConflictError as error:
        member.stays = str(error)
    else:
        member.undoing_id = undoing.id


def _why(act: BulkAct) -> str:
    return f"Accepted with {plural(act.links, 'suggestion')} of {act.rule} (act {act.id})."
