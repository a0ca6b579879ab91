"""What a source's record says of its visits, and what one more visit makes of it. Pure; `store.visits` writes it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.domain.failures import is_moved, wait_after, weight
from tracker.domain.rhythm import Rhythm, interval


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns of a source that its visits change; see `models.document.Source` for what each means."""

    url: str
    every_seconds: int
    due_at: datetime
    last_tried_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    last_error: str = ""
    last_error_kind: str = ""
    failure_weight: float = 0.0
    interval_seconds: int | None = None
    rhythm_seconds: int | None = None
    quiet_seconds: int | None = None
    usual_items: int = 0
    moved_to: str | None = None
    moved_times: int = 0
    moved_since: datetime | None = None
    former_urls: tuple[str, ...] = ()
    gone_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one visit went.

    `new` is how many documents it brought, `items` how many entries the answer had (None when it was unchanged).
    `retry_after` and `fresh` are seconds: the wait a refusing server asked for, and how long a good answer says it
    stays as it is. `moved_to` is where permanent redirects led. `rhythm` is None where the answer does not tell one.
    """

    ok: bool
    new: int = 0
    items: int | None = None
    error: str = ""
    kind: str = ""
    retry_after: float | None = None
    fresh: float | None = None
    moved_to: str | None = None
    rhythm: Rhythm | None = None


LONGEST_FRESH = 86400.0


def after(standing: Standing, outcome: Outcome, now: datetime, back_off: float) -> Standing:
    """Return the record after one more visit; `back_off` is the wait in seconds after a first failure."""
    if not outcome.ok:
        return _failed(standing, outcome, now, back_off)
    learned = _learned(standing, outcome)
    wait = max(float(learned.interval_seconds or learned.every_seconds), min(outcome.fresh or 0.0, LONGEST_FRESH))
    return replace(
        _moved(learned, outcome.moved_to, now),
        due_at=now + timedelta(seconds=wait),
        last_tried_at=now,
        last_ok_at=now,
        last_new_at=now if outcome.new else standing.last_new_at,
        failing_since=None,
        failures=0,
        last_error="",
        last_error_kind="",
        failure_weight=0.0,
        gone_since=None,
    )


def _failed(standing: Standing, outcome: Outcome, now: datetime, back_off: float) -> Standing:
    total = standing.failure_weight + weight(outcome.kind)
    gone = outcome.kind == "http_410"
    # The first failure waits the same, whatever it weighs; what follows is weighed.
    counted = total if standing.failures else 1.0
    return replace(
        standing,
        due_at=now + wait_after(counted, back_off, outcome.retry_after, gone=gone),
        last_tried_at=now,
        failing_since=standing.failing_since or now,
        failures=standing.failures + 1,
        last_error=outcome.error,
        last_error_kind=outcome.kind,
        failure_weight=total if standing.failures else weight(outcome.kind),
        gone_since=(standing.gone_since or now) if gone else None,
    )


def _learned(standing: Standing, outcome: Outcome) -> Standing:
    """Return the record with the rhythm and size of an answer; an unchanged one teaches nothing."""
    if outcome.items is None:
        return standing
    every = timedelta(seconds=standing.every_seconds)
    rhythm = outcome.rhythm
    return replace(
        standing,
        interval_seconds=int(interval(every, rhythm).total_seconds()) if rhythm else None,
        rhythm_seconds=int(rhythm.usual.total_seconds()) if rhythm else None,
        quiet_seconds=int(rhythm.quiet.total_seconds()) if rhythm else None,
        usual_items=outcome.items,
    )


def _moved(standing: Standing, moved_to: str | None, now: datetime) -> Standing:
    """Return the record with one more proof of a move, and the new address once there are enough."""
    if moved_to is None or moved_to == standing.url:
        if (standing.moved_to, standing.moved_times, standing.moved_since) == (None, 0, None):
            return standing
        return replace(standing, moved_to=None, moved_times=0, moved_since=None)
    if moved_to != standing.moved_to or standing.moved_since is None:
        return replace(standing, moved_to=moved_to, moved_times=1, moved_since=now)
    times = standing.moved_times + 1
    if not is_moved(times, now - standing.moved_since):
        return replace(standing, moved_times=times)
    former = (*(url for url in standing.former_urls if url != standing.url), standing.url)
    return replace(standing, url=moved_to, former_urls=former, moved_to=None, moved_times=0, moved_since=None)
