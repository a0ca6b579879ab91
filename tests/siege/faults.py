"""What a fault is: one way in which a server may misbehave, and what a collector may rightly make of it.

A fault is a name, a function that answers one question, and the outcomes that tell its truth. The function is given
the question and the connection, and may do to it what it likes; returning True keeps the connection.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.siege import content

FEED: Final = "application/rss+xml; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Question:
    """One request: for which source, how often that was asked before, at which step, and what the server knows.

    `ports` are the ports of all faults; `trap` is one that nobody may ever connect to.
    """

    name: str
    path: str
    headers: dict[str, str]
    before: int
    step: int
    port: int
    trap: int


Out = asyncio.StreamWriter
Behave = Callable[[Question, Out], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to misbehave. `outcomes` are the words of the fetch log that tell its truth.

    `sources` is how many feeds have it. `delivers`: its entries must all arrive. `counted`: each attempt is seen by
    the server exactly once; that is not so where connections break before a question was read. `grows`: its feeds have
    one entry more at each step.
    """

    name: str
    behave: Behave
    outcomes: frozenset[str]
    sources: int = 3
    delivers: bool = False
    counted: bool = True
    grows: bool = True

    def published(self, step: int) -> int:
        """Return how many entries its feeds have at a step."""
        return content.published(step if self.grows else 0)


FAULTS: dict[str, Fault] = {}


def fault(
    *outcomes: str, sources: int = 3, delivers: bool = False, counted: bool = True, grows: bool = True
) -> Callable[[Behave], Behave]:
    """Put a function into the list of faults under its own name."""

    def enlist(behave: Behave) -> Behave:
        name = behave.__name__
        FAULTS[name] = Fault(name, behave, frozenset(outcomes), sources, delivers, counted, grows)
        return behave

    return enlist


def head(status: int = 200, length: int | None = None, media_type: str = FEED, **more: str) -> bytes:
    """Return the head of an answer; names of further headers are written with underscores."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {media_type}"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def say(out: Out, body: bytes, status: int = 200, media_type: str = FEED, **more: str) -> bool:
    """Give a proper answer."""
    out.write(head(status, len(body), media_type, **more) + body)
    await out.drain()
    return True


def whole(question: Question) -> bytes:
    """Return the feed of the question's source as it is at this step."""
    return content.document(question.name, content.published(question.step))


def etag(question: Question) -> str:
    return f'"{question.name}-{question.step}"'
