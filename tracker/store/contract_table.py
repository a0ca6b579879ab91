"""The table of contracts: who buys what of whom, the amounts apart, the period, how it ended, and what says so."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import ContractState
from tracker.models.base import CampaignObject
from tracker.models.contract import Contract
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.organization import Organization, Product
from tracker.store import objects, prepared
from tracker.store.behind import host, shown_source

# The fields that say most of a contract: the source of the first one known stands in the table.
TELLING = ("amount_obligated", "amount_value", "amount_ceiling", "award_id", "starts_on", "vendor", "vendor_id")


class Order(StrEnum):
    """By which column the table stands; amounts are compared within a currency. Ties are broken by name."""

    START = "start"
    END = "end"
    VENDOR = "vendor"
    AGENCY = "agency"
    STATE = "state"
    VALUE = "value"
    CEILING = "ceiling"
    OBLIGATED = "obligated"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as far as a link to it needs."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Which contracts are asked for, by names in addresses; None: every one. `party_id`: in any part."""

    vendor: str | None = None
    agency: str | None = None
    product: str | None = None
    state: ContractState | None = None
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContractSource:
    """One place that a contract was read from."""

    title: str
    url: str
    document_id: int | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract. Amounts are whole units of `currency`; None is not known, never zero. `source` None: no record."""

    object_id: int
    slug: str
    title: str
    summary: str
    agency: Party
    vendor: Party
    reseller: Party | None
    product: Party | None
    award_id: str
    value: int | None
    ceiling: int | None
    obligated: int | None
    amount_note: str
    currency: str
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    state: ContractState
    how_ended: str
    source: ContractSource | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the table can be filtered by: parties and products of shown contracts by name, and their states."""

    vendors: tuple[Party, ...]
    agencies: tuple[Party, ...]
    products: tuple[Party, ...]
    states: tuple[ContractState, ...]


def listed(session: Session, filters: Filters, *, order: Order = Order.START, descending: bool = True) -> list[str]:
    """Return the names of the contracts under the filters, in full order; what is not known stands last. One query.

    Dates are partial and have no order of their own in a database, so what orders is read of each, and no more.
    """
    query, vendor, agency = _joined(
        lambda vendor, agency, _: (CampaignObject.slug, agency.name, *_ordering(order, vendor, agency))
    )
    found = prepared.rows(session, _filtered(query, vendor, agency, filters))
    by_name = sorted(((name.casefold(), slug, _key(order, *values)) for slug, name, *values in found), key=_name)
    known = [row for row in by_name if row[2] is not None]
    known.sort(key=lambda row: row[2], reverse=descending)
    return [row[1] for row in known] + [row[1] for row in by_name if row[2] is None]


def rows(session: Session, slugs: Collection[str]) -> list[ContractRow]:
    """Return the shown contracts with these names, in their order. Two queries."""
    query, *_ = _joined(
        lambda vendor, agency, reseller: (
            CampaignObject, Contract, vendor.slug, vendor.name, agency.slug, agency.name, reseller.slug, reseller.name,
            Product.slug, Product.name,
        )
    )  # fmt: skip
    found = list(session.exec(query.where(col(CampaignObject.slug).in_(slugs))))
    sources = _sources(session, [contract.id for _, contract, *_ in found])
    told = {spine.slug: _row(spine, contract, names, sources.get(contract.id)) for spine, contract, *names in found}
    return [told[slug] for slug in slugs if slug in told]


def of_party(session: Session, organization_id: int, limit: int) -> tuple[list[ContractRow], int]:
    """Return the newest contracts in which an organisation is vendor, reseller or agency, and how many there are."""
    slugs = listed(session, Filters(party_id=organization_id))
    return rows(session, slugs[:limit]), len(slugs)


def choices(session: Session) -> Choices:
    """Return what the table can be filtered by. One query."""
    query, *_ = _joined(
        lambda vendor, agency, _: (
            vendor.slug, vendor.name, agency.slug, agency.name, Product.slug, Product.name, Contract.contract_state,
        )
    )  # fmt: skip
    found = list(session.exec(query.distinct()))
    return Choices(
        vendors=_by_name(Party(row[0], row[1]) for row in found),
        agencies=_by_name(Party(row[2], row[3]) for row in found),
        products=_by_name(Party(row[4], row[5]) for row in found if row[4]),
        states=tuple(state for state in ContractState if any(row[6] == state for row in found)),
    )


