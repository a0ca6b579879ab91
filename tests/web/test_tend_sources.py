"""Sources for administrators: looked at before they are kept, paused with a reason, exchanged as lists."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from tests import factories as make
from tests import runtimes
from tests.web import people
from tests.web.conftest import Editing
from tracker import demo
from tracker.domain.vocab import Role
from tracker.models.document import Document, Fetch, Source
from tracker.store import health, source_trials
from tracker.store.engine import reading, writing
from tracker.web.drawn.health_strip import strip_of
from tracker.web.factory import create_app
from tracker.workflows.setup import prepare

NOW = make.NOW


@pytest.fixture
def publisher() -> Iterator[demo.Publisher]:
    """The demo's publisher on loopback."""
    with demo.Publisher(today=NOW.date()) as publisher:
        yield publisher


@pytest.fixture
def tending(publisher: demo.Publisher, sqlite_database: str, tmp_path) -> Iterator[Editing]:
    """A site with the demo's press feed alone as its source."""
    allowed = (publisher.address.removeprefix("http://"),)
    with runtimes.opened(sqlite_database, tmp_path, clock=runtimes.Clock(NOW), allowed_hosts=allowed) as runtime:
        prepare(runtime, demo.sources(publisher.address)[:1])
        yield Editing(create_app(runtime), runtime)


@pytest.fixture
def ada(tending: Editing) -> FlaskClient:
    """An administrator."""
    return people.signed_in(tending.app, Role.ADMINISTRATOR, "Ada")


def row(tending: Editing, name: str = "demo-press") -> Source:
    with reading(tending.runtime.engine) as session:
        return health.by_name(session, name)


def test_a_feed_is_looked_at_before_it_is_kept(tending, publisher, ada):
    form = {"address": publisher.address + "/feeds/larkmere-press.rss", "reader": ""}
    looked = people.post(ada, "/tend/sources/add", form)
    assert looked.status_code == 303
    shown = ada.get(looked.location)
    assert "Larkmere in the press (fictional)" in shown.text
    assert "As they would be stored" in shown.text
    assert "private" in shown.headers["Cache-Control"]
    with reading(tending.runtime.engine) as session:
        assert session.exec(select(Document.id)).first() is None
    wrong = people.post(ada, looked.location, {"title": "", "hours": "often", "kind": "news"})
    assert wrong.status_code == 422
    assert "is no number of hours" in wrong.text
    kept = people.post(ada, looked.location, {"title": "Press", "hours": "3", "kind": "news"}, follow_redirects=True)
    assert "It is a source now" in kept.text
    assert row(tending, "press").every_seconds == 10_800


def test_what_fails_is_said_with_what_was_typed_kept(tending, publisher, ada):
    nothing = people.post(ada, "/tend/sources/add", {"address": "", "title": "Paper"})
    assert nothing.status_code == 422
    assert 'value="Paper"' in nothing.text
    selector = people.post(ada, "/tend/sources/add", {"address": publisher.address, "reader": "newsroom"})
    assert "Write the CSS selector" in selector.text
    gone = people.post(ada, "/tend/sources/add", {"address": "http://10.0.0.1/"}, follow_redirects=True)
    assert "refused address" in gone.text
    assert "Keep it as a source" not in gone.text
    assert ada.get("/tend/sources/tried/0123").status_code == 404


def test_the_rows_that_a_selector_finds_are_shown(publisher, ada):
    form = {"address": publisher.address + "/", "reader": "newsroom", "entry": "li"}
    shown = people.post(ada, "/tend/sources/add", form, follow_redirects=True).text
    assert "/larkmere/policies/face-matching" in shown
    assert "<code>li</code>" in shown


