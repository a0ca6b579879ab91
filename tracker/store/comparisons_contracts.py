"""What vendors said and promised, beside the contracts they had at the time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_

from tracker.domain.dates import PartialDate
from tracker.domain.said_and_contracted import Then, then
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignMembership
from tracker.models.commitment import Commitment
from tracker.models.contract import Contract
from tracker.models.correspondence import CompanyResponse
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.organization import Organization
from tracker.store import objects
from tracker.store.behind import host, shown_source


@dataclass(frozen=True, slots=True)
class Rests:
    """A source of what is said of an object."""

    title: str
    url: str
    document_id: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Something a company said or promised, and a contract of it in the same campaign; `why` is in words."""

    said_id: int
    said_kind: str
    said_slug: str
    said_title: str
    said_summary: str
    said_on: PartialDate
    company: str
    contract_id: int
    contract_slug: str
    contract_title: str
    agency: str
    then: Then
    why: str
    said_sources: tuple[Rests, ...] = ()
    contract_sources: tuple[Rests, ...] = ()

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it stands in the list."""
        return str(self.said_on), str(self.said_id), str(self.contract_id)


def vendors(session: Session) -> list[tuple[str, str]]:
    """Return the vendors of shown contracts as (slug, name), by name. One query."""
    vendor = select(col(Contract.id)).where(col(Contract.vendor_id) == Organization.id, objects.visible(Contract.id))
    query = select(col(Organization.slug), col(Organization.name)).where(vendor.correlate(Organization).exists())
    return sorted(((slug, name) for slug, name in session.execute(query)), key=lambda row: (row[1].casefold(), row[0]))


def pairs(session: Session, *, company: str | None, after: tuple[str, int, int] | None, limit: int) -> list[Pair]:
    """Return statements beside contracts of the same campaign, the latest said first. Three queries.

    A vendor sells much else: its name alone ties a contract to nothing that it said.
    """
    rows = session.execute(_query(company, after).limit(limit)).all()
    rests = _sources(session, {key for row in rows for key in (row.said_id, row.Contract.id)})
    return [_pair(row, rests) for row in rows]


def _query(company: str | None, after: tuple[str, int, int] | None) -> Any:
    said = union_all(
        select(col(CompanyResponse.id), col(CompanyResponse.company_id), col(CompanyResponse.on).label("said_on")),
        select(col(Commitment.id), col(Commitment.company_id), col(Commitment.made_on).label("said_on")),
    ).subquery("said")
    spine: Any
    other: Any
    agency: Any
    mine: Any
    theirs: Any
    spine, other, agency = aliased(CampaignObject), aliased(CampaignObject), aliased(Organization)
    mine, theirs = aliased(CampaignMembership), aliased(CampaignMembership)
    together = (
        select(literal(1))
        .select_from(mine)
        .join(theirs, theirs.campaign_id == mine.campaign_id)
        .where(mine.object_id == said.c.id, theirs.object_id == Contract.id)
        .correlate(said, Contract)
    )
    query: Any = (
        select(said.c.id.label("said_id"), said.c.said_on, Contract)
        .join(Contract, col(Contract.vendor_id) == said.c.company_id)
        .join(spine, spine.id == said.c.id)
        .join(other, other.id == Contract.id)
        .join(Organization, col(Organization.id) == Contract.vendor_id)
        .join(agency, agency.id == Contract.agency_id)
        .where(objects.visible(said.c.id), objects.visible(Contract.id), together.exists())
        .add_columns(
            spine.kind,
            spine.slug,
            spine.title,
            spine.summary,
            other.slug.label("contract_slug"),
            other.title.label("contract_title"),
            col(Organization.name).label("company"),
            agency.name.label("agency"),
        )
    )
    if company is not None:
        query = query.where(col(Organization.slug) == company)
    if after is not None:
        day, said_id, contract_id = PartialDate.parse(after[0]), after[1], after[2]
        inner = or_(said.c.id < said_id, and_(said.c.id == said_id, col(Contract.id) > contract_id))
        query = query.where(or_(said.c.said_on < day, and_(said.c.said_on == day, inner)))
    return query.order_by(said.c.said_on.desc(), said.c.id.desc(), col(Contract.id))


def _pair(row: Any, rests: dict[int, tuple[Rests, ...]]) -> Pair:
    contract: Contract = row.Contract
    verdict, why = then(row.said_on, contract.starts_on, contract.ends_on, contract.contract_state)
    return Pair(
        said_id=row.said_id,
        said_kind=row.kind,
        said_slug=row.slug,
        said_title=row.title,
        said_summary=row.summary,
        said_on=row.said_on,
        company=row.company,
        contract_id=contract.id,
        contract_slug=row.contract_slug,
        contract_title=row.contract_title,
        agency=row.agency,
        then=verdict,
        why=why,
        said_sources=rests.get(row.said_id, ()),
        contract_sources=rests.get(contract.id, ()),
    )


def _sources(session: Session, ids: Collection[int]) -> dict[int, tuple[Rests, ...]]:
    """Return for each object its confirmed documents and the addresses its evidence gives, each once. Two queries."""
    query = (
        select(Evidence, col(Document.id), col(Document.title))
        .join(Document, shown_source(), isouter=True)
        .where(col(Evidence.object_id).in_(ids), col(Evidence.differs).is_(False))
        .order_by(col(Evidence.id))
    )
    documents = (
        select(col(Link.object_id), Document)
        .join(Document, col(Document.id) == col(Link.document_id))
        .where(
            col(Link.object_id).in_(ids),
            col(Link.state) == LinkState.CONFIRMED,
            col(Document.state) != DocumentState.WITHDRAWN,
        )
        .order_by(col(Document.id))
    )
    found: dict[int, dict[str, Rests]] = defaultdict(dict)
    for key, document in session.execute(documents):
        address = document.url or document.canonical_url or ""
        found[key].setdefault(address or f"#{document.id}", Rests(document.title, address, document.id))
    for row, document_id, title in session.execute(query):
        if row.url:
            found[row.object_id].setdefault(row.url, Rests(title or host(row.url), row.url, document_id))
    return {key: tuple(rows.values()) for key, rows in found.items()}
