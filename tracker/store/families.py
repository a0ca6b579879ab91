"""Subject families: the votes on one subject at one company over the years, and what they mean for a return."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, or_

from tracker.domain import regimes, resubmission
from tracker.domain.deadline_rules import anniversary
from tracker.domain.regimes import Bars
from tracker.domain.resubmission import Outlook, PastVote
from tracker.domain.status import VOTED, Entry, History
from tracker.domain.vocab import AskType, SupportFormula
from tracker.domain.votes import Claim, Share
from tracker.models.base import CampaignObject
from tracker.models.meeting import Meeting, MeetingKind
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.store import objects, prepared, votes
from tracker.store.prepared import among, columns
from tracker.store.votes import Vote

# What lists read of a resolution: not its long texts.
_PROPOSALS: Any = (
    columns(
        Resolution.id, Resolution.company_id, Resolution.season, Resolution.family_id, Resolution.ask_type,
        CampaignObject.slug, CampaignObject.title,
    )
    .join(CampaignObject, col(CampaignObject.id) == col(Resolution.id))
    .where(objects.visible(Resolution.id))
    .where(or_(col(Resolution.id).in_(among("ids")), col(Resolution.family_id).in_(among("families"))))
    .order_by(col(Resolution.id))
)  # fmt: skip
_STEPS: Any = (
    columns(ResolutionStatus.resolution_id, ResolutionStatus.code, ResolutionStatus.on, ResolutionStatus.note)
    .where(col(ResolutionStatus.resolution_id).in_(among("ids")))
    .order_by(col(ResolutionStatus.id))
)
_ANNUAL_MEETINGS: Any = columns(Meeting.company_id, Meeting.held_on).where(
    col(Meeting.company_id).in_(among("companies")),
    Meeting.meeting_kind == MeetingKind.ANNUAL,
    objects.visible(Meeting.id),
)


@dataclass(frozen=True, slots=True)
class Change:
    """How support moved since an earlier vote on the same ask, in percentage points.

    `comparable` is False where the two figures were not divided by the same thing: then the points mean little.
    """

    points: Fraction
    since: int
    comparable: bool


@dataclass(frozen=True)
class Proposal:
    """One resolution of a family: its place in the years, its history up to today and its vote.

    The history is put in order only for those of which it is asked: a table shows a few of many years.
    """

    object_id: int
    slug: str
    title: str
    company_id: int
    season: int
    family_id: int | None
    ask_type: AskType
    steps: tuple[Entry, ...]
    today: date
    vote: Vote | None

    @cached_property
    def history(self) -> History:
        """What has happened by today, in order."""
        return History.of(self.steps).until(self.today)

    @property
    def status(self) -> Entry | None:
        """The last step that has happened by today; None where nothing is known."""
        return self.history.entries[-1] if self.history.entries else None

    @property
    def support(self) -> Share | Claim | None:
        """The share to show for this vote."""
        return self.vote.support if self.vote else None

    @property
    def voted(self) -> bool:
        """Whether shareholders voted on it, whatever is known of the result."""
        return self.support is not None or (self.status is not None and self.status.code in VOTED)

    @property
    def meeting_on(self) -> date | None:
        """The day of its meeting, the first possible one; None when it is on no ballot we know."""
        return (self.vote.held_on.earliest or self.vote.held_on.latest) if self.vote else None

    @property
    def bars(self) -> Bars | None:
        """The three resubmission bars in force at its meeting."""
        return regimes.for_meeting(self.meeting_on).bars if self.meeting_on else None


@dataclass(frozen=True, slots=True)
class Families:
    """Resolutions with all others of their families, and the annual meetings of their companies.

    `members` has each family's proposals, oldest first.
    """

    proposals: Mapping[int, Proposal]
    members: Mapping[int, tuple[Proposal, ...]]
    meetings: Mapping[int, Sequence[date]]
    # Proposals of one family at one meeting have the same outlook.
    _outlooks: dict[tuple[int | None, date], Outlook] = field(default_factory=dict, repr=False, compare=False)

    def years(self, family_id: int | None) -> tuple[Proposal, ...]:
        """Return a family's proposals, oldest first."""
        return self.members.get(family_id, ()) if family_id is not None else ()

    def change(self, proposal: Proposal) -> Change | None:
        """Return how support moved since the last earlier vote on the same ask in the family; None if there is none."""
        earlier = [
            other
            for other in self.years(proposal.family_id)
            if other.season < proposal.season and other.ask_type is proposal.ask_type and other.support is not None
        ]
        if not earlier or proposal.support is None or earlier[-1].support is None:
            return None
        before, now = earlier[-1].support, proposal.support
        return Change((now.value - before.value) * 100, earlier[-1].season, _comparable(before, now))

    def after(self, proposal: Proposal) -> Outlook | None:
        """Return what this vote and those before it mean for the next annual meeting; None without a family or vote."""
        if proposal.family_id is None or proposal.meeting_on is None or not proposal.voted:
            return None
        return self._outlook(proposal, self.next_meeting(proposal.company_id, proposal.meeting_on))

    def now(self, proposal: Proposal, today: date) -> Outlook | None:
        """Return what the family's votes mean for the next annual meeting after today, known or expected."""
        if proposal.family_id is None or not any(member.voted for member in self.years(proposal.family_id)):
            return None
        return self._outlook(proposal, self.next_meeting(proposal.company_id, today))

    def next_meeting(self, company_id: int, day: date) -> date:
        """Return the company's first annual meeting after `day`; where none is known, the last one's anniversary.

        A meeting two calendar years on is not the next one: those between are unknown to us, not missing.
        """
        known = self.meetings.get(company_id, ())
        later = next((meeting for meeting in known if meeting > day), None)
        if later is not None and later.year - day.year <= 1:
            return later
        expected = anniversary(max((meeting for meeting in known if meeting <= day), default=day))
        while expected <= day:
            expected = anniversary(expected)
        return expected

    def _outlook(self, proposal: Proposal, meeting: date) -> Outlook:
        asked = proposal.family_id, meeting
        if asked not in self._outlooks:
            past = [
                PastVote(member.meeting_on, member.support, f"item {member.vote.number}" if member.vote.number else "")
                for member in self.years(proposal.family_id)
                if member.voted and member.vote is not None and member.meeting_on is not None
            ]
            self._outlooks[asked] = resubmission.outlook(past, meeting)
        return self._outlooks[asked]


