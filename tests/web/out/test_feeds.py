"""Atom feeds, read back by feedparser: last known first, paged without loss, permanent names, nothing executable."""

import io
from datetime import timedelta

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests import factories
from tests.web import scenario
from tests.web.out import rfc4287
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.web.out import feeds
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

FEEDS = ("/feed.atom", f"/campaigns/{scenario.CAMPAIGN}/feed.atom")
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: FlaskClient, address: str):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(io.BytesIO(answer.data))
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_readers_need(client: FlaskClient, address: str):
    found = read(client, address)
    assert found.feed.title
    assert found.feed.id.startswith("tag:127.0.0.1,2026:")
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"].endswith(address)
    assert client.get(links["alternate"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert found.entries
    for entry in found.entries:
        assert (entry.id[:19], bool(entry.title)) == ("tag:127.0.0.1,2026:", True)
        assert entry.updated_parsed
        assert client.get(entry.link.removeprefix("http://127.0.0.1:8000")).status_code == 302


@pytest.mark.parametrize(
    "address", [*FEEDS, "/companies/amazon/feed.atom", "/search.atom?q=amazon", "/search.atom?q=aardvark"]
)
def test_a_feed_keeps_the_rules_of_rfc_4287(client: FlaskClient, address: str):
    assert rfc4287.faults(client.get(address).data) == []


@pytest.mark.parametrize(
    ("written", "instead", "section"),
    [
        ("<updated>", "<updated>on ", "3.3"),
        ("</feed>", "<title>Again</title></feed>", "4.1"),
        ("<author><name>Whereas</name></author>", "", "4.1.1"),
        ('<content type="html">', '<content type="html"><b/>', "3.1.1.1"),
        ("<id>tag:", "<id>", "4.2.6"),
        ("<category term=", "<category name=", "4.2.2"),
        ("<entry>", '<entry><link type="text/html" href="/twice" />', "4.1"),
        ("<summary", "<teaser", "6"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_caught(client: FlaskClient, written: str, instead: str, section: str):
    text = client.get(FEEDS[0]).text.replace("</entry>", "<summary>s</summary></entry>", 1)
    assert rfc4287.faults(text.encode()) == []
    broken = text.replace(written, instead).replace("</summary>", "</teaser>" if "teaser" in instead else "</summary>")
    assert {fault.partition(":")[0] for fault in rfc4287.faults(broken.encode())} == {section}


def test_the_pages_of_a_feed_hold_every_row_once_also_where_all_became_known_at_once(client, monkeypatch):
    whole = [entry.id for entry in read(client, FEEDS[0]).entries]
    monkeypatch.setattr(feeds, "PER_PAGE", 3)
    found, address = [], FEEDS[0]
    while address:
        page = read(client, address)
        found += [entry.id for entry in page.entries]
        address = next((link.href for link in page.feed.links if link.rel == "next"), "")
        address = address.removeprefix("http://127.0.0.1:8000")
    assert found == whole
    assert len(set(found)) == len(found) > 6


def test_what_became_known_later_comes_first_and_nothing_unreadable_or_executable_is_in_it(tmp_path):
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        now = scenario.NOW
        with writing(engine) as session:
            campaign = factories.campaign(session, "c", title="C & <D>")
            factories.letter(session, "old", sent="2018-05", title="Old", campaign=campaign)
        rebuild(Runtime(Settings(), engine, clock=lambda: now))
        with writing(engine) as session:
            title = "New <script>alert(1)</script> \x0b \ufffe"
            letter = factories.letter(session, "new", sent="2017-05", title=title, campaign=campaign)
            factories.evidence(session, letter.id, "sent_on", "2018", url="javascript:alert(1)")
        rebuild(Runtime(Settings(), engine, clock=lambda: now + timedelta(days=1)))
        client = create_app(Runtime(Settings(), engine, clock=lambda: now)).test_client()
        found = read(client, "/campaigns/c/feed.atom")
        assert [entry.published[:10] for entry in found.entries] == ["2026-11-24", "2026-11-23"]
        assert found.feed.title == "C & <D>"
        root = etree.fromstring(client.get("/feed.atom").data)
        texts = [element.text for element in root.iter(f"{ATOM}title", f"{ATOM}content")]
        assert any("<script>" in text for text in texts[:3])  # a title is text, and says so by having no type
        contents = [element.text for element in root.iter(f"{ATOM}content")]
        assert not any("<script" in text or "<i>" in text or 'href="javascript' in text for text in contents)


def test_a_feed_that_is_not_there_and_a_broken_page_are_answered_in_words(client: FlaskClient):
    missing = client.get("/campaigns/amazon-recognition/feed.atom")
    assert (missing.status_code, scenario.CAMPAIGN in missing.text) == (404, True)
    for key in ("x", "x~y", "9999-99-99T00:00~a", "0001-01-01T00:00+23:59~a"):
        answer = client.get(f"/feed.atom?after={key.replace('+', '%2B')}")
        assert (answer.status_code, "first page" in answer.text) == (422, True)


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient):
    tag = client.get(FEEDS[0]).headers["ETag"]
    assert client.get(FEEDS[0], headers={"If-None-Match": tag}).status_code == 304
