"""A campaign as data."""

from flask import url_for
from pydantic import Field

from tracker.models.campaign import Campaign as Row
from tracker.web.shapes.base import Shape, full


class Campaign(Shape):
    """One subject followed over years: what is asked of whom."""

    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its timeline")
    title: str = Field(description="Its title")
    summary: str = Field(description="What it is about")
    fictional: bool = Field(description="Whether it is made up, to show how the site works")
    targets: list[str] = Field(description="The organisations it asks something of")
    asks: list[str] = Field(description="What it asks")

    @classmethod
    def of(cls, row: Row, targets: list[str], asks: list[str]) -> "Campaign":
        """Return the shape of a campaign with whom it asks, and what."""
        return cls(
            slug=row.slug,
            url=full(url_for("timeline.page", slug=row.slug)),
            title=row.title,
            summary=row.summary,
            fictional=row.fictional,
            targets=targets,
            asks=asks,
        )
