"""Contracts, companies and organisations as read from both databases: order, places in it, who takes part in what."""

import pytest

from tests import factories
from tests.web import parties_scenario
from tracker.store import company_page, concerning, contract_page, contract_table, organization_page, party_lists
from tracker.store import party_profile as profiles
from tracker.store.contract_table import Filters, Order

TODAY = factories.TODAY


@pytest.fixture
def filled(session):
    parties_scenario.fill(session, contracts=3, companies=3)
    return session


@pytest.mark.parametrize("order", Order)
def test_what_is_not_known_stands_last_either_way_round(filled, order):
    falling = contract_table.listed(filled, Filters(), order=order, descending=True)
    rising = contract_table.listed(filled, Filters(), order=order, descending=False)
    assert len(falling) == len(set(falling)) == 5
    assert set(falling) == set(rising)
    if order in {Order.CEILING, Order.OBLIGATED, Order.END}:
        assert falling[0] == rising[0] == "lumen-harbour"
        assert falling[1:] == rising[1:]


def test_a_contract_has_its_source_evidence_and_campaigns(filled):
    page = contract_page.page(filled, "lumen-harbour")
    assert page.row.source.url == "https://awards.example/hp-17"
    assert [field.field for field in page.evidence] == ["ends_on", "amount_obligated"]
    assert [slug for slug, _ in page.campaigns] == ["lumen-eye-police"]
    assert contract_page.page(filled, "lumen-hidden") is None


def test_lists_in_pieces_hold_everybody_once(filled):
    whole = [row.slug for row in party_lists.companies(filled, TODAY, after=None, limit=100)]
    pieces, after = [], None
    while rows := party_lists.companies(filled, TODAY, after=after, limit=2):
        pieces += [row.slug for row in rows]
        after = rows[-1].slug
    assert pieces == whole
    assert len(whole) == len(set(whole)) == party_lists.how_many(filled, are_companies=True) == 5
    others = party_lists.organizations(filled, role=None, after=None, limit=100)
    assert {row.slug for row in others} == {"border-office", "harbour-police", "league", "sisters", "tide-fund"}
    assert party_lists.companies(filled, TODAY, after="nobody", limit=1) is None


def test_a_company_is_joined_with_what_concerns_it_and_not_with_what_others_say(filled):
    page = company_page.page(filled, profiles.profile(filled, "lumen"), TODAY)
    assert (len(page.letters), len(page.resolutions), page.contracts_in_all) == (2, 1, 5)
    assert [one.slug for one in page.said] == ["lumen-promise", "lumen-principles", "lumen-answers"]
    assert [document.title for document in page.documents] == ["Award HP-17"]


def test_an_organisation_has_its_part_in_a_resolution_with_its_dates(filled):
    [filed] = organization_page.page(filled, profiles.profile(filled, "tide-fund"), TODAY).filed
    assert (filed.row.slug, str(filed.joined_on), str(filed.left_on)) == ("lumen-2019-report", "2019-01", "2019-03-04")


def test_a_step_that_two_campaigns_tell_is_told_once(filled):
    company = factories.organization(filled, "lumen")
    letter = concerning.letters_from(filled, company.id, ["recipient"])[0]
    for slug in ("first", "second"):
        factories.event(filled, factories.campaign(filled, slug), letter, "2018-05-01", key="letter:sent")
    assert [row.key for row in concerning.latest(filled, company.id, TODAY, 10)] == ["letter:sent"]
    [told] = concerning.recorded(filled, company.id, before=None, limit=10)
    assert concerning.recorded(filled, company.id, before=(told.recorded_at, told.id), limit=10) == []
