"""Contracts: the table with filters, sorting, paging and files; the page with the evidence for every field."""

import csv
import io
import re

import pytest

from tests import factories as make
from tests.web import parties_scenario
from tests.web.asking import statements
from tracker.settings import Settings
from tracker.web.api.base import PREFIX
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

ROWS = r'<th scope="row"><a href="/contracts/([^"]+)"'


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with parties_scenario.site(tmp_path_factory.mktemp("contracts"), contracts=60) as flask:
        yield flask.test_client()


def shown(client, address: str) -> list[str]:
    return re.findall(ROWS, client.get(address).text)


def test_amounts_stand_apart_with_their_currency_and_what_is_not_known_says_so(client):
    text = client.get("/contracts?agency=harbour-police").text
    for amount in ("USD\N{NO-BREAK SPACE}120,000", "USD\N{NO-BREAK SPACE}900,000", "USD\N{NO-BREAK SPACE}80,000"):
        assert amount in text
    for words in ("sold by Quay Resale", "award HP-17", "March 2017", "30 June 2019", "The council voted to stop."):
        assert words in text
    assert client.get("/contracts?vendor=lumen&agency=border-office&sort=start").text.count("not known") > 10


def test_the_source_of_the_most_telling_figure_stands_in_the_table(client):
    text = client.get("/contracts?agency=harbour-police").text
    assert 'href="https://awards.example/hp-17"' in text
    assert "council.example" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("product=lumen-eye", ["lumen-harbour"]),
        ("state=cancelled", ["lumen-harbour"]),
        ("agency=border-office&sort=-start", ["lumen-border"]),
        ("sort=-obligated", ["lumen-harbour"]),
        ("sort=-agency", ["lumen-harbour"]),
        ("sort=-value", ["lumen-harbour", "further-0059"]),
        ("sort=end", ["lumen-harbour"]),
        ("vendor=&state=", ["lumen-border"]),
    ],
)
def test_filters_and_columns(client, query, expected):
    assert shown(client, f"/contracts?{query}")[: len(expected)] == expected


def test_pages_hold_every_contract_once_and_none_that_was_withdrawn(client):
    first = client.get("/contracts?sort=start").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    slugs = re.findall(ROWS, first) + shown(client, following)
    assert len(slugs) == len(set(slugs)) == 62
    assert "lumen-hidden" not in slugs


@pytest.mark.parametrize("address", ["/contracts/lumen-hidden", "/api/v1/contracts/lumen-hidden"])
def test_a_withdrawn_contract_says_so_and_why(client, address):
    answer = client.get(address)
    assert answer.status_code == 410
    assert "made in error" in answer.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("vendor=nobody", "does not know “nobody”"),
        ("state=lost", "It takes: pitched"),
        ("sort=colour", "cannot stand by “colour”"),
        ("after=gone", "start from the first page"),
    ],
)
def test_a_filter_that_is_not_understood_says_what_it_takes(client, query, words):
    answer = client.get(f"/contracts?{query}")
    assert (answer.status_code, words in answer.text) == (422, True)


def test_files_hold_what_the_page_shows(client):
    query = "agency=harbour-police&sort=-value"
    items = client.get(f"/contracts.json?{query}").get_json()["items"]
    assert [item["slug"] for item in items] == shown(client, f"/contracts?{query}") == ["lumen-harbour"]
    assert (items[0]["value"], items[0]["ceiling"], items[0]["obligated"]) == (120_000, 900_000, 80_000)
    [row] = csv.DictReader(io.StringIO(client.get(f"/contracts.csv?{query}").text))
    assert (row["starts_on_date"], row["source_url"]) == ("2017-03", "https://awards.example/hp-17")
    fields = client.get("/schema/contracts.json").get_json()["fields"]
    assert [field["name"] for field in fields] == list(row)
    assert len(client.get("/contracts.jsonl").text.splitlines()) == 62


def test_the_page_has_evidence_for_every_field_documents_and_campaigns(client):
    text = client.get("/contracts/lumen-harbour").text
    for words in ("Amount obligated", "80,000", "council.example/vote", "Award HP-17", "Lumen Eye and the police"):
        assert words in text
    assert "No source is recorded" in client.get("/contracts/lumen-border").text


def test_a_mistyped_name_offers_the_likely_one(client):
    answer = client.get("/contracts/lumen-harbor")
    assert (answer.status_code, "/contracts/lumen-harbour" in answer.text) == (404, True)


def test_the_interface_gives_the_table_in_pieces_and_one_with_its_evidence(client):
    found, address = [], f"{PREFIX}/contracts?limit=25"
    while address:
        told = client.get(address.removeprefix("http://127.0.0.1:8000")).get_json()
        found += [item["slug"] for item in told["items"]]
        address = told["next"]
    assert len(found) == len(set(found)) == 62
    record = client.get(f"{PREFIX}/contracts/lumen-harbour").get_json()
    assert record["campaigns"] == ["lumen-eye-police"]
    assert {reading["field"] for reading in record["evidence"]} == {"ends_on", "amount_obligated"}


def test_timelines_link_to_the_page_of_a_contract(client):
    assert 'href="/contracts/lumen-harbour"' in client.get("/campaigns/lumen-eye-police/timeline").text


def test_an_archive_without_contracts_says_where_they_come_from(tmp_path):
    with make.database(f"sqlite:///{tmp_path / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: parties_scenario.NOW)
        assert "tracker import" in create_app(runtime).test_client().get("/contracts").text


def test_the_number_of_statements_does_not_depend_on_the_rows(tmp_path_factory):
    counts = []
    for number in (10, 200):
        folder = tmp_path_factory.mktemp(f"rows{number}")
        with parties_scenario.site(folder, contracts=number) as flask:
            counts.append([
                len(statements(flask.test_client(), address))
                for address in ("/contracts", "/contracts/lumen-harbour")
            ])  # fmt: skip
    assert counts[0] == counts[1]
