"""Numbers and percentages as editors type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import typed_numbers
from tracker.domain.errors import InputError


@given(st.integers(0, 10**15))
def test_what_is_shown_back_is_read_as_the_same_number(number):
    assert typed_numbers.read(typed_numbers.understood(number)) == number


@given(st.integers(0, 2), st.data())
def test_a_percentage_keeps_its_decimals(decimals, data):
    hundredths = data.draw(st.integers(0, 100 * 10**decimals)) * 10 ** (2 - decimals)
    words = typed_numbers.understood_percentage(hundredths, decimals)
    assert typed_numbers.read_percentage(words) == (hundredths, decimals)


@given(st.text(max_size=50))
def test_any_text_is_a_number_or_is_refused_in_one_sentence(text):
    for read in (typed_numbers.read, typed_numbers.read_percentage):
        said = ""
        try:
            read(text)
        except InputError as error:
            said = str(error)
        assert "\n" not in said


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u202f234", 1_234),
        ("1'234", 1_234),
        ("12 million", 12_000_000),
        ("12.5 million", 12_500_000),
        ("3,5 Mio.", 3_500_000),
        ("0", 0),
    ],
)
def test_a_number_is_understood_as_people_type_it(typed, number):
    assert typed_numbers.read(typed) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.234", "may be 1,234 or 1 and a fraction"),
        ("1,23", "not understood"),
        ("-5", "not understood"),
        ("$5", "leave the currency out"),
        ("1.2345 thousand", "not understood"),
        ("many", "not understood"),
        ("9" * 50, "at most 40 characters"),
    ],
)
def test_a_number_that_is_none_or_may_be_two_is_refused(typed, said):
    with pytest.raises(InputError, match=said):
        typed_numbers.read(typed)


@pytest.mark.parametrize("typed", ["101", "27.555", "-1 %", "half"])
def test_what_is_no_percentage_is_refused(typed):
    with pytest.raises(InputError, match="percent"):
        typed_numbers.read_percentage(typed)
