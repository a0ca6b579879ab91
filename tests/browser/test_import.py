"""A table with wrong rows comes in as people bring it: a file chosen, what is wrong read, the ticked rows taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import select

from tests import factories, runtimes
from tests.browser.axe import faults_of
from tests.browser.conftest import served, window
from tests.web import people
from tracker.domain.vocab import Role
from tracker.models.base import CampaignObject
from tracker.store.engine import reading, writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser

ROWS = """title;company;season;ask type;ask;source
Report on drones;Amazon;2025;report;Report on drones;https://example.org/1
Report on robots;Nobody Corp;soon;report;Report;https://example.org/1
=HYPERLINK("https://evil.example");Amazon;2025;report;+1;https://example.org/1
Left out;Amazon;2025;report;Report;https://example.org/1
"""


@pytest.fixture
def site(sqlite_database, tmp_path) -> Iterator[tuple[Runtime, str, dict[str, str]]]:
    with runtimes.opened(sqlite_database, tmp_path) as runtime:
        with writing(runtime.engine) as session:
            factories.organization(session, "amazon", name="Amazon")
        app = create_app(runtime)
        with served(app) as address:
            yield runtime, address, {**people.cookie_of(app, Role.EDITOR, "Ann"), "url": address}


@pytest.mark.parametrize("script", [True, False])
def test_wrong_rows_are_said_and_the_ticked_ones_come_in(browser: Browser, site, tmp_path: Path, script: bool):
    runtime, address, cookie = site
    file = tmp_path / "season.csv"
    file.write_text(ROWS, encoding="cp1252")
    with window(browser, address, width=360, java_script_enabled=script, bypass_csp=True) as page:
        page.context.add_cookies([cookie])
        page.goto(f"{address}/editing/imports")
        page.get_by_label("What its rows are").select_option("resolution")
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Look at the rows").click()
        wrong = page.get_by_role("row", name="wrong")
        expect(wrong).to_contain_text("no organisation is called 'Nobody Corp'")
        expect(wrong).to_contain_text("'soon' is not a year")
        expect(page.get_by_text("=HYPERLINK(")).to_be_visible()
        faults = faults_of(page) if script else ""
        assert not faults, faults
        page.get_by_label("Take row 4").uncheck()
        page.get_by_role("button", name="Bring in what is ticked").click()
        expect(page.get_by_role("status").filter(has_text="2 new, 0 changed")).to_be_visible()
    with reading(runtime.engine) as session:
        titles = set(session.exec(select(CampaignObject.title)).all())
    assert titles == {"Report on drones", '=HYPERLINK("https://evil.example")'}
