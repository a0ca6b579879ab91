"""Bot walls are told from pages, and the SEC's blocks from its files. All pages here are invented."""

import socket

import pytest

from tests.net.conftest import Site, failure
from tracker.domain.items import Request
from tracker.net import sec
from tracker.net.challenges import mark_of_a_wall
from tracker.net.http import Door

PAGE = "text/html, application/xhtml+xml;q=0.9"
FEED = "application/rss+xml, application/xml;q=0.9, text/html;q=0.1"
HTML = {"content-type": "text/html; charset=UTF-8"}


def page(title: str, body: str = "<p>One moment.</p>", head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


MACHINE = "<script>window._cf_chl_opt = {cvId: '3'};</script>"
ARTICLE = page("How captchas fail the blind", "<p>" + "A long and careful text about h-captcha. " * 100 + "</p>")
SMALL_WALLS = [
    page("Just a moment...", head=MACHINE),
    page("Attention Required! | Example", "<form><div class='cf-turnstile'></div></form>"),
    page("news.example", "<script src='https://ct.captcha-delivery.com/c.js'></script>"),
    page("", "<iframe src='/_Incapsula_Resource?x=1'></iframe>"),
]
WALLS = [
    *SMALL_WALLS,
    page("Access Denied", "<h1>Access Denied</h1>You don't have permission to access this. Reference #18.x"),
    page("Verify you are human", "<form><div class='g-recaptcha'></div></form>" + "<p>Why is this needed?</p>" * 40),
]


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_no_answer_to_a_question_for_a_feed(wall: bytes) -> None:
    assert mark_of_a_wall(HTML, wall, page_wanted=False)
    assert mark_of_a_wall({}, wall, page_wanted=False)


@pytest.mark.parametrize("wall", SMALL_WALLS)
def test_an_unmistakable_wall_is_none_even_where_a_page_was_wanted(wall: bytes) -> None:
    assert mark_of_a_wall(HTML, wall, page_wanted=True)


@pytest.mark.parametrize(
    "body",
    [
        ARTICLE,
        page(
            "Access Denied: how the city kept its contracts secret",
            "<p>" + "Reporters asked for months. " * 60 + "</p>",
        ),
        page("Contact us", "<p>" + "Write to us. " * 60 + "</p><form><div class='g-recaptcha'></div></form>"),
        page(
            "Principles", "<p>" + "We hold that. " * 60 + "</p><script src='/cdn-cgi/challenge-platform/x.js'></script>"
        ),
    ],
)
def test_a_page_that_was_wanted_may_carry_a_captcha_or_write_of_walls(body: bytes) -> None:
    assert mark_of_a_wall(HTML, body, page_wanted=True) is None


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (HTML, b"<?xml version='1.0'?><rss><channel><title>Access denied</title></channel></rss>"),
        ({}, b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Just a moment...</title></feed>"),
        (HTML, b"<rdf:RDF><title>Captcha</title></rdf:RDF>"),
        ({"content-type": "application/json"}, b'{"title": "<title>Access denied</title>"}'),
        (HTML, page("Our news", "<p>Nothing today.</p>")),
        (HTML, ARTICLE),
        (HTML, b""),
    ],
)
def test_what_is_no_wall_passes(headers: dict[str, str], body: bytes) -> None:
    assert mark_of_a_wall(headers, body, page_wanted=False) is None


@pytest.mark.parametrize("name", [("cf-mitigated", "challenge"), ("x-amzn-waf-action", "captcha")])
def test_a_header_that_says_so_always_counts(name: tuple[str, str]) -> None:
    assert mark_of_a_wall({name[0]: name[1]}, b"", page_wanted=True)
    assert mark_of_a_wall({"cf-mitigated": "none"}, b"", page_wanted=True) is None


