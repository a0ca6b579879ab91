"""Which ballot item a matter is, whose count stands, and what may happen between two readings."""

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import filings
from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, ITEM, PROPOSAL, PROXY, kept, snapshot, table
from tracker.domain.vocab import BallotKind, LinkState, ResolutionCode
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import CampaignMembership
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting, MeetingKind, VoteCount
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.store import evidence, votes
from tracker.store.engine import reading, writing
from tracker.workflows.project import verify
from tracker.workflows.read_filing import read_filings

LOBBYING, TARGETS = (10_000_000, 90_000_000, 1_000_000, 5_000_000), (20_000_000, 80_000_000, 1_000_000, 5_000_000)
HOLDER = "Shareholder proposal regarding"


@pytest.fixture
def tracked(runtime, company):
    """Enter a meeting with one proposal, as a person would; returns the resolution and the item."""

    def enter(*, number: str | None = None, title: str = "", kind=BallotKind.SHAREHOLDER_PROPOSAL, claims=()):
        with writing(runtime.engine) as session:
            meeting = factories.meeting(session, "larkspur-2026", company=company, held="2026-05-12")
            asked = factories.resolution(session, "larkspur-ours", company=company, season=2026, title=title)
            item = factories.ballot_item(session, meeting, asked, number=number)
            item.title, item.ballot_kind = title, kind
            for hundredths in claims:
                factories.claim(session, item, hundredths, decimals=1)
            return asked.id, item.id

    return enter


def report(*matters, says: str = "", meeting: str = "annual meeting") -> str:
    told = "".join(f"<p>{name}</p>{table(*counts)}" for name, counts in matters)
    return (
        f"<html><body>{ITEM}<p>The {meeting} of shareholders was held on May 12, 2026. {says}</p>{told}</body></html>"
    )


def count_of(runtime, item_id: int) -> set[int]:
    return {row.votes_for for row in every(runtime, VoteCount) if row.ballot_item_id == item_id}


def test_matters_without_numbers_have_an_item_each(runtime, company):
    subjects = ("climate lobbying", "climate targets", "climate risk")
    kept(
        runtime,
        "8-K",
        report(*((f"{HOLDER} a report on {name}", (n, 90, 10, 5)) for n, name in enumerate(subjects, 11))),
    )
    read_filings(runtime)
    assert len(every(runtime, BallotItem)) == 3
    assert sorted(row.votes_for for row in every(runtime, VoteCount)) == [11, 12, 13]


def test_the_likest_matter_is_taken_and_not_the_first_that_is_like(runtime, tracked):
    resolution_id, item_id = tracked(title="Climate lobbying")
    first, second = f"Item 4. {HOLDER} a report on climate targets", f"Item 5. {HOLDER} a report on climate lobbying"
    kept(runtime, "8-K", report((first, TARGETS), (second, LOBBYING)))
    read_filings(runtime)
    assert count_of(runtime, item_id) == {LOBBYING[0]}
    with reading(runtime.engine) as session:
        assert votes.of_resolutions(session, [resolution_id])[resolution_id].number == "5"


def test_a_percentage_that_two_matters_give_finds_neither(runtime, tracked):
    _, item_id = tracked(claims=[2468])
    first, second = (24_700_000, 75_300_000, 1_000_000, 5_000_000), (24_710_000, 75_290_000, 1_000_000, 5_000_000)
    kept(runtime, "8-K", report((f"Item 4. {HOLDER} special meetings", first), (f"Item 5. {HOLDER} ballots", second)))
    read_filings(runtime)
    assert count_of(runtime, item_id) == set()


def test_a_number_that_another_kind_of_matter_has_is_not_taken_from_it(runtime, tracked):
    _, item_id = tracked(number="3")
    kept(
        runtime,
        "8-K",
        report(("Item 3. Advisory vote to approve executive compensation", TARGETS), (f"Item 4. {PROPOSAL}", COUNTS)),
    )
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.WRITTEN
    assert any("item 3 is another matter" in warning for warning in line.came.warnings)
    assert count_of(runtime, item_id) == set()


def test_the_companys_name_is_no_likeness(runtime, company):
    with writing(runtime.engine) as session:
        factories.resolution(
            session, "larkspur-pay", company=company, season=2026, title="Larkspur Optics 2026: gender pay gap", ask=""
        )
    kept(runtime, "DEF 14A", PROXY.replace("ask the board to give", "of Larkspur Optics ask the board to give"))
    read_filings(runtime)
    paid = next(row for row in every(runtime, Resolution) if row.ask == "")
    assert paid.resolved_clause == ""


def test_a_count_that_a_person_entered_under_another_day_is_not_silently_superseded(runtime, tracked):
    resolution_id, item_id = tracked(number="4")
    with writing(runtime.engine) as session:
        item = session.get_one(BallotItem, item_id)
        factories.count(session, item, 75_088_120, 224_905_004, reported="2026-05-13")
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", (57_088_120, *COUNTS[1:]))))
    read_filings(runtime)
    [row] = every(runtime, VoteCount)
    assert row.votes_for == 75_088_120
    with reading(runtime.engine) as session:
        [field] = [one for one in evidence.by_field(session, resolution_id) if one.field == "votes_for"]
    assert field.disagree


