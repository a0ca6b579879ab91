"""Resolutions and their families, as readers of filings look for them."""

from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.meeting import BallotItem
from tracker.models.organization import Organization, Person
from tracker.models.resolution import ExclusionBasis, Filer, Resolution, ResolutionStatus, SubjectFamily
from tracker.store import objects


def of_company(session: Session, company_id: int, season: int | None = None) -> list[Resolution]:
    """Return a company's shown resolutions, of one season where that is given."""
    query = select(Resolution).where(Resolution.company_id == company_id, objects.visible(Resolution.id))
    if season is not None:
        query = query.where(Resolution.season == season)
    return list(session.exec(query.order_by(col(Resolution.id))))


def on_a_ballot(session: Session, company_id: int) -> set[int]:
    """Return the ids of a company's resolutions that stand on a ballot we know."""
    query = (
        select(BallotItem.resolution_id)
        .join(Resolution, col(Resolution.id) == col(BallotItem.resolution_id))
        .where(Resolution.company_id == company_id)
    )
    return {number for number in session.exec(query) if number is not None}


def title_of(session: Session, object_id: int) -> str:
    """Return an object's title."""
    return session.get_one(CampaignObject, object_id).title


def families_of(session: Session, company_id: int) -> dict[int, SubjectFamily]:
    """Return the subject families at a company by their ids."""
    query = select(SubjectFamily).where(SubjectFamily.company_id == company_id).order_by(col(SubjectFamily.id))
    return {row.id or 0: row for row in session.exec(query)}


def steps(session: Session, resolution_id: int) -> list[ResolutionStatus]:
    """Return a resolution's status history in the order entered."""
    query = select(ResolutionStatus).where(ResolutionStatus.resolution_id == resolution_id)
    return list(session.exec(query.order_by(col(ResolutionStatus.id))))


def grounds(session: Session, resolution_id: int) -> list[ExclusionBasis]:
    """Return the grounds argued against a resolution in the order entered."""
    query = select(ExclusionBasis).where(ExclusionBasis.resolution_id == resolution_id)
    return list(session.exec(query.order_by(col(ExclusionBasis.id))))


def filers(session: Session, resolution_id: int) -> list[Filer]:
    """Return a resolution's filers in the order entered."""
    return list(session.exec(select(Filer).where(Filer.resolution_id == resolution_id).order_by(col(Filer.id))))


def filer_names(session: Session, resolution_id: int) -> list[str]:
    """Return the names of a resolution's filers: organisations and persons."""
    query = (
        select(Organization.name, Person.name, Filer.named)
        .select_from(Filer)
        .join(Organization, col(Organization.id) == col(Filer.organization_id), isouter=True)
        .join(Person, col(Person.id) == col(Filer.person_id), isouter=True)
        .where(Filer.resolution_id == resolution_id)
        .order_by(col(Filer.id))
    )
    return [name for row in session.exec(query) for name in row if name]
