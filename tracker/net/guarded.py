"""Connections that go only where the gate lets them.

aiohttp speaks HTTP; it gets its addresses and its sockets here. The place a request goes to travels in a context
variable, since aiohttp hands the makers of sockets nothing but a number. Names are resolved and judged once; the socket
is then opened to the very address that was judged, and every socket is judged again, because a host that is a number
already passes the resolver by.
"""

import asyncio
import socket
import ssl
from contextvars import ContextVar
from functools import lru_cache, partial
from typing import Any, Final, cast
from urllib.parse import urlsplit

from aiohttp import (
    ClientError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    StreamReader,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from tracker.net.addresses import DEFAULT_PORTS, Gate, Place, refused

ERRAND: Final[ContextVar[Place]] = ContextVar("errand")
"""Where the request that is under way in this task goes."""

MOST_IDLE: Final = 128
"""How many connections are kept open for later, over all hosts."""

# Sites send policies of many kilobytes in their headers; what a hostile one may send is about 16 MiB.
_LONGEST_LINE = 64 * 1024
_MOST_HEADERS = 256
_IDLE_SECONDS = 15.0

_AddrInfo = tuple[int, int, int, str, tuple[Any, ...]]


class _Judged(AbstractResolver):
    """Gives aiohttp the addresses that the gate has judged, and no others."""

    def __init__(self, gate: Gate, within: float) -> None:
        self._gate, self._within = gate, within

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        found = await self._gate.addresses(host, port, within=self._within)
        return [
            ResolveResult(hostname=host, host=address[0], port=address[1], family=kind, proto=0, flags=0)
            for kind, address in found
            if family in {socket.AF_UNSPEC, kind}
        ]

    async def close(self) -> None:
        pass


class _Connection(ResponseHandler):
    """A connection that ends at once when it is to end, and says so to whoever waits for the body.

    aiohttp's own parts politely from a secure server, which a hostile one draws out for half a minute. It leaves a
    reader waiting when a chunk is garbage, and takes a reset for the end of a body without a length.
    """

    def close(self) -> None:
        self.abort()

    def set_exception(self, exc: BaseException, *cause: BaseException) -> None:
        body = self._payload
        super().set_exception(exc, *cause)
        _fail(body, ClientError(str(exc)) if isinstance(exc, HttpProcessingError) else exc)

    def connection_lost(self, exc: BaseException | None) -> None:
        if exc is not None:
            _fail(self._payload, ClientPayloadError(f"the connection was lost: {exc}"))
        super().connection_lost(exc)


def _fail(body: StreamReader | None, exc: BaseException) -> None:
    if body is not None and not body.is_eof() and body.exception() is None:
        body.set_exception(exc)


class _Connector(TCPConnector):
    """A connector that bounds what it keeps: aiohttp's limits count connections in use, not idle ones."""

    def __init__(self, *, most_idle: int, **options: Any) -> None:
        super().__init__(**options)
        self._most_idle = most_idle
        self._factory = cast("partial[ResponseHandler]", partial(_Connection, loop=self._loop))

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
        full = sum(map(len, self._conns.values())) >= self._most_idle
        super()._release(key, protocol, should_close=should_close or full)


def _sockets(gate: Gate) -> Any:
    def open_socket(info: _AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        place = ERRAND.get(None)
        if place is None:
            raise refused(str(address[0]), "nobody said where this connection belongs to", remedy="report it")
        gate.judge(place.name, [address[0]])
        return socket.socket(family, kind, protocol)

    return open_socket


def open_session(
    gate: Gate, *, connect: float, read: float, tls: ssl.SSLContext | None, most_idle: int = MOST_IDLE
) -> ClientSession:
    """Return a session on the running loop whose every connection passes `gate`; close it when done.

    `connect` and `read` are the longest silences in seconds; how long a whole fetch may take is the caller's to watch.
    """
    connector = _Connector(
        most_idle=most_idle,
        resolver=_Judged(gate, connect),
        use_dns_cache=False,  # a judgement holds for one connection
        socket_factory=_sockets(gate),
        limit=0,
        keepalive_timeout=_IDLE_SECONDS,
        ssl=tls if tls is not None else True,
    )
    return ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        timeout=ClientTimeout(total=None, sock_connect=connect, sock_read=read),
        trust_env=False,
        auto_decompress=False,
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
        max_headers=_MOST_HEADERS,
    )


async def close_session(session: ClientSession) -> None:
    """Close a session and all its connections."""
    await session.close()
    # A connection that was given up in the middle of its handshake is closed in the loop's next rounds.
    for _ in range(3):
        await asyncio.sleep(0)


@lru_cache(maxsize=4096)
def wire_url(place: Place) -> URL:
    """Return `place` as aiohttp wants it, put together from the parts the gate read, so that nobody reads it anew.

    Raises FetchError when the two would not go to the same server and page after all.
    """
    parts = urlsplit(place.url)
    bracketed = f"[{place.host}]" if ":" in place.host else place.host
    path = parts.path or "/"
    url = URL.build(
        scheme=place.scheme, host=bracketed, port=place.port, path=path, query_string=parts.query, encoded=True
    )
    asked = f"{path}?{parts.query}" if parts.query else path
    port = url.port if url.port is not None else DEFAULT_PORTS[place.scheme]
    if (url.scheme, url.raw_host, port, url.raw_path_qs) != (place.scheme, place.host, place.port, asked):
        raise refused(place.url, f"it reads differently a second time, as {url}")
    if url.raw_user is not None or url.raw_password is not None:
        raise refused(place.url, "it carries a user name")
    return url
