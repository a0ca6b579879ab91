import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.linking.when import expressions

THURSDAY = PartialDate.parse("2019-02-07")


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
        ("in December", ["2018-12"]),
        ("the meeting of 22 March", ["2019-03-22"]),
        ("the meeting of 22 May", ["2018-05-22"]),
        ("yesterday", ["2019-02-06"]),
        ("the month before", ["2019-01"]),
        ("it may 5 be", []),
        ("they may in march", []),
        ("31 June 2018", ["2018-06"]),
        ("worth $2019 or 2,018 shares", []),
        ("between 2019-03-28 and later", ["2019-03-28"]),
    ],
)
def test_words_for_a_time_are_read_against_the_day_of_publication(text, expected):
    assert [str(found.on) for found in expressions(text, THURSDAY)] == expected


def test_a_weekday_needs_a_known_day():
    assert expressions("on Thursday", PartialDate.parse("2019-02")) == ()
    assert expressions("on Thursday, last month", None) == ()


@given(st.text(alphabet="last month year on Thursday May 2018 24, two ago İ", max_size=60))
def test_spans_cover_the_words(text):
    assert all(text[found.start : found.end] == found.words for found in expressions(text, THURSDAY))
