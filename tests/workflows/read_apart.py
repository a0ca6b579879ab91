"""Readers in processes of their own, and what of them is left; a reader of theirs that misbehaves as it is told."""

import asyncio
import os
import subprocess
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.factories import NOW
from tests.workflows.feeds import rss, story
from tracker.domain.items import Fetched, Request
from tracker.settings import PROJECT, config_file, names_of
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading, Recipe

RECIPE = Recipe(config_file(PROJECT / "config", "terms.toml"), names_of(PROJECT / "config"), (), ())
# A reader that the child alone knows, by a file that Python loads at every start. Its answers are orders.
MISBEHAVING = '''
"""Loaded by Python itself."""
try:
    import ctypes, os, sys, time
    from datetime import timedelta
    from tracker.domain.items import RawItem
    from tracker.domain.vocab import DocumentKind
    from tracker.sources.base import register

    @register
    class Misbehaving:
        name, kind, every = "test_misbehaving", DocumentKind.NEWS, timedelta(hours=1)

        def requests(self, targets):
            return iter(())

        def parse(self, answer):
            order = answer.body.decode()
            if order == "print":
                print("a library speaks" * 9999, flush=True)
                os.write(1, b"and another one" * 9999)
            elif order == "sleep":
                time.sleep(3600)
            elif order == "leave":
                os._exit(3)
            elif order == "exit":
                raise SystemExit(1)
            elif order == "crash":
                ctypes.string_at(0)
            elif order == "hog":
                kept = [bytearray(2**20) for _ in range(2**14)]
            yield RawItem("1", order)
except ImportError:
    pass
'''


def feed(*entries: Any, url: str = "https://paper.example/feed") -> Fetched:
    return Fetched(url, 200, rss(*(entries or (story(),))), {}, NOW, Request(url))


def order(word: str) -> Fetched:
    return Fetched("https://paper.example/order", 200, word.encode(), {"content-type": "x/y"}, NOW, Request("order"))


def run(
    work: Callable[[Readers], Awaitable[Any]], *, seconds: float = 30, megabytes: int = 0, processes: int = 1
) -> Any:
    """Do something with readers; at the end none of their processes is left."""

    async def recipe() -> Recipe:
        return RECIPE

    async def whole() -> Any:
        readers = Readers(recipe, processes=processes, seconds=seconds, megabytes=megabytes)
        async with readers:
            done = await work(readers)
            left.extend(pids(readers))
        return done

    left: list[int] = []
    found = asyncio.run(whole())
    over = time.monotonic() + 20  # the last pipe of a process that is ended closes a moment before it is gone
    while any(map(is_running, left)) and time.monotonic() < over:
        time.sleep(0.01)
    assert [pid for pid in left if is_running(pid)] == []
    return found


def pids(readers: Readers) -> list[int]:
    return [process.pid for process in readers._started if process.pid is not None]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def children() -> list[str]:
    """The processes that read answers for us now."""
    done = subprocess.run(["ps", "-A", "-o", "ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 1) for line in done.stdout.splitlines()]
    return [row[1] for row in rows if row[0] == str(os.getpid()) and "reader_process" in row[1]]


def titles(reading: Reading) -> list[str]:
    return [item.draft.title for item in reading.items]
