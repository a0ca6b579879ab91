import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.net.conftest import Site
from tracker.domain.errors import FetchError
from tracker.domain.items import Request
from tracker.net.addresses import Address, Gate, objection, read_place
from tracker.net.http import Door

PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:7f00:1::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "3fff::1", "5f00::1", "nonsense", "",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_or_special_address_is_asked(address: str) -> None:
    assert objection(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address: str) -> None:
    assert objection(address) is None


@given(st.ip_addresses(v=4))
def test_no_spelling_of_ipv4_within_ipv6_opens_a_way(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    for spelled in (f"::ffff:{ip}", f"::{ip}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1", f"64:ff9b::{ip}"):
        assert objection(spelled)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "//a.example/", "a.example", "", "http://", "http:///x",
        "http://user@a.example/", "http://user:pw@a.example/", "http://a.example@b.example/", "http://a.example\\@b.example/",
        "http://a.example/\r\nHost: b", "http://a b/", "http://a.example/\x00", "http://[::1/", "http://[fe80::1%25eth0]/",
        "http://a.example:99999/", "http://a.example:x/", "http://" + "a." * 200 + "example/", "http://%6c/", "http://\u2100/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        read_place(url)
    assert caught.value.kind == "refused_address"


def test_an_address_is_brought_into_one_form() -> None:
    place = read_place("HTTP://BÜCHER.example.:8080/ü?q=ä%20b#part")
    assert (place.scheme, place.host, place.port) == ("http", "xn--bcher-kva.example", 8080)
    assert place.url == "http://xn--bcher-kva.example:8080/%C3%BC?q=%C3%A4%20b"
    assert read_place(place.url).url == place.url
    assert read_place("https://[2606:4700::1]/").name == "[2606:4700::1]:443"


def test_ports_of_other_services_are_refused_unless_allowed() -> None:
    with pytest.raises(FetchError, match="port 25"):
        Gate().admit("http://a.example:25/")
    assert Gate({"A.example:25"}).admit("http://a.example:25/").port == 25


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:7f00:1]"]
)
def test_no_spelling_of_this_machine_is_visited(site: Site, host: str) -> None:
    site.serve("/", b"secret")
    with Door("t", allowed_hosts={"other.example:80"}) as door, pytest.raises(FetchError) as caught:
        door.get(Request(f"http://{host}:{8080}/"))
    assert caught.value.kind in {"refused_address", "dns"}


def test_a_name_is_resolved_once_and_its_private_addresses_are_left_out() -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [(socket.AF_INET, ("10.0.0.1", port)), (socket.AF_INET, ("8.8.8.8", port))]

    found = asyncio.run(Gate(resolver=resolver).addresses("a.example", 80, within=1))
    assert found == [(socket.AF_INET, ("8.8.8.8", 80))]
    assert asked == ["a.example"]


def test_a_name_that_changes_its_answer_gains_nothing(site: Site) -> None:
    """The classical rebinding: a public address when it is judged, ours when it is used."""
    site.serve("/", b"secret")
    answers = iter([[(socket.AF_INET, ("127.0.0.1", site.port))], [(socket.AF_INET, ("127.0.0.1", site.port))]])
    with Door("t", resolver=lambda *_: next(answers)) as door, pytest.raises(FetchError) as caught:
        door.get(Request("http://rebind.example/"))
    assert caught.value.kind == "refused_address"
    assert "127.0.0.1" in str(caught.value)
    assert site.seen == []


def test_the_connection_goes_to_the_address_that_was_judged(site: Site) -> None:
    site.serve("/", b"hello")
    where: list[Address] = [(socket.AF_INET, ("127.0.0.1", site.port))]
    with Door("t", resolver=lambda *_: where, allowed_hosts={"named.example:80"}) as door:
        assert door.get(Request("http://named.example/")).body == b"hello"
    assert site.seen[0]["host"] == "named.example"


def test_the_next_address_is_tried_when_the_first_does_not_answer(site: Site) -> None:
    site.serve("/", b"hello")
    where: list[Address] = [(socket.AF_INET, ("127.0.0.1", 1)), (socket.AF_INET, ("127.0.0.1", site.port))]
    with Door("t", resolver=lambda *_: where, allowed_hosts={"named.example:80"}) as door:
        assert door.get(Request("http://named.example/")).body == b"hello"


def test_ipv6_is_spoken(start: Callable[..., Site]) -> None:
    try:
        site = start("::1")
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    site.serve("/", b"six")
    with Door("t", allowed_hosts={site.name}) as door:
        assert door.get(Request(site.url("/"))).body == b"six"
    assert site.seen[0]["host"] == site.name


def test_a_certificate_must_be_trusted_and_bear_the_name(start: Callable[..., Site], certificate: Path) -> None:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)
    site = start(wrap=lambda sock: server_side.wrap_socket(sock, server_side=True))
    site.serve("/", b"secret but ours")
    drip = [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 90]
    site.raw("/drip", *drip, pause=0.1)
    where: list[Address] = [(socket.AF_INET, ("127.0.0.1", site.port))]
    hosts = {"secure.example:443", "other.example:443"}
    common = {
        "resolver": lambda *_: where,
        "allowed_hosts": hosts,
        "connect_timeout": 2,
        "read_timeout": 0.5,
        "total_timeout": 1,
    }

    trusting = ssl.create_default_context(cafile=f"{certificate}.crt")
    with Door("t", tls=trusting, **common) as door:  # type: ignore[arg-type]
        assert door.get(Request("https://secure.example/")).body == b"secret but ours"
        for url, kind in (("https://other.example/", "tls"), ("https://secure.example/drip", "timeout")):
            with pytest.raises(FetchError) as caught:
                door.get(Request(url))
            assert caught.value.kind == kind
    with Door("t", **common) as door, pytest.raises(FetchError) as caught:  # type: ignore[arg-type]
        door.get(Request("https://secure.example/"))
    assert caught.value.kind == "tls"


def test_a_plain_server_on_a_secure_port_is_no_secure_server(site: Site) -> None:
    with Door("t", allowed_hosts={site.name}, total_timeout=2) as door, pytest.raises(FetchError) as caught:
        door.get(Request(f"https://{site.name}/"))
    assert caught.value.kind == "tls"


def test_a_server_that_never_shakes_hands_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        name = f"127.0.0.1:{silent.getsockname()[1]}"
        taken: list[socket.socket] = []
        threading.Thread(target=lambda: taken.append(silent.accept()[0]), daemon=True).start()
        door = Door("t", allowed_hosts={name}, connect_timeout=0.3, read_timeout=0.3, total_timeout=1)
        with door, pytest.raises(FetchError) as caught:
            door.get(Request(f"https://{name}/"))
        for sock in taken:
            sock.close()
    assert caught.value.kind == "timeout"
