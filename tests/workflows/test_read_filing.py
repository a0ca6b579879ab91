"""Filings become meetings, counts, resolutions and links, each value with its place; people's values stand."""

import pytest
from sqlmodel import col, select

from tests import factories
from tests.factories import filings
from tests.workflows.collecting import every
from tracker import demo
from tracker.domain import vocab
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import (
    BallotKind,
    DocumentState,
    LinkState,
    OrganizationRole,
    Relation,
    ResolutionCode,
    SupportFormula,
)
from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignMembership
from tracker.models.contract import Contract
from tracker.models.document import Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.organization import OrganizationInRole
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.store import evidence, votes
from tracker.store.engine import reading, writing
from tracker.store.filings import compare_again
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.read_filing import read_filings
from tracker.workflows.restudy import restudy

ITEM = "<h1>FORM 8-K</h1><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>"
PROPOSAL = "Shareholder proposal: report on facial recognition"
COUNTS = (75_088_120, 224_905_004, 4_198_602, 38_402_118)


def table(*counts: int, header: tuple[str, ...] = ("For", "Against", "Abstain", "Broker Non-Votes")) -> str:
    heads = "".join(f"<th>{word}</th>" for word in header[: len(counts)])
    cells = "".join(f"<td>{count:,}</td>" for count in counts)
    return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"


def results(*counts: int, number: str = "4", title: str = PROPOSAL, says: str = "", more: str = "") -> str:
    opening = f"<p>The annual meeting of shareholders was held on May 12, 2026. {says}</p>"
    return f"<html><body>{ITEM}{opening}<p>Item {number}. {title}</p>{table(*counts)}{more}</body></html>"


PAY_COUNTS = (268_114_790, 32_001_447, 4_075_489, 38_402_118)
PAY = f"<p>Item 3. Advisory vote to approve executive compensation</p>{table(*PAY_COUNTS)}"
PROXY = """<html><body>
<h1>Notice of Annual Meeting</h1>
<p>The annual meeting of shareholders will be held on May 12, 2026. Shareholders of record on March 18, 2026 may
vote.</p>
<h2>PROPOSAL 4: SHAREHOLDER PROPOSAL ON FACIAL RECOGNITION</h2>
<p>The Harbour Light Sisters have notified us that they intend to present the following proposal at the meeting.</p>
<p>RESOLVED: Shareholders request that the board report on the civil rights effects of the facial recognition software
that the company sells to police, at reasonable cost.</p>
<p>SUPPORTING STATEMENT</p>
<p>Facial recognition sold to police misidentifies people. Civil rights groups asked lawmakers to ban it, and other
vendors have stopped selling facial recognition to law enforcement.</p>
<p>BOARD OF DIRECTORS' STATEMENT IN OPPOSITION</p>
<p>The board recommends a vote AGAINST this proposal. Our own testing meets the need.</p>
<h2>PROPOSAL 5: SHAREHOLDER PROPOSAL ON SPECIAL MEETINGS</h2>
<p>John Doe has notified us that he intends to present the following proposal at the meeting.</p>
<p>RESOLVED: Shareholders ask the board to give holders of ten percent of the stock the right to call a special
meeting.</p>
<p>SUPPORTING STATEMENT</p>
<p>A meeting called by shareholders is a useful remedy when the board will not listen.</p>
<p>BOARD OF DIRECTORS' STATEMENT IN OPPOSITION</p>
<p>The board recommends a vote AGAINST this proposal. Holders have ample rights already.</p>
<h2>Other matters</h2>
<p>Proposals for the 2027 annual meeting under Rule 14a-8 must be received no later than December 3, 2026.</p>
</body></html>"""


@pytest.fixture
def company(runtime):
    """A company that we know, and the campaign that asks something of it."""
    with writing(runtime.engine) as session:
        found = filings.known_company(session, factories.organization(session, "larkspur", name="Larkspur Optics"))
        factories.campaign(session, "larkspur-faces", targets=[found])
    return found


def kept(runtime, form: str, html: str, **more) -> int:
    with writing(runtime.engine) as session:
        return filings.filing(session, form, html, **more).id


def ballot(runtime, company, *, number: str | None = "4", counts=(), claims=(), resolution: bool = True, **more):
    """A meeting of 12 May 2026 with one proposal on it, entered by a person."""
    with writing(runtime.engine) as session:
        meeting = factories.meeting(
            session, "larkspur-2026", company=company, held="2026-05-12", proxy_filed="2026-04-02"
        )
        asked = (
            factories.resolution(session, "larkspur-2026-faces", company=company, season=2026, title="Faces", **more)
            if resolution
            else None
        )
        item = factories.ballot_item(session, meeting, asked, number=number)
        for figures, reported in counts:
            factories.count(session, item, figures[0], figures[1], votes_abstain=figures[2], reported=reported)
        for hundredths in claims:
            factories.claim(session, item, hundredths, decimals=2)
        return asked.id if asked else meeting.id


