"""Two organisations that are one: the names of both lead to the one that stays. It can be undone."""

from sqlmodel import Session, select

from tracker.domain.corrections import is_nothing
from tracker.domain.errors import InputError, NotFoundError
from tracker.models.merge import Merge
from tracker.models.organization import Alias, Organization
from tracker.store import merges, moving
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.merge import Merged
from tracker.workflows.project import project_all
from tracker.workflows.publish import keep_calendars
from tracker.workflows.runtime import Runtime


def merge_organizations(runtime: Runtime, kept_slug: str, gone_slug: str, *, by: str, why: str) -> Merged:
    """Make one organisation of two, in one transaction: every part in something, name and number is led to `kept`.

    Of name and lane those of `kept` stay; the other name becomes an alias. Raises NotFoundError, InputError where the
    two are one already, one was merged before, or there is no reason.
    """
    why = _reason(why, f"merging {gone_slug!r} into {kept_slug!r}: say why the two are one")
    cause = Cause(by, runtime.clock(), why)
    with writing(runtime.engine) as session:
        with recording(session, cause):
            kept, gone = (_standing(session, slug) for slug in (kept_slug, gone_slug))
            if kept.id == gone.id:
                raise InputError(f"merging {gone_slug!r} into {kept_slug!r}: they are one already")
            moves = moving.Moves(session)
            moves.set(gone, "merged_into_id", kept.id)
            for name in ("home_url", "parent_id"):
                if is_nothing(getattr(kept, name)) and getattr(gone, name) not in {None, "", kept.id}:
                    moves.set(kept, name, getattr(gone, name))
            moves.lead(gone, kept)
            _keep_name(session, kept, gone.name, moves)
            session.add(Merge(kept_organization_id=kept.id, gone_organization_id=gone.id, why=why, moved=moves.done,
                              made_by=by, made_at=cause.now))  # fmt: skip
        _show(session, runtime)
        return Merged(len(moves.done), moves.twins)


def unmerge_organization(runtime: Runtime, slug: str, *, by: str, why: str) -> int:
    """Undo the merge by which an organisation leads to another; return how many values stay, changed since.

    Raises NotFoundError where there is none, InputError where it was not merged here, or without a reason.
    """
    why = _reason(why, f"undoing the merge of {slug!r}: say why the two are not one")
    with writing(runtime.engine) as session:
        gone = _named(session, slug)
        done = merges.standing_organization(session, gone.id or 0)
        if done is None:
            raise InputError(f"undoing the merge of {slug!r}: it was not merged here, so nothing can be put back")
        with recording(session, Cause(by, runtime.clock(), why)):
            left = moving.put_back(session, done.moved)
            done.undone_by, done.undone_why, done.undone_at = by, why, runtime.clock()
        _show(session, runtime)
        return len(left)


def _keep_name(session: Session, kept: Organization, name: str, moves: moving.Moves) -> None:
    """Let the other name find the one that stays."""
    known = session.exec(select(Alias.text).where(Alias.organization_id == kept.id)).all()
    if name.casefold() not in {kept.name.casefold(), *(text.casefold() for text in known)}:
        moves.make(Alias(organization_id=kept.id or 0, text=name))


def _standing(session: Session, slug: str) -> Organization:
    found = _named(session, slug)
    if found.merged_into_id is not None:
        raise InputError(f"merging organisations: {slug!r} was merged into another before; merge that one")
    return found


def _named(session: Session, slug: str) -> Organization:
    found = session.exec(select(Organization).where(Organization.slug == slug).with_for_update()).first()
    if found is None:
        raise NotFoundError(f"looking for the organisation {slug!r}: there is none with that name")
    return found


def _reason(why: str, refusal: str) -> str:
    words = " ".join(why.split())
    if not words:
        raise InputError(refusal)
    return words


def _show(session: Session, runtime: Runtime) -> None:
    """Bring up to date whatever shows a party: names and lanes stand in many rows."""
    session.flush()
    session.expire_all()
    project_all(session, clock=runtime.clock)
    keep_calendars(session, runtime)
