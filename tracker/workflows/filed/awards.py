"""A contract award into the archive: who sells what to whom, for how much, until when.

A contract is written where vendor and agency are both known for certain. Amounts are what was obligated, in dollars.
"""

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.dates import PartialDate
from tracker.domain.text import excerpt, words
from tracker.domain.vocab import ContractState, Relation
from tracker.models.contract import Contract
from tracker.models.filing import FilingOutcome
from tracker.models.organization import Organization, Product
from tracker.store import contracts, imports
from tracker.store.filings import Came
from tracker.store.records import Names
from tracker.workflows.filed.record import Record

if TYPE_CHECKING:
    from tracker.filings.contract_award import ContractAward, Named

_LONGEST_SLUG = 110


def keep_award(record: Record) -> Came:
    """Write a contract, or complete the one with this award's number; return what came of it."""
    award: ContractAward = record.found.value
    vendor, agency = (_party(record, named) for named in (award.vendor, award.agency))
    if vendor is None or agency is None:
        missing = "vendor" if vendor is None else "agency"
        return record.unplaced(f"Its {missing} is nobody we know.")
    contract = contracts.by_award(record.session, award.award_id, vendor.id or 0)
    if contract is None and contracts.is_hidden(record.session, award.award_id, vendor.id or 0):
        return record.unplaced("A person took this contract out of the record, or has not published it.")
    if contract is None:
        contract = _new_contract(record, award, vendor, agency)
    _complete(record, contract, award)
    record.tie(contract.id, Relation.DISCLOSES, f"It is award {award.award_id} as USAspending.gov lists it.")
    return Came(FilingOutcome.WRITTEN, f"A contract of {vendor.name} with {agency.name}.", tuple(record.warnings))


def _party(record: Record, named: "Named | None") -> Organization | None:
    return contracts.organization(record.session, named.known) if named is not None and named.known else None


def _new_contract(record: Record, award: "ContractAward", vendor: Organization, agency: Organization) -> Contract:
    product = _product(record, award)
    slug = "-".join(words(f"{vendor.slug} {agency.slug} {award.award_id}"))[:_LONGEST_SLUG]
    slug = imports.free_slug(record.session, slug)
    title = f"{vendor.name}: contract with {agency.name}"
    if product is not None:
        title = f"{product.name} for {agency.name}"
    spine = {"kind": "contract", "slug": slug, "title": excerpt(title, 480), "summary": excerpt(award.description, 480)}
    object_id, _ = imports.spine(record.session, spine, Names(record.session), record.now)
    made = Contract(
        id=object_id,
        vendor_id=vendor.id or 0,
        agency_id=agency.id or 0,
        award_id=award.award_id,
        contract_state=_state(award.ends_on, record.now.date()),
        read_fields=["agency_id", "award_id", "contract_state", "vendor_id"],
    )
    record.session.add(made)
    record.session.flush()
    record.touched.add(made.id)
    for field, named in (("vendor", award.vendor), ("agency", award.agency)):
        if named is not None:
            about = record.about(made.id, field, (named.start, named.end))
            record.offers.witness(about, named.text)
    for campaign_id in contracts.campaigns_about(record.session, product.id if product else None):
        imports.join(record.session, campaign_id, made.id)
    return made


def _complete(record: Record, contract: Contract, award: "ContractAward") -> None:
    reseller, product = _party(record, award.reseller), _product(record, award)
    obligated = None if award.obligated is None else int(award.obligated)
    values = {
        "reseller_id": (reseller.id if reseller else None, award.reseller),
        "product_id": (product.id if product else None, award.product),
        "amount_obligated": (obligated, award.places.get("Award Amount")),
        "starts_on": (_on(award.starts_on), award.places.get("Start Date")),
        "ends_on": (_on(award.ends_on), award.places.get("End Date") or award.places.get("Last Date to Order")),
    }
    for column, (value, place) in values.items():
        span = (place.start, place.end) if place is not None else None
        record.offer(contract, column, value, record.about(contract.id, column.removesuffix("_id"), span))


def _product(record: Record, award: "ContractAward") -> Product | None:
    return contracts.product(record.session, award.product.known) if award.product is not None else None


def _on(day: date | None) -> PartialDate | None:
    return None if day is None else PartialDate.day(day)


def _state(ends_on: date | None, today: date) -> ContractState:
    """Return how it stands by its period: one that is over has ended, whatever came of its options."""
    if ends_on is None:
        return ContractState.UNKNOWN
    return ContractState.ENDED if ends_on < today else ContractState.ACTIVE
