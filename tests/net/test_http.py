"""The door against a real server on loopback: what goes right, and every fault a server can have."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.net.conftest import NOW, Site, failure
from tracker.domain.errors import FetchError
from tracker.domain.items import Request
from tracker.net.http import Door
from tracker.net.refusals import retry_after

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>" * 50


def test_a_page_comes_with_its_address_headers_and_time(door: Door, site: Site) -> None:
    request = Request(site.serve("/a?b=1", FEED, Content_Type="text/xml", ETag='"x"'), context={"n": 1})
    answer = door.get(request)
    assert (answer.status, answer.body, answer.url) == (200, FEED, site.url("/a?b=1"))
    assert answer.headers["content-type"] == "text/xml"
    assert answer.headers["etag"] == '"x"'
    assert answer.fetched_at == NOW
    assert answer.request is request


def test_we_say_who_we_are_and_send_no_cookies(door: Door, site: Site) -> None:
    url = site.serve("/a", b"x", Set_Cookie="sid=1")
    door.get(Request(url, accept="application/atom+xml"))
    door.get(Request(url))
    assert site.seen[0]["user-agent"] == "Whereas tests (tests@example.org)"
    assert site.seen[0]["accept"] == "application/atom+xml"
    assert "cookie" not in site.seen[1]


@pytest.mark.parametrize("host", ["data.sec.gov", "www.sec.gov", "sec.gov", "DATA.SEC.GOV"])
def test_the_sec_is_not_asked_without_a_contact(site: Site, host: str) -> None:
    door = Door("Whereas", identified=False, allowed_hosts=[site.name])
    assert failure(door, f"https://{host}/submissions/x.json").kind == "no_contact"
    assert door.get(Request(site.serve("/a", b"x"))).body == b"x"
    assert failure(door, site.serve("/b", b"", 302, Location=f"https://{host}/x")).kind == "no_contact"


def test_the_environment_names_no_proxy_for_us(door: Door, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert door.get(Request(site.serve("/a", b"x"))).body == b"x"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_validators_travel_byte_for_byte_and_304_has_no_body(door: Door, site: Site, encoding: str) -> None:
    url = site.serve("/a", b"", 304, ETag='W/"new"')
    as_kept = 'W/"a é,b"'.encode(encoding).decode("latin-1")
    answer = door.get(Request(url, etag=as_kept, last_modified="Thu,  01 Jan 2026 00:00:00 GMT"))
    assert answer.not_modified
    assert answer.body == b""
    assert answer.headers["etag"] == 'W/"new"'
    assert site.seen[0]["if-none-match"].encode("latin-1") == 'W/"a é,b"'.encode(encoding)
    assert site.seen[0]["if-modified-since"] == "Thu,  01 Jan 2026 00:00:00 GMT"


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', "月", ' "a"', '"a\0"', '"\x7f"'])
def test_a_validator_that_cannot_be_sent_as_it_came_is_left_out(door: Door, site: Site, etag: str) -> None:
    url = site.serve("/a", b"x")
    door.get(Request(url, etag=etag, last_modified=etag))
    assert "if-none-match" not in site.seen[0]
    assert "if-modified-since" not in site.seen[0]
    assert "x-evil" not in site.seen[0]


def test_not_modified_to_a_plain_question_is_an_error(door: Door, site: Site) -> None:
    assert failure(door, site.serve("/a", b"", 304)).kind == "http_304"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 429, 500, 503, 599])
def test_a_refusal_names_its_status(door: Door, site: Site, status: int) -> None:
    error = failure(door, site.serve("/a", b"no", status))
    assert (error.kind, error.status, error.retry_after) == (f"http_{status}", status, None)
    assert str(status) in str(error)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Mon, 23 Nov 2026 12:05:00 GMT", 300.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("99999999999999999999999", 366 * 86400.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Mon, 99 Nov 2026 12:05:00 GMT", None),
    ],
)
def test_both_forms_of_retry_after_are_read(door: Door, site: Site, value: str, seconds: float | None) -> None:
    assert failure(door, site.serve("/a", b"", 429, Retry_After=value)).retry_after == seconds
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_fifty_megabytes_are_refused_by_their_announcement_and_by_counting(door: Door, site: Site) -> None:
    sent = 0

    def pour(handler) -> None:
        nonlocal sent
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(800):
            sent += handler.wfile.write(b"x" * 65536)

    site.routes["/endless"] = pour
    assert failure(door, site.url("/endless")).kind == "too_large"
    assert sent < 20_000_000
    url = site.raw("/announced", b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n", then_hang=True)
    assert failure(door, url).kind == "too_large"


def test_a_body_of_just_the_limit_is_taken(door: Door, site: Site) -> None:
    whole = b"x" * (1024 * 1024)
    assert len(door.get(Request(site.serve("/a", whole))).body) == len(whole)
    assert failure(door, site.serve("/b", whole + b"x")).kind == "too_large"


def test_a_server_that_says_nothing_is_given_up(door: Door, site: Site) -> None:
    began = time.monotonic()
    assert failure(door, site.raw("/a", then_hang=True)).kind == "timeout"
    assert failure(door, site.raw("/b", b"HTTP/1.1 200 OK\r\n\r\nstart", then_hang=True)).kind == "timeout"
    assert time.monotonic() - began < 10  # the server hangs for twenty seconds, twice


def test_a_server_that_drips_is_stopped_by_the_clock(door: Door, site: Site) -> None:
    # Much shorter than the silence that is allowed, so that a busy machine makes none.
    drops = [b"x"] * 1000
    for path, start in (
        ("/body", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        ("/head", b"HTTP/1.1 200 OK\r\nX: "),
    ):
        began = time.monotonic()
        error = failure(door, site.raw(path, start, *drops, pause=0.02))
        assert error.kind == "timeout"
        assert "1.2 s" in str(error)
        assert 1.0 < time.monotonic() - began < 10  # all of it would take twenty seconds


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhe", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", "protocol"),
        (b"", "protocol"),
        (b"220 mail.example.org ESMTP\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000 + b"\r\n\r\n", "protocol"),
    ],
)
def test_broken_answers_are_errors(door: Door, site: Site, answer: bytes, kind: str) -> None:
    assert failure(door, site.raw("/a", answer)).kind == kind


def test_a_longer_body_than_announced_is_cut_and_spoils_nothing(door: Door, site: Site) -> None:
    site.routes["/a"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nforged"
    )
    assert door.get(Request(site.url("/a"))).body == b"hello"
    assert door.get(Request(site.serve("/b", b"right"))).body == b"right"


def test_a_closed_port_and_an_unknown_name_are_told_apart(door: Door, site: Site, start) -> None:
    gone = start()
    with Door("t", allowed_hosts={"127.0.0.1:1"}, connect_timeout=1) as other:
        assert failure(other, "http://127.0.0.1:1/").kind == "connect"

    def nobody(host: str, port: int) -> list:
        raise OSError(-2, "Name or service not known")

    with Door("t", resolver=nobody) as other:
        assert failure(other, f"http://nobody.example:80/{gone.port}").kind == "dns"


def test_a_name_server_that_hangs_does_not_hold_us(site: Site) -> None:
    def asleep(host: str, port: int) -> list:
        site.over.wait(20)
        return []

    with Door("t", resolver=asleep, connect_timeout=0.2) as slow:
        began = time.monotonic()
        assert failure(slow, "http://slow.example/").kind == "dns"
        assert time.monotonic() - began < 10


def test_connections_are_kept_and_answers_do_not_mix(door: Door, site: Site) -> None:
    requests = [Request(site.serve(f"/{n}", b"%d" % n)) for n in range(40)]

    async def eight_hands() -> list[bytes]:
        waiting, bodies = iter(requests), {}

        async def hand() -> None:
            for request in waiting:
                bodies[request.url] = (await door.fetch(request)).body

        async with door:
            await asyncio.gather(*(hand() for _ in range(8)))
        return [bodies[request.url] for request in requests]

    assert asyncio.run(eight_hands()) == [b"%d" % n for n in range(40)]
    assert len(site.peers) <= 10


def test_threads_may_share_a_door(door: Door, site: Site) -> None:
    urls = [site.serve(f"/{n}", b"%d" % n) for n in range(24)]
    with ThreadPoolExecutor(8) as threads:
        bodies = list(threads.map(lambda url: door.get(Request(url)).body, urls))
    assert bodies == [b"%d" % n for n in range(24)]


def test_a_door_must_be_open_and_is_opened_once(door: Door, site: Site) -> None:
    url = site.serve("/a", b"x")

    async def misuse() -> bytes:
        with pytest.raises(RuntimeError, match="async with"):
            await door.fetch(Request(url))
        async with door:
            with pytest.raises(RuntimeError, match="open already"):
                await door.__aenter__()
        async with door:
            return (await door.fetch(Request(url))).body

    assert asyncio.run(misuse()) == b"x"


@pytest.mark.parametrize("body", [None, "{}"])
def test_a_kept_connection_that_the_server_closed_is_opened_again(door: Door, site: Site, body: str | None) -> None:
    calls = iter(range(9))

    def answer(handler) -> None:
        if next(calls) == 1:
            handler.close_connection = True  # gone without a word, as an idle connection may be
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    site.routes["/a"] = answer
    request = Request(site.url("/a"), body=body)

    async def twice() -> list[bytes]:
        async with door:
            return [(await door.fetch(request)).body for _ in range(2)]

    assert asyncio.run(twice()) == [b"ok", b"ok"]
    assert len(site.peers) == 2


def test_times_are_told_by_the_given_clock(site: Site) -> None:
    moment = datetime(2019, 2, 7, tzinfo=UTC)
    with Door("t", allowed_hosts={site.name}, clock=lambda: moment) as door:
        assert door.get(Request(site.serve("/a"))).fetched_at == moment


def test_what_is_too_large_to_be_held_is_written_into_a_file_up_to_a_limit_of_its_own(
    door: Door, site: Site, tmp_path
) -> None:
    whole = bytes(range(256)) * 8192

    async def save(most: int, name: str):
        async with door:
            with (tmp_path / name).open("w+b") as file:
                return await door.save(Request(site.serve("/a", whole)), file, max_bytes=most, seconds=2.0)

    answer = asyncio.run(save(len(whole), "all"))
    assert (tmp_path / "all").read_bytes() == whole
    assert answer.body == whole[: len(answer.body)]
    assert len(answer.body) < len(whole)
    with pytest.raises(FetchError) as refused:
        asyncio.run(save(len(whole) - 1, "part"))
    assert refused.value.kind == "too_large"
