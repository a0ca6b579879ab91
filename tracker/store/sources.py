"""Sources: which are configured, which are due, how each attempt went, and how healthy each is."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy import update as update_rows
from sqlmodel import Session, col, select

from tracker.domain.errors import InputError, NotFoundError
from tracker.models.document import Body, Fetch, Sighting, Source, Validator
from tracker.store import leases
from tracker.store.records import update

# Seconds.
LONGEST_WAIT = 86400.0


def sync(session: Session, wanted: Iterable[Mapping[str, Any]], now: datetime) -> tuple[int, int]:
    """Add or complete sources by name; return how many were new and how many changed.

    A new source is due at once. Sources that are configured no longer stay, with their history; they can be paused.
    """
    known = {row.name: row for row in session.exec(select(Source))}
    new = changed = 0
    for entry in wanted:
        plain = {key: entry[key] for key in ("reader", "title", "url", "options", "every_seconds") if key in entry}
        row = known.get(entry["name"])
        if row is None:
            session.add(Source(name=entry["name"], due_at=now, **plain))
            new += 1
        elif update(row, plain):
            row.due_at = now
            changed += 1
    session.flush()
    return new, changed


def claim_due(
    session: Session, *, now: datetime, holder: str, seconds: float, limit: int, names: Sequence[str] = ()
) -> list[Source]:
    """Lease the sources that are due, most overdue first; the named ones, due or not, when names are given."""
    conditions: list[Any] = [col(Source.paused).is_(False)]
    if names:
        wanted = list(session.exec(select(Source).where(col(Source.name).in_(names))))
        missing = set(names) - {row.name for row in wanted}
        if missing:
            raise NotFoundError(f"no source is called {min(missing)!r}; `tracker source list` shows all names")
        for row in wanted:
            if row.paused:
                raise InputError(
                    f"asking the source {row.name}: it is paused or filled by hand; there is nothing to ask"
                )
            row.due_at = min(row.due_at, now)
        session.flush()
        conditions = [col(Source.name).in_(names)]
    ids = leases.claim(session, Source, now=now, holder=holder, seconds=seconds, limit=limit, where=conditions)
    rows = {row.id: row for row in session.exec(select(Source).where(col(Source.id).in_(ids)))}
    for row in rows.values():
        session.refresh(row)
    return [rows[key] for key in ids]


def validators(session: Session, source_id: int) -> dict[str, Validator]:
    """Return what servers gave us for each of a source's addresses."""
    return {row.url: row for row in session.exec(select(Validator).where(Validator.source_id == source_id))}


def remember_validator(session: Session, source_id: int, url: str, headers: Mapping[str, str]) -> None:
    """Keep an answer's validators byte-exact, in the transaction that stores its items."""
    etag, modified = headers.get("etag"), headers.get("last-modified")
    row = session.get(Validator, (source_id, url))
    if etag is None and modified is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Validator(source_id=source_id, url=url, etag=etag, last_modified=modified))
    else:
        row.etag, row.last_modified = etag, modified


def seen_keys(session: Session, source_id: int) -> set[str]:
    """Return every key a source has shown us."""
    return set(session.exec(select(Sighting.key).where(Sighting.source_id == source_id)))


def keep_body(session: Session, body: bytes, media_type: str) -> str:
    """Keep an answer's bytes once, compressed; return their hash."""
    digest = sha256(body).hexdigest()
    if session.get(Body, digest) is None:
        session.add(Body(hash=digest, media_type=media_type[:120], size=len(body), compressed=zlib.compress(body, 6)))
        session.flush()
    return digest


def log_fetch(session: Session, fetch: Fetch) -> None:
    """Keep one attempt."""
    session.add(fetch)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one visit to a source went. `retry_after` is in seconds, from the server or from our own back-off."""

    ok: bool
    new: int = 0
    error: str = ""
    retry_after: float | None = None


def finish(session: Session, source_id: int, outcome: Outcome, *, now: datetime, holder: str, back_off: float) -> bool:
    """Record a visit, set when the source is due again and give the lease back.

    Returns False and changes nothing when the lease was lost meanwhile: another worker has the source now. Failures
    double the wait up to a day, whatever the server asks for; a source is never given up.
    """
    row = session.exec(select(Source).where(Source.id == source_id).with_for_update()).one()
    if row.leased_by != holder:
        return False
    row.leased_by, row.leased_until, row.last_tried_at = "", None, now
    if outcome.new:
        row.last_new_at = now
    if outcome.ok:
        row.failures, row.last_error, row.failing_since, row.last_ok_at = 0, "", None, now
        row.due_at = now + timedelta(seconds=row.every_seconds)
        return True
    row.failures += 1
    row.last_error = outcome.error
    row.failing_since = row.failing_since or now
    row.due_at = now + wait_after(row.failures, back_off, outcome.retry_after)
    return True


def wait_after(failures: int, back_off: float, retry_after: float | None) -> timedelta:
    """Return how long to leave a source alone after its nth failure in a row; `back_off`, `retry_after` in seconds."""
    doubled = back_off * 2 ** min(failures - 1, 20)
    return timedelta(seconds=min(max(doubled, retry_after or 0.0), LONGEST_WAIT))


def free(session: Session) -> None:
    """Take every source's lease back, whoever holds it."""
    session.execute(update_rows(Source).values(leased_by="", leased_until=None))


def still_held(session: Session, source_id: int, holder: str) -> bool:
    """Return whether a source's lease is ours; the row stays locked until the transaction ends."""
    query = select(Source.leased_by).where(Source.id == source_id).with_for_update()
    return session.exec(query).one() == holder


def every(session: Session) -> list[Source]:
    """Return all sources, ordered by name."""
    return list(session.exec(select(Source).order_by(col(Source.name))))


def counts(session: Session) -> dict[int, int]:
    """Return how many documents each source has brought, by source id."""
    query = select(Sighting.source_id, func.count()).group_by(col(Sighting.source_id))
    return dict(session.exec(query).all())


def last_fetches(session: Session, per_source: int = 10) -> dict[int, list[Fetch]]:
    """Return each source's newest attempts, newest first."""
    rank = func.row_number().over(partition_by=col(Fetch.source_id), order_by=col(Fetch.id).desc()).label("rank")
    ranked = select(Fetch.id, rank).subquery()
    query = select(Fetch).join(ranked, ranked.c.id == Fetch.id).where(ranked.c.rank <= per_source)
    found: dict[int, list[Fetch]] = {}
    for row in session.exec(query.order_by(col(Fetch.id).desc())):
        found.setdefault(row.source_id, []).append(row)
    return found


def prune_fetches(session: Session, before: datetime) -> int:
    """Drop attempts older than `before`; bodies stay with the documents read from them."""
    done = session.execute(delete(Fetch).where(col(Fetch.started_at) < before))
    return int(done.rowcount)  # type: ignore[attr-defined]  # every DELETE has it
