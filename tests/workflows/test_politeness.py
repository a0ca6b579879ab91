"""Asking as a guest should: conditions, redirects, rest where it is wanted, and how often a source is asked."""

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from tests import runtimes
from tests.workflows.collecting import again, counts, every, follow, source
from tests.workflows.feeds import rss, story
from tracker.domain.items import Request
from tracker.models.document import Fetch, Host, Source, Validator
from tracker.store import visits
from tracker.store.engine import writing
from tracker.workflows.collect import collect
from tracker.workflows.keep_visits import Found, keep_visits
from tracker.workflows.visit import Attempt, Visit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MODIFIED = "Thu, 07 Feb 2019 10:00:00 GMT"


def outcomes(runtime) -> list[str]:
    return [row.outcome for row in every(runtime, Fetch)]


# --- conditions -------------------------------------------------------------------------------------------------------


def test_both_validators_are_sent_back_as_they_came_and_a_304_is_a_good_answer(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story()), ETag='W/"a b"', Last_Modified=MODIFIED))
    collect(runtime)
    report = again(runtime, clock)
    assert ([row.unchanged for row in report.sources], report.failed, counts(report)) == ([True], [], {})
    first, second = publisher.asked("/paper")
    assert not {"if-none-match", "if-modified-since"} & set(first)
    assert (second["if-none-match"], second["if-modified-since"]) == ('W/"a b"', MODIFIED)
    assert (outcomes(runtime), source(runtime).last_ok_at) == (["ok", "not_modified"], clock())


def test_one_visit_in_a_hundred_sends_no_conditions_and_loses_none(sqlite_runtime, publisher, clock):
    """A server that says "unchanged" for ever would otherwise never be found out."""
    follow(sqlite_runtime, publisher.serve("/paper", rss(story(1)), ETag='"stuck"'))
    collect(sqlite_runtime)
    publisher.serve("/paper", rss(story(1), story(2)), ETag='"stuck"')
    assert counts(again(sqlite_runtime, clock)) == {}
    clock.forward(days=1)
    assert counts(collect(replace(sqlite_runtime, chance=lambda: 0.0))) == {"new": 1, "same": 1}
    clock.forward(days=1)
    assert collect(replace(sqlite_runtime, chance=lambda: 0.02)).sources[0].unchanged
    sent = [headers.get("if-none-match") for headers in publisher.asked("/paper")]
    assert sent == [None, '"stuck"', None, '"stuck"']
    [kept] = every(sqlite_runtime, Validator)
    assert kept.etag == '"stuck"'


def test_an_address_asked_twice_in_one_visit_keeps_what_it_said_last(runtime, publisher, clock):
    """A list whose next page is itself."""
    follow(runtime, publisher.serve("/paper", rss(story())))
    with writing(runtime.engine) as session:
        [claimed] = visits.claim(session, now=clock(), holder=runtime.holder, seconds=60, limit=1)
    request = Request(publisher.url("/list"))
    attempts = [Attempt(request, clock(), 0.1, "ok", 200, headers={"etag": tag}) for tag in ('"1"', '"2"')]
    [report] = keep_visits(runtime, [Found(claimed, Visit(attempts))])
    assert report.error == ""
    [kept] = every(runtime, Validator)
    assert (kept.url, kept.etag) == (publisher.url("/list"), '"2"')


