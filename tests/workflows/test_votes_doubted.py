"""Votes that cannot be are refused, what people took out stays out, and two workers write what one would."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from tests import factories
from tests.workflows.collecting import every
from tests.workflows.papers import (
    COUNTS,
    PAY,
    PROPOSAL,
    PROXY,
    ballot,
    kept,
    results,
)
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConflictError
from tracker.domain.vocab import (
    SupportFormula,
)
from tracker.models.document import DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingReading
from tracker.models.meeting import Meeting, VoteCount
from tracker.models.resolution import ResolutionStatus
from tracker.store import votes
from tracker.store.engine import reading, writing
from tracker.store.offers import About, Offers, Origin
from tracker.store.records import update
from tracker.workflows.read_filing import read_filings

OUTSTANDING = "As of the record date there were {:,} shares of common stock outstanding and entitled to vote."


def test_the_votes_that_may_be_cast_are_read_from_the_report_with_their_place(runtime, company):
    kept(runtime, "8-K", results(*COUNTS, says=OUTSTANDING.format(400_000_000)))
    read_filings(runtime)
    [meeting] = every(runtime, Meeting)
    assert (meeting.votes_entitled, "votes_entitled" in meeting.read_fields) == (400_000_000, True)
    [version] = every(runtime, DocumentVersion)
    [row] = [row for row in every(runtime, Evidence) if row.field == "votes_entitled"]
    assert (row.object_id, version.text[row.start : row.end]) == (meeting.id, "400,000,000")
    assert len(every(runtime, VoteCount)) == 1


def test_support_among_all_votes_that_could_be_cast_is_told_where_these_are_known(runtime, company):
    resolution_id = ballot(runtime, company)
    kept(runtime, "8-K", results(*COUNTS, says=OUTSTANDING.format(400_000_000)))
    read_filings(runtime)
    with reading(runtime.engine) as session:
        shares = votes.of_resolutions(session, [resolution_id])[resolution_id].standing.shares
    of_all = next(share for share in shares if share.formula is SupportFormula.FOR_OUTSTANDING)
    assert (of_all.numerator, of_all.denominator) == (COUNTS[0], 400_000_000)


def test_more_votes_than_may_be_cast_are_refused_and_told(runtime, company):
    resolution_id = ballot(runtime, company)
    kept(runtime, "8-K", results(*COUNTS, says=OUTSTANDING.format(299_993_123), more=PAY))
    [line] = read_filings(runtime).lines
    assert any(
        warning.startswith("refused: 299,993,124 votes") and PROPOSAL in warning for warning in line.came.warnings
    )
    assert every(runtime, FilingReading)[0].warnings == list(line.came.warnings)
    assert every(runtime, VoteCount) == []
    assert not [row for row in every(runtime, Evidence) if row.field.startswith("votes_for")]
    assert not [row for row in every(runtime, ResolutionStatus) if row.resolution_id == resolution_id]


def test_the_votes_that_the_proxy_statement_says_refuse_a_count_of_the_report(runtime, company):
    said = OUTSTANDING.format(299_993_123) + " Each share has one vote."
    kept(runtime, "DEF 14A", PROXY.replace("<h2>Other matters", f"<p>{said}</p><h2>Other matters"), filed="2026-04-02")
    kept(runtime, "8-K", results(*COUNTS), name="votes.htm")
    *_, line = read_filings(runtime).lines
    assert any("only 299,993,123 may be cast" in warning for warning in line.came.warnings)
    assert every(runtime, VoteCount) == []


def test_a_moved_meeting_may_have_more_votes_than_its_first_statement_said(runtime, company):
    said = OUTSTANDING.format(299_993_123) + " Each share has one vote."
    kept(runtime, "DEF 14A", PROXY.replace("<h2>Other matters", f"<p>{said}</p><h2>Other matters"), filed="2026-04-02")
    kept(
        runtime, "8-K", results(*COUNTS).replace("May 12, 2026", "June 20, 2026"), filed="2026-06-23", name="votes.htm"
    )
    for _ in range(2):
        read_filings(runtime, again=True)
        assert [row.votes_for for row in every(runtime, VoteCount)] == [COUNTS[0]]


def test_a_person_who_says_that_more_votes_may_be_cast_is_believed(runtime, company):
    ballot(runtime, company)
    with writing(runtime.engine) as session:
        session.exec(select(Meeting)).one().votes_entitled = 3_000_000_000
    kept(runtime, "8-K", results(*COUNTS, says="The shares outstanding have ten votes per share."))
    read_filings(runtime)
    assert [row.votes_for for row in every(runtime, VoteCount)] == [COUNTS[0]]


def test_a_value_that_a_person_took_out_is_not_filled_in_again(runtime, company):
    ballot(runtime, company, counts=[((*COUNTS[:2], 9), "2026-05-15")])
    with writing(runtime.engine) as session:
        update(session.exec(select(VoteCount)).one(), {"votes_abstain": None})
        update(session.exec(select(Meeting)).one(), {"record_date": None, "proxy_filed_on": None})
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    kept(runtime, "8-K", results(*COUNTS))
    for _ in range(2):
        read_filings(runtime, again=True)
        [row] = every(runtime, VoteCount)
        [meeting] = every(runtime, Meeting)
        assert (row.votes_abstain, row.broker_non_votes) == (None, COUNTS[3])
        # Nobody had given a record date: to say nothing where nothing stood takes nothing out.
        assert (str(meeting.record_date), meeting.proxy_filed_on) == ("2026-03-18", None)
    differing = {row.field for row in every(runtime, Evidence) if row.differs}
    assert differing == {"votes_abstain", "proxy_filed_on"}


def test_what_a_reader_gave_and_a_file_empties_stays_empty_until_a_person_gives_it(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    read_filings(runtime)
    for given, stands in ((None, None), ("2026-03-17", "2026-03-17")):
        with writing(runtime.engine) as session:
            update(session.exec(select(Meeting)).one(), {"record_date": PartialDate.parse(given) if given else None})
        read_filings(runtime, again=True)
        [meeting] = every(runtime, Meeting)
        assert (str(meeting.record_date) if meeting.record_date else None) == stands
    assert meeting.emptied_fields == []


def test_two_workers_that_read_one_filing_at_the_same_moment_do_not_write_its_evidence_twice(runtime, company):
    document_id = kept(runtime, "8-K", results(*COUNTS))
    read_filings(runtime)
    [meeting] = every(runtime, Meeting)
    [version] = every(runtime, DocumentVersion)
    origin = Origin(document_id, version.id, "https://site.example", "", "reader: new", "1", factories.NOW)

    def both() -> None:
        with writing(runtime.engine) as session:
            workers = Offers(session, origin), Offers(session, origin)
            for worker in workers:
                worker.witness(About(meeting.id, "held_on"), meeting.held_on)
                worker.write()

    with pytest.raises(ConflictError):
        both()
    assert not [row for row in every(runtime, Evidence) if row.read_by == "reader: new"]


def test_two_workers_at_once_write_what_one_would(runtime, company):
    for year in range(2021, 2026):
        kept(runtime, "8-K", results(*COUNTS, more=PAY).replace("2026", str(year)), filed=f"{year}-05-15")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: read_filings(runtime), range(2)))
    read_filings(runtime)  # what one left because the other wrote it in that moment
    said = [(row.object_id, row.field, row.version_id, row.read_by) for row in every(runtime, Evidence)]
    assert len(said) == len(set(said))
    assert sorted(str(row.held_on)[:4] for row in every(runtime, Meeting)) == [str(year) for year in range(2021, 2026)]
    assert len(every(runtime, VoteCount)) == 10