def snapshot(runtime) -> list[str]:
    """Every row that a reader may write, as text."""
    tables = (
        Meeting,
        BallotItem,
        VoteCount,
        Contract,
        Resolution,
        ResolutionStatus,
        Evidence,
        Link,
        CampaignObject,
        Document,
    )
    return [repr(row) for kind in tables for row in every(runtime, kind)]


def read_values(runtime, document_id: int) -> dict[str, str]:
    return {row.field: row.value for row in every(runtime, Evidence) if row.document_id == document_id and row.chosen}


# --- voting results ---------------------------------------------------------------------------------------------------


def test_voting_results_make_the_meeting_its_ballot_and_every_count(runtime, company):
    kept(runtime, "8-K", results(*COUNTS, more=PAY))
    report = read_filings(runtime)
    assert [line.came.outcome for line in report.lines] == [FilingOutcome.WRITTEN]
    [meeting] = every(runtime, Meeting)
    assert (meeting.company_id, str(meeting.held_on)) == (company.id, "2026-05-12")
    items = {item.number: item for item in every(runtime, BallotItem)}
    assert {number: item.ballot_kind for number, item in items.items()} == {
        "3": BallotKind.SAY_ON_PAY,
        "4": BallotKind.SHAREHOLDER_PROPOSAL,
    }
    counts = {row.ballot_item_id: row for row in every(runtime, VoteCount)}
    row = counts[items["4"].id]
    assert (row.votes_for, row.votes_against, row.votes_abstain, row.broker_non_votes) == COUNTS
    assert (str(row.reported_on), row.form, row.preliminary) == ("2026-05-15", "8-K", False)


def test_every_figure_has_its_place_in_the_text_that_the_archive_shows(runtime, company):
    document_id = kept(runtime, "8-K", results(*COUNTS, more=PAY))
    read_filings(runtime)
    [version] = every(runtime, DocumentVersion)
    figures = [row for row in every(runtime, Evidence) if row.document_id == document_id and "votes" in row.field]
    assert len(figures) == 8
    for row in figures:
        assert version.text[row.start : row.end] == row.value
        assert (row.read_by, row.version_id) == ("reader: voting results", version.id)


def test_reading_a_filing_again_changes_nothing(runtime, company, clock):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    kept(runtime, "8-K", results(*COUNTS, more=PAY))
    read_filings(runtime)
    before = snapshot(runtime)
    clock.forward(days=1)
    assert read_filings(runtime).lines == []
    assert len(read_filings(runtime, again=True).lines) == 2
    assert snapshot(runtime) == before
    assert verify(runtime).difference.touched == 0


def test_a_figure_that_a_person_gave_stands_and_the_reading_is_kept_beside_it(runtime, company):
    resolution_id = ballot(runtime, company, counts=[((75_000_000, 224_905_004, None), "2026-05-15")])
    kept(runtime, "8-K", results(*COUNTS))
    [line] = read_filings(runtime).lines
    [row] = every(runtime, VoteCount)
    assert (row.votes_for, row.votes_against) == (75_000_000, 224_905_004)
    assert (row.votes_abstain, row.broker_non_votes) == COUNTS[2:]
    assert "1 figure found other than people gave" in line.came.said
    with reading(runtime.engine) as session:
        fields = {field.field: field for field in evidence.by_field(session, resolution_id)}
    [reading_] = fields["votes_for"].readings
    assert (reading_.value, reading_.chosen) == ("75,088,120", False)
    assert "75,000,000" in reading_.note


def test_what_an_older_reader_gave_is_mended_by_the_next(runtime, company):
    kept(runtime, "8-K", results(*COUNTS))
    read_filings(runtime)
    with writing(runtime.engine) as session:
        row = session.exec(select(VoteCount)).one()
        row.votes_for = 1
        session.exec(select(FilingReading)).one().reader_version = "0"
    read_filings(runtime)
    [row] = every(runtime, VoteCount)
    assert row.votes_for == COUNTS[0]


def test_a_preliminary_count_is_followed_by_a_final_one_and_both_stay(runtime, company):
    resolution_id = ballot(runtime, company)
    kept(runtime, "8-K", results(*COUNTS, says="The results reported below are preliminary."))
    final = (74_879_412, 225_118_903, 4_210_377, 38_402_118)
    kept(runtime, "8-K/A", results(*final, says="This amendment reports the final results."), filed="2026-05-26")
    read_filings(runtime)
    rows = every(runtime, VoteCount)
    assert [(row.votes_for, row.preliminary, row.form) for row in rows] == [
        (COUNTS[0], True, "8-K"),
        (final[0], False, "8-K/A"),
    ]
    steps = {row.code: str(row.on) for row in every(runtime, ResolutionStatus) if row.resolution_id == resolution_id}
    assert steps == {ResolutionCode.VOTED_PRELIM: "2026-05-12", ResolutionCode.VOTED_FINAL: "2026-05-26"}


