"""A row of a timeline as data."""

from datetime import datetime

from flask import url_for
from pydantic import Field

from tracker.domain.vocab import EventType, Lane
from tracker.web.shapes.base import Named, Shape, Source, Support, When, full
from tracker.web.timeline import Card
from tracker.web.words import kind_words, lane_words


class Event(Shape):
    """Something that happened, or will, in one campaign."""

    id: str = Field(description="Its permanent identifier")
    url: str = Field(description="Its permanent address")
    campaign: str = Field(description="The campaign's name in addresses")
    on: When = Field(description="When it happened")
    kind: EventType = Field(description="What happened")
    kind_display: str = Field(description="The same for people")
    lane: Lane = Field(description="Who acted")
    lane_display: str = Field(description="The same for people")
    title: str = Field(description="One plain sentence")
    summary: str = Field(description="What more is said of it")
    about: Named | None = Field(description="The resolution, letter or other object that it is a step of")
    responds_to: list[Named] = Field(description="What it answers")
    answered_by: list[Named] = Field(description="What answers it")
    bears_on: list[Named] = Field(description="What the document that it was made of is about")
    support: Support | None = Field(description="The share of votes that it led to, or is")
    sources: list[Source] = Field(description="What it rests on")
    recorded_at: datetime = Field(description="When we came to know of it")
    corrected_at: datetime | None = Field(description="When what it is a step of was last corrected; empty: never")

    @classmethod
    def of(cls, card: Card, campaign: str) -> "Event":
        """Return the shape of a row as the timeline of this campaign shows it."""
        event, context = card.event, card.context
        named = [reply.other for reply in context.responds_to]
        answers = [reply.other for reply in context.answered_by]
        owner = context.owner
        return cls(
            id=event.id,
            url=full(url_for("timeline.event", event_id=event.id)),
            campaign=campaign,
            on=When.of(event.on),
            kind=event.kind,
            kind_display=kind_words(event.kind),
            lane=event.lane,
            lane_display=lane_words(event.lane),
            title=event.headline,
            summary=event.summary,
            about=Named.of(owner.kind, owner.slug, owner.title) if owner else None,
            responds_to=[Named.of(other.kind, other.slug, other.title) for other in named],
            answered_by=[Named.of(other.kind, other.slug, other.title) for other in answers],
            bears_on=[Named.of(other.kind, other.slug, other.title) for _, other in context.bears_on],
            support=Support.of(card.support),
            sources=[Source.of(behind) for behind in card.sources],
            recorded_at=event.recorded_at,
            corrected_at=card.corrected_at,
        )
