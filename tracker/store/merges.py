"""Merges as stored: what would be moved, what was, and in what two things differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.corrections import is_nothing, same
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectDetail, ObjectState
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.merge import Merge
from tracker.models.organization import Organization
from tracker.models.subscriber import Follow
from tracker.store.changes import facts
from tracker.store.naming import text_of

_MOST_COMPARED = 5_000
_TO_OBJECTS = ("reasks_id", "made_for_id")


@dataclass(frozen=True, slots=True)
class Field:
    """A column in which two objects may differ: both values as columns hold them, and as plain text."""

    name: str
    kept: Any
    gone: Any
    kept_text: str
    gone_text: str

    @property
    def differs(self) -> bool:
        """Whether a person has to choose: both say something, and not the same."""
        return not (is_nothing(self.kept) or is_nothing(self.gone) or same(self.kept, self.gone))


@dataclass(frozen=True, slots=True)
class Hanging:
    """How much hangs on an object: links to documents, evidence, rows of timelines, followers."""

    links: int
    evidence: int
    events: int
    followers: int


def fields(session: Session, kept: CampaignObject, gone: CampaignObject) -> Iterator[Field]:
    """Yield every column of two objects of one kind: what they are called, then what their kind adds."""
    for one, other in ((kept, gone), (detail_of(session, kept), detail_of(session, gone))):
        names = ("title", "summary") if isinstance(one, CampaignObject) else facts(type(one))
        for name in names:
            mine, theirs = getattr(one, name), getattr(other, name)
            if name in _TO_OBJECTS and theirs == kept.id:
                theirs = None  # a thing that points to itself would be nonsense
            yield Field(name, mine, theirs, text_of(session, one, name, mine), text_of(session, other, name, theirs))


def detail_of(session: Session, spine: CampaignObject) -> ObjectDetail:
    """Return what an object's kind adds to its spine."""
    return session.get_one(kinds()[spine.kind], spine.id)


def hanging(session: Session, object_id: int) -> Hanging:
    """Count what hangs on an object. Four queries."""

    def count(table: type[Base]) -> int:
        column: Any = getattr(table, "object_id")  # noqa: B009 - the four tables have it, their base has not
        return session.exec(select(func.count()).select_from(table).where(column == object_id)).one()

    return Hanging(*(count(table) for table in (Link, Evidence, Event, Follow)))


def standing(session: Session, gone_id: int) -> Merge | None:
    """Return the merge by which an object is shown no more, where it was made here and not undone."""
    query = select(Merge).where(Merge.gone_id == gone_id, col(Merge.undone_at).is_(None))
    return session.exec(query.order_by(col(Merge.id).desc())).first()


def object_of(session: Session, object_id: int | None) -> CampaignObject | None:
    """Return an object by its number; None where there is none."""
    return session.get(CampaignObject, object_id) if object_id is not None else None


def others(session: Session, spine: CampaignObject, limit: int = 200) -> list[CampaignObject]:
    """Return the objects of a kind that another may be the same as, those with a word of its title first."""
    query = select(CampaignObject).where(
        CampaignObject.kind == spine.kind,
        CampaignObject.id != spine.id,
        CampaignObject.state != ObjectState.WITHDRAWN,
        col(CampaignObject.merged_into_id).is_(None),
    )
    words = set(spine.title.casefold().split())
    found = session.exec(query.order_by(col(CampaignObject.title), col(CampaignObject.id)).limit(_MOST_COMPARED))
    nearest = sorted(found, key=lambda other: -len(words & set(other.title.casefold().split())))
    return nearest[:limit]


def standing_organization(session: Session, gone_id: int) -> Merge | None:
    """Return the merge by which an organisation leads to another, where it was made here and not undone."""
    query = select(Merge).where(Merge.gone_organization_id == gone_id, col(Merge.undone_at).is_(None))
    return session.exec(query.order_by(col(Merge.id).desc())).first()


def organization(session: Session, slug: str) -> Organization | None:
    """Return an organisation by its name in addresses, merged or not."""
    return session.exec(select(Organization).where(Organization.slug == slug)).first()


def other_organizations(session: Session, one: Organization) -> list[Organization]:
    """Return the organisations that one may be the same as, those that share a word of its name first."""
    query = select(Organization).where(
        Organization.id != one.id, Organization.fictional == one.fictional, col(Organization.merged_into_id).is_(None)
    )
    words = set(one.name.casefold().replace(",", " ").split())
    found = session.exec(query.order_by(col(Organization.name), col(Organization.id)).limit(_MOST_COMPARED))
    return sorted(found, key=lambda other: -len(words & set(other.name.casefold().replace(",", " ").split())))


def organization_of(session: Session, number: int | None) -> Organization | None:
    """Return an organisation by its number; None where there is none."""
    return session.get(Organization, number) if number is not None else None
