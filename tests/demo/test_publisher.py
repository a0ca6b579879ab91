"""The publisher speaks HTTP as real servers do, and what it serves is read by our own sources."""

import json
import socket
import struct
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tracker import demo
from tracker.demo.articles import articles
from tracker.demo.feeds import FEEDS, write
from tracker.demo.filings import LIST_PATH
from tracker.demo.publisher import POLICY_PATH, Publisher
from tracker.domain.dates import PartialDate
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.sources.base import source_named


@pytest.fixture
def publisher(today) -> Iterator[Publisher]:
    with Publisher(today=today) as running:
        yield running


def ask(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Return status, headers in lower case, and body."""
    request = urllib.request.Request(url, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def test_a_collector_that_hangs_up_is_no_error_on_the_screen(publisher: Publisher, capfd: pytest.CaptureFixture[str]):
    before = threading.active_count()
    with socket.create_connection(("127.0.0.1", int(publisher.address.rpartition(":")[2]))) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: demo\r\n\r\n")
        assert connection.recv(100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close by a reset
    while threading.active_count() > before:
        time.sleep(0.01)
    assert capfd.readouterr().err == ""


def collected(publisher: Publisher, name: str) -> list[RawItem]:
    """Return every item of one demo source, further requests followed."""
    [given] = [source for source in demo.sources(publisher.address) if source["name"] == name]
    reader = source_named(given["reader"])
    waiting = list(reader.requests([Target(given["url"], name=given["title"], options=given["options"])]))
    items = []
    while waiting:
        request = waiting.pop(0)
        status, headers, body = ask(request.url)
        answer = Fetched(request.url, status, body, headers, datetime(2026, 11, 23, 12, tzinfo=UTC), request)
        for found in reader.parse(answer):
            (waiting if isinstance(found, Request) else items).append(found)
    return items


@pytest.mark.parametrize(
    "path", ["/feeds/press.rss", "/feeds/advocates.atom", "/feeds/reports.json", LIST_PATH, POLICY_PATH]
)
def test_an_unchanged_page_is_answered_with_304_and_no_body(publisher, path):
    status, headers, body = ask(publisher.address + path)
    assert (status, bool(body)) == (200, True)
    for condition in ({"If-None-Match": headers["etag"]}, {"If-Modified-Since": headers["last-modified"]}):
        again, said, nothing = ask(publisher.address + path, condition)
        assert (again, nothing) == (304, b"")
        assert said["etag"] == headers["etag"]


def test_an_entity_tag_must_come_back_byte_for_byte(publisher):
    url = publisher.address + "/feeds/press.rss"
    tag = ask(url)[1]["etag"]
    assert tag.startswith('"')
    for altered in (tag.strip('"'), tag.upper(), f"W/{tag}", '"another"'):
        assert ask(url, {"If-None-Match": altered})[0] == 200
    assert ask(url, {"If-None-Match": f'"another", {tag}'})[0] == 304
    assert ask(url, {"If-None-Match": "*"})[0] == 304


def test_an_entity_tag_decides_alone_where_one_is_sent(publisher):
    url = publisher.address + "/feeds/press.rss"
    modified = ask(url)[1]["last-modified"]
    assert ask(url, {"If-None-Match": '"another"', "If-Modified-Since": modified})[0] == 200


@pytest.mark.parametrize("since", ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", ""])
def test_an_old_or_unreadable_date_is_answered_in_full(publisher, since):
    assert ask(publisher.address + "/feeds/press.rss", {"If-Modified-Since": since})[0] == 200


def test_head_is_answered_like_get_without_the_body(publisher):
    url = publisher.address + "/feeds/press.rss"
    _, got, body = ask(url)
    status, headers, nothing = ask(url, method="HEAD")
    assert (status, nothing) == (200, b"")
    assert headers["content-length"] == got["content-length"] == str(len(body))


def test_an_unknown_address_is_404(publisher):
    assert ask(publisher.address + "/feeds/none.rss")[0] == 404


def test_a_second_start_serves_the_same_validators(publisher, today):
    path = "/feeds/lawmakers.rss"
    first = publisher.resource(path)
    publisher.stop()
    with Publisher(int(publisher.address.rsplit(":", 1)[1]), today=today) as again:
        assert (again.resource(path).etag, again.resource(path).modified) == (first.etag, first.modified)


def test_the_second_edition_changes_only_what_is_new(publisher):
    paths = [feed.path for feed in FEEDS] + [LIST_PATH, POLICY_PATH, "/larkmere/about"]
    first = {path: publisher.resource(path) for path in paths}
    publisher.edition = 2
    changed = {path for path in paths if publisher.resource(path).etag != first[path].etag}
    assert changed == {"/feeds/larkmere-press.rss", LIST_PATH, POLICY_PATH}
    for path in paths:
        assert (publisher.resource(path).modified > first[path].modified) == (path in changed)


def test_an_edition_that_does_not_exist_is_refused(publisher):
    with pytest.raises(ValueError, match="editions 1 to 2, not 3"):
        publisher.edition = 3


def test_everything_published_is_carried_by_a_feed_that_exists(today):
    assert {article.feed for article in articles(today)} == {feed.name for feed in FEEDS}


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_our_reader_finds_every_article_as_it_was_meant(publisher, today, feed):
    publisher.edition = 2
    items = collected(publisher, f"demo-{feed.name}")
    wanted = [article for article in articles(today) if article.feed == feed.name]
    assert [(item.title, item.url, item.publisher) for item in items] == [
        (article.title, article.link, article.publisher) for article in wanted
    ]
    for item, article in zip(items, wanted, strict=True):
        published = item.published
        day = published if isinstance(published, PartialDate) else PartialDate.from_datetime(published)
        assert str(day) == article.published
        assert item.kind == feed.kind
        assert not item.warnings
        assert item.content_html.count("<p>") == len(article.paragraphs)
        assert item.key.startswith("tag:")


def test_a_date_known_to_the_month_stays_a_month(publisher):
    months = [item for item in collected(publisher, "demo-press") if str(item.published) == "2019-03"]
    assert [item.title for item in months] == [
        "Facial recognition mostly used by Washington County police to investigate minor crimes"
    ]


def test_edgar_lists_columns_of_equal_length(publisher):
    recent = json.loads(ask(publisher.address + LIST_PATH)[2])["filings"]["recent"]
    assert {len(column) for column in recent.values()} == {6}
    assert "primaryDocDescription" in recent


def test_our_reader_takes_the_wanted_filings_and_in_the_second_edition_the_amended_one(publisher):
    assert [item.form for item in collected(publisher, "demo-larkmere-edgar")] == ["8-K", "PX14A6G", "DEF 14A"]
    publisher.edition = 2
    items = collected(publisher, "demo-larkmere-edgar")
    assert [item.form for item in items] == ["8-K/A", "8-K", "PX14A6G", "DEF 14A"]
    assert "74,879,412" in items[0].content_html
    assert "75,088,120" in items[1].content_html


def test_the_watched_policy_changes_in_its_text_and_not_only_around_it(publisher):
    [before] = collected(publisher, "demo-larkmere-policy")
    publisher.edition = 2
    [after] = collected(publisher, "demo-larkmere-policy")
    assert before.key == after.key
    assert "Customers decide how long" in before.content_html
    assert "deleted after 30 days" in after.content_html
    for noise in ("biscuit", "machine", "Related", "About"):
        assert noise not in before.content_html + after.content_html


def test_a_feed_without_a_time_of_day_refuses_a_month(today):
    [article] = [article for article in articles(today) if article.id == "iccr-2022-ballot"]
    [atom] = [feed for feed in FEEDS if feed.name == "advocates"]
    with pytest.raises(ValueError, match="RSS feed"):
        write(atom, [article], "http://127.0.0.1:1")
