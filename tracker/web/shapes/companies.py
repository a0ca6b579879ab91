"""Companies and other organisations as data, as their lists and pages show them."""

import datetime as dt

from flask import url_for
from pydantic import Field

from tracker.domain.vocab import CommitmentState, FilerRole, OrganizationRole
from tracker.models.organization import IdentifierScheme
from tracker.store.company_page import CompanyPage
from tracker.store.letters import Rates
from tracker.store.organization_page import Filed, OrganizationPage
from tracker.store.party_lists import CompanyRow, OrganizationRow
from tracker.store.party_profile import Profile
from tracker.store.party_profile import Said as SaidLine
from tracker.web.shapes.base import Shape, When, full
from tracker.web.shapes.contracts import Contract
from tracker.web.shapes.dates import Date
from tracker.web.shapes.letters import Letter
from tracker.web.shapes.resolutions import Resolution


class Company(Shape):
    """A company: how many campaigns are about it, and what is on record of it."""

    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its page")
    name: str = Field(description="Its name")
    fictional: bool = Field(description="Whether it is made up to show the site")
    ticker: str | None = Field(description="Its ticker; empty when not known")
    campaigns: int = Field(description="Campaigns that ask something of it or are about its products")
    resolutions: int = Field(description="Resolutions put to its shareholders")
    letters: int = Field(description="Letters to it")
    awaiting: int = Field(description="Of those, due and without an answer on record")
    contracts: int = Field(description="Contracts in which it is the vendor")

    @classmethod
    def of(cls, row: CompanyRow) -> "Company":
        """Return the shape of a row of the list."""
        return cls(
            slug=row.slug,
            url=full(url_for("companies.page", slug=row.slug)),
            name=row.name,
            fictional=row.fictional,
            ticker=row.ticker or None,
            campaigns=row.campaigns,
            resolutions=row.resolutions,
            letters=row.letters,
            awaiting=row.awaiting,
            contracts=row.contracts,
        )


class Organization(Shape):
    """An organisation that is no company: advocate, investor, agency, lawmaker."""

    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its page")
    name: str = Field(description="Its name")
    fictional: bool = Field(description="Whether it is made up to show the site")
    roles: list[str] = Field(description="What it is in our campaigns")
    letters: int = Field(description="Letters it sent or signed")
    resolutions: int = Field(description="Resolutions it filed, as lead or co-filer")
    contracts: int = Field(description="Contracts in which it is the agency")

    @classmethod
    def of(cls, row: OrganizationRow) -> "Organization":
        """Return the shape of a row of the list."""
        return cls(
            slug=row.slug,
            url=full(url_for("organizations.page", slug=row.slug)),
            name=row.name,
            fictional=row.fictional,
            roles=[role.value for role in row.roles],
            letters=row.letters,
            resolutions=row.resolutions,
            contracts=row.contracts,
        )


class PublicNumber(Shape):
    """A public number by which a party is known for certain."""

    scheme: IdentifierScheme = Field(description="Whose number: cik, ticker, lei, uei")
    value: str = Field(description="The number")


class Identity(Shape):
    """Who an organisation is."""

    slug: str = Field(description="Its name in addresses")
    name: str = Field(description="Its name")
    fictional: bool = Field(description="Whether it is made up to show the site")
    roles: list[OrganizationRole] = Field(description="What it is in our campaigns")
    identifiers: list[PublicNumber] = Field(description="Its public numbers")
    aliases: list[str] = Field(description="Its other names")
    products: list[str] = Field(description="What it sells, as far as campaigns are about it")
    campaigns: list[str] = Field(description="The campaigns about it, by their names in addresses")

    @classmethod
    def of(cls, profile: Profile) -> "Identity":
        """Return the shape of who an organisation is."""
        return cls(
            slug=profile.slug,
            name=profile.name,
            fictional=profile.fictional,
            roles=list(profile.roles),
            identifiers=[PublicNumber(scheme=scheme, value=value) for scheme, value in profile.identifiers],
            aliases=list(profile.aliases),
            products=[name for _, name in profile.products],
            campaigns=[slug for slug, _ in profile.campaigns],
        )


