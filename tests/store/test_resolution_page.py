"""What the page of one resolution shows."""

from datetime import date
from fractions import Fraction

import pytest

from tests import factories
from tests.engines import statements_of
from tracker.domain.stepper import StepState
from tracker.domain.vocab import (
    CommitmentState,
    DocumentState,
    FilerRole,
    FundDecision,
    LinkState,
    ResolutionCode,
    SupportFormula,
)
from tracker.models.base import ObjectState
from tracker.store import resolution_page

TODAY = factories.TODAY
STEPS = [
    (ResolutionCode.FILED, "2018-12-19"),
    (ResolutionCode.EXCLUSION_NOTICED, "2019-01-22"),
    (ResolutionCode.SEC_NOT_CONCURRED, "2019-03-28"),
    (ResolutionCode.ON_BALLOT, "2019-04-11"),
    (ResolutionCode.VOTED_FINAL, "2019-05-22"),
]


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


@pytest.fixture
def family(session, company):
    return factories.family(session, company)


@pytest.fixture
def study(session, company, family):
    return factories.resolution(
        session,
        "study",
        company=company,
        family=family,
        statuses=STEPS,
        lead=factories.organization(session, "harrington"),
        co_filers=[factories.organization(session, "azzad")],
        bases=["(i)(7)", "(i)(11)"],
        resolved_clause="RESOLVED: Shareholders request a study.",
        campaign=factories.campaign(session),
    )


@pytest.fixture
def item(session, company, study):
    meeting = factories.meeting(session, company=company, held="2019-05-22")
    factories.insiders(session, meeting, 160)
    return factories.ballot_item(session, meeting, study)


def page(session, today=TODAY):
    return resolution_page.page(session, "study", today)


def test_every_count_stays_and_each_formula_is_named(session, item):
    factories.count(
        session, item, 280, 710, votes_abstain=50, broker_non_votes=200, reported="2019-05-23", preliminary=True
    )
    factories.count(session, item, 275, 725, votes_abstain=100, broker_non_votes=200)
    vote = page(session).vote
    assert [counted.preliminary for counted in vote.counts] == [True, False]
    assert {share.formula: share.value for share in vote.standing.shares} == {
        SupportFormula.FOR_AGAINST: Fraction(275, 1000),
        SupportFormula.FOR_AGAINST_ABSTAIN: Fraction(275, 1100),
    }
    assert vote.without_insiders.value == Fraction(275, 840)


def test_insiders_without_a_source_or_with_too_many_votes_give_no_figure(session, item):
    factories.count(session, item, 275, 150)
    assert page(session).vote.without_insiders is None


def test_the_stepper_says_no_record_where_nothing_is_known(session, study):
    steps = {step.key: step for step in page(session).steps}
    assert steps["sec"].on == factories.on("2019-03-28")
    assert (steps["commitment"].state, steps["commitment"].words) == (StepState.NO_RECORD, "no record")


def test_the_years_carry_the_bars_of_their_own_regime(session, company, family, study, item):
    factories.count(session, item, 275, 725)
    later = factories.resolution(
        session,
        "later",
        company=company,
        family=family,
        season=2022,
        statuses=[(ResolutionCode.VOTED_FINAL, "2022-05-25")],
    )
    meeting = factories.meeting(session, "meeting-2022", company=company, held="2022-05-25")
    factories.count(session, factories.ballot_item(session, meeting, later), 406, 594)
    found = page(session)
    assert [(year.proposal.season, year.bars.words()) for year in found.years] == [
        (2019, "3, 6 and 10 %"),
        (2022, "5, 15 and 25 %"),
    ]
    assert found.outlook_after.bar == Fraction(3, 100)
    assert found.outlook_after.may_be_excludable is False
    assert [year.outlook.times for year in found.years] == [1, 2]


