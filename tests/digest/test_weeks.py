"""Which week, and when: the calendar of one time zone, across clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.digest.facts import Period
from tracker.digest.weeks import last_week, sending_moment

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe"]


@pytest.mark.parametrize(
    ("now", "ends_on"),
    [
        ("2019-04-08T05:59:00+00:00", "2019-03-31"),  # Monday, 07:59 in Berlin
        ("2019-04-08T06:00:00+00:00", "2019-04-07"),
        ("2019-04-14T21:59:00+00:00", "2019-04-07"),  # Sunday, 23:59
        ("2019-04-14T22:30:00+00:00", "2019-04-07"),  # Monday already, not yet eight
    ],
)
def test_the_last_week_changes_when_its_mail_is_due(now, ends_on):
    assert last_week(datetime.fromisoformat(now), BERLIN, 0, 8).ends_on == date.fromisoformat(ends_on)


def test_an_hour_that_the_clock_leaves_out_is_taken_an_hour_later():
    # 31 March 2019: 02:00 becomes 03:00 in Berlin, which is 01:00 in UTC.
    assert sending_moment(date(2019, 3, 24), BERLIN, 6, 2) == datetime(2019, 3, 31, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_taken_the_first_time():
    # 27 October 2019: 02:00 comes twice in Berlin, first in summer time.
    assert sending_moment(date(2019, 10, 20), BERLIN, 6, 2) == datetime(2019, 10, 27, 0, 0, tzinfo=UTC)


@given(
    st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds must be naive
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.integers(0, 23),
)
def test_a_week_is_seven_days_and_the_newest_that_is_due(now, zone, weekday, hour):
    there = ZoneInfo(zone)
    week = last_week(now, there, weekday, hour)
    assert (week.starts_on.weekday(), week.ends_on.weekday(), week.weeks) == (0, 6, 1)
    assert sending_moment(week.ends_on, there, weekday, hour) <= now
    assert sending_moment(week.ends_on + timedelta(days=7), there, weekday, hour) > now


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (8, 2), (14, 2), (21, 3)])
def test_weeks_begun_are_counted(days, weeks):
    assert Period(date(2019, 4, 1), date(2019, 4, 1) + timedelta(days=days - 1)).weeks == weeks
