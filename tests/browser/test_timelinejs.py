"""What we give to TimelineJS, read by TimelineJS itself: every row a slide, every date as far as it is known."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import factories
from tests.conftest import PROJECT, missing
from tests.web import scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser

TIMELINEJS = PROJECT / "tests/browser/npm/node_modules/@knight-lab/timelinejs/dist"
# Without a font of its own it would fetch one from elsewhere.
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="dist/css/timeline.css"><div id="timeline" style="height: 600px"></div>
<script src="dist/js/timeline.js"></script>
<script>
window.timeline = new TL.Timeline("timeline", "timelinejs.json", {font: null, script_path: "dist/js/"});
</script>
"""
# Each slide with its date as TimelineJS took it, and as it would write it by itself.
SLIDES = """() => timeline.config.events.map(event => ({
  id: event.unique_id, date: event.start_date.data, written: event.start_date.getDisplayDate(timeline.language),
}))"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: Any) -> None:
        """Keep still."""


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The scenario's timeline as the site gives it."""
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('archive') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        return create_app(runtime).test_client().get(f"/campaigns/{scenario.CAMPAIGN}/timelinejs.json").data


@pytest.fixture
def page(browser: Browser, given: bytes, tmp_path: Path) -> Iterator[Page]:
    """TimelineJS with our file, served on loopback; what it says or asks elsewhere fails the test."""
    if not TIMELINEJS.exists():
        missing("TimelineJS was not found; sh .ci/setup test installs it")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "timelinejs.json").write_bytes(given)
    (tmp_path / "dist").symlink_to(TIMELINEJS)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    opened = context.new_page()
    opened.on("console", lambda message: message.type in {"error", "warning"} and wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    address = f"http://127.0.0.1:{server.server_port}/"
    opened.on("request", lambda request: request.url.startswith((address, "data:")) or wrong.append(request.url))
    opened.on("response", lambda answer: answer.status < 400 or wrong.append(f"{answer.status} {answer.url}"))
    opened.goto(address)
    opened.wait_for_function("window.timeline && timeline.ready && document.querySelectorAll('.tl-timemarker').length")
    yield opened
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    assert not wrong


def test_every_row_is_a_slide_and_a_mark(page: Page, given: bytes):
    rows = json.loads(given)["events"]
    assert len(rows) > 10
    assert sorted(slide["id"] for slide in page.evaluate(SLIDES)) == sorted(row["unique_id"] for row in rows)
    assert page.locator(".tl-timemarker").count() == len(rows)
    assert page.locator(".tl-slide").count() == len(rows) + 1
    groups = {text.strip() for text in page.locator(".tl-timegroup-message").all_inner_texts()} - {""}
    assert groups == {row["group"] for row in rows}


def test_a_date_is_shown_as_far_as_it_is_known(page: Page, given: bytes):
    rows = {row["unique_id"]: row for row in json.loads(given)["events"]}
    slides = page.evaluate(SLIDES)
    for slide in slides:
        told = rows[slide["id"]]["start_date"]
        assert {part: str(slide["date"][part]) for part in told} == told
    month, span = (
        next(row for row in rows.values() if known(row)) for known in (only_month, lambda row: "end_date" in row)
    )
    [by_itself] = [slide["written"] for slide in slides if slide["id"] == month["unique_id"]]
    assert (by_itself, month["display_date"]) == ("August 2018", "August 2018")
    for row in (month, span, next(iter(rows.values()))):
        page.evaluate("(id) => timeline.goToId(id)", row["unique_id"])
        shown = page.locator(f".tl-slide[id='{row['unique_id']}'] .tl-headline-date")
        assert shown.inner_text() == row["display_date"]


def only_month(row: dict[str, Any]) -> bool:
    return row["start_date"].keys() == {"year", "month"} and row["start_date"]["month"] == "8"


def test_what_came_from_outside_is_text_and_leads_to_its_source(page: Page, given: bytes):
    row = next(row for row in json.loads(given)["events"] if "news.example" in row["text"]["text"])
    page.evaluate("(id) => timeline.goToId(id)", row["unique_id"])
    links = page.locator(f".tl-slide[id='{row['unique_id']}'] .tl-text a").evaluate_all("all => all.map(a => a.href)")
    assert any(link.startswith("https://news.example/") for link in links)
    assert any("/events/" in link for link in links)
