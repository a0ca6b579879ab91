"""Search and source health are worked from the keyboard, and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_phrase_is_searched_for_from_the_keyboard(open_page: Callable[..., Page], script: bool):
    page = open_page("/search", script=script)
    page.get_by_label("Words, or a phrase").focus()
    page.keyboard.type("will not sell to police")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("was found in 1 document")
    expect(page.get_by_label("First seen on")).to_be_checked()
    page.get_by_role("link", name="How it came in").click()
    expect(page.get_by_role("heading", name="What changed from version 2 to version 3")).to_be_visible()


def test_sources_are_filtered_and_opened_from_the_keyboard(open_page: Callable[..., Page]):
    page = open_page("/sources", width=360, script=False)
    page.get_by_role("link", name="Silent 1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".source")).to_have_count(1)
    page.get_by_role("link", name="caucus", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("caucus")
