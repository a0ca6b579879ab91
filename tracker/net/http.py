"""The one place that asks public servers for pages and feeds.

`Door.fetch` turns a Request into a Fetched or raises a FetchError that says what was found and what to do. It follows
redirects by hand so that each hop is judged and waits its turn like the first, counts decoded bytes while they arrive,
and keeps to the clock on the wall. It sends no cookies and reads no proxy from the environment.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO, Final, Self

from tracker.domain.errors import FetchError
from tracker.domain.items import Fetched, Request
from tracker.net import bodies, faults, sec
from tracker.net.addresses import Gate, Place, Resolver, look_up
from tracker.net.challenges import mark_of_a_wall
from tracker.net.connection import Connection, OverdueError
from tracker.net.decoding import ACCEPT_ENCODING
from tracker.net.guarded import Connections, question
from tracker.net.headers import asks_for_a_page, by_name, redirect_target, sendable
from tracker.net.pace import Lanes
from tracker.net.refusals import retry_after, status_error

SEC_SECONDS: Final = sec.SECONDS
"""How far apart requests to the SEC lie, over all workers."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_KEEP_METHOD: Final = frozenset({307, 308})
# With these a wall or a block may come, so the page behind them is looked at, shortly.
_TELLING: Final = frozenset({403, 405, 429, 503})


Onward = Callable[[str], Awaitable[None]]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Limits:
    max_bytes: int
    connect: float
    read: float
    total: float
    max_redirects: int


@dataclass(frozen=True, slots=True)
class _Redirect:
    """A redirect: its status and where it leads."""

    status: int
    target: str


