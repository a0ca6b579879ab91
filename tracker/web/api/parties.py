"""Contracts and the parties to everything: companies and other organisations."""

from typing import Annotated

from flask import Response
from flask_openapi3.models.tag import Tag
from pydantic import Field, StringConstraints

from tracker.domain.vocab import ContractState, OrganizationRole
from tracker.store import company_page, contract_page, contract_table, organization_page, party_profile
from tracker.web import companies, contracts, organizations, pages
from tracker.web.api.base import Limited, Paged, bp, now, told
from tracker.web.api.objects import Name, SlugPath
from tracker.web.shapes.base import full
from tracker.web.shapes.companies import Company, CompanyRecord, Organization, OrganizationRecord
from tracker.web.shapes.contracts import Contract, ContractRecord

PARTIES = Tag(name="Contracts, companies", description="Who buys what of whom, and who takes part in what")
SORTS = "|".join(contract_table.Order)


class Contracts(Paged):
    """Contracts of all campaigns."""

    items: list[Contract] = Field(description="The contracts in the order asked for")


class Companies(Paged):
    """Companies by name."""

    items: list[Company] = Field(description="The companies by name")


class Organizations(Paged):
    """Organisations that are no companies."""

    items: list[Organization] = Field(description="The organisations by name")


class OrganizationQuery(Limited):
    """Which organisations."""

    role: OrganizationRole | None = Field(None, description="What they are in our campaigns")


class ContractQuery(Limited):
    """Which contracts."""

    vendor: Name = Field("", description="The vendor's name in addresses")
    agency: Name = Field("", description="The agency's name in addresses")
    product: Name = Field("", description="The product's name in addresses")
    state: ContractState | None = Field(None, description="How they stand, or ended")
    sort: Annotated[str, StringConstraints(pattern=f"^(-?({SORTS}))?$")] = Field(
        "", description="By which column they stand; a minus before it: the largest first"
    )


@bp.get("/contracts", summary="The table of contracts", tags=[PARTIES], responses={200: Contracts})
def all_contracts(query: ContractQuery) -> Response:
    """Give contracts: agency, vendor, the amounts apart, period, how they ended, source."""
    with pages.reading() as session:
        wanted = contracts.chosen(contract_table.choices(session))
        page, _ = contracts.piece(session, wanted, query.limit)
    items = [Contract.of(row) for row in page.rows]
    return told(Contracts(as_of=now(), items=items, next=full(page.next_url)))


@bp.get("/contracts/<slug>", summary="One contract", tags=[PARTIES], responses={200: ContractRecord})
def one_contract(path: SlugPath) -> Response:
    """Give one contract with its campaigns, documents and every reading of every field."""
    with pages.reading() as session:
        found = contract_page.page(session, path.slug)
        if found is None:
            raise contracts.missing(session, path.slug)
        shape = ContractRecord.of(found)
    return told(shape)


@bp.get("/companies", summary="All companies", tags=[PARTIES], responses={200: Companies})
def all_companies(query: Limited) -> Response:
    """Give companies with their campaigns, resolutions, letters, those without an answer, and contracts counted."""
    with pages.reading() as session:
        page = companies.piece(session, query.limit)
    items = [Company.of(row) for row in page.rows]
    return told(Companies(as_of=now(), items=items, next=full(page.next_url)))


@bp.get("/companies/<slug>", summary="One company", tags=[PARTIES], responses={200: CompanyRecord})
def one_company(path: SlugPath) -> Response:
    """Give one company: who it is, how often it answers, letters, resolutions, contracts, what it said, what is due."""
    with pages.reading() as session:
        profile = party_profile.profile(session, path.slug)
        if profile is None or not profile.is_company:
            raise companies.missing(session, path.slug)
        shape = CompanyRecord.of(company_page.page(session, profile, pages.today()), pages.today())
    return told(shape)


@bp.get("/organizations", summary="Other organisations", tags=[PARTIES], responses={200: Organizations})
def all_organizations(query: OrganizationQuery) -> Response:
    """Give organisations that are no companies and take part in something, with their letters and filings counted."""
    with pages.reading() as session:
        page = organizations.piece(session, query.role, query.limit)
    items = [Organization.of(row) for row in page.rows]
    return told(Organizations(as_of=now(), items=items, next=full(page.next_url)))


@bp.get("/organizations/<slug>", summary="One organisation", tags=[PARTIES], responses={200: OrganizationRecord})
def one_organization(path: SlugPath) -> Response:
    """Give one organisation that is no company: who it is, what it wrote, filed, bought and said."""
    with pages.reading() as session:
        profile = party_profile.profile(session, path.slug)
        if profile is None or profile.is_company:
            raise organizations.missing(session, path.slug)
        shape = OrganizationRecord.of(organization_page.page(session, profile, pages.today()), pages.today())
    return told(shape)
