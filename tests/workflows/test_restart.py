"""Interrupted at any step nothing is lost, nothing is kept by halves, and nothing twice: two workers on one archive."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests import runtimes
from tests.workflows.collecting import counts, every, follow, source, visited
from tests.workflows.feeds import GARDEN, rss, story
from tracker.domain.errors import DatabaseError
from tracker.models.document import Document, DocumentVersion, Fetch, LinkedPage, Mention, Sighting, Source, Validator
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.store import sources, visits
from tracker.store.engine import writing
from tracker.workflows.collect import collect, free_sources
from tracker.workflows.keep_visits import keep_visits
from tracker.workflows.project import verify
from tracker.workflows.runtime import Runtime

if TYPE_CHECKING:
    from tracker.workflows.collect_report import CollectReport

WRITTEN = (Document, DocumentVersion, Sighting, Mention, Link, Event, Fetch, LinkedPage, Validator)
TAKEN_OVER = "another worker took it over; nothing kept twice"


@dataclass
class Pair:
    """Two workers with one archive and one clock."""

    one: Runtime
    two: Runtime


@pytest.fixture
def pair(database, tmp_path, publisher, clock) -> Iterator[Pair]:
    options: dict[str, Any] = {"clock": clock, "allowed_hosts": (publisher.host, publisher.other_host)}
    with (
        runtimes.opened(database, tmp_path, holder="one", **options) as one,
        runtimes.opened(database, tmp_path, holder="two", **options) as two,
    ):
        yield Pair(one, two)


def everything(runtime) -> dict[str, list[dict[str, Any]]]:
    return {table.__name__: [row.model_dump() for row in every(runtime, table)] for table in WRITTEN}


def claim(runtime, seconds: float = 300) -> list[str]:
    """Claim what is due and do nothing with it, as a program does that is killed."""
    with writing(runtime.engine) as session:
        claimed = visits.claim(session, now=runtime.clock(), holder=runtime.holder, seconds=seconds, limit=99)
    return [row.name for row in claimed]


@contextmanager
def broken(runtime, table: str) -> Iterator[None]:
    """Let the database refuse a table in the middle of everything."""

    def rename(old: str, new: str) -> None:
        with runtime.engine.begin() as connection:
            connection.execute(text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))

    rename(table, "away")
    try:
        yield
    finally:
        rename("away", table)


# --- killed -----------------------------------------------------------------------------------------------------------


def test_what_a_killed_worker_held_is_asked_by_another_when_its_lease_has_run_out(pair, publisher, clock):
    follow(pair.one, *(publisher.serve(f"/{number}", rss(story(number))) for number in range(5)))
    assert len(claim(pair.one)) == 5
    report = collect(pair.two)
    assert (report.sources, report.words()) == ([], "no source is due")
    assert sorted(collect(pair.two, names=["1", "2"]).busy) == ["1", "2"]
    clock.forward(minutes=5)
    report = collect(pair.two)
    assert (counts(report), report.failed) == ({"new": 5}, [])
    assert {row.leased_by for row in every(pair.two, Source)} == {""}
    assert len(every(pair.two, Document)) == len(every(pair.two, Fetch)) == len(publisher.seen) == 5


def test_killed_after_the_answers_came_and_before_they_were_kept_nothing_is_lost(pair, publisher, clock):
    follow(pair.one, publisher.serve("/paper", rss(story(1), story(2), GARDEN), ETag='"1"'))
    assert len(visited(pair.one)) == 1
    assert all(rows == [] for rows in everything(pair.one).values())
    clock.forward(minutes=5)
    assert counts(collect(pair.two)) == {"new": 2, "screened": 1}
    # What the killed one was told is not remembered: the second asked for everything.
    assert "if-none-match" not in publisher.asked("/paper")[-1]


def test_at_the_demos_start_leases_of_an_earlier_run_are_given_back(pair, publisher):
    follow(pair.one, publisher.serve("/paper", rss(story())))
    claim(pair.one)
    free_sources(pair.two)
    assert counts(collect(pair.two)) == {"new": 1}


# --- too slow ---------------------------------------------------------------------------------------------------------


def test_a_visit_that_another_worker_paid_meanwhile_is_refused(pair, publisher, clock):
    follow(pair.one, publisher.serve("/paper", rss(story(1), story(2))))
    slow = visited(pair.one)
    clock.forward(minutes=6)
    assert counts(collect(pair.two)) == {"new": 2}
    before, row = everything(pair.two), source(pair.two).model_dump()
    [report] = keep_visits(pair.one, slow)
    assert (report.error, report.counts.new) == (TAKEN_OVER, 0)
    assert everything(pair.two) == before
    assert source(pair.two).model_dump() == row


def test_of_a_batch_only_what_is_still_held_is_kept(pair, publisher, clock):
    follow(pair.one, *(publisher.serve(f"/{number}", rss(story(number))) for number in range(3)))
    slow = visited(pair.one)
    clock.forward(minutes=6)
    assert counts(collect(pair.two, names=["1"])) == {"new": 1}
    reports = {report.name: (report.error, report.counts.new) for report in keep_visits(pair.one, slow)}
    assert reports == {"0": ("", 1), "1": (TAKEN_OVER, 0), "2": ("", 1)}
    assert (len(every(pair.one, Document)), len(every(pair.one, Fetch))) == (3, 3)
    assert {row.leased_by for row in every(pair.one, Source)} == {""}


def test_while_the_second_worker_is_still_at_it_the_first_keeps_nothing(pair, publisher, clock):
    follow(pair.one, publisher.serve("/paper", rss(story())))
    slow = visited(pair.one)
    clock.forward(minutes=6)
    quick = visited(pair.two)
    assert [report.error for report in keep_visits(pair.one, slow)] == [TAKEN_OVER]
    assert source(pair.one).leased_by == "two"
    assert [report.counts.new for report in keep_visits(pair.two, quick)] == [1]
    assert len(every(pair.one, Document)) == 1


def test_a_visit_kept_twice_is_kept_once(pair, publisher):
    """The answer to the first writing was lost."""
    follow(pair.one, publisher.serve("/paper", rss(story())))
    found = visited(pair.one)
    assert [report.error for report in keep_visits(pair.one, found)] == [""]
    before = everything(pair.one)
    assert [report.error for report in keep_visits(pair.one, found)] == [TAKEN_OVER]
    assert everything(pair.one) == before


def test_an_outlived_lease_that_nobody_took_is_still_ours(pair, publisher, clock):
    follow(pair.one, publisher.serve("/paper", rss(story())))
    slow = visited(pair.one)
    clock.forward(hours=2)
    assert [report.counts.new for report in keep_visits(pair.one, slow)] == [1]


def test_a_source_configured_otherwise_while_it_is_asked_keeps_its_new_address(pair, publisher, clock):
    """A second program begins with a corrected file."""
    follow(pair.one, publisher.serve("/paper", rss(story(1))))
    slow = visited(pair.one)
    corrected = {"name": "paper", "reader": "feed", "url": publisher.serve("/right", rss(story(2)))}
    with writing(pair.two.engine) as session:
        assert sources.sync(session, [corrected], clock()) == (0, 1)
    assert [report.error for report in keep_visits(pair.one, slow)] == [TAKEN_OVER]
    assert source(pair.two).url == publisher.url("/right")
    assert counts(collect(pair.two)) == {"new": 1}
    assert [row.title for row in every(pair.two, Document)] == [story(2).title]


def test_a_source_removed_while_it_is_asked_leaves_nothing_behind(pair, publisher):
    follow(pair.one, publisher.serve("/paper", rss(story())))
    slow = visited(pair.one)
    with writing(pair.two.engine) as session:
        session.delete(session.get_one(Source, slow[0].source.id))
    assert [report.error for report in keep_visits(pair.one, slow)] == [TAKEN_OVER]
    assert all(rows == [] for rows in everything(pair.one).values())


# --- refused in the middle --------------------------------------------------------------------------------------------


TABLES = ("document", "document_version", "sighting", "search_index", "fetch", "mention", "validator", "body")


@pytest.mark.parametrize("table", TABLES)
def test_whatever_step_the_database_refuses_nothing_is_kept_by_halves(pair, publisher, clock, table):
    follow(pair.one, publisher.serve("/paper", rss(story(1), story(2)), ETag='"1"'))
    found = visited(pair.one)
    with broken(pair.one, table):
        [report] = keep_visits(pair.one, found)
    assert "keeping what paper said" in report.error
    assert all(rows == [] for rows in everything(pair.one).values())
    row = source(pair.one)
    assert (row.failures, row.leased_by, row.last_error_kind) == (1, "", "not_kept")
    clock.forward(hours=1)
    assert counts(collect(pair.two)) == {"new": 2}
    assert verify(pair.two).difference.touched == 0


def test_a_database_that_fails_in_the_middle_of_a_run_ends_it_in_one_sentence(sqlite_runtime, publisher):
    """No traceback of several things that went wrong at once, and no process or thread left waiting."""

    def answer(handler: Any) -> None:
        with sqlite_runtime.engine.begin() as connection:
            if not gone:
                connection.execute(text("ALTER TABLE source RENAME TO away"))
                gone.append(1)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    gone: list[int] = []
    follow(sqlite_runtime, *(publisher.serve(f"/{number}", answer) for number in range(40)))
    with pytest.raises(DatabaseError, match="run `tracker db upgrade` first"):
        collect(sqlite_runtime)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("writer")] == []


# --- side by side -----------------------------------------------------------------------------------------------------


def test_two_workers_that_lose_their_leases_all_the_time_keep_each_entry_once(pair, publisher, clock):
    """Every answer takes longer than a lease lasts."""
    lock = threading.Lock()

    def slowly(number: int) -> Any:
        def answer(handler: Any) -> None:
            with lock:
                clock.forward(minutes=2)
            body = rss(story(number), story(100))
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return answer

    follow(pair.one, *(publisher.serve(f"/{number}", slowly(number)) for number in range(8)), every_seconds=86400 * 9)
    reports: list[CollectReport] = []
    threads = [
        threading.Thread(target=lambda runtime=runtime: reports.append(collect(runtime)))
        for runtime in (pair.one, pair.two)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = every(pair.one, Document)
    assert sorted(row.title for row in rows) == sorted(story(number).title for number in (*range(8), 100))
    assert sum(report.total.new for report in reports) == 9
    assert len(every(pair.one, Sighting)) == 16
    kept = [row.name for report in reports for row in report.sources if not row.error]
    assert sorted(kept) == sorted(str(number) for number in range(8))
    assert {row.error for report in reports for row in report.failed} <= {TAKEN_OVER}
    assert len(every(pair.one, Fetch)) == 8
    assert {row.failures for row in every(pair.one, Source)} == {0}
