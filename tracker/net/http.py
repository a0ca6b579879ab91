"""The one place that asks public servers for pages and feeds.

`Door.get` turns a Request into a Fetched or raises a FetchError that says what was found and what to do. It follows
redirects by hand so that each hop is judged like the first, counts decoded bytes while they arrive, and keeps to the
clock on the wall. It sends no cookies, reads no proxy from the environment, and may be used from many threads.
"""

import http.client
import re
import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self
from urllib.parse import quote, urljoin, urlsplit

import urllib3
from urllib3 import BaseHTTPResponse

from tracker.domain.errors import FetchError
from tracker.domain.items import Fetched, Request
from tracker.net.addresses import Gate, Place, Resolver, look_up, refused
from tracker.net.decoding import ACCEPT_ENCODING, PIECE, DecodingError, decode
from tracker.net.guarded import ERRAND, Errand, pools
from tracker.net.pace import Pace
from tracker.net.refusals import status_error

MIB: Final = 1024 * 1024
# Its servers refuse callers that do not say how to reach them, and all who ask more than ten times a second:
# https://www.sec.gov/os/accessing-edgar-data. We keep well below.
SEC: Final = "sec.gov"
SEC_SECONDS: Final = 0.15
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_CONNECTIONS = 8
_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
_LOCATION = "!#$%&'()*+,/:;=?@[]~"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Limits:
    max_bytes: int
    connect: float
    read: float
    total: float
    max_redirects: int


