"""Collecting what is poisoned or fails: set aside or reported, and nobody else is hindered."""

import random
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.workflows.collecting import again, counts, every, follow, source, visited, with_score
from tests.workflows.feeds import Entry, rss, story
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, Fetch, Validator
from tracker.sources import base
from tracker.sources.base import register
from tracker.sources.feed import Feed
from tracker.store.engine import writing
from tracker.workflows import keep_visits as keep_visits_module
from tracker.workflows.collect import collect
from tracker.workflows.keep_visits import keep_visits
from tracker.workflows.known import open_linker
from tracker.workflows.visit import Visit

# --- poison -----------------------------------------------------------------------------------------------------------


def test_a_key_and_an_address_longer_than_an_index_holds_are_kept_all_the_same(runtime, publisher, clock):
    dice = random.Random(1)
    wide = "".join(chr(dice.randint(0x4E00, 0x9FFF)) for _ in range(990))
    long = Entry(wide, "Facial recognition by police", link="https://paper.example/" + wide)
    follow(runtime, publisher.serve("/paper", rss(long, story())))
    report = collect(runtime)
    assert (counts(report), report.failed) == ({"new": 2}, [])
    assert counts(again(runtime, clock)) == {"same": 2}


def test_an_item_that_breaks_a_stage_is_quarantined_with_the_reason_and_the_rest_is_kept(runtime, publisher, clock):
    class Breaking:
        """A gazetteer that stumbles over one item, as any stage may over hostile text."""

        def __init__(self, inner):
            self.inner = inner
            self.entities = inner.entities

        def find(self, text):
            if "POISON" in text:
                raise RecursionError("too deep")
            return self.inner.find(text)

    follow(runtime, publisher.serve("/paper", rss(story(1), story(2, title="POISON"), story(3))))
    linker = open_linker(runtime)
    [found] = visited(runtime, replace(linker, gazetteer=Breaking(linker.gazetteer)))
    [report] = keep_visits(runtime, [found])
    assert (report.counts.new, report.counts.quarantined, report.error) == (2, 1, "")
    [poison] = [row for row in every(runtime, Document) if row.state is DocumentState.QUARANTINED]
    assert poison.state_reason == "RecursionError: too deep"
    # A mended reader takes it up at its next visit.
    assert counts(again(runtime, clock)) == {"changed": 1, "same": 2}
    assert {row.state for row in every(runtime, Document)} == {DocumentState.RELEVANT}


def test_what_the_database_refuses_fails_its_source_alone_with_the_reason(runtime, publisher, clock):
    follow(runtime, publisher.serve("/good", rss(story(1))), publisher.serve("/bad", rss(story(2))))
    reports = keep_visits(
        runtime, [with_score(one, 7.0) if one.source.name == "bad" else one for one in visited(runtime)]
    )
    outcome = {report.name: (report.counts.new, report.error) for report in reports}
    assert outcome["good"] == (1, "")
    assert outcome["bad"][0] == 0
    assert "keeping what bad said: IntegrityError" in outcome["bad"][1]
    assert "\n" not in outcome["bad"][1]
    assert (source(runtime, "bad").failures, source(runtime, "bad").leased_by) == (1, "")
    assert len(every(runtime, Document)) == 1


# --- failures ---------------------------------------------------------------------------------------------------------


def test_a_failing_source_is_reported_backed_off_and_the_others_go_on(runtime, publisher, clock):
    publisher.serve("/bad", b"", status=500)
    follow(runtime, publisher.url("/bad"), publisher.serve("/good", rss(story())))
    report = collect(runtime)
    assert counts(report) == {"new": 1}
    assert [(row.name, "500" in row.error) for row in report.failed] == [("bad", True)]
    assert "bad: fetching" in report.words()
    bad = source(runtime, "bad")
    assert (bad.failures, bad.failing_since, bad.last_ok_at) == (1, clock(), None)
    assert bad.due_at == clock().replace(minute=15)
    assert [row.outcome for row in every(runtime, Fetch) if row.status == 500] == ["http_500"]
    publisher.serve("/bad", rss(story(2)))
    clock.forward(minutes=15)
    assert counts(collect(runtime)) == {"new": 1}
    assert source(runtime, "bad").failing_since is None


