"""A copy of a campaign opened from a folder: no server, no network, and nothing missing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.axe import AXE, COLOURS, TAGS, UNFOLD
from tests.web import scenario
from tests.web.static_site.test_copy import quiet
from tracker.settings import Settings
from tracker.web.static_site.write import write
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser

# What the copy changes most; the pages themselves are tested where they are served.
PAGES = ("index.html", "timeline.html", "resolutions.html", "documents/1.html")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, in a folder whose name has to be quoted in an address."""
    folder = tmp_path_factory.mktemp("stick") / "a copy, 100 % whole"
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('archive') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        write(runtime, scenario.CAMPAIGN, folder, step=quiet)
    return folder


@pytest.fixture
def open_file(browser: Browser, copy: Path) -> Iterator[Callable[..., Page]]:
    """Open a page of the copy; a request that fails or leaves the folder, or a word on the console, fails the test."""
    contexts, wrong = [], []

    def open_page(name: str, *, width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        contexts.append(context)
        # One that the next page cuts short is no failure.
        context.on("requestfailed", lambda request: request.failure == "net::ERR_ABORTED" or wrong.append(request.url))
        context.on("request", lambda request: request.url.startswith(copy.as_uri()) or wrong.append(request.url))
        context.on("console", lambda message: wrong.append(message.text))
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((copy / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def test_no_page_asks_for_anything_outside_the_folder(open_file: Callable[..., Page], copy: Path):
    page = open_file("index.html")
    # One page of each kind: what the others lead to is looked up without a browser.
    kinds = {file.parent if file.parent != copy else file.stem.split("-")[0]: file for file in copy.rglob("*.html")}
    for file in kinds.values():
        page.goto(file.as_uri())
        assert page.title().endswith("· Whereas")
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_copy_is_accessible_and_fits(open_file: Callable[..., Page], name: str):
    page = open_file(name)
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    faults = []
    for width, scheme, rules in ((1440, "light", TAGS), (360, "dark", COLOURS)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        # Style sheets cannot be read again by script from a folder, and axe says so on the console when it tries.
        found = page.evaluate("(rules) => axe.run(document, { runOnly: rules, preload: false })", rules)
        faults += [f"{fault['id']}: {node['html'][:160]}" for fault in found["violations"] for node in fault["nodes"]]
    assert not faults, "\n".join(faults)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_one_reads_it_from_the_first_page_by_links_alone(open_file: Callable[..., Page]):
    page = open_file("index.html", width=360, java_script_enabled=False)
    page.get_by_role("link", name="What happened, newest first").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amazon Rekognition and government sales")
    page.locator(".event-title a").first.click()
    page.locator(".menu-small > summary").click()
    page.locator(".menu-small").get_by_role("link", name="Letters").click()
    page.get_by_role("link", name="Congressional Black Caucus to Jeff Bezos").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Congressional Black Caucus")
    page.get_by_role("link", name="Whereas, front page").click()
    expect(page.locator("#files")).to_be_visible()


def test_a_mark_of_the_strip_leads_to_its_row_and_keys_move(open_file: Callable[..., Page]):
    page = open_file("timeline.html")
    mark = page.locator(".plot .mark").first
    row = mark.get_attribute("data-id")
    mark.click()
    page.wait_for_url(f"**/timeline.html#e-{row}")
    page.keyboard.press("j")
    expect(page.locator(".event").first.locator(".event-title")).to_be_focused()


def test_a_filter_of_the_copy_is_a_page_and_leads_back(open_file: Callable[..., Page]):
    page = open_file("timeline.html", java_script_enabled=False)
    page.locator(".wide-only").get_by_role("link", name="Press").click()
    assert page.url.endswith("/timeline-press.html")
    expect(page.locator(".event")).to_have_count(2)
    page.locator(".wide-only").get_by_role("link", name="Press").click()
    assert page.url.endswith("/timeline.html")


def test_a_name_is_found_without_a_server(open_file: Callable[..., Page]):
    page = open_file("index.html", width=360)
    page.get_by_label("Find by title or name").fill("letter CAUCUS")
    expect(page.locator("#find [role=status]")).to_have_text(re.compile("^[1-9] found"))
    page.locator("#find").get_by_role("link", name="Congressional Black Caucus to Jeff Bezos").first.click()
    expect(page.get_by_role("heading", name="Congressional Black Caucus to Jeff Bezos").first).to_be_visible()
    page.go_back()
    page.get_by_label("Find by title or name").fill("aardvark")
    expect(page.locator("#find [role=status]")).to_have_text("0 found.")


def test_without_script_nothing_is_shown_that_would_not_work(open_file: Callable[..., Page]):
    page = open_file("index.html", java_script_enabled=False)
    expect(page.locator("#find")).to_be_hidden()
