"""Errors: each says what happened and where to go, keeps its headers, gives nothing away, and needs no database."""

import html
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from tests.web import scenario
from tracker.domain.errors import ConflictError
from tracker.settings import Settings
from tracker.store.engine import create_engine
from tracker.web import near
from tracker.web.errors import ADVICE, HEADINGS
from tracker.web.factory import create_app
from tracker.web.problems import MEDIA_TYPE
from tracker.workflows.runtime import Runtime

BROKEN = "the password is 1234"


def _raise(error: Exception) -> str:
    raise error


def failing(runtime: Runtime) -> Flask:
    """The site with addresses at which each error is raised."""
    app = create_app(runtime)
    raised = {
        "400": lambda: abort(400),
        "413": lambda: _raise(RequestEntityTooLarge()),
        "429": lambda: _raise(TooManyRequests(retry_after=17)),
        "500": lambda: _raise(RuntimeError(BROKEN)),
        "503": lambda: _raise(ConflictError(BROKEN)),
        "abort503": lambda: abort(503),
    }
    for name, view in raised.items():
        for place in ("", "/api/v1"):
            app.add_url_rule(f"{place}/fail/{name}", f"fail{place}{name}", view)
    return app


@pytest.fixture(scope="module")
def site_(archive: Runtime) -> Flask:
    return failing(archive)


@pytest.fixture
def reader(site_: Flask) -> FlaskClient:
    return site_.test_client()


@pytest.fixture
def gone(tmp_path: Path) -> Iterator[FlaskClient]:
    """A reader of a site whose database has gone."""
    engine = create_engine(f"sqlite:///{tmp_path / 'nothing' / 'gone.db'}")
    yield failing(Runtime(Settings(), engine, clock=lambda: scenario.NOW)).test_client()
    engine.dispose()


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


def test_every_heading_has_advice():
    assert HEADINGS.keys() == ADVICE.keys()


@pytest.mark.parametrize("code", [400, 413, 429, 500, 503])
def test_an_error_says_what_happened_and_where_to_go(reader: FlaskClient, code: int):
    answer = reader.get(f"/fail/{code}")
    assert (answer.status_code, answer.mimetype) == (code, "text/html")
    text = plain(answer.text)
    assert HEADINGS[code] in text
    assert ADVICE[code] in text
    assert "Where to go from here" in text
    assert BROKEN not in answer.text
    assert 'href="/search"' in answer.text
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("code", [400, 413, 429, 500, 503])
def test_programs_are_told_the_same_as_problem_details(reader: FlaskClient, code: int):
    answer = reader.get(f"/api/v1/fail/{code}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (code, MEDIA_TYPE)
    told = answer.get_json()
    assert (told["status"], told["title"]) == (code, HEADINGS[code])
    assert ADVICE[code] in told["detail"]
    assert bool(told["instance"]) == (code >= 500)
    assert BROKEN not in answer.text


@pytest.mark.parametrize("address", ["/letters.json?company=nobody", "/calendar.jsonl?campaign=nobody"])
def test_who_asks_for_json_is_told_in_json(reader: FlaskClient, address: str):
    answer = reader.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, MEDIA_TYPE)
    assert "nobody" in answer.get_json()["detail"]


def test_headers_that_say_what_to_do_are_kept(reader: FlaskClient):
    assert reader.get("/fail/429").headers["Retry-After"] == "17"
    refused = reader.post("/letters")
    assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})
    assert "It takes GET, HEAD, not POST." in plain(refused.text)
    assert reader.post("/api/v1/letters").headers["Content-Type"] == MEDIA_TYPE


# --- not found --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/resolutions/amazon-facial-recognition", "amazon facial recognition"),
        ("/letter/caucus_2018.html", "caucus 2018"),
        ("/campaigns/gaze/timeline/", "timeline"),
        ("/letters/", ""),
        ("/über/%C3%A9tude-1", "étude 1"),
        ("/%22%3E%3Cscript%3E", "script"),
        (f"/{'a' * 300}", "a" * 80),
    ],
)
def test_the_search_box_has_the_words_of_the_address(site: Flask, address: str, words: str):
    with site.test_request_context(address):
        assert near.words_of(address) == words


