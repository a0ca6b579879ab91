"""The timeline works without script; with it, keys move through the list and the strip can be dragged."""

from collections.abc import Callable
from urllib.parse import urljoin

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
    page.locator(".sheet > summary").click()
    page.get_by_role("textbox", name="From").fill("2018-05")
    page.get_by_role("textbox", name="to").fill("2018-08")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".event")).to_have_count(2)


def test_the_skip_link_leads_to_the_content(open_page: Callable[..., Page]):
    page = open_page(TIMELINE)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_dragging_on_the_strip_puts_the_period_into_the_address(open_page: Callable[..., Page]):
    page = open_page(TIMELINE)
    box = page.locator(".plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 150)
    page.mouse.up()
    page.wait_for_url("**from=2018-02-*")
    expect(page.locator(".plot .selection")).to_be_visible()


def test_the_sliders_choose_a_period_from_the_keyboard(open_page: Callable[..., Page]):
    page = open_page(TIMELINE)
    page.locator(".sheet > summary").click()
    slider = page.get_by_role("slider").first
    slider.focus()
    slider.press("PageUp")
    page.locator(".brush").get_by_role("button", name="Show").click()
    page.wait_for_url("**from=2018-*")


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
