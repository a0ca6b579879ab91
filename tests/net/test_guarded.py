"""Connections go where the gate lets them, are kept in bounds, and ask for the very page that was judged."""

import asyncio
import socket
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.net.conftest import Site, failure
from tracker.domain.errors import FetchError
from tracker.domain.items import Request
from tracker.net.addresses import DEFAULT_PORTS, Gate, Place, host_and_port, read_place
from tracker.net.guarded import Connections, question
from tracker.net.http import Door


def test_no_more_idle_connections_are_kept_than_wanted(start) -> None:
    sites = [start() for _ in range(6)]
    for site in sites:
        site.serve("/", b"x")

    async def visit() -> int:
        connections = Connections(Gate({site.name for site in sites}), connect=1, read=1, tls=None, most_idle=4)
        asked = [await connections.ask(place, question(place, {})) for site in sites for place in [_place(site)]]
        for answer in asked:
            while await answer.readany():
                pass
            answer.release()
        idle = len(connections)
        await connections.close()
        return idle

    assert asyncio.run(visit()) == 4


def _place(site: Site) -> Place:
    return read_place(site.url("/"))


@pytest.mark.parametrize("name", ["127.0.0.1:8080", "allowed.example:80"])
def test_a_socket_is_opened_only_for_a_place_that_may_be_asked(site: Site, name: str) -> None:
    """Whatever the rest is told by mistake, the socket is where it ends."""
    site.serve("/", b"secret")
    stray = replace(_place(site), name=name)

    async def ask() -> None:
        connections = Connections(Gate({"other.example:80", site.name}), connect=1, read=1, tls=None)
        try:
            await connections.ask(stray, question(stray, {}))
        finally:
            await connections.close()

    with pytest.raises(FetchError) as caught:
        asyncio.run(ask())
    assert caught.value.kind == "refused_address"
    assert site.seen == []


def test_the_allowance_of_one_host_is_none_for_another(site: Site) -> None:
    site.serve("/", b"secret")
    where = [(socket.AF_INET, ("127.0.0.1", site.port))]
    with Door("t", resolver=lambda *_: where, allowed_hosts={"named.example:80"}) as door:
        assert door.get(Request("http://named.example/")).body == b"secret"
        assert failure(door, "http://other.example/").kind == "refused_address"
        assert failure(door, "https://named.example/").kind == "refused_address"
        assert failure(door, f"http://127.0.0.1:{site.port}/").kind == "refused_address"


def test_a_name_is_looked_up_anew_for_every_new_connection(site: Site) -> None:
    site.serve("/", b"hello")
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1"])
    asked: list[str] = []

    def resolver(host: str, port: int) -> list:
        asked.append(host)
        return [(socket.AF_INET, (next(answers), site.port))]

    with Door("t", resolver=resolver, allowed_hosts={"named.example:80"}) as door:
        assert [door.get(Request("http://named.example/")).body for _ in range(2)] == [b"hello"] * 2
    assert len(asked) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "http://a.example",
        "http://a.example/?",
        "https://a.example:443/x",
        "http://a.example:8080//evil.example/..%2f/./b;c?d=%41&e=+%20#f",
        "http://a.example/a/../b",
        "http://a.example/?q=a/b?c@d:e",
        "http://a.example//user:pw@b.example/",
        "http://[2606:4700::1111]/x",
        "http://[2606:4700:0000::1111]:8080/x",
        "http://8.8.8.8/x",
        "http://bücher.example/ü?ü=ü",
        "http://a.example./x",
        "http://A.EXAMPLE/%zz%",
    ],
)
def test_what_is_sent_is_what_was_judged(url: str) -> None:
    place = read_place(url)
    target, host = _sent(place)
    usual = place.port == DEFAULT_PORTS[place.scheme]
    assert host_and_port(place.host, place.port) == (f"{host}:{place.port}" if usual else host)
    rest = place.url.partition("//")[2].partition("/")
    assert target == (f"/{rest[2]}".removesuffix("?") if rest[1] else "/")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=60))
def test_no_address_ends_its_line_early(rest: str) -> None:
    try:
        place = read_place(f"http://{rest}")
        target, host = _sent(place)
    except FetchError:
        return
    assert target.startswith("/")
    assert host in {place.name, place.name.removesuffix(":80")}


def _sent(place: Place) -> tuple[str, str]:
    """Return what is asked for and of whom, as the other end reads it."""
    first, second, *rest = question(place, {}).decode("ascii").split("\r\n")
    assert rest == ["", ""]
    method, target, version = first.split(" ")
    assert (method, version) == ("GET", "HTTP/1.1")
    return target, second.removeprefix("Host: ")


@pytest.mark.parametrize(("name", "value"), [("X-Key", "a\r\nHost: evil"), ("X\nY", "a"), ("X", "a\0")])
def test_no_header_ends_its_line_early(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        question(read_place("http://a.example/"), {name: value})


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "1.2.3", "1.2.3.4.5", "a.1"]
)
def test_a_host_that_only_some_take_for_a_number_is_refused(host: str) -> None:
    with pytest.raises(FetchError, match="neither a name nor an address"):
        read_place(f"http://{host}/")


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1/", "http://[64:ff9b::7f00:1]/"]
)
def test_a_private_number_is_refused_before_anything_is_done(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        Gate().admit(url)
    assert caught.value.kind == "refused_address"


def test_threads_that_hang_in_the_name_server_are_counted(site: Site) -> None:
    """Sixty-four wait for the name server; who comes then gives up without a thread of its own."""
    asked = 0

    def asleep(host: str, port: int) -> list:
        nonlocal asked
        asked += 1
        site.over.wait(5)
        return []

    async def many() -> set[str]:
        gate = Gate(resolver=asleep)
        found = await asyncio.gather(
            *(gate.addresses(f"h{n}.example", 80, within=0.3) for n in range(80)), return_exceptions=True
        )
        return {error.kind for error in found}

    assert asyncio.run(many()) == {"dns"}
    assert asked == 64
    site.over.set()
