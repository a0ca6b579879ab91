"""What every answer of the reading interface is made of: lists with the moment and a way on."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.info import Info
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, ConfigDict, Field

from tracker.web import pages
from tracker.web.problems import INTERFACE, MEDIA_TYPE, Problem
from tracker.web.shapes.base import Shape

PREFIX = f"{INTERFACE}v1"
INFO = Info(
    title="Whereas, reading interface",
    version="1",
    description="Campaigns, what happened in them, resolutions, letters, dates and documents; each value with its "
    "source. A date is given as far as it is known, a share of votes with its formula, and null means not known.",
)
MOST = 500
# Problem itself is described by the application, which answers with it wherever an argument is not understood.
REFUSED: dict[str, Any] = {
    "description": "Why there is no answer",
    "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}},
}


class Query(BaseModel):
    """The root of what may be asked; an argument that is not known is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")


class Listed(Shape):
    """The root of all lists."""

    as_of: str = Field(description="The moment of the answer, in UTC")


class Limited(Query):
    """A list that is given in pieces."""

    limit: int = Field(100, ge=1, le=MOST, description="How many at most")
    after: str = Field("", max_length=200, description="What `next` of the piece before gave; empty for the first")


class Paged(Listed):
    """A piece of a list."""

    next: str | None = Field(description="The address of the next piece; null at the end")


bp = APIBlueprint("api", __name__, url_prefix=PREFIX, abp_responses={404: REFUSED, 410: REFUSED, 422: REFUSED})
CAMPAIGNS = Tag(name="Campaigns", description="What is followed, and what happened in it")
OBJECTS = Tag(name="Resolutions, letters, dates", description="What was asked, what became of it, and what is due")
ARCHIVE = Tag(name="Documents", description="What everything rests on")


def now() -> str:
    """Return the moment of an answer."""
    return pages.now().isoformat(timespec="seconds")


def told(shape: Shape) -> Response:
    """Return a shape as an answer."""
    return Response(shape.model_dump_json(), mimetype="application/json")
