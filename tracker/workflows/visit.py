"""One visit to a source: ask, have it read, ask further where the answer says so. Nothing is stored here."""

import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tracker.domain.errors import FetchError, TrackerError
from tracker.domain.items import Fetched, Request, Target
from tracker.sources.base import source_named
from tracker.workflows.manners import RESTING
from tracker.workflows.readings import Reading

log = logging.getLogger(__name__)

# A source that keeps asking for more is cut off here; the rest comes with the next visit.
MOST_REQUESTS = 200

Ask = Callable[[Request], Awaitable[Fetched]]
Read = Callable[[str, Fetched, datetime], Awaitable[Reading]]


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
    """One request: what was asked, what came of it. `outcome` is ok, not_modified, unreadable or the error's kind."""

    request: Request
    started_at: datetime
    seconds: float
    outcome: str
    status: int | None = None
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None
    retry_after: float | None = None
    reading: Reading | None = None


@dataclass(slots=True)
class Visit:
    """Everything a source said this time. `failed` is the first attempt that went wrong; what came before it counts.

    `error` says what went wrong, `kind` in one stable word. `left` is how many requests were not made, because one
    visit makes `MOST_REQUESTS` of them and lasts no longer than it may, or because the server wants rest: `rest` is
    then for how many seconds.
    """

    attempts: list[Attempt] = field(default_factory=list)
    error: str = ""
    kind: str = ""
    left: int = 0
    rest: float | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server answered and had nothing new for us."""
        return bool(self.attempts) and all(attempt.outcome == "not_modified" for attempt in self.attempts)

    @property
    def retry_after(self) -> float | None:
        """The longest wait that a server asked for, in seconds."""
        return max((attempt.retry_after for attempt in self.attempts if attempt.retry_after), default=None)

    @property
    def items(self) -> int:
        """How many entries the answers had."""
        return sum(attempt.reading.count for attempt in self.attempts if attempt.reading is not None)

    def opened(self) -> "Visit":
        """Return this with the items of its readings, which may be sealed."""
        if not any(row.reading is not None and row.reading.sealed for row in self.attempts):
            return self
        attempts = [
            row if row.reading is None or not row.reading.sealed else replace(row, reading=row.reading.opened())
            for row in self.attempts
        ]
        return replace(self, attempts=attempts)


async def visit(
    place: Place, ask: Ask, read: Read, now: datetime, *, lasting: float = 150.0, most: int = MOST_REQUESTS
) -> Visit:
    """Ask a source everything it wants asked. Errors are recorded, never raised: one bad page loses no others.

    `lasting` is how many seconds it may take before it asks nothing further, `most` how many requests it makes.
    """
    found = Visit()
    try:
        source = source_named(place.reader)
        cik = place.options.get("cik")
        target = Target(place.url, name=place.title, cik=int(cik) if cik else None, options=place.options)
        waiting = deque(source.requests([target]))
    except TrackerError as error:
        found.error, found.kind = str(error), "not_asked"
        return found
    except Exception as error:  # an option of a wrong kind may break a reader in any way
        log.info("source not asked", extra={"url": place.url}, exc_info=True)
        found.error = f"preparing to ask {place.url}: {error}; check the source's options"
        found.kind = "not_asked"
        return found
    begin = time.monotonic()
    while waiting and len(found.attempts) < most and time.monotonic() - begin < lasting:
        attempt = await _attempt(waiting[0], place, ask, read, now)
        if attempt.outcome == RESTING:
            found.rest = attempt.retry_after
            if not found.attempts:
                found.error, found.kind = attempt.error, RESTING
            break
        waiting.popleft()
        found.attempts.append(attempt)
        if attempt.reading is not None:
            waiting.extend(attempt.reading.further)
        if attempt.error and not found.error:
            found.error, found.kind = attempt.error, attempt.outcome
    found.left = len(waiting)
    return found


async def _attempt(request: Request, place: Place, ask: Ask, read: Read, now: datetime) -> Attempt:
    etag, modified = place.validators.get(request.url, (None, None))
    if request.body is None and (etag or modified):
        request = replace(request, etag=etag, last_modified=modified)
    started = time.monotonic()
    try:
        answer = await ask(request)
    except FetchError as error:
        spent = time.monotonic() - started
        return Attempt(request, now, spent, error.kind, error.status, str(error), retry_after=error.retry_after)
    except Exception as problem:  # an odd address must fail its own source, and no other
        log.exception("asking failed", extra={"url": request.url[:200]})
        said = f"asking {request.url[:200]!r}: {type(problem).__name__}: {problem}; report it"
        return Attempt(request, now, time.monotonic() - started, "not_asked", error=said)
    spent = time.monotonic() - started
    if answer.not_modified:
        return Attempt(
            request, now, spent, "not_modified", answer.status, headers=answer.headers, moved_to=answer.moved_to
        )
    reading = await read(place.reader, answer, now)
    return Attempt(
        request,
        now,
        spent,
        reading.outcome,
        answer.status,
        reading.error,
        headers=answer.headers,
        moved_to=answer.moved_to,
        reading=reading,
    )
