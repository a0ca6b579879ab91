"""A contract as data, as the table shows it and as its page does."""

from flask import url_for
from pydantic import Field

from tracker.domain.vocab import ContractState
from tracker.store.contract_page import ContractPage
from tracker.store.contract_table import ContractRow
from tracker.web.shapes.base import Shape, When, copy_url, full
from tracker.web.shapes.course import Evidence, Linked


class Contract(Shape):
    """A contract: who buys what of whom, the amounts apart, the period, how it ended, and what says so."""

    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its page")
    title: str = Field(description="Its title")
    summary: str = Field(description="What more is said of it")
    agency: str = Field(description="Who buys")
    agency_slug: str = Field(description="The agency's name in addresses")
    vendor: str = Field(description="Whose product or service it is")
    vendor_slug: str = Field(description="The vendor's name in addresses")
    reseller: str | None = Field(description="Who sold it in the vendor's place; empty when not known")
    product: str | None = Field(description="What is bought; empty when not known")
    award_id: str | None = Field(description="The award's number; empty when not known")
    currency: str = Field(description="The currency of the amounts (ISO 4217)")
    value: int | None = Field(description="What it is worth; empty when not known, which is not zero")
    ceiling: int | None = Field(description="The most it may come to; empty when not known, which is not zero")
    obligated: int | None = Field(description="What was committed so far; empty when not known, which is not zero")
    amount_note: str = Field(description="What is to be known of the amounts")
    starts_on: When | None = Field(description="When it begins; empty when not known")
    ends_on: When | None = Field(description="When it ends; empty when not known")
    state: ContractState = Field(description="How it stands, or ended")
    how_ended: str = Field(description="How it ended, in words")
    source_title: str | None = Field(description="Where the most telling figure was read; empty: no source on record")
    source_url: str | None = Field(description="The address of that source; empty where it has none")
    source_copy_url: str | None = Field(description="The page of our copy of it; empty where there is none")

    @classmethod
    def of(cls, row: ContractRow) -> "Contract":
        """Return the shape of a row of the table."""
        source = row.source
        return cls(
            slug=row.slug,
            url=full(url_for("contracts.page", slug=row.slug)),
            title=row.title,
            summary=row.summary,
            agency=row.agency.name,
            agency_slug=row.agency.slug,
            vendor=row.vendor.name,
            vendor_slug=row.vendor.slug,
            reseller=row.reseller.name if row.reseller else None,
            product=row.product.name if row.product else None,
            award_id=row.award_id or None,
            currency=row.currency,
            value=row.value,
            ceiling=row.ceiling,
            obligated=row.obligated,
            amount_note=row.amount_note,
            starts_on=When.of(row.starts_on) if row.starts_on else None,
            ends_on=When.of(row.ends_on) if row.ends_on else None,
            state=row.state,
            how_ended=row.how_ended,
            source_title=source.title if source else None,
            source_url=(source.url or None) if source else None,
            source_copy_url=copy_url(source.document_id) if source else None,
        )


class ContractRecord(Shape):
    """A contract with all that its record rests on."""

    contract: Contract = Field(description="The contract as in the table")
    campaigns: list[str] = Field(description="The campaigns it belongs to, by their names in addresses")
    documents: list[Linked] = Field(description="The documents linked to it")
    evidence: list[Evidence] = Field(description="Every reading of every field")

    @classmethod
    def of(cls, page: ContractPage) -> "ContractRecord":
        """Return the shape of a contract's page."""
        return cls(
            contract=Contract.of(page.row),
            campaigns=[slug for slug, _ in page.campaigns],
            documents=[Linked.of(document) for document in page.documents],
            evidence=Evidence.all_of(page.evidence),
        )
