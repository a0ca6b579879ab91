"""What concerns one organisation: the objects it has a part in, and their timeline rows and documents."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, tuple_, union
from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.base import CampaignObject
from tracker.models.commitment import Commitment
from tracker.models.contract import Contract
from tracker.models.correspondence import CompanyResponse, LetterParty
from tracker.models.document import Document
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.models.meeting import Meeting
from tracker.models.organization import Person
from tracker.models.publication import Proceeding, Statement, Study
from tracker.models.resolution import Filer, Resolution
from tracker.store import correspondence, objects

# Where an object names an organisation as one that has a part in it: the object's id and the organisation's.
PARTS: tuple[tuple[Any, Any], ...] = (
    (Resolution.id, Resolution.company_id),
    (Filer.resolution_id, Filer.organization_id),
    (LetterParty.letter_id, LetterParty.organization_id),
    (CompanyResponse.id, CompanyResponse.company_id),
    (Contract.id, Contract.vendor_id),
    (Contract.id, Contract.reseller_id),
    (Contract.id, Contract.agency_id),
    (Meeting.id, Meeting.company_id),
    (Commitment.id, Commitment.company_id),
    (Statement.id, Statement.organization_id),
    (Study.id, Study.organization_id),
    (Proceeding.id, Proceeding.body_id),
)
# The same by way of a person who belongs to the organisation.
PEOPLES_PARTS: tuple[tuple[Any, Any], ...] = (
    (LetterParty.letter_id, LetterParty.person_id),
    (Filer.resolution_id, Filer.person_id),
)


def objects_of(organization_id: int) -> Any:
    """Return the ids of the objects that an organisation or a person of it has a part in, for a larger query."""
    people = select(Person.id).where(Person.organization_id == organization_id)
    own = [select(number).where(party == organization_id) for number, party in PARTS]
    return union(*own, *(select(number).where(col(party).in_(people)) for number, party in PEOPLES_PARTS))


def _shown_of(organization_id: int) -> Any:
    """Return the ids of those that readers may see: looked up once an object, not once for each of its many links."""
    return select(CampaignObject.id).where(
        col(CampaignObject.id).in_(objects_of(organization_id)), objects.visible(CampaignObject.id)
    )


def latest(session: Session, organization_id: int, today: date, limit: int) -> list[Event]:
    """Return what happened last up to today, newest first; a step told by several campaigns once. One query."""
    query = _rows(organization_id).where(Event.sort_day <= today.isoformat())
    return list(session.exec(query.order_by(col(Event.sort_day).desc(), col(Event.id)).limit(limit)))


def recorded(session: Session, organization_id: int, *, before: tuple[datetime, str] | None, limit: int) -> list[Event]:
    """Return at most `limit` rows that became known last; `before` is (moment, id) of the last one above. One query."""
    query = _rows(organization_id)
    if before is not None:
        query = query.where(tuple_(col(Event.recorded_at), col(Event.id)) < before)
    return list(session.exec(query.order_by(col(Event.recorded_at).desc(), col(Event.id).desc()).limit(limit)))


def documents(session: Session, organization_id: int, limit: int) -> list[Document]:
    """Return the documents that were confirmed to bear on what concerns an organisation, newest first. One query."""
    tied = select(Link.document_id).where(
        Link.state == LinkState.CONFIRMED, col(Link.object_id).in_(_shown_of(organization_id))
    )
    query = (
        select(Document)
        .options(defer(Document.relevance_reasons), defer(Document.excerpt))  # type: ignore[arg-type]
        .where(col(Document.id).in_(tied), Document.state == DocumentState.RELEVANT)
        .order_by(col(Document.published_sort).desc(), col(Document.id).desc())
    )
    return list(session.exec(query.limit(limit)))


def letters_from(session: Session, organization_id: int, roles: Collection[str]) -> list[int]:
    """Return the ids of the letters to which an organisation or a person of it is a party in one of these roles."""
    query = correspondence.of_party(organization_id, roles).distinct().order_by(col(LetterParty.letter_id))
    return list(session.scalars(query))


def _rows(organization_id: int) -> Any:
    """Return the query for timeline rows, each step from the first of the campaigns that tell it."""
    return select(Event).where(col(Event.object_id).in_(objects_of(organization_id)), ~told_before())


def told_before() -> ColumnElement[bool]:
    """Return the condition that an event tells a step of an object that an earlier campaign tells as well."""
    other: Any = aliased(Event)
    return exists().where(
        other.object_id == col(Event.object_id), other.key == col(Event.key), other.campaign_id < col(Event.campaign_id)
    )
