"""A campaign in a page of another site, in a real browser: shown where it may be, refused where it may not."""

import threading
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.web import scenario

pytestmark = pytest.mark.browser

CAMPAIGN = f"/campaigns/{scenario.CAMPAIGN}"


@pytest.fixture(scope="module")
def elsewhere(address: str) -> Iterator[str]:
    """Another site, by its port; each of its pages frames the path of ours that its query names, so wide."""

    class Framing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = dict(parse_qsl(urlsplit(self.path).query))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            page = (
                '<!doctype html><meta name="color-scheme" content="light dark"><title>Elsewhere</title>'
                f'<iframe src="{address}{escape(asked["path"])}" width="{asked["width"]}" height="330"></iframe>'
            )
            self.wfile.write(page.encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Framing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def framed(browser: Browser, elsewhere: str) -> Iterator[Callable[..., tuple[Page, FrameLocator]]]:
    """Show a path of ours in a frame of another site: `framed("/x", width=240)`."""
    contexts = []

    def show(path: str, *, width: int = 720, dark: bool = False) -> tuple[Page, FrameLocator]:
        context = browser.new_context(java_script_enabled=False, color_scheme="dark" if dark else "light")
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{elsewhere}?{urlencode({'path': path, 'width': width})}")
        return page, page.frame_locator("iframe")

    yield show
    for context in contexts:
        context.close()


def ground(frame: FrameLocator) -> str:
    return frame.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")


def test_another_site_shows_the_strip_and_a_mark_opens_its_row_in_a_tab_of_its_own(framed):
    page, frame = framed(f"{CAMPAIGN}/embed/strip")
    mark = frame.locator("svg a").first
    expect(mark).to_be_visible()
    with page.context.expect_page() as opened:
        mark.click()
    opened.value.wait_for_load_state()
    assert "/timeline?event=" in opened.value.url
    assert opened.value.url != page.url
    assert page.context.cookies() == []


def test_another_site_may_not_show_any_other_page(framed):
    for path in ("/timeline", "/embed"):
        _, frame = framed(f"{CAMPAIGN}{path}")
        expect(frame.locator("h1")).to_have_count(0)
        assert not frame.owner.element_handle().content_frame().url.startswith("http")


def test_an_embedded_page_is_light_or_dark_as_the_reader_or_the_address_says(framed):
    light, dark = "rgb(251, 250, 246)", "rgb(21, 23, 26)"
    assert ground(framed(f"{CAMPAIGN}/embed/list")[1]) == light
    assert ground(framed(f"{CAMPAIGN}/embed/list", dark=True)[1]) == dark
    assert ground(framed(f"{CAMPAIGN}/embed/list?theme=dark")[1]) == dark
    assert ground(framed(f"{CAMPAIGN}/embed/list?theme=light", dark=True)[1]) == light


@pytest.mark.parametrize("kind", ["strip", "list"])
def test_an_embedded_page_fits_240_pixels(framed, kind: str):
    _, frame = framed(f"{CAMPAIGN}/embed/{kind}", width=240)
    wide = frame.locator("html").evaluate("(page) => [page.scrollWidth, page.clientWidth]")
    assert wide[0] <= wide[1]
