"""Corrections as they are read: the newest first, each with what it is about and what it rests on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Enum, Integer, case, func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain.corrections import CorrectionKind
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentState
from tracker.models.base import CampaignObject, ObjectState, PartialDateText
from tracker.models.correction import Correction
from tracker.models.document import Document
from tracker.store import campaigns, objects
from tracker.store.records import columns, tables

Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which corrections: of one object, of one document, of a campaign's objects, of some kinds; all together."""

    object_id: int | None = None
    document_id: int | None = None
    campaign_id: int | None = None
    kinds: tuple[CorrectionKind, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction with the object it is about, the document, and the title of the document it rests on.

    `shown` says whether the object is shown today. `campaigns` are slugs and titles of those the object belongs to.
    """

    row: Correction
    kind: str
    slug: str
    title: str
    shown: bool
    document: str
    evidence: str
    campaigns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LastCorrected:
    """How often something was corrected, and when the last time was."""

    count: int
    at: datetime


def every(
    session: Session, filters: Filters, *, before: Key | None = None, limit: int | None = None
) -> list[CorrectionLine]:
    """Return corrections, the newest first; `before` is moment and id of the last one of the page above. Two queries.

    What is about an object that was never shown, or is a draft again, is left out.
    """
    query = _query().where(*_about(filters))
    if filters.kinds:
        query = query.where(col(Correction.kind).in_(filters.kinds))
    if before is not None:
        query = query.where(tuple_(col(Correction.made_at), col(Correction.id)) < before)
    rows = session.exec(query.order_by(col(Correction.made_at).desc(), col(Correction.id).desc()).limit(limit)).all()
    return _lines(session, rows)


def one(session: Session, number: int) -> CorrectionLine | None:
    """Return a correction by its number. Two queries."""
    return next(iter(_lines(session, session.exec(_query().where(Correction.id == number)).all())), None)


def last(session: Session, *, object_id: int | None = None, document_id: int | None = None) -> LastCorrected | None:
    """Return how often an object, or a document by itself, was corrected, and when last; None where it never was."""
    about = Correction.object_id == object_id
    if object_id is None:
        about = (col(Correction.document_id) == document_id) & col(Correction.object_id).is_(None)  # type: ignore[assignment]
    count, at = session.exec(select(func.count(), func.max(Correction.made_at)).where(about)).one()
    return LastCorrected(count, at) if count else None


def last_of(session: Session, object_ids: Collection[int]) -> dict[int, datetime]:
    """Return when each of these objects was last corrected, of those that ever were. One query."""
    query = select(Correction.object_id, func.max(Correction.made_at)).where(
        col(Correction.object_id).in_(sorted(object_ids))
    )
    return {number: at for number, at in session.exec(query.group_by(col(Correction.object_id))) if number is not None}


def object_named(session: Session, slug: str) -> CampaignObject | None:
    """Return the object of this name that the public knows or knew."""
    query = select(CampaignObject).where(CampaignObject.slug == slug, col(CampaignObject.state) != ObjectState.DRAFT)
    return session.exec(query).first()


def counts(session: Session, filters: Filters) -> dict[CorrectionKind, int]:
    """Return how many corrections there are of each kind, of those that `every` lists whatever their kind."""
    query = (
        select(Correction.kind, func.count())
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Correction.object_id))
        .where(_public(), *_about(filters))
        .group_by(col(Correction.kind))
    )
    return {CorrectionKind(kind): count for kind, count in session.exec(query)}


def typed(part: str, field: str, text: str) -> Any:
    """Return a value of a correction as its column holds it: a date as far as known, a count, a code, or text."""
    table = tables().get(part)
    column = columns(table).c.get(field) if table is not None else None
    kind = column.type if column is not None and not column.foreign_keys else None
    if not text:
        return None
    if isinstance(kind, PartialDateText):
        return PartialDate.parse(text)
    if isinstance(kind, Date):
        return date.fromisoformat(text)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(text)
    return int(text) if isinstance(kind, Integer) else text


def _query() -> Any:
    about: Any = aliased(Document)
    evidence: Any = aliased(Document)
    return (
        select(Correction, CampaignObject, _title(about), _title(evidence))
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Correction.object_id))
        .outerjoin(about, about.id == Correction.document_id)
        .outerjoin(evidence, evidence.id == Correction.evidence_id)
        .where(_public())
    )


def _about(filters: Filters) -> Iterator[Any]:
    """Yield the conditions of everything but the kinds."""
    if filters.object_id is not None:
        yield Correction.object_id == filters.object_id
    if filters.document_id is not None:
        yield Correction.document_id == filters.document_id
    if filters.campaign_id is not None:
        yield col(Correction.object_id).in_(objects.members(filters.campaign_id))


def _title(document: Any) -> Any:
    """Return the title of a document, which is told no more once it is withdrawn."""
    return case((document.state == DocumentState.WITHDRAWN, "a withdrawn document"), else_=document.title)


def _public() -> Any:
    """Return the condition that leaves out what is about an object that was never shown, or is a draft again."""
    return col(CampaignObject.id).is_(None) | (col(CampaignObject.state) != ObjectState.DRAFT)


def _lines(session: Session, rows: Sequence[Any]) -> list[CorrectionLine]:
    belongs = campaigns.of_objects(session, {row.object_id for row, *_ in rows if row.object_id is not None})
    return [
        CorrectionLine(
            row=row,
            kind=spine.kind if spine else "document",
            slug=spine.slug if spine else "",
            title=spine.title if spine else about or "",
            shown=spine is None or (spine.state is ObjectState.PUBLISHED and spine.merged_into_id is None),
            document=about or "",
            evidence=evidence or "",
            campaigns=tuple(belongs.get(row.object_id or 0, ())),
        )
        for row, spine, about, evidence in rows
    ]
