"""Commitments: what a company promised, by when, and what each side says became of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.commitments import STATE_WORDS, Side
from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import CommitmentState, EventType, Lane
from tracker.models.base import (
    Base,
    CampaignObject,
    ObjectDetail,
    PartialDateText,
    Parts,
    UtcDateTime,
    choice,
    on_spine,
    spine_key,
)

LANES = {Side.PROPONENT: Lane.INVESTORS, Side.COMPANY: Lane.COMPANY, Side.OTHERS: Lane.ADVOCATES}
WHO = {Side.PROPONENT: "The proponent", Side.COMPANY: "The company", Side.OTHERS: "A third party"}


class Commitment(ObjectDetail, table=True):
    """A promise, often the price of a withdrawal. Both sides' views stand side by side."""

    __tablename__ = "commitment"
    kind: ClassVar[str] = "commitment"
    label: ClassVar[str] = "Commitment"
    id: int = spine_key()
    company_id: int = Field(foreign_key="organization.id", index=True)
    made_for_id: int | None = on_spine(nullable=True)
    made_on: PartialDate = Field(sa_type=PartialDateText)
    due_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    settled_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    kept: CommitmentState = Field(default=CommitmentState.PENDING, sa_type=choice(CommitmentState))
    proponent_view: str = ""
    company_view: str = ""

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the promise, what each side says became of it and, once it is settled, what became of it."""
        yield Milestone(
            on=self.made_on,
            kind=EventType.COMPANY_POLICY_CHANGE,
            key="made",
            headline=f"Commitment made: {spine.title}",
            lane=Lane.COMPANY,
            summary=spine.summary,
        )
        if self.settled_on is not None:
            yield Milestone(
                on=self.settled_on,
                kind=EventType.COMPANY_POLICY_CHANGE,
                key="settled",
                headline=f"Commitment {self.kept.value}: {spine.title}",
                lane=Lane.COMPANY,
            )
        for view in parts.of(CommitmentView):
            yield view.milestone(spine)


class CommitmentView(Base, table=True):
    """What one side says on a day became of a promise. Earlier views stay; of each side the latest counts."""

    __tablename__ = "commitment_view"
    __table_args__ = (
        UniqueConstraint("commitment_id", "side", "number"),
        CheckConstraint("url <> ''", name="has_source"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )
    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = on_spine()
    number: int = 1
    side: Side = Field(sa_type=choice(Side))
    state: CommitmentState = Field(sa_type=choice(CommitmentState))
    on: PartialDate = Field(sa_type=PartialDateText)
    by: str = Field(default="", max_length=300)
    said: str = ""
    url: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)

    def milestone(self, spine: CampaignObject) -> Milestone:
        """Return the view on its day, in the lane of who holds it."""
        return Milestone(
            on=self.on,
            kind=EventType.COMMENTARY,
            key=f"commitment_view:{self.side.value}:{self.number}",
            headline=f"{self.by or WHO[self.side]} finds the commitment {STATE_WORDS[self.state]}: {spine.title}",
            lane=LANES[self.side],
            summary=self.said,
        )