def test_a_page_of_brackets_is_looked_at_quickly() -> None:
    for piece in (b"<script", b"<!--", b"<", b"<title", b"<noscript><style>"):
        body = b"<html>px-captcha<title>Captcha</title>" + piece * (250_000 // len(piece))
        assert mark_of_a_wall(HTML, body, page_wanted=False)


@pytest.mark.parametrize("status", [200, 403, 405, 503])
def test_the_door_names_a_wall_whatever_status_it_comes_with(door: Door, site: Site, status: int) -> None:
    url = site.serve("/a", WALLS[0], status, Content_Type="text/html", Retry_After="60")
    error = failure(door, url, accept=FEED)
    assert (error.kind, error.status, error.retry_after) == ("challenge", status, 60.0)
    assert "Just a moment" in str(error)


def test_the_door_lets_pages_pass(door: Door, site: Site) -> None:
    assert door.get(Request(site.serve("/a", ARTICLE, Content_Type="text/html"), accept=PAGE)).body == ARTICLE
    assert failure(door, site.serve("/b", page("Forbidden"), 403, Content_Type="text/html")).kind == "http_403"


FAST = page("SEC.gov | Request Rate Threshold Exceeded", "<h1>Request Rate Threshold Exceeded</h1>")
UNKNOWN = page("SEC.gov", "<h1>Your Request Originates from an Undeclared Automated Tool</h1>")
MISSING = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
)


@pytest.mark.parametrize(
    ("answer", "kind", "wait"),
    [
        ((403, "text/html", FAST), "rate_threshold", 600.0),
        ((429, "text/html", FAST), "rate_threshold", 600.0),
        ((429, "text/plain", b"slow down"), "rate_threshold", 600.0),
        ((200, "text/html", FAST), "rate_threshold", 600.0),
        ((403, "text/html", b""), "rate_threshold", 600.0),
        ((403, "text/html", UNKNOWN), "undeclared", 3600.0),
        ((200, "text/html", UNKNOWN), "undeclared", 3600.0),
        ((403, "application/xml", MISSING), "http_403", None),
        ((404, "text/html", b"not here"), "http_404", None),
        ((503, "text/html", FAST), "http_503", None),
    ],
)
def test_a_block_of_the_sec_says_how_long_to_stay_away(
    site: Site, answer: tuple[int, str, bytes], kind: str, wait: float | None
) -> None:
    status, content_type, body = answer
    site.serve("/Archives/x", body, status, Content_Type=content_type)
    error = failure(sec_door(site), "http://www.sec.gov/Archives/x", accept="text/html")
    assert (error.kind, error.status, error.retry_after) == (kind, status, wait)


def test_a_longer_wait_that_the_sec_names_is_kept(site: Site) -> None:
    site.serve("/x", FAST, 429, Retry_After="7200")
    assert failure(sec_door(site), "http://www.sec.gov/x").retry_after == 7200.0


def test_a_filing_may_quote_the_words_of_the_block(site: Site) -> None:
    filing = page("Form 8-K", "<p>Request Rate Threshold Exceeded, undeclared automated tool.</p>" + "<p>x</p>" * 5000)
    site.serve("/x", filing, Content_Type="text/html")
    assert sec_door(site).get(Request("http://www.sec.gov/x")).body == filing


def test_other_sites_may_forbid_without_being_the_sec(door: Door, site: Site) -> None:
    assert failure(door, site.serve("/a", FAST, 429, Content_Type="text/html")).kind == "http_429"
    assert [sec.is_sec(host) for host in ("sec.gov", "data.sec.gov", "notsec.gov", "sec.gov.example")] == [
        True, True, False, False,
    ]  # fmt: skip


def sec_door(site: Site, **more: object) -> Door:
    where = [(socket.AF_INET, ("127.0.0.1", site.port))]
    names = {"www.sec.gov:80", "data.sec.gov:80"}
    return Door("t (t@example.org)", resolver=lambda *_: where, allowed_hosts=names, **more)  # type: ignore[arg-type]


def test_every_request_to_the_sec_asks_for_its_turn_of_the_shared_budget(site: Site) -> None:
    budgets: list[str] = []

    async def turn(budget: str) -> float:
        budgets.append(budget)
        return 0.0

    site.serve("/a", b"", 302, Location="http://data.sec.gov/b")
    site.serve("/b", b"x")
    site.serve("/c", b"x")
    door = sec_door(site, shared_turn=turn)
    assert door.get(Request("http://www.sec.gov/a")).body == b"x"
    assert budgets == ["sec.gov", "sec.gov"]
    where = [(socket.AF_INET, ("127.0.0.1", site.port))]
    other = Door("t", resolver=lambda *_: where, allowed_hosts={"other.example:80"}, shared_turn=turn)
    assert other.get(Request("http://other.example/c")).body == b"x"
    assert len(budgets) == 2
