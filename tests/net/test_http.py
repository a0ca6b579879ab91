"""The door against a real server on loopback: what goes right, and every fault a server can have."""

import gzip
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import brotli
import pytest
import zstandard

from tests.net.conftest import NOW, Site
from tracker.domain.errors import FetchError
from tracker.domain.items import Request
from tracker.net.http import Door
from tracker.net.refusals import retry_after

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>" * 50


def failure(door: Door, url: str, **more: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        door.get(Request(url, **more))
    error = caught.value
    assert "fetching" in str(error) or "looking up" in str(error) or "connecting" in str(error)
    assert ";" in str(error)  # found; remedy
    return error


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


def test_validators_travel_byte_for_byte_and_304_has_no_body(door: Door, site: Site) -> None:
    url = site.serve("/a", b"", 304, ETag='W/"new"')
    answer = door.get(Request(url, etag='W/"a \xe9,b"', last_modified="Thu,  01 Jan 2026 00:00:00 GMT"))
    assert answer.not_modified
    assert answer.body == b""
    assert answer.headers["etag"] == 'W/"new"'
    assert site.seen[0]["if-none-match"].encode("latin-1") == b'W/"a \xe9,b"'
    assert site.seen[0]["if-modified-since"] == "Thu,  01 Jan 2026 00:00:00 GMT"


def test_a_validator_no_header_can_carry_is_left_out(door: Door, site: Site) -> None:
    url = site.serve("/a", b"x")
    door.get(Request(url, etag='"a"\r\nX-Evil: 1', last_modified="月"))
    assert "if-none-match" not in site.seen[0]
    assert "if-modified-since" not in site.seen[0]
    assert "x-evil" not in site.seen[0]


def test_not_modified_to_a_plain_question_is_an_error(door: Door, site: Site) -> None:
    assert failure(door, site.serve("/a", b"", 304)).kind == "http_304"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_kept(door: Door, site: Site, status: int) -> None:
    site.serve("/end/ü".encode().decode("latin-1"), b"")
    site.routes["/end/%C3%BC%20x"] = site.routes.pop("/end/ü".encode().decode("latin-1"))
    site.serve("/a", b"moved", status, Location="/end/ü x".encode().decode("latin-1"))
    assert door.get(Request(site.url("/a"), etag='"v"')).url == site.url("/end/%C3%BC%20x")
    assert [seen["if-none-match"] for seen in site.seen] == ['"v"', '"v"']


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{other}/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/",
        "http://user@127.0.0.1/",
        "file:///etc/passwd",
        "http://[bad/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(door: Door, site: Site, start, target: str) -> None:
    other = start()
    other.serve("/", b"secret")
    site.serve("/a", b"", 302, Location=target.format(other=other.port))
    assert failure(door, site.url("/a")).kind == "refused_address"
    assert other.seen == []


def test_a_circle_of_redirects_is_noticed(door: Door, site: Site) -> None:
    site.serve("/a", b"", 302, Location="/b")
    site.serve("/b", b"", 302, Location="/a#again")
    error = failure(door, site.url("/a"))
    assert error.kind == "redirects"
    assert len(site.seen) == 2


def test_only_five_redirects_are_followed(door: Door, site: Site) -> None:
    for n in range(9):
        site.serve(f"/{n}", b"", 302, Location=f"/{n + 1}")
    site.serve("/9", b"end")
    assert failure(door, site.url("/0")).kind == "redirects"
    assert len(site.seen) == 6
    assert door.get(Request(site.url("/4"))).body == b"end"


def test_a_redirect_to_nowhere_is_an_error(door: Door, site: Site) -> None:
    assert failure(door, site.serve("/a", b"", 302)).kind == "redirects"


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


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "identity": bytes,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
}


@pytest.mark.parametrize("coding", ENCODERS)
def test_every_content_encoding_we_accept_is_undone(door: Door, site: Site, coding: str) -> None:
    url = site.serve("/a", ENCODERS[coding](FEED), Content_Encoding=coding.upper())
    assert door.get(Request(url)).body == FEED
    assert door.get(Request(site.serve("/empty", b"", Content_Encoding=coding))).body == b""


