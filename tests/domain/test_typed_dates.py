"""Dates as editors type them: what is understood, what is refused and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_dates import partial_dates
from tracker.domain import typed_dates
from tracker.domain.errors import InputError


@given(partial_dates())
def test_what_is_shown_back_is_read_as_the_same_date(when):
    assert typed_dates.read(typed_dates.understood(when)) == when
    assert typed_dates.read(str(when)) == when


@given(st.text(max_size=90))
def test_any_text_is_a_date_or_is_refused_in_one_sentence(text):
    try:
        found = typed_dates.read(text)
    except InputError as error:
        said = str(error)
    else:
        said, again = "", typed_dates.read(typed_dates.understood(found))
        assert again == found
    assert "\n" not in said


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("May 2018", "May 2018"),
        ("2018-05", "May 2018"),
        ("06/2019", "June 2019"),
        ("2019/6/3", "3 June 2019"),
        ("13/6/2019", "13 June 2019"),
        ("6/13/2019", "13 June 2019"),
        ("3.3.2019", "3 March 2019"),
        ("before 3 June 2019", "before 3 June 2019"),
        ("between May and July 2018", "between May and July 2018"),
        ("about 3 June 2019", "about 3 June 2019"),
        ("2 or 3 April 2019", "between 2 and 3 April 2019"),
        ("spring 2019", "between March and May 2019"),
        ("winter 2018/19", "between December 2018 and February 2019"),
        ("Q2 2019", "between April and June 2019"),
        ("2019-Q2", "between April and June 2019"),
        ("first half of 2019", "between January and June 2019"),
        ("end of June 2019", "between 21 and 30 June 2019"),
        ("mid-2019", "between May and August 2019"),
        ("by end of June 2019", "before 30 June 2019"),
        ("since Q3 2020", "after July 2020"),
        ("3. Juni 2019", "3 June 2019"),
        ("12. Dez. 2018", "12 December 2018"),
        ("vor dem 3. Juni 2019", "before 3 June 2019"),
        ("Ende Juni 2019", "between 21 and 30 June 2019"),
        ("zwischen Mai und Juli 2018", "between May and July 2018"),
        ("Frühjahr 2019", "between March and May 2019"),
        ("ungefähr März 2019", "about March 2019"),
    ],
)
def test_a_date_is_understood_as_people_type_it(typed, words):
    assert typed_dates.understood(typed_dates.read(typed)) == words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3/6/2019", "3 June 2019 or 6 March 2019"),
        ("winter 2019", "winter 2018/2019 or winter 2019/2020"),
        ("about 3 June", "there is no year"),
        ("31 June 2019", "no such day"),
        ("99/99/2019", "no such day"),
        ("soon", "'soon' is not understood"),
        ("", "nothing to read"),
        ("1" * 200, "at most 80 characters"),
    ],
)
def test_what_two_people_would_read_differently_or_nobody_is_refused(typed, said):
    with pytest.raises(InputError, match=said):
        typed_dates.read(typed)
