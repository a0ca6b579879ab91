"""Filings kept and not read yet, what came of those that were, and the companies they are about."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.base import CampaignObject
from tracker.models.document import Body, Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.link import Link
from tracker.models.organization import Identifier, IdentifierScheme, Organization
from tracker.store import objects
from tracker.store.links import READER

_NEWEST = (col(DocumentVersion.number) == col(Document.version_count), col(DocumentVersion.body_hash).is_not(None))
_SHOWN = (col(DocumentVersion.number) == col(Document.version_count), col(Document.state) != DocumentState.WITHDRAWN)
# Who reads Item 5.07, as evidence has it.
VOTING_RESULTS = f"{READER}voting results"
_CIK = re.compile(r"/edgar/data/0*(\d{1,10})/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed document as kept: its newest version with the bytes it was made of, still compressed."""

    document_id: int
    version_id: int
    form: str
    title: str
    publisher: str
    url: str
    filed_on: PartialDate | None
    filed_sort: str
    text: str
    html: str
    media_type: str
    compressed: bytes

    @property
    def cik(self) -> int | None:
        """The number of the company in whose folder EDGAR keeps it; None for a document from elsewhere."""
        return cik_in(self.url)


def cik_in(url: str) -> int | None:
    """Return the number of the company in whose folder at the SEC an address lies."""
    found = _CIK.search(url)
    return int(found[1]) if found else None


def waiting(
    session: Session,
    readers: Mapping[str, tuple[str, str]],
    *,
    ids: Collection[int] | None = None,
    again: bool = False,
    stale: datetime | None = None,
) -> list[tuple[int, str, str]]:
    """Return the filings whose newest version no reader of this version has read: document id, form, day of filing.

    `readers` gives for each form the reader's name and version. `ids` leaves out all others. With `again` those that
    were read are returned too.
    """
    query = (
        select(Document.id, Document.form, Document.published_sort)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .where(
            *_NEWEST,
            col(Document.form).in_(readers),
            col(Document.state).not_in([DocumentState.WITHDRAWN, DocumentState.QUARANTINED]),
        )
        .order_by(col(Document.id))
    )
    if ids is not None:
        query = query.where(col(Document.id).in_(ids))
    if not again:
        by_reader = or_(*(_was_read_by(form, *called) for form, called in readers.items()))
        same = col(FilingReading.version_id) == col(DocumentVersion.id)
        done = [same, by_reader]
        if stale is not None:  # what could not be placed may be by now
            unplaced = col(FilingReading.outcome) == FilingOutcome.UNPLACED
            done.append(~and_(unplaced, col(FilingReading.read_at) < stale))
        query = query.where(~select(FilingReading.version_id).where(*done).exists())
    return [(number or 0, form, day) for number, form, day in session.exec(query)]


def _was_read_by(form: str, reader: str, version: str) -> Any:
    return and_(
        col(Document.form) == form,
        col(FilingReading.reader) == reader,
        col(FilingReading.reader_version) == version,
    )


def one(session: Session, document_id: int) -> Filed | None:
    """Return a filing with its bytes; None when they are not there any more."""
    query = (
        select(Document, DocumentVersion, Body)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .join(Body, col(Body.hash) == col(DocumentVersion.body_hash))
        .where(*_NEWEST, Document.id == document_id)
    )
    row = session.exec(query).first()
    return _filed(*row) if row is not None else None


def _filed(document: Document, version: DocumentVersion, body: Body) -> Filed:
    return Filed(
        document_id=document.id or 0,
        version_id=version.id or 0,
        form=document.form,
        title=document.title,
        publisher=document.publisher,
        url=document.url or "",
        filed_on=document.published,
        filed_sort=document.published_sort,
        text=version.text,
        html=version.html,
        media_type=body.media_type,
        compressed=body.compressed,
    )


@dataclass(frozen=True, slots=True)
class Came:
    """What came of reading a filing: an outcome, a sentence about it, and what the reader warns of."""

    outcome: FilingOutcome
    said: str
    warnings: tuple[str, ...] = ()


def was_read(session: Session, filed: Filed, reader: tuple[str, str], came: Came, now: datetime) -> None:
    """Write down what came of reading a filing; `reader` is its name and version."""
    row = session.get(FilingReading, (filed.version_id, reader[0]))
    values: dict[str, Any] = {
        "reader_version": reader[1],
        "outcome": came.outcome,
        "said": came.said,
        "warnings": list(came.warnings),
        "read_at": now,
    }
    if row is None:
        session.add(FilingReading(version_id=filed.version_id, reader=reader[0], **values))
    else:
        for key, value in values.items():
            setattr(row, key, value)
    session.flush()


def read_again(session: Session, meeting_id: int, field: str) -> None:
    """Have the filings read again that told votes on an item: it is a resolution now, and these are its evidence.

    `field` is how the item's fields begin in the evidence of its meeting; what stands there is taken away.
    """
    of_item = col(Evidence.field).startswith(field, autoescape=True)
    told = select(Evidence).where(Evidence.object_id == meeting_id, of_item, Evidence.read_by == VOTING_RESULTS)
    for row in session.exec(told):
        done = session.get(FilingReading, (row.version_id, VOTING_RESULTS.removeprefix(READER)))
        if done is not None:
            session.delete(done)
        session.delete(row)
        session.flush()


def company(session: Session, cik: int | None) -> Organization | None:
    """Return the company with this number at the SEC, when we know it."""
    if cik is None:
        return None
    query = (
        select(Organization)
        .join(Identifier, col(Identifier.organization_id) == col(Organization.id))
        .where(Identifier.scheme == IdentifierScheme.CIK, Identifier.value == f"{cik:010d}")
    )
    return session.exec(query).first()


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
class ReadValue:
    """One value read in a document: its field, the words it stands in, and whether the record has it."""

    field: str
    value: str
    locator: str
    chosen: bool
    note: str


def values(session: Session, document_id: int, limit: int = 200) -> list[tuple[CampaignObject, list[ReadValue]]]:
    """Return what readers found in a document by object, each object's values in the order they stand in."""
    query = (
        select(Evidence, CampaignObject)
        .join(CampaignObject, col(CampaignObject.id) == col(Evidence.object_id))
        .where(
            Evidence.document_id == document_id,
            Evidence.reader_version != "",
            col(CampaignObject.id).in_(objects.shown()),
        )
        .order_by(col(Evidence.object_id), col(Evidence.start), col(Evidence.id))
        .limit(limit)
    )
    found: dict[int, tuple[CampaignObject, list[ReadValue]]] = {}
    for row, owner in session.exec(query):
        _, rows = found.setdefault(row.object_id, (owner, []))
        rows.append(ReadValue(row.field, row.value, row.locator, row.chosen, row.note))
    return list(found.values())


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
    return session.exec(query.where(col(Evidence.object_id).in_(objects.shown()))).one()


def differences(session: Session, *, before: int | None = None, limit: int = 50) -> list[Difference]:
    """Return what readers found other than people gave, newest first; `before` is the last id of the page above."""
    query = (
        select(Evidence, CampaignObject, Document)
        .join(CampaignObject, col(CampaignObject.id) == col(Evidence.object_id))
        .join(Document, col(Document.id) == col(Evidence.document_id))
        .where(
            col(Evidence.differs).is_(True),
            col(CampaignObject.id).in_(objects.shown()),
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
