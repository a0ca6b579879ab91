"""How an answer is taken from the wire: what is passed over, what is bounded, and when a connection is kept."""

import asyncio

import pytest

from tests.net.conftest import Site, failure
from tracker.domain.items import Request
from tracker.net.addresses import Gate, read_place
from tracker.net.connection import LONGEST_HEAD
from tracker.net.guarded import Connections, question
from tracker.net.http import Door

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize("interim", [b"100 Continue\r\n", b"103 Early Hints\r\nLink: </style.css>\r\n", b"104 X\r\n"])
def test_an_interim_answer_is_passed_over(door: Door, site: Site, interim: bytes) -> None:
    answer = door.get(Request(site.raw("/a", b"HTTP/1.1 " + interim + b"\r\n" + OK)))
    assert (answer.status, answer.body, "link" in answer.headers) == (200, b"ok", False)


def test_interim_answers_without_end_are_none(door: Door, site: Site) -> None:
    many = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * (LONGEST_HEAD // 40)
    assert failure(door, site.raw("/a", many)).kind == "protocol"


@pytest.mark.parametrize("lines", [b"X:\r\nY:   \r\n", b"X: a\r\nX: b\r\n"])
def test_every_header_is_read_as_it_stands(door: Door, site: Site, lines: bytes) -> None:
    url = site.raw("/a", OK.replace(b"Content-Length", lines + b"Content-Length"))
    answer = door.get(Request(url))
    assert answer.body == b"ok"
    assert answer.headers["x"] in {"", "a, b"}
    assert answer.headers["content-length"] == "2"


@pytest.mark.parametrize("rest", [b"X: " + b"y" * 400_000, b";z=" + b"y" * 400_000])
def test_what_stands_around_the_body_is_bounded_too(door: Door, site: Site, rest: bytes) -> None:
    """A line behind the body, or an extension of a chunk's size, of any length."""
    last = b"0\r\n" + rest if rest.startswith(b"X") else b"2" + rest
    start = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
    assert failure(door, site.raw("/a", start + last, then_hang=True)).kind == "protocol"


def test_a_body_waits_until_it_is_taken(site: Site) -> None:
    """The server is held up as soon as little more than a piece is waiting, and goes on when that is taken."""
    size = 8 * 1024 * 1024
    site.serve("/", b"x" * size)
    place = read_place(site.url("/"))

    async def slowly() -> tuple[int, int]:
        connections = Connections(Gate({site.name}), connect=1, read=5, tls=None)
        answer = await connections.ask(place, question(place, {}))
        await asyncio.sleep(0.1)
        first = await answer.readany()
        whole = len(first)
        while piece := await answer.readany():
            whole += len(piece)
        answer.release()
        await connections.close()
        return len(first), whole

    first, whole = asyncio.run(slowly())
    assert first < size / 8
    assert whole == size


@pytest.mark.parametrize(("header", "kept"), [(b"", 1), (b"Connection: close\r\n", 0)])
def test_a_connection_is_kept_only_where_the_server_keeps_it(site: Site, header: bytes, kept: int) -> None:
    site.routes["/"] = lambda handler: handler.wfile.write(OK.replace(b"\r\n\r\n", b"\r\n" + header + b"\r\n"))
    place = read_place(site.url("/"))

    async def once() -> int:
        connections = Connections(Gate({site.name}), connect=1, read=1, tls=None)
        answer = await connections.ask(place, question(place, {}))
        assert await answer.readany() == b"ok"
        answer.release()
        idle = len(connections)
        await connections.close()
        return idle

    assert asyncio.run(once()) == kept
