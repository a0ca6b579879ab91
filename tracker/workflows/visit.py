"""One visit to a source: ask, read, ask further where the answer says so. Nothing is stored here."""

import logging
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from tracker.domain.errors import FetchError, ParseError, TrackerError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.sources.base import source_named

log = logging.getLogger(__name__)

# A source that keeps asking for more is cut off here; the rest comes with the next visit.
MOST_REQUESTS = 200


class Asker(Protocol):
    """What a visit needs of the network."""

    def get(self, request: Request) -> Fetched:
        """Fetch, or raise FetchError."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """What a visit needs to know of a source: its reader and address, and what is remembered from last time."""

    reader: str
    title: str
    url: str
    options: Mapping[str, Any]
    validators: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request: what was asked, what came of it. `outcome` is ok, not_modified or the error's kind."""

    url: str
    started_at: datetime
    seconds: float
    outcome: str
    status: int | None = None
    error: str = ""
    answer: Fetched | None = None
    retry_after: float | None = None
    items: tuple[RawItem, ...] = ()


@dataclass(slots=True)
class Visit:
    """Everything a source said this time. `error` is the first that went wrong; what came before it counts.

    `left` is how many requests were not made, because one visit makes `MOST_REQUESTS` of them.
    """

    attempts: list[Attempt] = field(default_factory=list)
    error: str = ""
    left: int = 0
    retry_after: float | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server answered and had nothing new for us."""
        return bool(self.attempts) and all(attempt.outcome == "not_modified" for attempt in self.attempts)


def visit(place: Place, asker: Asker, now: datetime) -> Visit:
    """Ask a source everything it wants asked. Errors are recorded, never raised: one bad page loses no others."""
    found = Visit()
    try:
        source = source_named(place.reader)
        cik = place.options.get("cik")
        target = Target(place.url, name=place.title, cik=int(cik) if cik else None, options=place.options)
        waiting = deque(source.requests([target]))
    except TrackerError as error:
        found.error = str(error)
        return found
    except (TypeError, ValueError) as error:
        found.error = f"preparing to ask {place.url}: {error}; check the source's options"
        return found
    while waiting and len(found.attempts) < MOST_REQUESTS:
        request = waiting.popleft()
        attempt, further = _ask(request, source, place, asker, now)
        found.attempts.append(attempt)
        waiting.extend(further)
        if attempt.error and not found.error:
            found.error = attempt.error
    found.left = len(waiting)
    found.retry_after = max((attempt.retry_after for attempt in found.attempts if attempt.retry_after), default=None)
    return found


def _ask(request: Request, source: Any, place: Place, asker: Asker, now: datetime) -> tuple[Attempt, list[Request]]:
    etag, modified = place.validators.get(request.url, (None, None))
    started = time.monotonic()
    try:
        answer = asker.get(replace(request, etag=etag, last_modified=modified))
    except FetchError as error:
        spent = time.monotonic() - started
        return Attempt(request.url, now, spent, error.kind, error.status, str(error), retry_after=error.retry_after), []
    spent = time.monotonic() - started
    if answer.not_modified:
        return Attempt(request.url, now, spent, "not_modified", answer.status, answer=answer), []
    try:
        parsed = list(source.parse(answer))
    except ParseError as error:
        return Attempt(request.url, now, spent, "unreadable", answer.status, str(error), answer), []
    except Exception as problem:  # a reader that stumbles over hostile bytes must not take the run down
        log.exception("reader failed", extra={"url": request.url, "reader": place.reader})
        reason = f"{type(problem).__name__}: {problem}"
        said = f"reading {answer.url}: the reader {place.reader!r} failed ({reason}); report it"
        return Attempt(request.url, now, spent, "unreadable", answer.status, said, answer), []
    items = tuple(item for item in parsed if isinstance(item, RawItem))
    further = [item for item in parsed if isinstance(item, Request)]
    return Attempt(request.url, now, spent, "ok", answer.status, answer=answer, items=items), further
