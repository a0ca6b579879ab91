"""Federal holidays and business days."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.calendar import add_business_days, federal_holidays, is_business_day, on_or_after
from tracker.domain.errors import InputError

days = st.dates(date(1972, 1, 1), date(2190, 12, 31))


@given(days, st.integers(-400, 400))
def test_counting_business_days_forth_and_back_returns_to_the_day(day, count):
    assume(is_business_day(day))
    assert add_business_days(add_business_days(day, count), -count) == day


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_business_days_add_up(day, one, other):
    assert add_business_days(add_business_days(day, one), other) == add_business_days(day, one + other)


@given(days)
def test_the_next_business_day_leaves_only_closed_days_between(day):
    following = add_business_days(day, 1)
    assert is_business_day(following)
    between = [day + timedelta(days=step) for step in range(1, (following - day).days)]
    assert not any(map(is_business_day, between))


@given(st.integers(1971, 2199))
def test_no_holiday_is_observed_at_a_weekend_and_each_belongs_to_its_year(year):
    holidays = federal_holidays(year)
    assert all(day.weekday() < 5 and day.year == year for day in holidays)
    assert list(holidays) == sorted(holidays)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2019-05-27", "Memorial Day"),
        ("2019-01-21", "Birthday of Martin Luther King, Jr."),
        ("2021-06-18", "Juneteenth National Independence Day"),
        ("2021-12-31", "New Year's Day"),
        ("2023-01-02", "New Year's Day"),
        ("2020-07-03", "Independence Day"),
        ("2024-10-14", "Columbus Day"),
        ("2023-11-10", "Veterans Day"),
        ("1975-10-27", "Veterans Day"),
        ("2024-11-28", "Thanksgiving Day"),
        ("2022-12-26", "Christmas Day"),
        ("2024-02-19", "Washington's Birthday"),
        ("2024-09-02", "Labor Day"),
    ],
)
def test_a_holiday_is_observed_on_its_day(day, name):
    assert federal_holidays(int(day[:4]))[date.fromisoformat(day)] == name


def test_new_holidays_begin_in_their_first_year():
    assert not is_business_day(date(1986, 1, 20))
    assert is_business_day(date(1985, 1, 21))
    assert is_business_day(date(2020, 6, 19))
    assert date(2022, 1, 1) not in federal_holidays(2022)


def test_years_before_the_present_rules_are_refused():
    with pytest.raises(InputError, match="1971"):
        federal_holidays(1970)


def test_no_days_added_is_the_same_day_and_a_closed_day_moves_on():
    assert add_business_days(date(2019, 5, 26), 0) == date(2019, 5, 26)
    assert on_or_after(date(2019, 5, 25)) == date(2019, 5, 28)
    assert on_or_after(date(2019, 5, 28)) == date(2019, 5, 28)
