"""`tracker source`: each is told in words, as on the health page; a site is asked over real HTTP on loopback."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlmodel import col, select

from tests import factories as make
from tests.workflows.feeds import RELEVANT, rss, story
from tracker.models.document import Document, Fetch, Source
from tracker.settings import PROJECT
from tracker.store.engine import reading, writing
from tracker.web.source_words import COLUMNS
from tracker.workflows.runtime import utc_now
from tracker.workflows.setup import LONGEST_EVERY, SHORTEST_EVERY

HOUR = timedelta(hours=1)


@pytest.fixture
def settings(configured):
    """A configuration without sources."""
    return configured(sources="")


@pytest.fixture
def filled(tracker):
    """The command over sources that are well, failing, silent and paused."""
    now = utc_now()
    well = {"reader": "feed", "due_at": now + HOUR, "last_ok_at": now - HOUR, "last_tried_at": now - HOUR}
    rows = {
        "broken": {"failing_since": now - 9 * HOUR, "failures": 2, "last_error": "the server said 503"},
        "closed": {"failing_since": now - 9 * HOUR, "failures": 2, "gone_since": now - 9 * HOUR},
        "quiet": {"last_new_at": now - 480 * HOUR, "rhythm_seconds": 86400, "quiet_seconds": 6 * 86400},
        "stopped": {"paused": True},
        "well": {},
    }
    with tracker.engine() as engine, writing(engine) as session:
        for name, facts in rows.items():
            make.add(session, Source(name=name, url=f"https://{name}.example/feed", **well | facts))
    return tracker


def test_each_source_is_listed_with_its_state_and_what_is_wrong_below(filled, settings):
    done = filled("source", "list", **settings)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    heads = [line.split() for line in lines if not line.startswith(" ")]
    assert [(words[0], words[2]) for words in heads] == [
        ("broken", "failing"), ("closed", "gone"), ("quiet", "silent"), ("stopped", "paused"), ("well", "answering"),
    ]  # fmt: skip
    assert lines[1].startswith("    Failing since ")
    assert lines[2] == "    the server said 503"
    assert "it is gone for good (410)" in lines[4]
    assert "although it usually publishes every day" in lines[6]
    assert len(lines) == 9


def test_the_list_as_json_is_that_of_the_health_page(filled, settings):
    done = filled("source", "list", "--json", **settings)
    assert (done.status, done.err) == (0, "")
    told = json.loads(done.out)
    assert [row["state"] for row in told] == ["failing", "gone", "silent", "paused", "well"]
    assert all(tuple(row) == COLUMNS for row in told)


def test_where_there_is_none_it_is_said_how_to_add_one(tracker, settings):
    assert "tracker source add URL" in tracker("source", "list", **settings).out
    assert json.loads(tracker("source", "list", "--json", **settings).out) == []


@pytest.mark.parametrize("arguments", [["import-opml"], ["export-opml"], ["pause"], ["resume"], ["remove"], ["add"]])
def test_what_a_command_needs_is_asked_for(tracker, settings, arguments):
    done = tracker("source", *arguments, **settings)
    assert done.status == 2
    assert "Missing argument" in done.err


def test_a_file_that_is_not_there_is_named(tracker, settings, tmp_path):
    done = tracker("source", "import-opml", tmp_path / "nowhere.opml", **settings)
    assert done.status == 2
    assert "nowhere.opml' does not exist" in done.err


def test_a_source_may_not_be_asked_every_second(tracker, settings):
    done = tracker("source", "add", "https://example.org", "--every", "1", **settings)
    assert done.status == 2
    assert "--every" in done.err


# --- with a site on loopback ------------------------------------------------------------------------------------------

HOME = "<html><head><link rel='alternate' type='application/rss+xml' href='/stories'></head><body></body>"
TEXT = "".join(f"<p>{number}. {RELEVANT}</p>" for number in ("First", "Second", "Third"))
ARTICLE = f"""<html lang="en"><head><title>Groups write to Amazon</title>
<meta property="og:title" content="Groups write to Amazon"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2019-02-07T10:00:00Z"></head>
<body><article><h1>Groups write to Amazon</h1>{TEXT}</article></body></html>"""
UNSIGNED = f"<html><head><title>A page</title></head><body><article><h1>A page</h1>{TEXT}</article></body></html>"


@pytest.fixture(scope="module")
def server():
    """A site with a home page, a feed, an article, and a page that is no feed."""
    pages = {
        "/": ("text/html", HOME.encode()),
        "/stories": ("application/rss+xml", rss(story(1), story(2))),
        "/article": ("text/html", ARTICLE.encode()),
        "/unsigned": ("text/html", UNSIGNED.encode()),
        "/plain/": ("text/html", b"<html><body>No feed here.</body></html>"),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            kind, body = pages.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def here(configured, server):
    """Settings with which the site may be asked."""
    terms = (PROJECT / "config" / "terms.toml").read_text("utf-8")
    return configured(sources="", terms=terms) | {"allowed_hosts": server, "contact": "tests@example.org"}


def names(tracker, settings) -> list[str]:
    return [row["name"] for row in json.loads(tracker("source", "list", "--json", **settings).out)]


def count(tracker, table) -> int:
    with tracker.engine() as engine, reading(engine) as session:
        return len(session.exec(select(table)).all())


def add_row(tracker, name: str, url: str, **facts) -> None:
    with tracker.engine() as engine, writing(engine) as session:
        make.add(session, Source(name=name, reader="feed", url=url, due_at=utc_now(), **facts))


def test_the_feed_of_a_home_page_is_found_and_added_once(tracker, here, server):
    done = tracker("source", "add", f"http://{server}/", **here)
    assert (done.status, done.err) == (0, "")
    assert "the page names it" in done.out
    assert "it has 2 entries now" in done.out
    [name] = names(tracker, here)
    assert done.out.startswith(f"{name} is added: ")
    assert "is here already" in tracker("source", "add", f"http://{server}/stories", **here).error
    assert count(tracker, Document) == 0


def test_what_is_said_of_a_source_wins(tracker, here, server):
    said = ["--name", "paper", "--title", "My paper", "--kind", "statement", "--every", "7200"]
    assert tracker("source", "add", f"http://{server}/stories", *said, **here).status == 0
    with tracker.engine() as engine, reading(engine) as session:
        [row] = session.exec(select(Source))
    assert (row.name, row.title, row.options, row.every_seconds) == ("paper", "My paper", {"kind": "statement"}, 7200)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [(["/plain/"], "looking for a feed"), (["/x"], "404"), (["/stories", "--kind", "song"], "song")],
    ids=["no feed", "no page", "no such kind"],
)
def test_what_cannot_be_added_ends_in_one_line_and_adds_nothing(tracker, here, server, arguments, found):
    path, *more = arguments
    assert found in tracker("source", "add", f"http://{server}{path}", *more, **here).error
    assert names(tracker, here) == []


@pytest.mark.parametrize("seconds", [59, LONGEST_EVERY + 1, 10**14])
def test_an_interval_that_no_calendar_holds_is_refused(tracker, here, server, seconds):
    done = tracker("source", "add", f"http://{server}/stories", "--every", seconds, **here)
    assert (done.status, f"{SHORTEST_EVERY}<=x<={LONGEST_EVERY}" in done.err) == (2, True)
    assert names(tracker, here) == []


def test_the_longest_interval_is_taken(tracker, here, server):
    assert tracker("source", "add", f"http://{server}/stories", "--every", LONGEST_EVERY, **here).status == 0


def test_every_source_is_tried_and_nothing_is_kept(tracker, here, server):
    add_row(tracker, "good", f"http://{server}/stories")
    add_row(tracker, "lost", f"http://{server}/nowhere")
    add_row(tracker, "stopped", f"http://{server}/stories", paused=True)
    done = tracker("source", "check", **here)
    assert done.status == 1
    table = " ".join(done.out.split())
    assert "good feed ok 2 2019-02-07" in table
    assert "lost feed http 404 0 –" in table
    assert "2 tried, 1 failed" in table
    assert "lost: fetching " in done.out
    assert "stopped" not in table
    assert (count(tracker, Document), count(tracker, Fetch)) == (0, 0)
    with tracker.engine() as engine, reading(engine) as session:
        assert session.exec(select(Source.name).where(col(Source.last_tried_at).is_not(None))).all() == []


def test_named_sources_are_tried_and_told_as_json(tracker, here, server):
    add_row(tracker, "good", f"http://{server}/stories")
    add_row(tracker, "lost", f"http://{server}/nowhere")
    done = tracker("source", "check", "good", "--json", **here)
    assert (done.status, done.err) == (0, "")
    [told] = json.loads(done.out)
    assert (told["name"], told["outcome"], told["entries"], told["failed"]) == ("good", "ok", 2, False)
    assert told["newest"] == "2019-02-07T10:00:00+00:00"
    assert "no source is called 'nowhere'" in tracker("source", "check", "nowhere", **here).error


def test_where_there_is_nothing_to_try_it_is_said(tracker, here):
    assert tracker("source", "check", **here).out == "no source to try\n"


def test_a_paused_source_is_not_asked_until_it_is_resumed(tracker, here, server):
    add_row(tracker, "good", f"http://{server}/stories")
    assert "good is paused" in tracker("source", "pause", "good", **here).out
    assert tracker("collect", **here).out == "no source is due\n"
    assert "good is asked again" in tracker("source", "resume", "good", **here).out
    assert tracker("collect", **here).out.startswith("1 sources asked")
    for command in ("pause", "resume", "remove"):
        assert "no source is called 'nowhere'" in tracker("source", command, "nowhere", **here).error


def test_a_source_is_removed_unless_documents_rest_on_it(tracker, here, server):
    add_row(tracker, "good", f"http://{server}/stories")
    add_row(tracker, "never", f"http://{server}/other")
    assert tracker("collect", "good", **here).status == 0
    assert "`tracker source pause good`" in tracker("source", "remove", "good", **here).error
    assert tracker("source", "remove", "never", **here).out == "never is removed\n"
    assert names(tracker, here) == ["good"]


def test_feeds_go_out_as_opml_and_come_back(tracker, here, tmp_path):
    add_row(tracker, "one", "https://one.example/feed", title="One & only")
    file = tmp_path / "feeds.opml"
    assert tracker("source", "export-opml", file, **here).err == f"written to {file}\n"
    assert tracker("source", "export-opml", "-", **here).out.encode() != b""
    again = tracker("source", "import-opml", file, **here)
    assert again.out.startswith("0 added, 1 here already")
    tracker("source", "remove", "one", **here)
    tried = tracker("source", "import-opml", file, "--dry-run", **here)
    assert tried.out.startswith("1 would be added")
    assert names(tracker, here) == []
    assert tracker("source", "import-opml", "-", given=file.read_bytes(), **here).out.startswith("1 added")
    assert names(tracker, here) == ["one"]


def test_what_is_no_opml_ends_in_one_line(tracker, here, tmp_path):
    file = tmp_path / "feeds.opml"
    file.write_text("<html>", encoding="utf-8")
    assert "OPML" in tracker("source", "import-opml", file, **here).error
    assert "choose another place" in tracker("source", "export-opml", tmp_path / "no" / "feeds.opml", **here).error


def test_an_unreadable_answer_waits_and_is_read_again_on_demand(tracker, here, server):
    add_row(tracker, "good", f"http://{server}/stories")
    assert tracker("collect", **here).status == 0
    assert tracker("source", "retry", **here).out == "nothing is waiting to be read again\n"
    add_row(tracker, "page", f"http://{server}/plain/")
    assert tracker("collect", "page", **here).status == 1
    assert "1 answers still unreadable" in " ".join(tracker("source", "retry", **here).out.split())
    assert tracker("source", "retry", "good", **here).out == "nothing is waiting to be read again\n"
    assert "no source is called 'nowhere'" in tracker("source", "retry", "nowhere", **here).error
    assert "could not be read" in tracker("source", "list", **here).out


# --- document ---------------------------------------------------------------------------------------------------------


def test_a_document_is_added_from_its_address_with_what_the_page_says_of_itself(tracker, here, server):
    done = tracker("document", "add", f"http://{server}/article", **here)
    assert (done.status, done.err) == (0, "")
    assert "Groups write to Amazon" in done.out.splitlines()[0]
    with tracker.engine() as engine, reading(engine) as session:
        [row] = session.exec(select(Document))
    assert (row.publisher, str(row.published), row.url) == ("The Paper", "2019-02-07", f"http://{server}/article")


def test_what_neither_page_nor_person_says_is_asked_for(tracker, here, server):
    assert "say it with --" in tracker("document", "add", f"http://{server}/unsigned", **here).error
    assert count(tracker, Document) == 0


@pytest.mark.parametrize("place", ["nowhere.txt", "a\0b", "."])
def test_a_document_at_a_place_that_is_none_ends_in_one_line(tracker, settings, place):
    assert "give a file, an address, or - for standard input" in tracker("document", "add", place, **settings).error


def test_an_address_needs_no_other(tracker, settings):
    done = tracker("document", "add", "https://example.org/", "--url", "https://example.org/", **settings)
    assert "leave --url out" in done.error


def test_a_pause_until_a_day_needs_a_reason_and_is_told(tracker, here, server):
    tracker("source", "add", f"http://{server}/stories", "--name", "good", **here)
    assert "Say why" in tracker("source", "pause", "good", "--until", "2090-01-01", **here).error
    done = tracker("source", "pause", "good", "--why", "Floods us.", "--until", "2090-01-01", **here)
    assert "good is paused" in done.out
    assert "Paused until 1 January 2090" in tracker("source", "list", "--json", **here).out