def _ordering(order: Order, vendor: Any, agency: Any) -> tuple[Any, ...]:
    """Return the columns that a contract stands by under an order."""
    amounts = {
        Order.VALUE: Contract.amount_value, Order.CEILING: Contract.amount_ceiling,
        Order.OBLIGATED: Contract.amount_obligated,
    }  # fmt: skip
    others = {
        Order.START: Contract.starts_on, Order.END: Contract.ends_on, Order.STATE: Contract.contract_state,
        Order.VENDOR: vendor.name, Order.AGENCY: agency.name,
    }  # fmt: skip
    return (amounts[order], Contract.currency) if order in amounts else (others[order],)


def _key(order: Order, value: Any, currency: str = "") -> Any:
    """Return what a contract stands by, as it can be compared; None where that is not known."""
    if value is None:
        return None
    if order in {Order.START, Order.END}:
        return value.sort_key
    if order is Order.STATE:
        return list(ContractState).index(ContractState(value))
    return value.casefold() if order in {Order.VENDOR, Order.AGENCY} else (currency, value)


def _name(row: tuple[str, str, Any]) -> tuple[str, str]:
    return row[:2]


def _joined(columns: Callable[[Any, Any, Any], tuple[Any, ...]]) -> tuple[Any, Any, Any]:
    """Return a query for columns of shown contracts and their vendor, agency and reseller; and the first two."""
    vendor, agency, reseller = aliased(Organization), aliased(Organization), aliased(Organization)
    query: Any = select(*columns(vendor, agency, reseller))
    query = (
        query.select_from(Contract)
        .join(CampaignObject, col(CampaignObject.id) == col(Contract.id))
        .join(vendor, vendor.id == col(Contract.vendor_id))
        .join(agency, agency.id == col(Contract.agency_id))
        .join(reseller, reseller.id == col(Contract.reseller_id), isouter=True)
        .join(Product, col(Product.id) == col(Contract.product_id), isouter=True)
        .where(objects.visible(Contract.id))
    )
    return query, vendor, agency


def _filtered(query: Any, vendor: Any, agency: Any, filters: Filters) -> Any:
    wanted = (
        (vendor.slug, filters.vendor),
        (agency.slug, filters.agency),
        (Product.slug, filters.product),
        (Contract.contract_state, filters.state),
    )
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    if filters.party_id is not None:
        parts = (Contract.vendor_id, Contract.reseller_id, Contract.agency_id)
        query = query.where(or_(*(col(part) == filters.party_id for part in parts)))
    return query


def _row(spine: CampaignObject, contract: Contract, names: Any, source: ContractSource | None) -> ContractRow:
    vendor, agency, reseller, product = (Party(*names[place : place + 2]) for place in (0, 2, 4, 6))
    return ContractRow(
        object_id=contract.id,
        slug=spine.slug,
        title=spine.title,
        summary=spine.summary,
        agency=agency,
        vendor=vendor,
        reseller=reseller if reseller.slug else None,
        product=product if product.slug else None,
        award_id=contract.award_id,
        value=contract.amount_value,
        ceiling=contract.amount_ceiling,
        obligated=contract.amount_obligated,
        amount_note=contract.amount_note,
        currency=contract.currency,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        state=ContractState(contract.contract_state),
        how_ended=contract.how_ended,
        source=source,
    )


def _sources(session: Session, ids: Collection[int]) -> dict[int, ContractSource]:
    """Return for each contract the source of the most telling reading that is used."""
    columns: tuple[Any, ...] = (Evidence.object_id, Evidence.field, Evidence.url, Document.id, Document.title)
    query: Any = (
        select(*columns)
        .join(Document, shown_source(), isouter=True)
        .where(col(Evidence.object_id).in_(ids), col(Evidence.chosen))
        .order_by(col(Evidence.id))
    )
    found: dict[int, tuple[int, ContractSource]] = {}
    for object_id, field, url, document_id, title in session.exec(query):
        rank = TELLING.index(field) if field in TELLING else len(TELLING)
        if object_id not in found or rank < found[object_id][0]:
            found[object_id] = rank, ContractSource(title or host(url), url, document_id)
    return {object_id: source for object_id, (_, source) in found.items()}


def _by_name(parties: Any) -> tuple[Party, ...]:
    return tuple(sorted(set(parties), key=lambda party: (party.name.casefold(), party.slug)))
