"""Every page answers, says what is wrong when it cannot, and needs no script, inline style or second server."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import scenario
from tracker.settings import Settings
from tracker.store.engine import create_engine
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

TIMELINE = f"/campaigns/{scenario.CAMPAIGN}/timeline"
TERMS = f"/campaigns/{scenario.CAMPAIGN}/terms"
PAGES = (
    *("/", TIMELINE, "/campaigns/northwind-gaze/timeline", TERMS, "/documents/1", "/documents/1?from=1&to=2"),
    "/sources",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_with_one_heading_and_a_title(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert len(re.findall("<h1[ >]", answer.text)) == 1
    assert re.search("<title>[^<]+ · Whereas</title>", answer.text)


def test_every_page_group_in_the_menu_answers(client: FlaskClient):
    menu = re.search("<nav class=.menu-wide.*?</nav>", client.get("/").text, re.DOTALL)
    assert menu is not None
    for address in re.findall('href="([^"]+)"', menu[0]):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("address", [*PAGES, "/nothing-here"])
def test_a_page_carries_its_security_headers_and_nothing_inline(client: FlaskClient, address: str):
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"]
    assert not re.search(r"<[^>]+\s(style|onclick|onload)=", answer.text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", answer.text)
    assert not re.search(r"<style", answer.text)


def test_nothing_is_loaded_from_another_server(client: FlaskClient):
    for address in PAGES:
        text = client.get(address).text
        # These two name an address; nothing is loaded from it.
        loaded = re.findall(r'<(?:link(?! rel="(?:canonical|alternate)")|script|img)[^>]+(?:href|src)="([^"]+)"', text)
        assert all(source.startswith("/") for source in loaded), loaded


def test_an_asset_is_kept_for_a_year_under_its_content_and_not_under_another(client: FlaskClient):
    address = re.search(r'href="(/static/[^"]+/whereas\.css)"', client.get("/").text)[1]
    with closing(client.get(address)) as kept:
        assert "immutable" in kept.headers["Cache-Control"]
    with closing(client.get("/static/000000000000/whereas.css")) as stale:
        assert stale.status_code == 200
        assert "immutable" not in stale.headers.get("Cache-Control", "")
    assert client.get("/static/000000000000/../../factory.py").status_code == 404


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient):
    first = client.get("/sources")
    again = client.get("/sources", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_an_unknown_campaign_is_answered_with_the_likeliest_one(client: FlaskClient):
    answer = client.get("/campaigns/amazon-rekognitoin/timeline")
    assert answer.status_code == 404
    assert "No campaign is called “amazon-rekognitoin”" in answer.text
    assert f'href="{TIMELINE}"' in answer.text


def test_an_unknown_address_says_where_to_go(client: FlaskClient):
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "Where to go from here" in answer.text
    assert 'href="/sources"' in answer.text


def test_a_fault_of_ours_is_a_page_without_the_particulars(site: Flask, monkeypatch: pytest.MonkeyPatch):
    def broken() -> str:
        raise RuntimeError("a secret of ours")

    monkeypatch.setitem(site.view_functions, "sources.index", broken)
    answer = site.test_client().get("/sources")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Something went wrong here" in answer.text


def test_a_database_that_cannot_be_read_is_said_to_be_so(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    answer = create_app(Runtime(Settings(), engine)).test_client().get("/sources")
    engine.dispose()
    assert answer.status_code == 503
    assert "The archive cannot be read just now" in answer.text
    assert "Where to go from here" in answer.text


def test_the_front_page_has_figures_and_says_what_moved(client: FlaskClient):
    text = client.get("/").text
    assert "Amazon Rekognition and government sales" in text
    assert "Northwind Gaze in schools" in text
    assert "fictional" in text
    assert "What moved last" in text


def test_a_campaign_leads_to_its_timeline(client: FlaskClient):
    answer = client.get(f"/campaigns/{scenario.CAMPAIGN}")
    assert answer.status_code == 302
    assert answer.location.endswith(TIMELINE)


def test_a_fictional_campaign_says_so_on_its_own_page(client: FlaskClient):
    assert "Fictional campaign." in client.get("/campaigns/northwind-gaze/timeline").text
    assert "Fictional campaign." not in client.get(TIMELINE).text
