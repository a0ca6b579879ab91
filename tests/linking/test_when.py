"""Words for a time are read as their writer meant them, or not at all."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate, Precision
from tracker.linking.when import expressions

THURSDAY = PartialDate.parse("2019-02-07")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def read(text: str, published: PartialDate | None = THURSDAY) -> list[str]:
    return [str(found.on) for found in expressions(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unveiled on Thursday", ["2019-02-07"]),
        ("said on Monday", ["2019-02-04"]),
        ("filed last month", ["2019-01"]),
        ("a letter last year", ["2018"]),
        ("in May 2018", ["2018-05"]),
        ("on 24 May 2018 and May 25, 2018", ["2018-05-24", "2018-05-25"]),
        ("January 2019", ["2019-01"]),
        ("two months ago", ["2018-12"]),
        ("two weeks ago", ["2019-01-20..2019-01-28"]),
        ("in December", ["2018-12"]),
        ("the meeting of 22 March", ["2019-03-22"]),
        ("the meeting of 22 May", ["2018-05-22"]),
        ("yesterday", ["2019-02-06"]),
        ("said this morning", ["2019-02-07"]),
        ("earlier this year", ["2019-01-01..2019-02-07"]),
        ("earlier this month", ["2019-02-01..2019-02-07"]),
        ("later this year", ["2019-02-07..2019-12-31"]),
        ("next month", ["2019-03"]),
        ("it may 5 be", []),
        ("they may in march", []),
        ("31 June 2018", ["2018-06"]),
        ("worth $2019 or 2,018 shares", []),
        ("between 2019-03-28 and later", ["2019-03-28"]),
        ("sun day on a friday", []),
    ],
)
def test_words_for_a_time_are_read_against_the_day_of_publication(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shareholders will vote at its annual meeting in May", ["2019-05"]),
        ("The proposal is to be voted on at the annual meeting in May.", ["2019-05"]),
        ("Shareholders rejected it at its annual meeting in May", ["2018-05"]),
        ("Investors, who will be asked on Monday,", ["2019-02-11"]),
        ("The company said on Monday that it will answer", ["2019-02-04"]),
        ("The company said that it will answer on Monday", ["2019-02-11"]),
        ("The meeting, set for 22 May, draws protest", ["2019-05-22"]),
        ("It will end. The council voted on Monday", ["2019-02-04"]),
        ("lawmakers will meet on Thursday", ["2019-02-07"]),
    ],
)
def test_a_day_without_a_year_lies_ahead_where_the_verb_before_it_does(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last Wednesday", ["2019-01-30..2019-02-06"]),  # of this week or the one before
        ("last Friday", ["2019-02-01"]),
        ("last Thursday", ["2019-01-31"]),
        ("next Friday", ["2019-02-08..2019-02-15"]),
        ("next Tuesday", ["2019-02-12"]),
        ("this coming Friday", ["2019-02-08"]),
        ("last May", ["2018-05"]),
        ("last January", []),  # a month ago, or thirteen
        ("next January", ["2020-01"]),
        ("next May", []),
        ("this May", ["2019-05"]),
        ("fiscal 2018", []),
        ("in fiscal year 2018-19", []),
        ("the third quarter of 2018", []),
        ("Q3 2018", []),
        ("in the winter of 2018", []),
        ("the summer of 2018", ["2018"]),
        ("last fiscal year", []),
        ("a week earlier", []),
        ("the month before", []),
        ("a few weeks ago", []),
        ("last summer, in the second quarter", []),
    ],
)
def test_what_has_two_readings_is_as_wide_as_both_or_refused(text, expected):
    assert read(text) == expected


def test_a_weekday_beside_a_date_is_no_day_of_its_own():
    assert read("On Wednesday, May 22, 2019, and Friday 24 May 2019") == ["2019-05-22", "2019-05-24"]


def test_the_last_day_of_february_is_read_in_the_year_that_has_it():
    assert read("on 29 February", PartialDate.parse("2020-03-01")) == ["2020-02-29"]
    assert read("on 29 February", PartialDate.parse("2022-03-01")) == []


def test_a_weekday_needs_a_known_day():
    assert expressions("on Thursday", PartialDate.parse("2019-02")) == ()
    assert expressions("on Thursday, last month", None) == ()


@given(st.text(alphabet="last month year on Thursday May 2018 24, two ago İ", max_size=60))
def test_spans_cover_the_words(text):
    assert all(text[found.start : found.end] == found.words for found in expressions(text, THURSDAY))


@given(DAYS, st.sampled_from(["day", "week", "month", "year"]), st.integers(1, 12))
def test_what_was_so_long_ago_is_never_after_the_day_of_publication_and_no_sharper_than_said(day, unit, count):
    [found] = expressions(f"{count} {unit}s ago", PartialDate.day(day))
    assert found.on.earliest <= day
    assert found.on.precision is {"month": Precision.MONTH, "year": Precision.YEAR}.get(unit, Precision.BETWEEN)


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_that_weekday_in_the_week_up_to_publication(day, weekday):
    [found] = expressions(f"The council voted on {weekday}", PartialDate.day(day))
    on = found.on.exact_day
    assert WEEKDAYS[on.weekday()] == weekday
    assert timedelta(0) <= day - on < timedelta(days=7)


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_last_lies_before_publication_and_next_after_it(day, weekday):
    [last] = expressions(f"last {weekday}", PartialDate.day(day))
    [coming] = expressions(f"next {weekday}", PartialDate.day(day))
    assert last.on.latest < day < coming.on.earliest
    assert {on.weekday() for on in (last.on.earliest, last.on.latest, coming.on.earliest, coming.on.latest)} == {
        WEEKDAYS.index(weekday)
    }


@given(DAYS, st.sampled_from(MONTHS), st.booleans())
def test_a_month_alone_is_that_month_near_publication_and_ahead_only_where_the_verb_is(day, month, will):
    verb = "They will vote" if will else "They voted"
    [found] = expressions(f"{verb} in {month}", PartialDate.day(day))
    assert (found.on.precision, MONTHS[found.on.earliest.month - 1]) == (Precision.MONTH, month)
    if will:
        assert day <= found.on.latest
        assert found.on.earliest <= day + timedelta(days=366)
    else:
        assert found.on.earliest <= day + timedelta(days=65)


@given(DAYS)
def test_words_for_the_month_before_and_after_meet_at_this_one(day):
    [before, this, after] = (
        expressions(f"{which} month", PartialDate.day(day))[0].on for which in ("last", "this", "next")
    )
    assert before.latest + timedelta(days=1) == this.earliest
    assert this.latest + timedelta(days=1) == after.earliest
    assert this.contains(day)


@given(st.text(alphabet="in fiscal year 2018 Q3 quarter of May last on Monday, will vote.", max_size=80), DAYS)
def test_expressions_stand_in_order_and_do_not_overlap_whatever_the_text(text, day):
    found = expressions(text, PartialDate.day(day))
    assert all(one.end <= other.start for one, other in pairwise(found))
