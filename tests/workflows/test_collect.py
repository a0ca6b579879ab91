"""Collecting over a real connection: what a source says, how often it says it, and how it fails."""

import asyncio
import random
import threading
import zlib
from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from tests import runtimes
from tests.workflows.feeds import GARDEN, RELEVANT, Entry, rss, story
from tests.workflows.test_exchange import FILE
from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentState
from tracker.models.base import CampaignObject
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Sighting, Source, Validator
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.sources import base
from tracker.sources.base import register
from tracker.sources.feed import Feed
from tracker.store import sources, visits
from tracker.store.engine import reading, writing
from tracker.workflows import keep_visits as keep_visits_module
from tracker.workflows import reading as reading_module
from tracker.workflows.collect import ENTRIES_AT_ONCE, collect
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.exchange import import_campaign
from tracker.workflows.keep_visits import Found, keep_visits
from tracker.workflows.known import open_linker
from tracker.workflows.project import verify
from tracker.workflows.upkeep import tidy
from tracker.workflows.visit import Place, Visit, visit


def visited(runtime, linker=None) -> list[Found]:
    """Claim what is due and visit it, as collecting does, and keep nothing yet."""
    linker = linker or open_linker(runtime)

    async def study(reader, answer, now):
        return reading_module.read(reader, answer, linker, now)

    async def all_of(claimed) -> list[Found]:
        async with runtime.open_door() as door:
            return [
                Found(
                    row,
                    await visit(
                        Place(row.reader, row.title, row.standing.url, row.options), door.fetch, study, runtime.clock()
                    ),
                )
                for row in claimed
            ]

    with writing(runtime.engine) as session:
        claimed = visits.claim(session, now=runtime.clock(), holder=runtime.holder, seconds=60, limit=5)
    return asyncio.run(all_of(claimed))


def with_score(found: Found, score: float) -> Found:
    """The same visit with a relevance that the database refuses."""
    [attempt] = found.visit.attempts
    items = tuple(replace(item, judged=replace(item.judged, relevance=score)) for item in attempt.reading.items)
    return replace(found, visit=Visit([replace(attempt, reading=replace(attempt.reading, items=items))]))


def follow(runtime, *addresses: str, **more: Any) -> None:
    """Follow feeds; each is named by the last part of its address."""
    wanted = [
        {"name": url.rpartition("/")[2], "reader": "feed", "url": url, "every_seconds": 3600, **more}
        for url in addresses
    ]
    with writing(runtime.engine) as session:
        sources.sync(session, wanted, runtime.clock())


def counts(report: CollectReport) -> dict[str, int]:
    return {name: number for name, number in asdict(report.total).items() if number}


def every(runtime, table: Any) -> list[Any]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(table).order_by(*table.__table__.primary_key.columns)))


def source(runtime, name: str = "paper") -> Source:
    with reading(runtime.engine) as session:
        return session.exec(select(Source).where(col(Source.name) == name)).one()


def again(runtime, clock) -> CollectReport:
    clock.forward(hours=1)
    return collect(runtime)


# --- new, same, changed -----------------------------------------------------------------------------------------------


def test_new_entries_become_documents_and_the_bytes_are_kept(runtime, publisher):
    feed = rss(story(1), story(2))
    follow(runtime, publisher.serve("/paper", feed, Content_Type="application/rss+xml"))
    report = collect(runtime)
    assert (counts(report), report.failed) == ({"new": 2}, [])
    documents = every(runtime, Document)
    assert [(row.state, row.publisher, str(row.published)) for row in documents] == [
        (DocumentState.RELEVANT, "The Paper", "2019-02-07")
    ] * 2
    [body] = every(runtime, Body)
    assert (zlib.decompress(body.compressed), body.media_type) == (feed, "application/rss+xml")
    assert {row.body_hash for row in every(runtime, DocumentVersion)} == {body.hash}
    [fetch] = every(runtime, Fetch)
    assert (fetch.outcome, fetch.status, fetch.size, fetch.body_hash) == ("ok", 200, len(feed), body.hash)


def test_the_same_entries_again_change_nothing(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story(1), story(2))))
    collect(runtime)
    before = every(runtime, Document)
    report = again(runtime, clock)
    assert counts(report) == {"same": 2}
    assert every(runtime, Document) == before
    assert len(every(runtime, DocumentVersion)) == 2


