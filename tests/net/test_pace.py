"""Turns at a publisher's door."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from tracker.net.pace import Lanes


class Hands:
    """A clock that moves only when everybody sleeps: to the moment at which the next one wakes."""

    def __init__(self) -> None:
        self.now = 100.0
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._asleep, (self.now + seconds, self._count, woken))
        await woken

    async def run(self, *work: Coroutine[Any, Any, Any]) -> list[Any]:
        everything = asyncio.gather(*work, return_exceptions=True)
        while not everything.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self._asleep and not everything.done():
                moment, _, woken = heapq.heappop(self._asleep)
                self.now = max(self.now, moment)
                if not woken.done():
                    woken.set_result(None)
        return everything.result()

    def lanes(self, *, seconds: float = 1.0, at_once: int = 2, exempt: tuple[str, ...] = ()) -> Lanes:
        return Lanes(seconds=seconds, at_once=at_once, exempt=exempt, clock=lambda: self.now, sleep=self.sleep)


async def asked(  # noqa: PLR0917 - the rows of these tests
    lanes: Lanes, hands: Hands, name: str, lasts: float, starts: list[tuple[float, int]], n: int = 0
) -> None:
    async with lanes.turn(name):
        starts.append((hands.now, n))
        await hands.sleep(lasts)


def with_hands(work: Callable[[Hands], Awaitable[Any]]) -> Any:
    return asyncio.run(work(Hands()))


@given(st.lists(st.floats(0, 5), min_size=1, max_size=12), st.integers(1, 3))
def test_starts_lie_apart_few_are_under_way_and_nobody_is_overtaken(durations: list[float], at_once: int) -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes(at_once=at_once)
        starts: list[tuple[float, int]] = []
        await hands.run(*(asked(lanes, hands, "a.example:443", lasts, starts, n) for n, lasts in enumerate(durations)))
        assert [n for _, n in starts] == list(range(len(durations)))
        moments = [moment for moment, _ in starts]
        assert all(later - earlier >= 1.0 - 1e-9 for earlier, later in pairwise(moments))
        ends = [moment + lasts for moment, lasts in zip(moments, durations, strict=True)]
        for moment in moments:
            under_way = sum(begin <= moment < end for begin, end in zip(moments, ends, strict=True))
            assert under_way <= at_once

    with_hands(work)


def test_the_first_turn_is_free_and_a_late_caller_does_not_wait() -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes()
        starts: list[tuple[float, int]] = []
        await hands.run(asked(lanes, hands, "a.example:80", 0, starts))
        hands.now = 105.0
        await hands.run(asked(lanes, hands, "a.example:80", 0, starts))
        assert [moment for moment, _ in starts] == [100.0, 105.0]

    with_hands(work)


def test_hosts_do_not_wait_for_each_other_but_the_ports_of_one_do() -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes()
        starts: list[tuple[float, int]] = []
        names = ["a.example:80", "b.example:80", "a.example:443", "[2606::1]:80", "[2606::1]:443"]
        await hands.run(*(asked(lanes, hands, name, 0, starts, n) for n, name in enumerate(names)))
        assert sorted(starts, key=lambda start: start[1]) == [(100, 0), (100, 1), (101, 2), (100, 3), (101, 4)]

    with_hands(work)


def test_allowed_hosts_wait_for_nothing() -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes(exempt=("Own.example:8000",))
        starts: list[tuple[float, int]] = []
        await hands.run(*(asked(lanes, hands, "own.example:8000", 9, starts) for _ in range(50)))
        assert {moment for moment, _ in starts} == {100.0}
        assert len(lanes) == 0

    with_hands(work)


@pytest.mark.parametrize("given_up", [1, 2, 3, 4])
def test_who_gives_up_takes_no_turn_from_the_others(given_up: int) -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes()
        starts: list[tuple[float, int]] = []
        tasks = [asyncio.ensure_future(asked(lanes, hands, "a.example:80", 2, starts, n)) for n in range(6)]
        for _ in range(5):
            await asyncio.sleep(0)
        tasks[given_up].cancel()
        await hands.run(*tasks)
        assert [n for _, n in starts] == [n for n in range(6) if n != given_up]
        await hands.run(*(asked(lanes, hands, "a.example:80", 0, starts, 9) for _ in range(3)))
        assert len(starts) == 8

    with_hands(work)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=10))
def test_no_moment_of_giving_up_leaves_a_lane_blocked(cancellations: list[tuple[int, int]]) -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes()
        starts: list[tuple[float, int]] = []
        tasks = [asyncio.ensure_future(asked(lanes, hands, "a.example:80", 0.5, starts, n)) for n in range(10)]

        async def spoil() -> None:
            for which, rounds in cancellations:
                for _ in range(rounds):
                    await asyncio.sleep(0)
                tasks[which].cancel()

        await hands.run(spoil(), *tasks)
        free: list[tuple[float, int]] = []
        await hands.run(*(asked(lanes, hands, "a.example:80", 5, free) for _ in range(2)))
        assert len(free) == 2
        assert free[1][0] - free[0][0] <= 1.0 + 1e-9  # both turns were to be had

    with_hands(work)


def test_lanes_in_which_nothing_happens_are_forgotten() -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes()
        starts: list[tuple[float, int]] = []
        for n in range(3000):
            hands.now += 0.1
            await hands.run(asked(lanes, hands, f"h{n}.example:80", 0, starts))
        assert len(lanes) <= 256

    with_hands(work)


def test_a_budget_has_a_pace_of_its_own() -> None:
    async def work(hands: Hands) -> None:
        lanes = hands.lanes()
        moments: list[float] = []

        async def ask() -> None:
            async with lanes.turn("sec.gov", seconds=0.25):
                moments.append(hands.now)

        await hands.run(*(ask() for _ in range(4)))
        assert moments == pytest.approx([100.0, 100.25, 100.5, 100.75])

    with_hands(work)


def test_the_loops_of_several_threads_share_the_lanes() -> None:
    lanes = Lanes(seconds=0.0, at_once=1)
    under_way = 0
    most = 0

    async def ask() -> None:
        nonlocal under_way, most
        async with lanes.turn("a.example:80"):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.001)
            under_way -= 1

    async def several() -> None:
        await asyncio.gather(*(ask() for _ in range(5)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: asyncio.run(several()), range(8)))
    assert most == 1
