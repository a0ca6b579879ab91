"""How often a source publishes, how often it is asked for that, and from when on its silence is odd."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.rhythm import MOST, Rhythm, interval, rhythm_of

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def every(gap: timedelta, times: int) -> list[datetime]:
    return [NOW - number * gap for number in range(times)]


def test_a_source_that_publishes_evenly_has_that_rhythm():
    assert rhythm_of(every(2 * DAY, 10), NOW) == Rhythm(2 * DAY, 12 * DAY)


def test_the_usual_gap_is_the_median_and_the_longest_one_widens_what_is_quiet():
    gaps = [DAY, DAY, 10 * DAY, DAY, DAY]
    moments = [NOW - sum(gaps[:number], timedelta()) for number in range(len(gaps) + 1)]
    assert rhythm_of(moments, NOW) == Rhythm(DAY, 15 * DAY)


def test_two_days_of_silence_are_never_odd():
    assert rhythm_of(every(HOUR, 20), NOW) == Rhythm(HOUR, 2 * DAY)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        every(DAY, 3),
        every(DAY, 3) * 5,
        every(MINUTE, 9),
        [NOW - 121 * DAY - number * DAY for number in range(10)],
        [NOW + (number + 1) * DAY for number in range(10)],
        [*every(DAY, 3), NOW + DAY],
    ],
    ids=["none", "three", "the same three", "one import", "long ago", "in the future", "one in the future"],
)
def test_too_few_moments_give_no_rhythm(moments):
    assert rhythm_of(moments, NOW) is None


def test_what_comes_within_ten_minutes_counts_as_one():
    bursts = [moment - number * MINUTE for moment in every(DAY, 6) for number in range(5)]
    assert rhythm_of(bursts, NOW) == rhythm_of(every(DAY, 6), NOW)


def test_only_the_newest_count():
    old = [NOW - 60 * DAY - number * HOUR for number in range(300)]
    assert rhythm_of([*every(DAY, MOST), *old], NOW) == rhythm_of(every(DAY, MOST), NOW)


MOMENTS = st.lists(st.integers(-200 * 86400, 86400).map(lambda seconds: NOW + timedelta(seconds=seconds)), max_size=90)


@given(MOMENTS, st.randoms())
def test_order_and_repeats_do_not_count(moments, chance):
    shuffled = moments * 2
    chance.shuffle(shuffled)
    assert rhythm_of(shuffled, NOW) == rhythm_of(moments, NOW)


@given(MOMENTS)
def test_silence_is_odd_only_beyond_all_that_the_source_did_before(moments):
    found = rhythm_of(moments, NOW)
    if found is None:
        return
    assert 10 * MINUTE <= found.usual <= 120 * DAY
    assert found.quiet >= max(6 * found.usual, 2 * DAY)
    kept = sorted(moment for moment in moments if NOW - 120 * DAY <= moment <= NOW)[-MOST:]
    gaps = [later - earlier for earlier, later in pairwise(kept)]
    assert found.quiet > max(gaps)


@pytest.mark.parametrize(
    ("configured", "usual", "asked"),
    [
        (HOUR, None, HOUR),
        (HOUR, HOUR, 30 * MINUTE),
        (HOUR, 10 * MINUTE, 15 * MINUTE),
        (HOUR, 8 * HOUR, 4 * HOUR),
        (HOUR, 30 * DAY, DAY),
        (12 * MINUTE, 10 * MINUTE, 5 * MINUTE),
        (MINUTE, 10 * MINUTE, 5 * MINUTE),
        (MINUTE, 90 * timedelta(seconds=1), MINUTE),
        (7 * DAY, 30 * DAY, 7 * DAY),
        (7 * DAY, 4 * DAY, 2 * DAY),
        (7 * DAY, HOUR, 42 * HOUR),
    ],
)
def test_a_source_is_asked_twice_as_often_as_it_publishes_within_bounds(configured, usual, asked):
    assert interval(configured, Rhythm(usual, 7 * usual) if usual else None) == asked


@given(st.integers(1, 10**7), st.integers(1, 10**8))
def test_the_interval_stays_within_what_was_configured(configured, usual):
    wanted = timedelta(seconds=configured)
    found = interval(wanted, Rhythm(timedelta(seconds=usual), DAY))
    assert found <= max(DAY, wanted)
    assert found >= min(wanted, max(wanted / 4, 5 * MINUTE))


@given(st.integers(1, 10**7), st.integers(1, 10**8), st.integers(1, 10**8))
def test_who_publishes_more_often_is_not_asked_less_often(configured, one, other):
    gaps = sorted(timedelta(seconds=gap) for gap in (one, other))
    often, seldom = (interval(timedelta(seconds=configured), Rhythm(gap, DAY)) for gap in gaps)
    assert often <= seldom
