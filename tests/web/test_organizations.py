"""Organisations that are no companies: the list by role, and what each wrote, filed, bought and said."""

import re

import pytest

from tests.web import parties_scenario
from tracker.web.api.base import PREFIX

ROWS = r'<th scope="row"><a href="/organizations/([^"]+)"'


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with parties_scenario.site(tmp_path_factory.mktemp("organizations")) as flask:
        yield flask.test_client()


def test_the_list_has_those_that_take_part_in_something(client):
    assert re.findall(ROWS, client.get("/organizations").text) == [
        "border-office", "harbour-police", "league", "sisters", "tide-fund",
    ]  # fmt: skip
    assert re.findall(ROWS, client.get("/organizations?role=investor").text) == ["sisters", "tide-fund"]
    assert "No organisation in this role" in client.get("/organizations?role=court").text
    assert client.get("/organizations?role=king").status_code == 422
    assert client.get("/organizations?after=nobody").status_code == 422


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("league", ("League asks again", "1 of 2 letters sent", "The league audits Lumen Eye", "Advocate")),
        ("sisters", ("Report on police use", "lead filer", "Lumen Sight, Inc.")),
        ("tide-fund", ("co filer, joined January 2019, left 4 March 2019",)),
        ("harbour-police", ("Lumen Eye for the harbour police", "through Quay Resale", "Agency")),
    ],
)
def test_a_page_says_what_an_organisation_did(client, slug, words):
    text = client.get(f"/organizations/{slug}").text
    for one in words:
        assert one in text, one


def test_a_mistyped_name_offers_the_likely_one(client):
    answer = client.get("/organizations/leage")
    assert (answer.status_code, "/organizations/league" in answer.text) == (404, True)


def test_files_and_interface_hold_the_list_under_the_filter(client):
    items = client.get("/organizations.json?role=agency").get_json()["items"]
    assert [(item["slug"], item["contracts"]) for item in items] == [("border-office", 1), ("harbour-police", 1)]
    assert client.get(f"{PREFIX}/organizations?role=agency").get_json()["items"] == items
    record = client.get(f"{PREFIX}/organizations/tide-fund").get_json()
    assert [(one["role"], one["left_on"]["date"]) for one in record["filed"]] == [("co_filer", "2019-03-04")]
    assert client.get(f"{PREFIX}/organizations/lumen").status_code == 404
