"""The processes that read answers: started when the first answer comes, stopped when one takes too long.

A reader works on what strangers send. In a process of its own it may take its time without holding up a server's
connection, and when it takes too much it is ended and the answer is set aside, whatever it was doing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from tracker.domain.items import Fetched
from tracker.settings import Settings
from tracker.workflows import reader_family
from tracker.workflows.reader_family import MIB, START_SECONDS, Process, UnaskedError
from tracker.workflows.readings import Reading, Recipe, pack

if TYPE_CHECKING:
    from tracker.workflows.study import Linker

log = logging.getLogger(__name__)

# Answers that lie with a process: the one it reads and the next, so that it need not wait for us in between.
AT_HAND = 2


class _Seat:
    """The place of one process: it, or None before it is started, and how many answers are with it."""

    def __init__(self) -> None:
        self.process: Process | None = None
        self.asked = 0
        self.filling = asyncio.Lock()


class Readers:
    """Use as `async with`. With no `processes` answers are read on the spot, which is what a handful of them needs.

    `recipe` gives what the linker is made from. `seconds` is how long one answer may take, `megabytes` the address
    space of a process.
    """

    def __init__(
        self, recipe: Callable[[], Awaitable[Recipe]], *, processes: int, seconds: float, megabytes: int
    ) -> None:
        self._ask_for_recipe = recipe
        self._asked: asyncio.Task[Recipe] | None = None
        self._seconds = seconds
        self._most_bytes = megabytes * MIB
        self._linker: Linker | None = None
        self._seats = [_Seat() for _ in range(processes)]
        self._room = asyncio.Semaphore(AT_HAND * processes)
        self._started: list[Process] = []
        self._ending: set[asyncio.Future[None]] = set()
        self._processes = processes
        self._family: asyncio.Task[list[Process]] | None = None

    @classmethod
    def of(cls, settings: Settings, recipe: Callable[[], Awaitable[Recipe]]) -> Self:
        """Return readers within the settings' limits."""
        return cls(
            recipe,
            processes=settings.read_processes,
            seconds=settings.read_seconds,
            megabytes=settings.read_megabytes,
        )

    async def __aenter__(self) -> Self:
        """Nothing is started yet."""
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """End every process, and wait for those whose end somebody was too hurried to wait for."""
        if self._family is not None:
            await asyncio.wait([self._family])
            self._family.exception()  # whoever waited for it has told of it
        # Copies first: the process that made them sees to it that nothing of them is left.
        for process in reversed(tuple(self._started)):
            await self._end(process)
        if self._ending:
            await asyncio.wait(self._ending)

    async def _end(self, process: "Process") -> None:
        """End a process to the last: who asks for it may be cancelled a second time, by a group and by a gathering."""
        if process not in self._started:
            return
        self._started.remove(process)
        ending = asyncio.ensure_future(process.end())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        await asyncio.shield(ending)

    async def _recipe(self) -> Recipe:
        """Return what the linker is made from; looked up when the first answer comes, for most runs bring none."""
        if self._asked is None:
            self._asked = asyncio.ensure_future(self._ask_for_recipe())
        return await asyncio.shield(self._asked)

    async def _fresh(self) -> Process:
        """Return a process that nobody has used yet: of those that were started together, while there are any."""
        if self._family is None or (self._family.done() and self._family.exception()):
            self._family = asyncio.ensure_future(self._begun(self._processes))
        unused = await asyncio.shield(self._family)
        return unused.pop() if unused else (await self._begun(1))[0]

    async def _begun(self, count: int) -> list[Process]:
        started = await reader_family.start(
            await self._recipe(),
            most_bytes=self._most_bytes,
            most_seconds=int(self._seconds + START_SECONDS) + 1,
            count=count,
        )
        self._started += started
        # It takes four megabytes, and hardly ever is another process begun: then it is looked up once more.
        self._asked = None
        return list(started)

    async def read(self, reader: str, answer: Fetched, now: datetime) -> Reading:
        """Return what an answer brings; one that takes too long or breaks its process is unreadable, and why."""
        return (await self.sealed(reader, answer, now)).opened()

    async def sealed(self, reader: str, answer: Fetched, now: datetime) -> Reading:
        """Return what an answer brings as `read` does, its items perhaps sealed: for who has to keep many of them."""
        if not self._processes:
            # What reads is loaded where it is done; mostly that is another process.
            from tracker.workflows.reading import read  # noqa: PLC0415
            from tracker.workflows.study import compiled  # noqa: PLC0415

            self._linker = self._linker or compiled(await self._recipe())
            return read(reader, answer, self._linker, now)
        async with self._room:
            seat = min(self._seats, key=attrgetter("asked"))
            seat.asked += 1
            try:
                return await self._read_by(seat, reader, answer, now)
            finally:
                seat.asked -= 1

    async def _read_by(self, seat: _Seat, reader: str, answer: Fetched, now: datetime) -> Reading:
        while True:
            process = None
            try:
                process = await self._seated(seat)
                return await process.ask(reader, answer, now, self._seconds)
            except UnaskedError:
                process = None  # whoever broke it ends it
            except TimeoutError:
                return _set_aside(answer, f"reading it took longer than {self._seconds:g} s")
            except (asyncio.IncompleteReadError, OSError) as error:
                return _set_aside(answer, f"the process that read it ended ({type(error).__name__})")
            finally:
                # Not by one who only waited for its turn: another one's answer is being read.
                if process is not None and process.broken and not process.turn.locked():
                    log.warning("reader process ended", extra={"reader": reader, "url": answer.url})
                    await self._end(process)

    async def _seated(self, seat: _Seat) -> Process:
        """Return the process of a seat, a fresh one where there is none that may be asked."""
        async with seat.filling:
            if seat.process is None or seat.process.broken:
                seat.process = await self._fresh()
            return seat.process


def _set_aside(answer: Fetched, why: str) -> Reading:
    said = f"reading {answer.url}: {why}; it is set aside: look at the kept bytes, or report it"
    return Reading("unreadable", said, packed=pack(answer))
