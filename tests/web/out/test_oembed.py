"""oEmbed 1.0: both forms say the same, sizes keep to what was asked, discovery leads here, strangers get a 404."""

import html
import json
import re
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.web import scenario
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.web.out import embed, oembed
from tracker.web.out.embed import Kind, Size
from tracker.workflows.runtime import Runtime

SITE = "http://127.0.0.1:8000"
CAMPAIGN = f"{SITE}/campaigns/{scenario.CAMPAIGN}"
TIMELINE = f"{CAMPAIGN}/timeline"
# Section 2.3.4 of the specification, for the type "rich".
REQUIRED = {"type", "version", "html", "width", "height"}


def asked(client: FlaskClient, url: str, more: str = ""):
    return client.get(f"/oembed?url={quote(url, safe='')}{more}")


def source(told: dict) -> str:
    return html.unescape(re.search(r'<iframe src="([^"]+)"', told["html"])[1])


def test_both_forms_say_the_same(client: FlaskClient):
    as_json, as_xml = (asked(client, TIMELINE, f"&format={form}") for form in ("json", "xml"))
    assert as_json.headers["Content-Type"] == "application/json"
    assert as_xml.headers["Content-Type"] == "text/xml; charset=utf-8"
    told, root = as_json.json, ET.fromstring(as_xml.data)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {name: str(value) for name, value in told.items()}
    assert told.keys() >= REQUIRED
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert asked(client, TIMELINE).json == told
    assert "Set-Cookie" not in as_json.headers


def test_a_timeline_names_both_addresses_and_they_answer(client: FlaskClient):
    text = client.get(TIMELINE.removeprefix(SITE)).text
    found = dict(re.findall(r'<link rel="alternate" type="([^"]+oembed)" href="([^"]+)"', text))
    assert found.keys() == {"application/json+oembed", "text/xml+oembed"}
    for address in found.values():
        assert client.get(html.unescape(address)).status_code == 200
    assert source(client.get(html.unescape(found["application/json+oembed"])).json).startswith(
        f"{CAMPAIGN}/embed/strip"
    )


@pytest.mark.parametrize(
    ("url", "framed"),
    [
        (TIMELINE, f"{CAMPAIGN}/embed/strip"),
        (CAMPAIGN, f"{CAMPAIGN}/embed/strip"),
        (f"{TIMELINE}?lane=press&after=2018~a&from=2018#e-1", f"{CAMPAIGN}/embed/strip?lane=press&from=2018"),
        (TIMELINE.replace("http:", "HTTPS:"), f"{CAMPAIGN}/embed/strip"),
        (f"{CAMPAIGN}/embed/list?limit=3&theme=dark&x=y", f"{CAMPAIGN}/embed/list?limit=3&theme=dark"),
        (f"{CAMPAIGN}/embed?show=list&lane=press", f"{CAMPAIGN}/embed/list?lane=press"),
    ],
)
def test_an_address_of_a_campaign_is_framed_with_its_filters(client: FlaskClient, url: str, framed: str):
    found = source(asked(client, url).json)
    assert found == framed
    assert client.get(found.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/", f"{SITE}/letters", f"{SITE}/campaigns/nobody/timeline", "https://elsewhere.example/campaigns/a",
        f"{SITE}.example/campaigns/{scenario.CAMPAIGN}", "campaigns", "javascript:alert(1)", "http://[", f"{SITE}/%ff",
        f"{TIMELINE}%00", "http://127.0.0.1:8000//evil.example",
    ],
)  # fmt: skip
def test_an_address_that_is_no_campaign_of_ours_is_not_found(client: FlaskClient, url: str):
    assert asked(client, url).status_code == 404


@pytest.mark.parametrize("form", ["yaml", "JSON", "xml+oembed"])
def test_a_form_that_is_not_written_is_not_implemented(client: FlaskClient, form: str):
    answer = asked(client, TIMELINE, f"&format={quote(form)}")
    assert answer.status_code == 501
    assert form in answer.text


@pytest.mark.parametrize("query", ["", "url=", f"url={TIMELINE}&maxwidth=0", f"url={TIMELINE}&maxheight=-1",
                                   f"url={TIMELINE}&maxwidth=1e9", f"url={TIMELINE}&maxwidth=%C2%B2"])  # fmt: skip
def test_what_is_not_understood_is_answered_in_words(client: FlaskClient, query: str):
    answer = client.get(f"/oembed?{query}")
    assert answer.status_code == 422
    assert "takes" in answer.text


@given(kind=st.sampled_from(Kind), width=st.integers(0, 3000), height=st.integers(0, 3000))
def test_no_size_is_larger_than_was_asked_for(kind: Kind, width: int, height: int):
    size = embed.fitting(kind, Size(width, height))
    assert 0 < size.width <= (width or size.width)
    assert 0 < size.height <= (height or size.height)


def test_the_sizes_of_the_answer_are_those_of_the_frame(client: FlaskClient):
    told = asked(client, TIMELINE, "&maxwidth=400&maxheight=320").json
    assert (told["width"], told["height"]) == (400, 320)
    assert 'width="400" height="320"' in told["html"]
    assert "thumbnail_url" not in told
    assert asked(client, TIMELINE, "&maxwidth=9999999999").json["width"] == 720


def test_the_picture_is_offered_where_it_is_not_larger_than_asked_for(client: FlaskClient):
    told = asked(client, TIMELINE, "&maxwidth=1200").json
    assert client.get(told["thumbnail_url"].removeprefix(SITE)).mimetype == "image/png"
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
    assert "thumbnail_url" not in asked(client, TIMELINE, "&maxheight=629").json


def test_hostile_titles_stay_words_and_a_fictional_campaign_says_so(tmp_path):
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        with writing(engine) as session:
            campaign = factories.campaign(session, "c", title='"><script>\x0b')
            campaign.fictional = True
        client = create_app(
            Runtime(Settings(public_url="https://w.example/w"), engine, clock=lambda: scenario.NOW)
        ).test_client()
        url = "https://w.example/w/campaigns/c"
        told = asked(client, url).json
        assert "<script" not in told["html"]
        assert told["title"].endswith("(fictional)")
        assert json.dumps(told)
        assert "<script" not in ET.fromstring(asked(client, url, "&format=xml").data).findtext("html")


def test_a_name_that_no_database_takes_is_a_stranger_before_it_is_asked_for(client: FlaskClient):
    with client.application.test_request_context():
        assert oembed._wanted(f"{SITE}/campaigns/a%00b/timeline") is None
    assert asked(client, f"{SITE}/campaigns/a%00b/timeline").status_code == 404
