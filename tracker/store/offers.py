"""What readers of filings offer: taken where nothing stands or a reader's own stands, else kept beside as evidence.

A figure that a person gave or corrected is never overwritten. What a reader reads differently stays on record as a
reading that is not chosen, which is what reviewers look through.
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


def offer(session: Session, row: Base, column: str, value: Any, origin: Origin, about: About) -> Result:  # noqa: PLR0917
    """Offer a value for one column of a row that readers complete."""
    stored = getattr(row, column)
    read: list[str] = list(getattr(row, "read_fields"))  # noqa: B009 - every row that readers complete has it
    if stored == value:
        witness(session, origin, about, value)
        return Result.SAME
    if not _is_nothing(stored) and column not in read:
        said = f"The record says {shown(stored)}, which a person gave; the reader does not overwrite it."
        witness(session, origin, about, value, set_aside=said, differs=True)
        return Result.DIFFERS
    if not _is_nothing(stored) and _is_older(session, about, origin):
        witness(session, origin, about, value, set_aside="A filing of a later day says otherwise.")
        return Result.SAME
    if not _is_nothing(stored):
        _set_aside(session, about, origin, f"Read as {shown(value)} since.")
    setattr(row, column, value)
    row.read_fields = sorted({*read, column})
    witness(session, origin, about, value)
    return Result.TAKEN


def witness(
    session: Session, origin: Origin, about: About, value: Any, *, set_aside: str = "", differs: bool = False
) -> None:
    """Write one reading down, chosen unless it is set aside for a reason; `differs` puts it before a reviewer.

    The same reader's earlier reading of this version is brought up to date, so that reading again adds nothing.
    """
    said = shown(value)
    content: dict[str, Any] = {
        "value": said,
        "locator": about.place.locator[:MOST_SHOWN],
        "start": about.place.start,
        "end": about.place.end,
        "chosen": not set_aside,
        "differs": differs,
        "note": set_aside,
        "confidence": about.confidence,
        "reader_version": origin.reader_version,
    }
    row = _known(session, origin, about)
    if row is None:
        row = Evidence(
            object_id=about.owner,
            field=about.name,
            document_id=origin.document_id,
            version_id=origin.version_id,
            url=origin.url,
            canonical_url=origin.canonical_url,
            read_by=origin.reader,
            read_at=origin.now,
            **content,
        )
        session.add(row)
    elif any(getattr(row, key) != new for key, new in content.items()):
        for key, new in content.items():
            setattr(row, key, new)
        row.read_at = origin.now
    session.flush()


def _is_older(session: Session, about: About, origin: Origin) -> bool:
    """Whether what stands was read in a filing of a later day: whichever is read last, the last filed counts."""
    query = (
        select(Document.published_sort)
        .join(Evidence, col(Evidence.document_id) == col(Document.id))
        .where(
            Evidence.object_id == about.owner,
            Evidence.field == about.name,
            Evidence.reader_version != "",
            Evidence.version_id != origin.version_id,
            col(Evidence.chosen).is_(True),
        )
    )
    return any(day > origin.filed for day in session.exec(query))


def _known(session: Session, origin: Origin, about: About) -> Evidence | None:
    query = select(Evidence).where(
        Evidence.object_id == about.owner,
        Evidence.field == about.name,
        Evidence.version_id == origin.version_id,
        Evidence.read_by == origin.reader,
    )
    return session.exec(query).first()


def _set_aside(session: Session, about: About, origin: Origin, note: str) -> None:
    """Set aside what readers found elsewhere for a field."""
    query = select(Evidence).where(
        Evidence.object_id == about.owner, Evidence.field == about.name, Evidence.reader_version != ""
    )
    for row in session.exec(query):
        if row.chosen and row.version_id != origin.version_id:
            row.chosen, row.note = False, note


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def shown(value: Any) -> str:
    """Return a value as evidence has it: counts with separators, dates in words, long texts by their beginning."""
    if isinstance(value, PartialDate):
        return value.words()
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
