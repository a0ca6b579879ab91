"""One act of the history taken back: rows that went come again with their keys, those that came go, columns turn back.

Nothing is taken back that a later act built on: what stands in the way is said in words, and nothing is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from tracker.domain.errors import InputError
from tracker.models import metadata
from tracker.models.base import Base, CampaignObject, ObjectState
from tracker.models.merge import Merge
from tracker.models.revision import Revision, RevisionChange
from tracker.store.historical import below, key_of
from tracker.store.history import value_of
from tracker.store.plain import plain, reader_of
from tracker.store.records import columns, tables

# Of these nothing is taken out: each has a way of its own, which says it to everybody concerned.
OTHERWISE = {
    "account": "switch the account off instead",
    "document": "set the document aside instead: say that it is not relevant",
    "learned_model": "put another version of the model in use instead",
    "source": "pause the source instead",
    "story_decision": "tell the reports apart, or put them together, on the document's page",
    "subscriber": "the person's own page, or the list of subscribers, is the place for it",
}
MOST_TOLD = 5


@dataclass
class _Undoing:
    session: Session
    act: Revision
    changes: Sequence[RevisionChange]
    why: str
    # A key that another row has taken meanwhile (SQLite gives them out again): the new one, by table and old key.
    moved: dict[tuple[str, Any], Any] = field(default_factory=dict)
    rows: list[Base] = field(default_factory=list)


def undo(session: Session, act: Revision, changes: Sequence[RevisionChange], why: str) -> list[Base]:
    """Take back these changes of one act; return the rows concerned. An object that the act made, or showed
    to readers, is withdrawn.

    Raises InputError that says what stands in the way.
    """
    number = act.id
    work = _Undoing(session, act, [change for change in changes if not _of_new_object(change, changes)], why)
    _refuse(work)
    order = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    by_table = sorted(work.changes, key=lambda change: (order[change.part], change.id or 0))
    try:
        with session.no_autoflush:
            for change in by_table:
                if not change.field and change.after is None:
                    _bring_back(work, change)
        session.flush()
        for change in by_table:
            if change.field:
                row = _row(session, change)
                if isinstance(row, CampaignObject) and _is_publication(change):
                    row.state, row.withdrawn_reason = ObjectState.WITHDRAWN, work.why
                else:
                    setattr(row, change.field, _there(work, change, change.field, change.before))
                work.rows.append(row)
        session.flush()
        for change in reversed(by_table):
            if not change.field and change.before is None:
                _take_out(work, change)
                session.flush()
    except IntegrityError as error:
        raise InputError(
            f"undoing act {number}: other rows rest on what it did ({str(error.orig).splitlines()[0]}); undo the acts "
            "that came after it first, the newest before the others"
        ) from error
    return work.rows


def _of_new_object(change: RevisionChange, changes: Sequence[RevisionChange]) -> bool:
    """Return whether a change belongs to an object that the same act made: that is withdrawn as a whole."""
    made = {other.about_id for other in changes if _made_object(other)}
    return not _made_object(change) and change.about == "object" and change.about_id in made


def _made_object(change: RevisionChange) -> bool:
    return change.part == "campaign_object" and not change.field and change.before is None


def _is_publication(change: RevisionChange) -> bool:
    """Return whether a change showed a draft to readers: since then its address has to say what became of it."""
    return change.field == "state" and change.before == ObjectState.DRAFT and change.after == ObjectState.PUBLISHED


# --- what is done -----------------------------------------------------------------------------------------------------


def _bring_back(work: _Undoing, change: RevisionChange) -> None:
    table = tables()[change.part]
    values = {name: _there(work, change, name, value) for name, value in change.before.items()}
    keys = [column.name for column in columns(table).primary_key]
    if len(keys) == 1 and work.session.get(table, values[keys[0]]) is not None:
        old = values.pop(keys[0])
        row = table(**values)
        work.session.add(row)
        work.session.flush()
        work.moved[change.part, old] = getattr(row, keys[0])
    else:
        row = table(**values)
        work.session.add(row)
        work.session.flush()
    work.rows.append(row)


def _there(work: _Undoing, change: RevisionChange, name: str, value: Any) -> Any:
    """Return a value as its column holds it; what pointed to a row that came back under a new key points there."""
    table = tables()[change.part]
    read = value_of(table, name, value)
    for key in columns(table).c[name].foreign_keys:
        read = work.moved.get((key.column.table.name, read), read)
    return read


def _take_out(work: _Undoing, change: RevisionChange) -> None:
    row = _row(work.session, change)
    work.rows.append(row)
    if isinstance(row, CampaignObject):
        row.state, row.withdrawn_reason = ObjectState.WITHDRAWN, work.why
    else:
        work.session.delete(row)


# --- what stands in the way -------------------------------------------------------------------------------------------


def _refuse(work: _Undoing) -> None:
    if (merged := _merged(work)) is not None:
        raise InputError(
            f"undoing act {work.act.id}: it merged two, or took a merge apart; go to “{merged}” and undo the merge "
            "there, or merge the two again: followers and calendars go along"
        )
    for change in work.changes:
        if not change.field and change.before is None and change.part in OTHERWISE:
            raise InputError(f"undoing act {work.act.id}: it cannot be undone as such; {OTHERWISE[change.part]}")
        if not change.field and change.after is None and change.part in OTHERWISE:
            raise InputError(f"undoing act {work.act.id}: not all of what was taken out is kept; add it again")
    found = list(_obstacles(work))
    if found:
        told = "; ".join(dict.fromkeys(found[:MOST_TOLD]))
        more = f"; and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
        raise InputError(f"undoing act {work.act.id}: {told}{more}. Undo that first, or change it in the form")


def _merged(work: _Undoing) -> str | None:
    """Return what an act led to another or gave back, where a merge is kept of it that alone knows all it moved."""
    query = select(RevisionChange).where(
        RevisionChange.revision_id == work.act.id, RevisionChange.field == "merged_into_id"
    )
    for change in work.session.exec(query):
        gone = Merge.gone_id if change.part == "campaign_object" else Merge.gone_organization_id
        if work.session.exec(select(Merge.id).where(gone == change.about_id).limit(1)).first() is not None:
            row: Any = _row(work.session, change)
            return str(getattr(row, "title", None) or row.name)
    return None


def _obstacles(work: _Undoing) -> Iterator[str]:
    later = _later(work)
    going = {(change.part, change.row_key) for change in work.changes if not change.field and change.before is None}
    for change in work.changes:
        row = _found(work.session, change)
        by = later.get((change.part, change.row_key, change.field)) or later.get((change.part, change.row_key, ""))
        said = f"{_words(change)} was changed later{by or ' by a program'}"
        if not change.field and change.after is None:
            continue
        if row is None:
            yield f"{_words(change)} was taken out later{by or ''}"
        elif change.field:
            if plain(getattr(row, change.field)) != change.after:
                yield said
        elif isinstance(row, CampaignObject):
            if row.state is ObjectState.WITHDRAWN:
                yield f"{row.title!r} is withdrawn already"
        elif any(plain(getattr(row, name)) != value for name, value in change.after.items()):
            yield said
        else:
            yield from _hanging(work.session, row, going)


def _hanging(session: Session, row: Base, going: set[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for rows that hang on one to be taken out and would go with it unseen."""
    for table, column in below(type(row)):
        name = columns(table).name
        rows = session.exec(select(table).where(getattr(table, column) == getattr(row, "id"))).all()  # noqa: B009
        if any((name, key_of(child)) not in going for child in rows):
            yield f"a {name.replace('_', ' ')} was added to it since"


