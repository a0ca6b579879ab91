"""Corrections on pages, in files, in the feed and in the reading interface: what stood, what stands, why, on what."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator

import feedparser
import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.web import corrections_scenario as scenario
from tracker.domain.corrections import CORRECTION_WORDS, CorrectionKind
from tracker.domain.vocab import DocumentState
from tracker.models.base import ObjectState
from tracker.models.document import Document
from tracker.settings import Settings
from tracker.store import correction_list
from tracker.store.correction_list import Filters
from tracker.store.engine import reading, writing
from tracker.web import corrections
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

API = "/api/v1/corrections"


@pytest.fixture(scope="module")
def runtime(tmp_path_factory) -> Iterator[Runtime]:
    with scenario.archive(tmp_path_factory.mktemp("corrections")) as found:
        yield found


@pytest.fixture(scope="module")
def reader(runtime: Runtime) -> FlaskClient:
    return create_app(runtime).test_client()


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


def items(reader: FlaskClient, query: str = "") -> list[dict]:
    return reader.get(f"{API}{query}").get_json()["items"]


def test_every_kind_has_words():
    assert set(CORRECTION_WORDS) == set(CorrectionKind)


def test_the_newest_comes_first_with_both_values_reason_and_evidence(reader: FlaskClient):
    text = reader.get("/corrections").text
    cards = [plain(card) for card in re.findall(r'<li class="card correction".*?</li>\n', text, re.DOTALL)]
    assert len(cards) == 10
    assert cards[0].startswith("Vote at Lumen Sight Reports put together")
    restated, letter = cards[-1], cards[-2]
    assert "Restated by the source" in restated
    assert re.search(r"before: 275 now: 276 Read from the 8-K/A filed 24 May 2019", restated)
    assert "Evidence: Vote at Lumen Sight ." in restated
    assert "The Sisters ask Made more exact" in letter
    assert "before: May 2018 now: 24 May 2018 The letter itself gives the day. Changed by Ada." in letter
    assert 'href="https://sisters.example/letter"' in text
    assert "No evidence was given for the change." in cards[0]


def test_what_is_not_shown_any_more_is_named_and_not_linked(reader: FlaskClient):
    text = reader.get("/corrections?object=never").text
    assert "A letter that was never sent" in text
    assert "It was drafted and never sent." in text
    assert 'href="/letters/never"' not in text


def test_titles_are_text_and_long_values_are_folded(reader: FlaskClient):
    text = reader.get("/corrections").text
    assert "<police>" not in text
    assert "<details><summary>Resolved: shareholders request" in text


def test_filters_keep_those_of_one_object_document_campaign_or_kind(reader: FlaskClient):
    every = items(reader)
    assert [row["id"] for row in items(reader, f"?object={scenario.LETTER}")] == [
        row["id"] for row in every if row["about_slug"] == scenario.LETTER
    ]
    assert len(items(reader, f"?campaign={scenario.CAMPAIGN}")) == len([row for row in every if row["campaigns"]]) == 8
    assert {row["kind"] for row in items(reader, "?kind=merged&kind=withdrawn")} == {"merged", "withdrawn"}
    document = next(row for row in every if row["kind"] == "told_apart")["about_url"].rpartition("/")[2]
    assert {row["kind"] for row in items(reader, f"?document={document}")} == {
        "told_apart", "told_together", "relinked", "unlinked",
    }  # fmt: skip
    assert "No correction under these filters" in reader.get(f"/corrections?object={scenario.LETTER}&kind=merged").text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("object=nobody", 404, "Nothing is called “nobody”"),
        ("campaign=harbor", 404, "Lumen Eye in the harbour"),
        ("document=x", 422, "cannot be found again"),
        ("kind=x", 422, "made_exact"),
        ("after=x", 422, "first page"),
        ("after=2026-99-99~1", 422, "first page"),
    ],
)
def test_what_is_asked_wrongly_is_answered_in_words(reader: FlaskClient, query: str, status: int, said: str):
    answer = reader.get(f"/corrections?{query}")
    assert (answer.status_code, said in html.unescape(answer.text)) == (status, True), plain(answer.text)


def test_pages_hold_every_correction_once(reader: FlaskClient, monkeypatch):
    whole = [row["id"] for row in items(reader)]
    monkeypatch.setattr(corrections, "PER_PAGE", 3)
    found, address = [], "/corrections"
    while address:
        text = reader.get(address).text
        found += [int(number) for number in re.findall('id="c(\\d+)"', text)]
        following = re.search('rel="next" href="([^"]+)"', text)
        address = html.unescape(following[1]) if following else ""
    assert found == whole


def test_one_correction_has_a_page_that_can_be_cited_and_an_answer(reader: FlaskClient):
    row = items(reader)[-1]
    path = row["url"].removeprefix("http://127.0.0.1:8000")
    text = plain(reader.get(path).text)
    assert "Report on <police> use: votes for (6" in text
    assert row["says"] in text
    assert reader.get(f"{API}/{row['id']}").get_json() == row
    assert (row["before"], row["after"], row["evidence_title"]) == ("275", "276", "Vote at Lumen Sight")
    for address in ("/corrections/999", f"{API}/999"):
        missing = reader.get(address)
        assert (missing.status_code, "No correction has the number 999" in missing.text) == (404, True)


def test_files_say_the_same_as_the_interface_under_the_filters(reader: FlaskClient):
    for query in ("", "?kind=merged", f"?object={scenario.LETTER}"):
        wanted = items(reader, query)
        assert reader.get(f"/corrections.json{query}").get_json()["items"] == wanted
        assert [json.loads(line) for line in reader.get(f"/corrections.jsonl{query}").text.splitlines()] == wanted
        rows = list(csv.DictReader(io.StringIO(reader.get(f"/corrections.csv{query}").text)))
        assert [row["says"] for row in rows] == [row["says"] for row in wanted]
    fields = reader.get("/schema/corrections.json").get_json()["fields"]
    assert [field["name"] for field in fields] == list(rows[0])


def test_the_feed_tells_each_once_under_a_name_that_lasts(reader: FlaskClient):
    found = feedparser.parse(io.BytesIO(reader.get(f"/corrections.atom?campaign={scenario.CAMPAIGN}").data))
    assert not found.bozo
    assert found.feed.title == "Corrections of Lumen Eye in the harbour"
    assert [entry.link for entry in found.entries] == [
        row["url"] for row in items(reader, f"?campaign={scenario.CAMPAIGN}")
    ]
    assert all(entry.id.startswith("tag:127.0.0.1,2026:corrections/") for entry in found.entries)
    assert "“275”, and is “276” now" in found.entries[-1].content[0].value


def test_the_page_of_what_was_corrected_leads_to_the_correction(reader: FlaskClient):
    text = reader.get(f"/letters/{scenario.LETTER}").text
    assert "Corrected on 22 November 2026" in plain(text) or "Corrected on 23 November 2026" in plain(text)
    assert f'href="/corrections?object={scenario.LETTER}"' in text
    assert "Corrected 5 times, last on" in plain(reader.get(f"/resolutions/{scenario.RESOLUTION}").text)
    document = next(row for row in items(reader) if row["kind"] == "told_apart")["about_url"].rpartition("/")[2]
    assert "Corrected 2 times" in plain(reader.get(f"/documents/{document}").text)


def test_rows_of_a_corrected_record_lead_to_its_corrections_on_the_timeline_and_as_data(reader: FlaskClient):
    text = reader.get(f"/campaigns/{scenario.CAMPAIGN}/timeline").text
    assert f'<a href="/corrections?object={scenario.LETTER}">Record corrected on 23 November 2026' in text
    rows = reader.get(f"/api/v1/campaigns/{scenario.CAMPAIGN}/events").get_json()["items"]
    corrected = {row["about"]["slug"] for row in rows if row["corrected_at"]}
    assert corrected == {scenario.LETTER, scenario.RESOLUTION}


def test_what_was_never_corrected_says_nothing_and_an_empty_list_says_how_to_report(client: FlaskClient, tmp_path):
    assert "Corrected" not in client.get("/letters/caucus-2018").text
    with make.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        empty = create_app(Runtime(Settings(), engine)).test_client().get("/corrections").text
    assert "Nothing was corrected yet" in empty
    assert 'href="/about#mistakes"' in empty


def test_what_is_about_a_draft_is_not_counted_either(reader: FlaskClient, runtime: Runtime):
    with writing(runtime.engine) as session:
        before = correction_list.counts(session, Filters())
        spine = correction_list.object_named(session, scenario.LETTER)
        spine.state = ObjectState.DRAFT
        session.flush()
        assert sum(correction_list.counts(session, Filters()).values()) == len(
            correction_list.every(session, Filters())
        )
        assert sum(correction_list.counts(session, Filters()).values()) < sum(before.values())
        session.rollback()


def test_kinds_are_counted_under_the_other_filters(runtime: Runtime):
    with reading(runtime.engine) as session:
        letter = correction_list.object_named(session, scenario.LETTER)
        filters = Filters(object_id=letter.id)
        assert sum(correction_list.counts(session, filters).values()) == len(correction_list.every(session, filters))
        assert correction_list.counts(session, filters) != correction_list.counts(session, Filters())


def test_a_withdrawn_document_is_evidence_without_its_title(runtime: Runtime):
    with writing(runtime.engine) as session:
        before = [line for line in correction_list.every(session, Filters()) if line.evidence]
        session.get_one(Document, before[0].row.evidence_id).state = DocumentState.WITHDRAWN
        session.flush()
        after = correction_list.one(session, before[0].row.id)
        assert before[0].evidence == "Vote at Lumen Sight"
        assert after.evidence == "a withdrawn document"
        session.rollback()