def test_what_is_not_due_is_not_asked(sqlite_runtime, publisher, clock):
    follow(sqlite_runtime, publisher.serve("/paper", rss(story())))
    collect(sqlite_runtime)
    clock.forward(minutes=59)
    report = collect(sqlite_runtime)
    assert (report.sources, report.words()) == ([], "no source is due")
    assert len(publisher.asked("/paper")) == 1


def test_a_server_that_gave_validators_is_asked_for_changes_only(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story()), ETag='"1"', Last_Modified="Thu, 07 Feb 2019 10:00:00 GMT"))
    collect(runtime)
    report = again(runtime, clock)
    assert ([row.unchanged for row in report.sources], counts(report)) == ([True], {})
    assert "1 with nothing new" in report.words()
    first, second = publisher.asked("/paper")
    assert "if-none-match" not in first
    assert (second["if-none-match"], second["if-modified-since"]) == ('"1"', "Thu, 07 Feb 2019 10:00:00 GMT")
    assert [row.outcome for row in every(runtime, Fetch)] == ["ok", "not_modified"]
    found = source(runtime)
    assert (found.last_ok_at, found.failures, found.last_new_at) == (clock(), 0, clock().replace(hour=8))


def test_a_changed_entry_is_a_second_version_of_its_document(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story(1), story(2))))
    collect(runtime)
    publisher.serve("/paper", rss(replace(story(1), text=RELEVANT + " Amazon now says it will pause sales."), story(2)))
    report = again(runtime, clock)
    assert counts(report) == {"changed": 1, "same": 1}
    first, second = every(runtime, Document)
    assert (first.version_count, first.changed_at, second.version_count) == (2, clock(), 1)
    versions = [(row.document_id, row.number) for row in every(runtime, DocumentVersion)]
    assert versions == [(first.id, 1), (second.id, 1), (first.id, 2)]
    assert counts(again(runtime, clock)) == {"same": 2}


def test_one_page_twice_in_a_feed_under_one_key_is_one_document(sqlite_runtime, publisher, clock):
    """The reader tells entries that share a key apart by what they say; the address shows that they are one page."""
    early = replace(story(), title="Police use facial recognition")
    late = replace(story(), title="Corrected: police use facial recognition", day="Fri, 08 Feb 2019 10:00:00 GMT")
    follow(sqlite_runtime, publisher.serve("/paper", rss(late, early)))
    assert counts(collect(sqlite_runtime)) == {"new": 1, "seen_elsewhere": 1}
    [document] = every(sqlite_runtime, Document)
    assert document.title.startswith("Corrected")
    assert counts(again(sqlite_runtime, clock)) == {"same": 2}


# --- several sources --------------------------------------------------------------------------------------------------


def test_an_entry_in_two_feeds_is_one_document_seen_elsewhere(runtime, publisher, clock):
    shared = story(1)
    publisher.serve("/first", rss(shared))
    publisher.serve("/second", rss(replace(shared, key="another key", link=shared.link + "?utm_source=second")))
    follow(runtime, publisher.url("/first"), publisher.url("/second"))
    assert counts(collect(runtime)) == {"new": 1, "seen_elsewhere": 1}
    assert len(every(runtime, Document)) == 1
    assert len(every(runtime, Sighting)) == 2
    assert counts(again(runtime, clock)) == {"same": 2}


def test_a_second_source_that_words_it_otherwise_makes_no_versions(runtime, publisher, clock):
    """Two carriers of one page with texts of their own would overwrite each other at every visit."""
    full, short = story(1), replace(story(1), key="other", text="Amazon sells facial recognition to police.")
    follow(runtime, publisher.serve("/paper", rss(full)))
    collect(runtime)
    follow(runtime, publisher.serve("/aggregator", rss(short)))
    assert counts(again(runtime, clock))["seen_elsewhere"] == 1
    publisher.serve("/aggregator", rss(replace(short, text="Amazon still sells facial recognition to police.")))
    assert counts(again(runtime, clock)) == {"same": 1, "seen_elsewhere": 1}
    [document] = every(runtime, Document)
    assert document.version_count == 1
    publisher.serve("/paper", rss(replace(full, text=RELEVANT + " It was corrected.")))
    assert counts(again(runtime, clock)) == {"changed": 1, "same": 1}


