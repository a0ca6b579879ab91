"""The filled site on a loopback port, and a browser that can reach nothing else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Request
from waitress import create_server, wasyncore

from tests import factories
from tests.web import scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

HEIGHT = 900


@pytest.fixture(scope="module")
def fill() -> Callable[[Runtime], None]:
    """What the archive is filled with; a module may have another."""
    return scenario.fill


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, fill: Callable[[Runtime], None]) -> Iterator[str]:
    """Where the site is served."""
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('browser') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        fill(runtime)
        with served(create_app(runtime)) as address:
            yield address


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve a site on a loopback port; gives its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Closed in the loop's own thread, between two turns: without sockets the loop ends.
        server.trigger.pull_trigger(lambda: close(server))
        thread.join()
        server.task_dispatcher.shutdown()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a path of the site in a window of its own: `open_page("/sources", width=360, dark=True)`.

    A request to elsewhere fails the test.
    """
    with ExitStack() as stack:

        def open_path(path: str, *, width: int = 1440, dark: bool = False, script: bool = True, **options: Any) -> Page:
            scheme = "dark" if dark else "light"
            page = stack.enter_context(
                window(browser, address, width=width, color_scheme=scheme, java_script_enabled=script, **options)
            )
            page.goto(address + path)
            return page

        yield open_path


@contextmanager
def window(browser: Browser, address: str | tuple[str, ...], *, width: int = 1440, **options: Any) -> Iterator[Page]:
    """Give a page without a past, which at its end has asked nobody but the sites at `address`.

    Opening one takes longer than most things done in it, so tests that only look may go on in the same.
    """
    ours = (address,) if isinstance(address, str) else address
    strayed: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith((*ours, "data:", "blob:")):
            strayed.append(request.url)

    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce", **options)
    context.on("request", look)
    yield context.new_page()
    context.close()
    assert not strayed


def close(server: Any) -> None:
    """Close every connection with the file that it was sending to a browser that has gone, then the server."""
    for channel in list(server.active_channels.values()):
        channel.handle_close()
    wasyncore.close_all(server._map, ignore_all=True)
