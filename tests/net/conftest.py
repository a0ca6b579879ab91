"""A real HTTP server on loopback that misbehaves on demand, and doors that may visit it."""

import asyncio
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.errors import FetchError
from tracker.domain.items import Fetched, Request
from tracker.net.http import Door

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A running server: `routes` maps a path to what answers it, `seen` collects the headers of every request.

    `bodies` has what came with each.
    """

    host: str
    port: int
    routes: dict[str, Answer] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    peers: set[Any] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.name}{path}"

    def serve(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Answer `path` with these bytes; header names are written with underscores. Returns the address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content_Length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.routes[path] = answer
        return self.url(path)

    def raw(self, path: str, *pieces: bytes, pause: float = 0.0, then_hang: bool = False) -> str:
        """Answer `path` with these very bytes, `pause` seconds between them, and close unless told to hang."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.close_connection = True
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                if self.over.wait(pause):
                    return
            if then_hang:
                self.over.wait(20)

        self.routes[path] = answer
        return self.url(path)


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Hang up on the visitor in the rudest way TCP knows."""
    handler.close_connection = True
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def failure(door: Door, url: str, **more: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        door.get(Request(url, **more))
    error = caught.value
    assert "fetching" in str(error) or "looking up" in str(error) or "connecting" in str(error)
    assert ";" in str(error)  # found; remedy
    return error


def fetch_all(door: Door, *requests: Request) -> list[Fetched | FetchError]:
    """Open the door, fetch everything side by side, and return answers and errors in the order of the questions."""

    async def visit() -> list[Fetched | FetchError]:
        async with door:
            return await asyncio.gather(*map(door.fetch, requests), return_exceptions=True)

    return asyncio.run(visit())


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.seen.append({name.lower(): value for name, value in self.headers.items()})
            site.bodies.append(self.rfile.read(int(self.headers.get("content-length", 0))))
            site.peers.add(self.client_address)
            try:
                site.routes[self.path](self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_POST = do_GET  # noqa: N815 - the name is the library's

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def start() -> Iterator[Callable[..., Site]]:
    """Start servers; they are stopped after the test."""
    servers: list[tuple[ThreadingHTTPServer, Site]] = []

    def begin(host: str = "127.0.0.1", wrap: Callable[[socket.socket], socket.socket] | None = None) -> Site:
        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

            def handle_error(self, *_: object) -> None:
                pass

        server = Server((host, 0), BaseHTTPRequestHandler)
        site = Site(f"[{host}]" if ":" in host else host, server.server_address[1])
        server.RequestHandlerClass = _handler(site)
        if wrap:
            server.socket = wrap(server.socket)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append((server, site))
        return site

    yield begin
    for server, site in servers:
        site.over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(start: Callable[..., Site]) -> Site:
    return start()


@pytest.fixture
def door(site: Site) -> Iterator[Door]:
    """A door that may visit `site`, with short timeouts and the clock standing still at NOW."""
    with Door(
        "Whereas tests (tests@example.org)",
        max_bytes=1024 * 1024,
        connect_timeout=1,
        read_timeout=0.4,
        total_timeout=1.2,
        allowed_hosts={site.name},
        clock=lambda: NOW,
    ) as opened:
        yield opened


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for secure.example and localhost, signed by itself."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=secure.example"
    command += " -addext subjectAltName=DNS:secure.example,DNS:localhost"
    try:
        subprocess.run([*command.split(), "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl, which makes the certificate for this test, does not run here")
    with path.open("ab") as both:
        both.write(Path(f"{path}.crt").read_bytes())
    return path
