"""The timeline works without script and on paper; with script a period is chosen on the strip."""

from collections.abc import Callable
from contextlib import closing
from urllib.parse import urljoin

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.web import scenario

pytestmark = pytest.mark.browser

TIMELINE = f"/campaigns/{scenario.CAMPAIGN}/timeline"


def test_without_script_filters_menu_and_paging_are_links_and_a_form(open_page: Callable[..., Page]):
    page = open_page(TIMELINE, width=360, script=False)
    page.locator(".sheet > summary").click()
    page.get_by_role("link", name="Press 2").click()
    expect(page.locator(".event")).to_have_count(2)
    page.locator(".menu-small > summary").click()
    page.locator(".menu-small").get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")


def test_a_period_is_typed_into_the_form(open_page: Callable[..., Page]):
    page = open_page(TIMELINE, script=False)
    expect(page.get_by_role("slider")).to_have_count(0)  # they would do nothing
    page.locator(".sheet > summary").click()
    page.get_by_role("textbox", name="From").fill("2018-05")
    page.get_by_role("textbox", name="to").fill("2018-08")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".event")).to_have_count(2)


def test_the_skip_link_leads_to_the_content(open_page: Callable[..., Page]):
    page = open_page(TIMELINE)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda request: request.is_navigation_request() and asked.append(request.url))
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    assert asked == []  # the page stays as it is, and focus where the link led


def test_dragging_on_the_strip_puts_the_period_into_the_address(open_page: Callable[..., Page]):
    page = open_page(TIMELINE)
    box = page.locator(".plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 150)
    page.mouse.up()
    page.wait_for_url("**from=2018-02&*")
    expect(page.locator(".plot .selection")).to_be_visible()
    expect(page.get_by_role("slider", name="From")).to_have_attribute("aria-valuetext", "February 2018")


def test_the_handles_choose_a_period_by_keyboard_and_the_list_follows(open_page: Callable[..., Page]):
    page = open_page(f"{TIMELINE}?order=oldest")
    rows = page.locator(".event").count()
    begin, end = page.get_by_role("slider", name="From"), page.get_by_role("slider", name="to")
    begin.focus()
    begin.press("ArrowRight")
    begin.press("ArrowRight")
    expect(begin).to_have_attribute("aria-valuetext", "March 2018")
    end.focus()
    end.press("Home")  # no further than where the period begins
    expect(begin).to_have_attribute("aria-valuetext", "January 2018")
    end.press("PageUp")
    page.wait_for_url("**order=oldest&from=2018-01&to=*")
    expect(page.locator(".shown")).to_contain_text(f"of {rows} entries")
    assert 0 < page.locator(".event").count() < rows
    expect(end).to_be_focused()
    expect(page.locator(".brush").get_by_role("status")).to_contain_text(f"of {rows} entries")
    page.get_by_role("button", name="Whole period").click()
    page.wait_for_url("**/timeline?order=oldest")
    expect(page.locator(".event")).to_have_count(rows)
    page.go_back()
    page.wait_for_url("**from=2018-01&to=*")
    expect(page.locator(".shown")).to_be_visible()


def test_a_period_in_the_address_stands_on_the_handles(open_page: Callable[..., Page]):
    page = open_page(f"{TIMELINE}?from=2018-05-24&to=2019")
    expect(page.get_by_role("slider", name="From")).to_have_attribute("aria-valuetext", "May 2018")
    expect(page.get_by_role("slider", name="to")).to_have_attribute("aria-valuetext", "December 2019")


def test_a_period_that_cannot_be_had_leads_to_the_page_that_says_why(open_page: Callable[..., Page]):
    page = open_page(TIMELINE)
    page.evaluate("history.replaceState(null, '', '?lane=martians')")
    page.get_by_role("slider", name="From").press("ArrowRight")
    page.wait_for_url("**lane=martians&from=2018-02&to=*")
    expect(page.get_by_text("does not know “martians”")).to_be_visible()


def test_a_finger_moves_a_handle_on_a_phone(open_page: Callable[..., Page]):
    page = open_page(TIMELINE, width=360, has_touch=True, is_mobile=True)
    slider = page.get_by_role("slider", name="From")
    box = slider.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**from=20*")
    assert "May 2018" not in (slider.get_attribute("aria-valuetext") or "")


def test_the_print_view_is_reached_by_a_link_and_prints_everything(open_page: Callable[..., Page]):
    page = open_page(TIMELINE, script=False)
    page.get_by_role("link", name="Print view").click()
    expect(page.locator(".entry")).to_have_count(21)
    with closing(pypdfium2.PdfDocument(page.pdf())) as paper:
        text = " ".join("".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert "This page is made for paper" not in text
    assert "https://openmic.example/filed" in text
    assert text.index("24 May 2018") < text.index("22 May 2019")
    assert text.count("This entry: http") == 21


def test_a_printed_timeline_says_where_all_of_it_is(open_page: Callable[..., Page]):
    page = open_page(f"{TIMELINE}?from=2019")
    page.emulate_media(media="print")
    expect(page.get_by_text(f"{TIMELINE}/print?from=2019")).to_be_visible()
    expect(page.get_by_role("slider").first).not_to_be_visible()
    page.emulate_media(media="screen")
    expect(page.get_by_text(f"{TIMELINE}/print?from=2019")).not_to_be_visible()


def test_nothing_on_any_page_breaks_its_own_content_security_policy(open_page: Callable[..., Page]):
    said: list[str] = []
    page = open_page("/")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    paths = (
        "/",
        TIMELINE,
        "/documents/1",
        "/documents/6",
        "/sources",
        "/letters",
        "/resolutions",
        "/calendar",
        "/search?q=face",
    )
    for path in paths:
        page.goto(urljoin(page.url, path))
    assert not said
