"""The table of resolutions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests import factories
from tests.engines import statements_of
from tracker.domain.vocab import AskType, ResolutionCode, SupportFormula
from tracker.domain.votes import Claim
from tracker.models.base import ObjectState
from tracker.store import resolutions
from tracker.store.resolutions import Filters, Order, Outcome

TODAY = factories.TODAY
VOTED = [(ResolutionCode.ON_BALLOT, None), (ResolutionCode.VOTED_FINAL, None)]


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


@pytest.fixture
def family(session, company):
    return factories.family(session, company)


def year(session, company, family, season, share, **more):
    """Add a year's proposal with a vote of `share` per thousand; return its ballot item."""
    row = factories.resolution(
        session,
        more.pop("slug", f"study-{season}"),
        company=company,
        season=season,
        family=family,
        statuses=VOTED,
        **more,
    )
    meeting = factories.meeting(session, f"meeting-{season}-{row.id}", company=company, held=f"{season}-05-22")
    item = factories.ballot_item(session, meeting, row)
    if share is not None:
        factories.count(session, item, share, 1000 - share, votes_abstain=100, reported=f"{season}-05-24")
    return item


@pytest.fixture
def three(session, company, family):
    """Two voted resolutions of one family and one of which nothing is known."""
    year(session, company, family, 2019, 275)
    year(session, company, family, 2020, 315)
    factories.resolution(session, "bare", company=company, season=2021)


def table(session, **filters):
    how = {key: filters.pop(key) for key in ("today", "order", "descending") if key in filters}
    return resolutions.table(session, Filters(**filters), **{"today": TODAY, **how})


def test_final_counts_give_the_support_and_the_latest_report_wins(session, company, family):
    item = year(session, company, family, 2019, None)
    factories.count(session, item, 1, 3, reported="2019-05-23", preliminary=True)
    assert table(session)[0].preliminary
    factories.count(session, item, 25, 75, reported="2019-05-24")
    factories.count(session, item, 27, 73, reported="2019-06-10", form="8-K/A")
    [row] = table(session)
    assert (row.support.value, row.support.formula, row.preliminary) == (
        Fraction(27, 100),
        SupportFormula.FOR_AGAINST,
        False,
    )


def test_without_counts_a_published_percentage_stands_with_its_formula(session, company, family):
    item = year(session, company, family, 2019, None)
    factories.claim(session, item, 2800, decimals=0, by="An advocate")
    factories.claim(session, item, 2750, formula=SupportFormula.FOR_AGAINST_ABSTAIN, by="Reuters")
    factories.claim(session, item, 3700, decimals=0, formula=SupportFormula.INSIDERS_EXCLUDED, by="An advocate")
    [row] = table(session)
    assert row.support == Claim(Decimal("27.5"), SupportFormula.FOR_AGAINST_ABSTAIN, "Reuters")


def test_change_is_told_within_the_same_ask_of_the_family(session, company, family):
    year(session, company, family, 2019, 275)
    year(session, company, family, 2019, 24, slug="ban-2019", ask_type=AskType.PROHIBIT)
    year(session, company, family, 2020, 315)
    found = {row.slug: row for row in table(session)}
    assert found["study-2019"].change is None
    change = found["study-2020"].change
    assert (change.points, change.since, change.comparable) == (Fraction(4), 2019, True)


def test_change_between_different_formulas_says_so(session, company, family):
    item = year(session, company, family, 2019, None)
    factories.claim(session, item, 2750)
    year(session, company, family, 2020, 315)
    assert table(session)[0].change.comparable is False


def test_a_promise_for_a_withdrawal_comes_with_its_row(session, company):
    withdrawn = factories.resolution(session, "withdrawn", company=company)
    factories.resolution(session, "other", company=company)
    factories.commitment(session, company=company, made_for=withdrawn.id)
    assert {row.slug: len(row.commitments) for row in table(session)} == {"withdrawn": 1, "other": 0}


