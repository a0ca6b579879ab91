"""What waits, what is folded and what is not known of a date, as a reader sees it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import AXE, COLOURS, TAGS, UNFOLD
from tests.web import timeline_scenario as palms

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fill():
    return palms.fill


def test_what_waits_stands_in_words_in_the_drawing_and_hides_no_mark(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE)
    words = page.locator(".plot .waiting")
    assert words.all_text_contents() == ["waiting 34 days for the vote", "2 waiting, the first 2,509 days"]
    marks = [box for mark in page.locator(".plot [data-id]").all() if (box := mark.bounding_box())]
    for text in words.all():
        box = text.bounding_box()
        assert box is not None
        # The box of a text is higher than its letters are: what stands over their upper edge is the line's room.
        top, foot = box["y"] + box["height"] * 0.25, box["y"] + box["height"] * 0.8
        for mark in marks:
            beside = mark["x"] + mark["width"] < box["x"] or mark["x"] > box["x"] + box["width"]
            assert beside or mark["y"] + mark["height"] <= top + 1 or mark["y"] >= foot - 1


def test_a_dot_leads_to_its_row_and_a_band_stands_for_a_month(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE)
    band = page.locator(".plot rect.band").first
    assert "May 2019" in (band.text_content() or "")
    page.locator(".plot circle.mark").last.click()
    page.wait_for_url("**#e-*")
    expect(page.locator(".event:target")).to_be_visible()


def test_the_list_says_what_is_not_known_of_a_date(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE)
    for title, day in (
        ("The grocer's reply", "May 2019 day unknown"),
        ("A year's look back", "2021 month and day unknown"),
    ):
        row = page.locator(".event").filter(has=page.get_by_role("link", name=title, exact=True))
        row = row if row.count() == 1 else page.locator(".event").filter(has=page.get_by_role("heading", name=title))
        expect(row.locator(".event-day")).to_have_text(day)


def test_a_timeline_with_runs_and_waiting_has_no_accessibility_fault(open_page: Callable[..., Page]):
    page = open_page(palms.TIMELINE, bypass_csp=True)
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    for scheme, rules in (("light", TAGS), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
        assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]] == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
