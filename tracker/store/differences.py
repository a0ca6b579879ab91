"""What the record says where a reader found something else."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from tracker.models.evidence import Evidence
from tracker.store.offers import shown
from tracker.store.records import tables


def recorded(session: Session, readings: Iterable[Evidence]) -> dict[int, str]:
    """Return, by reading, the value that stands in the record, "" where a person took it out.

    One query for each table that values stand in. Left out is a reading of which that is not known: one from before
    the archive kept it, or whose row is gone.
    """
    wanted: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for reading in readings:
        table, number, column = (reading.differs_from or "::").split(":")
        if table in tables() and number.isdigit():
            wanted[table][reading.id or 0] = (int(number), column)
    found: dict[int, str] = {}
    for table, places in wanted.items():
        kind: Any = tables()[table]
        numbers = {number for number, _ in places.values()}
        rows = {row.id: row for row in session.exec(select(kind).where(col(kind.id).in_(numbers)))}
        for reading_id, (place, column) in places.items():
            if place in rows:
                value = getattr(rows[place], column)
                found[reading_id] = "" if value is None else shown(value)
    return found