class Door:
    """Fetches over HTTP. One for the whole program; `close` it, or use it in a `with` block."""

    def __init__(
        self,
        user_agent: str,
        *,
        max_bytes: int = 10 * MIB,
        connect_timeout: float = 5.0,
        read_timeout: float = 15.0,
        total_timeout: float = 30.0,
        max_redirects: int = 5,
        allowed_hosts: Collection[str] = (),
        clock: Callable[[], datetime] = _now,
        resolver: Resolver = look_up,
        tls: ssl.SSLContext | None = None,
        identified: bool = True,
    ) -> None:
        """Set up the door; nothing is asked yet.

        `user_agent` names us, and a way to reach us when `identified`. `max_bytes` counts decoded bytes. Timeouts are
        in seconds: to connect, for one read, and for everything with all redirects. `allowed_hosts` ("host:port") may
        be private. `clock` gives the present as an aware datetime. `tls` replaces the system's list of certificates.
        """
        self._user_agent = user_agent
        self._limits = _Limits(max_bytes, connect_timeout, read_timeout, total_timeout, max_redirects)
        self._gate = Gate(allowed_hosts, resolver)
        self._clock = clock
        self._identified = identified
        self._sec_pace = Pace(SEC_SECONDS)
        self._pools = pools(keep=_KEPT_CONNECTIONS, tls=tls)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close idle connections; a closed door may be used again and opens new ones."""
        self._pools.clear()

    def get(self, request: Request) -> Fetched:
        """Return the answer to `request`: 2xx with its decoded body, or 304 with none, and the address it came from.

        The validators are sent byte for byte as given. Raises FetchError whose `kind` is one of: refused_address,
        no_contact, dns, connect, timeout, tls, redirects, too_large, truncated, encoding, protocol, or http_<status>
        for any other status, then with `status` and `retry_after` (seconds) where the server named a time.
        """
        errand = Errand(self._gate, time.monotonic() + self._limits.total, self._limits.connect)
        token = ERRAND.set(errand)
        try:
            return self._follow(request, errand)
        finally:
            ERRAND.reset(token)

    def _follow(self, request: Request, errand: Errand) -> Fetched:
        place = self._admitted(request.url)
        visited = {place.url}
        for _ in range(self._limits.max_redirects + 1):
            with self._translated(place.url, errand), closing(self._ask(place, request)) as response:
                if response.status not in _REDIRECTS:
                    return self._answer(place, request, response)
                target = _redirect_target(place.url, response)
            place = self._admitted(target)
            if place.url in visited:
                raise FetchError(
                    f"fetching {request.url}: its redirects go round in a circle at {place.url}; "
                    "open it in a browser and use the address it ends at",
                    kind="redirects",
                )
            visited.add(place.url)
        raise FetchError(
            f"fetching {request.url}: more than {self._limits.max_redirects} redirects, the last to {place.url}; "
            "open it in a browser and use the address it ends at",
            kind="redirects",
        )

    def _admitted(self, url: str) -> Place:
        place = self._gate.admit(url)
        if place.host == SEC or place.host.endswith(f".{SEC}"):
            if not self._identified:
                raise FetchError(
                    f"fetching {url}: the SEC wants to be told who asks, and no contact is set; "
                    "write yours as `contact` into config/local.toml",
                    kind="no_contact",
                )
            self._sec_pace.wait()
        return place

    def _ask(self, place: Place, request: Request) -> BaseHTTPResponse:
        """Send the request and return the answer with its body still to be read.

        A kept connection may have been closed by the server in the very moment we use it; that says nothing about the
        server, so the question is put once more.
        """
        try:
            return self._send(place, request)
        except urllib3.exceptions.ProtocolError as error:
            if not any(isinstance(part, ConnectionResetError | BrokenPipeError) for part in error.args):
                raise
            return self._send(place, request)

    def _send(self, place: Place, request: Request) -> BaseHTTPResponse:
        parts = urlsplit(place.url)
        # The pool is asked for by host and port, so that no second parser reads the address and disagrees.
        pool = self._pools.connection_from_host(place.host, place.port, scheme=place.scheme)
        return pool.urlopen(
            "GET",
            (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            headers=self._headers(request),
            retries=False,
            redirect=False,
            assert_same_host=False,
            timeout=urllib3.Timeout(connect=self._limits.connect, read=self._limits.read),
            preload_content=False,
            decode_content=False,
        )

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"User-Agent": self._user_agent, "Accept": request.accept, "Accept-Encoding": ACCEPT_ENCODING}
        # A validator that no header can carry came from a broken answer; without it we merely get the whole page.
        if request.etag and _SENDABLE.fullmatch(request.etag):
            headers["If-None-Match"] = request.etag
        if request.last_modified and _SENDABLE.fullmatch(request.last_modified):
            headers["If-Modified-Since"] = request.last_modified
        return headers

    def _answer(self, place: Place, request: Request, response: BaseHTTPResponse) -> Fetched:
        status = response.status
        asked_whether_changed = bool(request.etag or request.last_modified)
        if not (200 <= status < 300 or (status == 304 and asked_whether_changed)):
            raise status_error(place.url, status, response.headers, self._clock())
        return Fetched(
            url=place.url,
            status=status,
            body=self._body(place.url, response),
            headers={name.lower(): value for name, value in response.headers.items()},
            fetched_at=self._clock(),
            request=request,
        )

    def _body(self, url: str, response: BaseHTTPResponse) -> bytes:
        """Return the decoded body, reading no more of it than the limit."""
        limit = self._limits.max_bytes
        codings = [coding.strip().lower() for coding in response.headers.get("content-encoding", "").split(",")]
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > limit:
            raise _too_large(url, limit)
        body = bytearray()
        for piece in decode(_raw_pieces(url, response, limit), codings):
            body += piece
            if len(body) > limit:
                raise _too_large(url, limit)
        _drain(url, response, limit)
        return bytes(body)

    @contextmanager
    def _translated(self, url: str, errand: Errand) -> Iterator[None]:
        """Turn whatever goes wrong on the way into a FetchError that names `url`."""
        try:
            yield
        except FetchError:
            raise
        except DecodingError as error:
            raise FetchError(
                f"fetching {url}: {error}; open it in a browser: if it works there, report it", kind="encoding"
            ) from error
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise self._described(url, error, errand) from error

    def _described(self, url: str, error: Exception, errand: Errand) -> FetchError:
        if errand.left <= 0:
            found, kind = f"not finished after {self._limits.total:g} s", "timeout"
        elif isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
            found, kind = f"the server sent nothing for {self._limits.read:g} s", "timeout"
        elif isinstance(error, urllib3.exceptions.SSLError | ssl.SSLError):
            return FetchError(
                f"fetching {url}: the connection could not be secured ({error}); "
                "check the site's certificate in a browser",
                kind="tls",
            )
        elif _is_truncated(error):
            found, kind = "the answer broke off before its announced end", "truncated"
        else:
            found, kind = f"the answer is not proper HTTP ({type(error).__name__}: {str(error)[:200]})", "protocol"
        return FetchError(f"fetching {url}: {found}; try again later, or open it in a browser", kind=kind)


def _raw_pieces(url: str, response: BaseHTTPResponse, limit: int) -> Iterator[bytes]:
    """Yield the body as sent, each piece as soon as it is there. Bytes that decode to nothing are counted as well."""
    total = 0
    while piece := response.read1(PIECE, decode_content=False):
        total += len(piece)
        if total > limit:
            raise _too_large(url, limit)
        yield piece


def _drain(url: str, response: BaseHTTPResponse, limit: int) -> None:
    """Read what follows the compressed data, so that a short answer is noticed and the connection can be used again."""
    for _ in _raw_pieces(url, response, limit):
        pass


def _is_truncated(error: BaseException) -> bool:
    causes = (error, error.__cause__, *error.args)
    return any(isinstance(cause, http.client.IncompleteRead) for cause in causes)


def _too_large(url: str, limit: int) -> FetchError:
    return FetchError(
        f"fetching {url}: it is larger than {limit / MIB:g} MiB; follow a smaller feed of the site, or raise the limit",
        kind="too_large",
    )


def _redirect_target(url: str, response: BaseHTTPResponse) -> str:
    location = response.headers.get("location", "").strip()
    if not location:
        raise FetchError(
            f"fetching {url}: status {response.status} sends us on without saying where; open it in a browser",
            kind="redirects",
            status=response.status,
        )
    # Servers send UTF-8 here, and header values reach us as Latin-1; spaces stand in many of them.
    raw = location.encode("latin-1", errors="replace")
    try:
        return urljoin(url, quote(raw, safe=_LOCATION))
    except ValueError as error:
        raise refused(location, f"a redirect from {url} names no usable address ({error})") from error
