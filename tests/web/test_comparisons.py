"""The comparison pages, as a reader without script gets them, and their files."""

import csv
import io

import pytest

from tests import factories
from tests.web import comparisons_scenario as scenario
from tests.web.asking import read, statements
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('compared') / 'whereas.db'}") as engine:
        with writing(engine) as session:
            scenario.fill(session)
        yield Runtime(Settings(), engine, clock=lambda: scenario.NOW)


@pytest.fixture(scope="module")
def client(runtime):
    return create_app(runtime).test_client()


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def cells(client, address):
    return [[words(cell) for cell in row] for row in read(client, address).cssselect("table.compared tbody tr")]


def test_the_index_leads_to_every_comparison(client):
    links = {link.get("href") for link in read(client, "/compare").cssselect("main a.button")}
    assert links == {"/compare/answers", "/compare/support", "/compare/statements"}
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("slug", ["to-three", "to-crest"])
def test_answers_of_all_companies_stand_beside_each_other_whichever_letter_one_takes(client, slug):
    who, since = cells(client, f"/compare/answers/{slug}")
    assert who[1].startswith("partly in these words 1 February 2020 : Acme replies")
    assert who[2].startswith("no answer on record last searched 1 November 2026 : newsroom, blog, filings")
    assert who[3].startswith("not searched asked 1 February 2021")
    assert since[1].startswith("answered; this question not assessed")
    assert since[3] == "was not asked this"


def test_support_names_its_formula_and_without_a_vote_the_status_stands(client):
    acme, bolt = cells(client, "/compare/support")
    assert acme[0] == "Camera sales Report or study · Acme"
    assert "40" in acme[1]
    assert "40 of 100 votes" in acme[1]
    assert acme[2] == "Left out : Acme 2020 1 March 2020"
    assert "20 of 100 votes" in bolt[1]
    assert "no resolution on record" in bolt[2]


def test_a_vendors_words_stand_beside_its_contracts_of_the_campaign_with_the_sources_of_both(client):
    ran, unsettled = cells(client, "/compare/statements?company=acme")
    assert ran[3].startswith("under contract then")
    assert "awards.example" in ran[2]
    assert unsettled[3].startswith("not certain")
    assert "no day on which it ends is on record" in unsettled[3]


@pytest.mark.parametrize(("address", "rows"), [("answers/to-three", 5), ("support", 3), ("statements", 2)])
def test_the_files_say_what_the_page_says(client, address, rows):
    items = client.get(f"/compare/{address}.json").get_json()["items"]
    table = list(csv.DictReader(io.StringIO(client.get(f"/compare/{address}.csv").text)))
    lines = client.get(f"/compare/{address}.jsonl").text.splitlines()
    assert len(items) == len(table) == len(lines) == rows
    fields = client.get(f"/schema/{address.split('/')[0]}.json").get_json()["fields"]
    assert list(table[0]) == [field["name"] for field in fields]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("answers/nothing", 404),
        ("answers?after=x", 422),
        ("support?ask=x", 422),
        ("support?company=nobody", 422),
        ("support?after=1~x", 422),
        ("statements?company=bolt", 422),
        ("statements?after=2020~1", 422),
        ("statements?after=x~1~1", 422),
    ],
)
def test_what_cannot_be_understood_is_said(client, address, status):
    assert client.get(f"/compare/{address}").status_code == status


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(tmp_path):
    def counted(many: int) -> list[int]:
        with factories.database(f"sqlite:///{tmp_path / str(many)}.db") as engine:
            with writing(engine) as session:
                scenario.fill(session)
                scenario.more(session, many)
            site = create_app(Runtime(Settings(), engine, clock=lambda: scenario.NOW)).test_client()
            addresses = ("answers", "answers/to-three", "support", "statements")
            return [len(statements(site, f"/compare/{address}")) for address in addresses]

    assert counted(10) == counted(200)


def test_the_interface_gives_the_same_and_leads_on(client):
    base = "/api/v1/comparisons"
    assert client.get(f"{base}/answers/to-three").get_json()["items"] == items(client, "answers/to-three")
    assert client.get(f"{base}/statements").get_json()["items"] == items(client, "statements")
    first = client.get(f"{base}/support?limit=1").get_json()
    second = client.get(first["next"]).get_json()
    assert second["next"] is None
    assert [*first["items"], *second["items"]] == items(client, "support")
    assert client.get(f"{base}/answers/nothing").status_code == 404


def test_statements_are_given_in_pieces_without_loss_or_repeat(client):
    base = "/api/v1/comparisons"
    first = client.get(f"{base}/statements?limit=1").get_json()
    second = client.get(first["next"]).get_json()
    assert second["next"] is None
    assert [*first["items"], *second["items"]] == items(client, "statements")


def items(client, address):
    found = client.get(f"/compare/{address}.json").get_json()["items"]
    assert found
    return found
