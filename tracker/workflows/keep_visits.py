"""Keeping visits: items, bytes, validators, fetch log and the next due time, in one transaction or not at all."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from tracker.domain.errors import ConflictError
from tracker.domain.items import Request
from tracker.domain.rhythm import Rhythm, rhythm_of
from tracker.domain.standing import Outcome, Standing, after
from tracker.domain.text import strip_controls
from tracker.domain.vocab import DocumentState
from tracker.net.headers import sendable
from tracker.net.refusals import fresh_for
from tracker.store import hosts, visits
from tracker.store.engine import writing
from tracker.store.visits import Claimed
from tracker.workflows.brought import Brought, Counts, Taken
from tracker.workflows.keep import keep
from tracker.workflows.manners import HOST_WIDE, rest_of, rest_until
from tracker.workflows.runtime import Runtime
from tracker.workflows.visit import Attempt, Visit

if TYPE_CHECKING:
    from tracker.domain.packed import Packed

log = logging.getLogger(__name__)

TRIES = 3
# Readers whose entries may be no more than summaries of the pages they lead to.
SUMMARIES = frozenset({"feed"})


@dataclass(frozen=True, slots=True)
class Found:
    """A visit that is over, and the source it was paid to."""

    source: Claimed
    visit: Visit

    def opened(self) -> "Found":
        """Return this with the items of its readings, which may be sealed."""
        opened = self.visit.opened()
        return self if opened is self.visit else replace(self, visit=opened)


@dataclass(slots=True)
class SourceReport:
    """What one visit brought."""

    name: str
    counts: Counts
    unchanged: bool = False
    left: int = 0
    error: str = ""


def keep_visits(runtime: Runtime, batch: Sequence[Found], *, blamed: bool = True) -> list[SourceReport]:
    """Keep visits, all in one transaction; where that fails, each in its own, so that one cannot harm another.

    With `blamed` false a failure is our own network's: it is logged, and nothing is counted against the source.
    """
    try:
        return _keep(runtime, batch, blamed=blamed)
    except Exception:  # the database refused something of one of them: find out of which
        if len(batch) > 1:
            log.info("visits are kept one by one", exc_info=True)
        return [_kept_alone(runtime, one, blamed=blamed) for one in batch]


def _kept_alone(runtime: Runtime, one: Found, *, blamed: bool) -> SourceReport:
    """Keep one visit. What the database refuses is reported as the source's failure, so that the others go on."""
    for left in reversed(range(TRIES)):
        try:
            return _keep(runtime, [one], blamed=blamed)[0]
        except ConflictError as rival:
            # Another collector brought the same page in this moment: the next try finds it there.
            if not left:
                return _not_kept(runtime, one, rival)
        except Exception as problem:  # one source's answer must not take the run down
            log.exception("answer not kept", extra={"source": one.source.name})
            return _not_kept(runtime, one, problem)
    raise AssertionError("every try returns or goes on to the next")


def _keep(runtime: Runtime, batch: Sequence[Found], *, blamed: bool) -> list[SourceReport]:
    now = runtime.clock()
    with writing(runtime.engine) as session:
        ours = visits.held(session, [one.source.id for one in batch], runtime.holder)
        held = [one.opened() for one in batch if one.source.id in ours]
        _log(session, held)
        by_id = _entries_kept(session, held, runtime.clock)
        back_off = runtime.settings.retry_after_failure_seconds
        standings = {
            one.source.id: (one.source.standing, _after(one, by_id[one.source.id], now, back_off, blamed=blamed))
            for one in held
        }
        visits.finish(session, standings)
        for one in held:
            _rest(session, one, now, back_off)
    return [_report(one, by_id.get(one.source.id)) for one in batch]


def _entries_kept(session: Session, held: Sequence[Found], clock: Callable[[], datetime]) -> dict[int, Taken]:
    """Keep what visits brought; return by source what became of it. Most bring nothing and cost nothing here."""
    taken = {one.source.id: Taken() for one in held}
    if bringing := [one for one in held if one.visit.items]:
        kept = keep(session, [_brought(one) for one in bringing], clock)
        taken.update(zip([one.source.id for one in bringing], kept, strict=True))
    return taken


def _report(one: Found, taken: Taken | None) -> SourceReport:
    if taken is None:
        return SourceReport(one.source.name, Counts(), error="another worker took it over; nothing kept twice")
    found = one.visit
    return SourceReport(one.source.name, taken.counts, unchanged=found.unchanged, left=found.left, error=found.error)


def _brought(one: Found) -> Brought:
    readings = [(row.request.name, row.reading) for row in one.visit.attempts if row.reading is not None]
    return Brought(
        source_id=one.source.id,
        studied=[item for _, reading in readings for item in reading.items],
        bodies={name: reading.packed.hash for name, reading in readings if reading.packed is not None},
        first=one.source.standing.last_tried_at is None,
        whole_pages=one.source.reader in SUMMARIES and bool(one.source.options.get("whole_pages", True)),
    )


