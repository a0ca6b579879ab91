"""Visits in bulk: sources claimed as plain values, and all that a batch of visits leaves behind, in few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.packed import Packed
from tracker.domain.standing import Standing
from tracker.models.document import Body, Fetch, Sighting, Source, Validator
from tracker.store import leases
from tracker.store.bulk import insert_rows, table_of, update_rows

# Parameters a statement may have on every SQLite.
AT_ONCE = 500
WRONG_CLOCK = timedelta(hours=1)
_STANDING = tuple(field.name for field in fields(Standing))
_values = attrgetter(*_STANDING)
_FORMER_URLS = _STANDING.index("former_urls")
# Read as rows, not as objects: making a thousand objects takes longer than asking a thousand servers.
_WANTED = ("id", "name", "reader", "title", "options", *_STANDING)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A source that is ours to visit. `validators` are what its servers gave us, by address."""

    id: int
    name: str
    reader: str
    title: str
    options: Mapping[str, Any]
    standing: Standing
    validators: Mapping[str, tuple[str | None, str | None]]


def claim(
    session: Session,
    *,
    now: datetime,
    holder: str,
    seconds: float,
    limit: int,
    names: Sequence[str] = (),
    first: bool = True,
) -> list[Claimed]:
    """Lease the sources that are due, most overdue first; the named ones, due or not, when names are given.

    The `first` claim of a run looks for what a wrong clock put off. Raises NotFoundError for an unknown name and
    InputError for one that is paused; then nothing is claimed.
    """
    conditions: list[Any] = [col(Source.paused).is_(False)]
    if first:
        # Tried in the future: a clock was ahead. What it put off for a year is due now.
        session.execute(update(Source).where(col(Source.last_tried_at) > now + WRONG_CLOCK).values(due_at=now))
        # A pause that was to end by now has ended.
        over = update(Source).where(col(Source.paused_until) <= now, col(Source.retired_at).is_(None))
        session.execute(over.values(paused=False, paused_reason="", paused_until=None, due_at=now))
    if names:
        _make_due(session, names, now)
        conditions = [col(Source.name).in_(names)]
    rows = leases.claim_rows(
        session, Source, now=now, holder=holder, seconds=seconds, limit=limit, where=conditions, wanted=_WANTED
    )
    known = _validators(session, [row[0] for row in rows])
    return [_claimed(row, known.get(row[0], {})) for row in rows]


def _make_due(session: Session, names: Sequence[str], now: datetime) -> None:
    wanted = list(session.exec(select(Source).where(col(Source.name).in_(names))))
    missing = set(names) - {row.name for row in wanted}
    if missing:
        raise NotFoundError(f"no source is called {min(missing)!r}; `tracker source list` shows all names")
    for row in wanted:
        if row.paused:
            raise InputError(f"asking the source {row.name}: it is paused or filled by hand; there is nothing to ask")
        row.due_at = min(row.due_at, now)
    session.flush()


def _claimed(row: Any, validators: Mapping[str, tuple[str | None, str | None]]) -> Claimed:
    number, name, reader, title, options, *values = row
    values[_FORMER_URLS] = tuple(values[_FORMER_URLS])
    return Claimed(number, name, reader, title, options, Standing(*values), validators)


def _validators(session: Session, ids: Sequence[int]) -> dict[int, dict[str, tuple[str | None, str | None]]]:
    table = table_of(Validator)
    found: dict[int, dict[str, tuple[str | None, str | None]]] = {}
    for part in parts(ids):
        query = select(table.c.source_id, table.c.url, table.c.etag, table.c.last_modified)
        for source_id, url, etag, modified in session.connection().execute(query.where(table.c.source_id.in_(part))):
            found.setdefault(source_id, {})[url] = (etag, modified)
    return found


def seen_keys(session: Session, source_id: int) -> list[str]:
    """Return every key a source has shown us, in order."""
    return sorted(session.exec(select(Sighting.key).where(Sighting.source_id == source_id)))


def held(session: Session, ids: Collection[int], holder: str) -> set[int]:
    """Return which of these sources' leases are ours; their rows stay locked until the transaction ends."""
    table = table_of(Source)
    found: set[int] = set()
    for part in parts(list(ids)):
        query = select(table.c.id).where(table.c.id.in_(part), table.c.leased_by == holder).with_for_update()
        found.update(session.connection().execute(query).scalars())
    return found


def keep_bodies(session: Session, bodies: Mapping[str, Packed]) -> None:
    """Keep bytes that are not kept yet, by their hash."""
    known: set[str] = set()
    for part in parts(sorted(bodies)):
        known.update(session.exec(select(Body.hash).where(col(Body.hash).in_(part))))
    rows = [asdict(body) for key, body in bodies.items() if key not in known]
    insert_rows(session, Body, rows)


def log(session: Session, attempts: Sequence[Mapping[str, Any]]) -> None:
    """Keep attempts; each has every column of `Fetch` but its id."""
    insert_rows(session, Fetch, attempts)


def remember_validators(session: Session, rows: Iterable[tuple[int, str, str | None, str | None]], known: Any) -> None:
    """Keep validators byte-exact: (source, address, ETag, Last-Modified) each. `known` holds those we have.

    Only in the transaction that stores the answer's items: what was lost would never be sent again.
    """
    table = table_of(Validator)
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    # An address that was asked twice in one visit counts as answered last.
    for (source_id, url), (etag, modified) in {row[:2]: row[2:] for row in rows}.items():
        before = known.get((source_id, url))
        if before == (etag, modified):
            continue
        if etag is None and modified is None:
            if before is not None:
                session.connection().execute(table.delete().where(table.c.source_id == source_id, table.c.url == url))
            continue
        row = {"source_id": source_id, "url": url, "etag": etag, "last_modified": modified}
        (new if before is None else changed).append(row)
    insert_rows(session, Validator, new)
    if changed:
        statement = (
            update(table)
            .where(table.c.source_id == bindparam("of"), table.c.url == bindparam("at"))
            .values(etag=bindparam("etag"), last_modified=bindparam("last_modified"))
        )
        given = [{"of": row["source_id"], "at": row["url"], **row} for row in changed]
        session.connection().execute(statement, [{k: v for k, v in row.items() if k != "url"} for row in given])


def finish(session: Session, rows: Mapping[int, tuple[Standing, Standing]]) -> None:
    """Write what visits made of these sources, from the record before to the one after, and give their leases back.

    Only what a visit changed is written: what a person changed meanwhile stays. The caller has seen that it holds them.
    """
    free = {"leased_by": "", "leased_until": None}
    update_rows(session, Source, [(number, free | _changed(before, now)) for number, (before, now) in rows.items()])


def _changed(before: Standing, now: Standing) -> dict[str, Any]:
    pairs = zip(_STANDING, _values(before), _values(now), strict=True)
    return {name: _plain(new) for name, old, new in pairs if new is not old and new != old}


def postpone(session: Session, rows: Mapping[int, datetime]) -> None:
    """Give leases back unused: these sources are due again then, and nothing is counted."""
    free = {"leased_by": "", "leased_until": None}
    update_rows(session, Source, [(number, free | {"due_at": due}) for number, due in rows.items()])


def parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Yield values in groups that one statement can hold."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
