"""A fund's vote as data."""

from pydantic import Field

from tracker.domain.vocab import FundDecision
from tracker.models.meeting import FundVote as Row
from tracker.web.shapes.base import Shape, When


class FundVote(Shape):
    """How one fund voted on one ballot item, as it reported on Form N-PX."""

    resolution: str = Field(description="The resolution's name in addresses")
    manager: str = Field(description="Who manages the fund")
    fund: str = Field(description="The fund")
    vote: FundDecision = Field(description="How it voted; a fund that split its vote has several rows")
    shares: int | None = Field(description="With how many shares; empty when it gave no number")
    shares_on_loan: int | None = Field(description="Shares lent out and not recalled; empty when it gave no number")
    with_management: bool | None = Field(description="Whether it voted as management recommended, by its own word")
    filed_on: When | None = Field(description="When the form was filed; empty when not known")
    source: str = Field(description="The address of the filing; empty where there is none")

    @classmethod
    def of(cls, row: Row, resolution: str) -> "FundVote":
        """Return the shape of one vote on the resolution of this name."""
        return cls(
            resolution=resolution,
            manager=row.manager,
            fund=row.fund,
            vote=row.decision,
            shares=row.shares_voted,
            shares_on_loan=row.shares_on_loan,
            with_management=row.with_management,
            filed_on=When.of(row.filed_on) if row.filed_on else None,
            source=row.url,
        )