def test_each_act_is_done_said_and_on_the_record(tending, ada):
    page = "/tend/sources/of/demo-press"
    tried = people.post(ada, f"{page}/try", follow_redirects=True)
    assert "Ask it once more" in tried.text
    refused = people.post(ada, f"{page}/pause", {"why": "", "until": "soon"})
    assert (refused.status_code, "is not one day" in refused.text, "Say why" in refused.text) == (422, True, True)
    paused = people.post(ada, f"{page}/pause", {"why": "Floods us.", "until": "2026-12-24"}, follow_redirects=True)
    assert "It is paused." in paused.text
    assert "Floods us." in paused.text
    assert row(tending).paused_until == datetime(2026, 12, 24, tzinfo=UTC)
    assert "paused until 24 December 2026" in ada.get("/tend/sources").text
    assert people.post(ada, f"{page}/ask").status_code == 422
    assert people.post(ada, f"{page}/resume").status_code == 303
    assert people.post(ada, f"{page}/ask").status_code == 303
    assert people.post(ada, f"{page}/juggle").status_code == 404
    people.post(ada, f"{page}/retire", {"why": "It is no more."})
    told = ada.get(page).text
    acts = re.findall(r"<b>(added|paused|resumed|asked now|retired)</b>", told)
    assert acts == ["retired", "asked now", "resumed", "paused"]
    assert "Keep the changes" not in told


def test_a_change_from_an_old_page_is_refused_and_what_was_typed_stays(tending, ada):
    page = "/tend/sources/of/demo-press"
    was = {f"was-{name}": value for name, value in (("title", "Press"), ("hours", "0.5"), ("kind", "news"))}
    was["was-url"] = row(tending).url
    new = {"title": "The press", "url": row(tending).url, "hours": "1", "kind": "news", "why": ""}
    assert people.post(ada, f"{page}/change", {**was, **new}).status_code == 303
    stale = people.post(ada, f"{page}/change", {**was, **new, "title": "Presses"})
    assert (stale.status_code, 'value="Presses"' in stale.text) == (409, True)
    assert row(tending).title == "The press"


def test_a_list_says_what_it_would_add_before_it_does(tending, ada):
    opml = b'<opml version="2.0"><body><outline text="New" xmlUrl="https://new.example/feed"/></body></opml>'

    def send(what: str):
        return people.post(ada, "/tend/sources/opml", {"what": what, "file": (io.BytesIO(opml), "list.opml")})

    assert "1 feed</b> would be added" in send("show").text
    assert row(tending, "new") is None
    assert "1 feed</b> added" in send("add").text
    assert row(tending, "new").url == "https://new.example/feed"
    assert b"https://new.example/feed" in ada.get("/tend/sources.opml").data
    wrong = people.post(ada, "/tend/sources/opml", {"file": (io.BytesIO(b"PK\x03\x04"), "list.opml")})
    assert wrong.status_code == 422
    assert people.post(ada, "/tend/sources/opml", {}).status_code == 422


# --- the strip --------------------------------------------------------------------------------------------------------


def test_days_are_counted_by_outcome_in_utc(engine):
    with writing(engine) as session:
        source = make.add(session, Source(name="a", reader="feed", url="https://a.example", due_at=NOW))
        for hours, outcome in ((0, "ok"), (1, "not_modified"), (9, "timeout"), (24 * 70, "ok")):
            make.add(
                session,
                Fetch(source_id=source.id, url="u", started_at=NOW - timedelta(hours=hours), outcome=outcome),
            )
        found = source_trials.days(session, [source.id], NOW - timedelta(days=59))
    yesterday = NOW.date() - timedelta(days=1)
    assert found == {source.id: {NOW.date(): (1, 1, 0), yesterday: (0, 0, 1)}}


def test_the_strip_tells_days_apart_without_colour():
    today = NOW.date()
    counts = {today: (1, 0, 0), today - timedelta(days=1): (0, 2, 0), today - timedelta(days=2): (0, 0, 3),
              today - timedelta(days=3): (1, 0, 1)}  # fmt: skip
    strip = strip_of(counts, today)
    assert [day.state for day in strip.days[-5:]] == ["none", "partly", "failed", "unchanged", "ok"]
    assert len({(day.height, day.state in {"failed", "partly"}) for day in strip.days}) == 4
    assert strip.words == ("Last 60 days: 2 answers with entries, 2 unchanged, 4 failed; on 1 of the days all failed.")
    assert strip_of({}, today).words == "Not asked in the last 60 days."
