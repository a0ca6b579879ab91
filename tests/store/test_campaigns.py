"""Campaigns and what they come to."""

from datetime import date
from fractions import Fraction

import pytest

from tests import factories
from tests.engines import statements_of
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import ResolutionCode, ResponseState, SupportFormula
from tracker.models.campaign import CampaignMembership
from tracker.store import campaigns, deadlines, letters, objects
from tracker.store.campaigns import Happened

TODAY = date(2019, 6, 1)


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


@pytest.fixture
def campaign(session, company):
    return factories.campaign(
        session, targets=[company], products=[factories.product(session)], asks=["Stop selling it.", "Study it."]
    )


def test_a_campaign_is_found_by_name_with_its_targets_and_asks(session, company, campaign):
    other = factories.campaign(session, "other")
    assert campaigns.by_slug(session, "rekognition").id == campaign.id
    assert campaigns.slug_of(session, campaign.id) == "rekognition"
    both = [campaign.id, other.id]
    assert campaigns.targets(session, both) == {campaign.id: ["Amazon.com, Inc."], other.id: []}
    assert campaigns.asks(session, both) == {campaign.id: ["Stop selling it.", "Study it."], other.id: []}
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


def counts(session, campaign):
    written = letters.standings(session, today=TODAY, campaign_id=campaign.id)
    due = deadlines.upcoming(session, today=TODAY, campaign_id=campaign.id, written=written)
    return campaigns.counts(session, campaign.id, TODAY, written=written, due=due)


def test_the_counts_say_what_a_campaign_comes_to(session, company, campaign):
    fill(session, company, campaign, 0)
    fill(session, company, campaign, 5)
    factories.letter(session, "silent", campaign=campaign)
    found = counts(session, campaign)
    assert found.happened == Happened(2, PartialDate.parse("2018-05-24"))
    assert (found.resolutions, found.voted, found.counted.figure.value) == (2, 2, Fraction(275, 1000))
    assert (found.letters, found.unanswered, found.rates.rate.numerator) == (3, 1, 2)
    assert found.next.on >= TODAY


def claimed(session, company, campaign, percent, formula):
    """Add a resolution of whose vote only a percentage is known."""
    slug = f"claimed-{percent}"
    row = factories.resolution(session, slug, company=company, campaign=campaign, season=2020)
    meeting = factories.meeting(session, f"{slug}-meeting", company=company, held="2020-05-27")
    factories.claim(session, factories.ballot_item(session, meeting, row), percent * 100, decimals=0, formula=formula)


def test_a_published_percentage_never_stands_in_for_a_counted_one(session, company, campaign):
    claimed(session, company, campaign, 40, SupportFormula.UNKNOWN)
    claimed(session, company, campaign, 90, SupportFormula.INSIDERS_EXCLUDED)
    found = counts(session, campaign)
    assert found.counted is None
    assert (found.published.figure.percent, found.published.season) == (40, 2020), "never one without the insiders"
    fill(session, company, campaign, 5)
    found = counts(session, campaign)
    assert (found.counted.figure.value, found.counted.season) == (Fraction(275, 1000), 2019)
    assert found.published.figure.percent == 40


def test_an_empty_campaign_comes_to_nothing(session, campaign):
    found = counts(session, factories.campaign(session, "empty"))
    assert (found.happened, found.resolutions, found.counted, found.rates, found.next) == (
        Happened(),
        0,
        None,
        None,
        None,
    )


def test_the_overview_says_of_each_campaign_what_its_own_page_says(session, company, campaign):
    both = factories.campaign(session, "both", targets=[company])
    empty = factories.campaign(session, "empty")
    initech = factories.organization(session, "initech")
    fill(session, company, campaign, 0)
    fill(session, initech, both, 5)
    shared = factories.letter(session, "shared", campaign=campaign, respond_by="2019-07-01", sent="2019-05-20")
    factories.add(session, CampaignMembership(campaign_id=both.id, object_id=shared.id))
    factories.meeting(session, "called", company=initech, held="2020-05-22", campaign=both)
    factories.commitment(session, "theirs", company=initech, due="2019-09", campaign=campaign)
    factories.commitment(session, "nobodys", company=company, due="2019-09")
    found = campaigns.overview(session, TODAY)
    assert [entry.campaign.slug for entry in found.entries] == ["both", "empty", "rekognition"]
    for entry in found.entries:
        assert entry.counts == counts(session, entry.campaign)
    assert list(found.due) == deadlines.upcoming(session, today=TODAY)
    members = {row.id: set(session.exec(objects.members(row.id))) for row in (campaign, both, empty)}
    for campaign_id, due in deadlines.by_campaign(session, found.due, members).items():
        assert due == deadlines.upcoming(session, today=TODAY, campaign_id=campaign_id)


def queries(session, read):
    with statements_of(session.get_bind()) as asked:
        read()
    return len(asked)


def test_the_number_of_queries_depends_on_neither_size_nor_number_of_campaigns(session, company, campaign):
    def asked():
        of_one = queries(session, lambda: counts(session, campaign))
        return of_one, queries(session, lambda: campaigns.overview(session, TODAY))

    fill(session, company, campaign, 0)
    few = asked()
    for number in range(1, 9):
        other = factories.campaign(session, f"campaign-{number}", targets=[company])
        fill(session, company, other if number % 2 else campaign, number)
    assert asked() == few == (22, 28)