# --- redirects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_is_followed_and_believed_after_repeated_proof(runtime, publisher, clock, status):
    follow(runtime, publisher.serve("/paper", b"", status, Location="/new"))
    publisher.serve("/new", rss(story()), ETag='"1"')
    for visit in range(4):
        assert collect(runtime).failed == []
        row = source(runtime)
        assert (row.url, row.moved_to, row.moved_times) == (publisher.url("/paper"), publisher.url("/new"), visit + 1)
        clock.forward(days=1)
    collect(runtime)
    row = source(runtime)
    assert (row.url, row.former_urls, row.moved_to) == (publisher.url("/new"), [publisher.url("/paper")], None)
    clock.forward(days=1)
    assert collect(runtime).failed == []
    assert len(publisher.asked("/paper")) == 5
    assert len(publisher.asked("/new")) == 6


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_redirect_for_the_time_being_proves_nothing(sqlite_runtime, publisher, clock, status):
    follow(sqlite_runtime, publisher.serve("/paper", b"", status, Location="/new"))
    publisher.serve("/new", rss(story()))
    for _ in range(6):
        assert collect(sqlite_runtime).failed == []
        clock.forward(days=1)
    assert (source(sqlite_runtime).url, source(sqlite_runtime).moved_to) == (publisher.url("/paper"), None)


