"""Something that a search found, as data."""

import datetime as dt

from pydantic import Field

from tracker.domain.vocab import DocumentState
from tracker.web.search import Row
from tracker.web.shapes.base import Shape, When, full


class Result(Shape):
    """Something found: a document, a campaign object, a campaign or an organisation."""

    kind: str = Field(description="What it is: news, filing, resolution, letter, campaign, organization ...")
    kind_display: str = Field(description="The same for people")
    title: str = Field(description="Its title")
    url: str | None = Field(description="Its page, or the timeline it stands on; empty where there is none")
    on: When | None = Field(description="When it was published, or its latest date on record; empty when not known")
    publisher: str = Field(description="Who published it; empty where it is no document, or not known")
    original_url: str | None = Field(description="Where a document was published; empty for the rest")
    state: DocumentState | None = Field(description="Whether a document bears on what is followed; empty for the rest")
    passage: str = Field(description="The words around the place where it has what was looked for")
    changed_at: dt.datetime | None = Field(description="When we last saw it change; empty where that is not kept")

    @classmethod
    def of(cls, row: Row) -> "Result":
        """Return the shape of a hit."""
        document = row.told.document
        return cls(
            kind=row.told.hit.kind,
            kind_display=row.label,
            title=row.told.hit.title,
            url=full(row.url or None),
            on=When.of(row.on) if row.on else None,
            publisher=document.publisher if document else "",
            original_url=document.url if document else None,
            state=document.state if document else None,
            passage=row.passage.striptags(),
            changed_at=row.told.changed_at,
        )