def load(session: Session, resolution_ids: Collection[int], family_ids: Collection[int], *, today: date) -> Families:
    """Return these shown resolutions and all shown ones of these families. Seven queries, however many there are."""
    rows = prepared.rows(session, _PROPOSALS, ids=resolution_ids, families=family_ids)
    ids = [row.id for row in rows]
    found_votes = votes.of_resolutions(session, ids)
    histories = steps(session, ids)
    proposals = {}
    for row in rows:
        proposals[row.id] = Proposal(
            object_id=row.id,
            slug=row.slug,
            title=row.title,
            company_id=row.company_id,
            season=row.season,
            family_id=row.family_id,
            ask_type=row.ask_type,
            steps=tuple(histories[row.id]),
            today=today,
            vote=found_votes.get(row.id),
        )
    return Families(
        proposals, _members(proposals.values()), _annual_meetings(session, {row.company_id for row in rows})
    )


def _members(proposals: Iterable[Proposal]) -> dict[int, tuple[Proposal, ...]]:
    """Return the proposals of each family in the order of the years, those of one year as on the ballot."""
    found: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.family_id is not None:
            found[proposal.family_id].append(proposal)
    return {
        family: tuple(sorted(members, key=lambda member: (member.season, _number(member), member.slug)))
        for family, members in found.items()
    }


def _comparable(before: Share | Claim, now: Share | Claim) -> bool:
    """Return whether two results were divided by the same thing.

    Two percentages without a known formula are comparable only on the word of one and the same source.
    """
    if now.formula is not before.formula:
        return False
    if now.formula is not SupportFormula.UNKNOWN:
        return True
    return isinstance(before, Claim) and isinstance(now, Claim) and before.source == now.source


def steps(session: Session, resolution_ids: Collection[int]) -> dict[int, list[Entry]]:
    """Return the steps on record of each of these resolutions, as they were entered. One query."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for resolution_id, code, on, note in prepared.rows(session, _STEPS, ids=resolution_ids):
        found[resolution_id].append(Entry(code, on, note))
    return found


def _annual_meetings(session: Session, company_ids: Collection[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for company_id, held_on in prepared.rows(session, _ANNUAL_MEETINGS, companies=company_ids):
        day = held_on.earliest or held_on.latest
        if day is not None:
            found[company_id].append(day)
    return {company_id: sorted(days) for company_id, days in found.items()}


def _number(proposal: Proposal) -> tuple[int, str]:
    """Order ballot numbers as people do: 2 before 10."""
    number = (proposal.vote.number if proposal.vote else None) or ""
    return len(number), number
