"""Parts that a row of a CSV file names: filers, senders, recipients, steps. They are added, and none is taken away."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlmodel import Session, col, select

from tracker.domain import typed_dates
from tracker.domain.code_words import code_words
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.text import fold
from tracker.domain.vocab import ResolutionCode
from tracker.models.base import Base
from tracker.models.correspondence import LetterParty
from tracker.models.organization import Organization, Person
from tracker.models.resolution import Filer, ResolutionStatus
from tracker.store.csv_fields import Field


@dataclass(frozen=True, slots=True)
class Given:
    """One part as a cell names it. `party` is the column and id of who it is, where we know them."""

    key: str
    label: str
    table: str
    words: str
    role: Any = None
    name: str = ""
    party: tuple[str, int] | None = None
    on: PartialDate | None = None

    @classmethod
    def party_named(cls, field: Field, name: str, known: Sequence[str]) -> Self:
        """Return a filer, sender or recipient; `known` is the column and id of who is called so, if anybody."""
        who = (known[0], int(known[1])) if known else None
        return cls(field.key, field.label, field.table, name, field.role, name, who)

    @classmethod
    def status(cls, text: str, on: str) -> Self:
        """Return a step of a resolution's history; raises InputError for one that there is not."""
        folded = fold(text).replace("_", " ")
        for code in ResolutionCode:
            if folded in {code.value.replace("_", " ").casefold(), fold(code_words(code))}:
                day = typed_dates.read(on) if on else None
                return cls("status", "Status", "resolution_status", text, code, on=day)
        raise InputError(f"there is no step {text!r}; there are {', '.join(code.value for code in ResolutionCode)}")


@dataclass(frozen=True, slots=True)
class StoredParts:
    """The parts of a batch of objects: rows by object, and the names of organisations and people among them."""

    rows: Mapping[int, list[Any]]
    names: Mapping[tuple[str, int], str]

    @classmethod
    def of(cls, session: Session, kind: str, object_ids: Collection[int]) -> Self:
        """Return the parts of objects of one kind: at most four queries for all of them."""
        rows: dict[int, list[Any]] = defaultdict(list)
        for table, owner in _TABLES.get(kind, ()):
            column: Any = getattr(table, owner)
            for row in session.exec(select(table).where(column.in_(object_ids))):
                rows[getattr(row, owner)].append(row)
        names: dict[tuple[str, int], str] = {}
        for party, column in ((Organization, "organization_id"), (Person, "person_id")):
            ids = {getattr(row, column, None) for some in rows.values() for row in some} - {None}
            if ids:
                found: Any = party
                query = select(found.id, found.name).where(found.id.in_(ids))
                names |= {(column, number): name for number, name in session.exec(query)}
        return cls(rows, names)

    def missing(self, object_id: int, given: Sequence[Given]) -> Iterator[Given]:
        """Yield the parts that an object does not have yet."""
        there = self.rows.get(object_id, ())
        for part in given:
            if not any(self._is(row, part) for row in there):
                yield part

    def _is(self, row: Any, part: Given) -> bool:
        if isinstance(row, ResolutionStatus):
            return row.code is part.role and (part.on is None or row.on == part.on)
        if str(row.__tablename__) != part.table or (row.role is not part.role):
            return False
        if part.party is not None and getattr(row, part.party[0]) == part.party[1]:
            return True
        printed = row.named if isinstance(row, Filer) else row.name
        known = [self.names.get((name, getattr(row, name) or 0), "") for name in ("person_id", "organization_id")]
        called = {
            fold(name) for name in (printed, *known, " of ".join(filter(None, known)), ", ".join(filter(None, known)))
        }
        return fold(part.name) in called


_TABLES: dict[str, tuple[tuple[type[Base], str], ...]] = {
    "resolution": ((Filer, "resolution_id"), (ResolutionStatus, "resolution_id")),
    "letter": ((LetterParty, "letter_id"),),
}


def add(session: Session, object_id: int, parts: Sequence[Given], now: datetime) -> None:
    """Write parts that an object does not have yet."""
    for part in parts:
        who: dict[str, Any] = dict([part.party]) if part.party else {}
        if part.table == "filer":
            named = "" if part.party else part.name
            session.add(Filer(resolution_id=object_id, role=part.role, named=named, recorded_at=now, **who))
        elif part.table == "letter_party":
            session.add(LetterParty(letter_id=object_id, role=part.role, name=part.name, **who))
        else:
            _step(session, object_id, part, now)
    session.flush()


def _step(session: Session, object_id: int, part: Given, now: datetime) -> None:
    """Write a step, or the day of one that is on record already: no step comes twice by a file."""
    of_code = select(ResolutionStatus).where(
        ResolutionStatus.resolution_id == object_id, ResolutionStatus.code == part.role
    )
    row = session.exec(of_code.order_by(col(ResolutionStatus.number).desc())).first()
    if row is None:
        session.add(ResolutionStatus(resolution_id=object_id, code=part.role, on=part.on, recorded_at=now))
    else:
        row.on = part.on
