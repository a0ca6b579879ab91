"""What a reader found other than a person gave: somebody looks at both and chooses, once.

To keep the record, the reading is marked as settled; the same value read again is not asked about again. To take the
filing's, the value is given over to readers and the filing is read again: it stands in the record then as any other
value that was read, with the filing as its evidence.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.models.evidence import Evidence
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.records import tables
from tracker.workflows.read_filing import read_filings
from tracker.workflows.runtime import Runtime


def keep_ours(runtime: Runtime, evidence_id: int, *, seen: str, by: str, why: str) -> None:
    """Let the record stand against what a reader found, for a reason that is kept with the reading.

    `seen` is the value that the reader was shown to have found. Raises InputError without a reason, NotFoundError for
    no such reading, ConflictError where it is no longer what was shown.
    """
    if not why.strip():
        raise InputError("Say why the record is right: what the company's lawyers would be told.")
    with writing(runtime.engine) as session:
        row = _waiting(session, evidence_id, seen)
        row.differs, row.settled_by, row.settled_at = False, by, runtime.clock()
        row.note = f"{by} kept what the record says: {why.strip()}"


def take_theirs(runtime: Runtime, evidence_id: int, *, seen: str, by: str, why: str = "") -> None:
    """Take what the filing says into the record, by reading it again.

    Raises as `keep_ours` does, and ConflictError where the filing, read again, does not give the value.
    """
    with reading(runtime.engine) as session:
        row = _waiting(session, evidence_id, seen)
        placed = row.differs_from is not None
        document_id = row.document_id or 0
    if not placed:  # it was read before the archive kept what a reading differs from
        read_filings(runtime, ids=[document_id], again=True)
    given = _give_over(runtime, evidence_id, seen)
    read_filings(runtime, ids=[document_id], again=True)
    with writing(runtime.engine) as session:
        row = session.get_one(Evidence, evidence_id)
        taken = row.chosen and row.value == seen
        if taken:
            row.settled_by, row.settled_at = by, runtime.clock()
            row.note = f"{by} took this for what a person had given. {why.strip()}".strip()
        else:
            _give_back(session, given, runtime)
    if not taken:
        read_filings(runtime, ids=[document_id], again=True)
        raise ConflictError(
            f"Read again, the filing does not give “{seen}”, or a later filing says otherwise: the record stays as it "
            "is. See the filing's page for what came of reading it, or correct the value by hand."
        )


@dataclass(frozen=True, slots=True)
class _Given:
    """What stood in the record before it was given over to readers."""

    place: str
    value: Any
    read_fields: list[str]
    emptied_fields: list[str]


def _waiting(session: Session, evidence_id: int, seen: str) -> Evidence:
    row = session.get(Evidence, evidence_id, with_for_update=True)
    if row is None:
        raise NotFoundError(f"No reading has the number {evidence_id}; it may have been read anew.")
    if row.settled_by and not row.differs:
        raise ConflictError(f"Somebody was faster. {row.note}")
    if not row.differs:
        raise ConflictError("This reading no longer differs from the record: it was corrected, or read anew.")
    if row.value != seen:
        raise ConflictError(f"The filing was read again meanwhile and says “{row.value}” now. Look at both once more.")
    return row


def _give_over(runtime: Runtime, evidence_id: int, seen: str) -> _Given:
    """Let readers write the value that a person gave or took out; return what stood."""
    with writing(runtime.engine) as session:
        place = _waiting(session, evidence_id, seen).differs_from or ""
        row, column = _place(session, place)
        given = _Given(place, getattr(row, column), list(row.read_fields), list(row.emptied_fields))
        row.read_fields = sorted({*row.read_fields, column})
        row.emptied_fields = [name for name in row.emptied_fields if name != column]
    return given


def _give_back(session: Session, given: _Given, runtime: Runtime) -> None:
    row, column = _place(session, given.place)
    with recording(session, Cause("rule:settle", runtime.clock(), "Reading the filing again gave another value.")):
        setattr(row, column, given.value)
        row.read_fields, row.emptied_fields = given.read_fields, given.emptied_fields
        session.flush()


def _place(session: Session, place: str) -> tuple[Any, str]:
    """Return the row of the record that a reading differs from, and the column."""
    table, number, column = (place or "::").split(":")
    kind = tables().get(table)
    row = session.get(kind, int(number), with_for_update=True) if kind and number.isdigit() else None
    if row is None:
        raise NotFoundError("What the filing differs from is no longer on record: nothing is left to choose.")
    return row, column
