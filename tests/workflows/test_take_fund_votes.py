"""Votes of an N-PX filing are taken where they were cast on items we know; whatever is uncertain is left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import factories
from tests.filings.generated_fund_votes import Vote, cover_of, file_of
from tests.workflows.collecting import every
from tracker.domain.errors import InputError, ParseError
from tracker.domain.vocab import FundDecision
from tracker.models.meeting import BallotItem, FundVote
from tracker.store.engine import writing
from tracker.workflows.filed.fund_votes import take_fund_votes

URL = "https://www.sec.gov/Archives/edgar/data/7/votes.xml"
CAST = Vote(
    issuer="LARKSPUR OPTICS INC",
    cusip=None,
    isin=None,
    day=date(2026, 5, 12),
    description="Shareholder proposal: report on facial recognition",
    categories=(),
    source="SECURITY HOLDER",
    records=(("FOR", Decimal("1200.6"), "AGAINST"),),
    on_loan=Decimal(50),
    series=("S000000001",),
    managers=(),
)


@pytest.fixture
def item(runtime):
    with writing(runtime.engine) as session:
        company = factories.organization(session, "larkspur", name="Larkspur Optics, Inc.")
        meeting = factories.meeting(session, "larkspur-2026", company=company, held="2026-05-12")
        asked = factories.resolution(session, "larkspur-2026-faces", company=company, season=2026)
        row = factories.ballot_item(session, meeting, asked, number="4")
        row.title = "Report on facial recognition"
        return row.id


@pytest.fixture
def take(runtime, tmp_path):
    def run(*votes: Vote, envelope: str = "submission", url: str = URL, filed: date | None = None):
        file = tmp_path / "votes.xml"
        file.write_bytes(file_of(list(votes), envelope=envelope))
        return take_fund_votes(runtime, file, url=url, filed=filed)

    return run


def test_a_vote_on_an_item_we_know_is_taken_with_its_fund_and_shares(runtime, item, take):
    taken = take(CAST)
    assert (taken.votes, taken.matched, taken.new) == (1, 1, 1)
    [row] = every(runtime, FundVote)
    assert (row.ballot_item_id, row.fund, row.manager) == (item, "Fund S000000001", "Invented Trust")
    assert (row.decision, row.shares_voted, row.shares_on_loan) == (FundDecision.FOR, 1201, 50)
    assert (row.with_management, row.url) == (False, URL)


@pytest.mark.parametrize(
    "other",
    [
        replace(CAST, issuer="Larkspur Foods"),
        replace(CAST, day=date(2026, 5, 13)),
        replace(CAST, description="Shareholder proposal: report on plastic packaging"),
        replace(CAST, description="Ratify the appointment of the auditor", source="ISSUER"),
    ],
)
def test_a_vote_elsewhere_or_on_another_matter_is_left(runtime, item, take, other):
    taken = take(other)
    assert (taken.votes, taken.matched) == (1, 0)
    assert every(runtime, FundVote) == []


def test_the_same_filing_again_changes_nothing(runtime, item, take):
    take(CAST)
    before = [repr(row) for row in every(runtime, FundVote)]
    taken = take(CAST)
    assert (taken.new, taken.changed) == (0, 0)
    assert [repr(row) for row in every(runtime, FundVote)] == before


def test_a_split_vote_stays_apart_and_shares_on_loan_are_told_once(runtime, item, take):
    split = (("FOR", Decimal(100), "AGAINST"), ("AGAINST", Decimal(30), "FOR"))
    take(replace(CAST, records=split))
    rows = {row.decision: (row.shares_voted, row.shares_on_loan) for row in every(runtime, FundVote)}
    assert rows == {FundDecision.FOR: (100, 50), FundDecision.AGAINST: (30, None)}


def test_two_accounts_of_one_fund_that_vote_alike_are_added_up(runtime, item, take):
    take(CAST, replace(CAST, records=(("FOR", Decimal(100), "AGAINST"),)))
    [row] = every(runtime, FundVote)
    assert row.shares_voted == 1301


def test_a_vote_that_a_person_gave_stands(runtime, item, take):
    with writing(runtime.engine) as session:
        factories.add(
            session,
            FundVote(ballot_item_id=item, fund="Fund S000000001", manager="Invented Trust", decision=FundDecision.FOR,
                     shares_voted=7, recorded_at=factories.NOW),
        )  # fmt: skip
    taken = take(CAST)
    assert taken.kept_by_people == 1
    assert [row.shares_voted for row in every(runtime, FundVote)] == [7]


def test_without_a_cover_nobody_knows_whose_votes_they_are_and_nothing_is_written(runtime, item, take, tmp_path):
    with pytest.raises(InputError, match="give the primary document with --cover"):
        take(CAST, envelope="plain")
    assert every(runtime, FundVote) == []
    cover = tmp_path / "cover.xml"
    cover.write_text(cover_of(), encoding="utf-8")
    assert take_fund_votes(runtime, tmp_path / "votes.xml", url=URL, cover=cover).new == 1


def test_a_file_that_ends_too_early_writes_nothing(runtime, item, tmp_path):
    file = tmp_path / "cut.xml"
    file.write_bytes(file_of([CAST, CAST], envelope="submission")[:-700])
    with pytest.raises(ParseError):
        take_fund_votes(runtime, file, url=URL)
    assert every(runtime, FundVote) == []


AGAINST = replace(CAST, records=(("AGAINST", Decimal("1200.6"), "AGAINST"),))


def test_an_amendment_that_changes_the_way_of_a_vote_replaces_the_first(runtime, item, take):
    take(CAST, filed=date(2026, 8, 20))
    taken = take(AGAINST, url=f"{URL}#amended", filed=date(2026, 9, 3))
    assert (taken.new, taken.changed) == (0, 1)
    [row] = every(runtime, FundVote)
    assert (row.decision, row.with_management, row.url, str(row.filed_on)) == (
        FundDecision.AGAINST,
        False,
        f"{URL}#amended",
        "2026-09-03",
    )


def test_of_two_filings_the_later_filed_stands_whichever_is_read_last(runtime, item, take):
    take(AGAINST, filed=date(2026, 9, 3))
    before = [repr(row) for row in every(runtime, FundVote)]
    taken = take(CAST, filed=date(2026, 8, 20))
    assert (taken.new, taken.changed, taken.older) == (0, 0, 1)
    assert "1 left because a later filing says how these were cast" in str(taken)
    assert [repr(row) for row in every(runtime, FundVote)] == before


def test_an_amendment_takes_nothing_from_other_funds_and_nothing_that_a_person_gave(runtime, item, take):
    with writing(runtime.engine) as session:
        factories.fund_vote(session, session.get_one(BallotItem, item), "Fund S000000001", FundDecision.ABSTAIN,
                            manager="Invented Trust")  # fmt: skip
    take(replace(CAST, series=("S000000002",)), filed=date(2026, 8, 20))
    take(AGAINST, filed=date(2026, 9, 3))
    votes = sorted((row.fund, row.decision) for row in every(runtime, FundVote))
    assert votes == [
        ("Fund S000000001", FundDecision.ABSTAIN),
        ("Fund S000000001", FundDecision.AGAINST),
        ("Fund S000000002", FundDecision.FOR),
    ]
