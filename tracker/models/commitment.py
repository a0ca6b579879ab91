"""Commitments: what a company promised, by when, and what each side says became of it."""

from collections.abc import Iterator
from typing import ClassVar

from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import CommitmentState, EventType, Lane
from tracker.models.base import CampaignObject, ObjectDetail, PartialDateText, Parts, choice, on_spine, spine_key


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

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:  # noqa: ARG002
        """Yield the promise and, once it is settled, what became of it."""
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