class ResponseRate(Shape):
    """How many letters were answered, out of how many, in which window, by which rule."""

    numerator: int = Field(description="Letters answered")
    denominator: int = Field(description="Letters that count")
    window_start: dt.date = Field(description="The first day of the window")
    window_end: dt.date = Field(description="The last day of the window")
    excluded_not_due: int = Field(description="Letters left out: not yet due")
    excluded_not_searched: int = Field(description="Letters left out: nobody has searched for an answer")
    rule: str = Field(description="What is counted, and what is not")

    @classmethod
    def of(cls, rates: Rates | None) -> "ResponseRate | None":
        """Return the shape of a rate; None where no letter was sent."""
        if rates is None:
            return None
        rate = rates.rate
        return cls(
            numerator=rate.numerator,
            denominator=rate.denominator,
            window_start=rate.window_start,
            window_end=rate.window_end,
            excluded_not_due=rate.excluded_not_due,
            excluded_not_searched=rate.excluded_not_searched,
            rule=rate.rule,
        )


class Said(Shape):
    """Something an organisation answered, stated, found out or promised."""

    kind: str = Field(description="company_response, statement, study or commitment")
    slug: str = Field(description="Its name in addresses")
    title: str = Field(description="Its title")
    on: When = Field(description="When")
    kept: CommitmentState | None = Field(description="What became of a promise; empty for anything else")

    @classmethod
    def of(cls, line: SaidLine) -> "Said":
        """Return the shape of what was said."""
        kept = CommitmentState(line.note) if line.note else None
        return cls(kind=line.kind, slug=line.slug, title=line.title, on=When.of(line.on), kept=kept)


class CompanyRecord(Shape):
    """A company with what is on record of it."""

    company: Identity = Field(description="Who it is")
    response_rate: ResponseRate | None = Field(description="How often it answers; null where no letter was sent")
    letters: list[Letter] = Field(description="The letters to it, newest first")
    resolutions: list[Resolution] = Field(description="The resolutions put to it, newest season first")
    contracts: list[Contract] = Field(description="The newest contracts it takes part in")
    contracts_in_all: int = Field(description="How many contracts it takes part in")
    said: list[Said] = Field(description="The newest of what it said and promised")
    due: list[Date] = Field(description="What is due, soonest first")

    @classmethod
    def of(cls, page: CompanyPage, today: dt.date) -> "CompanyRecord":
        """Return the shape of a company's page."""
        return cls(
            company=Identity.of(page.profile),
            response_rate=ResponseRate.of(page.rates),
            letters=[Letter.of(letter) for letter in page.letters],
            resolutions=[Resolution.of(row, today) for row in page.resolutions],
            contracts=[Contract.of(row) for row in page.contracts],
            contracts_in_all=page.contracts_in_all,
            said=[Said.of(line) for line in page.said],
            due=[Date.of(due) for due in page.due],
        )


class Filing(Shape):
    """A resolution and an organisation's part in it."""

    resolution: Resolution = Field(description="The resolution")
    role: FilerRole = Field(description="Lead filer, co-filer or representative")
    joined_on: When | None = Field(description="When it joined; empty when not known")
    left_on: When | None = Field(description="When it left; empty when it stayed")

    @classmethod
    def of(cls, filed: Filed, today: dt.date) -> "Filing":
        """Return the shape of a part."""
        return cls(
            resolution=Resolution.of(filed.row, today),
            role=filed.role,
            joined_on=When.of(filed.joined_on) if filed.joined_on else None,
            left_on=When.of(filed.left_on) if filed.left_on else None,
        )


class OrganizationRecord(Shape):
    """An organisation that is no company with what is on record of it."""

    organization: Identity = Field(description="Who it is")
    response_rate: ResponseRate | None = Field(description="How often it is answered; null where it sent no letter")
    letters: list[Letter] = Field(description="The letters it sent or signed, newest first")
    filed: list[Filing] = Field(description="The resolutions it has a part in, newest season first")
    contracts: list[Contract] = Field(description="The newest contracts it takes part in")
    contracts_in_all: int = Field(description="How many contracts it takes part in")
    said: list[Said] = Field(description="The newest of what it said")

    @classmethod
    def of(cls, page: OrganizationPage, today: dt.date) -> "OrganizationRecord":
        """Return the shape of an organisation's page."""
        return cls(
            organization=Identity.of(page.profile),
            response_rate=ResponseRate.of(page.rates),
            letters=[Letter.of(letter) for letter in page.letters],
            filed=[Filing.of(one, today) for one in page.filed],
            contracts=[Contract.of(row) for row in page.contracts],
            contracts_in_all=page.contracts_in_all,
            said=[Said.of(line) for line in page.said],
        )
