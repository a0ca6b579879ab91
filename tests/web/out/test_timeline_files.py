"""A timeline as files: the rows of the page, in its order, under its filters; hostile text stays text."""

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.web import scenario
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.web.out import timeline_files
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

CAMPAIGN = f"/campaigns/{scenario.CAMPAIGN}"
FILTERS = (
    "",
    "?lane=investors",
    "?kind=letter_sent&order=oldest",
    "?from=2019&to=2019-05",
    "?lane=regulators&from=2030",
)
HOSTILE = '=HYPERLINK("http://evil.example")'


def listed(client: FlaskClient, query: str) -> list[str]:
    """Return the permanent names of the rows that the page lists."""
    return re.findall(r'<li class="event[^>]*id="e-([0-9a-f]+)"', client.get(f"{CAMPAIGN}/timeline{query}").text)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("query", FILTERS)
def test_every_file_has_the_rows_of_the_page_in_its_order(client: FlaskClient, query: str):
    shown = listed(client, query)
    page = client.get(f"{CAMPAIGN}/timeline.json{query}").get_json()
    assert [item["id"] for item in page["items"]] == shown
    assert [row["id"] for row in table(client.get(f"{CAMPAIGN}/timeline.csv{query}").text)] == shown
    lines = client.get(f"{CAMPAIGN}/timeline.jsonl{query}").text.splitlines()
    assert [json.loads(line) for line in lines] == page["items"]
    slides = client.get(f"{CAMPAIGN}/timelinejs.json{query}").get_json()["events"]
    assert [slide["unique_id"] for slide in slides] == [f"e-{name}" for name in shown]


def test_a_row_says_what_the_page_says(client: FlaskClient):
    items = client.get(f"{CAMPAIGN}/timeline.json").get_json()["items"]
    voted = next(item for item in items if item["kind"] == "vote_result")
    assert (voted["on"]["date"], voted["on"]["precision"]) == ("2019-05-22", "day")
    assert voted["about"]["kind"] == "resolution"
    assert voted["support"]["formula_display"] == "for / (for + against + abstentions)"
    assert voted["support"]["claimed_by"]
    replied = next(item for item in items if item["on"]["date"] == "2018-08")
    assert (replied["on"]["earliest"], replied["on"]["latest"]) == ("2018-08-01", "2018-08-31")
    assert [other["title"] for other in replied["responds_to"]] != []
    assert all(item["sources"] for item in items if item["kind"] == "commentary")


def test_the_page_leads_to_its_files_with_its_filters(client: FlaskClient):
    text = client.get(f"{CAMPAIGN}/timeline?lane=investors").text
    for ending in ("csv", "json", "jsonl"):
        assert f'href="{CAMPAIGN}/timeline.{ending}?lane=investors"' in text


def test_files_of_a_campaign_that_is_not_there_and_wrong_filters_are_answered_in_words(client: FlaskClient):
    for name in ("timeline.csv", "timeline.json", "timeline.jsonl", "timelinejs.json"):
        missing = client.get(f"/campaigns/amazon-recognition/{name}")
        assert (missing.status_code, scenario.CAMPAIGN in missing.text) == (404, True)
        assert client.get(f"{CAMPAIGN}/{name}?lane=nobody").status_code == 422


@pytest.fixture
def hostile(tmp_path):
    """The site over an archive whose letter has a formula and markup for a title, with a date known to the year."""
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        runtime = Runtime(Settings(public_url="https://w.example/"), engine, clock=lambda: scenario.NOW)
        with writing(engine) as session:
            campaign = factories.campaign(session, "c", title="<b>C</b>")
            for number, title in enumerate((HOSTILE, "<img src=x onerror=alert(1)>", "a\x0bb\ud7ff")):
                letter = factories.letter(session, f"l{number}", sent="2018", title=title, campaign=campaign)
                factories.evidence(session, letter.id, "sent_on", "2018", url="javascript:alert(1)")
        rebuild(runtime)
        yield create_app(runtime).test_client()


def test_formulas_and_markup_stay_text(hostile):
    rows = table(hostile.get("/campaigns/c/timeline.csv").text)
    assert {row["about_title"][0] for row in rows} == {"'", "<", "a"}
    assert {row["url"].partition("/events/")[0] for row in rows} == {"https://w.example"}
    told = hostile.get("/campaigns/c/timelinejs.json").get_json()
    texts = json.dumps(told)
    assert "<img" not in texts
    assert 'href=\\"javascript' not in texts
    assert told["title"]["text"]["headline"] == "&lt;b&gt;C&lt;/b&gt;"
    assert {tuple(slide["start_date"]) for slide in told["events"]} == {("year",)}


def test_long_timelines_are_read_in_pieces(client: FlaskClient, monkeypatch):
    whole = client.get(f"{CAMPAIGN}/timeline.csv").text
    monkeypatch.setattr(timeline_files, "AT_ONCE", 2)
    assert client.get(f"{CAMPAIGN}/timeline.csv").text == whole