def test_an_amendment_read_first_is_not_completed_from_what_it_amends(runtime, company):
    kept(runtime, "8-K/A", report((f"Item 4. {PROPOSAL}", (75, 224, 9_999))), filed="2026-05-20", name="a.htm")
    read_filings(runtime)
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", (75, 224, 4_000))))
    read_filings(runtime)
    assert {(row.form, row.votes_abstain) for row in every(runtime, VoteCount)} == {("8-K/A", 9_999), ("8-K", 4_000)}


def test_of_a_report_and_its_amendment_of_one_day_the_amendment_stands_however_often_both_are_read(runtime, company):
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)))
    kept(runtime, "8-K/A", report((f"Item 4. {PROPOSAL}", (76, *COUNTS[1:]))), name="a.htm")
    read_filings(runtime)
    for _ in range(2):
        [row] = every(runtime, VoteCount)
        assert (row.votes_for, row.form) == (76, "8-K/A")
        read_filings(runtime, again=True)


def test_a_persons_no_to_a_readers_link_stays(runtime, tracked):
    tracked(number="4")
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)))
    read_filings(runtime)
    with writing(runtime.engine) as session:
        link = session.exec(select(Link)).one()
        link.state, link.decided_by = LinkState.REJECTED, "person:ann"
    read_filings(runtime, again=True)
    [link] = every(runtime, Link)
    assert (link.state, link.decided_by) == (LinkState.REJECTED, "person:ann")


@pytest.mark.parametrize("state", [ObjectState.WITHDRAWN, ObjectState.DRAFT])
def test_a_meeting_that_a_person_took_out_is_not_made_again(runtime, company, state):
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)))
    read_filings(runtime)
    with writing(runtime.engine) as session:
        spine = session.exec(select(CampaignObject)).one()
        spine.state, spine.withdrawn_reason = state, "Entered twice."
    [line] = read_filings(runtime, again=True).lines
    assert line.came.outcome is FilingOutcome.UNPLACED
    assert len(every(runtime, Meeting)) == 1


def test_votes_read_before_the_proxy_statement_reach_its_resolution_in_the_next_run(runtime, company):
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)))
    read_filings(runtime)
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    read_filings(runtime)
    read_filings(runtime)
    [resolution] = every(runtime, Resolution)
    assert ResolutionCode.VOTED_FINAL in {row.code for row in every(runtime, ResolutionStatus)}
    told = [row for row in every(runtime, Evidence) if row.field.endswith("votes_for")]
    assert {row.object_id for row in told} == {resolution.id}
    before = snapshot(runtime)
    read_filings(runtime, again=True)
    assert snapshot(runtime) == before


def test_what_could_not_be_placed_is_tried_again_after_a_day(runtime, clock):
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)))
    read_filings(runtime)
    with writing(runtime.engine) as session:
        filings.known_company(session, factories.organization(session, "larkspur", name="Larkspur Optics"))
    assert read_filings(runtime).lines == []
    clock.forward(days=2)
    assert [line.came.outcome for line in read_filings(runtime).lines] == [FilingOutcome.WRITTEN]


def test_a_title_of_any_length_is_taken(runtime, company):
    kept(runtime, "8-K", report((f"{HOLDER} {'a very long matter ' * 30}", COUNTS)))
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.WRITTEN


def test_a_special_meeting_is_one_that_is_called_so(runtime, company):
    kept(runtime, "8-K", report(("Item 1. Approval of the merger", COUNTS), meeting="special meeting"))
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)).replace("May 12", "May 13"), name="b.htm")
    read_filings(runtime)
    assert [row.meeting_kind for row in every(runtime, Meeting)] == [MeetingKind.SPECIAL, MeetingKind.ANNUAL]


def test_of_two_proxy_statements_the_later_filed_stands_whichever_is_read_last(runtime, company):
    first = kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    kept(runtime, "DEF 14A", PROXY.replace("Our own testing", "Our second testing"), filed="2026-04-09", name="b.htm")
    read_filings(runtime)
    read_filings(runtime, ids=[first], again=True)
    [resolution] = every(runtime, Resolution)
    assert "Our second testing" in resolution.board_statement
    assert str(every(runtime, Meeting)[0].proxy_filed_on) == "2026-04-09"


def test_of_several_campaigns_at_a_company_a_proposal_joins_those_that_speak_of_it(runtime, company):
    with writing(runtime.engine) as session:
        factories.campaign(session, "larkspur-labour", title="Warehouse labour", targets=[company])
        own = factories.campaign(
            session, "larkspur-police", title="Facial recognition for the police", targets=[company]
        ).id  # fmt: skip
    kept(runtime, "DEF 14A", PROXY)
    read_filings(runtime)
    assert {row.campaign_id for row in every(runtime, CampaignMembership)} == {own}


def test_where_proponents_live_is_not_kept(runtime, company):
    address = "The Harbour Light Sisters, 12 Invented Lane, Nowhere Falls, have notified us"
    kept(runtime, "DEF 14A", PROXY.replace("The Harbour Light Sisters have notified us", address))
    read_filings(runtime)
    assert not [row for row in every(runtime, Evidence) if "Invented Lane" in f"{row.value} {row.locator}"]


def test_the_timeline_is_what_it_would_be_made_again(runtime, tracked):
    tracked(number="4")
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS), (f"Item 5. {HOLDER} special meetings", TARGETS)))
    kept(runtime, "8-K/A", report((f"Item 4. {PROPOSAL}", LOBBYING)), filed="2026-05-20", name="a.htm")
    read_filings(runtime)
    assert verify(runtime).difference.touched == 0