def test_filers_bases_clause_and_campaign_are_shown(session, study):
    found = page(session)
    assert [(line.name, line.role) for line in found.filers] == [
        ("Harrington", FilerRole.LEAD_FILER),
        ("Azzad", FilerRole.CO_FILER),
    ]
    assert [basis.paragraph for basis in found.bases] == ["(i)(11)", "(i)(7)"]
    assert found.resolved_clause == "RESOLVED: Shareholders request a study."
    assert found.campaigns == (("rekognition", "Rekognition"),)


def test_fund_votes_are_counted_by_manager_and_decision(session, item):
    for number in range(3):
        factories.fund_vote(session, item, f"Index {number}", FundDecision.AGAINST)
    factories.fund_vote(session, item, "Social choice", FundDecision.FOR, manager="Pension fund")
    found = page(session)
    assert [(line.manager, line.decision, line.funds, line.shares) for line in found.funds] == [
        ("Big Manager", FundDecision.AGAINST, 3, 300),
        ("Pension fund", FundDecision.FOR, 1, 100),
    ]
    assert found.funds_due == date(2019, 8, 31)


def test_evidence_keeps_every_reading_and_says_where_they_disagree(session, study):
    denied = "resolution_status:reconsideration_denied"
    factories.evidence(session, study.id, denied, "2 April 2019", chosen=False, note="the letter is dated the 3rd")
    factories.evidence(session, study.id, denied, "3 April 2019")
    factories.evidence(session, study.id, "resolution_status:filed", "17 January 2019")
    factories.evidence(session, study.id, "resolution_status:filed", "January 17, 2019", url="https://other.example/")
    factories.evidence(session, study.id, "exclusion_basis:(i)(7)", "ordinary business")
    factories.evidence(session, study.id, "exclusion_basis:(i)(7)", "not excludable")
    disputed, filed, basis = page(session).evidence
    assert [reading.value for reading in disputed.readings] == ["3 April 2019", "2 April 2019"]
    assert (disputed.disagree, disputed.agree) == (True, False)
    assert (filed.disagree, filed.agree, filed.readings[0].source) == (False, True, "sec.example")
    assert (basis.disagree, basis.agree) == (False, False)


def test_documents_are_listed_with_relation_and_state_but_not_rejected_or_hidden_ones(session, study):
    factories.link(session, factories.document(session, "Suggested"), study.id, state=LinkState.SUGGESTED)
    factories.link(session, factories.document(session, "Confirmed", published="2019-05-23"), study.id)
    factories.link(session, factories.document(session, "Rejected"), study.id, state=LinkState.REJECTED)
    hidden = factories.document(session, "Quarantined", state=DocumentState.QUARANTINED)
    factories.link(session, hidden, study.id)
    assert [(row.title, row.state) for row in page(session).documents] == [
        ("Confirmed", LinkState.CONFIRMED),
        ("Suggested", LinkState.SUGGESTED),
    ]


def test_commitments_stand_with_both_views(session, company, study):
    factories.commitment(
        session, company=company, made_for=study.id, kept=CommitmentState.PARTIAL, title="Will publish"
    )
    found = page(session)
    assert [(line.title, line.kept) for line in found.commitments] == [("Will publish", CommitmentState.PARTIAL)]
    assert found.steps[-1].words == "The commitment was kept in part."


def test_an_unknown_or_unpublished_resolution_has_no_page(session, company):
    factories.resolution(session, "study", company=company, state=ObjectState.DRAFT)
    assert page(session) is None
    assert resolution_page.page(session, "nothing", TODAY) is None


def test_the_page_asks_the_same_number_of_queries_whatever_is_known(session, study, item):
    def queries():
        with statements_of(session.get_bind()) as asked:
            page(session)
        return len(asked)

    bare = queries()
    factories.count(session, item, 275, 725)
    for number in range(5):
        factories.fund_vote(session, item, f"Index {number}", FundDecision.AGAINST)
        factories.evidence(session, study.id, "season", str(number))
        factories.link(session, factories.document(session, f"Story {number}"), study.id)
    assert queries() == bare == 23
