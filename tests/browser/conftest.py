"""The filled site on a loopback port, and a browser that can reach nothing else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route
from waitress import create_server, wasyncore

from tests import factories
from tests.web import scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served."""
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('browser') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        with served(create_app(runtime)) as found:
            yield found


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Give the address under which a site is served on loopback, until it is no longer needed."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Closed in the loop's own thread, between two turns: without sockets the loop ends.
    server.trigger.pull_trigger(lambda: close(server))
    thread.join()
    server.task_dispatcher.shutdown()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a path of the site: `open_page("/sources", width=360, dark=True)`; a request to elsewhere fails the test."""
    contexts = []
    strayed: list[str] = []

    def stay(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            strayed.append(route.request.url)
            route.abort()

    def open_path(path: str, *, width: int = 1440, dark: bool = False, script: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.route("**/*", stay)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert not strayed


def close(server: Any) -> None:
    """Close every connection with the file that it was sending to a browser that has gone, then the server."""
    for channel in list(server.active_channels.values()):
        channel.handle_close()
    wasyncore.close_all(server._map, ignore_all=True)
