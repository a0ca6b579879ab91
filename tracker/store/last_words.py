"""What a person said last stands against any program: readers, rules, files that are imported again.

A value that a person gave or emptied, a row that a person added, changed or took out, an object that a person withdrew:
whatever a program makes of them is put back before its transaction ends, whichever way it wrote.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session, col, select

from tracker.models import metadata
from tracker.models.base import Base
from tracker.models.revision import Revision, RevisionChange
from tracker.store.changes import Touched, Watch
from tracker.store.plain import plain
from tracker.store.records import columns

Place = tuple[str, str]
# Two rows that differ in these alone say the same.
NOT_SAID = frozenset({"id", "recorded_at", "created_at", "read_fields", "emptied_fields", "read_at"})
AT_ONCE = 500


@contextmanager
def kept(session: Session) -> Iterator[None]:
    """Let what people said stand against what a program writes within; none of it comes into the history."""
    with Watch(session) as watch:
        yield
        put_back(session, watch)


def put_back(session: Session, watch: Watch) -> int:
    """Undo what a program did to values and rows of which a person had the last word; return how many it were."""
    touched = list(watch.touched())
    words = _by_people(session, [told for told in touched if told.before is not None])
    gone = [told for told in touched if told.after is None]
    count = _bring_back(session, gone, words)
    for told in touched:
        if told.before is not None and told.after is not None:
            mine = words.get(_place(told), frozenset())
            for name, value in told.before.items():
                if name in mine or "" in mine:
                    setattr(told.row, name, value)
                    count += 1
    count += _take_out(session, [told for told in touched if told.before is None])
    session.flush()
    return count


def _place(told: Touched) -> Place:
    return str(told.row.__tablename__), told.key


def _by_people(session: Session, touched: Sequence[Touched]) -> dict[Place, frozenset[str]]:
    """Return the columns of which a person had the last word, by row; "" stands for all that no program set since."""
    last: dict[Place, dict[str, bool]] = {}
    keys = sorted({_place(told) for told in touched})
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        query = (
            select(RevisionChange.part, RevisionChange.row_key, RevisionChange.field, Revision.by_program)
            .join(Revision, col(Revision.id) == col(RevisionChange.revision_id))
            .where(
                col(RevisionChange.part).in_({name for name, _ in part}),
                col(RevisionChange.row_key).in_({key for _, key in part}),
            )
            .order_by(col(RevisionChange.id))
        )
        for name, key, column, by_program in session.exec(query):
            of_row = last.setdefault((name, key), {})
            if not column:
                of_row.clear()
            of_row[column] = not by_program
    # A person who changed one column of a row has a say in whether it stands, and in that column alone.
    return {place: frozenset(name for name, mine in said.items() if mine) for place, said in last.items()}


def _bring_back(session: Session, gone: Sequence[Touched], words: Mapping[Place, Collection[str]]) -> int:
    """Write again the rows that a program took out and people had a say in, and those that they hang on."""
    by_place = {_place(told): told for told in gone}
    wanted: dict[Place, Touched] = {}

    def want(told: Touched) -> None:
        for column in columns(type(told.row)).columns:
            for key in column.foreign_keys:
                parent = by_place.get((key.column.table.name, str((told.before or {}).get(column.name))))
                if parent is not None:
                    want(parent)
        wanted[_place(told)] = told

    for told in gone:
        if words.get(_place(told)):
            want(told)
    for told in wanted.values():
        session.add(type(told.row)(**(told.before or {})))
        session.flush()
    return len(wanted)


def _take_out(session: Session, added: Sequence[Touched]) -> int:
    """Take out the rows that a program wrote again after a person took out their like."""
    if not added:
        return 0
    count = 0
    rejected = _taken_out_by_people(session, {str(told.row.__tablename__) for told in added})
    # What hangs on others first: the database would take it out with them.
    order = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    for told in sorted(added, key=lambda told: -order[str(told.row.__tablename__)]):
        if _said(told.row, told.after or {}) in rejected:
            session.delete(told.row)
            session.flush()
            count += 1
    return count


def _taken_out_by_people(session: Session, parts: Collection[str]) -> set[tuple[Any, ...]]:
    """Return what the rows said that people took out and nobody brought back."""
    query = (
        select(RevisionChange, Revision.by_program)
        .join(Revision, col(Revision.id) == col(RevisionChange.revision_id))
        .where(col(RevisionChange.part).in_(parts), RevisionChange.field == "")
        .order_by(col(RevisionChange.id))
    )
    removed = query.where(col(Revision.by_program).is_(False), col(RevisionChange.after).is_(None))
    found = {_row_said(change.part, change.before or {}): change.id or 0 for change, _ in session.exec(removed)}
    if not found:
        return set()
    again = query.where(col(Revision.by_program).is_(False), col(RevisionChange.before).is_(None))
    for change, _ in session.exec(again):
        said = _row_said(change.part, change.after or {})
        if found.get(said, change.id or 0) < (change.id or 0):
            del found[said]
    return set(found)


def _said(row: Base, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return _row_said(str(row.__tablename__), {name: plain(value) for name, value in values.items()})


def _row_said(part: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return (part, *sorted((name, repr(value)) for name, value in values.items() if name not in NOT_SAID))
