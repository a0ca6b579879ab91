"""Another day for the same annual meeting moves it, with evidence and a step; no second one is made."""

import pytest
from sqlmodel import select

from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, PROXY, ballot, kept, results, snapshot
from tracker.domain.vocab import ResolutionCode
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.store.engine import writing
from tracker.workflows.project import verify
from tracker.workflows.read_filing import read_filings

LATER = PROXY.replace("May 12, 2026", "June 20, 2026")
POSTPONED = """<html><body><p>The annual meeting of shareholders, originally scheduled for May 12, 2026, has been
postponed to June 20, 2026.</p></body></html>"""
ADJOURNED = """<html><body><h1>FORM 8-K</h1><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>
<p>The annual meeting of shareholders was convened on May 12, 2026 and adjourned until June 20, 2026 for want of a
quorum.</p></body></html>"""


def the_meeting(runtime) -> str:
    [meeting] = every(runtime, Meeting)
    return str(meeting.held_on)


def moves(runtime) -> list[tuple[str | None, str]]:
    steps = [row for row in every(runtime, ResolutionStatus) if row.code is ResolutionCode.MEETING_POSTPONED]
    return [(str(row.on) if row.on else None, row.note) for row in steps]


@pytest.mark.parametrize(
    ("form", "paper", "filed"),
    [("DEF 14A", LATER, "2026-05-04"), ("DEFA14A", POSTPONED, "2026-05-04"), ("8-K", ADJOURNED, "2026-05-13")],
)
def test_a_second_paper_with_another_day_moves_the_meeting_and_tells_its_resolutions(
    runtime, company, form, paper, filed
):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    read_filings(runtime)
    document_id = kept(runtime, form, paper, filed=filed, name="b.htm")
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.WRITTEN
    assert the_meeting(runtime) == "2026-06-20"
    assert moves(runtime) == [(filed, "Moved from 12 May 2026 to 20 June 2026.")]
    assert len(every(runtime, Resolution)) == 1
    assert {row.number for row in every(runtime, BallotItem)} == {"4", "5"}
    held = {row.document_id: (row.value, row.chosen) for row in every(runtime, Evidence) if row.field == "held_on"}
    assert held.pop(document_id) == ("20 June 2026", True)
    assert list(held.values()) == [("12 May 2026", False)]
    before = snapshot(runtime)
    read_filings(runtime, again=True)
    assert snapshot(runtime) == before
    assert verify(runtime).difference.touched == 0


