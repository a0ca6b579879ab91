"""No page for people who are signed in has a fault that axe-core can find; each fits a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import factories
from tests.browser.axe import NARROW, faults_of, open_narrow
from tests.browser.conftest import served, window
from tests.web import history_scenario, people, scenario
from tracker.domain.vocab import Role
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser

# Name and address of each page with a GET that is for editors; one line each.
PAGES = {
    "front": "/",
    "own account": "/account",
    "one-time codes": "/account/codes",
    "accounts": "/people",
    "what readers see": "/objects/caucus-2018/state",
    "merge: choose": "/objects/caucus-2018/merge",
    "merge: compare": "/objects/caucus-2018/merge?object=members-2018",
    "merge organisations": "/organizations/amazon/merge",
    "withdraw a campaign": "/campaigns/northwind-gaze/state",
    "split": "/objects/members-2018/split",
    "attach": "/objects/caucus-2018/attach",
    "make a letter": "/documents/1/make/letter",
    "make a contract": "/documents/1/make/contract",
    "withdraw a document": "/documents/1/state",
    "history": "/history",
    "one act of the history": "/history/1",
    "imports": "/editing/imports",
    "commitments": "/editing/commitments",
    "my declarations": "/declarations",
    "who speaks for whom": "/people/speakers",
    "organisations": "/editing/organizations",
    "an organisation": "/editing/organizations/amazon",
    "a new organisation": "/editing/organizations/new",
    "declaring a vote": "/resolutions/amazon-2019-study/declare",
    "edit": "/edit?q=letter",
    "edit something new": "/edit/new/meeting",
    "edit a letter": "/edit/coalition-2019",
    "edit a resolution": "/edit/amazon-2019-study",
    "review": "/review",
    "queues: accept many": "/review/bulk",
    "queues: filings say otherwise": "/review/differences",
    "queues: kept rates": "/review/rates?days=all",
    "queues: letters to look after": "/review/letters",
    "queues: new names": "/review/names",
    "queues: stories": "/review/stories",
    "queues: worth a look": "/review/worth-a-look",
    "begin a campaign": "/begin",
    "tend campaigns": "/tend/campaigns",
    "tend sources": "/tend/sources",
    "tend subscribers": "/tend/subscribers",
    "add a source": "/tend/sources/add",
    "lists of feeds": "/tend/sources/opml",
    "one campaign's settings": "/tend/campaigns/amazon-rekognition",
    "one campaign's sources": "/begin/amazon-rekognition/sources",
    "one campaign's terms": "/tend/campaigns/amazon-rekognition/terms",
    "one source": "/tend/sources/of/news",
}
SIGNED_OUT = {
    "sign in": "/sign-in",
    "follow by mail": "/subscribe?follow=search:faces&follow=campaign:nothing",
    "look into your mail": "/subscribe/sent",
    "forgotten password": "/forgotten-password",
}


@pytest.fixture(scope="module")
def looking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Page, str]]:
    """One window of an administrator and one of nobody, over the same filled site."""
    folder = tmp_path_factory.mktemp("editing")
    with factories.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(data_dir=folder), engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        history_scenario.fill(runtime)
        app = create_app(runtime)
        with (
            served(app) as address,
            window(browser, address, bypass_csp=True) as inside,
            window(browser, address, bypass_csp=True) as outside,
        ):
            cookie = people.cookie_of(app, Role.ADMINISTRATOR, "Ada Administrator")
            inside.context.add_cookies([{**cookie, "url": address}])
            yield inside, outside, address


def _look(page: Page, address: str) -> None:
    status, width = open_narrow(page, address)
    assert status < 400
    assert width <= NARROW
    faults = faults_of(page)
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_editors_has_no_accessibility_fault_and_fits_a_narrow_phone(looking, name: str):
    page, _, address = looking
    _look(page, address + PAGES[name])


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_a_form_for_who_is_signed_out_has_no_accessibility_fault(looking, name: str):
    _, page, address = looking
    _look(page, address + SIGNED_OUT[name])
