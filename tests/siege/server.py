"""The besieging server: `python -m tests.siege.server`, one port of loopback for each fault.

It prints one line of JSON when it listens: the port of each fault, of the control page, and of the trap, to which
nobody may ever connect. Its standard input takes one command a line and each is answered with a line: `step N` sets how
many entries feeds have, `tell` says what was asked of it. It ends when its input does.
"""

import asyncio
import json
import logging
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.siege import content, hostile, refusals  # noqa: F401 - they put their faults into the list
from tests.siege.faults import FAULTS, Fault, Question

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Siege:
    """What the server knows: the step, and what was asked and given so far."""

    step: int = 0
    trap: int = 0
    trapped: int = 0
    asked: Counter[str] = field(default_factory=Counter)

    async def answer(self, fault: Fault, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        """Answer the questions of one connection until the fault or the other side ends it."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            while await self._one(fault, reader, out):
                pass
        out.close()

    async def _one(self, fault: Fault, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> bool:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        port = out.get_extra_info("sockname")[1]
        name = path.strip("/").partition("/")[0]
        if path == "/robots.txt":
            out.write(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
            return True
        before = self.asked[path]
        self.asked[path] += 1
        question = Question(name, path, headers, before, self.step, port, self.trap)
        return await fault.behave(question, out)

    async def trapping(self, _: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        """Count a connection that must never come."""
        self.trapped += 1
        out.close()

    def command(self, line: str) -> Any:
        """Do what a line says; return the answer."""
        word, _, rest = line.strip().partition(" ")
        if word == "step":
            self.step = int(rest)
            return self.step
        return {"asked": self.asked, "trapped": self.trapped}


def tell(what: Any) -> None:
    """Write one line for whoever started us."""
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


async def serve() -> None:
    """Listen, print the ports, and obey until standard input ends."""
    siege = Siege()
    trap = await asyncio.start_server(siege.trapping, "127.0.0.1", 0)
    siege.trap = trap.sockets[0].getsockname()[1]
    ports = {}
    servers = [trap]
    for name, fault in FAULTS.items():

        def connected(reader, out, fault=fault):
            return siege.answer(fault, reader, out)

        server = await asyncio.start_server(connected, "127.0.0.1", 0, backlog=256)
        servers.append(server)
        ports[name] = server.sockets[0].getsockname()[1]
    hostile.bombs()
    tell({"ports": ports, "trap": siege.trap})
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        tell(siege.command(line))
    for server in servers:
        server.close()


@dataclass(frozen=True)
class Besieger:
    """A running server, as tests use it."""

    process: subprocess.Popen[str]
    ports: dict[str, int]

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that a collector is allowed to visit."""
        return tuple(f"127.0.0.1:{port}" for port in self.ports.values())

    def url(self, fault: str, name: str) -> str:
        """Return the address of a source that has a fault."""
        return f"http://127.0.0.1:{self.ports[fault]}/{name}"

    def sources(self, times: int = 1, only: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
        """Return every source as the sources file would list it; `times` multiplies how many have each fault."""
        return [
            {"name": name, "reader": "feed", "url": self.url(fault.name, name), "every_seconds": 1800}
            for fault in FAULTS.values()
            if not only or fault.name in only
            for name in names(fault, times)
        ]

    def step(self, number: int) -> None:
        """Let every feed have one entry more for each step."""
        self._command(f"step {number}")

    def tell(self) -> dict[str, Any]:
        """Return how often each path was `asked`, and how many connections were `trapped`."""
        return self._command("tell")

    def _command(self, line: str) -> Any:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def names(fault: Fault, times: int = 1) -> list[str]:
    """Return the names of the sources that have a fault."""
    return [f"{fault.name.replace('_', '-')}-{number}" for number in range(fault.sources * times)]


@contextmanager
def besieging() -> Iterator[Besieger]:
    """Start the server in a process of its own and stop it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.siege.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        text=True,
    )
    try:
        said = process.stdout.readline()
        if not said:
            raise RuntimeError(f"starting the besieging server: it ended with status {process.wait()}")
        yield Besieger(process, json.loads(said)["ports"])
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


if __name__ == "__main__":
    # Whoever is besieged hangs up on us; that is no news.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    asyncio.run(serve())
