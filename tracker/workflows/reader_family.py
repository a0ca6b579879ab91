"""Starting processes that read answers, asking them, and ending them, from the side of the process that asks.

The first one makes copies of itself once everything is loaded (`reader_process`), so that several take little more
memory than one. One that takes a broken one's place is started by itself.
"""

import asyncio
import contextlib
import os
import signal
import sys
from contextlib import ExitStack
from datetime import datetime
from typing import TypeVar

from tracker.domain.items import Fetched
from tracker.workflows.frames import LENGTH, Setup, framed
from tracker.workflows.readings import Reading, Recipe

MIB = 1024 * 1024
# A process that has just been started also has to load what it needs.
START_SECONDS = 30.0
# How long a process that is to be ended is waited for to begin.
BIRTH_SECONDS = 1.0

Said = TypeVar("Said")


class UnaskedError(Exception):
    """A process ended over another answer before it came to this one."""


class Process:
    """One running process, asked one thing after the other. `pid` is None until a copy has said it.

    `warm` says that it has answered, `broken` that nothing more may be asked of it: it ended, or it answers what nobody
    waits for any more.
    """

    def __init__(
        self,
        questions: asyncio.StreamWriter,
        answers: asyncio.StreamReader,
        process: asyncio.subprocess.Process | None = None,
        pipe: asyncio.ReadTransport | None = None,
    ) -> None:
        self._in, self._out, self._process, self._pipe = questions, answers, process, pipe
        self.pid = process.pid if process is not None else None
        self.turn = asyncio.Lock()
        self.warm = self.broken = self._left = False

    async def ask(self, reader: str, answer: Fetched, now: datetime, seconds: float) -> Reading:
        """Have one answer read, which may take `seconds` from when its turn comes.

        It is handed over at once: so the process goes on to it without waiting for us. Raises IncompleteReadError,
        OSError or TimeoutError when the process ends over it or takes too long, UnaskedError when it never came to it.
        """
        # Nothing is waited for between this and the turn, which come in the order in which they are asked for.
        self._in.write(framed((reader, answer, now)))
        try:
            await self.turn.acquire()
        except asyncio.CancelledError:
            self._left = True
            raise
        try:
            reading = await self._answer(seconds + (0.0 if self.warm else START_SECONDS))
            self.broken, self.warm = self._left, True
        except BaseException:  # also when cancelled half way: the next would be given what comes back then
            self.broken = True
            raise
        finally:
            self.turn.release()
        return reading

    async def _answer(self, seconds: float) -> Reading:
        if self.broken:
            raise UnaskedError
        async with asyncio.timeout(seconds):
            if self.pid is None:
                self.pid = _loaded(await self._message(), int)
            return _loaded(await self._message(), Reading)

    async def _message(self) -> bytes:
        size = LENGTH.unpack(await self._out.readexactly(LENGTH.size))[0]
        return await self._out.readexactly(size)

    async def end(self) -> None:
        """End it at once; what it was doing is lost, and nothing else."""
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            self._in.close()
            await self._process.wait()
            return
        # One that is not there yet, and comes after all, finds its pipes closed and ends by itself.
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            if self.pid is None:
                async with asyncio.timeout(BIRTH_SECONDS):
                    self.pid = _loaded(await self._message(), int)
            # What has said nothing more and whose pipe is open is still our process, and no other of that number.
            if not self._out.at_eof():
                os.kill(self.pid, signal.SIGKILL)
        if not self._in.transport.is_closing():
            self._in.transport.abort()
        if self.pid is not None:
            with contextlib.suppress(OSError):
                while await self._out.read(MIB):
                    pass
        if self._pipe is not None:
            self._pipe.close()


async def start(recipe: Recipe, *, most_bytes: int, most_seconds: int, count: int = 1) -> list[Process]:
    """Start `count` processes that share what they can, and hand them what they need."""
    loop = asyncio.get_running_loop()
    copies: list[Process] = []
    with ExitStack() as passed:
        ends: list[tuple[int, int]] = []
        for _ in range(count - 1):
            (questions, asked), (told, answers) = os.pipe(), os.pipe()
            passed.callback(os.close, questions)
            passed.callback(os.close, answers)
            ends.append((questions, answers))
            copies.append(await _connected(loop, asked, told))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tracker.workflows.reader_process"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=MIB,
            pass_fds=[end for pair in ends for end in pair],
        )
    assert process.stdin is not None  # noqa: S101 - asked for above
    assert process.stdout is not None  # noqa: S101 - asked for above
    process.stdin.write(framed(Setup(most_bytes, most_seconds, recipe, tuple(ends))))
    return [Process(process.stdin, process.stdout, process), *copies]


async def _connected(loop: asyncio.AbstractEventLoop, asked: int, told: int) -> Process:
    """Return what speaks over a copy's pipes: `asked` is written to, `told` is read."""
    answers = asyncio.StreamReader(limit=MIB)
    pipe, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(answers), os.fdopen(told, "rb"))
    transport, protocol = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader()), os.fdopen(asked, "wb")
    )
    return Process(asyncio.StreamWriter(transport, protocol, None, loop), answers, pipe=pipe)


def _loaded(data: bytes, kind: type[Said]) -> Said:
    import pickle  # noqa: PLC0415 - only where a process answers

    found = pickle.loads(data)  # noqa: S301 - from our own child, over a pipe
    assert isinstance(found, kind)  # noqa: S101 - a child says nothing else
    return found
