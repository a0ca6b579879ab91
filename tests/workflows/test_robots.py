"""robots.txt, asked before a page that nobody offered us, and never for feeds."""

import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests import runtimes
from tests.workflows.collecting import counts, every, follow, source
from tests.workflows.feeds import rss, story
from tracker.models.document import Fetch, Host
from tracker.workflows.collect import collect

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAGE = "<html><head><title>Policy</title></head><body><main><h1>Policy</h1><p>{}</p></main></body></html>"
WALL = "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"


def watch(runtime, *addresses: str, **more: Any) -> None:
    follow(runtime, *addresses, reader="watched_page", **more)


def page(text: str = "We do not sell facial recognition to the police, and we say so here at length.") -> str:
    return PAGE.format(text)


def outcomes(runtime) -> list[str]:
    return [row.outcome for row in every(runtime, Fetch)]


def test_a_page_that_robots_txt_forbids_is_not_asked_for_and_the_reason_is_told(runtime, publisher, clock):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /policy")
    watch(runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    [failed] = collect(runtime).failed
    assert "its robots.txt asks programs to keep out" in failed.error
    assert (publisher.asked("/policy"), outcomes(runtime)) == ([], ["robots"])
    assert source(runtime, "policy").last_error_kind == "robots"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: Whereas\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Whereas\nAllow: /policy", True),
        ("User-agent: *\nDisallow: /private", True),
        ("<html>not found</html>", True),
        ("\ufeffUser-agent: *\nDisallow: /\n", False),
        ("\0\0\0", True),
    ],
)
def test_what_is_said_to_us_by_name_comes_first(sqlite_runtime, publisher, rules, allowed):
    publisher.serve("/robots.txt", rules)
    watch(sqlite_runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    assert (collect(sqlite_runtime).failed == []) is allowed
    assert bool(publisher.asked("/policy")) is allowed


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_a_robots_txt_allows_everything(sqlite_runtime, publisher, status):
    publisher.serve("/robots.txt", b"", status)
    watch(sqlite_runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    assert collect(sqlite_runtime).failed == []
    assert len(publisher.asked("/policy")) == 1


def test_while_a_site_cannot_say_what_it_allows_nothing_is_asked_and_nothing_is_called_forbidden(
    runtime, publisher, clock
):
    publisher.serve("/robots.txt", b"", 500)
    watch(runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    [failed] = collect(runtime).failed
    assert "its robots.txt cannot be had" in failed.error
    row = source(runtime, "policy")
    assert (row.last_error_kind, row.failure_weight, row.due_at) == ("http_500", 0.5, clock() + 15 * MINUTE)
    clock.forward(minutes=15)
    assert len(collect(runtime).failed) == 1
    assert len(publisher.asked("/robots.txt")) == 1  # it is not asked again within the hour
    publisher.serve("/robots.txt", "User-agent: *\nAllow: /")
    clock.forward(hours=1)
    assert collect(runtime).failed == []
    assert (len(publisher.asked("/policy")), len(publisher.asked("/robots.txt"))) == (1, 2)


def test_a_robots_txt_that_is_asked_too_often_lets_the_whole_server_rest(runtime, publisher, clock):
    publisher.serve("/robots.txt", b"", 429, Retry_After="1800")
    watch(runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    collect(runtime)
    assert [(row.name, row.rest_until) for row in every(runtime, Host)] == [(publisher.host, clock() + 30 * MINUTE)]
    publisher.serve("/robots.txt", b"", 404)
    clock.forward(minutes=30)
    assert collect(runtime).failed == []


def test_a_challenge_instead_of_a_robots_txt_allows_nothing(sqlite_runtime, publisher):
    publisher.serve("/robots.txt", WALL, Content_Type="text/html")
    watch(sqlite_runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    [failed] = collect(sqlite_runtime).failed
    assert "its robots.txt cannot be had" in failed.error
    assert publisher.asked("/policy") == []


def test_a_robots_txt_is_asked_once_a_day_for_all_pages_of_its_server(runtime, publisher, clock):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /private")
    for path in ("/one", "/two", "/three"):
        watch(runtime, publisher.serve(path, page(path * 20), Content_Type="text/html"))
    collect(runtime)
    assert len(publisher.asked("/robots.txt")) == 1
    clock.forward(hours=23)
    collect(runtime)
    assert len(publisher.asked("/robots.txt")) == 1
    clock.forward(hours=2)
    collect(runtime)
    assert len(publisher.asked("/robots.txt")) == 2
    assert len(publisher.asked("/one")) == 3


def test_feeds_that_somebody_subscribed_to_never_ask_a_robots_txt(sqlite_runtime, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /")
    follow(sqlite_runtime, publisher.serve("/paper", rss(story())))
    assert counts(collect(sqlite_runtime)) == {"new": 1}
    assert publisher.asked("/robots.txt") == []


# --- where a redirect leads -------------------------------------------------------------------------------------------


def by_host(publisher, path: str, **answers: str) -> None:
    """Answer a path with another text under each of the publisher's two names."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        own = handler.headers["Host"] == publisher.host
        body = answers["own" if own else "other"].encode()
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    publisher.serve(path, answer)


def test_a_page_that_leads_to_another_server_asks_what_that_one_allows(runtime, publisher):
    by_host(publisher, "/robots.txt", own="User-agent: *\nAllow: /", other="User-agent: *\nDisallow: /policy")
    publisher.serve("/policy", page(), Content_Type="text/html")
    watch(runtime, publisher.serve("/old", b"", 302, Location=publisher.url("/policy", publisher.other_host)))
    [failed] = collect(runtime).failed
    assert f"fetching http://{publisher.other_host}/policy: its robots.txt asks programs to keep out" in failed.error
    assert (publisher.asked("/policy"), outcomes(runtime)) == ([], ["robots"])
    assert len(publisher.asked("/robots.txt")) == 2


def test_a_page_that_leads_to_a_forbidden_one_of_its_own_server_is_not_followed_there(sqlite_runtime, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /policy")
    publisher.serve("/policy", page(), Content_Type="text/html")
    watch(sqlite_runtime, publisher.serve("/old", b"", 301, Location="/policy"))
    assert outcomes_of(sqlite_runtime) == ["robots"]
    assert publisher.asked("/policy") == []


def test_a_page_whose_redirect_is_allowed_everywhere_is_read(sqlite_runtime, publisher):
    publisher.serve("/policy", page(), Content_Type="text/html")
    watch(sqlite_runtime, publisher.serve("/old", b"", 302, Location=publisher.url("/policy", publisher.other_host)))
    assert outcomes_of(sqlite_runtime) == ["ok"]


def test_a_feed_is_followed_wherever_it_leads(sqlite_runtime, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /")
    publisher.serve("/paper", rss(story()))
    follow(sqlite_runtime, publisher.serve("/old", b"", 302, Location=publisher.url("/paper", publisher.other_host)))
    assert outcomes_of(sqlite_runtime) == ["ok"]
    assert publisher.asked("/robots.txt") == []


def outcomes_of(runtime) -> list[str]:
    collect(runtime)
    return outcomes(runtime)


# --- how slowly -------------------------------------------------------------------------------------------------------


def three_pages(runtime, publisher) -> list[str]:
    """Watch three pages of one server; return their paths."""
    paths = ["/one", "/two", "/three"]
    watch(runtime, *(publisher.serve(path, page(path * 20), Content_Type="text/html") for path in paths))
    return paths


def pages_asked(publisher, paths: list[str]) -> int:
    return sum(len(publisher.asked(path)) for path in paths)


def test_pages_of_a_server_that_wants_them_asked_slowly_are_asked_one_after_the_other_over_hours(
    runtime, publisher, clock
):
    publisher.serve("/robots.txt", "User-agent: *\nCrawl-delay: 600")
    paths = three_pages(runtime, publisher)
    report = collect(runtime)
    assert (len(report.sources), len(report.resting), report.failed) == (1, 2, [])
    assert pages_asked(publisher, paths) == 1
    assert collect(runtime).sources == []
    clock.forward(minutes=10)
    collect(runtime)
    assert pages_asked(publisher, paths) == 2
    clock.forward(minutes=10)
    collect(runtime)
    assert [len(publisher.asked(path)) for path in paths] == [1, 1, 1]
    assert all(not row.rest_until for row in every(runtime, Host))


def test_a_short_delay_is_waited_for(sqlite_database, tmp_path, publisher, clock):
    publisher.serve("/robots.txt", "User-agent: Whereas\nCrawl-delay: 0.05")
    options: dict[str, Any] = {"allowed_hosts": (publisher.host,), "host_seconds": 0.01}
    with runtimes.opened(sqlite_database, tmp_path, clock=clock, **options) as runtime:
        paths = three_pages(runtime, publisher)
        begin = time.monotonic()
        assert len(collect(runtime).sources) == 3
        assert pages_asked(publisher, paths) == 3
        assert time.monotonic() - begin >= 0.1
        [row] = [row for row in every(runtime, Host) if row.next_turn_at]
        assert row.next_turn_at == clock() + timedelta(seconds=0.15)


def test_no_server_is_left_alone_for_more_than_a_day_whatever_it_asks_for(sqlite_runtime, publisher, clock):
    publisher.serve("/robots.txt", "User-agent: *\nCrawl-delay: 31536000")
    paths = three_pages(sqlite_runtime, publisher)
    collect(sqlite_runtime)
    clock.forward(hours=23)
    collect(sqlite_runtime)
    assert pages_asked(publisher, paths) == 1
    clock.forward(hours=1)
    collect(sqlite_runtime)
    assert pages_asked(publisher, paths) == 2


def test_the_pace_of_pages_is_none_for_feeds(sqlite_runtime, publisher, clock):
    publisher.serve("/robots.txt", "User-agent: *\nCrawl-delay: 600")
    watch(sqlite_runtime, publisher.serve("/policy", page(), Content_Type="text/html"))
    collect(sqlite_runtime)
    follow(sqlite_runtime, publisher.serve("/paper", rss(story())))
    assert counts(collect(sqlite_runtime)) == {"new": 1}
