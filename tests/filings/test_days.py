from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.letters.days import days_in, days_of_year
from tracker.filings.letters.passages import Found


def days(text):
    return [day for day, _ in days_in(Found(text, 0, len(text)))]


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 3))
def test_a_day_is_read_in_every_way_it_is_written(day, way):
    written = (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b}. {day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%B} {day.day:02}th {day.year}".upper(),
    )[way]
    text = f"The meeting, on {written}, at noon"
    [(found, place)] = days_in(Found(text, 100, 100 + len(text)))
    assert found == day
    assert text[place.start - 100 : place.end - 100] == written


@pytest.mark.parametrize(
    "text", ["February 30, 2024", "13/1/2024", "May 2024", "May 24", "1/2/24", "Mayor 5, 2024", "20240522", ""]
)
def test_what_is_no_whole_day_is_none(text):
    assert days(text) == []


def test_a_day_without_its_year_is_read_where_the_year_is_known():
    text = "at the 2024 annual meeting on May 22"
    [(day, place)] = days_of_year(Found(text, 0, len(text)), 2024)
    assert (day, place.text) == (date(2024, 5, 22), "May 22")
    assert list(days_of_year(Found("on May 22, 2023", 0, 15), 2024)) == []
