"""The timeline for paper: all of it, oldest first, nothing folded, each source written out."""

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.web import scenario
from tests.web import timeline_scenario as palms
from tracker.settings import Settings
from tracker.web import timeline_print
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

PRINT = f"{palms.TIMELINE}/print"


@pytest.fixture(scope="module")
def palm_client(tmp_path_factory) -> Iterator[FlaskClient]:
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('palms') / 'a.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: palms.NOW)
        palms.fill(runtime)
        yield create_app(runtime).test_client()


def entries(text: str) -> list[str]:
    found = re.findall(r'<li class="entry".*?</ul>\s*</li>', text, re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", row)).split()) for row in found]


def test_every_row_is_there_oldest_first_and_none_is_folded(palm_client: FlaskClient):
    found = entries(palm_client.get(f"{PRINT}?order=newest").text)
    listed = palm_client.get(f"{palms.TIMELINE}.json?order=oldest").json["items"]
    assert len(found) == len(listed)
    for row, item in zip(found, listed, strict=True):
        assert f"/events/{item['id']}" in row


def test_dates_say_what_is_not_known(palm_client: FlaskClient):
    found = " | ".join(entries(palm_client.get(PRINT).text))
    assert "in May 2019, day unknown · Company response" in found
    assert "in 2021, month and day unknown · Commentary" in found
    assert "10 January 2020 · Letter sent" in found


def test_sources_are_written_out_with_their_addresses(palm_client: FlaskClient):
    row = next(row for row in entries(palm_client.get(PRINT).text) if "Neighbours march" in row)
    assert "The Daily Example, “Neighbours march”: https://news.example/neighbours-march" in row
    assert re.search(r"archived copy: http://\S+/documents/\d+ · linked by rule", row)
    assert re.search(r"This entry: http://\S+/events/[0-9a-f]{16}", row)


def test_an_entry_without_a_source_says_so(palm_client: FlaskClient):
    row = next(row for row in entries(palm_client.get(PRINT).text) if "Stop reading palms" in row)
    assert "waiting 2,509 days" in row
    assert "No source is recorded for this entry yet." in row


def test_filters_are_kept_and_written_as_a_sentence(palm_client: FlaskClient):
    query = "lane=press&kind=commentary&from=2020"
    assert f'href="{html.escape(f"{PRINT}?{query}")}"' in palm_client.get(f"{palms.TIMELINE}?{query}&news=all").text
    text = html.unescape(palm_client.get(f"{PRINT}?{query}").text)
    assert "Only Press; Commentary; from 1 January 2020: 7 of 19 entries, oldest first, as of 23 November 2026" in text
    assert len(entries(text)) == 7


def test_of_more_rows_than_fit_it_says_how_many_and_leads_to_the_rest(palm_client: FlaskClient, monkeypatch):
    monkeypatch.setattr(timeline_print, "MOST", 12)
    first = palm_client.get(PRINT).text
    assert "12 of the 19 entries stand here" in first
    assert f'href="{PRINT}?from=2020&amp;to=2020"' in first
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = palm_client.get(following).text
    assert len(entries(first)) + len(entries(second)) == 19
    assert not set(entries(first)) & set(entries(second))


def test_nothing_to_print_leads_back_and_an_unknown_campaign_to_those_there_are(client: FlaskClient):
    text = client.get(f"/campaigns/{scenario.CAMPAIGN}/timeline/print?from=1990&to=1991").text
    assert "Nothing to print under these filters" in text
    answer = client.get("/campaigns/amazon/timeline/print")
    assert answer.status_code == 404
    assert "Amazon Rekognition and government sales" in answer.text
