"""Campaigns and their figures."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import event
from sqlmodel import Session

from tests import factories
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import ResolutionCode, ResponseState
from tracker.store import campaigns

TODAY = date(2019, 6, 1)


@pytest.fixture
def session(engine):
    with Session(engine) as session:
        yield session


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


@pytest.fixture
def campaign(session, company):
    return factories.campaign(
        session, targets=[company], products=[factories.product(session)], asks=["Stop selling it.", "Study it."]
    )


def test_a_campaign_is_found_by_name_with_its_targets_and_asks(session, campaign):
    found = campaigns.by_slug(session, "rekognition")
    assert found.id == campaign.id
    assert campaigns.slug_of(session, campaign.id) == "rekognition"
    assert campaigns.targets(session, campaign.id) == ["Amazon.com, Inc."]
    assert campaigns.asks(session, campaign.id) == ["Stop selling it.", "Study it."]
    assert campaigns.by_slug(session, "nothing") is None


def test_real_campaigns_come_before_the_fictional_ones(session, campaign):
    factories.campaign(session, "acme", fictional=True)
    assert [row.slug for row in campaigns.every(session)] == ["rekognition", "acme"]


def fill(session, company, campaign, number):
    lead = factories.resolution(
        session,
        f"study-{number}",
        company=company,
        campaign=campaign,
        statuses=[(ResolutionCode.VOTED_FINAL, "2019-05-22")],
    )
    meeting = factories.meeting(session, f"meeting-{number}", company=company, proxy_filed="2019-04-11")
    factories.count(session, factories.ballot_item(session, meeting, lead), 270 + number, 730 - number)
    letter = factories.letter(session, f"letter-{number}", recipients=[company], campaign=campaign)
    factories.response(session, f"reply-{number}", company=company, answers={letter.id: ResponseState.ANSWERED_FULL})
    factories.event(session, campaign, letter.id, "2018-05-24", key=f"sent-{number}")


def test_the_counts_say_what_a_campaign_comes_to(session, company, campaign):
    fill(session, company, campaign, 0)
    fill(session, company, campaign, 5)
    factories.letter(session, "silent", campaign=campaign)
    found = campaigns.counts(session, campaign.id, TODAY)
    assert (found.events, found.events_since) == (2, PartialDate.parse("2018-05-24"))
    assert (found.resolutions, found.voted, found.highest.value) == (2, 2, Fraction(275, 1000))
    assert (found.letters, found.unanswered, found.rates.rate.numerator) == (3, 1, 2)
    assert found.next.on >= TODAY


def test_the_figures_name_year_formula_and_what_they_leave_open(session, company, campaign):
    fill(session, company, campaign, 5)
    found = {figure.label: figure.value for figure in campaigns.figures(session, campaign.id, TODAY)}
    assert found["event since 24 May 2018"] == "1"
    assert found["highest support, 2019 · for / (for + against)"] == "27.5 %"
    assert found["letters due were answered · median 8 days"] == "1 of 1"


def test_an_empty_campaign_has_one_figure(session, campaign):
    factories.campaign(session, "empty")
    [figure] = campaigns.figures(session, campaigns.by_slug(session, "empty").id, TODAY)
    assert (figure.value, figure.label) == ("0", "events")


def test_the_number_of_queries_does_not_depend_on_the_campaigns_size(session, company, campaign):
    def queries():
        asked = []
        listen = lambda *arguments: asked.append(arguments[2])  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", listen)
        campaigns.figures(session, campaign.id, TODAY)
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        return len(asked)

    fill(session, company, campaign, 0)
    few = queries()
    for number in range(1, 9):
        fill(session, company, campaign, number)
    assert queries() == few == 23
