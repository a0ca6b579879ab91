"""A correction as data."""

from datetime import datetime

from flask import url_for
from pydantic import Field

from tracker.domain.corrections import CORRECTION_WORDS, CorrectionKind
from tracker.store.correction_list import CorrectionLine
from tracker.web import correction_words as words
from tracker.web.shapes.base import Shape, copy_url, full


class Correction(Shape):
    """One published fact that was changed."""

    id: int = Field(description="Its number, which lasts")
    url: str = Field(description="Its page")
    at: datetime = Field(description="When it was changed here, in UTC")
    kind: CorrectionKind = Field(description="What was done")
    kind_display: str = Field(description="The same in words")
    about: str = Field(description="What it is about: the title of the record or document")
    about_kind: str = Field(description="What that is: resolution, letter, contract, meeting, document ...")
    about_slug: str | None = Field(description="The record's name in addresses; empty for a document")
    about_url: str | None = Field(description="Its page, or the timeline it stands on; empty where it has neither")
    campaigns: list[str] = Field(description="The campaigns the record belongs to, by their names in addresses")
    part: str = Field(description="The table in which the value stands; empty where all of it is concerned")
    item: str = Field(description="Which row of that table, or which document")
    field: str = Field(description="The column; empty where all of the row is concerned")
    before: str = Field(description="What stood there: a date as known, digits, a code, a name, or text")
    after: str = Field(description="What stands there now; empty is nothing")
    says: str = Field(description="The change in one sentence")
    why: str = Field(description="The reason given")
    made_by: str = Field(description="Who or what changed it")
    evidence_title: str | None = Field(description="The document it rests on; empty where the archive has none")
    evidence_url: str | None = Field(description="The address of that source; empty where none was given")
    evidence_copy_url: str | None = Field(description="The page of our copy of it; empty where there is none")

    @classmethod
    def of(cls, line: CorrectionLine) -> "Correction":
        """Return the shape of a correction."""
        row = line.row
        return cls(
            id=row.id or 0,
            url=full(url_for("corrections.page", number=row.id)),
            at=row.made_at,
            kind=row.kind,
            kind_display=CORRECTION_WORDS[row.kind],
            about=line.title,
            about_kind=line.kind,
            about_slug=line.slug or None,
            about_url=full(words.subject_url(line)),
            campaigns=[slug for slug, _ in line.campaigns],
            part=row.part,
            item=row.item,
            field=row.field,
            before=row.before,
            after=row.after,
            says=words.sentence(line),
            why=row.why,
            made_by=row.made_by,
            evidence_title=line.evidence or None,
            evidence_url=row.url or None,
            evidence_copy_url=copy_url(row.evidence_id),
        )
