"""Contracts and the parties to everything: companies and other organisations."""

from typing import Annotated

from flask import Response
from flask_openapi3.models.tag import Tag
from pydantic import Field, StringConstraints

from tracker.domain.vocab import ContractState
from tracker.store import contract_page, contract_table
from tracker.web import contracts, pages
from tracker.web.api.base import Limited, Paged, bp, now, told
from tracker.web.api.objects import Name, SlugPath
from tracker.web.api.timelines import next_address
from tracker.web.shapes.contracts import Contract, ContractRecord

PARTIES = Tag(name="Contracts, companies", description="Who buys what of whom, and who takes part in what")
SORTS = "|".join(contract_table.Order)


class Contracts(Paged):
    """Contracts of all campaigns."""

    items: list[Contract] = Field(description="The contracts in the order asked for")


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
    return told(Contracts(as_of=now(), items=items, next=next_address(page.next_url)))


@bp.get("/contracts/<slug>", summary="One contract", tags=[PARTIES], responses={200: ContractRecord})
def one_contract(path: SlugPath) -> Response:
    """Give one contract with its campaigns, documents and every reading of every field."""
    with pages.reading() as session:
        found = contract_page.page(session, path.slug)
        if found is None:
            raise contracts.missing(session, path.slug)
        shape = ContractRecord.of(found)
    return told(shape)
