"""Sources: which are configured, which are due, how each attempt went, and how healthy each is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy import update as update_rows
from sqlmodel import Session, col, select

from tracker.domain.packed import Packed
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Sighting, Source
from tracker.store.records import update
from tracker.store.visits import keep_bodies, parts


def sync(session: Session, wanted: Iterable[Mapping[str, Any]], now: datetime) -> tuple[int, int]:
    """Add or complete sources by name; return how many were new and how many changed.

    A new source is due at once, and so is a changed one: what is being asked of it as it was is not kept. Sources that
    are configured no longer stay, with their history; they can be paused. An entry's `paused` counts when its source
    is new: afterwards people pause and resume. What a person changed of a source stays as they left it.
    """
    known = {row.name: row for row in session.exec(select(Source))}
    new = changed = 0
    for entry in wanted:
        plain = {key: entry[key] for key in ("reader", "title", "url", "options", "every_seconds") if key in entry}
        row = known.get(entry["name"])
        if row is not None:
            if plain.get("url") in row.former_urls:
                del plain["url"]  # it has moved since the file was written, and the move was proven
            plain = {key: value for key, value in plain.items() if key not in row.set_by_hand}
        if row is None:
            session.add(Source(name=entry["name"], due_at=now, paused=bool(entry.get("paused")), **plain))
            new += 1
        elif update(row, plain):
            row.due_at, row.leased_by, row.leased_until = now, "", None
            changed += 1
    session.flush()
    return new, changed


def keep_body(session: Session, body: bytes, media_type: str) -> str:
    """Keep an answer's bytes once, compressed; return their hash."""
    packed = Packed.of(body, media_type)
    keep_bodies(session, {packed.hash: packed})
    return packed.hash


def free(session: Session) -> None:
    """Take every source's lease back, whoever holds it."""
    session.execute(update_rows(Source).values(leased_by="", leased_until=None))


def every(session: Session) -> list[Source]:
    """Return all sources, ordered by name."""
    return list(session.exec(select(Source).order_by(col(Source.name))))


# What health is judged by, without the texts of a row: every page asks for it.
_VITALS = (
    Source.id, Source.reader, Source.every_seconds, Source.interval_seconds, Source.quiet_seconds, Source.last_new_at,
    Source.gone_since, Source.paused, Source.due_at, Source.leased_until, Source.last_tried_at, Source.last_ok_at,
    Source.failing_since,
)  # fmt: skip


def vitals(session: Session) -> list[Any]:
    """Return what `domain.source_health` judges by, of every source that is asked; with its id and reader, unordered.

    Those that only hold what people added are left out: nobody asks them. One query.
    """
    by_hand = col(Source.paused) & (col(Source.url) == "")
    return list(session.exec(select(*_VITALS).where(~by_hand)))  # type: ignore[call-overload]


def counts(session: Session) -> dict[int, int]:
    """Return how many documents each source has brought, by source id."""
    query = select(Sighting.source_id, func.count()).group_by(col(Sighting.source_id))
    return dict(session.exec(query).all())


def prune_fetches(session: Session, before: datetime) -> int:
    """Drop attempts older than `before`; bodies stay with the documents read from them."""
    done = session.execute(delete(Fetch).where(col(Fetch.started_at) < before))
    return int(done.rowcount)  # type: ignore[attr-defined]  # every DELETE has it


def prune_bodies(session: Session) -> int:
    """Drop the bytes of answers that neither a document nor an attempt refers to any more."""
    used = [
        select(column).where(column == Body.hash).exists()
        for column in (col(DocumentVersion.body_hash), col(Fetch.body_hash))
    ]
    done = session.execute(delete(Body).where(*(~one for one in used)))
    return int(done.rowcount)  # type: ignore[attr-defined]  # every DELETE has it


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer in which something could not be read, with its bytes as kept and the request it answers."""

    fetch_id: int
    source_id: int
    source: str
    reader: str
    url: str
    status: int | None
    started_at: datetime
    asked: Mapping[str, Any]
    body_hash: str
    media_type: str
    compressed: bytes


def unread(session: Session, names: Sequence[str] = ()) -> list[Unread]:
    """Return the answers that wait to be read again, the newest first; of the same bytes only the newest answer."""
    newest = (
        select(func.max(Fetch.id))
        .where(col(Fetch.asked).is_not(None), col(Fetch.body_hash).is_not(None))
        .group_by(col(Fetch.source_id), col(Fetch.body_hash))
    )
    query = (
        select(Fetch, Source, Body)
        .join(Source, col(Source.id) == col(Fetch.source_id))
        .join(Body, col(Body.hash) == col(Fetch.body_hash))
        .where(col(Fetch.id).in_(newest))
        .order_by(col(Fetch.id).desc())
    )
    if names:
        query = query.where(col(Source.name).in_(names))
    return [
        Unread(
            fetch_id=fetch.id or 0,
            source_id=fetch.source_id,
            source=source.name,
            reader=source.reader,
            url=fetch.url,
            status=fetch.status,
            started_at=fetch.started_at,
            asked=fetch.asked or {},
            body_hash=body.hash,
            media_type=body.media_type,
            compressed=body.compressed,
        )
        for fetch, source, body in session.exec(query)
    ]


def readable(session: Session, source_id: int, keys: Sequence[str]) -> set[str]:
    """Return which of these keys of a source stand for documents that could be read since."""
    query = (
        select(Sighting.key)
        .join(Document, col(Document.id) == col(Sighting.document_id))
        .where(Sighting.source_id == source_id, Document.state != DocumentState.QUARANTINED)
    )
    return {key for part in parts(keys) for key in session.exec(query.where(col(Sighting.key).in_(part)))}


def was_read(session: Session, fetch_id: int) -> None:
    """Note that all of an answer has been read by now, and of every other answer with the same bytes."""
    row = session.get_one(Fetch, fetch_id)
    same = update_rows(Fetch).where(col(Fetch.source_id) == row.source_id, col(Fetch.body_hash) == row.body_hash)
    session.execute(same.values(asked=None))
