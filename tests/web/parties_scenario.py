"""An archive of one company, its contracts with agencies, and those who write to it and file with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlmodel import Session, select

from tests import factories as make
from tracker.domain import vocab
from tracker.domain.vocab import ContractState, Lane, OrganizationRole, ResolutionCode
from tracker.models.base import ObjectState
from tracker.models.contract import Contract
from tracker.models.organization import Alias, Identifier, IdentifierScheme, Organization, Product
from tracker.models.publication import Statement, Study
from tracker.models.resolution import Filer
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@contextmanager
def site(folder: Path, *, contracts: int = 0, companies: int = 0) -> Iterator[Flask]:
    """Give the site over this archive with so many further contracts, and further companies with a letter each."""
    with make.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: NOW)
        with writing(engine) as session:
            fill(session, contracts, companies)
        rebuild(runtime)
        yield create_app(runtime)


def contract(
    session: Session, slug: str, *, vendor: Organization, agency: Organization, campaign=None, title: str = "",
    published: bool = True, **known: object,
) -> Contract:  # fmt: skip
    """Add a contract; dates are written as text."""
    state = ObjectState.PUBLISHED if published else ObjectState.WITHDRAWN
    key = make.spine(session, "contract", slug, title=title, campaign=campaign, state=state)
    dates = {name: make.on(known.pop(name, None)) for name in ("starts_on", "ends_on")}
    known.setdefault("contract_state", ContractState.ACTIVE)
    return make.add(session, Contract(id=key, vendor_id=vendor.id, agency_id=agency.id, **dates, **known))


def fill(session: Session, contracts: int, companies: int) -> None:
    """Write the archive."""
    company = make.organization(
        session, "lumen", name="Lumen Sight, Inc.", roles=[OrganizationRole.ISSUER, OrganizationRole.VENDOR]
    )
    for scheme, value in ((IdentifierScheme.CIK, "0000000042"), (IdentifierScheme.TICKER, "LUMN")):
        make.add(session, Identifier(organization_id=company.id, scheme=scheme, value=value))
    make.add(session, Alias(organization_id=company.id, text="LumenSight"))
    police = make.organization(
        session, "harbour-police", name="Harbour City Police", lane=Lane.REGULATORS, roles=[OrganizationRole.AGENCY]
    )
    border = make.organization(
        session, "border-office", name="Border Office", lane=Lane.REGULATORS, roles=[OrganizationRole.AGENCY]
    )
    sisters = make.organization(
        session, "sisters", name="Sisters of the Harbour", lane=Lane.INVESTORS, roles=[OrganizationRole.INVESTOR]
    )
    league = make.organization(
        session, "league", name="Harbour Liberties League", lane=Lane.ADVOCATES, roles=[OrganizationRole.ADVOCATE]
    )
    make.organization(session, "unheard", name="Unheard Optics", roles=[OrganizationRole.VENDOR])
    product = make.product(session, "lumen-eye", vendor=company)
    campaign = make.campaign(session, "lumen-eye-police", title="Lumen Eye and the police", targets=[company],
                             products=[product])  # fmt: skip
    _contracts(session, company, police, border, campaign)
    _asked(session, company, sisters, league, campaign)
    for number in range(contracts):
        contract(session, f"further-{number:04}", vendor=company, agency=border, title=f"Further award {number}",
                 starts_on=f"20{10 + number % 9}", amount_value=number, campaign=campaign)  # fmt: skip
    for number in range(companies):
        other = make.organization(session, f"other-{number:04}", roles=[OrganizationRole.ISSUER])
        make.letter(session, f"to-other-{number:04}", sent="2020", senders=[league], recipients=[other])


def _contracts(session: Session, company, police, border, campaign) -> None:
    reseller = make.organization(session, "quay", name="Quay Resale", roles=[OrganizationRole.VENDOR])
    product = session.exec(select(Product).where(Product.slug == "lumen-eye")).one()
    trial = contract(
        session, "lumen-harbour", vendor=company, agency=police, reseller_id=reseller.id, product_id=product.id,
        title="Lumen Eye for the harbour police", award_id="HP-17", amount_value=120_000, amount_ceiling=900_000,
        amount_obligated=80_000, amount_note="The ceiling counts all options.", starts_on="2017-03",
        ends_on="2019-06-30", contract_state=ContractState.CANCELLED, how_ended="The council voted to stop.",
        campaign=campaign,
    )  # fmt: skip
    contract(session, "lumen-border", vendor=company, agency=border, title="Lumen Eye at the border",
             starts_on="2021", currency="EUR", campaign=campaign)  # fmt: skip
    contract(session, "lumen-hidden", vendor=company, agency=border, title="A contract in error", published=False)
    paper = make.document(session, "Award HP-17", url="https://awards.example/hp-17", published="2017-04-01")
    make.link(session, paper, trial.id, relation=vocab.Relation.DISCLOSES)
    make.evidence(session, trial.id, "ends_on", "30 June 2019", url="https://council.example/vote")
    make.evidence(session, trial.id, "amount_obligated", "80,000", url="https://awards.example/hp-17")


def _asked(session: Session, company, sisters, league, campaign) -> None:
    fund = make.organization(
        session, "tide-fund", name="Tide Fund", lane=Lane.INVESTORS, roles=[OrganizationRole.INVESTOR]
    )
    proposal = make.resolution(
        session, "lumen-2019-report", company=company, title="Report on police use", lead=sisters,
        campaign=campaign, statuses=[(ResolutionCode.FILED, "2018-12")],
    )  # fmt: skip
    make.add(session, Filer(
        resolution_id=proposal.id, organization_id=fund.id, role=vocab.FilerRole.CO_FILER, joined_on=make.on("2019-01"),
        left_on=make.on("2019-03-04"), recorded_at=NOW,
    ))  # fmt: skip
    answered = make.letter(session, "league-2018", sent="2018-05-01", senders=[league], recipients=[company],
                           campaign=campaign, title="League asks Lumen to stop")  # fmt: skip
    waiting = make.letter(session, "league-2020", sent="2020-02-01", senders=[league], recipients=[company],
                          campaign=campaign, title="League asks again")  # fmt: skip
    make.search(session, waiting, "2026-11-01")
    answers = {answered.id: vocab.ResponseState.ANSWERED_FULL}
    make.response(session, "lumen-answers", company=company, day="2018-06-01", campaign=campaign,
                  title="Lumen answers the league", answers=answers)  # fmt: skip
    for kind, slug, title in (
        ("statement", "lumen-principles", "Lumen states its principles"),
        ("study", "league-audit", "The league audits Lumen Eye"),
    ):
        key = make.spine(session, kind, slug, title=title, campaign=campaign)
        author = company if kind == "statement" else league
        if kind == "statement":
            make.add(session, Statement(id=key, organization_id=author.id, on=make.on("2019-02")))
        else:
            make.add(session, Study(id=key, organization_id=author.id, published_on=make.on("2019-03-04")))
    make.commitment(session, "lumen-promise", company=company, title="Lumen promises an audit", campaign=campaign)
