"""Meetings, ballot items and every count, claim and fund vote that bears on them."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import (
    BallotKind,
    EventType,
    FundDecision,
    Lane,
    Recommendation,
    SupportFormula,
    VoteUnit,
)
from tracker.models.base import (
    Base,
    CampaignObject,
    ObjectDetail,
    PartialDateText,
    Parts,
    UtcDateTime,
    choice,
    emptied_by_people,
    given_by_reader,
    not_negative,
    on_spine,
    spine_key,
)


class MeetingKind(StrEnum):
    """Annual or special."""

    ANNUAL = "annual"
    SPECIAL = "special"


class Meeting(ObjectDetail, table=True):
    """One meeting of shareholders. Anchors the statutory deadlines; `proxy_filed_on` is the DEF 14A date.

    `next_*` are the days that the company states for the year after: proposals under Rule 14a-8, the window for notice
    of other business and nominations, nominees under proxy access, notice under Rule 14a-19. `votes_entitled` is how
    many votes may be cast at the meeting: votes, not shares, where a share has several. `for_year` is the year that the
    company gives the meeting, "2025 Annual Meeting", whichever year it is held in.
    """

    __tablename__ = "meeting"
    __table_args__ = not_negative("votes_entitled")
    kind: ClassVar[str] = "meeting"
    label: ClassVar[str] = "Meeting"
    id: int = spine_key()
    company_id: int = Field(foreign_key="organization.id", index=True)
    held_on: PartialDate = Field(sa_type=PartialDateText)
    meeting_kind: MeetingKind = Field(default=MeetingKind.ANNUAL, sa_type=choice(MeetingKind))
    record_date: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    proxy_filed_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    next_proposals_by: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    next_notice_from: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    next_notice_by: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    next_access_by: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    next_universal_by: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    votes_entitled: int | None = Field(default=None, sa_type=BigInteger)
    for_year: int | None = None
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:  # noqa: ARG002
        """Yield the meeting itself and the proxy statement that called it."""
        yield Milestone(
            on=self.held_on,
            kind=EventType.OTHER,
            key="held",
            headline=spine.title,
            lane=Lane.COMPANY,
            summary=spine.summary,
        )
        if self.proxy_filed_on is not None:
            yield Milestone(
                on=self.proxy_filed_on,
                kind=EventType.PROXY_STATEMENT,
                key="proxy",
                headline=f"Proxy statement filed: {spine.title}",
                lane=Lane.COMPANY,
            )


class BallotItem(Base, table=True):
    """One numbered matter on the ballot; points to our resolution where it is one."""

    __tablename__ = "ballot_item"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    resolution_id: int | None = on_spine(nullable=True)
    number: str | None = Field(default=None, max_length=20)
    title: str = ""
    ballot_kind: BallotKind = Field(sa_type=choice(BallotKind))
    board_recommendation: Recommendation | None = Field(default=None, sa_type=choice(Recommendation))
    company_formula: SupportFormula | None = Field(default=None, sa_type=choice(SupportFormula))
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()


class VoteCount(Base, table=True):
    """One reported set of counts; a later report (8-K/A) supersedes an earlier, which stays. Null: no such column."""

    __tablename__ = "vote_count"
    __table_args__ = (
        *not_negative("votes_for", "votes_against", "votes_withheld", "votes_abstain", "broker_non_votes"),
        CheckConstraint("votes_for IS NOT NULL", name="votes_for_counted"),
        UniqueConstraint("ballot_item_id", "reported_on", "preliminary"),
    )
    id: int | None = Field(default=None, primary_key=True)
    ballot_item_id: int = Field(foreign_key="ballot_item.id", index=True, ondelete="CASCADE")
    votes_for: int | None = Field(default=None, sa_type=BigInteger)
    votes_against: int | None = Field(default=None, sa_type=BigInteger)
    votes_withheld: int | None = Field(default=None, sa_type=BigInteger)
    votes_abstain: int | None = Field(default=None, sa_type=BigInteger)
    broker_non_votes: int | None = Field(default=None, sa_type=BigInteger)
    unit: VoteUnit = Field(default=VoteUnit.VOTES, sa_type=choice(VoteUnit))
    preliminary: bool = False
    reported_on: PartialDate = Field(sa_type=PartialDateText)
    form: str = Field(default="8-K", max_length=20)
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class VoteClaim(Base, table=True):
    """A percentage somebody published, with the formula where it is known: a claim until counts arrive."""

    __tablename__ = "vote_claim"
    __table_args__ = (CheckConstraint("hundredths BETWEEN 0 AND 10000", name="percentage"),)
    id: int | None = Field(default=None, primary_key=True)
    ballot_item_id: int = Field(foreign_key="ballot_item.id", index=True, ondelete="CASCADE")
    hundredths: int
    decimals: int = 2
    formula: SupportFormula = Field(default=SupportFormula.UNKNOWN, sa_type=choice(SupportFormula))
    claimed_by: str
    url: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class InsiderHolding(Base, table=True):
    """Votes held by an insider at a meeting, with the assumption on how they were cast."""

    __tablename__ = "insider_holding"
    __table_args__ = (CheckConstraint("votes > 0", name="votes_positive"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    holder: str = Field(max_length=200)
    votes: int = Field(sa_type=BigInteger)
    assumed_against: bool = True
    url: str = ""


class FundVote(Base, table=True):
    """How one fund voted on one ballot item (Form N-PX). Shares on loan are counted apart."""

    __tablename__ = "fund_vote"
    __table_args__ = (
        *not_negative("shares_voted", "shares_on_loan"),
        UniqueConstraint("ballot_item_id", "manager", "fund", "decision"),
    )
    id: int | None = Field(default=None, primary_key=True)
    ballot_item_id: int = Field(foreign_key="ballot_item.id", index=True, ondelete="CASCADE")
    fund: str = Field(max_length=300)
    manager: str = Field(max_length=300)
    decision: FundDecision = Field(sa_type=choice(FundDecision))
    shares_voted: int | None = Field(default=None, sa_type=BigInteger)
    shares_on_loan: int | None = Field(default=None, sa_type=BigInteger)
    with_management: bool | None = None
    url: str = ""
    filed_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()
    recorded_at: datetime = Field(sa_type=UtcDateTime)
