"""Companies: the list with its counts, the page that joins everything, the feed, the files and the interface."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.web import parties_scenario
from tests.web.asking import statements
from tracker.web.api.base import PREFIX

ROWS = r'<th scope="row"><a href="/companies/([^"]+)"'
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with parties_scenario.site(tmp_path_factory.mktemp("companies"), companies=60, contracts=20) as flask:
        yield flask.test_client()


def test_each_company_stands_once_with_what_is_on_record(client):
    first = client.get("/companies").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1]
    slugs = re.findall(ROWS, first) + re.findall(ROWS, client.get(following).text)
    assert len(slugs) == len(set(slugs)) == 62
    assert slugs[0] == "lumen"
    row = re.search(r'href="/companies/lumen">.*?</tr>', first, re.DOTALL)[0]
    assert re.findall(r'class="num">([^<]+)<', row) == ["1", "1", "2", "1", "22"]
    assert not {"league", "harbour-police", "sisters"} & set(slugs)
    assert client.get("/companies?after=nobody").status_code == 422


def test_a_company_of_which_only_the_name_is_known_is_found_and_not_listed(client):
    assert "Unheard" not in client.get("/companies.csv").text
    assert 'href="/organizations/unheard"' in client.get("/search?q=unheard").text
    answer = client.get("/organizations/unheard", follow_redirects=True)
    assert answer.request.path == "/companies/unheard"
    assert "Unheard Optics" in answer.text


def test_the_page_joins_what_concerns_a_company(client):
    text = client.get("/companies/lumen").text
    for words in (
        "0000000042", "LUMN", "LumenSight", "Lumen Eye and the police", "Report on police use", "League asks again",
        "Lumen Eye for the harbour police", "Lumen states its principles", "Lumen promises an audit", "Award HP-17",
        "Lumen answers the league",
    ):  # fmt: skip
        assert words in text, words
    assert "it takes part in 22" in text
    assert "The league audits Lumen Eye" not in text.partition("<aside")[0]


def test_the_rate_has_numerator_denominator_window_and_rule(client):
    text = client.get("/companies/lumen").text
    assert "1 of 2 letters sent" in text
    assert "1 May 2018" in text
    assert "it proves no wrongdoing" in text
    rate = client.get(f"{PREFIX}/companies/lumen").get_json()["response_rate"]
    assert (rate["numerator"], rate["denominator"]) == (1, 2)
    assert (rate["window_start"], rate["window_end"]) == ("2018-05-01", "2026-11-23")


def test_an_organisation_that_is_no_company_is_led_to_its_own_page_and_back(client):
    assert client.get("/companies/league").headers["Location"] == "/organizations/league"
    assert client.get("/organizations/lumen").headers["Location"] == "/companies/lumen"


def test_a_mistyped_company_offers_the_likely_one(client):
    answer = client.get("/companies/lumn")
    assert (answer.status_code, "/companies/lumen" in answer.text) == (404, True)


def test_the_feed_has_what_concerns_the_company_and_nothing_else(client):
    seen, address = [], "/companies/lumen/feed.atom"
    while address:
        root = ET.fromstring(client.get(address).data)
        seen += [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        address = links.get("next", "").removeprefix("http://127.0.0.1:8000")
    titles = client.get("/companies/lumen/feed.atom").text
    assert len(seen) == len(set(seen)) > 20
    assert "League asks Lumen to stop" in titles
    assert "The league audits Lumen Eye" not in titles
    assert client.get("/companies/nobody/feed.atom").status_code == 404


def test_files_and_interface_hold_the_list(client):
    items = client.get("/companies.json").get_json()["items"]
    assert len(items) == len(client.get("/companies.jsonl").text.splitlines()) == 62
    assert len(client.get("/companies.csv").text.splitlines()) == 63
    assert client.get("/schema/companies.json").get_json()["fields"]
    found, address = [], f"{PREFIX}/companies?limit=25"
    while address:
        told = client.get(address.removeprefix("http://127.0.0.1:8000")).get_json()
        found += told["items"]
        address = told["next"]
    assert found == items
    assert client.get(f"{PREFIX}/companies/league").status_code == 404


def test_the_number_of_statements_does_not_depend_on_the_rows(tmp_path_factory):
    addresses = (
        "/companies",
        "/companies/lumen",
        "/organizations",
        "/organizations/league",
        "/companies/lumen/feed.atom",
    )
    counts = []
    for number in (10, 200):
        folder = tmp_path_factory.mktemp(f"rows{number}")
        with parties_scenario.site(folder, companies=number, contracts=number) as flask:
            counts.append([len(statements(flask.test_client(), address)) for address in addresses])
    # Fewer where a page of many rows happens to lack a kind that a page of all of the few has.
    assert all(much <= few for few, much in zip(*counts, strict=True)), counts
    assert max(counts[0]) <= 60
