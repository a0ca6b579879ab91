"""Not asking faster than a publisher wants: each host has a lane, few requests at once, starts that lie apart.

One `Lanes` serves the whole process. Event loops of several threads may share it.
"""

import asyncio
import math
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field

_Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]
# Lanes in which nothing happens are dropped when there are this many; twice as many as were in use is the next mark.
_SWEEP_AT = 256
_FREE = nullcontext()


@dataclass(slots=True, eq=False)
class _Lane:
    under_way: int = 0
    next_start: float = -math.inf
    waiting: deque[_Waiter] = field(default_factory=deque)


class Lanes:
    """Gives out turns. A caller waits for its turn, first come first served; nobody is turned away."""

    def __init__(
        self,
        *,
        seconds: float,
        at_once: int,
        exempt: Collection[str] = (),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Begin with free lanes: two starts in one lie `seconds` apart, and at most `at_once` turns are under way.

        `exempt` names ("host:port") wait for nothing. Tests pass a clock and a sleep of their own.
        """
        self._seconds, self._at_once = seconds, at_once
        self._exempt = frozenset(name.lower() for name in exempt)
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._lanes: dict[str, _Lane] = {}
        self._sweep_at = _SWEEP_AT

    def __len__(self) -> int:
        """How many lanes are remembered."""
        return len(self._lanes)

    def turn(self, name: str, *, seconds: float | None = None) -> AbstractAsyncContextManager[None]:
        """Return a turn at `name`, a time (`async with`) in which one request may be made.

        `name` is a host, with or without its port, or that of a budget that several hosts share; the ports of one host
        share its lane. `seconds` is what must lie between two starts where it is not the usual.
        """
        if name in self._exempt:
            return _FREE
        host, _, port = name.rpartition(":")
        return self._waited(host if port.isdigit() else name, self._seconds if seconds is None else seconds)

    @asynccontextmanager
    async def _waited(self, host: str, seconds: float) -> AsyncIterator[None]:
        lane, waiter = self._queue(host)
        if waiter is not None:
            await self._admitted(lane, waiter)
        try:
            await self._spaced(lane, seconds)
            yield
        finally:
            self._hand_on(lane)

    def _queue(self, host: str) -> tuple[_Lane, _Waiter | None]:
        """Return the lane, and what to wait for when too many requests are under way in it."""
        with self._lock:
            lane = self._lanes.get(host)
            if lane is None:
                self._sweep()
                lane = self._lanes[host] = _Lane()
            if lane.under_way < self._at_once and not lane.waiting:
                lane.under_way += 1
                return lane, None
            loop = asyncio.get_running_loop()
            waiter = (loop, loop.create_future())
            lane.waiting.append(waiter)
            return lane, waiter

    def _sweep(self) -> None:
        if len(self._lanes) < self._sweep_at:
            return
        now = self._clock()
        busy = {host: lane for host, lane in self._lanes.items() if lane.under_way or lane.next_start > now}
        self._lanes = busy
        self._sweep_at = max(_SWEEP_AT, 2 * len(busy))

    async def _admitted(self, lane: _Lane, waiter: _Waiter) -> None:
        try:
            await waiter[1]
        except asyncio.CancelledError:
            with self._lock:
                still_waiting = waiter in lane.waiting
                if still_waiting:
                    lane.waiting.remove(waiter)
            if not still_waiting:  # the turn came in the moment we gave up
                self._hand_on(lane)
            raise

    def _hand_on(self, lane: _Lane) -> None:
        """Give a turn that is over to whoever waits longest."""
        with self._lock:
            while lane.waiting:
                loop, future = lane.waiting.popleft()
                try:
                    loop.call_soon_threadsafe(_wake, future)
                except RuntimeError:  # its loop has ended; nobody waits there
                    continue
                return
            lane.under_way -= 1

    async def _spaced(self, lane: _Lane, seconds: float) -> None:
        """Wait until the last start lies `seconds` back."""
        with self._lock:
            before, now = lane.next_start, self._clock()
            start = max(now, before)
            lane.next_start = start + seconds
        if start <= now:
            return
        try:
            await self._sleep(start - now)
        except asyncio.CancelledError:
            with self._lock:
                if lane.next_start == start + seconds:  # nobody counted on our start
                    lane.next_start = before
            raise


def _wake(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
