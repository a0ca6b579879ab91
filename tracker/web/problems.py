"""Why the reading interface gives no answer, as JSON (RFC 9457)."""

from collections.abc import Iterable

from flask import Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

# Below this path programs read; they are told in JSON what went wrong.
INTERFACE = "/api/"
MEDIA_TYPE = "application/problem+json"


class Near(BaseModel):
    """Something that may have been meant."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field(description="What it is called")
    url: str = Field(description="Where it is")


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field(description="What went wrong, in a few words")
    status: int = Field(description="The status code")
    detail: str = Field(description="What was found, and what would do")
    instance: str | None = Field(default=None, description="The number under which an error of ours stands in the log")
    near: list[Near] = Field(default_factory=list, description="What may have been meant")


def problem(status: int, title: str, detail: str, near: Iterable[tuple[str, str]] = (), incident: str = "") -> Response:
    """Return why there is no answer; `near` are labels and addresses of what may have been meant."""
    known = [Near(title=label, url=address) for label, address in near]
    body = Problem(
        title=title, status=status, detail=detail, near=known, instance=f"urn:incident:{incident}" if incident else None
    )
    return Response(body.model_dump_json(), status=status, content_type=MEDIA_TYPE)


def not_understood(error: ValidationError) -> Response:
    """Return which arguments were not understood, and what they take."""
    said = [
        f"“{'.'.join(map(str, found['loc'])) or 'the request'}”: {found['msg']}"
        for found in error.errors(include_url=False)
    ]
    return problem(422, "This cannot be understood", "; ".join(said))