def _after(one: Found, taken: Taken, now: datetime, back_off: float, *, blamed: bool) -> Standing:
    found, standing = one.visit, one.source.standing
    if found.error and not blamed:
        return replace(standing, due_at=now + timedelta(seconds=back_off))
    first = found.attempts[0] if found.attempts else None
    headers = first.headers if first is not None else {}
    outcome = Outcome(
        ok=not found.error,
        new=taken.written,
        items=None if found.unchanged else found.items,
        error=strip_controls(found.error),
        kind=found.kind,
        retry_after=found.retry_after,
        fresh=fresh_for(headers, now) if headers else None,
        moved_to=first.moved_to if first is not None else None,
        rhythm=_rhythm(found, now),
    )
    return after(standing, outcome, now, back_off)


def _rhythm(found: Visit, now: datetime) -> Rhythm | None:
    drafts = [item.draft for row in found.attempts if row.reading is not None for item in row.reading.items]
    return rhythm_of([draft.published_at for draft in drafts if draft.published_at is not None], now)


def _rest(session: Session, one: Found, now: datetime, back_off: float) -> None:
    """Leave a server alone that said that we ask it too often; a 503 speaks for its own address only."""
    for attempt in one.visit.attempts:
        if attempt.outcome in HOST_WIDE:
            until = rest_until(now, attempt.retry_after, back_off)
            hosts.rest(session, rest_of(attempt.request.url), until, attempt.error)


def _not_kept(runtime: Runtime, one: Found, problem: Exception) -> SourceReport:
    # The first line says what; those after it repeat the statement with all its values.
    reason, name, now = str(problem).partition("\n")[0], one.source.name, runtime.clock()
    error = f"keeping what {name} said: {type(problem).__name__}: {reason}; nothing of it was kept: report it"
    failed = Outcome(ok=False, error=error, kind="not_kept")
    with writing(runtime.engine) as session:
        if visits.held(session, [one.source.id], runtime.holder):
            back_off = runtime.settings.retry_after_failure_seconds
            before = one.source.standing
            visits.finish(session, {one.source.id: (before, after(before, failed, now, back_off))})
    return SourceReport(name, Counts(), error=error)


# --- the record of what was asked -------------------------------------------------------------------------------------


def _log(session: Session, batch: Sequence[Found]) -> None:
    """Keep the bytes of every answer that was read, every attempt, and the validators of visits without a fault."""
    bodies: dict[str, Packed] = {}
    rows: list[dict[str, Any]] = []
    tokens: list[tuple[int, str, str | None, str | None]] = []
    known: dict[tuple[int, str], tuple[str | None, str | None]] = {}
    for one in batch:
        number, found = one.source.id, one.visit
        known |= {(number, url): pair for url, pair in one.source.validators.items()}
        for attempt in found.attempts:
            packed = attempt.reading.packed if attempt.reading is not None else None
            if packed is not None:
                bodies[packed.hash] = packed
            rows.append(_fetch(number, attempt))
            # After an error or with requests left the next visit asks without validators: a 304 would hide what is
            # missing.
            if attempt.outcome == "ok" and attempt.request.body is None and not found.error and not found.left:
                # One that cannot be sent back as it came is of no use, and a database may refuse it.
                etag, modified = (sendable(attempt.headers.get(name, "")) for name in ("etag", "last-modified"))
                tokens.append((number, attempt.request.url, etag or None, modified or None))
    visits.keep_bodies(session, bodies)
    visits.log(session, rows)
    visits.remember_validators(session, tokens, known)


def _asked(request: Request) -> dict[str, Any]:
    """Return a request as it can be kept: without its headers, which may hold a key."""
    return {name: _storable(value) for name, value in asdict(request).items() if name != "headers"}


def _storable(value: Any) -> Any:
    """Return a plain value without the characters that databases refuse; what a request carries came from outside."""
    if isinstance(value, str):
        return strip_controls(value)
    if isinstance(value, Mapping):
        return {strip_controls(str(key)): _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list | tuple) else value


def _fetch(source_id: int, attempt: Attempt) -> dict[str, Any]:
    reading = attempt.reading
    packed = reading.packed if reading is not None else None
    items = reading.items if reading is not None else ()
    unread = attempt.outcome == "unreadable" or any(item.judged.state is DocumentState.QUARANTINED for item in items)
    return {
        "source_id": source_id,
        "url": strip_controls(attempt.request.url),
        "started_at": attempt.started_at,
        "seconds": attempt.seconds,
        "status": attempt.status,
        "outcome": attempt.outcome,
        "error": strip_controls(attempt.error),
        "size": packed.size if packed is not None else 0,
        "items": len(items),
        "body_hash": packed.hash if packed is not None else None,
        "asked": _asked(attempt.request) if unread else None,
    }
