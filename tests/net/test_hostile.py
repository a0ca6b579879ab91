"""Servers that mean harm or are merely broken: the door gives up on each in good time and stays usable."""

import socket

import pytest

from tests.net.conftest import Site, failure, fetch_all, reset
from tracker.domain.errors import FetchError
from tracker.domain.items import Fetched, Request
from tracker.net.http import Door


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", "protocol"),
        (b"HTTP/1.1 200 " + b"O" * 1_000_000 + b"\r\n\r\n", "protocol"),
        (b"<html>as in the days of HTTP/0.9</html>", "protocol"),
        (b"HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 4\r\n\r\nbody", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n" + b"A: b\r\n" * 100_000, "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + b"x" * 100, "truncated"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx", "http_101"),
        (b"\x16\x03\x01\x02\x00\x01" * 50, "protocol"),
        (b"\0" * 5000, "protocol"),
    ],
)  # fmt: skip
def test_garbage_is_named_as_such(door: Door, site: Site, answer: bytes, kind: str) -> None:
    assert failure(door, site.raw("/a", answer)).kind == kind
    assert door.get(Request(site.serve("/b", b"right"))).body == b"right"


def test_large_headers_of_real_sites_are_taken(door: Door, site: Site) -> None:
    policy = b"Content-Security-Policy: " + b"x" * 60_000 + b"\r\n"
    url = site.raw("/a", b"HTTP/1.1 200 OK\r\n" + policy + b"X: y\r\n" * 200 + b"Content-Length: 2\r\n\r\nok")
    answer = door.get(Request(url))
    assert answer.body == b"ok"
    assert len(answer.headers["content-security-policy"]) == 60_000


def test_a_garbled_chunk_in_the_middle_ends_the_fetch_at_once(door: Door, site: Site) -> None:
    start = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    # Whoever waited for more would find the silence that follows, and call it a timeout.
    assert failure(door, site.raw("/a", start, b"zz\r\nhello\r\n", pause=0.05, then_hang=True)).kind == "protocol"


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (b"", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "truncated"),
        (b"HTTP/1.1 200 OK\r\n\r\nhalf of a body without a length", "truncated"),
    ],
)
def test_a_connection_that_is_reset_is_an_error(door: Door, site: Site, before: bytes, kind: str) -> None:
    def answer(handler) -> None:
        handler.wfile.write(before)
        site.over.wait(0.05)
        reset(handler)

    site.routes["/a"] = answer
    assert failure(door, site.url("/a")).kind == kind


@pytest.mark.parametrize("said", [b"", b"Transfer-Encoding: identity\r\n"])
def test_a_body_without_a_length_ends_with_the_connection(door: Door, site: Site, said: bytes) -> None:
    url = site.raw("/a", b"HTTP/1.0 200 OK\r\n" + said + b"\r\n", b"one ", b"two")
    assert door.get(Request(url)).body == b"one two"


def test_headers_that_come_a_line_at_a_time_are_stopped_by_the_clock(door: Door, site: Site) -> None:
    lines = [b"X: y\r\n"] * 100
    error = failure(door, site.raw("/a", b"HTTP/1.1 200 OK\r\n", *lines, pause=0.1))
    assert error.kind == "timeout"
    assert "1.2 s" in str(error)


def test_slow_servers_hold_up_nobody_else(door: Door, site: Site) -> None:
    slow = [Request(site.raw(f"/slow/{n}", b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 50, pause=0.1)) for n in range(20)]
    quick = [Request(site.serve(f"/quick/{n}", b"ok")) for n in range(20)]
    answers = fetch_all(door, *slow, *quick)
    assert all(isinstance(answer, FetchError) and answer.kind == "timeout" for answer in answers[:20])
    assert all(isinstance(answer, Fetched) and answer.body == b"ok" for answer in answers[20:])


def test_a_refusal_with_an_endless_page_is_still_a_refusal(door: Door, site: Site) -> None:
    start = b"HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\nRetry-After: 7\r\n\r\n"
    for path, pieces in (("/hang", [b"<html>"]), ("/pour", [b"<p>x</p>" * 20_000] * 20)):
        error = failure(door, site.raw(path, start, *pieces, then_hang=True))
        assert (error.kind, error.retry_after) == ("http_503", 7.0)


def test_bytes_that_decode_to_nothing_are_counted(door: Door, site: Site) -> None:
    def pour(handler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n")
        empty = (0x184D2A50).to_bytes(4, "little") + (1000).to_bytes(4, "little") + bytes(1000)
        for _ in range(5000):
            handler.wfile.write(empty)

    site.routes["/a"] = pour
    assert failure(door, site.url("/a")).kind == "too_large"


def test_nobody_listens_to_a_second_answer(door: Door, site: Site) -> None:
    forged = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
    site.routes["/a"] = lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + forged)
    site.serve("/b", b"right")

    one = Request(site.url("/a"))
    two = Request(site.url("/b"))
    for _ in range(3):
        answers = fetch_all(door, one, two)
        assert [getattr(answer, "body", answer) for answer in answers] == [b"ok", b"right"]


def test_a_host_that_swallows_every_attempt_to_connect_is_given_up() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        name = f"127.0.0.1:{full.getsockname()[1]}"
        others = [socket.socket() for _ in range(4)]
        for other in others:
            other.setblocking(False)
            other.connect_ex(full.getsockname())
        with Door("t", allowed_hosts={name}, connect_timeout=0.3, total_timeout=1) as door:
            assert failure(door, f"http://{name}/").kind == "timeout"
        for other in others:
            other.close()
