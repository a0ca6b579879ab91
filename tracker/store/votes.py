"""What is known of the votes on resolutions: every count and claim, and the one figure that stands."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from sqlmodel import Session, col

from tracker.domain import votes
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.matters import Reconciled, reconciled
from tracker.domain.vocab import Recommendation, SupportFormula, VoteUnit
from tracker.domain.votes import Claim, Share, Tally
from tracker.models.base import CampaignObject
from tracker.models.meeting import BallotItem, InsiderHolding, Meeting, VoteClaim, VoteCount
from tracker.store import objects, prepared
from tracker.store.prepared import among, columns

# Where several percentages were published, the one whose formula is closest to the rule's comes first.
_CLAIM_ORDER = (
    SupportFormula.FOR_AGAINST,
    SupportFormula.FOR_AGAINST_ABSTAIN,
    SupportFormula.FOR_PRESENT,
    SupportFormula.FOR_OUTSTANDING,
    SupportFormula.UNKNOWN,
)
# A table of fifty resolutions reads the votes of all years of their families: columns, not rows kept by the session.
_BALLOTS: Any = (
    columns(
        BallotItem.id, BallotItem.resolution_id, BallotItem.meeting_id, BallotItem.number,
        BallotItem.board_recommendation, BallotItem.company_formula, Meeting.held_on, Meeting.votes_entitled,
        CampaignObject.title,
    )
    .join(Meeting, col(Meeting.id) == col(BallotItem.meeting_id))
    .join(CampaignObject, col(CampaignObject.id) == col(Meeting.id))
    .where(col(BallotItem.resolution_id).in_(among("ids")), objects.visible(Meeting.id))
    .order_by(col(BallotItem.id))
)  # fmt: skip
_REPORTS: Any = (
    columns(
        VoteCount.id, VoteCount.ballot_item_id, VoteCount.votes_for, VoteCount.votes_against, VoteCount.votes_abstain,
        VoteCount.broker_non_votes, VoteCount.unit, VoteCount.preliminary, VoteCount.reported_on, VoteCount.form,
    )
    .where(col(VoteCount.ballot_item_id).in_(among("ids")))
    .order_by(col(VoteCount.id))
)  # fmt: skip
_CLAIMS: Any = (
    columns(
        VoteClaim.ballot_item_id, VoteClaim.hundredths, VoteClaim.decimals, VoteClaim.formula, VoteClaim.claimed_by,
        VoteClaim.url,
    )
    .where(col(VoteClaim.ballot_item_id).in_(among("ids")))
    .order_by(col(VoteClaim.id))
)  # fmt: skip
_HOLDINGS: Any = (
    columns(
        InsiderHolding.meeting_id, InsiderHolding.holder, InsiderHolding.votes, InsiderHolding.assumed_against,
        InsiderHolding.url,
    )
    .where(col(InsiderHolding.meeting_id).in_(among("ids")))
    .order_by(col(InsiderHolding.id))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """One reported set of counts. `superseded`: another report of the same item stands; this one stays on record.

    `entitled` is how many votes could be cast at the meeting, None where that is not known.
    """

    id: int
    tally: Tally
    preliminary: bool
    reported_on: PartialDate
    form: str
    superseded: bool
    entitled: int | None = None

    @property
    def shares(self) -> tuple[Share, ...]:
        """The support under each formula that these counts allow."""
        tally = self.tally
        counted = sum(count or 0 for count in (tally.for_, tally.against, tally.abstain, tally.broker_non_votes))
        known = self.entitled is not None and counted <= self.entitled and tally.unit is VoteUnit.VOTES
        return votes.supports(tally, outstanding=self.entitled if known else None)


@dataclass(frozen=True, slots=True)
class Published:
    """A percentage somebody published, and where."""

    claim: Claim
    url: str


@dataclass(frozen=True, slots=True)
class Holding:
    """An insider's votes at the meeting, and how they are assumed to have been cast."""

    holder: str
    votes: int
    assumed_against: bool
    url: str


