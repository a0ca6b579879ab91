"""A document of the archive as data."""

import datetime as dt

from flask import url_for
from pydantic import Field

from tracker.domain.vocab import DocumentKind, DocumentState, EventType, LinkState, Relation
from tracker.store.archive import Archived, Tie
from tracker.web.shapes.base import Named, Shape, When, full


class Bearing(Shape):
    """What a document bears on, and why it is thought so."""

    on: Named = Field(description="The resolution, letter or other object")
    relation: Relation = Field(description="How it bears on it")
    state: LinkState = Field(description="Confirmed, suggested or rejected")
    score: float = Field(description="How likely it was thought, from 0 to 1")
    reasons: list[str] = Field(description="Why, in words")
    how: str = Field(description="How the link came about: by rule or by a person")

    @classmethod
    def of(cls, tie: Tie) -> "Bearing":
        """Return the shape of a link."""
        return cls(
            on=Named.of(tie.target.kind, tie.target.slug, tie.target.title),
            relation=tie.link.relation,
            state=tie.link.state,
            score=tie.link.score,
            reasons=[str(reason.get("sentence", "")) for reason in tie.link.reasons],
            how=tie.provenance,
        )


class Document(Shape):
    """A document: where it is from, when, what it is about. Its text stays with its publisher and on our page."""

    id: int = Field(description="Its number")
    page_url: str = Field(description="The page of our copy")
    url: str | None = Field(description="Where it was published")
    title: str = Field(description="Its title")
    publisher: str = Field(description="Who published it; empty when not known")
    authors: list[str] = Field(description="Who wrote it")
    kind: DocumentKind = Field(description="What it is")
    language: str = Field(description="Its language; empty when not known")
    published: When | None = Field(description="When it was published; empty when not known")
    state: DocumentState = Field(description="Whether it bears on what is followed")
    relevance: float = Field(description="How likely that was thought, from 0 to 1")
    event_type: EventType | None = Field(description="What it tells of; empty when nothing can be said")
    first_seen_at: dt.datetime = Field(description="When we first saw it")
    versions: int = Field(description="How many versions of it were seen")
    bears_on: list[Bearing] = Field(description="What it bears on")

    @classmethod
    def of(cls, found: Archived) -> "Document":
        """Return the shape of a document."""
        row = found.document
        return cls(
            id=row.id or 0,
            page_url=full(url_for("documents.page", document_id=row.id)),
            url=row.url,
            title=row.title,
            publisher=row.publisher,
            authors=list(row.authors),
            kind=row.kind,
            language=row.language,
            published=When.of(row.published) if row.published else None,
            state=row.state,
            relevance=row.relevance,
            event_type=row.event_type,
            first_seen_at=row.first_seen_at,
            versions=row.version_count,
            bears_on=[Bearing.of(tie) for tie in found.ties],
        )
