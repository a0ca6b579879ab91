"""Asking as a guest should: robots.txt before a page is crawled, one budget for all workers, rest where it is wanted.

Rest and budgets are written down for other workers; within a run they hold at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from sqlmodel import Session

from tracker.domain.errors import FetchError
from tracker.domain.items import Fetched, Request
from tracker.net import sec
from tracker.net.http import SEC_SECONDS, Door
from tracker.net.robots import Rules, read
from tracker.store import hosts
from tracker.workflows.runtime import Runtime

Written = Callable[[Callable[[Session], Any]], Awaitable[Any]]

# How long an answer about robots.txt holds; one that failed is asked again sooner.
ROBOTS_HOLD, ROBOTS_RETRY = timedelta(days=1), timedelta(hours=1)
ROBOTS_PATH = "/robots.txt"
AGENT = "Whereas"
# Answers that speak for a whole server, not for one address of it; and what we say of one that we leave alone since.
HOST_WIDE = frozenset({"http_429", "rate_threshold", "undeclared"})
RESTING = "resting"
LONGEST_REST = 86400.0
# Seconds for which a page waits for its turn where robots.txt wants pages asked slowly; where the turn is further off
# the page is put off.
LONGEST_PATIENCE = 20.0
# Characters that a name on the network can have.
LONGEST_HOST = 253


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return host:port of an address in lower case, as robots.txt and outages are kept by it; "" for none."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    name = (parts.hostname or "").lower()
    return f"{name}:{port}" if name and len(name) <= LONGEST_HOST else ""


@lru_cache(maxsize=4096)
def rest_of(url: str) -> str:
    """Return the name under which a server rests: its host:port; the SEC's count as one."""
    host = host_of(url)
    return sec.BUDGET if sec.is_sec(host.rpartition(":")[0]) else host


def rest_until(now: datetime, retry_after: float | None, back_off: float) -> datetime:
    """Return until when a server rests that asked for `retry_after` seconds, or for none in particular."""
    return now + timedelta(seconds=min(retry_after or back_off, LONGEST_REST))


