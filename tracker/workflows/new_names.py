"""Names that recur in relevant documents and are in no list: found, kept, and taken in when a person says so."""

from datetime import datetime, timedelta
from typing import Any

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.text import plural
from tracker.domain.vocab import NewNameKind, NewNameState, OrganizationRole
from tracker.linking.new_names import LEAST_DOCUMENTS, new_names
from tracker.linking.words import plain, slug
from tracker.models.new_name import NewName
from tracker.store import new_names as store
from tracker.store import organizations
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.workflows.known import open_linker
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

PUT_OFF = timedelta(days=30)
_LONGEST = 300  # characters a name may have in its column
_ROLES = {
    NewNameKind.COMPANY: OrganizationRole.VENDOR,
    NewNameKind.AGENCY: OrganizationRole.AGENCY,
    NewNameKind.ADVOCATE: OrganizationRole.ADVOCATE,
    NewNameKind.INVESTOR: OrganizationRole.INVESTOR,
}


def look_for_new_names(runtime: Runtime) -> str:
    """Bring the names to decide on up to date; return what came of it in words."""
    return f"{plural(len(look_for_names(runtime)), 'name')} to decide on"


def look_for_names(runtime: Runtime, *, least: int = LEAST_DOCUMENTS) -> list[NewName]:
    """Go through the relevant documents, keep the unknown names of `least` or more, and return those to decide on."""
    if least < 1:
        raise InputError(f"looking for names: {least} documents at least; give 1 or more")
    gazetteer = open_linker(runtime).gazetteer
    with reading(runtime.engine) as session:
        found = new_names(store.accepted_texts(session), gazetteer, least=least)
    rows = [
        NewName(
            key=" ".join(plain(new.name)),
            name=new.name,
            kind=new.kind,
            documents=new.documents,
            examples=[{"document": example.document, "words": example.words} for example in new.examples],
            found_at=runtime.clock(),
        )
        for new in found
        if len(new.name) <= _LONGEST
    ]
    with writing(runtime.engine) as session:
        store.propose(session, {row.key: row for row in rows}.values())
    with reading(runtime.engine) as session:
        return store.proposed(session)


def accept_name(runtime: Runtime, name: str, *, kind: NewNameKind | None, by: str) -> str:
    """Take a proposed name into the archive's own names, which every later document is read with; return its slug.

    `kind` is what it is, when that differs from what was proposed. The files of config/names are not written.
    Raises NotFoundError for a name that is not proposed, InputError where nobody says what it is.
    """
    with writing(runtime.engine) as session:
        row = _proposed(session, name)
        what = kind or row.kind
        if what is NewNameKind.UNCLEAR:
            raise InputError(f"accepting {row.name!r}: its words do not tell what it is; say so with --as")
        key, now = slug(row.name), runtime.clock()
        with recording(session, Cause(by, now, "A new name was accepted.")):
            is_new = organizations.merge(session, _entry(key, row.name, what))
            store.decide(session, row, by=by, at=now, state=NewNameState.ACCEPTED, kind=what)
        if is_new:
            project_all(session, clock=runtime.clock)
        return key


def accept_alias(runtime: Runtime, name: str, *, organization: str, by: str) -> str:
    """Take a proposed name as another name of an organisation of the archive, given by slug or name; return its slug.

    Raises NotFoundError for a name that is not proposed or an organisation there is not.
    """
    with writing(runtime.engine) as session:
        row = _proposed(session, name)
        owner = organizations.by_slug_or_name(session, organization)
        if owner is None:
            raise NotFoundError(
                f"No organisation of the archive is called “{organization.strip()}”. Give its name or short name as on "
                "its page, or take the name as a new organisation."
            )
        now = runtime.clock()
        with recording(session, Cause(by, now, "A new name was accepted as another name.")):
            is_new = organizations.merge(session, {"organizations": [{"slug": owner.slug, "aliases": [row.name]}]})
            store.decide(session, row, by=by, at=now, state=NewNameState.ACCEPTED)
        if is_new:
            project_all(session, clock=runtime.clock)
        return owner.slug


def put_off(runtime: Runtime, name: str) -> datetime:
    """Let a name wait for another month; return until when. Raises NotFoundError for one that is not proposed."""
    with writing(runtime.engine) as session:
        row = _proposed(session, name)
        row.later_until = runtime.clock() + PUT_OFF
        return row.later_until


def reject_name(runtime: Runtime, name: str, *, by: str) -> None:
    """Never propose a name again. Raises NotFoundError for a name that is not proposed."""
    cause = Cause(by, runtime.clock(), "A new name was rejected.")
    with writing(runtime.engine) as session, recording(session, cause):
        store.decide(session, _proposed(session, name), by=by, at=cause.now, state=NewNameState.REJECTED)


def _proposed(session: Any, name: str) -> NewName:
    row = store.by_key(session, " ".join(plain(name)))
    if row is None or row.state is not NewNameState.PROPOSED:
        said = "none of this name is proposed" if row is None else f"{row.decided_by} has {row.state.value} it already"
        raise NotFoundError(f"deciding on the name {name!r}: {said}; `tracker link names` lists those to decide on")
    return row


def _entry(key: str, name: str, kind: NewNameKind) -> dict[str, Any]:
    if kind is NewNameKind.PERSON:
        return {"people": [{"slug": key, "name": name}]}
    if kind is NewNameKind.PRODUCT:
        return {"products": [{"slug": key, "name": name}]}
    return {"organizations": [{"slug": key, "name": name, "roles": [_ROLES[kind].value]}]}