@dataclass(frozen=True)
class Vote:
    """One resolution's place on one ballot, with all that was reported of the vote, oldest report first."""

    item_id: int
    meeting_title: str
    held_on: PartialDate
    number: str | None
    recommendation: Recommendation | None
    company_formula: SupportFormula | None
    counts: tuple[Counted, ...]
    claims: tuple[Published, ...]
    holdings: tuple[Holding, ...]

    @cached_property
    def standing(self) -> Counted | None:
        """The counts that stand: the last final report, else the last preliminary one."""
        return next((counted for counted in self.counts if not counted.superseded), None)

    @cached_property
    def support(self) -> Share | Claim | None:
        """The share to show, for / (for + against) from the counts that stand, else a published percentage."""
        shares = self.standing.shares if self.standing else ()
        if shares:
            return shares[0]
        stated = [published.claim for published in self.claims if published.claim.formula in _CLAIM_ORDER]
        return min(stated, key=lambda claim: _CLAIM_ORDER.index(claim.formula), default=None)

    def beside(self, claim: Claim) -> Reconciled | None:
        """Return a published percentage beside what the counts that stand give; None before there are counts."""
        return reconciled(claim, self.standing.shares) if self.standing else None

    @property
    def preliminary(self) -> bool:
        """Whether the share shown comes from a preliminary count."""
        return self.standing is not None and self.standing.preliminary and isinstance(self.support, Share)

    @property
    def without_insiders(self) -> Share | None:
        """The share among everybody but the insiders whose votes have a source; None where it cannot be computed."""
        sourced = [holding for holding in self.holdings if holding.url]
        sides = {holding.assumed_against for holding in sourced}
        if self.standing is None or len(sides) != 1:
            return None
        try:
            return votes.insiders_excluded(
                self.standing.tally, sum(holding.votes for holding in sourced), assumed_against=sides.pop()
            )
        except InputError:
            # More insiders' votes than were cast on that side: the assumption is wrong, so there is no such figure.
            return None


def of_resolutions(session: Session, resolution_ids: Collection[int]) -> dict[int, Vote]:
    """Return the vote of each resolution that stands on a ballot we know; the last one, where it stood on several.

    Four queries at most, however many resolutions.
    """
    ballots = prepared.rows(session, _BALLOTS, ids=resolution_ids)
    rows = sorted(ballots, key=lambda row: (row.held_on.sort_key, row.id))
    if not rows:
        return {}
    counts = _counts(session, {row.id: row.votes_entitled for row in rows})
    claims = _claims(session, [row.id for row in rows])
    holdings = _holdings(session, [row.meeting_id for row in rows])
    return {
        row.resolution_id: Vote(
            item_id=row.id,
            meeting_title=row.title,
            held_on=row.held_on,
            number=row.number,
            recommendation=row.board_recommendation,
            company_formula=row.company_formula,
            counts=tuple(counts[row.id]),
            claims=tuple(claims[row.id]),
            holdings=tuple(holdings[row.meeting_id]),
        )
        for row in rows
    }


def _counts(session: Session, entitled: Mapping[int, int | None]) -> dict[int, list[Counted]]:
    """Return the counts by item; `entitled` has the votes that could be cast on each."""
    rows = sorted(prepared.rows(session, _REPORTS, ids=entitled), key=lambda row: (row.reported_on.sort_key, row.id))
    reports: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        reports[row.ballot_item_id].append(row)
    return defaultdict(list, {key: _counted(items, entitled[key]) for key, items in reports.items()})


def _counted(rows: Sequence[Any], entitled: int | None) -> list[Counted]:
    """Return the reports of one ballot item, oldest first as given."""
    stands = votes.standing([row.preliminary for row in rows])
    return [
        Counted(
            id=row.id,
            tally=Tally(row.votes_for, row.votes_against, row.votes_abstain, row.broker_non_votes, row.unit),
            preliminary=row.preliminary,
            reported_on=row.reported_on,
            form=row.form,
            superseded=place != stands,
            entitled=entitled,
        )
        for place, row in enumerate(rows)
    ]


def _claims(session: Session, item_ids: Collection[int]) -> dict[int, list[Published]]:
    found: dict[int, list[Published]] = defaultdict(list)
    for row in prepared.rows(session, _CLAIMS, ids=item_ids):
        found[row.ballot_item_id].append(Published(Claim(percent_of(row), row.formula, row.claimed_by), row.url))
    return found


class Hundredths(Protocol):
    """A published percentage as it is kept."""

    hundredths: int
    decimals: int


def percent_of(row: Hundredths) -> Decimal:
    """Return a published percentage with the digits it was published with."""
    return (Decimal(row.hundredths) / 100).quantize(Decimal(1).scaleb(-row.decimals))


def _holdings(session: Session, meeting_ids: Collection[int]) -> dict[int, list[Holding]]:
    found: dict[int, list[Holding]] = defaultdict(list)
    for row in prepared.rows(session, _HOLDINGS, ids=meeting_ids):
        found[row.meeting_id].append(Holding(row.holder, row.votes, row.assumed_against, row.url))
    return found
