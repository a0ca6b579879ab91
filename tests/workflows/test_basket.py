"""Visits wait for the writer in batches, and no more of them than memory allows."""

import asyncio
from datetime import UTC, datetime

from tracker.domain.items import Request
from tracker.domain.standing import Standing
from tracker.store.visits import Claimed
from tracker.workflows.basket import Basket
from tracker.workflows.keep_visits import Found
from tracker.workflows.readings import Reading
from tracker.workflows.visit import Attempt, Visit

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LONG = 60.0


def found(number: int, entries: int = 0) -> Found:
    standing = Standing(f"https://paper-{number}.example/feed", 3600, NOW)
    attempt = Attempt(Request(standing.url), NOW, 0.1, "ok", 200, reading=Reading(held=entries))
    return Found(Claimed(number, f"paper-{number}", "feed", "", {}, standing, {}), Visit([attempt]))


def numbers(batch: list[Found]) -> list[int]:
    return [one.source.id for one in batch]


def test_a_batch_is_taken_as_soon_as_it_is_whole_and_its_size_is_counted_in_entries_too() -> None:
    async def both() -> tuple[list[int], list[int]]:
        basket = Basket(visits=3, entries=20, seconds=LONG)
        for number in range(3):
            await basket.put(found(number))
        many = numbers(await basket.take())
        await basket.put(found(3, entries=15))
        await basket.put(found(4, entries=15))
        return many, numbers(await basket.take())

    assert asyncio.run(both()) == ([0, 1, 2], [3, 4])


def test_what_came_is_taken_when_its_time_is_over() -> None:
    async def alone() -> list[int]:
        basket = Basket(visits=3, entries=20, seconds=0.01)
        await basket.put(found(7))
        return numbers(await basket.take())

    assert asyncio.run(alone()) == [7]


def test_nobody_puts_more_in_than_one_batch_while_nothing_is_taken() -> None:
    async def full() -> tuple[bool, list[int], list[int]]:
        basket = Basket(visits=2, entries=20, seconds=LONG)
        putting = [asyncio.create_task(basket.put(found(number))) for number in range(4)]
        await asyncio.sleep(0)
        waits = [task.done() for task in putting] == [True, True, False, False]
        return waits, numbers(await basket.take()), numbers(await basket.take())

    assert asyncio.run(full()) == (True, [0, 1], [2, 3])


def test_what_is_left_at_the_end_is_taken_and_then_nothing() -> None:
    async def end() -> tuple[list[int], list[int]]:
        basket = Basket(visits=3, entries=20, seconds=LONG)
        await basket.put(found(1))
        basket.close()
        return numbers(await basket.take()), numbers(await basket.take())

    assert asyncio.run(end()) == ([1], [])
