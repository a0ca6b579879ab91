"""Where redirects may lead, and what is learned from them."""

import socket

import pytest

from tests.net.conftest import Site, failure
from tracker.domain.items import Request
from tracker.net.http import Door


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


def test_a_name_in_a_redirect_is_judged_by_where_it_leads(site: Site, start) -> None:
    inner = start()
    inner.serve("/", b"secret")
    site.serve("/a", b"", 302, Location="http://innocent.example/")
    where = [(socket.AF_INET, ("127.0.0.1", inner.port))]
    with Door("t", allowed_hosts={site.name}, resolver=lambda *_: where) as door:
        assert failure(door, site.url("/a")).kind == "refused_address"
    assert inner.seen == []


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


def hops(site: Site, *statuses: int) -> str:
    for n, status in enumerate(statuses):
        site.serve(f"/{n}", b"", status, Location=f"/{n + 1}")
    site.serve(f"/{len(statuses)}", b"end")
    return site.url("/0")


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((), None),
        ((301,), "/1"),
        ((308, 301), "/2"),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((301, 307, 308), "/1"),
        ((303,), None),
    ],
)
def test_permanent_redirects_tell_the_new_address_up_to_the_first_temporary_one(
    door: Door, site: Site, statuses: tuple[int, ...], moved_to: str | None
) -> None:
    answer = door.get(Request(hops(site, *statuses)))
    assert answer.body == b"end"
    assert answer.url == site.url(f"/{len(statuses)}")
    assert answer.moved_to == (moved_to and site.url(moved_to))


def test_a_question_with_a_body_is_posted_as_json(door: Door, site: Site) -> None:
    answer = door.get(Request(site.serve("/a", b"{}"), body='{"q": "ü"}'))
    assert answer.body == b"{}"
    assert site.seen[0]["content-type"] == "application/json"
    assert site.bodies == ['{"q": "ü"}'.encode()]


@pytest.mark.parametrize("status", [307, 308])
def test_a_posted_question_is_put_again_where_the_server_says_so(door: Door, site: Site, status: int) -> None:
    assert door.get(Request(hops(site, status), body="{}")).body == b"end"
    assert site.bodies == [b"{}", b"{}"]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_posted_question_is_never_turned_into_another(door: Door, site: Site, status: int) -> None:
    error = failure(door, hops(site, status), body="{}")
    assert (error.kind, error.status) == ("redirects", status)
    assert len(site.seen) == 1


def test_a_key_in_a_header_goes_to_the_server_asked_and_to_no_other(site: Site, start) -> None:
    other = start()
    other.serve("/", b"{}")
    site.serve("/here", b"{}")
    site.serve("/same", b"", 302, Location="/here")
    site.serve("/away", b"", 302, Location=other.url("/"))
    with Door("t", allowed_hosts={site.name, other.name}) as door:
        for path in ("/same", "/away"):
            door.get(Request(site.url(path), headers={"X-Api-Key": "secret"}))
    assert [seen.get("x-api-key") for seen in site.seen] == ["secret"] * 3
    assert [seen.get("x-api-key") for seen in other.seen] == [None]
    assert "secret" not in repr(Request("u", headers={"X-Api-Key": "secret"}))
