"""Proxy statements, solicitations and awards become resolutions, links and contracts; people's values stand."""

from sqlmodel import col, select

from tests import factories
from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, PROXY, ballot, kept, results, snapshot
from tracker import demo
from tracker.domain import vocab
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import (
    OrganizationRole,
    Relation,
    ResolutionCode,
)
from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignMembership
from tracker.models.contract import Contract
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting
from tracker.models.organization import OrganizationInRole
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.store import votes
from tracker.store.engine import reading, writing
from tracker.workflows.exchange import import_campaign
from tracker.workflows.read_filing import read_filings

# --- proxy statements -------------------------------------------------------------------------------------------------


def test_a_proxy_statement_makes_items_of_all_proposals_and_a_resolution_of_ours(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02")
    [line] = read_filings(runtime).lines
    assert "2 shareholder proposals" in line.came.said
    items = {item.number: item for item in every(runtime, BallotItem)}
    assert {number: item.resolution_id is not None for number, item in items.items()} == {"4": True, "5": False}
    [resolution] = every(runtime, Resolution)
    assert resolution.resolved_clause.startswith("Shareholders request that the board report on the civil rights")
    assert resolution.supporting_statement.startswith("Facial recognition sold to police")
    assert resolution.board_statement.endswith("Our own testing meets the need.")
    assert (resolution.season, resolution.ask_type) == (2026, vocab.AskType.REPORT)
    assert items["4"].board_recommendation is vocab.Recommendation.AGAINST
    [membership] = every(runtime, CampaignMembership)
    assert membership.object_id == resolution.id
    [meeting] = every(runtime, Meeting)
    days = (str(meeting.held_on), str(meeting.record_date), str(meeting.proxy_filed_on), str(meeting.next_proposals_by))
    assert days == ("2026-05-12", "2026-03-18", "2026-04-02", "2026-12-03")
    steps = [(row.code, str(row.on)) for row in every(runtime, ResolutionStatus)]
    assert steps == [(ResolutionCode.ON_BALLOT, "2026-04-02")]


def test_a_resolution_that_people_track_is_completed_and_not_doubled(runtime, company):
    with writing(runtime.engine) as session:
        tracked = factories.resolution(
            session, "larkspur-2026-faces", company=company, season=2026, title="Larkspur 2026: facial recognition",
            ask="Report on the civil rights effects of facial recognition software sold to police.",
        ).id  # fmt: skip
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02")
    read_filings(runtime)
    [resolution] = every(runtime, Resolution)
    assert resolution.id == tracked
    assert resolution.resolved_clause
    assert resolution.ask.startswith("Report on the civil rights")


def test_the_votes_after_the_proxy_statement_reach_its_resolution(runtime, company):
    kept(runtime, "8-K", results(*COUNTS))
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    read_filings(runtime)
    [resolution] = every(runtime, Resolution)
    codes = {row.code for row in every(runtime, ResolutionStatus)}
    assert codes == {ResolutionCode.ON_BALLOT, ResolutionCode.VOTED_FINAL}
    with reading(runtime.engine) as session:
        vote = votes.of_resolutions(session, [resolution.id])[resolution.id]
    assert vote.standing.tally.for_ == COUNTS[0]


def test_a_family_is_suggested_by_the_words_of_earlier_years_and_not_decided(runtime, company):
    with writing(runtime.engine) as session:
        family = factories.family(session, company, "larkspur-faces")
        factories.resolution(
            session, "larkspur-2025-faces", company=company, season=2025, family=family,
            ask="Report on the civil rights effects of facial recognition software sold to police.",
        )  # fmt: skip
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02")
    read_filings(runtime)
    made = next(row for row in every(runtime, Resolution) if row.season == 2026)
    assert made.family_id is None
    [suggested] = [row for row in every(runtime, Evidence) if row.field == "family"]
    assert (suggested.object_id, suggested.value, suggested.chosen) == (made.id, "Larkspur faces", False)


def test_a_day_within_the_month_on_record_makes_the_meeting_exact(runtime, company):
    with writing(runtime.engine) as session:
        meeting_id = factories.meeting(session, "larkspur-2026", company=company, held="2026-05").id
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02")
    read_filings(runtime)
    [meeting] = every(runtime, Meeting)
    assert (meeting.id, meeting.held_on) == (meeting_id, PartialDate.parse("2026-05-12"))


# --- solicitations ----------------------------------------------------------------------------------------------------


def test_a_solicitation_is_tied_to_the_item_it_speaks_of(runtime, company):
    resolution_id = ballot(runtime, company)
    notice = """<html><body><p>NOTICE OF EXEMPT SOLICITATION</p><p>NAME OF REGISTRANT: Larkspur Optics</p>
    <p>NAME OF PERSON RELYING ON EXEMPTION: Harbour Light Sisters</p>
    <p>We ask shareholders to vote FOR Item 4, the proposal on facial recognition, at the annual meeting of shareholders
    on May 12, 2026.</p></body></html>"""
    document_id = kept(runtime, "PX14A6G", notice, filed="2026-04-20")
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.WRITTEN
    [link] = [row for row in every(runtime, Link) if row.document_id == document_id]
    assert (link.object_id, link.relation) == (resolution_id, Relation.SUPPORTS)
    assert "Harbour Light Sisters" in link.why


def test_filings_are_read_in_the_order_in_which_they_build_on_each_other(runtime, company):
    kept(
        runtime,
        "8-K/A",
        results(*COUNTS, says="This amendment reports final results."),
        filed="2026-05-26",
        name="b.htm",
    )
    kept(runtime, "8-K", results(*COUNTS), filed="2026-05-15")
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    assert [line.form for line in read_filings(runtime).lines] == ["DEF 14A", "8-K", "8-K/A"]


def test_reading_some_documents_leaves_the_others(runtime, company):
    first = kept(runtime, "8-K", results(*COUNTS))
    kept(runtime, "8-K", results(*COUNTS), filed="2026-05-16", name="other.htm")
    assert [line.document_id for line in read_filings(runtime, ids=[first]).lines] == [first]
    with reading(runtime.engine) as session:
        assert len(session.exec(select(FilingReading).where(col(FilingReading.reader) == "voting results")).all()) == 1


def test_what_a_reader_of_filings_gave_stays_where_the_file_says_nothing_of_it(runtime):
    file = demo.campaigns(factories.TODAY)[1]
    import_campaign(runtime, file)
    with writing(runtime.engine) as session:
        item = session.exec(select(BallotItem).where(BallotItem.number == "4")).first()
        item.title, item.read_fields = "Read elsewhere", ["title"]
        session.add(
            BallotItem(
                meeting_id=item.meeting_id,
                number="9",
                title="Read",
                ballot_kind="other",
                read_fields=["number", "title"],
            )
        )
        session.add(BallotItem(meeting_id=item.meeting_id, number="10", title="Typed", ballot_kind="other"))
    import_campaign(runtime, file)
    with reading(runtime.engine) as session:
        rows = session.exec(select(BallotItem).where(BallotItem.meeting_id == item.meeting_id)).all()
    titles = {row.number: (row.title, row.read_fields) for row in rows}
    assert titles["9"] == ("Read", ["number", "title"])
    assert "10" not in titles
    assert titles["4"] == ("Independent review of face matching", [])
    assert import_campaign(runtime, file).changed == 0


# --- contract awards --------------------------------------------------------------------------------------------------

AWARD = """<table><tr><th>Award ID</th><td>70B06C26P00000042</td></tr>
<tr><th>Recipient Name</th><td>THE MIDDLE RESELLERS LLC</td></tr><tr><th>Start Date</th><td>2026-01-05</td></tr>
<tr><th>End Date</th><td>2026-09-30</td></tr><tr><th>Award Amount</th><td>$1,250,000</td></tr>
<tr><th>Awarding Agency</th><td>Bureau of Border Records</td></tr>
<tr><th>Description</th><td>LICENCES OF LARKSIGHT BY LARKSPUR OPTICS</td></tr></table>"""


def test_an_award_becomes_a_contract_with_its_vendor_behind_the_reseller(runtime, company):
    with writing(runtime.engine) as session:
        factories.add(session, OrganizationInRole(organization_id=company.id, role=OrganizationRole.VENDOR))
        agency = factories.organization(
            session, "border-records", name="Bureau of Border Records", roles=[OrganizationRole.AGENCY]
        )
        product = factories.product(session, "larksight", vendor=company)
        campaign = factories.campaign(session, "larksight-sales", products=[product])
        factories.add(session, agency)
        wanted = (company.id, agency.id, product.id, campaign.id)
    document_id = kept(runtime, "award", AWARD)
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.WRITTEN, line.came.said
    [contract] = every(runtime, Contract)
    assert (contract.vendor_id, contract.agency_id, contract.product_id) == wanted[:3]
    assert (contract.award_id, contract.amount_obligated) == ("70B06C26P00000042", 1_250_000)
    assert (str(contract.starts_on), str(contract.ends_on)) == ("2026-01-05", "2026-09-30")
    assert wanted[3] in {row.campaign_id for row in every(runtime, CampaignMembership)}
    [link] = [row for row in every(runtime, Link) if row.document_id == document_id]
    assert link.object_id == contract.id
    before = snapshot(runtime)
    read_filings(runtime, again=True)
    assert snapshot(runtime) == before


def test_an_award_to_nobody_we_know_is_not_placed(runtime, company):
    kept(runtime, "award", AWARD)
    [line] = read_filings(runtime).lines
    assert (line.came.outcome, line.came.said) == (FilingOutcome.UNPLACED, "Its vendor is nobody we know.")
    assert every(runtime, Contract) == []


def test_what_a_campaign_file_empties_stays_empty(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02")
    read_filings(runtime)
    meeting = next(row for row in every(runtime, CampaignObject) if row.kind == "meeting")
    emptied = {"kind": "meeting", "slug": meeting.slug, "title": meeting.title, "record_date": None}
    file = {
        "campaign": {"slug": "larkspur-faces", "title": "Larkspur faces"},
        "organizations": [],
        "objects": [emptied],
    }
    import_campaign(runtime, file)
    for _ in range(2):
        read_filings(runtime, again=True)
        [row] = every(runtime, Meeting)
        assert (row.record_date, str(row.next_proposals_by)) == (None, "2026-12-03")
    assert [row.field for row in every(runtime, Evidence) if row.differs] == ["record_date"]
    assert import_campaign(runtime, file).changed == 0
