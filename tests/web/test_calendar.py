"""The calendar page by page and of one company, with the files and the feed under the same filters."""

import pytest

from tests import factories as make
from tests.web import long_campaign
from tests.web.asking import read, statements, words
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.runtime import Runtime


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with make.database(f"sqlite:///{tmp_path_factory.mktemp('calendar') / 'whereas.db'}") as engine:
        with writing(engine) as session:
            make.campaign(session)
            for number in range(60):
                company = make.organization(session, f"company-{number}", name=f"Company {number}")
                make.meeting(session, f"meeting-{number}", company=company, held=f"2027-05-{number % 10 + 10}")
            few = make.organization(session, "few", name="Few & Sons")
            make.meeting(session, "meeting-few", company=few, held="2027-06-01")
        runtime = Runtime(Settings(), engine, clock=lambda: long_campaign.NOW)
        publish_calendar(runtime)
        yield create_app(runtime).test_client()


def test_pages_together_are_the_file(client):
    rows, page = [], read(client, "/calendar")
    while True:
        rows += [words(row.cssselect("b")[0]) for row in page.cssselect(".due-list li")]
        onward = page.cssselect("a[rel=next]")
        if not onward:
            break
        assert len(page.cssselect(".due-list li")) == 100
        page = read(client, onward[0].get("href"))
    assert rows == [item["title"] for item in client.get("/calendar.json").get_json()["items"]]
    assert len(rows) > 200


@pytest.mark.parametrize("called", ["few", "Few+%26+Sons", "few+%26+sons"])
def test_one_company_is_found_by_either_name(client, called):
    page = read(client, f"/calendar?company={called}")
    said = [words(row) for row in page.cssselect(".due-list li")]
    assert said
    assert all("Few & Sons" in row for row in said)
    assert {item["company"] for item in client.get(f"/calendar.json?company={called}").get_json()["items"]} == {
        "Few & Sons"
    }
    assert len(client.get(f"/api/v1/dates?company={called}").get_json()["items"]) == len(said)
    feed = client.get(f"/calendar.ics?company={called}").text
    assert feed.count("BEGIN:VEVENT") == len(said)


def test_a_page_whose_last_row_is_gone_goes_on_from_its_day(client):
    page = read(client, "/calendar?after=2027-06-01~meeting:gone:held")
    assert "Few & Sons" in words(page.cssselect(".due-list li")[0])


@pytest.mark.parametrize("query", ["company=nobody", "after=soon~x", "after=2027"])
def test_what_cannot_be_understood_is_an_error(client, query):
    assert client.get(f"/calendar?{query}").status_code == 422


def test_the_number_of_queries_does_not_depend_on_the_dates(client):
    def count(address):
        return len(statements(client, address))

    assert count("/calendar?company=few") == count("/calendar?company=company-1") == count("/calendar") + 1
