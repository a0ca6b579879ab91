"""What readers and strangers write into an address is understood or refused with a page, and never leaks into links."""

import html
import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import scenario
from tracker.web import pages
from tracker.web.api.base import Limited

TIMELINE = f"/campaigns/{scenario.CAMPAIGN}/timeline"


def links(text: str) -> list[str]:
    return [html.unescape(address) for address in re.findall(r'href="(/[^"]*)"', text)]


@pytest.mark.parametrize(
    "junk",
    ["endpoint=x", "_anchor=a", "_method=x", "_scheme=x", "_external=1", "slug=zzz", "filename=x", "utm_source=x"],
)
@pytest.mark.parametrize("page", ["/resolutions?season=2019", f"{TIMELINE}?lane=press", "/letters?state=answered"])
def test_an_unknown_argument_is_dropped_and_changes_no_link(client: FlaskClient, page: str, junk: str):
    answer = client.get(f"{page}&{junk}")
    assert answer.status_code == 200
    assert links(answer.text) == links(client.get(page).text)


def test_every_argument_that_a_page_reads_is_kept_in_its_links():
    room = Path(pages.__file__).parent
    # Editors' pages have forms of their own; of them the history is a list like those that everybody reads.
    sources = [path.read_text(encoding="utf-8") for path in (*room.glob("*.py"), room / "editing" / "history.py")]
    read = {
        name
        for text in sources
        for name in re.findall(r'(?:request\.args\.get|codes|day_argument|_number|_known)\(\s*"(\w+)"', text)
    }
    # The history asks for "organization" by a name of its table of subjects.
    assert read | set(Limited.model_fields) | {"organization"} == pages.ARGUMENTS


def test_values_with_every_character_survive_a_link(site: Flask):
    with site.test_request_context("/letters?company=a%26b%3Dc%23d%2F%3F&kind=x&kind=y"):
        site.preprocess_request()
        address = pages.with_arguments(season=2019)
    with site.test_request_context(address) as again:
        assert again.request.path == "/letters"
        assert again.request.args.to_dict(flat=False) == {
            "company": ["a&b=c#d/?"], "kind": ["x", "y"], "season": ["2019"]
        }  # fmt: skip


@pytest.mark.parametrize(
    "number", ["0", "2147483648", "9" * 10, "99999999999999999999999", "9" * 5000, "-1", "1.0", "\N{SUPERSCRIPT TWO}"]
)
def test_a_number_that_no_document_can_have_is_no_page(client: FlaskClient, number: str):
    assert client.get(f"/documents/{number}").status_code == 404


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000, "0", "\N{SUPERSCRIPT TWO}", "٣", "-1", "01"])
def test_a_version_or_season_that_cannot_be_is_not_understood(client: FlaskClient, number: str):
    assert client.get("/documents/1", query_string={"version": number}).status_code == 422
    assert client.get("/resolutions", query_string={"season": number}).status_code == 422


@pytest.mark.parametrize("text", ["9" * 5000, "99999-01-01", "2019-" + "9" * 30])
def test_a_day_that_cannot_be_is_not_understood(client: FlaskClient, text: str):
    assert client.get(TIMELINE, query_string={"from": text}).status_code == 422


@pytest.mark.parametrize("text", ["before 2019", "after 2019", "before 3 June 2019"])
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_day_with_an_open_end_is_no_filter(client: FlaskClient, name: str, text: str):
    answer = client.get(TIMELINE, query_string={name: text})
    assert answer.status_code == 422
    assert f"The filter “{name}” takes a day, month or year such as 2019-05, not “{text}”" in html.unescape(answer.text)


@pytest.mark.parametrize(
    "address", ["/campaigns/a%00b/timeline", "/letters/%00", "/events/%00", "/u/%00", "/static/a%00/b.css", "/%00"]
)
def test_a_nul_in_a_path_is_no_page(client: FlaskClient, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["company=%00", "%00=x", "after=2019-01-01~%00", "campaign=a%00b"])
def test_a_nul_in_a_filter_is_not_understood(client: FlaskClient, query: str):
    answer = client.get(f"/letters?{query}")
    assert answer.status_code == 422
    assert "U+0000" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_readers_secret_token_is_not_logged(
    site: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, method: str
):
    def broken(token: str) -> str:
        raise RuntimeError("the page broke")

    monkeypatch.setitem(site.view_functions, "subscribe.leave", broken)
    monkeypatch.setitem(site.view_functions, "subscribe.left", broken)
    with caplog.at_level(logging.DEBUG):
        assert site.test_client().open("/u/a-secret-token?after=a-secret-too", method=method).status_code == 500
    [record] = [record for record in caplog.records if record.name == "tracker.web.errors"]
    assert (record.method, record.rule) == (method, "/u/<token>")
    written = " ".join(str(value) for row in caplog.records for value in [row.getMessage(), *vars(row).values()])
    assert "a-secret" not in written