def test_an_amendment_of_one_item_supersedes_that_items_counts_alone(session, company, family):
    first, other = (year(session, company, family, 2019, None, slug=slug) for slug in ("study", "ban"))
    for item in (first, other):
        factories.count(session, item, 25, 75, reported="2019-05-23", preliminary=True)
        factories.count(session, item, 26, 74, reported="2019-05-24")
    factories.count(session, first, 27, 73, reported="2019-06-10", form="8-K/A")
    found = {row.slug: row.proposal.vote for row in table(session)}
    assert [count.superseded for count in found["study"].counts] == [True, True, False]
    assert [count.superseded for count in found["ban"].counts] == [True, False]
    assert found["study"].standing.form == "8-K/A"


def test_a_preliminary_report_never_supersedes_a_final_one(session, company, family):
    item = year(session, company, family, 2019, None)
    factories.count(session, item, 26, 74, reported="2019-05-24")
    factories.count(session, item, 25, 75, reported="2019-05-25", preliminary=True)
    vote = table(session)[0].proposal.vote
    assert [count.superseded for count in vote.counts] == [False, True]
    assert not vote.preliminary


def test_counts_without_a_side_give_no_share_and_leave_a_published_one_standing(session, company, family):
    item = year(session, company, family, 2019, None)
    factories.count(session, item, 26, None)
    assert table(session)[0].support is None
    factories.claim(session, item, 2600, decimals=0)
    assert isinstance(table(session)[0].support, Claim)


def test_the_status_is_the_one_of_the_day(session, company):
    steps = [(ResolutionCode.FILED, "2018-12-19"), (ResolutionCode.EXCLUSION_NOTICED, "2019-01-22")]
    factories.resolution(session, company=company, statuses=steps)
    assert table(session, today=date(2019, 1, 1))[0].status.code is ResolutionCode.FILED
    assert table(session)[0].status_label == "Challenged"


def test_the_table_is_filtered(session, company, family):
    year(session, company, family, 2019, 275)
    other = factories.organization(session, "initech")
    campaign = factories.campaign(session)
    withdrawn = [(ResolutionCode.WITHDRAWN_TACTICAL, "2020-02")]
    factories.resolution(
        session, "other", company=other, season=2020, ask_type=AskType.POLICY, campaign=campaign, statuses=withdrawn
    )
    factories.resolution(session, "draft", company=other, state=ObjectState.DRAFT)

    def slugs(**filters):
        return [row.slug for row in table(session, **filters)]

    assert slugs() == ["other", "study-2019"]
    assert slugs(company_id=company.id) == slugs(family_id=family.id) == slugs(season=2019) == ["study-2019"]
    assert slugs(campaign_id=campaign.id) == slugs(ask_type=AskType.POLICY) == ["other"]
    assert slugs(outcome=Outcome.VOTED) == ["study-2019"]
    assert slugs(outcome=Outcome.WITHDRAWN) == slugs(slug="other") == ["other"]
    found = resolutions.choices(session, 2)
    assert [slug for slug, _ in found.companies] == ["amazon", "initech"]
    assert resolutions.choices(session, 1).companies == ()
    assert (found.seasons, found.ask_types) == ((2020, 2019), (AskType.REPORT, AskType.POLICY))


@pytest.mark.parametrize(
    ("order", "descending", "expected"),
    [
        (Order.SUPPORT, True, ["study-2020", "study-2019", "bare"]),
        (Order.SUPPORT, False, ["study-2019", "study-2020", "bare"]),
        (Order.CHANGE, True, ["study-2020", "bare", "study-2019"]),
        (Order.SEASON, False, ["study-2019", "study-2020", "bare"]),
        (Order.SUBJECT, True, ["study-2020", "study-2019", "bare"]),
    ],
)
def test_the_table_stands_by_any_column_with_empty_cells_last(session, three, order, descending, expected):
    assert [row.slug for row in table(session, order=order, descending=descending)] == expected


def test_lead_filers_are_named(session, company):
    lead = factories.organization(session, "sisters", name="Sisters of St. Joseph")
    factories.resolution(session, company=company, lead=lead, co_filers=[factories.organization(session, "azzad")])
    assert table(session)[0].lead_filers == ("Sisters of St. Joseph",)


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(session, company, family):
    def queries():
        with statements_of(session.get_bind()) as asked:
            table(session)
        return len(asked)

    for season in (2019, 2020):
        year(session, company, family, season, 275)
    few = queries()
    for season in range(2021, 2030):
        year(session, company, family, season, 300)
    assert queries() == few == 10