def test_an_unknown_address_has_the_search_box_and_what_it_may_have_meant(reader: FlaskClient):
    answer = reader.get("/letter/caucus-2019")
    assert answer.status_code == 404
    assert 'name="q" value="caucus 2019"' in answer.text
    assert '<a href="/letters/caucus-2018">Congressional Black Caucus to Jeff Bezos</a>' in answer.text
    assert "Nothing stands at /letter/caucus-2019." in answer.text


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/resolution", "/resolutions"),
        ("/Contacts", "/contracts"),
        ("/amazon-rekognitoin", f"/campaigns/{scenario.CAMPAIGN}/timeline"),
        ("/amazn", "/organizations/amazon"),
    ],
)
def test_a_mistyped_address_leads_to_the_page_or_thing_like_it(reader: FlaskClient, address: str, leads_to: str):
    answer = reader.get(address)
    assert answer.status_code == 404
    assert f'<li><a href="{leads_to}">' in answer.text
    assert "perhaps what you meant" in answer.text


@pytest.mark.parametrize("address", ["/x", "/%00", "/_%25", "/" + "x/" * 60, "/letters/%F0%9F%98%80"])
def test_any_address_is_answered_as_not_found(reader: FlaskClient, address: str):
    assert reader.get(address).status_code == 404


def test_an_unknown_name_keeps_its_likeliest_ones_and_has_the_search_box(reader: FlaskClient):
    answer = reader.get("/letters/caucus-2081")
    assert 'name="q" value="caucus 2081"' in answer.text
    assert 'href="/letters/caucus-2018"' in answer.text


def test_what_is_not_understood_leads_to_the_page_without_filters(reader: FlaskClient):
    answer = reader.get("/calendar?campaign=%3Cb%3E")
    assert answer.status_code == 422
    assert '<a href="/calendar">This page without filters</a>' in answer.text


# --- our own faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["500", "503", "abort503"])
def test_an_error_of_ours_has_a_number_under_which_it_stands_in_the_log(reader: FlaskClient, caplog, name: str):
    caplog.set_level(logging.ERROR)
    numbers = re.findall("<code>([0-9a-f]{8})</code>", reader.get(f"/fail/{name}").text)
    [record] = [row for row in caplog.records if row.name == "tracker.web.errors"]
    assert numbers == [record.incident]
    assert record.incident in record.getMessage()
    assert record.exc_info
    assert (record.method, record.rule) == ("GET", f"/fail/{name}")


def test_an_error_of_ours_asks_the_database_nothing(site_: Flask, archive: Runtime):
    said: list[str] = []
    event.listen(archive.engine, "before_cursor_execute", listener := lambda *told: said.append(told[2]))
    text = site_.test_client().get("/fail/500").text
    event.remove(archive.engine, "before_cursor_execute", listener)
    assert said == []
    assert "How our sources are doing cannot be said just now." in text


def test_without_its_database_every_page_says_so_and_none_fails(gone: FlaskClient):
    for address, code in (("/letters", 503), ("/fail/500", 500), ("/nothing-here", 404), ("/fail/413", 413)):
        answer = gone.get(address)
        assert answer.status_code == code, address
        assert HEADINGS[code] in answer.text
        assert "How our sources are doing cannot be said just now." in answer.text


def test_where_even_the_error_page_fails_its_sentences_are_given_as_text(archive: Runtime, caplog):
    app = failing(archive)
    app.jinja_env.globals["health_line"] = lambda: _raise(RuntimeError(BROKEN))
    answer = app.test_client().get("/fail/500")
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert answer.text.startswith("Something went wrong here.\n")
    assert re.search("Incident [0-9a-f]{8}\\.", answer.text)
    assert BROKEN not in answer.text
    assert "error page failed" in caplog.text
