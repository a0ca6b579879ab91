"""What an object's record rests on: every reading of every field, and the documents linked to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentKind, DocumentState, LinkState, Relation
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store.behind import host, shown_source


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one field: the value as the source has it, where it stands, and who or what read it when."""

    value: str
    source: str
    url: str
    document_id: int | None
    locator: str
    read_by: str
    read_at: datetime
    chosen: bool
    note: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """All readings of one field, the chosen one first."""

    field: str
    readings: tuple[Reading, ...]

    @property
    def disagree(self) -> bool:
        """Whether a reading was set aside for another that says something else.

        Different values that are both used do not disagree: a field of several columns has a reading for each.
        """
        used = {comparable(reading.value) for reading in self.readings if reading.chosen}
        if not used:  # what a person gave without a source is differed from; a mere suggestion differs from nothing
            return any(reading.differs for reading in self.readings)
        return any(comparable(reading.value) not in used | {""} for reading in self.readings if not reading.chosen)

    @property
    def agree(self) -> bool:
        """Whether several readings give the same value."""
        return len(self.readings) > 1 and len({comparable(reading.value) for reading in self.readings}) == 1


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document that bears on the object: how, whether that is confirmed, and why it is thought so."""

    document_id: int
    title: str
    url: str
    publisher: str
    published: PartialDate | None
    kind: DocumentKind
    relation: Relation
    state: LinkState
    why: str


def by_field(session: Session, object_id: int) -> list[FieldEvidence]:
    """Return the evidence of one object by field, in the order in which the fields were first read. One query."""
    return list(of_objects(session, [object_id]).get(object_id, {}).values())


def of_objects(session: Session, object_ids: Collection[int]) -> dict[int, dict[str, FieldEvidence]]:
    """Return the evidence of several objects by object and field, in the order in which they were read. One query."""
    query = (
        select(Evidence, Document.id, Document.title)
        .join(Document, shown_source(), isouter=True)
        .where(col(Evidence.object_id).in_(object_ids))
        .order_by(col(Evidence.id))
    )
    found: dict[int, dict[str, list[Reading]]] = {}
    for row, document_id, title in session.exec(query):
        found.setdefault(row.object_id, {}).setdefault(row.field, []).append(
            Reading(
                value=row.value,
                source=title or host(row.url),
                url=row.url,
                document_id=document_id,
                locator=row.locator,
                read_by=row.read_by,
                read_at=row.read_at,
                chosen=row.chosen,
                note=row.note,
                differs=row.differs,
            )
        )
    return {
        object_id: {
            field: FieldEvidence(field, tuple(sorted(readings, key=lambda reading: not reading.chosen)))
            for field, readings in fields.items()
        }
        for object_id, fields in found.items()
    }


def linked(session: Session, object_id: int) -> list[LinkedDocument]:
    """Return the relevant documents linked to one object, confirmed before suggested, then oldest first. One query.

    Rejected links are left out.
    """
    query = (
        select(Link, Document)
        .join(Document, col(Document.id) == col(Link.document_id))
        .options(defer(Document.relevance_reasons), defer(Document.excerpt))  # type: ignore[arg-type]
        .where(
            Link.object_id == object_id,
            col(Link.state).in_([LinkState.CONFIRMED, LinkState.SUGGESTED]),
            Document.state == DocumentState.RELEVANT,
        )
        .order_by(col(Link.state), col(Document.published_sort), col(Document.id))
    )
    return [
        LinkedDocument(
            document_id=document.id or 0,
            title=document.title,
            url=document.url or document.canonical_url or "",
            publisher=document.publisher,
            published=document.published,
            kind=document.kind,
            relation=link.relation,
            state=link.state,
            why=link.why,
        )
        for link, document in session.exec(query)
    ]


def comparable(value: str) -> str:
    """Return a value as it can be compared: a date as a date, text without capitals and extra spaces."""
    try:
        return str(PartialDate.parse(value))
    except InputError:
        return " ".join(value.casefold().split())
