"""The rows that hang on an object and may go to another when it is split in two."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tracker.models.base import Base
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store.changes import target_of
from tracker.store.historical import PARTS
from tracker.store.naming import text_of
from tracker.store.records import columns, tables

_OF_SPINE = "campaign_object"
_LONGEST_NUMBER = 18  # digits that every database holds


@dataclass(frozen=True, slots=True)
class Piece:
    """One row: `key` names it on a form ("letter_party:7"), `words` say what stands in it."""

    key: str
    table: str
    words: str


def pieces(session: Session, object_id: int) -> Iterator[Piece]:
    """Yield the parts of an object, then its links, then its evidence, each in the order in which it was written."""
    found: list[tuple[str, Base]] = []
    for table, column in _places():
        place: Any = getattr(table, column)
        number: Any = getattr(table, "id")  # noqa: B009 - every such table has a number, their base has not
        stored = session.exec(select(table).where(place == object_id).order_by(number))
        found += [(str(table.__tablename__), row) for row in stored]
    named = _pointed_to(session, [row for _, row in found])
    for name, row in found:
        yield Piece(f"{name}:{getattr(row, 'id')}", name, _words(session, row))  # noqa: B009
    named.clear()  # until here the session had them at hand


def _pointed_to(session: Session, told_of: Collection[Base]) -> list[Base]:
    """Return what rows point to, read at once for each table: they are named by it, one after the other."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in told_of:
        for column in columns(type(row)).c:
            target, number = target_of(column), getattr(row, column.name)
            if target is not None and isinstance(number, int):
                wanted[target].add(number)
    found: list[Base] = []
    for name, numbers in wanted.items():
        table: Any = tables()[name]
        if "id" in columns(table).c:
            found += session.exec(select(table).where(col(table.id).in_(numbers)))
    return found


def rows(session: Session, object_id: int, keys: Collection[str]) -> list[tuple[Base, str]]:
    """Return the rows of these keys that hang on an object, each with the column by which it does; others not."""
    found: list[tuple[Base, str]] = []
    columns_of = {str(table.__tablename__): column for table, column in _places()}
    for key in sorted(keys):
        name, _, number = key.partition(":")
        if name not in columns_of or not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            continue
        row = session.get(tables()[name], int(number))
        if row is not None and getattr(row, columns_of[name]) == object_id:
            found.append((row, columns_of[name]))
    return found


def evidence_of(session: Session, object_id: int, fields: Collection[str]) -> list[Evidence]:
    """Return the evidence of these fields of an object, in order."""
    query = select(Evidence).where(Evidence.object_id == object_id, col(Evidence.field).in_(fields))
    return list(session.exec(query.order_by(col(Evidence.id))))


def _places() -> list[tuple[type[Base], str]]:
    """Return the tables of parts that hang directly on a spine, links and evidence, each with the column."""
    found = [(table, owners[0]) for table, owners in PARTS.items()
             if target_of(columns(table).c[owners[0]]) == _OF_SPINE]  # fmt: skip
    named = sorted(found, key=lambda one: str(one[0].__tablename__))
    return [*named, (Link, "object_id"), (Evidence, "object_id")]


def _words(session: Session, row: Base) -> str:
    if isinstance(row, Link):
        document = session.get(Document, row.document_id)
        return document.title if document else ""
    if isinstance(row, Evidence):
        return f"{row.field.replace('_', ' ').replace(':', ' ')}: {row.value}"
    return text_of(session, row, "", row)