class Door:
    """Fetches over HTTP. One for the whole program: `async with door:` and `await door.fetch(request)`.

    `get` does the same for callers that are not async, at the price of a new connection each time; any number of
    threads may use it.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        max_bytes: int = 10 * faults.MIB,
        connect_timeout: float = 5.0,
        read_timeout: float = 15.0,
        total_timeout: float = 30.0,
        max_redirects: int = 5,
        allowed_hosts: Collection[str] = (),
        clock: Callable[[], datetime] = _now,
        resolver: Resolver = look_up,
        tls: ssl.SSLContext | None = None,
        identified: bool = True,
        host_seconds: float = 1.0,
        host_at_once: int = 2,
        shared_turn: Callable[[str], Awaitable[float]] | None = None,
    ) -> None:
        """Set up the door; nothing is asked yet.

        `user_agent` names us, and a way to reach us when `identified`. `max_bytes` counts decoded bytes. Timeouts are
        in seconds: to connect, for one silence, and for everything with all redirects but without waiting for turns.
        `allowed_hosts` ("host:port") may be private and need not be spared. `clock` gives the present as an aware
        datetime. `tls` replaces the system's list of certificates.

        At one host at most `host_at_once` requests are under way, and two starts lie `host_seconds` apart. All hosts of
        the SEC count as one, with its own pace; before each request there `shared_turn` is called with the budget's
        name and says how many seconds to wait, so that several processes can keep one budget.
        """
        self._user_agent = user_agent
        self._limits = _Limits(max_bytes, connect_timeout, read_timeout, total_timeout, max_redirects)
        self._gate = Gate(allowed_hosts, resolver)
        self._clock = clock
        self._tls = tls
        self._identified = identified
        self._lanes = Lanes(seconds=host_seconds, at_once=host_at_once, exempt=allowed_hosts)
        self._shared_turn = shared_turn
        self._connections: Connections | None = None
        self._into: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is left open outside of `async with`; here for callers that close what they open."""

    async def __aenter__(self) -> Self:
        if self._connections is not None:
            raise RuntimeError("this door is open already; hand it on instead of opening it a second time")
        self._connections = self._new_connections()
        return self

    async def __aexit__(self, *_: object) -> None:
        connections, self._connections = self._connections, None
        if connections is not None:
            await connections.close()

    def get(self, request: Request) -> Fetched:
        """Return the answer to `request`, as `fetch` does, from code that is not async."""

        async def alone() -> Fetched:
            connections = self._new_connections()
            try:
                return await self._follow(connections, request)
            finally:
                await connections.close()

        return asyncio.run(alone())

    async def fetch(self, request: Request, *, onward: Onward | None = None) -> Fetched:
        """Return the answer to `request`: 2xx with its decoded body, or 304 with none, and the address it came from.

        The validators are sent byte for byte as given. `onward` is called with the address that a redirect leads to
        before it is asked, and may refuse it by raising FetchError.

        Raises FetchError whose `kind` is one of: refused_address, no_contact, dns, connect, timeout, tls, redirects,
        too_large, truncated, encoding, protocol, challenge, rate_threshold or undeclared (both from the SEC), or
        http_<status> for any other status; the last four with `status` and `retry_after` (seconds) where a time to wait
        is known.
        """
        if self._connections is None:
            raise RuntimeError("open the door with `async with door:` before fetching through it")
        return await self._follow(self._connections, request, onward)

    async def save(
        self, request: Request, file: BinaryIO, *, max_bytes: int, seconds: float, onward: Onward | None = None
    ) -> Fetched:
        """Write the decoded body into an empty `file` as it arrives, for what is too large to be held.

        Raises what `fetch` does. The answer that is returned has the first bytes of the body alone.
        """
        wide = copy(self)
        wide._limits = replace(self._limits, max_bytes=max_bytes, total=seconds)  # noqa: SLF001 - our own copy
        wide._into = file  # noqa: SLF001
        return await wide.fetch(request, onward=onward)

    def _new_connections(self) -> Connections:
        return Connections(self._gate, connect=self._limits.connect, read=self._limits.read, tls=self._tls)

    async def _follow(self, connections: Connections, request: Request, onward: Onward | None = None) -> Fetched:
        place = self._admitted(request.url)
        visited = {place.url}
        left, loop_time = self._limits.total, asyncio.get_running_loop().time
        moved_to: str | None = None
        permanent = True
        for _ in range(self._limits.max_redirects + 1):
            of_sec = sec.is_sec(place.host)
            turn = self._lanes.turn(sec.BUDGET, seconds=SEC_SECONDS) if of_sec else self._lanes.turn(place.name)
            async with turn:
                if of_sec and self._shared_turn is not None:
                    await asyncio.sleep(await self._shared_turn(sec.BUDGET))
                began = loop_time()
                answer = await self._within(began + left, connections, place, request)
                left -= loop_time() - began
            if isinstance(answer, Fetched):
                return answer if moved_to is None else replace(answer, moved_to=moved_to)
            place = self._following(place, request, answer, visited)
            if onward is not None:
                await onward(place.url)
            permanent = permanent and answer.status in _PERMANENT
            moved_to = place.url if permanent else moved_to
        raise FetchError(
            f"fetching {request.url}: more than {self._limits.max_redirects} redirects, the last to {place.url}; "
            "open it in a browser and use the address it ends at",
            kind="redirects",
        )

    def _admitted(self, url: str) -> Place:
        place = self._gate.admit(url)
        if not self._identified and sec.is_sec(place.host):
            raise FetchError(
                f"fetching {url}: the SEC wants to be told who asks, and no contact is set; "
                "write yours as `contact` into config/local.toml",
                kind="no_contact",
            )
        return place

    def _following(self, place: Place, request: Request, answer: _Redirect, visited: set[str]) -> Place:
        """Return the next place, and note it in `visited`."""
        if request.body is not None and answer.status not in _KEEP_METHOD:
            raise FetchError(
                f"fetching {place.url}: status {answer.status} would turn our question into another one; "
                f"ask {answer.target[:200]} directly if that is the new address",
                kind="redirects",
                status=answer.status,
            )
        following = self._admitted(answer.target)
        if following.url in visited:
            raise FetchError(
                f"fetching {request.url}: its redirects go round in a circle at {following.url}; "
                "open it in a browser and use the address it ends at",
                kind="redirects",
            )
        visited.add(following.url)
        return following

    async def _within(
        self, until: float, connections: Connections, place: Place, request: Request
    ) -> Fetched | _Redirect:
        """Ask one place and be done by `until`; whatever goes wrong on the way becomes a FetchError."""
        try:
            return await self._ask(until, connections, place, request)
        except OverdueError as error:
            raise faults.overdue(place, self._limits.total) from error
        except faults.TROUBLE as error:
            raise faults.described(place, error, read=self._limits.read) from error

    async def _ask(self, until: float, connections: Connections, place: Place, request: Request) -> Fetched | _Redirect:
        asked = question(place, self._headers(place, request), request.body)
        answer = await connections.ask(place, asked, until)
        try:
            status = answer.status
            headers = by_name(answer.headers)
            if status in _REDIRECTS:
                return _Redirect(status, redirect_target(place.url, status, headers))
            asked_whether_changed = bool(request.etag or request.last_modified)
            if not (200 <= status < 300 or (status == 304 and asked_whether_changed)):
                raise await self._refusal(place, request, answer, headers)
            body = b"" if status == 304 else await self._body(place, answer, headers)
        finally:
            answer.release()
        if status != 304 and (disguised := self._disguised(place, request, status, headers, body)):
            raise disguised
        return Fetched(place.url, status, body, headers, self._clock(), request)

    def _headers(self, place: Place, request: Request) -> dict[str, str]:
        headers = {"User-Agent": self._user_agent, "Accept": request.accept, "Accept-Encoding": ACCEPT_ENCODING}
        # A key is for the server it was given for, not for wherever that one sends us.
        if request.headers and place.is_origin_of(request.url):
            headers |= request.headers
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        # A validator that cannot be sent as it came is left out; without it we merely get the whole page.
        if request.etag and (etag := sendable(request.etag)):
            headers["If-None-Match"] = etag
        if request.last_modified and (modified := sendable(request.last_modified)):
            headers["If-Modified-Since"] = modified
        return headers

    async def _body(self, place: Place, answer: Connection, headers: Mapping[str, str]) -> bytes:
        """Return the decoded body, reading no more of it than the limit."""
        limit = self._limits.max_bytes
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > limit:
            raise faults.too_large(place, limit)
        body, whole = await bodies.read(answer, headers, limit, self._into)
        if not whole:
            raise faults.too_large(place, limit)
        if self._into is not None:
            return bodies.beginning(body)
        body.seek(0)
        return body.read()

    async def _refusal(
        self, place: Place, request: Request, answer: Connection, headers: Mapping[str, str]
    ) -> FetchError:
        status = answer.status
        body = await bodies.glance(answer, headers) if status in _TELLING else b""
        if disguised := self._disguised(place, request, status, headers, body):
            return disguised
        return status_error(place.url, status, headers, self._clock())

    def _disguised(
        self, place: Place, request: Request, status: int, headers: Mapping[str, str], body: bytes
    ) -> FetchError | None:
        """Return the error that this answer is in truth: a block by the SEC, or a wall against bots."""
        wait = retry_after(headers, self._clock()) if "retry-after" in headers else None
        if sec.is_sec(place.host) and sec.is_suspect(status, headers.get("content-type", "")):
            block = sec.block(place.url, status, body, wait)
            if block is not None:
                return block
        mark = mark_of_a_wall(headers, body, page_wanted=asks_for_a_page(request.accept))
        return None if mark is None else faults.walled(place, mark, status, wait)