def test_a_captive_portal_for_an_hour_moves_nothing(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/paper", b"", 301, Location="/portal"))
    publisher.serve("/portal", rss(story()))
    for _ in range(9):
        collect(sqlite_runtime, names=["paper"])
        clock.forward(minutes=10)
    publisher.serve("/paper", rss(story()))
    clock.forward(days=4)
    collect(sqlite_runtime)
    row = source(sqlite_runtime)
    assert (row.url, row.moved_to, row.moved_times, row.former_urls) == (publisher.url("/paper"), None, 0, [])


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_what_is_gone_is_asked_once_a_week_and_says_since_when(runtime, publisher, clock):
    start = clock()
    follow(runtime, publisher.serve("/paper", b"", 410))
    collect(runtime)
    row = source(runtime)
    assert (row.gone_since, row.due_at, row.last_error_kind) == (start, start + 7 * DAY, "http_410")
    clock.forward(days=6, hours=23)
    assert collect(runtime).sources == []
    clock.forward(hours=1)
    publisher.serve("/paper", rss(story()))
    assert counts(collect(runtime)) == {"new": 1}
    assert (source(runtime).gone_since, source(runtime).failures) == (None, 0)


FORMS = pytest.mark.parametrize(
    "form", [lambda _: "7200", lambda now: format_datetime(now + 2 * HOUR, usegmt=True)], ids=["seconds", "a date"]
)


@FORMS
def test_a_429_is_the_whole_servers_word(runtime, publisher, clock, form):
    start = clock()
    publisher.serve("/first", b"", 429, Retry_After=form(start))
    follow(runtime, publisher.url("/first"))
    collect(runtime)
    [host] = every(runtime, Host)
    assert (host.name, host.rest_until) == (publisher.host, start + 2 * HOUR)
    assert "429" in host.rest_reason
    for path in ("/second", "/third"):
        follow(runtime, publisher.serve(path, rss(story())))
    follow(runtime, publisher.url("/elsewhere", publisher.other_host))
    publisher.serve("/elsewhere", rss(story(2)))
    report = collect(runtime)
    assert ([row.name for row in report.sources], sorted(report.resting)) == (["elsewhere"], ["second", "third"])
    assert "its server asked us to wait" in report.words()
    assert publisher.asked("/second") == publisher.asked("/third") == []
    second = source(runtime, "second")
    assert (second.due_at, second.leased_by, second.failures) == (start + 2 * HOUR, "", 0)
    clock.forward(hours=2)
    publisher.serve("/first", rss(story()))
    assert {row.name for row in collect(runtime).sources} >= {"first", "second", "third"}


def test_a_503_speaks_for_its_own_source_alone(runtime, publisher, clock):
    start = clock()
    publisher.serve("/first", b"", 503, Retry_After="7200")
    follow(runtime, publisher.url("/first"), publisher.serve("/second", rss(story())))
    report = collect(runtime)
    assert ([row.name for row in report.failed], counts(report)) == (["first"], {"new": 1})
    assert source(runtime, "first").due_at == start + 2 * HOUR
    assert every(runtime, Host) == []
    clock.forward(hours=1)
    assert [row.name for row in collect(runtime).sources] == ["second"]


@FORMS
def test_both_forms_of_retry_after_hold_for_a_503(sqlite_runtime, publisher, clock, form):
    start = clock()
    follow(sqlite_runtime, publisher.serve("/paper", b"", 503, Retry_After=form(start)))
    collect(sqlite_runtime)
    assert source(sqlite_runtime).due_at == start + 2 * HOUR


@pytest.mark.parametrize(
    ("after", "waited"),
    [("soon", 15 * MINUTE), ("-5", 15 * MINUTE), ("1", 15 * MINUTE), ("99999999999", DAY), ("", 15 * MINUTE)],
)
def test_an_odd_retry_after_is_no_reason_to_ask_at_once_or_never(sqlite_runtime, publisher, clock, after, waited):
    start = clock()
    follow(sqlite_runtime, publisher.serve("/paper", b"", 429, Retry_After=after))
    collect(sqlite_runtime)
    [host] = every(sqlite_runtime, Host)
    assert source(sqlite_runtime).due_at == start + waited
    assert host.rest_until == start + (timedelta(seconds=1) if after == "1" else waited)


def test_sources_that_were_claimed_together_are_left_alone_once_their_server_wants_rest(
    database, tmp_path, publisher, clock
):
    """Fifty sources on one server are no fifty answers of "too many requests"."""
    paths = [f"/{number}" for number in range(50)]
    for path in paths:
        publisher.serve(path, b"", 429, Retry_After="600")
    allowed = (publisher.host, publisher.other_host)
    with runtimes.opened(database, tmp_path, clock=clock, allowed_hosts=allowed, collect_workers=3) as runtime:
        follow(runtime, *map(publisher.url, paths))
        follow(runtime, publisher.url("/elsewhere", publisher.other_host))
        publisher.serve("/elsewhere", rss(story()))
        report = collect(runtime)
        asked = len(publisher.seen) - 1
        assert 1 <= asked <= 3
        assert (counts(report), len(report.failed), len(report.resting)) == ({"new": 1}, asked, 50 - asked)
        rows = every(runtime, Source)
        assert {row.due_at - clock() for row in rows if not row.last_tried_at} == {timedelta(minutes=10)}
        assert {row.leased_by for row in rows} == {""}
        assert sum(row.failures for row in rows) == asked
        clock.forward(minutes=9)
        assert collect(runtime).sources == []
        clock.forward(minutes=6)
        for path in paths:
            publisher.serve(path, rss(story()))
        assert len(collect(runtime).sources) == 50


def test_a_visit_ends_when_its_server_wants_rest(sqlite_runtime, publisher):
    """A list whose entries are fetched one by one: after the first refusal no other is asked for."""
    links = "".join(
        f"<div class='entry'><h2><a href='/story/{n}'>Police and facial recognition {n}</a></h2>"
        "<time datetime='2019-02-07'>7 February 2019</time></div>"
        for n in range(9)
    )
    publisher.serve("/news", f"<html><body>{links}</body></html>", Content_Type="text/html")
    for number in range(9):
        publisher.serve(f"/story/{number}", b"", 429)
    follow(sqlite_runtime, publisher.url("/news"), reader="newsroom", options={"entry": ".entry", "follow": True})
    [report] = collect(sqlite_runtime).sources
    assert len([path for path, _ in publisher.seen if path.startswith("/story/")]) == 1
    assert "429" in report.error
    assert report.left == 8
    assert every(sqlite_runtime, Validator) == []


def test_all_servers_of_the_sec_rest_together(runtime, clock):
    """Its threshold counts what is asked of any of them."""
    for name, host in (("one", "www.sec.gov"), ("two", "data.sec.gov"), ("three", "efts.sec.gov")):
        follow(runtime, f"https://{host}/{name}")
    with writing(runtime.engine) as session:
        [claimed] = visits.claim(session, now=clock(), holder=runtime.holder, seconds=60, limit=1, names=["one"])
    request = Request("https://www.sec.gov/one")
    said = "the SEC says that too much was asked"
    attempt = Attempt(request, clock(), 0.1, "rate_threshold", 403, said, retry_after=600.0)
    keep_visits(runtime, [Found(claimed, Visit([attempt], error=said, kind="rate_threshold"))])
    report = collect(runtime)
    assert (report.sources, sorted(report.resting)) == ([], ["three", "two"])
    assert {row.due_at for row in every(runtime, Source) if row.name != "one"} == {clock() + 10 * MINUTE}


# --- freshness and rhythm ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Cache_Control": "max-age=7200"}, 2 * HOUR),
        ({"Cache_Control": "public, max-age=60"}, HOUR),
        ({"Cache_Control": "max-age=999999999"}, DAY),
        ({"Cache_Control": "no-store, max-age=7200"}, HOUR),
        ({"Cache_Control": "max-age=7200", "Age": "3600"}, HOUR),
        ({"Cache_Control": "max-age=soon"}, HOUR),
        ({"Expires": "0"}, HOUR),
    ],
)
def test_an_answer_that_stays_fresh_is_not_asked_for_before_its_time(sqlite_runtime, publisher, clock, headers, waited):
    follow(sqlite_runtime, publisher.serve("/paper", rss(story()), **headers))
    collect(sqlite_runtime)
    assert source(sqlite_runtime).due_at == clock() + waited


