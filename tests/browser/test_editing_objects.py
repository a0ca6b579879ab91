"""Objects edited in a real browser: by two at once, without script, and by keyboard alone."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.axe import faults_of
from tests.browser.conftest import served, window
from tests.web import editing_objects as forms
from tests.web import people, scenario
from tracker.domain.vocab import Role
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser
MEETING = "the-meeting"


@dataclass
class Site:
    """A served archive, and windows of people who are signed in."""

    app: Flask
    address: str
    browser: Browser
    stack: ExitStack

    def window_of(self, name: str, **options) -> Page:
        page = self.stack.enter_context(window(self.browser, self.address, **options))
        page.context.add_cookies([{**people.cookie_of(self.app, Role.EDITOR, name), "url": self.address}])
        return page


@pytest.fixture
def site(browser: Browser, tmp_path) -> Iterator[Site]:
    with factories.database(f"sqlite:///{tmp_path / 'whereas.db'}") as engine, ExitStack() as stack:
        runtime = Runtime(Settings(data_dir=tmp_path), engine, clock=lambda: scenario.NOW)
        forms.fill(runtime)
        with writing(engine) as session:
            company = factories.organization(session)
            factories.meeting(session, MEETING, company=company, held="2019-05-22", title="Annual meeting",
                              campaign=factories.campaign(session, "second"))  # fmt: skip
        app = create_app(runtime)
        address = stack.enter_context(served(app))
        yield Site(app, address, browser, stack)


def save(page: Page, why: str) -> None:
    page.locator("#all\\~where").fill("https://paper.example/meeting")
    page.locator("#all\\~why").fill(why)
    page.get_by_role("button", name="Save", exact=True).click()


def test_two_editors_both_change_the_meeting_date_and_the_second_chooses(site):
    ann, ben = site.window_of("Ann"), site.window_of("Ben", bypass_csp=True)
    for page in (ann, ben):
        page.goto(f"{site.address}/edit/{MEETING}")
    ann.get_by_label("Record date").fill("28 March 2019")
    ann.locator("#held_on").fill("23 May 2019")
    save(ann, "It was moved by a day.")
    expect(ann.get_by_role("status")).to_contain_text("Kept: Meeting, Record date.")
    ben.locator("#held_on").fill("24 May 2019")
    ben.locator("#votes_entitled").fill("12 million")
    save(ben, "The notice says so.")
    expect(ben.get_by_role("alert")).to_contain_text("You both changed meeting: you to 24 May 2019, Ann to 23 May 2019")
    expect(ben.get_by_role("group", name="Meeting")).to_contain_text("22 May 2019")
    assert not faults_of(ben)
    ben.get_by_role("radio", name="Ann").check()
    ben.get_by_role("button", name="Save with these").click()
    # Hers stands, and what only one of them changed stands as well.
    expect(ben.locator("#held_on")).to_have_value("23 May 2019")
    expect(ben.locator("#record_date")).to_have_value("28 March 2019")
    expect(ben.locator("#votes_entitled")).to_have_value("12,000,000")


def test_without_script_a_row_is_added_looked_at_and_kept(site):
    page = site.window_of("Ann", java_script_enabled=False)
    page.goto(f"{site.address}/edit/first-letter")
    page.get_by_role("button", name="Add to Parties").click()
    page.get_by_label("Parties 1: Part").select_option("Sender")
    page.get_by_label("Parties 1: Name").fill("Black Caucus")
    page.get_by_label("Sent on").fill("spring 2018")
    page.get_by_role("button", name="See what will change").first.click()
    told = page.get_by_role("status")
    expect(told).to_contain_text("between March and May 2018")
    expect(told).to_contain_text("Letter sent: The first letter")
    expect(page.get_by_label("Parties 1: Name")).to_have_value("Black Caucus")
    # Without a source it is refused, and all that was typed is still there.
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("say where the new value stands")
    save(page, "The release says so.")
    expect(page.get_by_label("Parties 1: Name")).to_have_value("Black Caucus")
    expect(page.get_by_role("status").first).to_contain_text("Kept:")


def test_a_letter_is_made_by_keyboard_alone(site):
    page = site.window_of("Ann", bypass_csp=True)
    page.goto(f"{site.address}/edit/new/letter")
    page.locator("#title").focus()

    def type_into(name: str, text: str) -> None:
        for _ in range(40):
            if page.evaluate("document.activeElement.id || document.activeElement.name") == name:
                page.keyboard.type(text)
                return
            page.keyboard.press("Tab")
        pytest.fail(f"{name} is not reached by the tabulator key")

    type_into("title", "Letter on faces")
    type_into("campaigns", " ")
    type_into("sent_on", "June 2018")
    # Enter in a field shows what will change and keeps nothing.
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Letter sent: Letter on faces")
    assert not faults_of(page)
    page.get_by_role("button", name="Keep as a draft").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept as a draft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter on faces")


def test_the_source_of_a_field_opens_when_the_field_is_changed(site):
    page = site.window_of("Ann")
    page.goto(f"{site.address}/edit/first-letter")
    source = page.locator("#sent_on\\~where")
    expect(source).to_be_hidden()
    page.locator("#sent_on").fill("24 May 2018")
    expect(source).to_be_visible()
