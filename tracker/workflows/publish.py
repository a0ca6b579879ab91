"""What readers see of an object: a draft is published, what was published is withdrawn with a reason, or brought back.

Nothing is deleted: a withdrawn object keeps its address, which tells the reason.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from tracker.domain.errors import InputError
from tracker.domain.publishing import Lack, Needed, NotReadyError, unsourced
from tracker.models.base import CampaignObject, ObjectState
from tracker.store import calendar, deadlines, drafts, imports, objects, standing_facts
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime


def publish(runtime: Runtime, slug: str, *, version: int, by: str, why: str = "") -> None:
    """Show a draft to readers.

    Raises NotFoundError where there is none, ConflictError where it changed since `version`, InputError where it is no
    draft, and NotReadyError with all that is missing: a date, a campaign, a source for every fact.
    """
    with _changing(runtime, slug, version, Cause(by, runtime.clock(), why)) as (session, spine):
        _require(spine, ObjectState.DRAFT, "publishing")
        if missing := lacks(session, spine):
            raise NotReadyError(spine.title, missing)
        spine.state = ObjectState.PUBLISHED


def withdraw(runtime: Runtime, slug: str, *, version: int, by: str, reason: str) -> None:
    """Show an object no more; its address says why. Raises as `publish` does, and InputError without a reason."""
    reason = " ".join(reason.split())
    if not reason:
        raise InputError(f"withdrawing {slug!r}: it needs a reason; readers who come to its address will see it")
    with _changing(runtime, slug, version, Cause(by, runtime.clock(), reason)) as (_, spine):
        _require(spine, ObjectState.PUBLISHED, "withdrawing")
        spine.withdrawn_reason = reason
        spine.state = ObjectState.WITHDRAWN


def bring_back(runtime: Runtime, slug: str, *, version: int, by: str, why: str) -> None:
    """Show a withdrawn object again; one that was withdrawn as a draft is a draft again.

    Raises as `publish` does, and InputError without a reason.
    """
    why = " ".join(why.split())
    if not why:
        raise InputError(f"bringing back {slug!r}: say why; it stands among the corrections")
    with _changing(runtime, slug, version, Cause(by, runtime.clock(), why)) as (session, spine):
        _require(spine, ObjectState.WITHDRAWN, "bringing back")
        if drafts.discarded(session, spine.id or 0):
            spine.state, spine.withdrawn_reason = ObjectState.DRAFT, ""
            return
        spine.state, spine.withdrawn_reason = ObjectState.PUBLISHED, ""


def missing(runtime: Runtime, slug: str) -> list[Lack]:
    """Return what an object lacks to be published. Raises NotFoundError where there is none."""
    with reading(runtime.engine) as session:
        return lacks(session, objects.by_slug(session, slug))


def lacks(session: Session, spine: CampaignObject) -> list[Lack]:
    """Return what an object lacks to be published: a date first, then a campaign, then sources."""
    [stored] = objects.load(session, [spine.id or 0], hidden=True)
    facts = standing_facts.of_object(session, spine.id or 0, stored.detail)
    found = [] if any(stored.detail.milestones(spine, stored.parts)) or _keeps_silent(stored) else [Lack(Needed.DATE)]
    found += [] if stored.campaigns else [Lack(Needed.CAMPAIGN)]
    return found + [
        Lack(Needed.SOURCE, field) for field in unsourced(facts, standing_facts.read(session, spine.id or 0))
    ]


def _keeps_silent(stored: objects.StoredObject) -> bool:
    """Return whether an object of its kind has its date though no timeline tells of it: a request to the SEC."""
    return getattr(stored.detail, "opened_on", None) is not None


@contextmanager
def _changing(runtime: Runtime, slug: str, version: int, cause: Cause) -> Iterator[tuple[Session, CampaignObject]]:
    """Change one object and all that shows it, in one transaction, with corrections written."""
    with writing(runtime.engine) as session:
        with recording(session, cause):
            spine = objects.of_version(session, slug, version)
            yield session, spine
            session.flush()
            imports.touch(session, spine.id or 0, cause.now)
        project(session, object_ids=[spine.id or 0], clock=runtime.clock)
        keep_calendars(session, runtime)


def keep_calendars(session: Session, runtime: Runtime) -> None:
    """Bring the calendars that people subscribe to up to what is due now: what is shown no more is cancelled."""
    now = runtime.clock()
    today = now.date()
    calendar.publish(session, deadlines.upcoming(session, today=today), today=today, now=now)


def _require(spine: CampaignObject, state: ObjectState, doing: str) -> None:
    if spine.merged_into_id is not None:
        raise InputError(f"{doing} “{spine.title}”: it was merged into another; change that one, or undo the merge")
    if spine.state is not state:
        raise InputError(f"{doing} “{spine.title}”: it is {_STATES[spine.state]}, so there is nothing to do")


_STATES = {
    ObjectState.DRAFT: "a draft that no reader sees",
    ObjectState.PUBLISHED: "published already",
    ObjectState.WITHDRAWN: "withdrawn",
}
