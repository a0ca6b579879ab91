"""The server that feeds are measured against: `python -m tests.bench.server`, in a process of its own.

It must cost as little as possible, for it shares the machine with the program that is measured: every answer is made
before the first question comes, and a question is only looked at for its path and its If-None-Match. It prints its port
when it listens, and ends when its standard input does.
"""

import argparse
import asyncio
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.bench import feeds

PROJECT = Path(__file__).resolve().parents[2]
_VALIDATOR = re.compile(rb"\r\nif-none-match:[ \t]*([^\r]*)", re.IGNORECASE)
_LAST_MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT"
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one path answers: whole, or that nothing changed."""

    etag: bytes
    whole: bytes
    unchanged: bytes


def answer(body: bytes, media_type: str) -> Answer:
    """Return the answers for a body as the bytes that go over the wire."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    validators = f"ETag: {etag}\r\nLast-Modified: {_LAST_MODIFIED}\r\n"
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}; charset=UTF-8\r\n{validators}Content-Length: {len(body)}\r\n"
    )
    unchanged = f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n"
    return Answer(etag.encode(), f"{head}\r\n".encode() + body, unchanged.encode())


def answers(count: int, entries: int, share: float) -> dict[bytes, Answer]:
    """Return the answer of every feed by its path."""
    types = ("application/rss+xml", "application/atom+xml")
    return {
        path(number).encode(): answer(feeds.document(number, entries, share), types[number % 2])
        for number in range(count)
    }


def path(number: int) -> str:
    """Return the path of a feed."""
    return f"/feed/{number}"


class Connection(asyncio.Protocol):
    """One kept connection: questions in, prepared answers out."""

    def __init__(self, known: dict[bytes, Answer], counts: Counter[str]) -> None:
        self._known, self._counts = known, counts
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head, self._waiting = self._waiting[: end + 2], self._waiting[end + 4 :]
            self._transport.write(self._say(head))

    def _say(self, head: bytes) -> bytes:
        asked = head.split(b" ", 2)[1]
        found = self._known.get(asked)
        if found is None:
            return self._count_page() if asked == b"/counts" else _MISSING
        validator = _VALIDATOR.search(head)
        if validator is not None and validator[1] == found.etag:
            self._counts["unchanged"] += 1
            return found.unchanged
        self._counts["whole"] += 1
        return found.whole

    def _count_page(self) -> bytes:
        body = json.dumps(self._counts).encode()
        self._counts.clear()
        return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(known: dict[bytes, Answer]) -> None:
    """Listen on a free port of loopback, print it, and answer until standard input ends."""
    loop = asyncio.get_running_loop()
    counts: Counter[str] = Counter()
    server = await loop.create_server(lambda: Connection(known, counts), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server."""

    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, number: int) -> str:
        """Return the address of a feed."""
        return f"http://{self.host}{path(number)}"

    def counts(self) -> dict[str, int]:
        """Return how many answers were given since the last question, by kind: whole, unchanged."""
        with urlopen(f"http://{self.host}/counts", timeout=10) as page:
            return json.loads(page.read())


@contextmanager
def serving(count: int, entries: int = feeds.ENTRIES, share: float = feeds.SHARE) -> Iterator[Serving]:
    """Start the server in a process of its own and stop it at the end."""
    options = ["--feeds", str(count), "--entries", str(entries), "--share", str(share)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.server", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        text=True,
    )
    try:
        line = process.stdout.readline()
        if not line.strip().isdecimal():
            raise RuntimeError(f"starting the feed server: it ended with status {process.wait()} instead of a port")
        yield Serving(int(line))
    finally:
        process.communicate()


def main() -> None:
    """Prepare the answers, then serve."""
    parser = argparse.ArgumentParser(description="Serve invented feeds on loopback.")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=feeds.ENTRIES)
    parser.add_argument("--share", type=float, default=feeds.SHARE, help="share of entries on our subject")
    chosen = parser.parse_args()
    asyncio.run(serve(answers(chosen.feeds, chosen.entries, chosen.share)))


if __name__ == "__main__":
    main()
