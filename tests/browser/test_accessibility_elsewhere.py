"""No fault either where the archive has very much, nothing at all, or where what is asked for cannot be shown."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests import factories
from tests.browser.axe import NARROW, WIDE, faults_of, open_narrow
from tests.browser.conftest import served, window
from tests.web import broken_pages, filled_scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser


class Looking(NamedTuple):
    """A window that is only looked at, and where the sites are served."""

    page: Page
    filled: str
    empty: str


@pytest.fixture(scope="module")
def looking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    folder = tmp_path_factory.mktemp("elsewhere")
    with ExitStack() as stack:
        addresses = []
        for name in ("filled", "empty"):
            engine = stack.enter_context(factories.database(f"sqlite:///{folder / name}.db"))
            runtime = Runtime(Settings(), engine, clock=lambda: filled_scenario.NOW)
            if name == "filled":
                filled_scenario.fill(runtime)
            addresses.append(stack.enter_context(served(broken_pages.with_one(create_app(runtime)))))
        page = stack.enter_context(window(browser, tuple(addresses), bypass_csp=True))
        yield Looking(page, *addresses)


def look(page: Page, address: str, status: int = 200, *, full: bool = False, dark: bool = False) -> None:
    """Hold a page to what every page is held to; a full one to its narrow form too, in the dark what is new to us."""
    assert open_narrow(page, address) == (status, NARROW)
    faults = faults_of(page, widths=(NARROW, WIDE) if full else (WIDE,), dark=dark)
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("name", filled_scenario.PAGES)
def test_a_page_with_very_much_has_no_fault(looking: Looking, name: str):
    look(looking.page, looking.filled + filled_scenario.PAGES[name], full=True)


@pytest.mark.parametrize("path", broken_pages.EMPTY)
def test_a_page_of_an_empty_archive_has_no_fault(looking: Looking, path: str):
    look(looking.page, looking.empty + path)


@pytest.mark.parametrize(("path", "status"), broken_pages.ERRORS.items())
def test_a_page_that_cannot_be_shown_has_no_fault(looking: Looking, path: str, status: int):
    look(looking.page, looking.filled + path, status, dark=True)
