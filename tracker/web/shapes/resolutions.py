"""A shareholder resolution as data, as the table shows it."""

import datetime as dt

from flask import url_for
from pydantic import Field

from tracker.domain.vocab import AskType, ResolutionCode
from tracker.store.resolutions import Outcome, ResolutionRow
from tracker.web import prospects
from tracker.web.shapes.base import Shape, Support, When, full


class Resolution(Shape):
    """A shareholder resolution: what it asks, what became of it, and what comes next."""

    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its page")
    title: str = Field(description="Its title")
    company: str = Field(description="The company whose shareholders vote on it")
    season: int = Field(description="The year of the annual meeting it was filed for")
    item: str | None = Field(description="Its number on the ballot; empty when not known")
    ask: str = Field(description="What it asks for, in one sentence")
    ask_type: AskType = Field(description="What sort of thing it asks for")
    subject: str = Field(description="The family of resolutions with the same ask; empty when it is in none")
    lead_filers: list[str] = Field(description="Who filed it")
    outcome: Outcome = Field(description="How far it came")
    status: ResolutionCode | None = Field(description="Its latest step; empty where nothing is on record")
    status_display: str = Field(description="The same for people")
    status_on: When | None = Field(description="When that step was taken; empty when not known")
    support: Support | None = Field(description="The share of votes for it; empty where no vote is on record")
    preliminary: bool = Field(description="Whether the share comes from a preliminary count")
    change_points: float | None = Field(
        description="Percentage points since the last vote on the same ask; empty where formulas differ"
    )
    change_since: int | None = Field(description="The season of that vote")
    change_comparable: bool | None = Field(description="Whether both shares were divided by the same thing")
    next: str = Field(description="What comes next, in a sentence")

    @classmethod
    def of(cls, row: ResolutionRow, today: dt.date) -> "Resolution":
        """Return the shape of a row of the table as it stands on `today`."""
        return cls(
            slug=row.slug,
            url=full(url_for("resolutions.page", slug=row.slug)),
            title=row.title,
            company=row.company,
            season=row.season,
            item=row.number,
            ask=row.ask,
            ask_type=row.ask_type,
            subject=row.family,
            lead_filers=list(row.lead_filers),
            outcome=row.outcome,
            status=row.status.code if row.status else None,
            status_display=row.status_label,
            status_on=When.of(row.status.on) if row.status and row.status.on else None,
            support=Support.of(row.support),
            preliminary=row.preliminary,
            change_points=float(row.change.points) if row.change and row.change.comparable else None,
            change_since=row.change.since if row.change else None,
            change_comparable=row.change.comparable if row.change else None,
            next=prospects.words(row, today),
        )