def test_an_edit_that_both_carriers_of_one_text_make_is_one_version(runtime, publisher, clock):
    publisher.serve("/first", rss(story()))
    publisher.serve("/second", rss(replace(story(), key="other")))
    follow(runtime, publisher.url("/first"), publisher.url("/second"))
    collect(runtime)
    edited = replace(story(), text=RELEVANT + " It was corrected.")
    publisher.serve("/first", rss(edited))
    publisher.serve("/second", rss(replace(edited, key="other")))
    assert counts(again(runtime, clock)) == {"changed": 1, "same": 1}
    [document] = every(runtime, Document)
    assert document.version_count == 2


def test_a_feed_whose_entries_all_point_at_one_page_gives_a_document_for_each(runtime, publisher, clock):
    one = "https://paper.example/page?id=1"
    entries = [
        Entry("a", "Police in Oregon use facial recognition", link=one),
        Entry("b", "Senators question Jeff Bezos about Rekognition", RELEVANT + " Two.", one),
        Entry("c", "A shareholder proposal would end government sales", RELEVANT + " Three.", one),
    ]
    follow(runtime, publisher.serve("/paper", rss(*entries)))
    assert counts(collect(runtime)) == {"new": 3}
    assert sorted(row.canonical_url or "" for row in every(runtime, Document)) == ["", "", one]
    assert counts(again(runtime, clock)) == {"same": 3}


