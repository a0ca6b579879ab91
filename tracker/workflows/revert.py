"""Undoing an act of the history, or one field of it: a new act, with a reason, refused where later acts rest on it."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.accounts import may
from tracker.domain.acts import CONFIDENTIAL, About
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.models.organization import Alias, Organization, OrganizationInRole, Person, Product
from tracker.models.revision import Revision, RevisionChange
from tracker.store import filings, history_list, undoing
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.project import project, project_all
from tracker.workflows.publish import keep_calendars
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories

# Names that stand in many rows of timelines.
NAMES = (Alias, Organization, OrganizationInRole, Person, Product)


@dataclass(frozen=True, slots=True)
class Undo:
    """Who undoes an act and why. `change_id` is one of its changes, where not all of it is to be undone."""

    act_id: int
    by: str
    why: str
    role: Role = Role.ADMINISTRATOR
    change_id: int | None = None


def revert(runtime: Runtime, wanted: Undo) -> int:
    """Undo an act, or one change of it, and bring the timelines up to date; return the number of the new act.

    Raises NotFoundError for an act there is not, InputError without a reason, for who may not undo it, and where
    something stands in the way: then nothing is changed.
    """
    if not wanted.why.strip() or not wanted.by.strip():
        raise InputError(f"undoing act {wanted.act_id}: say who undoes it and why; the history keeps both")
    with writing(runtime.engine) as session:
        act = session.get(Revision, wanted.act_id)
        if act is None:
            raise NotFoundError(
                f"undoing act {wanted.act_id}: there is none of this number; `tracker history` has them"
            )
        changes = _changes(session, wanted)
        _check_role(act, changes, wanted)
        cause = Cause(wanted.by, runtime.clock(), wanted.why, act.evidence_id, act.url, reverts_id=act.id)
        with recording(session, cause) as new:
            rows = undoing.undo(session, act, changes, wanted.why)
        if new.number is None:
            raise InputError(f"undoing act {wanted.act_id}: nothing of it stands any more; there is nothing to undo")
        of_names = any(isinstance(row, NAMES) for row in rows)
        _bring_up_to_date(session, runtime, changes, of_names=of_names)
    if any(change.part == "document" for change in changes):
        tell_stories(runtime)
    return new.number


def _changes(session: Session, wanted: Undo) -> list[RevisionChange]:
    changes = history_list.changes_of(session, [wanted.act_id])[wanted.act_id]
    if wanted.change_id is None:
        return changes
    one = [change for change in changes if change.id == wanted.change_id]
    if not one:
        raise NotFoundError(f"undoing change {wanted.change_id} of act {wanted.act_id}: the act has no such change")
    return one


def _check_role(act: Revision, changes: list[RevisionChange], wanted: Undo) -> None:
    needed = needed_role(act, changes, wanted.by)
    if not may(wanted.role, needed):
        raise InputError(f"undoing act {act.id} of {act.made_by}: it takes the role {needed.value}; ask one")


def needed_role(act: Revision, changes: list[RevisionChange], by: str) -> Role:
    """Return the role that may undo an act: everybody who edits their own, a publisher those of others."""
    if any(change.about in {*CONFIDENTIAL, About.SOURCE, About.MODEL} for change in changes):
        return Role.ADMINISTRATOR
    states = any(change.part == "campaign_object" and change.field in {"", "state"} for change in changes)
    return Role.EDITOR if act.made_by == by and not states else Role.PUBLISHER


def _bring_up_to_date(session: Session, runtime: Runtime, changes: list[RevisionChange], *, of_names: bool) -> None:
    told = {(change.about.value, change.about_id) for change in changes}
    told |= {(change.also, change.also_id or 0) for change in changes if change.also}
    objects = sorted(number for about, number in told if about == About.OBJECT)
    documents = sorted(number for about, number in told if about == About.DOCUMENT)
    filings.compare_again(session, objects)
    if of_names:
        project_all(session, clock=runtime.clock)
    else:
        project(session, object_ids=objects, document_ids=documents, clock=runtime.clock)
    keep_calendars(session, runtime)
