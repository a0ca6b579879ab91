"""From an empty installation to the first linked event, played in a browser against the demo's publisher."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import runtimes
from tests.browser.conftest import served, window
from tests.web import people
from tracker import demo
from tracker.demo.filings import COMPANY
from tracker.domain.vocab import Role
from tracker.web.factory import create_app
from tracker.workflows.collect import collect
from tracker.workflows.first_look import first_look
from tracker.workflows.runtime import Runtime, utc_now
from tracker.workflows.setup import prepare

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def runtime(sqlite_database: str, tmp_path) -> Iterator[Runtime]:
    """An empty installation whose sources are those of the demo's publisher."""
    with demo.Publisher(today=datetime.now(UTC).date()) as publisher:
        allowed = (publisher.address.removeprefix("http://"),)
        with runtimes.opened(
            sqlite_database, tmp_path, clock=utc_now, whole_pages=False, allowed_hosts=allowed
        ) as runtime:
            prepare(runtime, demo.sources(publisher.address))
            yield runtime


class Hands:
    """A person at the page: every click and every field is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.fields = page, 0, 0

    def press(self, name: str, role: str = "button") -> None:
        """Click what has this name."""
        self.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def write(self, label: str, text: str) -> None:
        """Fill a field."""
        self.page.get_by_label(label).fill(text)
        self.fields += 1


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_editor_comes_from_nothing_to_the_first_linked_event(browser: Browser, runtime: Runtime, script: bool):
    app = create_app(runtime)
    with served(app) as address, window(browser, address, java_script_enabled=script) as page:
        cookie = people.cookie_of(app, Role.EDITOR, "Ann")
        page.context.add_cookies([{**cookie, "url": address}])
        page.goto(address + "/resolutions")
        hands = Hands(page)
        hands.press("Nothing here yet: begin", "link")
        hands.write("Name of the campaign", "Larkmere: face matching")
        hands.write("What is asked, in one sentence", "Have the effects of face matching reviewed independently.")
        hands.write("A company that is not in the list", COMPANY)
        hands.write("What people call that company", "Larkmere, Larkmere Vision Systems")
        hands.press("Make it, and choose sources")
        expect(page.get_by_role("group", name="About the company itself").get_by_role("checkbox").first).to_be_checked()
        hands.press("Follow the ticked ones and collect now")
        expect(page.get_by_role("status")).to_contain_text("Collecting: 0 of 9 sources have been asked.")
        # Left here and resumed: the front page of the beginning leads back.
        page.goto(address + "/begin")
        worker = threading.Thread(target=lambda: (collect(runtime), first_look(runtime)))
        worker.start()
        hands.press("Go on with Larkmere: face matching", "link")
        # The page looks again by itself until there is something to decide.
        accept = page.get_by_role("button", name="Accept: put it on the timeline")
        expect(accept).to_be_visible(timeout=60_000)
        worker.join()
        hands.press("Accept: put it on the timeline")
        expect(page.get_by_role("status")).to_contain_text("Your first event stands on the timeline")
        hands.press("See it on the timeline", "link")
        assert "/begin" not in page.url
        assert COMPANY.split(",")[0] in page.content()
        assert (hands.clicks, hands.fields) == (6, 4)
