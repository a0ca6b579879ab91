"""What people come for, from the first click to the printed page: an advocate, an investor, a reader of the mail."""

import email
import email.policy
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect
from waitress import create_server

from tests import factories
from tests.browser.conftest import close
from tests.web import scenario
from tracker.domain.vocab import SubscriberState
from tracker.models.subscriber import Subscriber
from tracker.settings import Settings
from tracker.store import campaigns
from tracker.store.engine import reading, writing
from tracker.web.factory import create_app
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime
from tracker.workflows.send_digest import send_due
from tracker.workflows.subscribe import subscribe

pytestmark = pytest.mark.browser
TITLE = "Amazon Rekognition and government sales"
NEW = "Ninety groups write once more"


@dataclass(frozen=True)
class Site:
    """Where the site is served, and what it is served from, a week after its archive was filled."""

    address: str
    runtime: Runtime


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site under the address that its mails name; of each story's own, for one of them moves the campaign on."""
    folder = tmp_path_factory.mktemp("stories")
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(public_url=address, data_dir=folder, mail_from="Whereas <digest@whereas.example.org>")
    with factories.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        runtime = Runtime(settings, engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        later = replace(runtime, clock=lambda: scenario.NOW + timedelta(days=7))
        server = create_server(create_app(later), sockets=[listening], threads=4)
        thread = threading.Thread(target=server.run)
        thread.start()
        yield Site(address, later)
        server.trigger.pull_trigger(lambda: close(server))
        thread.join()
        server.task_dispatcher.shutdown()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A reader at the front page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    found = context.new_page()
    found.goto(site.address)
    yield found
    context.close()


def printed(page: Page) -> str:
    """Return the words on paper, with single spaces."""
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as pdf:
        text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
    return re.sub(r"\s+", " ", text)


def test_an_advocate_reviews_a_timeline_and_prints_it(page: Page, site: Site):
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    # Which letters nobody answered, and on whose word the rest stands.
    expect(page.get_by_text("One letter still without an answer")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Newest first")).click()
    events = page.locator(".event .event-title")
    titles = [re.sub(r"\s+", " ", title).strip() for title in events.all_inner_texts()]
    assert len(titles) > 6
    assert page.locator(".event time, .event .event-date").count() >= len(titles)
    paper = printed(page)
    assert TITLE in paper
    place = 0
    for title in titles:
        # Each after the one before it: on paper they stand in the order of the screen, and none is left out.
        place = paper.find(title, place) + 1
        assert place, title
    # The address of the page is on paper, so that it can be cited; the menu is not.
    assert "Skip to the content" not in paper
    assert "news.example/ninety" in paper
    page.get_by_role("link", name=re.compile("Coalition of 90 groups")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Coalition of 90 groups"))
    assert "2,876 days" in printed(page)


def test_an_investor_follows_a_resolution_and_prints_it(page: Page):
    page.get_by_role("navigation").get_by_role("link", name="Resolutions").first.click()
    page.get_by_role("link", name="Voted on", exact=False).first.click()
    page.get_by_role("link", name="Support").click()
    page.get_by_role("link", name="Report on the risks of government use of Rekognition").click()
    expect(page.locator(".stepper .step").first).to_be_visible()
    paper = printed(page)
    # What was counted, under the formula that is named; what the Commission's staff said; the source.
    for words in ("2,750", "7,250", "27.5", "FOR / (FOR + AGAINST)", "Item 7", "openmic.example/filed"):
        assert words.casefold() in paper.casefold(), words


def test_a_readers_mail_leads_to_what_it_names_and_out_of_the_digest(page: Page, site: Site):
    with writing(site.runtime.engine) as session:
        campaign = campaigns.by_slug(session, scenario.CAMPAIGN)
        factories.letter(session, "again-2026", sent="2026-11-25", campaign=campaign, title=NEW)
    rebuild(replace(site.runtime, clock=lambda: scenario.NOW + timedelta(days=3)))
    subscribe(site.runtime, "ada@example.org", [scenario.CAMPAIGN])
    assert send_due(site.runtime).sent == 1
    [file] = site.runtime.settings.outbox.iterdir()
    mail = email.message_from_bytes(Path(file).read_bytes(), policy=email.policy.default)
    part = mail.get_body(("html",))
    assert part is not None
    page.set_content(part.get_content())
    expect(page.get_by_text(NEW).first).to_be_visible()
    links = page.locator("a[href]").evaluate_all("(found) => found.map((link) => link.href)")
    own = [link for link in links if link.startswith(site.address) and "/u/" not in link]
    assert own
    for link in dict.fromkeys(own):
        answer = page.goto(link)
        assert answer is not None
        assert answer.status == 200, link
        fragment = link.partition("#")[2]
        assert not fragment or page.locator(f"[id='{fragment}']").count() == 1, link
    page.goto(f"{site.address}/campaigns/{scenario.CAMPAIGN}/timeline")
    assert NEW in printed(page)
    page.goto(mail["List-Unsubscribe"].strip("<>"))
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left the weekly digest")
    with reading(site.runtime.engine) as session:
        assert session.get_one(Subscriber, 1).state is SubscriberState.LEFT