def test_deflate_without_its_header_and_gzip_in_two_parts_are_read(door: Door, site: Site) -> None:
    bare = zlib.compressobj(wbits=-15)
    url = site.serve("/a", bare.compress(FEED) + bare.flush(), Content_Encoding="deflate")
    assert door.get(Request(url)).body == FEED
    url = site.serve("/b", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 8, Content_Encoding="gzip")
    assert door.get(Request(url)).body == b"one two"


@pytest.mark.parametrize("coding", [coding for coding in ENCODERS if coding != "identity"])
def test_damaged_and_shortened_compression_is_an_error(door: Door, site: Site, coding: str) -> None:
    packed = ENCODERS[coding](FEED)
    for n, body in enumerate(
        (packed[:-5], packed[: len(packed) // 2], b"plain text, not compressed at all", packed[9:])
    ):
        assert failure(door, site.serve(f"/{n}", body, Content_Encoding=coding)).kind == "encoding"


def test_unknown_and_stacked_encodings_are_refused(door: Door, site: Site) -> None:
    assert failure(door, site.serve("/a", b"x", Content_Encoding="compress")).kind == "encoding"
    assert failure(door, site.serve("/b", b"x", Content_Encoding="gzip, gzip, gzip")).kind == "encoding"


BLANKS = 300 * 1024 * 1024


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    """300 MiB of blanks, packed without ever being whole in memory."""
    piece = b" " * (1024 * 1024)
    gz = zlib.compressobj(9, wbits=31)
    packed_gz = b"".join([*(gz.compress(piece) for _ in range(300)), gz.flush()])
    br = brotli.Compressor(quality=5)
    packed_br = b"".join([*(br.process(piece) for _ in range(300)), br.finish()])
    zst = zstandard.ZstdCompressor().compressobj()
    packed_zst = b"".join([*(zst.compress(piece) for _ in range(300)), zst.flush()])
    return {"gzip": packed_gz, "br": packed_br, "zstd": packed_zst, "gzip, gzip": gzip.compress(packed_gz)}


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "gzip, gzip"])
def test_a_bomb_is_refused_before_it_unfolds(door: Door, site: Site, bombs: dict[str, bytes], coding: str) -> None:
    url = site.serve("/a", bombs[coding], Content_Encoding=coding)
    began = time.process_time()
    assert failure(door, url).kind == "too_large"
    assert time.process_time() - began < 0.3


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
    assert time.monotonic() - began < 3


def test_a_server_that_drips_is_stopped_by_the_clock(door: Door, site: Site) -> None:
    drops = [b"x"] * 100
    for path, start in (
        ("/body", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"),
        ("/head", b"HTTP/1.1 200 OK\r\nX: "),
    ):
        began = time.monotonic()
        error = failure(door, site.raw(path, start, *drops, pause=0.1))
        assert error.kind == "timeout"
        assert "1.2 s" in str(error)
        assert 1.0 < time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhe", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", "truncated"),
        (b"", "protocol"),
        (b"220 mail.example.org ESMTP\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "protocol"),
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
        site.over.wait(5)
        return []

    with Door("t", resolver=asleep, connect_timeout=0.2) as slow:
        began = time.monotonic()
        assert failure(slow, "http://slow.example/").kind == "dns"
        assert time.monotonic() - began < 1


def test_connections_are_kept_and_threads_do_not_mix(door: Door, site: Site) -> None:
    for n in range(40):
        site.serve(f"/{n}", b"%d" % n)
    with ThreadPoolExecutor(8) as threads:
        bodies = list(threads.map(lambda n: door.get(Request(site.url(f"/{n}"))).body, range(40)))
    assert bodies == [b"%d" % n for n in range(40)]
    assert len(site.peers) <= 10


def test_a_kept_connection_that_the_server_closed_is_opened_again(door: Door, site: Site) -> None:
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
    assert [door.get(Request(site.url("/a"))).body for _ in range(2)] == [b"ok", b"ok"]


def test_times_are_told_by_the_given_clock(site: Site) -> None:
    moment = datetime(2019, 2, 7, tzinfo=UTC)
    with Door("t", allowed_hosts={site.name}, clock=lambda: moment) as door:
        assert door.get(Request(site.serve("/a"))).fetched_at == moment
