"""A fund's vote finds its ballot item, or none: issuer and meeting for certain, the matter clearly."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import BallotKind
from tracker.filings.fund_votes.matching import Candidate, match
from tracker.filings.fund_votes.votes import ReportedVote

DAY = PartialDate.day(date(2024, 5, 22))
PROPOSAL, DIRECTOR = BallotKind.SHAREHOLDER_PROPOSAL, BallotKind.DIRECTOR
BALLOT = {
    "1a": ("Election of Jane Q. Sample", DIRECTOR),
    "1b": ("Election of John Doe", DIRECTOR),
    "2": ("Ratification of the appointment of Invented & Co. as auditors", BallotKind.AUDITOR),
    "3": ("Advisory vote to approve executive compensation", BallotKind.SAY_ON_PAY),
    "4": ("Advisory vote on the frequency of votes on executive compensation", BallotKind.SAY_ON_FREQUENCY),
    "5": ("Shareholder proposal requesting a report on customer due diligence", PROPOSAL),
    "6": ("Shareholder proposal requesting a report on customer use of certain technologies", PROPOSAL),
    "7": ("Shareholder proposal requesting additional reporting on lobbying", PROPOSAL),
    "8": ("Shareholder proposal requesting a report on packaging materials", PROPOSAL),
    "9": ("Shareholder proposal requesting additional reporting on freedom of association", PROPOSAL),
}
CANDIDATES = [
    Candidate(number, ("Example Cloud, Inc.",), DAY, kind, title, number, cusips=("037833100",))
    for number, (title, kind) in BALLOT.items()
]
VOTE = ReportedVote(
    place="", issuer="EXAMPLE CLOUD INC", cusip="037833100", isin=None, figi=None, meeting_date=date(2024, 5, 22),
    description="", other_description="", categories=(), proposed_by="security_holder", shares_voted=None,
    shares_on_loan=None, records=(), managers=(), series=(), other_information="",
)  # fmt: skip


def matched(description, **changed):
    found = match(replace(VOTE, description=description, **changed), CANDIDATES)
    return found.candidate.key if found else None


@pytest.mark.parametrize(
    ("description", "number"),
    [
        ("Report on Customer Due Diligence", "5"),
        ("Shareholder Proposal Regarding Customer Due Diligence Report", "5"),
        ("Report on Customer Use of Certain Technologies", "6"),
        ("Report on Lobbying", "7"),
        ("Additional Reporting on Lobbying Payments", "7"),
        ("Report on Packaging Materials", "8"),
        ("Report on Freedom of Association", "9"),
        ("Item 7. Shareholder proposal", "7"),
        ("7) LOBBYING DISCLOSURE", "7"),
    ],
)
def test_a_proposal_is_found_in_other_words(description, number):
    assert matched(description) == number


@pytest.mark.parametrize(
    ("description", "categories", "number"),
    [
        ("Elect Director Jane Q. Sample", ("DIRECTOR ELECTIONS",), "1a"),
        ("JOHN DOE", ("DIRECTOR ELECTIONS",), "1b"),
        ("Ratify Somebody Else LLP as Auditors", ("AUDIT-RELATED",), "2"),
        ("Advisory Vote to Ratify Named Executive Officers' Compensation", ("SECTION 14A SAY-ON-PAY VOTES",), "3"),
        ("Advisory Vote on Say on Pay Frequency", ("SECTION 14A SAY-ON-PAY VOTES",), "4"),
    ],
)
def test_the_companys_own_items_are_found(description, categories, number):
    assert matched(description, categories=categories, proposed_by="issuer") == number


@pytest.mark.parametrize(
    "description",
    ["", "Shareholder proposal", "Report", "Customer", "Report on Something Never Heard Of", "Other Business"],
)
def test_what_fits_none_or_several_finds_none(description):
    assert matched(description) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"meeting_date": date(2023, 5, 22)},
        {"meeting_date": None},
        {"cusip": "17275R102"},  # another issuer by the same name
        {"cusip": None, "issuer": "Example Sky, Inc."},
        {"cusip": None, "issuer": ""},
    ],
)
def test_another_issuer_or_meeting_finds_none(changed):
    assert matched("Report on Customer Due Diligence", **changed) is None


@pytest.mark.parametrize(
    "changed",
    [{"isin": "US0378331005", "cusip": None}, {"cusip": None}, {"cusip": "037833209"}],
    ids=["ISIN", "name", "class"],
)
def test_an_issuer_is_known_by_isin_by_name_and_by_another_class_of_its_shares(changed):
    assert matched("Report on Customer Due Diligence", **changed) == "5"


def test_two_items_that_fit_alike_find_none():
    twin = replace(CANDIDATES[5], key="5 again", number="10")
    assert match(replace(VOTE, description="Report on Customer Due Diligence"), [*CANDIDATES, twin]) is None


def test_a_proposal_that_is_the_only_one_known_is_not_found_by_that_alone():
    assert match(replace(VOTE, description="Report on Packaging"), [CANDIDATES[5]]) is None


def test_a_weak_likeness_is_enough_only_beside_the_whole_ballot():
    vote = replace(VOTE, description="Report on Efforts to Reduce Plastic Packaging")
    proposals = [item for item in CANDIDATES if item.kind is PROPOSAL]
    assert match(vote, CANDIDATES).candidate.number == "8"
    assert match(vote, proposals) is None
    other = replace(VOTE, description="Report on Customer Due Diligence")
    assert match(other, [item for item in proposals if item.number == "6"]) is None


def test_a_meeting_known_to_the_month_is_less_sure():
    month = PartialDate.parse("May 2024")
    vote = replace(VOTE, description="Report on Customer Due Diligence")
    sure, less = match(vote, CANDIDATES), match(vote, [replace(item, held_on=month) for item in CANDIDATES])
    assert less.candidate.number == sure.candidate.number
    assert less.score < sure.score
    assert "CUSIP 037833100, the same day" in sure.reason


@given(st.text(max_size=80), st.sampled_from(["issuer", "security_holder", None]))
def test_no_description_makes_it_fail_and_scores_are_shares(description, source):
    found = match(replace(VOTE, description=description, proposed_by=source), CANDIDATES)
    assert found is None or 0 < found.score <= 1
