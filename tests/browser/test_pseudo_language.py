"""A language with longer words breaks no layout: every message stretched by two fifths, from a phone to a desk."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from waitress import create_server

from tests import factories
from tests.browser.conftest import close
from tests.web import document_scenario as scenario
from tests.web import pseudo_language
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.browser

PAGES = ("/letters", "/letters/riders-2026?on=2026-05-26", "/documents/1?quote=sells+to&from=1&to=1", "/")
# The second is the narrowest with all places of the navigation beside each other.
WIDTHS = (320, 1008, 1440)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Where the site is served in the pseudo-language alone."""
    folder = tmp_path_factory.mktemp("pseudo")
    with factories.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        with writing(engine) as session:
            scenario.fill(session)
        runtime = Runtime(Settings(languages=(pseudo_language.CODE,)), engine, clock=lambda: scenario.NOW)
        app = create_app(runtime, catalogues=pseudo_language.write(folder))
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.trigger.pull_trigger(lambda: close(server))
        thread.join()
        server.task_dispatcher.shutdown()


@pytest.mark.parametrize("path", PAGES)
def test_longer_words_widen_no_page(browser: Browser, address: str, path: str):
    page = browser.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.lang") == pseudo_language.CODE
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        cut = page.evaluate(
            "[...document.querySelectorAll('.site a, .card > h2, .button, .chip, .badge')]"
            ".filter((part) => part.offsetParent && part.scrollWidth > part.clientWidth + 1"
            " && getComputedStyle(part).display !== 'inline').map((part) => part.textContent)"
        )
        assert not cut, width
    page.close()
