"""Corrections in full, and every page of an error, have no accessibility fault and fit a phone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.axe import faults_of
from tests.browser.conftest import served
from tests.web import corrections_scenario as scenario
from tests.web.test_errors import failing

pytestmark = pytest.mark.browser

PAGES = {
    "corrections": "/corrections",
    "corrections of one": f"/corrections?object={scenario.RESOLUTION}",
    "corrections, none under filters": f"/corrections?object={scenario.LETTER}&kind=merged",
    "correction": "/corrections/1",
    "corrected resolution": f"/resolutions/{scenario.RESOLUTION}",
    "corrected letter": f"/letters/{scenario.LETTER}",
    "about": "/about",
    "withdrawn": "/letters/never",
    "unknown address": "/letter/sisters-2019",
    "not understood": "/calendar?campaign=nobody",
    "unreadable request": "/fail/400",
    "too large": "/fail/413",
    "too many": "/fail/429",
    "our fault": "/fail/500",
    "no database": "/fail/503",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is served on which everything was corrected once."""
    with scenario.archive(tmp_path_factory.mktemp("trust")) as runtime, served(failing(runtime)) as found:
        yield found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_fault_and_fits_a_phone(open_page: Callable[..., Page], name: str):
    page = open_page(PAGES[name], bypass_csp=True)
    faults = faults_of(page)
    assert not faults, "\n\n".join(faults)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_form_on_the_page_of_an_unknown_address_searches_for_its_words(open_page: Callable[..., Page]):
    page = open_page("/letter/sisters-2019")
    assert page.get_by_role("textbox").input_value() == "sisters 2019"
    page.get_by_role("textbox").fill("sisters")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The Sisters ask").first.click()
    assert page.get_by_role("link", name="what was changed").is_visible()


def test_a_page_that_may_not_be_posted_to_says_so_to_axe_too(open_page: Callable[..., Page], address: str):
    page = open_page("/about", bypass_csp=True)
    page.evaluate(
        "() => { const form = document.createElement('form'); form.method = 'post'; form.action = '/letters';"
        " document.body.append(form); form.submit(); }"
    )
    page.wait_for_url(f"{address}/letters")
    assert page.get_by_role("heading", level=1).inner_text() == "This page cannot be used that way"
    assert not faults_of(page)
