"""Answers read in processes of their own: the same comes out, and whatever happens to one, the next is read."""

import asyncio
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests import runtimes
from tests.factories import NOW
from tests.workflows.campaign_files import FILE
from tests.workflows.collecting import again, counts, every, follow
from tests.workflows.feeds import GARDEN, rss, story
from tests.workflows.read_apart import children, feed, is_running, order, pids, run, titles
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Mention, Sighting, Source
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.readers import Readers

# --- the same comes out -----------------------------------------------------------------------------------------------


def stored(runtime) -> dict[str, list[dict[str, Any]]]:
    """Every row that collecting writes, but for how long things took."""
    tables = (Source, Document, DocumentVersion, Sighting, Mention, Link, Event, Fetch, Body)
    rows = {table.__name__: [row.model_dump() for row in every(runtime, table)] for table in tables}
    for row in rows["Fetch"]:
        del row["seconds"]
    return rows


@pytest.mark.parametrize("processes", [1, 3])
def test_what_is_read_apart_is_stored_as_what_is_read_on_the_spot(
    sqlite_database, tmp_path, publisher, clock, processes
):
    urls = [
        publisher.serve("/feed", rss(story(1), story(2), GARDEN), ETag='"1"', Content_Type="application/rss+xml"),
        publisher.serve("/broken", "<html><title>Busy</title><p>Come back"),
        publisher.serve(
            "/json", '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "Ünï"}]}'
        ),
        publisher.serve("/empty", rss()),
        publisher.url("/missing"),
    ]
    found = []
    for number, many in enumerate((0, processes)):
        copy = tmp_path / f"{number}.db"
        copy.write_bytes(Path(sqlite_database.removeprefix("sqlite:///")).read_bytes())
        options = {"allowed_hosts": (publisher.host,), "read_processes": many, "collect_workers": 1}
        with runtimes.opened(f"sqlite:///{copy}", tmp_path, clock=runtimes.Clock(), **options) as runtime:
            import_campaign(runtime, FILE)
            follow(runtime, *urls)
            report = collect(runtime)
            assert counts(report)["new"] == 2
            assert set(report.seconds) == {"fetching", "reading", "cleaning", "linking", "writing"}
            assert counts(again(runtime, runtime.clock))["same"] == 1
            found.append(stored(runtime))
    assert found[0] == found[1]
    assert children() == []


def test_many_answers_at_once_are_each_read_as_what_they_are():
    async def work(readers: Readers) -> None:
        answers = [feed(story(number, title=f"Report {number}")) for number in range(30)]
        found = await asyncio.gather(*(readers.read("feed", answer, NOW) for answer in answers))
        assert [titles(reading) for reading in found] == [[f"Report {n}, part {n}"] for n in range(30)]
        assert len(pids(readers)) == 2

    run(work, processes=2)


def test_no_process_is_started_before_there_is_something_to_read():
    async def work(readers: Readers) -> None:
        assert pids(readers) == []

    run(work)


@pytest.mark.parametrize("processes", [0, 1])
def test_what_waits_sealed_is_counted_and_is_the_same_when_it_is_opened(processes):
    async def work(readers: Readers) -> None:
        sealed = await readers.sealed("feed", feed(story(1), story(2)), NOW)
        assert (sealed.count, bool(sealed.items)) == (2, processes == 0)
        whole = await readers.read("feed", feed(story(1), story(2)), NOW)
        assert sealed.opened().items == whole.items
        assert (whole.count, whole.opened()) == (2, whole)

    run(work, processes=processes)


def test_ended_before_the_copies_are_there_nothing_is_left_behind():
    async def work(readers: Readers) -> None:
        reading = asyncio.create_task(readers.read("feed", feed(), NOW))
        while not readers._started:  # noqa: ASYNC110 - nobody tells when a process has been started
            await asyncio.sleep(0.01)
        reading.cancel()
        assert len(pids(readers)) == 1

    run(work, processes=3)
    over = time.monotonic() + 20
    while children() and time.monotonic() < over:
        time.sleep(0.05)
    assert children() == []


def test_a_copy_that_ends_is_replaced_and_the_others_go_on(misbehaving):
    async def work(readers: Readers) -> None:
        words = ("one", "two", "three")
        assert [titles(await readers.read("test_misbehaving", order(word), NOW)) for word in words] == [
            [word] for word in words
        ]
        found = await asyncio.gather(
            *(readers.read("test_misbehaving", order(word), NOW) for word in ("leave", "leave", "leave", *words))
        )
        assert sorted(reading.outcome for reading in found) == ["ok"] * 3 + ["unreadable"] * 3

    run(work, processes=3)


