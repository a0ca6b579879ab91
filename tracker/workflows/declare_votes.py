"""Votes that investors declare ahead of a meeting: by an account of theirs, or by an editor from what they published.

A changed mind is a further declaration; what was said before stays. Nobody speaks for an investor but these.
"""

from dataclasses import dataclass

from sqlmodel import Session, select

from tracker.domain.accounts import may
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Intention, Role
from tracker.models.account import Account
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.organization import Organization
from tracker.models.voting_intention import VotingIntention
from tracker.store import imports, spokespeople, typed_names, voting_intentions
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime

LONGEST_RATIONALE = 5_000


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody signed in who declares a vote."""

    account_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared. An editor names the investor and where it said so; an investor's own account needs neither."""

    resolution: str
    intention: str
    rationale: str = ""
    investor: str = ""
    url: str = ""


def declare(runtime: Runtime, speaker: Speaker, given: Declaration) -> bool:
    """Keep a declaration; return False when the same stands already.

    Raises InputError for what cannot be read, ConflictError when the meeting is over or the speaker may not speak for
    the investor.
    """
    intention, rationale = _intention(given.intention), given.rationale.strip()
    if len(rationale) > LONGEST_RATIONALE:
        raise InputError(f"the rationale has {len(rationale):,} characters, and {LONGEST_RATIONALE:,} are the most")
    now = runtime.clock()
    with writing(runtime.engine) as session:
        resolution_id = _open_resolution(session, given.resolution, runtime)
        investor, is_own = _investor(session, speaker, given)
        before = voting_intentions.last(session, resolution_id, investor.id or 0)
        stands = before is not None and before.withdrawn_on is None
        if before and stands and (before.intention, before.rationale, before.url) == (intention, rationale, given.url):
            return False
        why = "A voting intention was declared." if not stands else "The investor declared its vote anew."
        with recording(session, Cause(speaker.name, now, why, url=given.url)):
            session.add(
                VotingIntention(resolution_id=resolution_id, organization_id=investor.id, intention=intention,
                                number=before.number + 1 if before else 1, rationale=rationale, url=given.url,
                                declared_on=PartialDate.parse(now.date().isoformat()), recorded_at=now,
                                declared_by=speaker.name if is_own else "")
            )  # fmt: skip
            _written(session, runtime, resolution_id)
    return True


def withdraw(runtime: Runtime, speaker: Speaker, resolution: str, investor: str = "") -> None:
    """Take the standing declaration back; it stays on record with the day. Raises as `declare` does."""
    now = runtime.clock()
    with writing(runtime.engine) as session:
        resolution_id = _open_resolution(session, resolution, runtime)
        who, _ = _investor(session, speaker, Declaration(resolution, "", investor=investor, url="-"))
        before = voting_intentions.last(session, resolution_id, who.id or 0)
        if before is None or before.withdrawn_on is not None:
            raise ConflictError(f"{who.name} has no declaration on this resolution that stands; nothing was changed")
        with recording(session, Cause(speaker.name, now, "The investor took its declaration back.", url=before.url)):
            before.withdrawn_on = now.date()
            _written(session, runtime, resolution_id)


def speak_for(runtime: Runtime, account_id: int, organization: str, by: str) -> None:
    """Let an account declare votes for an organisation, or for none when the name is empty."""
    with writing(runtime.engine) as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFoundError("this account is not there any more")
        number = typed_names.find(session, "organization", organization) if organization.strip() else None
        with recording(session, Cause(by, runtime.clock(), f"{account.name} speaks for {organization or 'nobody'}.")):
            spokespeople.tie(session, account_id, number)


def _written(session: Session, runtime: Runtime, resolution_id: int) -> None:
    session.flush()
    imports.touch(session, resolution_id, runtime.clock())
    project(session, object_ids=[resolution_id], clock=runtime.clock)


def _intention(text: str) -> Intention:
    try:
        return Intention(text)
    except ValueError as error:
        raise InputError(f"choose how to vote: {', '.join(code.value for code in Intention)}") from error


def _open_resolution(session: Session, slug: str, runtime: Runtime) -> int:
    """Return the id of a published resolution whose meeting is not over."""
    query = select(CampaignObject).where(CampaignObject.slug == slug, CampaignObject.kind == "resolution")
    spine = session.exec(query).first()
    if spine is None or spine.state is not ObjectState.PUBLISHED or spine.merged_into_id is not None:
        raise NotFoundError(f"there is no resolution {slug!r} on which votes can be declared")
    meeting = voting_intentions.meetings(session, [spine.id or 0]).get(spine.id or 0)
    if meeting is not None and meeting.latest is not None and meeting.latest < runtime.clock().date():
        raise ConflictError(f"the meeting was on {meeting.words()}; a vote is declared ahead of it")
    return spine.id or 0


def _investor(session: Session, speaker: Speaker, given: Declaration) -> tuple[Organization, bool]:
    """Return for whom somebody declares, and whether it is the organisation that their account speaks for."""
    own = spokespeople.organization_of(session, speaker.account_id)
    named = given.investor.strip()
    if own is not None and named in {"", own.slug, own.name}:
        return own, True
    if not may(speaker.role, Role.EDITOR):
        if own is None:
            raise ConflictError("your account speaks for no investor; an administrator can tie it to one")
        raise ConflictError(f"your account speaks for {own.name} alone")
    if not named:
        raise InputError("name the investor for whom this is declared")
    if not given.url.startswith(("http://", "https://", "-")):
        raise InputError("give the address where the investor said so")
    return session.get_one(Organization, typed_names.find(session, "organization", named)), False
