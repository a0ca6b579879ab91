"""Single keys: what each does, that none acts while somebody types, and that they can be switched off for good."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import AXE, TAGS
from tests.web import timeline_scenario as palms

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fill():
    return palms.fill


def titles(page: Page) -> list[str]:
    return page.locator(".event-title").all_text_contents()


def test_j_and_k_go_down_and_up_and_stop_at_the_line_of_a_run(open_page: Callable[..., Page]):
    page = open_page(f"{palms.TIMELINE}?order=oldest")
    stops = page.locator(".event:not(.run .event) .event-title, .run summary")
    run = stops.all_text_contents().index("4 items of news and comment, 3 to 19 May 2020")
    for _ in range(run + 1):
        page.keyboard.press("j")
    expect(page.locator(".run summary")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Comment 4", exact=True)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.locator(".run details")).to_have_attribute("open", "")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Comment 0", exact=True)).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment 0")


def test_k_stops_at_the_first_row_and_j_at_the_last(open_page: Callable[..., Page]):
    page = open_page(f"{palms.TIMELINE}?news=all")
    page.keyboard.press("k")
    expect(page.locator(".event-title a").first).to_be_focused()
    for _ in titles(page):
        page.keyboard.press("j")
    expect(page.locator(".event-title").last.locator("a")).to_be_focused()


def test_c_copies_the_permanent_link_and_says_so(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="Choose a row")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/events/[0-9a-f]{16}$", copied)
    page.locator(".run summary").focus()
    page.keyboard.press("c")  # a run has no link of its own
    expect(page.get_by_role("status").filter(has_text="Choose a row")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == copied
    page.goto(copied)
    expect(page.locator(".event:target")).to_be_visible()


def test_f_opens_the_filters_and_slash_leads_to_the_search(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE)
    page.keyboard.press("f")
    expect(page.locator(".sheet > summary")).to_be_focused()
    expect(page.locator(".sheet")).to_have_attribute("open", "")
    page.keyboard.press("/")
    page.wait_for_url("**/search#q")
    expect(page.get_by_role("textbox", name="Words, or a phrase")).to_be_focused()


def test_keys_are_switched_off_where_the_browser_keeps_nothing(open_page: Callable[..., Page]):
    page = open_page("/")
    refused = "{ get() { throw new DOMException('no', 'SecurityError'); } }"
    page.context.add_init_script(f"Object.defineProperty(window, 'localStorage', {refused})")
    page.goto(urljoin(page.url, palms.TIMELINE))
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys work on this site").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(".event-title a:focus")).to_have_count(0)


@pytest.mark.parametrize("path", ["/resolutions", "/letters", "/calendar", "/compare/support"])
def test_f_leads_to_the_filters_of_every_list(open_page: Callable[..., Page], path: str):
    page = open_page(path)
    page.keyboard.press("f")
    expect(page.locator("main :is(a, select, input, summary):focus")).to_have_count(1)


def test_no_key_acts_while_somebody_types(open_page: Callable[..., Page]):
    page = open_page("/search")
    field = page.get_by_role("textbox", name="Words, or a phrase")
    field.focus()
    page.keyboard.type("jk?/cof")
    expect(field).to_have_value("jk?/cof")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_dialog_switches_the_keys_off_and_the_browser_remembers_it(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys work on this site").uncheck()
    page.keyboard.press("Escape")
    for reload in (False, True):
        if reload:
            page.reload()
        page.keyboard.press("j")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".event-title a:focus")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox", name="Single keys work on this site").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(".event-title a").first).to_be_focused()


def test_the_dialog_has_no_accessibility_fault(open_page: Callable[..., Page]):
    page = open_page("/", bypass_csp=True)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", TAGS)
    assert [fault["id"] for fault in found["violations"]] == []


def test_a_run_opens_without_script_and_is_printed_open(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE, script=False)
    comment = page.locator(".run .event-title").first
    expect(comment).not_to_be_visible()
    page.emulate_media(media="print")
    assert comment.bounding_box()["height"] > 0
    page.emulate_media(media="screen")
    page.locator(".run summary").click()
    expect(comment).to_be_visible()
