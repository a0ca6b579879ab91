"""What tests of workflows are handed: a runtime on each database, a publisher on loopback that says what it is told."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import factories, runtimes
from tests.factories import filings
from tests.workflows.collecting import counts, follow
from tests.workflows.feeds import rss
from tests.workflows.read_apart import MISBEHAVING
from tests.workflows.summaries import entry, serve
from tracker.models.organization import Organization
from tracker.settings import PROJECT
from tracker.store.engine import writing
from tracker.workflows.collect import collect
from tracker.workflows.runtime import Runtime


@dataclass
class Page:
    """What an address answers. A body that is a function is written piece by piece by the test itself."""

    body: bytes | Callable[[BaseHTTPRequestHandler], None]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Publisher:
    """A server on loopback: `pages` by path, and every request it saw as (path, headers)."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def other_host(self) -> str:
        """The same server under another name: to whoever asks it is another one."""
        return f"localhost:{self.port}"

    def url(self, path: str, host: str = "") -> str:
        return f"http://{host or self.host}{path}"

    def serve(
        self, path: str, body: bytes | str | Callable[[BaseHTTPRequestHandler], None], status: int = 200, **headers: str
    ) -> str:
        """Answer `path` with this from now on; header names are written with underscores. Returns the address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, status, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url(path)

    def asked(self, path: str) -> list[dict[str, str]]:
        """Return the headers of every request for a path."""
        return [headers for seen, headers in self.seen if seen == path]


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            publisher.seen.append((self.path, headers))
            page = publisher.pages.get(self.path, Page(b"", 404))
            try:
                self._answer(page, headers)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self, page: Page, headers: dict[str, str]) -> None:
            if callable(page.body):
                self.close_connection = True
                page.body(self)
                return
            etag = page.headers.get("ETag")
            unchanged = etag is not None and headers.get("if-none-match") == etag
            body = b"" if unchanged else page.body
            self.send_response(304 if unchanged else page.status)
            for name, value in {**page.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def _server() -> Iterator[tuple[ThreadingHTTPServer, Publisher]]:
    """One server for all tests: starting one takes longer than most of them."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        # As many as ask at once: a connection that finds no place here is mended only after many seconds.
        request_queue_size = 256

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    publisher = Publisher(server.server_address[1])
    server.RequestHandlerClass = _handler(publisher)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server, publisher
    server.shutdown()
    server.server_close()


@pytest.fixture
def publisher(_server: tuple[ThreadingHTTPServer, Publisher]) -> Publisher:
    """A publisher that has nothing yet."""
    found = _server[1]
    found.pages.clear()
    found.seen.clear()
    return found


@pytest.fixture
def clock() -> runtimes.Clock:
    return runtimes.Clock()


@pytest.fixture
def runtime(database, tmp_path, clock, publisher) -> Iterator[Runtime]:
    """A runtime that may visit the publisher, once on each database."""
    with _open(database, tmp_path, clock, publisher) as runtime:
        yield runtime


@pytest.fixture
def sqlite_runtime(sqlite_database, tmp_path, clock, publisher) -> Iterator[Runtime]:
    """The same on SQLite alone, for what no database has a part in."""
    with _open(sqlite_database, tmp_path, clock, publisher) as runtime:
        yield runtime


def _open(database: str, folder: Path, clock: runtimes.Clock, publisher: Publisher) -> AbstractContextManager[Runtime]:
    hosts = (publisher.host, publisher.other_host)
    return runtimes.opened(database, folder, clock=clock, allowed_hosts=hosts, contact="tests@example.org")


@pytest.fixture
def company(runtime) -> Organization:
    """A company that we know, and the campaign that asks something of it."""
    with writing(runtime.engine) as session:
        found = filings.known_company(session, factories.organization(session, "larkspur", name="Larkspur Optics"))
        factories.campaign(session, "larkspur-faces", targets=[found])
    return found


@pytest.fixture
def misbehaving(tmp_path, monkeypatch):
    """Let every Python program that we start know the reader above."""
    (tmp_path / "sitecustomize.py").write_text(MISBEHAVING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{PROJECT}")


@pytest.fixture
def summary(runtime, publisher):
    """A relevant summary, collected; its page is there."""
    serve(publisher)
    follow(runtime, publisher.serve("/paper", rss(entry(publisher))))
    assert counts(collect(runtime)) == {"new": 1}
    return runtime
