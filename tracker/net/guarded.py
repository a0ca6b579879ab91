"""Connections that go only where the gate lets them, kept open for the next question.

A name is resolved and judged once for every connection; the socket is then opened to the very address that was judged,
and judged again as it is made. No second program reads the address: where a question goes, what it asks for and the
host it names are put together from the parts that the gate read.
"""

import asyncio
import math
import re
import socket
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, Final
from urllib.parse import urlsplit

import aiohappyeyeballs

from tracker.net.addresses import DEFAULT_PORTS, Gate, Place, host_and_port, refused
from tracker.net.connection import Connection, HungUpError, OverdueError

MOST_IDLE: Final = 128
"""How many connections are kept open for later, over all hosts."""

# How long one address is tried before the next one is tried beside it (RFC 8305).
_NEXT_ADDRESS: Final = 0.25
_TARGET: Final = re.compile(r"[\x21-\x7e]+")
_UNFIT: Final = re.compile(r"[\r\n\0]")

_AddrInfo = tuple[int, int, int, str, tuple[Any, ...]]
_Where = tuple[str, str]


class UnconnectedError(Exception):
    """No connection: nobody listens there, or, when `slow`, nobody answered in time."""

    def __init__(self, said: str, *, slow: bool = False) -> None:
        super().__init__(said)
        self.slow = slow


class Connections:
    """All connections of one loop. `connect` and `read` are the longest silences in seconds.

    `tls` replaces the system's list of certificates.
    """

    def __init__(
        self, gate: Gate, *, connect: float, read: float, tls: ssl.SSLContext | None, most_idle: int = MOST_IDLE
    ) -> None:
        self._gate, self._connect, self._read, self._tls = gate, connect, read, tls
        self._most_idle = most_idle
        self._idle: dict[_Where, list[Connection]] = {}
        self._closed = False

    def __len__(self) -> int:
        """How many connections are kept for later."""
        return sum(map(len, self._idle.values()))

    async def ask(self, place: Place, question: bytes, until: float = math.inf) -> Connection:
        """Return a connection that has the head of the answer; `release` it when done.

        Connecting, asking and the whole answer are to be over by `until`, in the loop's time.

        A kept connection may have been closed by the server in the very moment we use it; that says nothing about the
        server, so the question is put once more: all that we send only asks. Raises FetchError where the gate refuses,
        else UnconnectedError, OverdueError, BrokenAnswerError or OSError.
        """
        kept = self._kept(place)
        if kept is not None:
            with suppress(HungUpError):
                return await self._asked(kept, question, until)
        return await self._asked(await self._opened(place, until), question, until)

    async def close(self) -> None:
        """Close all connections that are kept."""
        self._closed = True
        for connection in [one for kept in self._idle.values() for one in kept]:
            connection.abort()
        # A connection that was given up in the middle of its handshake is closed in the loop's next rounds.
        for _ in range(3):
            await asyncio.sleep(0)

    @staticmethod
    async def _asked(connection: Connection, question: bytes, until: float) -> Connection:
        try:
            await connection.ask(question, until)
        except BaseException:
            connection.release()
            raise
        return connection

    # --- keeping ------------------------------------------------------------------------------------------------------

    def _kept(self, place: Place) -> Connection | None:
        idle = self._idle.get((place.scheme, place.name), [])
        while idle:
            connection = idle.pop()
            if not idle:
                self._idle.pop((place.scheme, place.name), None)
            if connection.open:
                return connection
        return None

    def _keep(self, where: _Where, connection: Connection) -> bool:
        """Keep a connection for later; return whether there is room for it."""
        if self._closed or len(self) >= self._most_idle:
            return False
        self._idle.setdefault(where, []).append(connection)
        return True

    def _forget(self, where: _Where, connection: Connection) -> None:
        kept = self._idle.get(where, [])
        if connection in kept:
            kept.remove(connection)
        if not kept:
            self._idle.pop(where, None)

    # --- connecting ---------------------------------------------------------------------------------------------------

    async def _opened(self, place: Place, until: float) -> Connection:
        time = asyncio.get_running_loop().time
        addresses = await self._addresses(place, max(min(self._connect, until - time()), 0.0))
        try:
            async with asyncio.timeout_at(min(time() + self._connect, until)):
                return await self._connected(place, addresses)
        except TimeoutError as error:
            if time() >= until:
                raise OverdueError from error
            raise UnconnectedError(f"no connection within {self._connect:g} s", slow=True) from error
        except ssl.SSLError:
            raise
        except OSError as error:
            raise UnconnectedError(str(error)) from error

    async def _addresses(self, place: Place, within: float) -> list[_AddrInfo]:
        """Return where the place is, judged, looked up in so many seconds."""
        if place.literal:
            family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
            found: Iterable[tuple[int, tuple[Any, ...]]] = [(family, (place.host, place.port))]
        else:
            found = await self._gate.addresses(place.host, place.port, within=within)
        return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", address) for family, address in found]

    async def _connected(self, place: Place, addresses: list[_AddrInfo]) -> Connection:
        found: socket.socket | None = await aiohappyeyeballs.start_connection(
            addresses, happy_eyeballs_delay=_NEXT_ADDRESS, socket_factory=partial(self._socket, place.name)
        )
        secure = place.scheme == "https"
        where = (place.scheme, place.name)
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: Connection(self._read, partial(self._keep, where), partial(self._forget, where)),
                sock=found,
                ssl=(self._tls or _certificates()) if secure else None,
                server_hostname=place.host if secure else None,
            )
            found = None
        finally:
            if found is not None:
                found.close()
        return connection

    def _socket(self, name: str, info: _AddrInfo) -> socket.socket:
        """Make a socket for an address, judged once more: whatever went wrong before, this is where it ends."""
        family, kind, protocol, _, address = info
        self._gate.judge(name, [address[0]])
        return socket.socket(family, kind, protocol)


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Return the system's certificates, loaded when the first secure server is asked."""
    made = ssl.create_default_context()
    made.set_alpn_protocols(["http/1.1"])
    return made


@lru_cache(maxsize=4096)
def first_lines(place: Place, method: str) -> str:
    """Return the lines that say what is asked for and of whom; raises FetchError for what cannot stand in them."""
    parts = urlsplit(place.url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    port = None if place.port == DEFAULT_PORTS[place.scheme] else place.port
    bracketed = f"[{place.host}]" if ":" in place.host else place.host
    host = bracketed if port is None else host_and_port(place.host, port)
    if not target.startswith("/") or not _TARGET.fullmatch(target) or not _TARGET.fullmatch(host):
        raise refused(place.url, "it has characters that no address may have")
    return f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n"


def question(place: Place, headers: Mapping[str, str], body: str | None = None) -> bytes:
    """Return a question as it goes over the wire, each letter of a header one byte, as servers' values are kept.

    Raises ValueError for a header that would end before its end.
    """
    if _UNFIT.search("".join((*headers, *headers.values()))):
        unfit = next(name for name, value in headers.items() if _UNFIT.search(f"{name}{value}"))
        raise ValueError(f"the header {unfit!r} has a line break in it")
    lines = [first_lines(place, "GET" if body is None else "POST")]
    lines += [f"{name}: {value}\r\n" for name, value in headers.items()]
    if body is None:
        lines.append("\r\n")
        return _line_bytes(lines)
    sent = body.encode()
    lines.append(f"Content-Length: {len(sent)}\r\n\r\n")
    return _line_bytes(lines) + sent


def _line_bytes(lines: list[str]) -> bytes:
    return "".join(lines).encode("latin-1", "replace")