def test_votes_on_another_day_are_of_the_same_annual_meeting(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    kept(runtime, "8-K", results(*COUNTS).replace("May 12, 2026", "June 20, 2026"), filed="2026-06-23", name="b.htm")
    read_filings(runtime)
    assert the_meeting(runtime) == "2026-06-20"
    assert moves(runtime) == [(None, "Moved from 12 May 2026 to 20 June 2026.")]
    [item] = [row for row in every(runtime, BallotItem) if row.number == "4"]
    assert [row.ballot_item_id for row in every(runtime, VoteCount)] == [item.id]


def test_a_meeting_that_goes_on_on_another_day_keeps_the_day_of_its_votes(runtime, company):
    kept(runtime, "8-K", results(*COUNTS, number="3", title="Amendment of the charter"), name="a.htm")
    kept(runtime, "8-K", results(*COUNTS).replace("May 12, 2026", "June 20, 2026"), filed="2026-06-23", name="b.htm")
    read_filings(runtime)
    assert the_meeting(runtime) == "2026-05-12"
    assert {row.number for row in every(runtime, BallotItem)} == {"3", "4"}
    before = snapshot(runtime)
    read_filings(runtime, again=True)
    assert snapshot(runtime) == before


def test_a_day_that_a_person_gave_stands(runtime, company):
    ballot(runtime, company)
    kept(runtime, "DEFA14A", POSTPONED, filed="2026-05-04")
    read_filings(runtime)
    assert (the_meeting(runtime), moves(runtime)) == ("2026-05-12", [])
    assert [row.value for row in every(runtime, Evidence) if row.differs] == ["20 June 2026"]


def test_a_meeting_moved_twice_has_two_steps(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    kept(runtime, "DEFA14A", POSTPONED, filed="2026-05-04", name="b.htm")
    again = POSTPONED.replace("June 20", "July 7").replace("May 12", "June 20")
    kept(runtime, "DEFA14A", again, filed="2026-06-01", name="c.htm")
    read_filings(runtime)
    assert the_meeting(runtime) == "2026-07-07"
    assert [on for on, _ in moves(runtime)] == ["2026-05-04", "2026-06-01"]


def test_next_years_annual_meeting_and_a_special_one_are_meetings_of_their_own(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    next_year = PROXY.replace("May 12, 2026", "May 11, 2027").replace("March 18, 2026", "March 17, 2027")
    kept(runtime, "DEF 14A", next_year, filed="2027-04-01", name="b.htm")
    special = results(*COUNTS, title="Approval of the merger").replace("annual meeting", "special meeting")
    kept(runtime, "8-K", special.replace("May 12, 2026", "June 20, 2026"), filed="2026-06-23", name="c.htm")
    read_filings(runtime)
    assert sorted(str(row.held_on) for row in every(runtime, Meeting)) == ["2026-05-12", "2026-06-20", "2027-05-11"]


@pytest.mark.parametrize(
    ("first", "reported"), [("2025-12-15", "December 15, 2025"), ("2026-02-27", "February 27, 2026")]
)
def test_a_late_annual_meeting_and_the_next_one_are_two(runtime, company, first, reported):
    kept(runtime, "8-K", results(*COUNTS).replace("May 12, 2026", reported), filed="2026-03-01", name="a.htm")
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="b.htm")
    kept(runtime, "8-K", results(*COUNTS), filed="2026-05-14", name="c.htm")
    read_filings(runtime)
    assert sorted(str(row.held_on) for row in every(runtime, Meeting)) == [first, "2026-05-12"]
    assert len(every(runtime, VoteCount)) == 2
    assert moves(runtime) == []


def test_a_late_meeting_whose_proxy_statement_alone_was_read_is_not_moved_to_the_next(runtime, company):
    late = PROXY.replace("May 12, 2026", "December 15, 2025").replace("March 18, 2026", "October 20, 2025")
    kept(runtime, "DEF 14A", late, filed="2025-11-03", name="a.htm")
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="b.htm")
    read_filings(runtime)
    assert sorted(str(row.held_on) for row in every(runtime, Meeting)) == ["2025-12-15", "2026-05-12"]


def test_additional_material_that_moves_nothing_says_so_and_one_before_its_statement_waits(runtime, company):
    kept(runtime, "DEFA14A", "<html><body><p>Vote FOR our nominees.</p></body></html>", name="a.htm")
    kept(runtime, "DEFA14A", POSTPONED, name="b.htm")
    assert [line.came.outcome for line in read_filings(runtime).lines] == [
        FilingOutcome.NOTHING,
        FilingOutcome.UNPLACED,
    ]
    assert every(runtime, Meeting) == []


def test_a_meeting_known_to_the_month_is_made_exact_and_not_moved(runtime, company):
    ballot(runtime, company)
    with writing(runtime.engine) as session:
        session.exec(select(Meeting)).one().held_on = session.exec(select(Meeting)).one().held_on.parse("2026-06")
    kept(runtime, "DEF 14A", LATER, filed="2026-05-04")
    read_filings(runtime)
    assert (the_meeting(runtime), moves(runtime)) == ("2026-06-20", [])


def test_an_annual_meeting_that_a_person_took_out_does_not_come_back_under_another_day(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    read_filings(runtime)
    with writing(runtime.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.kind == "meeting")).one()
        spine.state, spine.withdrawn_reason = ObjectState.WITHDRAWN, "Of another company."
    kept(runtime, "DEF 14A", LATER, filed="2026-05-04", name="b.htm")
    [line] = read_filings(runtime).lines
    assert line.came.outcome is FilingOutcome.UNPLACED
    assert len(every(runtime, Meeting)) == 1


@pytest.mark.parametrize(("form", "paper"), [("DEFA14A", POSTPONED), ("8-K", ADJOURNED)])
def test_a_paper_that_retells_last_years_move_moves_no_meeting(runtime, company, form, paper):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    kept(runtime, form, paper, filed="2027-04-20", name="b.htm")
    lines = read_filings(runtime).lines
    assert lines[-1].came.outcome is FilingOutcome.NOTHING
    assert "20 June 2026" in lines[-1].came.said
    assert (the_meeting(runtime), moves(runtime)) == ("2026-05-12", [])


def of_year(year: int, day: str, *, said: str = "held its {year} annual meeting") -> str:
    return (
        results(*COUNTS)
        .replace("</h2>", f"</h2><p>The company {said.format(year=year)} of shareholders.</p>", 1)
        .replace("May 12, 2026", day)
    )


def test_the_meetings_of_two_years_held_within_months_are_two(runtime, company):
    kept(runtime, "8-K", of_year(2025, "February 3, 2026"), filed="2026-02-05", name="a.htm")
    kept(runtime, "8-K", of_year(2026, "May 12, 2026"), filed="2026-05-14", name="b.htm")
    read_filings(runtime)
    found = {str(row.held_on): row.for_year for row in every(runtime, Meeting)}
    assert found == {"2026-02-03": 2025, "2026-05-12": 2026}
    assert len(every(runtime, VoteCount)) == 2
    assert moves(runtime) == []
    before = snapshot(runtime)
    read_filings(runtime, again=True)
    assert snapshot(runtime) == before


def test_a_year_said_twice_of_one_meeting_keeps_it_one(runtime, company):
    kept(runtime, "8-K", of_year(2026, "February 3, 2026"), filed="2026-02-05", name="a.htm")
    kept(runtime, "8-K", of_year(2026, "May 12, 2026"), filed="2026-05-14", name="b.htm")
    read_filings(runtime)
    assert the_meeting(runtime) == "2026-02-03"
