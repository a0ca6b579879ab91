"""Trying sources without keeping anything: how each answers, and what to do where it does not."""

from datetime import UTC, datetime

import pytest

from tests.workflows.collecting import every, follow
from tests.workflows.feeds import RELEVANT, rss, story
from tracker.domain.errors import NotFoundError
from tracker.models.document import Body, Document, Fetch, LinkedPage, Sighting, Source, Validator
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.check import CheckLine, check_sources
from tracker.workflows.collect import collect
from tracker.workflows.sources import pause

PAGE = f"<html><head><title>Policy</title></head><body><main><h1>Policy</h1><p>{RELEVANT}</p></main></body></html>"


def by_name(lines: list[CheckLine]) -> dict[str, CheckLine]:
    return {line.name: line for line in lines}


def test_each_source_is_tried_told_and_nothing_is_kept(runtime, publisher, clock):
    follow(
        runtime,
        publisher.serve("/good", rss(story(1), story(2)), ETag='"1"'),
        publisher.serve("/empty", rss()),
        publisher.serve("/page", "<!doctype html><title>Our news</title>"),
        publisher.serve("/gone", b"", 410),
        publisher.serve("/tired", b"", 429, Retry_After="60"),
        publisher.url("/missing"),
    )
    before = [row.model_dump() for row in every(runtime, Source)]
    steps: list[tuple[int, int, str]] = []
    lines = check_sources(runtime, step=lambda *step: steps.append(step))
    assert [(line.name, line.outcome, line.entries) for line in lines if line.name != "tired"] == [
        ("empty", "empty", 0),
        ("gone", "http_410", 0),
        ("good", "ok", 2),
        ("missing", "http_404", 0),
        ("page", "unreadable", 0),
    ]
    assert by_name(lines)["tired"].outcome == "http_429"
    assert sorted(line.name for line in lines if line.failed) == ["gone", "missing", "page", "tired"]
    good = by_name(lines)["good"]
    assert (good.newest, good.advice, good.said) == (datetime(2019, 2, 7, 10, tzinfo=UTC), "", "")
    for name in ("gone", "missing", "page", "tired", "empty"):
        assert by_name(lines)[name].advice
    assert "an HTML page titled 'Our news' came instead" in by_name(lines)["page"].said
    assert [step[:2] for step in steps] == [(number, 6) for number in range(1, 7)]
    # A trial is no visit: the next one finds everything as it was.
    assert [row.model_dump() for row in every(runtime, Source)] == before
    assert [every(runtime, table) for table in (Document, Sighting, Fetch, Body, Validator, LinkedPage)] == [[]] * 6


def test_a_source_that_was_visited_is_tried_without_conditions(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/good", rss(story()), ETag='"1"'))
    collect(sqlite_runtime)
    [line] = check_sources(sqlite_runtime)
    assert (line.outcome, line.entries) == ("ok", 1)
    assert "if-none-match" not in publisher.asked("/good")[-1]


def test_paused_sources_are_tried_only_by_name(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/one", rss(story())), publisher.serve("/two", rss(story())))
    pause(sqlite_runtime, "two", paused=True)
    assert [line.name for line in check_sources(sqlite_runtime)] == ["one"]
    assert [line.name for line in check_sources(sqlite_runtime, ["two"])] == ["two"]
    with pytest.raises(NotFoundError, match="no source is called 'three'"):
        check_sources(sqlite_runtime, ["one", "three"])


def test_where_there_is_nothing_to_try_nothing_is_told(sqlite_runtime):
    assert check_sources(sqlite_runtime) == []
    add_document(sqlite_runtime, Given(RELEVANT.encode(), "7 February 2019", "A title", "The Paper"))
    assert check_sources(sqlite_runtime) == check_sources(sqlite_runtime, ["by-hand"]) == []


def test_what_robots_txt_forbids_is_told_and_not_asked(sqlite_runtime, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /policy")
    follow(sqlite_runtime, publisher.serve("/policy", PAGE, Content_Type="text/html"), reader="watched_page")
    [line] = check_sources(sqlite_runtime)
    assert (line.outcome, line.failed) == ("robots", True)
    assert "follow a feed instead" in line.advice
    assert publisher.asked("/policy") == []


def test_only_the_first_answer_of_a_source_that_asks_further_is_read(sqlite_runtime, publisher):
    links = "".join(
        f"<div class='entry'><h2><a href='/story/{n}'>Police and facial recognition {n}</a></h2>"
        "<time datetime='2019-02-07'>7 February 2019</time></div>"
        for n in range(9)
    )
    url = publisher.serve("/news", f"<html><body>{links}</body></html>", Content_Type="text/html")
    follow(sqlite_runtime, url, reader="newsroom", options={"entry": ".entry", "follow": True})
    [line] = check_sources(sqlite_runtime)
    assert (line.outcome, line.entries) == ("ok", 9)
    assert [path for path, _ in publisher.seen] == ["/robots.txt", "/news"]


@pytest.mark.parametrize(
    ("reader", "options", "outcome"),
    [("no_such_reader", {}, "not_asked"), ("edgar", {"cik": "Amazon"}, "not_asked"), ("congress", {}, "not_asked")],
)
def test_what_cannot_even_be_asked_says_why(sqlite_runtime, publisher, reader, options, outcome):
    follow(sqlite_runtime, publisher.url("/x"), reader=reader, options=options)
    [line] = check_sources(sqlite_runtime)
    assert (line.outcome, line.failed, line.seconds) == (outcome, True, 0)
    assert line.said
    assert line.advice


def test_sources_of_one_server_that_wants_rest_are_not_all_tried(sqlite_runtime, publisher):
    paths = [f"/{number}" for number in range(60)]
    follow(sqlite_runtime, *(publisher.serve(path, b"", 429) for path in paths))
    lines = check_sources(sqlite_runtime)
    assert {line.outcome for line in lines} == {"http_429", "resting"}
    assert len(publisher.seen) <= 16
    assert all(line.failed and line.advice for line in lines)