def test_an_amendment_speaks_only_of_what_it_restates(runtime, company):
    kept(runtime, "8-K", results(*COUNTS, more=PAY))
    kept(runtime, "8-K/A", results(75_088_121, *COUNTS[1:]), filed="2026-05-20", name="amended.htm")
    read_filings(runtime)
    items = {item.number: item.id for item in every(runtime, BallotItem)}
    rows = [(row.ballot_item_id, row.votes_for) for row in every(runtime, VoteCount)]
    assert rows.count((items["3"], 268_114_790)) == 1
    assert {count for item, count in rows if item == items["4"]} == {75_088_120, 75_088_121}


def test_a_published_percentage_finds_its_item_and_is_set_beside_the_counts(runtime, company):
    # 75,088,120 of 304,191,726 with abstentions is 24.68 %; no title and no number tells the item.
    resolution_id = ballot(runtime, company, number=None, claims=[2468])
    kept(runtime, "8-K", results(*COUNTS, title="Shareholder proposal regarding certain technologies"))
    read_filings(runtime)
    with reading(runtime.engine) as session:
        vote = votes.of_resolutions(session, [resolution_id])[resolution_id]
    assert vote.number == "4"
    beside = vote.beside(vote.claims[0].claim)
    assert beside.agrees
    assert beside.share.formula is SupportFormula.FOR_AGAINST_ABSTAIN


def test_a_percentage_that_the_counts_do_not_give_is_told_with_the_difference(runtime, company):
    resolution_id = ballot(runtime, company, claims=[2768])
    kept(runtime, "8-K", results(*COUNTS))
    read_filings(runtime)
    with reading(runtime.engine) as session:
        vote = votes.of_resolutions(session, [resolution_id])[resolution_id]
    beside = vote.beside(vote.claims[0].claim)
    assert not beside.agrees
    assert round(float(beside.points), 2) == 2.65


def test_a_filing_of_a_company_that_we_do_not_know_writes_nothing_but_that(runtime, company):
    document_id = kept(runtime, "8-K", results(*COUNTS), cik=4242)
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.UNPLACED
    assert every(runtime, Meeting) == []
    [row] = every(runtime, FilingReading)
    assert row.said == "It is not known which company it is about."
    assert every(runtime, Document)[0].id == document_id
    assert every(runtime, Document)[0].state is DocumentState.SCREENED


@pytest.mark.parametrize("html", ["", "<html><body><p>Nothing of a filing.</p></body></html>", "<p>\x00\x01"])
def test_what_cannot_be_read_is_written_down_and_not_tried_for_ever(runtime, company, html):
    kept(runtime, "8-K", html or " ")
    [line] = read_filings(runtime).lines
    assert line.came.outcome in {FilingOutcome.UNREADABLE, FilingOutcome.NOTHING}
    assert line.came.said
    assert read_filings(runtime).lines == []


def test_the_filing_of_a_vote_is_shown_whatever_its_words_and_stays_shown(runtime, company):
    resolution_id = ballot(runtime, company)
    document_id = kept(runtime, "8-K", results(*COUNTS, title="Shareholder proposal 4"))
    read_filings(runtime)
    [link] = [row for row in every(runtime, Link) if row.document_id == document_id]
    assert (link.object_id, link.relation, link.state) == (resolution_id, Relation.VOTES_ON, LinkState.CONFIRMED)
    restudy(runtime)
    [document] = every(runtime, Document)
    assert document.state is DocumentState.RELEVANT
    assert [row.object_id for row in every(runtime, Link)] == [resolution_id]


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


def test_a_filing_that_a_list_only_told_of_is_not_read_from_the_list(runtime, company):
    kept(runtime, "8-K", results(*COUNTS), own=False)
    assert read_filings(runtime).lines == []


def test_a_difference_goes_when_a_person_takes_what_the_filing_says(runtime, company):
    resolution_id = ballot(runtime, company, counts=[((75_000_000, 224_905_004, None), "2026-05-15")])
    kept(runtime, "8-K", results(*COUNTS))
    read_filings(runtime)
    assert [row.value for row in every(runtime, Evidence) if row.differs] == ["75,088,120"]
    with writing(runtime.engine) as session:
        session.exec(select(VoteCount)).one().votes_for = COUNTS[0]
        compare_again(session, [resolution_id])
    read_filings(runtime)
    assert [row.value for row in every(runtime, Evidence) if row.differs] == []