def _later(work: _Undoing) -> dict[tuple[str, str, str], str]:
    """Return by whom and when the rows were last changed after the act, by table, key and column."""
    places = {(change.part, change.row_key) for change in work.changes}
    query = (
        select(RevisionChange, Revision)
        .join(Revision, col(Revision.id) == col(RevisionChange.revision_id))
        .where(
            col(RevisionChange.part).in_({part for part, _ in places}),
            col(RevisionChange.row_key).in_({key for _, key in places}),
            col(RevisionChange.revision_id) > work.act.id,
        )
        .order_by(col(RevisionChange.id))
    )
    found: dict[tuple[str, str, str], str] = {}
    for change, act in work.session.exec(query):
        words = f" by {act.made_by} on {act.made_at:%d %B %Y} (act {act.id})"
        for name in (change.field, ""):
            found[change.part, change.row_key, name] = words
    return found


def _found(session: Session, change: RevisionChange) -> Base | None:
    table = tables()[change.part]
    keys = list(columns(table).primary_key)
    texts = change.row_key.split(",")
    values = [int(text) if text.isdigit() else reader_of(key)(text) for key, text in zip(keys, texts, strict=True)]
    return session.get(table, values[0] if len(values) == 1 else tuple(values))


def _row(session: Session, change: RevisionChange) -> Base:
    row = _found(session, change)
    if row is None:
        raise InputError(f"undoing act {change.revision_id}: {_words(change)} is there no more")
    return row


def _words(change: RevisionChange) -> str:
    part = change.part.replace("_", " ")
    what = f"the {part}" + (f" ({change.item})" if change.item else "")
    return f"{change.field.removesuffix('_id').replace('_', ' ')} of {what}" if change.field else what
