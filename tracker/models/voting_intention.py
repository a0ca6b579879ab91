"""Voting intentions: how investors say, ahead of the meeting, that they will vote on a resolution, and why."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import EventType, Intention, Lane
from tracker.models.base import Base, CampaignObject, PartialDateText, Parts, UtcDateTime, choice, on_spine

VERBS = {
    Intention.FOR: "will vote for",
    Intention.AGAINST: "will vote against",
    Intention.ABSTAIN: "will abstain on",
    Intention.UNDECIDED: "is undecided on",
}


class VotingIntention(Base, table=True):
    """One declaration. `named` is the investor's name where it is nobody we know; `number` tells a changed mind.

    `url` is where it was published; one declared here by somebody with an account has that person's name instead
    (`declared_by`). What was withdrawn stays, with the day. It says what somebody declared, not how they voted: that is
    on record in `FundVote`, months later.
    """

    __tablename__ = "voting_intention"
    __table_args__ = (
        UniqueConstraint("resolution_id", "organization_id", "named", "number"),
        CheckConstraint("organization_id IS NOT NULL OR named <> ''", name="names_an_investor"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("url <> '' OR declared_by <> ''", name="has_source"),
    )
    id: int | None = Field(default=None, primary_key=True)
    resolution_id: int = on_spine()
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    named: str = Field(default="", max_length=300)
    number: int = 1
    intention: Intention = Field(sa_type=choice(Intention))
    rationale: str = ""
    declared_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    url: str = ""
    declared_by: str = Field(default="", max_length=120)
    withdrawn_on: date | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the declaration where its day is known; one that was withdrawn no longer stands."""
        if self.declared_on is None or self.withdrawn_on is not None:
            return
        investor = parts.organizations.get(self.organization_id or 0)
        # The slug, so that the event keeps its address when the archive is made again from its files.
        key = f"voting_intention:{investor.slug if investor else self.named}"
        yield Milestone(
            on=self.declared_on,
            kind=EventType.COMMENTARY,
            key=key + (f":{self.number}" if self.number > 1 else ""),
            headline=f"{investor.name if investor else self.named} {VERBS[self.intention]}: {spine.title}",
            lane=parts.lane(self.organization_id, Lane.INVESTORS),
            summary=self.rationale,
        )
