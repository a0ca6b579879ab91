"""Answers that end, hold up or overfill the process that reads them: set aside, and the next one is read."""

import asyncio
import os
import signal

import pytest

from tests.factories import NOW
from tests.workflows.read_apart import feed, is_running, order, pids, run, titles
from tracker.domain.items import Fetched, Request
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading


def is_set_aside(reading: Reading, answer: Fetched, why: str) -> bool:
    assert why in reading.error
    assert reading.error.startswith(f"reading {answer.url}: ")
    return (
        reading.outcome == "unreadable"
        and reading.items == ()
        and reading.packed is not None
        and reading.packed.size == len(answer.body)
    )


@pytest.mark.parametrize(
    ("word", "why", "megabytes"),
    [
        ("leave", "the process that read it ended", 0),
        ("exit", "the process that read it ended", 0),
        ("crash", "the process that read it ended", 0),
        ("hog", "it takes more memory than a reader may have", 900),
    ],
)
def test_an_answer_that_takes_its_process_down_is_set_aside_and_the_next_is_read(misbehaving, word, why, megabytes):
    async def work(readers: Readers) -> None:
        assert titles(await readers.read("test_misbehaving", order("well"), NOW)) == ["well"]
        assert is_set_aside(await readers.read("test_misbehaving", order(word), NOW), order(word), why)
        assert titles(await readers.read("test_misbehaving", order("again"), NOW)) == ["again"]
        assert len(pids(readers)) == 1

    run(work, megabytes=megabytes)


def test_an_answer_that_takes_too_long_is_set_aside_and_the_next_is_read(misbehaving):
    async def work(readers: Readers) -> None:
        assert titles(await readers.read("test_misbehaving", order("well"), NOW)) == ["well"]
        [first] = pids(readers)
        reading = await readers.read("test_misbehaving", order("sleep"), NOW)
        assert is_set_aside(reading, order("sleep"), "it took longer than 0.5 s")
        assert not is_running(first)
        assert titles(await readers.read("test_misbehaving", order("again"), NOW)) == ["again"]

    run(work, seconds=0.5)


def test_a_process_that_somebody_kills_is_replaced():
    async def work(readers: Readers) -> None:
        await readers.read("feed", feed(), NOW)
        [first] = pids(readers)
        os.kill(first, signal.SIGSTOP)
        reading = asyncio.create_task(readers.read("feed", feed(), NOW))
        await asyncio.sleep(0.05)
        os.kill(first, signal.SIGKILL)
        assert is_set_aside(await reading, feed(), "the process that read it ended")
        # One that dies while it has nothing to do costs the next answer; the one after that is read.
        await readers.read("feed", feed(), NOW)
        [second] = pids(readers)
        os.kill(second, signal.SIGKILL)
        assert (await readers.read("feed", feed(), NOW)).outcome == "unreadable"
        assert len((await readers.read("feed", feed(), NOW)).items) == 1
        assert second not in pids(readers)

    run(work)


def test_what_a_library_prints_does_not_get_between_the_answers(misbehaving, capfd):
    async def work(readers: Readers) -> None:
        for word in ("print", "well", "print"):
            assert titles(await readers.read("test_misbehaving", order(word), NOW)) == [word]

    run(work)
    assert "a library speaks" not in capfd.readouterr().out


def test_a_memory_limit_too_small_to_start_with_sets_answers_aside_and_says_so():
    async def work(readers: Readers) -> None:
        for _ in range(2):
            reading = await readers.read("feed", feed(), NOW)
            # A Python without memory mostly ends; now and then it stands still, and is ended.
            stood = "took longer" in reading.error
            assert is_set_aside(reading, feed(), "took longer than 1 s" if stood else "the process that read it ended")

    run(work, seconds=1, megabytes=20)


@pytest.mark.parametrize("number", [0, 1])
def test_a_hostile_answer_costs_no_more_memory_than_it_may(number):
    """Millions of small things in an answer of a few megabytes."""
    bodies = [
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[]," * 3_000_000 + b"{}]}",
        b"<rss version='2.0'><channel>" + b"<a/>" * 300_000 + b"</channel></rss>",
    ]
    answer = Fetched("https://paper.example/bomb", 200, bodies[number], {}, NOW, Request("bomb"))

    async def work(readers: Readers) -> None:
        found = await readers.read("feed", answer, NOW)
        assert len(found.items) <= 1
        assert found.packed is not None
        assert len((await readers.read("feed", feed(), NOW)).items) == 1

    run(work, megabytes=500)
