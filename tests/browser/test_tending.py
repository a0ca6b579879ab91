"""A publisher merges two letters with the keyboard alone, an editor makes a letter of a document in two clicks."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from tests import factories, runtimes
from tests.browser.conftest import served, window
from tests.filings.written_letters import LEARNED
from tests.web import people
from tracker.domain.vocab import Role
from tracker.models.base import CampaignObject
from tracker.store.engine import reading, writing
from tracker.web.factory import create_app
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.project import project_all

pytestmark = pytest.mark.browser


@pytest.fixture
def site(browser: Browser, tmp_path, sqlite_database: str) -> Iterator[tuple[Page, str, runtimes.Runtime]]:
    """A publisher's window over an archive with a letter filed twice and another as a document, without script."""
    with runtimes.opened(sqlite_database, tmp_path) as runtime:
        with writing(runtime.engine) as session:
            amazon, sisters = factories.organization(session), factories.organization(session, "sisters")
            sent = {"campaign": factories.campaign(session), "senders": [sisters], "recipients": [amazon]}
            factories.letter(session, "first", sent="2018-05", title="Sisters to Amazon", **sent)
            factories.letter(session, "second", sent="2018-05-24", title="A letter to Amazon", **sent)
            project_all(session, clock=runtime.clock)
        letter = Given(LEARNED[0].text.encode(), "2025-03-05", "Larkmere writes", "Larkmere Alliance")
        with ThreadPoolExecutor(1) as elsewhere:  # in this thread Playwright's loop runs
            elsewhere.submit(add_document, runtime, letter).result()
        app = create_app(runtime)
        with served(app) as address, window(browser, address, java_script_enabled=False) as page:
            cookie = people.cookie_of(app, Role.PUBLISHER, "Pia")
            page.context.add_cookies([{**cookie, "url": address}])
            yield page, address, runtime


def test_two_letters_are_merged_and_the_old_address_leads_on(site):
    page, address, _ = site
    page.goto(f"{address}/letters/first")
    page.get_by_role("link", name="Attach, withdraw, merge or split it").click()
    page.get_by_role("link", name="Merge it with another").click()
    page.get_by_role("combobox", name="The same as").select_option("second")
    page.get_by_role("button", name="Compare the two").press("Enter")
    page.get_by_role("group", name="Title").get_by_role("radio", name=re.compile("Sisters to Amazon")).check()
    page.get_by_role("textbox", name="Why the two are one").fill("One letter, filed twice.")
    page.get_by_role("button", name="Merge them").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose which value stays.")
    expect(page.get_by_role("textbox", name="Why the two are one")).to_have_value("One letter, filed twice.")
    page.get_by_role("group", name="Sent on").get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Merge them").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The two are one now")
    page.goto(f"{address}/letters/second")
    expect(page).to_have_url(f"{address}/letters/first")


def test_a_letter_is_made_of_a_document_in_two_clicks(site):
    page, address, runtime = site
    page.goto(f"{address}/documents/1")
    page.get_by_role("link", name="Make a letter of this").click()
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_role("status")).to_contain_text("The draft is made.")
    expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    page.get_by_role("button", name="Publish it").click()
    page.get_by_role("link", name="Its page").click()
    expect(page.get_by_role("main")).to_contain_text("Which agencies have bought the SightLine camera since 2020?")
    with reading(runtime.engine) as session:
        assert len(session.exec(select(CampaignObject)).all()) == 3
