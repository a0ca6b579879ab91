"""Whose fault a failure is: ours when nobody can be reached, else the source's; and each source fails alone."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests import runtimes
from tests.workflows.collecting import again, counts, every, follow, source
from tests.workflows.feeds import rss, story
from tracker.models.document import Fetch, Host, Source
from tracker.store import hosts, sources
from tracker.store.engine import reading, writing
from tracker.workflows.collect import collect
from tracker.workflows.upkeep import tidy

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def outcomes(runtime) -> list[str]:
    return [row.outcome for row in every(runtime, Fetch)]


# --- whose fault it is ------------------------------------------------------------------------------------------------


@pytest.fixture
def dead() -> Iterator[list[str]]:
    """Three hosts at which nobody listens; their ports are ours, so nobody else begins to."""
    sockets = [socket.socket() for _ in range(3)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    yield [f"127.0.0.1:{one.getsockname()[1]}" for one in sockets]
    for one in sockets:
        one.close()


@pytest.fixture
def cut_off(database, tmp_path, publisher, clock, dead):
    """A runtime that follows three sources, each on a host that does not answer."""
    allowed = (publisher.host, publisher.other_host, *dead)
    with runtimes.opened(database, tmp_path, clock=clock, allowed_hosts=allowed) as runtime:
        follow(runtime, *(f"http://{host}/dead-{number}" for number, host in enumerate(dead)))
        yield runtime


def network(runtime) -> Host | None:
    with reading(runtime.engine) as session:
        return session.get(Host, hosts.NETWORK)


def test_an_outage_of_everything_counts_against_nobody_and_is_told(cut_off, publisher, clock):
    report = collect(cut_off)
    assert report.outage
    assert "our own network seems to be down; nobody is blamed for it" in report.words()
    assert sorted(row.name for row in report.failed) == ["dead-0", "dead-1", "dead-2"]
    for row in every(cut_off, Source):
        assert (row.failures, row.failing_since, row.last_error, row.last_tried_at) == (0, None, "", None)
        assert (row.due_at, row.leased_by) == (clock() + 15 * MINUTE, "")
    assert network(cut_off).rest_until == clock() + 15 * MINUTE
    assert outcomes(cut_off) == ["connect"] * 3
    # One that answers shows that the line is up again; the others are then at fault.
    follow(cut_off, publisher.serve("/paper", rss(story())))
    clock.forward(minutes=15)
    report = collect(cut_off)
    assert (report.outage, counts(report), len(report.failed)) == (False, {"new": 1}, 3)
    assert {row.failures for row in every(cut_off, Source) if row.name != "paper"} == {1}
    assert network(cut_off).rest_until is None


def test_an_outage_is_seen_although_some_sources_cannot_even_be_asked(cut_off, clock):
    """What is refused before anybody is asked says nothing about the line."""
    follow(cut_off, "http://10.0.0.1/private", "ftp://paper.example/old")
    follow(cut_off, "https://www.sec.gov/Archives/undeclared")
    follow(cut_off, "http://paper.example/odd", reader="no_such_reader")
    report = collect(cut_off)
    assert report.outage
    rows = {row.name: row.failures for row in every(cut_off, Source)}
    assert rows == {"dead-0": 0, "dead-1": 0, "dead-2": 0, "private": 1, "old": 1, "undeclared": 1, "odd": 1}


def test_a_page_whose_robots_txt_cannot_be_reached_is_not_said_to_be_forbidden(cut_off):
    with writing(cut_off.engine) as session:
        for row in session.exec(select(Source)):
            row.reader = "watched_page"
    report = collect(cut_off)
    assert report.outage
    assert set(outcomes(cut_off)) == {"connect"}
    assert all("robots.txt cannot be had" in row.error for row in report.failed)


def test_one_unreachable_server_among_others_that_answer_counts(cut_off, publisher):
    follow(cut_off, publisher.serve("/paper", rss(story())))
    report = collect(cut_off, names=["dead-0", "paper"])
    assert (report.outage, counts(report), [row.name for row in report.failed]) == (False, {"new": 1}, ["dead-0"])
    row = source(cut_off, "dead-0")
    assert (row.failures, row.failure_weight, row.last_error_kind) == (1, 0.5, "connect")
    assert network(cut_off) is None


def test_two_unreachable_servers_alone_are_no_outage(cut_off):
    report = collect(cut_off, names=["dead-0", "dead-1"])
    assert not report.outage
    assert {row.failures for row in every(cut_off, Source) if row.name != "dead-2"} == {1}


# --- answers that are none --------------------------------------------------------------------------------------------


def test_no_entries_where_there_were_some_is_a_failure(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story())))
    collect(runtime)
    publisher.serve("/paper", rss())
    [failed] = again(runtime, clock).failed
    assert "it has no entries, where it always had some" in failed.error
    assert (source(runtime).failures, source(runtime).usual_items) == (1, 1)
    publisher.serve("/paper", rss(story(), story(2)))
    assert counts(again(runtime, clock)) == {"new": 1, "same": 1}


def test_a_feed_that_never_had_entries_is_well(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/paper", rss()))
    assert collect(sqlite_runtime).failed == again(sqlite_runtime, clock).failed == []


WALL = "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_challenge_page_is_a_failure_and_no_news(runtime, publisher, clock, status):
    follow(runtime, publisher.serve("/paper", rss(story())))
    collect(runtime)
    publisher.serve("/paper", WALL, status, Content_Type="text/html")
    [failed] = again(runtime, clock).failed
    assert "challenge for browsers" in failed.error
    assert (source(runtime).last_error_kind, source(runtime).failure_weight) == ("challenge", 0.5)


# --- what is configured wrongly ---------------------------------------------------------------------------------------


ODD = [
    "http://[bad/page", "http://", "page", "http://:80/", "http://paper.example:99999/", "http://paper.example:x/",
    f"http://{'a' * 300}.example/", f"http://{'a.' * 200}example/", "http://user:word@127.0.0.1/", "http://\u2603/",
    "http://127.0.0.1\\@paper.example/", "http://exa mple/", "javascript:alert(1)", "http://%00/", "http://..../",
    "http://xn--/", "http://\ud800/",
]  # fmt: skip


@pytest.mark.parametrize("reader", ["feed", "watched_page"])
def test_an_odd_address_fails_alone(runtime, publisher, reader):
    wanted = [
        {"name": f"odd-{number}", "reader": reader, "url": url} for number, url in enumerate(ODD) if url.isprintable()
    ]
    with writing(runtime.engine) as session:
        sources.sync(session, wanted, runtime.clock())
    follow(runtime, publisher.serve("/paper", rss(story())))
    report = collect(runtime)
    assert counts(report) == {"new": 1}
    assert {row.name for row in report.failed} == {row["name"] for row in wanted}
    assert str(tidy(runtime))


READERS = [
    "congress", "edgar", "edgar_atom", "edgar_search", "exempt_elsewhere", "federal_register", "feed", "newsroom",
    "no_action", "usaspending", "watched_page",
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_options_of_any_wrong_kind_fail_alone(sqlite_runtime, publisher, reader):
    wrong: list[Any] = [None, True, -1, 10**30, float("inf"), "x", "\0", [], [1], {}, {"a": [1]}, [[]], [None]]
    names = ("cik", "since", "forms", "q", "ciks", "entry", "match", "css", "list", "venue", "recipients", "bills",
             "kind", "publisher", "language", "xpath", "types", "agencies", "pages", "most", "whole_pages")  # fmt: skip
    for number, value in enumerate(wrong):
        options = dict.fromkeys(names, value)
        with writing(sqlite_runtime.engine) as session:
            session.add(
                Source(name=f"wrong-{number}", reader=reader, url=publisher.url("/missing"), options=options,
                       due_at=sqlite_runtime.clock())
            )  # fmt: skip
    follow(sqlite_runtime, publisher.serve("/paper", rss(story())))
    report = collect(sqlite_runtime)
    assert counts(report) == {"new": 1}
    assert len(report.failed) == len(wrong)


def test_dead_sources_that_come_due_together_are_no_outage_for_ever(cut_off, clock):
    """Three closed ports, asked again and again: on the first day it may be our line, after that it is theirs."""
    outages = 0
    for _ in range(30):
        outages += collect(cut_off).outage
        clock.forward(hours=2)
    assert 0 < outages <= 13
    assert min(row.failures for row in every(cut_off, Source)) > 3


def test_a_clock_that_was_ahead_mutes_nothing_once_it_is_right_again(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story())))
    clock.forward(days=365)
    assert len(collect(runtime).sources) == 1
    clock.forward(days=-365)
    assert len(collect(runtime).sources) == 1
    with writing(runtime.engine) as session:
        hosts.turn(session, "sec.gov", clock() + timedelta(days=365), 0.15)
        assert hosts.turn(session, "sec.gov", clock(), 0.15) == 0.0


def test_half_a_character_in_an_address_fails_its_own_source_alone(runtime, publisher):
    broken = f'{{"count": 1, "results": [], "next_page_url": "{publisher.url("/x")}\\ud800"}}'
    follow(runtime, publisher.serve("/good", rss(story())))
    follow(runtime, publisher.serve("/register", broken), reader="federal_register")
    report = collect(runtime)
    assert counts(report) == {"new": 1}
    assert [row.name for row in report.failed] == ["register"]
    assert {row.leased_by for row in every(runtime, Source)} == {""}
