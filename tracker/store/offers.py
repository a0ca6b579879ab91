"""What readers of filings offer: taken where nothing stands or a reader's own stands, else kept beside as evidence.

A figure that a person gave or corrected is never overwritten, and one that a person took out is not filled in again.
What a reader reads differently stays on record as a reading that is not chosen, which is what reviewers look through.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.models.base import Base
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.store.bulk import insert_rows

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """Where values come from: the document's version, its address, who read it when, and the day of filing (ISO)."""

    document_id: int
    version_id: int
    url: str
    canonical_url: str
    reader: str
    reader_version: str
    now: datetime
    filed: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: words around it, and its characters in the version's text where they were found."""

    locator: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Whose evidence a value is: the object, the field's name in it, the value's place, and how sure the reader is."""

    owner: int
    name: str
    place: Place = field(default_factory=Place)
    confidence: float | None = None


class Result(StrEnum):
    """What became of an offered value."""

    TAKEN = "taken"
    SAME = "same"
    DIFFERS = "differs"


class Offers:
    """What one reader offers of one version of a document: looked up once, its evidence written together at the end."""

    def __init__(self, session: Session, origin: Origin) -> None:
        """Look up what this reader said of this version before."""
        self._session, self._origin = session, origin
        mine = select(Evidence).where(Evidence.version_id == origin.version_id, Evidence.read_by == origin.reader)
        self._known = {(row.object_id, row.field): row for row in session.exec(mine)}
        self._new: dict[tuple[int, str], dict[str, Any]] = {}

    def offer(self, row: Base, column: str, value: Any, about: About) -> Result:
        """Offer a value for one column of a row that readers complete."""
        stored = getattr(row, column)
        read: list[str] = list(getattr(row, "read_fields"))  # noqa: B009 - every row that readers complete has it
        if stored == value:
            self.witness(about, value)
            return Result.SAME
        if column in getattr(row, "emptied_fields"):  # noqa: B009
            return self._differs(row, column, value, about, "A person took this value out of the record.")
        if not _is_nothing(stored) and column not in read:
            said = f"The record says {shown(stored)}, which a person gave; the reader does not overwrite it."
            return self._differs(row, column, value, about, said)
        if not _is_nothing(stored) and self._is_older(about):
            self.set_aside(about, value, "A filing of a later day says otherwise.")
            return Result.SAME
        if not _is_nothing(stored):
            self._supersede(about, f"Read as {shown(value)} since.")
        setattr(row, column, value)
        setattr(row, "read_fields", sorted({*read, column}))  # noqa: B010
        self.witness(about, value)
        return Result.TAKEN

    def witness(self, about: About, value: Any, *, set_aside: str = "", differs_from: str | None = None) -> None:
        """Put one reading down, chosen unless it is set aside for a reason.

        `differs_from` puts it before a reviewer, and says what of the record it is other than.

        The same reader's earlier reading of this version is brought up to date, so that reading again adds nothing.
        """
        content: dict[str, Any] = {
            "value": shown(value),
            "locator": about.place.locator[:MOST_SHOWN],
            "start": about.place.start,
            "end": about.place.end,
            "chosen": not set_aside,
            "differs": differs_from is not None,
            "differs_from": differs_from,
            "note": set_aside,
            "confidence": about.confidence,
            "reader_version": self._origin.reader_version,
        }
        row = self._known.get((about.owner, about.name))
        if row is None:
            self._new[about.owner, about.name] = content
        elif any(getattr(row, key) != new for key, new in content.items()):
            if row.value != content["value"]:
                row.settled_by = row.settled_at = None  # somebody chose between the record and another value
            for key, new in content.items():
                setattr(row, key, new)
            row.read_at = self._origin.now

    def _differs(self, row: Base, column: str, value: Any, about: About, said: str) -> Result:
        """Put down what was read other than a person gave; whoever kept theirs before is not asked again."""
        place = f"{row.__tablename__}:{getattr(row, 'id', None)}:{column}"
        return self.differs_from(place, about, value, said)

    def differs_from(self, place: str, about: About, value: Any, said: str) -> Result:
        """Put down what was read other than what stands at a place, "" where a person took the whole row out.

        Whoever kept the record as it is against the same value is not asked again.
        """
        kept = self._kept(about, value)
        self.witness(about, value, set_aside=kept.note if kept else said, differs_from=None if kept else place)
        return Result.SAME if kept else Result.DIFFERS

    def _kept(self, about: About, value: Any) -> Evidence | None:
        """Return the reading of the same value against which somebody kept what the record says."""
        query = select(Evidence).where(
            col(Evidence.object_id) == about.owner,
            col(Evidence.field) == about.name,
            col(Evidence.value) == shown(value),
            col(Evidence.settled_by).is_not(None),
            col(Evidence.chosen).is_(False),
        )
        return self._session.exec(query.order_by(col(Evidence.id).desc())).first()

    def said_before(self, owner: int, name: str) -> bool:
        """Whether this reader said something of a field when it read this version before."""
        return (owner, name) in self._known

    def set_aside(self, about: About, value: Any, why: str) -> None:
        """Put a reading down that is not used, for a reason; one that was put aside before keeps the reason it has."""
        row = self._known.get((about.owner, about.name))
        if row is None or row.chosen or row.value != shown(value):
            self.witness(about, value, set_aside=why)

    def write(self) -> None:
        """Write the evidence of everything offered."""
        origin = self._origin
        same = {
            "document_id": origin.document_id,
            "version_id": origin.version_id,
            "url": origin.url,
            "canonical_url": origin.canonical_url,
            "read_by": origin.reader,
            "read_at": origin.now,
        }
        self._session.flush()
        rows = [{"object_id": owner, "field": name, **same, **row} for (owner, name), row in self._new.items()]
        insert_rows(self._session, Evidence, rows)
        self._new = {}

    def _is_older(self, about: About) -> bool:
        """Whether what stands was read in a filing of a later day: whichever is read last, the last filed counts."""
        query = (
            select(Document.published_sort)
            .join(Evidence, col(Evidence.document_id) == col(Document.id))
            .where(
                Evidence.object_id == about.owner,
                Evidence.field == about.name,
                Evidence.reader_version != "",
                Evidence.version_id != self._origin.version_id,
                col(Evidence.chosen).is_(True),
            )
        )
        return any(day > self._origin.filed for day in self._session.exec(query))

    def _supersede(self, about: About, note: str) -> None:
        """Set aside what readers found elsewhere for a field."""
        query = select(Evidence).where(
            Evidence.object_id == about.owner, Evidence.field == about.name, Evidence.reader_version != ""
        )
        for row in self._session.exec(query):
            if row.chosen and row.version_id != self._origin.version_id:
                row.chosen, row.note = False, note


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def shown(value: Any) -> str:
    """Return a value as evidence has it: counts with separators, dates in words, long texts by their beginning."""
    if isinstance(value, PartialDate):
        return value.words()
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
