"""robots.txt, asked before a page that nobody offered us, and never for feeds."""

from datetime import timedelta
from typing import Any

import pytest

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
