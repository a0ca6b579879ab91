"""Filings kept and not read yet, what came of those that were, and the companies they are about."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.organization import Identifier, IdentifierScheme, Organization
from tracker.store.links import READER

_NEWEST = (col(DocumentVersion.number) == col(Document.version_count), col(DocumentVersion.body_hash).is_not(None))
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


def cik_of_name(session: Session, name: str) -> int | None:
    """Return the number at the SEC of the company whose filings are published under this name; None for none here."""
    query = select(Document.url).where(Document.publisher == name, col(Document.url).contains("/edgar/data/"))
    found = {cik_in(url or "") for url in session.exec(query.limit(50))}
    return found.pop() if len(found) == 1 else None


def waiting(
    session: Session,
    readers: Mapping[str, tuple[str, str]],
    *,
    copies: Collection[str] = (),
    ids: Collection[int] | None = None,
    again: bool = False,
    stale: datetime | None = None,
) -> list[tuple[int, str, str]]:
    """Return the filings whose newest version no reader of this version has read: document id, form, day of filing.

    `readers` gives for each form the reader's name and version. A document that a list only told of has no bytes of its
    own to read; of the forms `copies` our copy is read. What could not be placed before `stale` is read again. `ids`
    leaves out all others. With `again` those that were read are returned too.
    """
    query = (
        select(Document.id, Document.form, Document.published_sort)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .where(
            *_NEWEST,
            col(Document.form).in_(readers),
            or_(col(DocumentVersion.own_body).is_(True), col(Document.form).in_(copies)),
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


def compare_again(session: Session, object_ids: Collection[int]) -> None:
    """Have the filings read again that said otherwise of these objects: a person has changed what is on record."""
    otherwise = select(Evidence.version_id).where(
        col(Evidence.object_id).in_(object_ids), col(Evidence.differs).is_(True)
    )
    session.execute(delete(FilingReading).where(col(FilingReading.version_id).in_(otherwise)))


def hold(session: Session, filed: Filed) -> None:
    """Let no rival write what this document or another of its company says before this transaction ends.

    Two that make the same meeting at the same moment cannot see each other's. SQLite has one writer anyway.
    """
    known = company(session, filed.cik)
    row = select(Document.id).where(Document.id == filed.document_id)
    if known is not None:
        row = select(Organization.id).where(Organization.id == known.id)
    session.exec(row.with_for_update(key_share=True)).first()


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