def test_a_server_that_asks_us_to_wait_is_left_alone_for_that_long(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/paper", b"", status=429, Retry_After="7200"))
    collect(sqlite_runtime)
    assert source(sqlite_runtime).due_at == clock().replace(hour=10)


def test_after_an_answer_that_could_not_be_read_the_next_visit_asks_without_validators(runtime, publisher, clock):
    """A 304 would hide what was lost."""
    follow(runtime, publisher.serve("/paper", rss(story(1)), ETag='"1"'))
    collect(runtime)
    publisher.serve("/paper", b"<!doctype html><title>Sorry</title><p>Busy", ETag='"2"')
    assert again(runtime, clock).failed[0].name == "paper"
    [kept] = every(runtime, Validator)
    assert kept.etag == '"1"'
    publisher.serve("/paper", rss(story(1), story(2)), ETag='"2"')
    clock.forward(days=1)
    assert counts(collect(runtime)) == {"new": 1, "same": 1}


def test_one_answer_that_failed_leaves_the_whole_visits_validators_unremembered(sqlite_runtime, publisher, clock):
    """What the failed answer would have brought is asked for by the answer before it: that one must come again."""
    follow(sqlite_runtime, publisher.serve("/paper", rss(story()), ETag='"1"'))
    follow(sqlite_runtime, publisher.url("/missing"))
    missing, paper = sorted(visited(sqlite_runtime), key=lambda one: one.source.name)
    ok = paper.visit
    both = Visit(ok.attempts + missing.visit.attempts, error=missing.visit.error)
    for found, remembered in ((both, 0), (ok, 1)):
        with writing(sqlite_runtime.engine) as session:
            keep_visits_module._log(session, [replace(paper, visit=found)])
        assert len(every(sqlite_runtime, Validator)) == remembered


def test_a_first_visit_that_fails_remembers_no_validators(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/paper", b"<html><p>not a feed", ETag='"1"'))
    collect(sqlite_runtime)
    assert every(sqlite_runtime, Validator) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!doctype html><title>Our news</title>", "an HTML page titled 'Our news' came instead"),
        (b"", "the answer is empty"),
        (b"   \n ", "the answer is empty"),
        (b"No feed here", "no RSS, Atom, RDF or JSON feed in it"),
        (b'{"error": true}', "JSON"),
        (b"\x00\x01\x02\xff", "no RSS, Atom, RDF or JSON feed in it"),
    ],
    ids=["html", "empty", "blank", "text", "json", "binary"],
)
def test_what_is_no_feed_is_reported_as_such_and_its_bytes_are_kept(sqlite_runtime, publisher, body, said):
    follow(sqlite_runtime, publisher.serve("/paper", body))
    [report] = collect(sqlite_runtime).failed
    assert said in report.error
    assert source(sqlite_runtime).last_error == report.error
    assert [row.outcome for row in every(sqlite_runtime, Fetch)] == ["unreadable"]
    assert len(every(sqlite_runtime, Body)) == (1 if body else 0)


def test_an_empty_feed_is_well_unless_the_source_says_that_it_always_has_entries(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/paper", rss()))
    follow(sqlite_runtime, publisher.serve("/busy", rss()), options={"needs_entries": True})
    report = collect(sqlite_runtime)
    assert [row.name for row in report.failed] == ["busy"]
    assert "it has no entries" in report.failed[0].error


def test_a_feed_of_fifty_megabytes_is_refused_long_before_its_end(sqlite_runtime, publisher):
    sent = []

    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"<rss><channel>")
        piece = b"<item><title>x</title></item>" * 9000
        for _ in range(200):
            handler.wfile.write(piece)
            sent.append(len(piece))

    follow(sqlite_runtime, publisher.serve("/paper", endless))
    [report] = collect(sqlite_runtime).failed
    assert "it is larger than 10 MiB" in report.error
    assert sum(sent) < 30 * 2**20


def test_a_source_with_a_wrong_option_or_an_unknown_reader_fails_alone(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/good", rss(story())))
    follow(sqlite_runtime, publisher.url("/edgar"), reader="edgar", options={"cik": "Amazon"})
    follow(sqlite_runtime, publisher.url("/gone"), reader="no_such_reader")
    report = collect(sqlite_runtime)
    assert counts(report) == {"new": 1}
    assert {row.name for row in report.failed} == {"edgar", "gone"}
    assert "check the source's options" in source(sqlite_runtime, "edgar").last_error


def test_a_reader_that_breaks_is_reported_and_takes_nobody_down(sqlite_runtime, publisher):
    @register
    class Broken(Feed):
        """Stands for a reader with a fault that some answer brings to light."""

        name = "test_broken"

        def parse(self, _answer):
            raise KeyError("filingDate")

    try:
        follow(sqlite_runtime, publisher.serve("/paper", rss(story())), reader="test_broken")
        follow(sqlite_runtime, publisher.serve("/good", rss(story())))
        report = collect(sqlite_runtime)
    finally:
        del base._SOURCES["test_broken"]
    assert counts(report) == {"new": 1}
    [failed] = report.failed
    assert "the reader 'test_broken' failed (KeyError: 'filingDate'); report it" in failed.error
    assert sorted(row.outcome for row in every(sqlite_runtime, Fetch)) == ["ok", "unreadable"]


# --- characters that databases refuse ---------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["\0", "\x01", "\x7f"])
def test_what_no_database_takes_never_reaches_one_and_fails_no_visit(runtime, publisher, clock, odd):
    """PostgreSQL refuses NUL in text; a server may put one anywhere."""
    entry = story(1, f"Po{odd}lice use Amazon's facial recognition")
    body = rss(entry, title=f"The{odd} Paper").replace(b"</item>", f"<author>Ann{odd} Lee</author></item>".encode())
    body = body.replace(b"</link>", f"{odd}</link>".encode())
    odd_headers = f'ETag: "a{odd}b"\r\nLast-Modified: now{odd}\r\nContent-Type: application/rss+xml{odd}; x=y\r\n'

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(
            f"HTTP/1.1 200 OK\r\n{odd_headers}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body
        )

    follow(runtime, publisher.serve("/paper", answer))
    report = collect(runtime)
    assert (report.failed, counts(report)) == ([], {"new": 1})
    assert every(runtime, Validator) == []
    [document] = every(runtime, Document)
    told = [document.title, document.url, document.canonical_url, *document.authors]
    assert not [text for text in told if text is not None and odd in text]
    assert document.title.replace(" ", "").startswith("PoliceuseAmazon's")
    assert [body.media_type for body in every(runtime, Body) if odd in body.media_type] == []
    assert counts(again(runtime, clock)) == {"same": 1}
    # What cannot be sent back as it came is not sent at all.
    assert not {"if-none-match", "if-modified-since"} & set(publisher.asked("/paper")[-1])
