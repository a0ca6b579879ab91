"""The reader's own views of the table: kept in the browser, by keyboard, and gone when forgotten."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_view_is_kept_opened_and_forgotten(open_page: Callable[..., Page]):
    page = open_page("/resolutions?season=2019&sort=-support")
    page.get_by_text("Keep this view under a name").click()
    page.get_by_label("Name for what the table shows now").fill("Best of <b>2019</b>")
    page.keyboard.press("Enter")
    kept = page.get_by_role("link", name="Best of <b>2019</b>")
    expect(kept).to_have_attribute("aria-current", "true")
    page.goto(page.url.partition("?")[0])
    expect(kept).not_to_have_attribute("aria-current", "true")
    kept.click()
    assert page.url.endswith("/resolutions?season=2019&sort=-support")
    page.get_by_role("button", name="Forget the view").press("Enter")
    expect(kept).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Forgotten: Best of <b>2019</b>.")
    page.reload()
    expect(kept).to_have_count(0)


def test_a_spoilt_store_breaks_nothing(open_page: Callable[..., Page]):
    page = open_page("/resolutions")
    for spoilt in ("{", '[null, {"name": 1}]', "7"):
        page.evaluate("(text) => localStorage.setItem('whereas:views:/resolutions', text)", spoilt)
        page.reload()
        expect(page.locator("#own-views")).to_be_visible()
        expect(page.locator("#own-views li")).to_have_count(0)