class Manners:
    """What stands between a source and the door. `written` runs a function with a session in the writing thread."""

    def __init__(self, runtime: Runtime, written: Written) -> None:
        self._runtime = runtime
        self._written = written
        self._rules: dict[str, asyncio.Task[Rules]] = {}
        self._resting: dict[str, datetime] = {}
        self._door: Door | None = None

    def through(self, door: Door) -> "Manners":
        """Use this door from now on."""
        self._door = door
        return self

    async def turn(self, budget: str) -> float:
        """Return the seconds to wait for the next turn of a budget that all workers share."""
        now = self._runtime.clock()
        found = await self._written(lambda session: hosts.turn(session, budget, now, SEC_SECONDS))
        return float(found)

    async def ask(self, request: Request) -> Fetched:
        """Fetch, if the site lets us; raises FetchError, `robots` when it does not, `resting` while it wants rest."""
        door = self._door
        assert door is not None  # noqa: S101 - `through` comes first

        async def onward(url: str) -> None:
            self._refuse_resting(url)
            # Where there is no host the door says what is wrong with the address.
            if request.crawl and host_of(url):
                await self._as_its_robots_txt_says(door, url)

        await onward(request.url)
        return await self._heeded(request, door.fetch(request, onward=onward))

    async def save(self, request: Request, file: BinaryIO, *, max_bytes: int, seconds: float) -> Fetched:
        """Fetch what is too large to be held into a file; raises FetchError, `resting` while its server wants rest."""
        door = self._door
        assert door is not None  # noqa: S101 - `through` comes first

        async def onward(url: str) -> None:
            self._refuse_resting(url)

        await onward(request.url)
        saved = door.save(request, file, max_bytes=max_bytes, seconds=seconds, onward=onward)
        return await self._heeded(request, saved)

    def _refuse_resting(self, url: str) -> None:
        until = self._resting.get(rest_of(url)) if self._resting else None
        if until is not None and until > self._runtime.clock():
            raise FetchError(
                f"fetching {url}: its server asked us to wait until {until:%Y-%m-%d %H:%M} UTC; it is asked then",
                kind=RESTING,
                retry_after=(until - self._runtime.clock()).total_seconds(),
            )

    async def _heeded(self, request: Request, answer: Awaitable[Fetched]) -> Fetched:
        """Return an answer; a server that says it is asked too often is asked no more in this run before its time."""
        try:
            return await answer
        except FetchError as error:
            if error.kind in HOST_WIDE:
                back_off = self._runtime.settings.retry_after_failure_seconds
                self._resting[rest_of(request.url)] = rest_until(self._runtime.clock(), error.retry_after, back_off)
            raise

    async def _as_its_robots_txt_says(self, door: Door, url: str) -> None:
        """Wait for our turn to crawl a page; raises FetchError where its site forbids it, or its turn is far off."""
        rules = await self._rules_of(door, url)
        if not rules.allows(url, AGENT):
            raise FetchError(
                f"fetching {url}: its robots.txt asks programs to keep out; ask the site's owner, "
                "or follow a feed of theirs instead",
                kind="robots",
            )
        delay = min(rules.delay(AGENT) or 0.0, LONGEST_REST)
        if delay <= self._runtime.settings.host_seconds:
            return
        host, now = host_of(url), self._runtime.clock()
        turn = partial(hosts.turn, name=f"crawl {host}", now=now, spacing=delay, patience=LONGEST_PATIENCE)
        wait = float(await self._written(turn))
        if wait > LONGEST_PATIENCE:
            raise FetchError(
                f"fetching {url}: its robots.txt asks for {delay:g} s between two pages, and the next turn is at "
                f"{now + timedelta(seconds=wait):%Y-%m-%d %H:%M} UTC; it is asked then",
                kind=RESTING,
                retry_after=wait,
            )
        await asyncio.sleep(wait)

    async def _rules_of(self, door: Door, url: str) -> Rules:
        host = host_of(url)
        if host not in self._rules:
            self._rules[host] = asyncio.ensure_future(self._robots(door, host, url))
        return await asyncio.shield(self._rules[host])

    async def _robots(self, door: Door, host: str, url: str) -> Rules:
        now = self._runtime.clock()
        known = await self._written(lambda session: hosts.robots(session, host))
        if known is not None:
            hold = ROBOTS_HOLD if _tells(known.status) else ROBOTS_RETRY
            if now - known.asked_at < hold:
                return _rules(known, url, FetchError("it was asked within the hour", kind=_kind(known.status)))
        address = urlsplit(url)._replace(path=ROBOTS_PATH, query="", fragment="").geturl()
        found, trouble = hosts.Robots("", 0, now), None
        try:
            asked = Request(address, accept="text/plain, */*;q=0.1")
            answer = await self._heeded(asked, door.fetch(asked))
            found = hosts.Robots(answer.body.decode("utf-8", "replace").replace("\0", ""), answer.status, now)
        except FetchError as error:
            # A wall against programs may come with any status.
            status = error.status if error.status and error.kind == _kind(error.status) else 0
            found, trouble = hosts.Robots("", status, now), error
        # One that came because we asked too often says nothing of what comes after the rest.
        if found.status != TOO_MANY:
            await self._written(lambda session: hosts.remember_robots(session, host, found))
        return _rules(found, url, trouble)


TOO_MANY = 429


def _tells(status: int) -> bool:
    """Return whether an answer of this status says what is allowed; a server in trouble does not (RFC 9309, 2.3.1)."""
    return 200 <= status < 500 and status != TOO_MANY


def _kind(status: int) -> str:
    return f"http_{status}" if status else "connect"


def _rules(found: hosts.Robots, url: str, trouble: FetchError | None) -> Rules:
    """Return the rules; raises FetchError, of the trouble's kind, where they could not be had: then nobody crawls."""
    if trouble is None or _tells(found.status):
        return read(found.text, found.status)
    raise FetchError(
        f"fetching {url}: it is not known whether programs may read it, for its robots.txt cannot be had ({trouble}); "
        "it is asked again later",
        kind=trouble.kind,
        status=trouble.status,
        retry_after=trouble.retry_after,
    ) from trouble