def test_what_waited_behind_an_answer_that_ends_the_process_is_read_by_another(misbehaving):
    async def work(readers: Readers) -> None:
        words = ("leave", "one", "two", "exit", "three")
        found = await asyncio.gather(*(readers.read("test_misbehaving", order(word), NOW) for word in words))
        assert [reading.outcome for reading in found] == ["unreadable", "ok", "ok", "unreadable", "ok"]
        assert [titles(reading) for reading in found if reading.items] == [["one"], ["two"], ["three"]]
        assert len(pids(readers)) == 1

    run(work)


def test_nobody_is_given_the_answer_to_what_is_no_longer_waited_for():
    async def work(readers: Readers) -> None:
        await readers.read("feed", feed(), NOW)
        [first] = pids(readers)
        os.kill(first, signal.SIGSTOP)
        one, two = (
            asyncio.create_task(readers.read("feed", feed(story(number, title=title)), NOW))
            for number, title in ((1, "Wanted"), (2, "Given up"))
        )
        await asyncio.sleep(0.05)
        two.cancel()
        three = asyncio.create_task(readers.read("feed", feed(story(3, title="Next")), NOW))
        await asyncio.sleep(0)
        os.kill(first, signal.SIGCONT)
        assert [titles(await one), titles(await three)] == [["Wanted, part 1"], ["Next, part 3"]]
        assert two.cancelled()
        assert first not in pids(readers)

    run(work)


# --- in a whole run ---------------------------------------------------------------------------------------------------


def test_in_a_run_what_is_set_aside_fails_its_source_alone_and_can_be_read_again(database, tmp_path, publisher, clock):
    options = {"allowed_hosts": (publisher.host,), "read_processes": 1, "collect_workers": 1}
    with runtimes.opened(database, tmp_path, clock=clock, **options) as runtime:
        urls = [publisher.serve(f"/{number}", rss(story(number))) for number in range(3)]
        follow(runtime, urls[0], publisher.serve("/slow", rss(*map(story, range(900)))), *urls[1:])
        slow = {"read_seconds": 0.002}
        with runtimes.opened(database, tmp_path, clock=clock, **options, **slow) as hurried:
            report = collect(hurried, names=["0", "slow"])
        assert (counts(report), [row.name for row in report.failed]) == ({"new": 1}, ["slow"])
        assert "it took longer than 0.002 s" in report.failed[0].error
        [unread] = [row for row in every(runtime, Fetch) if row.outcome == "unreadable"]
        assert unread.body_hash in {row.hash for row in every(runtime, Body)}
        assert unread.asked is not None
        assert counts(collect(runtime)) == {"new": 2}
    assert children() == []


def test_a_run_that_is_interrupted_while_reading_leaves_no_process_behind(sqlite_database, tmp_path, publisher, clock):
    urls = [publisher.serve(f"/{number}", rss(story(number))) for number in range(40)]
    options = {"allowed_hosts": (publisher.host,), "read_processes": 2, "collect_workers": 4}
    silent = socket.create_server(("127.0.0.1", 0))  # so that the run is not over before it is interrupted
    urls.append(f"http://{publisher.host}:{silent.getsockname()[1]}/")

    def stop(done: int, *_: object) -> None:
        if done == 1:
            assert children() != []
            signal.raise_signal(signal.SIGINT)

    with silent, runtimes.opened(sqlite_database, tmp_path, clock=clock, **options) as runtime:
        follow(runtime, *urls)
        with pytest.raises(KeyboardInterrupt):
            collect(runtime, step=stop)
    assert children() == []


def test_cancelled_in_the_middle_of_an_answer_its_process_is_ended_and_nobody_gets_its_answer():
    async def work(readers: Readers) -> None:
        await readers.read("feed", feed(), NOW)
        [first] = pids(readers)
        os.kill(first, signal.SIGSTOP)
        reading = asyncio.create_task(readers.read("feed", feed(story(1, title="Late")), NOW))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert not is_running(first)
        assert titles(await readers.read("feed", feed(story(2, title="Next")), NOW)) == ["Next, part 2"]

    run(work)


def test_cancelled_again_while_its_process_is_ended_nothing_is_left_behind():
    """A group cancels those who work in it; so does who gathers them, and either may be the second to."""

    async def work(readers: Readers) -> int:
        await readers.read("feed", feed(), NOW)
        [first] = pids(readers)
        os.kill(first, signal.SIGSTOP)
        reading = asyncio.create_task(readers.read("feed", feed(), NOW))
        await asyncio.sleep(0.05)
        reading.cancel()
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        return first

    assert not is_running(run(work))