@pytest.mark.parametrize("date", ["Mon, 23 Nov 2026 08:00:00 GMT", "Mon, 23 Nov 2020 08:00:00 GMT"])
def test_when_an_answer_expires_is_told_by_its_servers_own_clock(sqlite_runtime, publisher, clock, date):
    def answer(handler: Any) -> None:
        body = rss(story())
        handler.send_response_only(200)
        handler.send_header("Date", date)
        handler.send_header("Expires", date.replace("08:00", "11:00"))
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    follow(sqlite_runtime, publisher.serve("/paper", answer))
    collect(sqlite_runtime)
    assert source(sqlite_runtime).due_at == clock() + 3 * HOUR


def test_a_304_says_how_long_it_holds_as_well(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/paper", rss(story()), ETag='"1"', Cache_Control="max-age=7200"))
    collect(sqlite_runtime)
    clock.forward(hours=2)
    collect(sqlite_runtime)
    assert source(sqlite_runtime).due_at == clock() + 2 * HOUR


def dated(clock, gap: timedelta, times: int) -> bytes:
    entries = [
        replace(story(number), day=format_datetime(clock() - number * gap, usegmt=True)) for number in range(times)
    ]
    return rss(*entries)


@pytest.mark.parametrize(
    ("gap", "waited"), [(10 * MINUTE, 15 * MINUTE), (HOUR, 30 * MINUTE), (8 * HOUR, 4 * HOUR), (9 * DAY, DAY)]
)
def test_a_source_is_asked_as_often_as_the_dates_of_its_entries_say(runtime, publisher, clock, gap, waited):
    follow(runtime, publisher.serve("/paper", dated(clock, gap, 10)))
    collect(runtime)
    row = source(runtime)
    assert (row.due_at, row.interval_seconds) == (clock() + waited, waited.total_seconds())
    assert row.rhythm_seconds == gap.total_seconds()
    assert row.quiet_seconds >= 6 * gap.total_seconds()


def test_what_has_too_few_dates_is_asked_as_configured_also_when_it_once_had_more(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/paper", dated(clock, HOUR, 10)))
    collect(sqlite_runtime)
    publisher.serve("/paper", dated(clock, HOUR, 3))
    clock.forward(minutes=30)
    collect(sqlite_runtime)
    row = source(sqlite_runtime)
    assert (row.due_at, row.interval_seconds, row.rhythm_seconds) == (clock() + HOUR, None, None)
