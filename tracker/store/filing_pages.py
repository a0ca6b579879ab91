"""What pages show of filings that were read: lists, what is otherwise in the record, and what readers warn of."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.base import CampaignObject
from tracker.models.document import Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.link import Link
from tracker.store import objects

_SHOWN = (col(DocumentVersion.number) == col(Document.version_count), col(Document.state) != DocumentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Warned:
    """What a reader warns of in a filing that is tied to an object."""

    document_id: int
    form: str
    warnings: tuple[str, ...]


def warnings_about(session: Session, object_id: int) -> list[Warned]:
    """Return what readers warn of in the filings tied to an object, oldest filing first."""
    query = (
        select(Document, FilingReading)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .join(FilingReading, col(FilingReading.version_id) == col(DocumentVersion.id))
        .join(Link, col(Link.document_id) == col(Document.id))
        .where(
            col(DocumentVersion.number) == col(Document.version_count),
            Link.object_id == object_id,
            Link.state == LinkState.CONFIRMED,
        )
        .order_by(col(Document.published_sort), col(Document.id))
    )
    rows = [(document, tuple(row.warnings)) for document, row in session.exec(query)]
    return [Warned(document.id or 0, document.form, warnings) for document, warnings in rows if warnings]


@dataclass(frozen=True, slots=True)
class ReadFiling:
    """A filing that was read, and what came of it."""

    document: Document
    reading: FilingReading


def read(
    session: Session, *, kinds: Collection[FilingOutcome] = (), before: int | None = None, limit: int = 50
) -> list[ReadFiling]:
    """Return filings that were read, the last collected first; `before` is the last document of the page above."""
    query = (
        select(Document, FilingReading)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .join(FilingReading, col(FilingReading.version_id) == col(DocumentVersion.id))
        .where(*_SHOWN)
        .order_by(col(Document.id).desc(), col(FilingReading.reader))
        .limit(limit)
    )
    if kinds:
        query = query.where(col(FilingReading.outcome).in_(kinds))
    if before is not None:
        query = query.where(col(Document.id) < before)
    return [ReadFiling(document, reading) for document, reading in session.exec(query)]


def counts(session: Session) -> dict[FilingOutcome, int]:
    """Return how many filings came to each outcome."""
    query = (
        select(FilingReading.outcome, func.count())
        .join(DocumentVersion, col(DocumentVersion.id) == col(FilingReading.version_id))
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(*_SHOWN)
        .group_by(col(FilingReading.outcome))
    )
    found = dict(session.exec(query).all())
    return {outcome: found.get(outcome, 0) for outcome in FilingOutcome}


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that a reader found other than a person gave."""

    evidence: Evidence
    owner: CampaignObject
    document: Document


def number_of_differences(session: Session) -> int:
    """Return how many values readers found other than people gave."""
    query = select(func.count()).select_from(Evidence).where(col(Evidence.differs).is_(True))
    return session.exec(query.where(objects.visible(Evidence.object_id))).one()


def differences(session: Session, *, before: int | None = None, limit: int = 50) -> list[Difference]:
    """Return what readers found other than people gave, newest first; `before` is the last id of the page above."""
    query = (
        select(Evidence, CampaignObject, Document)
        .join(CampaignObject, col(CampaignObject.id) == col(Evidence.object_id))
        .join(Document, col(Document.id) == col(Evidence.document_id))
        .where(
            col(Evidence.differs).is_(True),
            objects.visible(CampaignObject.id),
            col(Document.state) != DocumentState.WITHDRAWN,
        )
        .order_by(col(Evidence.id).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(Evidence.id) < before)
    return [Difference(*row) for row in session.exec(query)]


def outcomes(session: Session, document_id: int) -> list[FilingReading]:
    """Return what each reader made of the newest version of a document that it read."""
    query = (
        select(FilingReading)
        .join(DocumentVersion, col(DocumentVersion.id) == col(FilingReading.version_id))
        .where(DocumentVersion.document_id == document_id)
        .order_by(col(DocumentVersion.number).desc(), col(FilingReading.reader))
    )
    found: dict[str, FilingReading] = {}
    for row in session.exec(query):
        found.setdefault(row.reader, row)
    return list(found.values())
