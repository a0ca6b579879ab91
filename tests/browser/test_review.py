"""The review queue played through: by keyboard alone, by roles alone, without script, and by two editors at once."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from tests import runtimes
from tests.browser.axe import NARROW, faults_of
from tests.browser.conftest import served, window
from tests.web import people, review_scenario, scenario
from tests.web.review_scenario import TITLE
from tracker.domain.vocab import LinkState, Relation, Role, Verdict
from tracker.models.decision import Decision
from tracker.models.link import Link
from tracker.store.engine import reading
from tracker.web.factory import create_app

pytestmark = pytest.mark.browser


class Room:
    """A site with four documents to decide on, and windows of people who are signed in."""

    def __init__(self, runtime, address, app, browser, stack) -> None:
        self.runtime, self.address, self._app, self._browser, self._stack = runtime, address, app, browser, stack

    def enter(self, name: str = "Ann", path: str = "/review", **options) -> Page:
        page = self._stack.enter_context(window(self._browser, self.address, **options))
        page.context.add_cookies([{**people.cookie_of(self._app, Role.EDITOR, name), "url": self.address}])
        page.goto(self.address + path)
        return page

    def rows(self, table):
        with reading(self.runtime.engine) as session:
            return list(session.exec(select(table).order_by(table.id)))

    def states(self, document: int) -> list[LinkState]:
        return [row.state for row in self.rows(Link) if row.document_id == document]


@pytest.fixture
def room(browser, sqlite_database, tmp_path) -> Iterator[Room]:
    with (
        runtimes.opened(sqlite_database, tmp_path, clock=runtimes.Clock(scenario.NOW)) as runtime,
        ExitStack() as stack,
    ):
        review_scenario.fill(runtime, documents=4)
        app = create_app(runtime)
        with served(app) as address:
            yield Room(runtime, address, app, browser, stack)
            stack.close()


def entry(page: Page):
    return page.locator("#entry-title")


def test_by_keyboard_alone_suggestions_are_accepted_rejected_changed_set_aside_and_undone(room):
    page = room.enter()
    expect(entry(page)).to_have_text(TITLE)
    page.keyboard.press("x")
    expect(page.get_by_role("status").first).to_contain_text("Rejected: responds to Letter of the caucus.")
    page.keyboard.press("5")  # cites
    expect(entry(page)).not_to_have_text(TITLE)
    expect(entry(page)).to_be_focused()
    expect(page.locator("#review-said")).to_contain_text("Next: Story")
    assert room.states(1) == [LinkState.REJECTED, LinkState.CONFIRMED]
    assert [row.relation for row in room.rows(Link) if row.document_id == 1] == [Relation.RESPONDS_TO, Relation.CITES]
    here = entry(page).text_content()
    page.keyboard.press("s")
    expect(entry(page)).not_to_have_text(here)
    page.keyboard.press("u")
    expect(entry(page)).to_have_text(here)
    page.keyboard.press("j")
    expect(entry(page)).not_to_have_text(here)
    page.keyboard.press("k")
    expect(entry(page)).to_have_text(here)
    page.keyboard.press("a")
    expect(page.locator("#review-said")).to_contain_text("Accepted: responds to Letter of the caucus.")
    page.keyboard.press("u")
    expect(page.locator("#review-said")).to_contain_text("Undone: responds to Letter of the caucus.")
    expect(entry(page)).to_have_text(here)
    verdicts = [row.verdict for row in room.rows(Decision)]
    assert verdicts == [
        Verdict.REJECT, Verdict.WRONG_RELATION, Verdict.UNSURE, Verdict.UNDO, Verdict.ACCEPT, Verdict.UNDO,
    ]  # fmt: skip


def test_capital_letters_decide_on_all_that_is_ticked_and_one_u_undoes_them(room):
    page = room.enter()
    page.keyboard.press("n")
    page.keyboard.press("A")
    expect(page.locator("#review-said")).to_contain_text("Accepted: 2 suggestions. Next: Story")
    assert room.states(1) == [LinkState.CONFIRMED] * 2
    page.keyboard.press("u")
    expect(entry(page)).to_have_text(TITLE)
    page.keyboard.press("t")
    page.keyboard.press("X")
    expect(page.locator("#review-said")).to_contain_text("Rejected: mentions Letter of the coalition.")
    assert room.states(1) == [LinkState.SUGGESTED, LinkState.REJECTED]
    assert len(room.rows(Decision)) == 5


def test_e_opens_the_choice_of_relation_and_no_key_acts_while_somebody_types(room):
    page = room.enter()
    page.keyboard.press("e")
    expect(page.locator(".change select").first).to_be_focused()
    page.keyboard.press("a")
    page.get_by_role("group").get_by_text("Add a note").click()
    page.get_by_label("Kept with the decision").press_sequentially("a x s u 1")
    expect(page.get_by_label("Kept with the decision")).to_have_value("a x s u 1")
    assert room.rows(Decision) == []


def test_keys_that_are_switched_off_do_nothing(room):
    page = room.enter()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("accept the suggestion")
    page.get_by_label("Single keys work on this site").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    page.keyboard.press("j")
    expect(entry(page)).to_have_text(TITLE)
    assert room.rows(Decision) == []


def test_by_roles_alone_a_queue_is_worked_through(room):
    page = room.enter()
    page.get_by_role("heading", name=TITLE, level=2).wait_for()
    queue = page.get_by_role("navigation", name="Documents waiting")
    expect(queue.get_by_role("link")).to_have_count(4)
    expect(queue.get_by_role("link").first).to_have_attribute("aria-current", "true")
    group = page.get_by_role("group", name="responds to Letter of the caucus")
    expect(group.get_by_role("list", name="What accepting it changes on the timeline")).to_be_visible()
    group.get_by_role("button", name="Accept responds to Letter of the caucus").click()
    said = page.get_by_role("status").first
    expect(said).to_contain_text("Accepted: responds to Letter of the caucus.")
    page.get_by_role("button", name="Reject mentions Letter of the coalition").click()
    expect(said).to_contain_text("Next: Story")
    expect(page.get_by_role("heading", level=2, name="Story")).to_be_focused()
    page.get_by_role("button", name="Not sure, later").click()
    expect(said).to_contain_text("Not sure: responds to")
    queue.get_by_role("link", name="Story").last.click()
    page.get_by_role("button", name="Accept responds to Letter of the caucus").click()
    expect(queue.get_by_role("link")).to_have_count(1)
    page.get_by_text("last decisions of today").click()
    page.get_by_role("button", name="Undo Rejected: mentions Letter of the coalition.").click()
    expect(said).to_contain_text("Undone: mentions Letter of the coalition.")
    expect(page.get_by_role("heading", name=TITLE, level=2)).to_be_visible()
    assert room.states(1) == [LinkState.CONFIRMED, LinkState.SUGGESTED]


def test_all_of_it_works_without_script(room):
    page = room.enter(java_script_enabled=False)
    page.get_by_role("button", name="Reject those ticked").click()
    expect(page.get_by_role("status").filter(has_text="Rejected: 2 suggestions.")).to_be_visible()
    expect(entry(page)).not_to_have_text(TITLE)
    page.get_by_text("last decisions of today").click()
    page.get_by_role("button", name="Undo Rejected: responds to").click()
    expect(entry(page)).to_have_text(TITLE)
    page.get_by_label("Another object:").fill("teachers")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Link Letter of the teachers").click()
    expect(page.get_by_role("status").filter(has_text="Accepted: reports on Letter of the teachers.")).to_be_visible()
    assert room.states(1) == [LinkState.SUGGESTED, LinkState.REJECTED, LinkState.CONFIRMED]


def test_of_two_editors_at_once_the_second_is_told_and_overwrites_nothing(room):
    ann = room.enter("Ann")
    bob = room.enter("Bob")
    expect(entry(ann)).to_have_text(TITLE)
    expect(entry(bob)).not_to_have_text(TITLE)
    expect(bob.get_by_role("navigation", name="Documents waiting")).to_contain_text("Ann looks at this since")
    bob.get_by_role("link", name=TITLE).click()
    expect(bob.get_by_role("note")).to_contain_text("Ann looks at this since")
    ann.keyboard.press("a")
    expect(ann.locator("#review-said")).to_contain_text("Accepted")
    bob.keyboard.press("x")
    expect(bob.get_by_role("alert")).to_contain_text("Ann accepted “responds to Letter of the caucus”")
    assert [row.verdict for row in room.rows(Decision)] == [Verdict.ACCEPT]
    bob.keyboard.press("x")
    expect(bob.locator("#review-said")).to_contain_text("Rejected: mentions Letter of the coalition.")
    assert room.states(1) == [LinkState.CONFIRMED, LinkState.REJECTED]


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_has_no_accessibility_fault_and_buttons_do_not_wrap(room, dark):
    page = room.enter(bypass_csp=True, color_scheme="dark" if dark else "light")
    assert faults_of(page) == []
    for row in page.locator(".suggestion-buttons").all():
        tops = [button.bounding_box()["y"] for button in row.get_by_role("button").all()]
        assert len(set(tops)) == 1
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert faults_of(page) == []
