"""What a company promised and what each side says became of it, as data."""

from pydantic import Field

from tracker.domain.commitments import Side
from tracker.domain.vocab import CommitmentState
from tracker.models.commitment import CommitmentView
from tracker.store.commitment_lists import CommitmentLine
from tracker.web.shapes.base import Shape, When


class View(Shape):
    """What one side said on a day became of a promise."""

    side: Side = Field(description="Whose view it is")
    state: CommitmentState = Field(description="What they find: pending, full, partial or broken")
    on: When = Field(description="When they said so")
    by: str = Field(description="Who said it; empty where only the side is known")
    said: str = Field(description="Their words; empty where none are on record")
    source: str = Field(description="Where they said so")

    @classmethod
    def of(cls, row: CommitmentView) -> "View":
        """Return the shape of a view."""
        return cls(side=row.side, state=row.state, on=When.of(row.on), by=row.by, said=row.said, source=row.url)


class Commitment(Shape):
    """A promise made for a withdrawal, or otherwise, with the views of both sides."""

    slug: str = Field(description="Its name")
    title: str = Field(description="What was promised")
    summary: str = Field(description="What more is said of it")
    company: str = Field(description="Who promised")
    made_for: str | None = Field(description="The resolution withdrawn for it, by its name in addresses; may be empty")
    made_on: When = Field(description="When it was made")
    due_on: When | None = Field(description="By when it is to be kept; empty where no day was named")
    settled_on: When | None = Field(description="When it became known what became of it; empty while it is open")
    kept: CommitmentState = Field(description="How it stands")
    views: list[View] = Field(description="What each side said of it, the latest of each side first")

    @classmethod
    def of(cls, line: CommitmentLine) -> "Commitment":
        """Return the shape of a promise."""
        return cls(
            slug=line.slug,
            title=line.title,
            summary=line.summary,
            company=line.company[1],
            made_for=line.made_for[0] if line.made_for else None,
            made_on=When.of(line.made_on),
            due_on=When.of(line.due_on) if line.due_on else None,
            settled_on=When.of(line.settled_on) if line.settled_on else None,
            kept=line.kept,
            views=[View.of(row) for side in Side for row in line.views.get(side, ())],
        )
