"""Voting results become meetings, ballots and counts, each figure with its place; people's figures stand."""

import pytest
from sqlmodel import select

from tests.workflows.collecting import every
from tests.workflows.papers import (
    COUNTS,
    PAY,
    PROXY,
    ballot,
    kept,
    results,
    snapshot,
)
from tracker.domain.vocab import (
    BallotKind,
    DocumentState,
    LinkState,
    Relation,
    ResolutionCode,
    SupportFormula,
)
from tracker.models.document import Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.resolution import ResolutionStatus
from tracker.store import evidence, votes
from tracker.store.engine import reading, writing
from tracker.store.filings import compare_again
from tracker.workflows.project import verify
from tracker.workflows.read_filing import read_filings
from tracker.workflows.restudy import restudy

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
