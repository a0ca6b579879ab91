"""The strip's geometry: order, bands, threads and the shaded period, for any rows at all."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane
from tracker.store.event_counts import Bin
from tracker.store.timeline import Point, Thread
from tracker.web.drawn import strip
from tracker.web.waiting import Open

DATES = st.one_of(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(str),
    st.integers(1990, 2060).map(str),
    st.integers(1990, 2060).map(lambda year: f"..{year}-06-01"),
    st.integers(1990, 2060).map(lambda year: f"{year}-06-01.."),
)


def point(number: int, on: str, lane: Lane = Lane.PRESS) -> Point:
    known = PartialDate.parse(on)
    day = (known.earliest or known.latest).isoformat()
    return Point(str(number), EventType.OTHER, lane, known, day, day, day, "It happened", None, "")


def test_nothing_is_drawn_of_an_empty_timeline():
    assert strip.draw([], []) is None


def test_a_day_is_a_dot_and_a_month_a_band_below_it_over_its_days():
    drawn = strip.draw([point(1, "2019-01-01"), point(2, "2019-06")], [])
    band, dot = drawn.marks
    assert (dot.x, dot.width) == (0.0, None)
    assert band.x + band.width > 100 * 180 / 365
    assert band.width > 100 * 29 / 365


def test_every_lane_has_its_line_and_counts_its_rows():
    drawn = strip.draw([point(1, "2019", Lane.PRESS), point(2, "2020", Lane.PRESS), point(3, "2020", Lane.COMPANY)], [])
    assert {track.lane: track.count for track in drawn.tracks} == {
        **dict.fromkeys(Lane, 0),
        Lane.PRESS: 2,
        Lane.COMPANY: 1,
    }


def test_a_thread_joins_two_rows_and_one_to_a_missing_row_is_left_out():
    rows = [point(1, "2019-01-01", Lane.LAWMAKERS), point(2, "2019-07-01", Lane.COMPANY)]
    assert len(strip.draw(rows, [Thread("1", "2"), Thread("1", "absent")]).curves) == 1


def test_what_waits_is_drawn_open_to_the_present_day_with_its_days_in_words():
    rows = [
        point(1, "2019-01-01", Lane.ADVOCATES),
        point(2, "2020-01-01", Lane.ADVOCATES),
        point(3, "2020", Lane.PRESS),
    ]
    today = date(2021, 7, 1)
    [one] = strip.draw(rows, [], [Open("2", "547 days", "an answer")], today=today).waits
    assert (one.lane, one.words) == (Lane.ADVOCATES, "waiting 547 days for an answer")
    both = [Open("1", "912 days", "an answer"), Open("2", "547 days", "an answer")]
    drawn = strip.draw(rows, [], both, today=today)
    assert drawn.last == date(2021, 12, 31)  # the last row lies in 2020, the waiting does not
    [wait] = drawn.waits
    assert wait.words == "2 waiting, the first 912 days"
    assert wait.path.startswith(f"M{drawn.marks[-1].x:g} ")
    assert wait.path.endswith(f"H{wait.x}")
    assert wait.x > drawn.marks[-1].x
    assert strip.draw(rows, []).waits == ()


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (None, None, ((0, "January 2019"), (23, "December 2020"))),
        (date(2019, 5, 20), date(2020, 2, 1), ((4, "May 2019"), (13, "February 2020"))),
        (date(1990, 1, 1), date(2050, 1, 1), ((0, "January 2019"), (23, "December 2020"))),
    ],
)
def test_the_handles_stand_on_months_of_the_strip(since: date | None, until: date | None, said):
    drawn = strip.draw([point(1, "2019"), point(2, "2020")], [])
    assert tuple((handle.at, handle.words) for handle in drawn.handles(since, until)) == said
    assert drawn.last_month == 23


def test_an_open_period_reaches_the_strips_own_end():
    drawn = strip.draw([point(1, "2019"), point(2, "2020")], [], since=date(2020, 1, 1))
    begin, width = drawn.selection
    assert begin + width == 100
    assert round(begin) == 50


MONTHS = st.tuples(st.integers(1990, 2060), st.integers(1, 12)).map(lambda month: f"{month[0]}-{month[1]:02}")
BINS = st.builds(
    lambda lane, months, events: Bin(lane, min(months), max(months), events),
    st.sampled_from(Lane),
    st.tuples(MONTHS, MONTHS),
    st.integers(1, 10**6),
)


@given(st.lists(BINS, min_size=1, max_size=20))
def test_of_many_rows_every_lane_has_its_months_within_the_plot(bins: list[Bin]):
    drawn = strip.draw_months(bins)
    assert not drawn.marks
    assert sum(track.count for track in drawn.tracks) == sum(found.events for found in bins)
    for lane in drawn.months:
        own = [found for found in bins if found.lane is lane.lane]
        assert bool(lane.bars) == any(found.begins == found.ends for found in own)
        assert bool(lane.bands) == any(found.begins != found.ends for found in own)
        for x, base, width, height in [*boxes(lane.bars), *boxes(lane.bands)]:
            assert 0 <= x < x + width <= drawn.last_month + 1
            assert 0 < base - height < base < drawn.height


def boxes(path: str) -> Iterator[tuple[float, float, float, float]]:
    """Yield x, base, width and height of every box of a path: the first stands at a point, the rest at distances."""
    x = base = 0.0
    for at, first, second, width, height in re.findall(r"([Mm])([\d.-]+) ([\d.]+)h([\d.]+)v-([\d.]+)h-[\d.]+z", path):
        x, base = (float(first), float(second)) if at == "M" else (x + float(first), base)
        yield x, base, float(width), float(height)


def test_months_stand_where_the_calendar_has_them():
    bins = [Bin(Lane.PRESS, month, month, 1) for month in ("2019-03", "2019-01", "2019-12")]
    drawn = strip.draw_months(bins)
    places = [x for x, *_ in boxes(next(found.bars for found in drawn.months if found.lane is Lane.PRESS))]
    days = [0, 31 + 28, 334]
    length = (drawn.last - drawn.first).days
    months = drawn.last_month + 1
    assert [x / months for x in places] == pytest.approx([day / length for day in days], abs=0.005)


def test_the_busiest_month_is_the_tallest_and_a_single_row_can_be_seen():
    drawn = strip.draw_months([Bin(Lane.PRESS, "2019-05", "2019-05", 10_000), Bin(Lane.PRESS, "2019-06", "2019-06", 1)])
    heights = re.findall(r"v-([\d.]+)", next(found.bars for found in drawn.months if found.lane is Lane.PRESS))
    assert sorted(map(float, heights)) == [2, strip.TALLEST]
    assert drawn.busiest == 10_000


@given(st.lists(DATES, min_size=1, max_size=8))
def test_every_mark_stands_within_the_plot(dates: list[str]):
    drawn = strip.draw([point(number, on) for number, on in enumerate(dates)], [])
    assert len(drawn.marks) == len(dates)
    for mark in drawn.marks:
        assert 0 <= mark.x <= 100
        assert mark.x + (mark.width or 0) <= 101
        assert strip.TOP < mark.y < drawn.height
    assert [tick.x for tick in drawn.ticks] == sorted(tick.x for tick in drawn.ticks)
    assert sum(bool(tick.label) for tick in drawn.ticks) <= strip.MOST_LABELS