def test_named_sources_are_asked_whether_due_or_not_and_no_others(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/one", rss(story(1))), publisher.serve("/two", rss(story(2))))
    assert counts(collect(sqlite_runtime, names=["two"])) == {"new": 1}
    assert counts(collect(sqlite_runtime, names=["two"])) == {"same": 1}
    assert publisher.asked("/one") == []
    with pytest.raises(NotFoundError, match="no source is called 'three'"):
        collect(sqlite_runtime, names=["three"])


def test_more_sources_than_a_batch_holds_are_all_asked_and_each_step_is_told(sqlite_runtime, publisher):
    follow(sqlite_runtime, *(publisher.serve(f"/feed-{number:02d}", rss(story(number))) for number in range(20)))
    steps: list[tuple[int, int, str]] = []
    report = collect(sqlite_runtime, step=lambda done, total, name: steps.append((done, total, name)))
    assert counts(report) == {"new": 20}
    assert [row.name for row in report.sources] == [f"feed-{number:02d}" for number in range(20)]
    assert [done for done, _, _ in steps] == list(range(1, 21))
    assert steps[-1][1] == 20


# --- relevance and links ----------------------------------------------------------------------------------------------


def test_what_is_about_something_else_is_screened_and_on_no_timeline(runtime, publisher):
    import_campaign(runtime, FILE)
    follow(runtime, publisher.serve("/paper", rss(story(), GARDEN)))
    with reading(runtime.engine) as session:
        before = session.exec(select(func.count()).select_from(Event)).one()
    assert counts(collect(runtime))["screened"] == 1
    with reading(runtime.engine) as session:
        garden = session.exec(select(Document).where(Document.title == "The garden show")).one()
        assert garden.state is DocumentState.SCREENED
        assert garden.state_reason
        assert session.exec(select(Link).where(Link.document_id == garden.id)).all() == []
        assert session.exec(select(func.count()).select_from(Event)).one() == before
    assert verify(runtime).difference.touched == 0


def test_a_report_of_an_object_is_linked_and_an_edit_that_makes_it_irrelevant_takes_the_link_away(
    runtime, publisher, clock
):
    import_campaign(runtime, FILE)
    about = Entry(
        "letter",
        "Congressional Black Caucus sends letter to Amazon over Rekognition facial recognition",
        "The Congressional Black Caucus sent a letter to Jeff Bezos, Amazon's chief, on Thursday about Rekognition. "
        "Who buys facial recognition, and how accurate is it?",
        "https://paper.example/letter",
        "Thu, 24 May 2018 10:00:00 GMT",
    )
    follow(runtime, publisher.serve("/paper", rss(about)))
    found = counts(collect(runtime))
    assert found.get("suggested", 0) + found.get("confirmed", 0) >= 1
    assert "letter" in linked(runtime)
    assert verify(runtime).difference.touched == 0
    publisher.serve("/paper", rss(replace(about, title="Roses", text=GARDEN.text)))
    assert counts(again(runtime, clock)) == {"screened": 1}
    assert linked(runtime) == []
    assert verify(runtime).difference.touched == 0


def linked(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        query = select(CampaignObject.slug).join(Link, col(Link.object_id) == col(CampaignObject.id))
        return list(session.exec(query))


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


# --- several collectors -----------------------------------------------------------------------------------------------


def test_two_collectors_at_once_on_one_database_never_keep_anything_twice(database, tmp_path, publisher, clock):
    """Eight feeds share their pages, so that both collectors bring the same page in the same moment."""
    for number in range(8):
        entries = [replace(story(page), key=f"{number}-{page}") for page in range(6)]
        publisher.serve(f"/feed-{number}", rss(*entries, title=f"Paper {number}"))
    reports: list[CollectReport] = []
    # One hand each takes four sources at a time, so that both have their share.
    options = {"allowed_hosts": (publisher.host,), "collect_workers": 1}
    with (
        runtimes.opened(database, tmp_path, clock=clock, holder="one", **options) as one,
        runtimes.opened(database, tmp_path, clock=clock, holder="two", **options) as two,
    ):
        follow(one, *(publisher.url(f"/feed-{number}") for number in range(8)))
        start = threading.Barrier(2)

        def work(runtime) -> None:
            start.wait()
            reports.append(collect(runtime))

        threads = [threading.Thread(target=work, args=(runtime,)) for runtime in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [row.error for report in reports for row in report.sources if row.error] == []
        assert sorted(row.name for report in reports for row in report.sources) == [f"feed-{n}" for n in range(8)]
        assert sum(report.total.new for report in reports) == len(every(one, Document)) == 6
        assert sum(report.total.seen_elsewhere for report in reports) == 42
        assert len(every(one, Sighting)) == 48
        assert len(every(one, Fetch)) == len(publisher.seen) == 8


def test_a_collector_that_lost_its_lease_keeps_nothing(database, tmp_path, publisher, clock):
    """Another worker took the source over while this one was waiting for the server."""
    with (
        runtimes.opened(database, tmp_path, clock=clock, holder="slow", allowed_hosts=(publisher.host,)) as slow,
        runtimes.opened(database, tmp_path, clock=clock, holder="quick", allowed_hosts=(publisher.host,)) as quick,
    ):
        inner: list[CollectReport] = []

        def meanwhile(handler: Any) -> None:
            body = rss(story())
            if not inner:
                inner.append(CollectReport())
                clock.forward(minutes=6)
                inner[0] = collect(quick)
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        follow(slow, publisher.serve("/paper", meanwhile))
        # By name, so that it does not claim again what else is due: with the clock put on that would be its own source.
        report = collect(slow, names=["paper"])
        assert counts(inner[0]) == {"new": 1}
        assert [row.error for row in report.failed] == ["another worker took it over; nothing kept twice"]
        assert len(every(slow, Document)) == 1
        assert len(every(slow, Fetch)) == 1


# --- upkeep -----------------------------------------------------------------------------------------------------------


def test_upkeep_drops_old_attempts_and_keeps_documents_and_bytes(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story())))
    collect(runtime)
    clock.forward(days=91)
    collect(runtime)
    assert str(tidy(runtime)) == "1 old fetch attempts dropped, 0 unused answers with them"
    assert (len(every(runtime, Fetch)), len(every(runtime, Body)), len(every(runtime, Document))) == (1, 1, 1)


def test_a_report_reads_in_one_line_for_the_jobs_record(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/paper", rss(story())), publisher.url("/missing"))
    report = collect(sqlite_runtime)
    lines = report.words().splitlines()
    assert lines[0] == "2 sources asked, 0 with nothing new, 1 failed"
    assert lines[1].startswith("1 new; 0 changed; 0 same; 0 seen elsewhere; 0 screened; 0 quarantined")
    assert lines[2].startswith("  missing: fetching")
    assert "\n" not in str(report)


def test_no_session_is_left_open_when_a_step_is_interrupted(sqlite_runtime, publisher, clock):
    """Ctrl-C between two writes: what was kept stays, the rest is due again when its lease has run out."""
    every_feed = [
        publisher.serve(f"/{number}", rss(*(story(20 * number + n) for n in range(20))))
        for number in range(ENTRIES_AT_ONCE // 20 + 10)
    ]
    follow(sqlite_runtime, *every_feed)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect(sqlite_runtime, step=stop)
    with Session(sqlite_runtime.engine) as session:
        kept = session.exec(select(func.count()).select_from(Document)).one()
        leases = list(session.exec(select(Source.leased_by)))
    assert 0 < kept < 20 * len(every_feed)
    assert 0 < leases.count("us") <= len(every_feed) - kept // 20
    clock.forward(minutes=10)
    assert counts(collect(sqlite_runtime)) == {"new": 20 * len(every_feed) - kept}


# --- identity over visits ---------------------------------------------------------------------------------------------


def test_identifiers_that_change_on_every_visit_make_nothing_twice(runtime, publisher, clock):
    """A feed that writes a session into its identifiers: the addresses tell that the entries are the same."""
    follow(runtime, publisher.serve("/paper", rss(*(replace(story(n), key=f"{n}?sid=aaa") for n in range(4)))))
    assert counts(collect(runtime)) == {"new": 4}
    publisher.serve("/paper", rss(*(replace(story(n), key=f"{n}?sid=bbb") for n in range(4))))
    assert counts(again(runtime, clock)) == {"same": 4}
    edited = replace(story(0), key="0?sid=ccc", text=RELEVANT + " It was corrected.")
    publisher.serve("/paper", rss(edited, *(replace(story(n), key=f"{n}?sid=ccc") for n in range(1, 4))))
    assert counts(again(runtime, clock)) == {"changed": 1, "same": 3}
    assert len(every(runtime, Document)) == len(every(runtime, Sighting)) == 4


def test_an_identifier_that_becomes_shared_stays_with_the_entry_that_had_it_first(runtime, publisher, clock):
    first = replace(story(1), key="one for all")
    follow(runtime, publisher.serve("/paper", rss(first)))
    assert counts(collect(runtime)) == {"new": 1}
    publisher.serve("/paper", rss(replace(story(2), key="one for all"), first))
    assert counts(again(runtime, clock)) == {"new": 1, "same": 1}
    publisher.serve("/paper", rss(*(replace(story(n), key="one for all") for n in (3, 2, 1))))
    assert counts(again(runtime, clock)) == {"new": 1, "same": 2}
    assert len(every(runtime, Document)) == 3


def test_entries_without_address_whose_identifiers_change_are_known_by_what_they_say(runtime, publisher, clock):
    def feed(turn: str) -> bytes:
        return rss(*(replace(story(n), key=f"{n}-{turn}", link="", text=f"{RELEVANT} {n}.") for n in range(3)))

    follow(runtime, publisher.serve("/paper", feed("a")))
    assert counts(collect(runtime)) == {"new": 3}
    for turn in "bc":
        publisher.serve("/paper", feed(turn))
        assert counts(again(runtime, clock)) == {"same": 3}
    assert len(every(runtime, Document)) == 3


def test_an_old_identifier_for_a_new_story_leaves_the_old_one_alone(runtime, publisher, clock):
    def feed(number: int, title: str) -> bytes:
        return rss(replace(story(number), key="always", title=title))

    follow(runtime, publisher.serve("/paper", feed(1, "Police in Oregon use facial recognition")))
    assert counts(collect(runtime)) == {"new": 1}
    publisher.serve("/paper", feed(2, "Shareholders reject Rekognition proposal"))
    report = again(runtime, clock)
    assert (counts(report), report.failed) == ({"new": 1}, [])
    assert counts(again(runtime, clock)) == {"same": 1}
    assert [(row.url, row.version_count) for row in every(runtime, Document)] == [
        ("https://paper.example/story/1", 1),
        ("https://paper.example/story/2", 1),
    ]


def test_a_page_that_an_aggregator_brought_without_its_text_is_taken_from_its_publisher(runtime, publisher, clock):
    link = "https://paper.example/story/1"
    title = "Council votes on cameras"
    teaser = Entry("1", title, "Read more at the paper.", link)
    follow(runtime, publisher.serve("/aggregator", rss(teaser, title="Aggregator")))
    assert counts(collect(runtime)) == {"screened": 1}
    follow(runtime, publisher.serve("/paper", rss(Entry("p", title, RELEVANT, link))))
    assert counts(again(runtime, clock))["seen_elsewhere"] == 1
    [document] = every(runtime, Document)
    assert (document.state, document.version_count, document.changed_at) == (DocumentState.RELEVANT, 2, None)
    assert counts(again(runtime, clock)) == {"same": 2}
