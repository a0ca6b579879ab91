"""The tables as files: what their pages show, under their filters, with a schema that fits."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.web import long_campaign, scenario
from tracker.web.factory import create_app
from tracker.web.out import table_files, tables
from tracker.web.shapes import flat

TABLES = ("resolutions", "letters", "calendar")
CHECKS = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
    "datetime": str,
    "string": str,
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with long_campaign.site(tmp_path_factory.mktemp("long")) as site:
        yield site.test_client()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", TABLES)
def test_the_three_files_say_the_same(client, name):
    items = client.get(f"/{name}.json").get_json()["items"]
    assert items
    assert [json.loads(line) for line in client.get(f"/{name}.jsonl").text.splitlines()] == items
    assert len(table(client.get(f"/{name}.csv").text)) == len(items)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_fits_its_schema(client, name):
    answer = client.get(f"/{name}.csv")
    [schema] = re.findall(r"<http://127\.0\.0\.1:8000(/schema/[a-z]+\.json)>", answer.headers["Link"])
    fields = client.get(schema).get_json()["fields"]
    rows = table(answer.text)
    assert list(rows[0]) == [field["name"] for field in fields]
    for field in fields:
        assert field["description"]
        values = {row[field["name"]] for row in rows} - {""}
        for value in values:
            CHECKS[field["type"]](value)
        assert values <= set(field.get("constraints", {}).get("enum", values))


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("/resolutions?outcome=voted&sort=support", r'<th scope="row"><a href="/resolutions/([^"]+)"'),
        ("/letters?state=unanswered", r'<th scope="row"><a class="[^"]*" href="/letters/([^"]+)"'),
    ],
)
def test_a_file_has_the_rows_of_its_page_in_its_order(client, page, mark):
    path, _, query = page.partition("?")
    shown = re.findall(mark, client.get(page).text)
    assert shown
    assert [item["slug"] for item in client.get(f"{path}.json?{query}").get_json()["items"]] == shown
    assert f'href="{path}.csv?{query}"' in client.get(page).text.replace("&amp;", "&")


def test_figures_come_with_their_formula_and_absent_ones_are_empty(client):
    rows = {row["slug"]: row for row in client.get("/resolutions.json").get_json()["items"]}
    counted = [row for row in rows.values() if row["support"] and row["support"]["votes_for"]]
    assert counted
    for row in counted:
        support = row["support"]
        assert support["share"] == pytest.approx(support["votes_for"] / support["votes_in_all"])
        assert support["formula_display"]
    assert any(row["support"] is None for row in rows.values())


def test_a_wrong_filter_or_schema_is_answered_in_words(client):
    assert client.get("/letters.csv?company=nobody").status_code == 422
    missing = client.get("/schema/nothing.json")
    assert (missing.status_code, "/schema/letters.json" in missing.text) == (404, True)


def test_every_shape_has_a_sentence_for_every_field():
    for name, shape in table_files.SHAPES.items():
        assert all(column.says for column in flat.columns(shape)), name


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        (-2, "-2"),
        (-0.5, "-0.5"),
        (True, "true"),
        (None, ""),
        ("\tx", "'\tx"),
        ("\n=1+1", "'\n=1+1"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("a", "a"),
    ],
)
def test_a_cell_is_no_formula_and_a_number_stays_one(value, cell):
    assert tables._cell(value) == cell


@pytest.mark.parametrize("address", ["/resolutions", "/api/v1/resolutions"])
@pytest.mark.parametrize(
    "key", ["=99999999999999999999~x", "=٣~x", "=nan~x&sort=support", "=inf~x&sort=-change", "=~x", "x"]
)
def test_a_place_that_no_row_can_have_is_refused_in_words(client, address, key):
    answer = client.get(f"{address}?after={key}")
    assert (answer.status_code, "first page" in answer.text) == (422, True)


def test_an_answer_that_differs_in_its_moment_only_is_not_sent_again(archive):
    moments = iter(range(1, 99))
    client = create_app(replace(archive, clock=lambda: scenario.NOW + timedelta(seconds=next(moments)))).test_client()
    for address in ("/letters.json", f"/campaigns/{scenario.CAMPAIGN}/timeline.json", "/api/v1/letters"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = client.get("/api/v1/campaigns", headers={"If-None-Match": first.headers["ETag"]})
        assert other.status_code == 200
