"""Turns at a publisher's door."""

from concurrent.futures import ThreadPoolExecutor

import hypothesis.strategies as st
from hypothesis import given

from tracker.net.pace import Pace


class Hands:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.turns: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(waits=st.lists(st.floats(0, 3), min_size=1, max_size=20))
def test_two_turns_are_never_nearer_than_the_pace(waits):
    hands = Hands()
    pace = Pace(1.0, clock=lambda: hands.now, sleep=hands.sleep)
    for wait in waits:
        hands.now += wait
        pace.wait()
        hands.turns.append(hands.now)
    assert all(later - earlier >= 1.0 - 1e-9 for earlier, later in zip(hands.turns, hands.turns[1:], strict=False))


def test_the_first_turn_is_free_and_a_late_caller_does_not_wait():
    hands = Hands()
    pace = Pace(1.0, clock=lambda: hands.now, sleep=hands.sleep)
    pace.wait()
    assert hands.now == 100.0
    hands.now = 105.0
    pace.wait()
    assert hands.now == 105.0


def test_threads_share_one_pace():
    slept: list[float] = []
    pace = Pace(0.5, clock=lambda: 0.0, sleep=slept.append)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: pace.wait(), range(8)))
    assert sorted(slept) == [0.5 * turn for turn in range(1, 8)]
