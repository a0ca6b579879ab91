"""Collecting over a real connection: what a source says, how often it says it, and what comes of it."""

import threading
import zlib
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, func, select

from tests import runtimes
from tests.workflows.campaign_files import FILE
from tests.workflows.collecting import again, counts, every, follow, linked, source
from tests.workflows.feeds import GARDEN, RELEVANT, Entry, rss, story
from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Sighting, Source
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.store.engine import reading
from tracker.workflows.collect import ENTRIES_AT_ONCE, collect
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.upkeep import tidy

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
