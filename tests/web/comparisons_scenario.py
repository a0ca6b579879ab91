"""An archive to compare in: one letter to three companies that was asked again, votes at two, a vendor's words."""

from datetime import UTC, datetime

from sqlmodel import Session, select

from tests import factories as make
from tracker.domain.vocab import AnswerGrade, ContractState, Lane, ResolutionCode, ResponseState
from tracker.models.base import CampaignObject
from tracker.models.contract import Contract
from tracker.models.resolution import SubjectFamily

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def contract(session: Session, slug: str, vendor, agency, *, starts=None, ends=None, campaign, state="active"):
    """Add a contract with one source."""
    key = make.spine(session, "contract", slug, campaign=campaign)
    row = Contract(
        id=key, vendor_id=vendor.id, agency_id=agency.id, starts_on=make.on(starts), ends_on=make.on(ends),
        contract_state=ContractState(state),
    )  # fmt: skip
    make.evidence(session, key, "starts_on", starts or "", url=f"https://awards.example/{slug}")
    return make.add(session, row)


def fill(session: Session) -> None:
    """Write the archive."""
    campaign = make.campaign(session, "cameras")
    one, two, three = (make.organization(session, slug) for slug in ("acme", "bolt", "crest"))
    sender = make.organization(session, "groups", lane=Lane.ADVOCATES)
    first = make.letter(
        session, "to-three", sent="2020-01-10", senders=[sender], recipients=[one, two], campaign=campaign,
        questions=["Who buys?", "Since when?"],
    )  # fmt: skip
    make.letter(
        session, "to-crest", sent="2021-02-01", senders=[sender], recipients=[three], questions=["who  buys?"],
        reasks=first.id,
    )  # fmt: skip
    make.search(session, first, "2026-11-01")
    make.response(
        session, "acme-says", company=one, day="2020-02-01", campaign=campaign, title="Acme replies",
        answers={first.id: ResponseState.ANSWERED_PARTIAL}, grades={(first.id, 1): AnswerGrade.PARTLY},
    )  # fmt: skip
    families = {}
    for company in (one, two):
        row = SubjectFamily(slug=f"{company.slug}-cameras", name="Camera sales", company_id=company.id)
        families[company.slug] = make.add(session, row)
    for company, season, votes in ((one, 2019, 40), (one, 2020, None), (two, 2019, 20)):
        resolution = make.resolution(
            session, f"{company.slug}-{season}", company=company, season=season, family=families[company.slug],
            statuses=[] if votes else [(ResolutionCode.OMITTED, "2020-03-01")],
        )  # fmt: skip
        if votes:
            meeting = make.meeting(session, f"{company.slug}-meeting-{season}", company=company)
            make.count(session, make.ballot_item(session, meeting, resolution), votes, 100 - votes)
    agency = make.organization(session, "city-police", lane=Lane.REGULATORS)
    contract(session, "ran", one, agency, starts="2019-01-01", ends="2021-01-01", campaign=campaign)
    contract(session, "open", one, agency, starts="2019-01-01", campaign=campaign)
    contract(session, "elsewhere", one, agency, starts="2019-01-01", ends="2021-01-01", campaign=None)


def more(session: Session, many: int) -> None:
    """Write as many more of everything that is compared."""
    campaign = make.campaign(session, "more")
    vendor, agency = make.organization(session, "acme"), make.organization(session, "city-police")
    earlier = session.exec(select(CampaignObject.id).where(CampaignObject.slug == "to-three")).one()
    for number in range(many):
        company = make.organization(session, f"company-{number}")
        make.letter(session, f"again-{number}", recipients=[company], questions=["Who buys?"], reasks=earlier)
        family = SubjectFamily(slug=f"family-{number}", name="Camera sales", company_id=company.id)
        make.resolution(session, f"r-{number}", company=company, family=make.add(session, family))
        contract(session, f"c-{number}", vendor, agency, starts="2019", campaign=campaign)
    make.response(session, "said", company=vendor, campaign=campaign)
