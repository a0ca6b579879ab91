"""Votes that investors declared ahead of a meeting, beside what funds of that name reported afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import Intention
from tracker.models.base import CampaignObject
from tracker.models.meeting import BallotItem, Meeting
from tracker.models.organization import Alias, Organization
from tracker.models.resolution import Resolution
from tracker.models.voting_intention import VotingIntention
from tracker.store import objects

_ORDER = list(Intention)


@dataclass(frozen=True, slots=True)
class IntentionLine:
    """One declaration. `replaced`: the same investor declared again, and that stands; this one stays on record.

    `names` are all by which a fund's filing may call the investor, in small letters. `declared_by` is the account by
    which it was declared here; one that was withdrawn stays on record, with the day.
    """

    investor: str
    intention: Intention
    rationale: str
    declared_on: PartialDate | None
    url: str
    replaced: bool
    names: frozenset[str]
    declared_by: str = ""
    withdrawn_on: date | None = None

    def before(self, meeting: PartialDate | None) -> bool | None:
        """Return whether it was declared before the meeting; None where the days do not settle that."""
        declared = self.declared_on
        if meeting is None or declared is None:
            return None
        if declared.surely_before(meeting):
            return True
        return False if meeting.surely_before(declared) else None


def of_resolution(session: Session, resolution_id: int) -> list[IntentionLine]:
    """Return the declarations on one resolution: those for it first, each way by the investor's name. Two queries."""
    query = (
        select(VotingIntention, Organization.name)
        .join(Organization, col(Organization.id) == col(VotingIntention.organization_id), isouter=True)
        .where(VotingIntention.resolution_id == resolution_id)
        .order_by(col(VotingIntention.id))
    )
    rows = session.exec(query).all()
    aliases = _aliases(session, [row.organization_id for row, _ in rows if row.organization_id])
    newest: dict[tuple[int | None, str], int] = {}
    for row, _ in rows:
        key = (row.organization_id, row.named)
        newest[key] = max(row.number, newest.get(key, 0))
    lines = [
        IntentionLine(
            investor=name or row.named,
            intention=row.intention,
            rationale=row.rationale,
            declared_on=row.declared_on,
            url=row.url,
            replaced=row.number < newest[row.organization_id, row.named],
            declared_by=row.declared_by,
            withdrawn_on=row.withdrawn_on,
            names=frozenset({(name or row.named).casefold(), *aliases.get(row.organization_id or 0, ())}),
        )
        for row, name in rows
    ]
    return sorted(lines, key=lambda line: (_ORDER.index(line.intention), line.investor.casefold()))


def _aliases(session: Session, organization_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the other names of organisations, in small letters; none that means them only in some surroundings."""
    found: dict[int, set[str]] = defaultdict(set)
    for alias in session.exec(select(Alias).where(col(Alias.organization_id).in_(organization_ids))):
        if not alias.needs_context:
            found[alias.organization_id].add(alias.text.casefold())
    return found


# --- declaring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration of an investor, with the resolution and its meeting."""

    slug: str
    title: str
    meeting: PartialDate | None
    row: VotingIntention


def of_investor(session: Session, organization_id: int) -> list[Declared]:
    """Return every declaration of an organisation, the newest first; two queries."""
    query = (
        select(VotingIntention, CampaignObject)
        .join(CampaignObject, col(CampaignObject.id) == col(VotingIntention.resolution_id))
        .where(VotingIntention.organization_id == organization_id, objects.visible(CampaignObject.id))
        .order_by(col(VotingIntention.id).desc())
    )
    rows = session.exec(query).all()
    held = meetings(session, [spine.id or 0 for _, spine in rows])
    return [Declared(spine.slug, spine.title, held.get(spine.id or 0), row) for row, spine in rows]


def last(session: Session, resolution_id: int, organization_id: int) -> VotingIntention | None:
    """Return the latest declaration of an organisation on a resolution."""
    query = select(VotingIntention).where(
        VotingIntention.resolution_id == resolution_id, VotingIntention.organization_id == organization_id
    )
    return session.exec(query.order_by(col(VotingIntention.number).desc()).limit(1)).first()


def meetings(session: Session, resolution_ids: Sequence[int]) -> dict[int, PartialDate]:
    """Return when each resolution is voted on: at the meeting of its ballot item, or its company's of its season."""
    on_ballot = (
        select_rows(col(BallotItem.resolution_id), col(Meeting.held_on))
        .join(Meeting, col(Meeting.id) == col(BallotItem.meeting_id))
        .where(col(BallotItem.resolution_id).in_(resolution_ids))
    )
    found = {number or 0: on for number, on in session.execute(on_ballot)}
    others = [number for number in resolution_ids if number not in found]
    of_company = (
        select_rows(col(Resolution.id), col(Resolution.season), col(Meeting.held_on))
        .join(Meeting, col(Meeting.company_id) == col(Resolution.company_id))
        .where(col(Resolution.id).in_(others), objects.visible(Meeting.id))
    )
    found |= {number: on for number, season, on in session.execute(of_company) if on.sort_key[0].year == season}
    return found
