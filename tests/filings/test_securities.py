import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.fund_votes.securities import (
    checked_cusip,
    checked_figi,
    checked_isin,
    cusip_is_sound,
    figi_is_sound,
    isin_is_sound,
)

MARKS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The worked examples of the standards and of their registration bodies.
SOUND = [
    (checked_cusip, "037833100"),
    (checked_cusip, "17275R102"),
    (checked_isin, "US0378331005"),
    (checked_isin, "AU0000XVGZA3"),
    (checked_figi, "BBG000BLNNH6"),
]


@pytest.mark.parametrize(("checked", "identifier"), SOUND)
def test_a_sound_identifier_is_taken_in_one_spelling(checked, identifier):
    warnings: list[str] = []
    assert checked(f" {identifier.lower()} ", warnings) == identifier
    assert warnings == []


@pytest.mark.parametrize(("checked", "identifier"), SOUND)
@pytest.mark.parametrize("digit", "0123456789")
def test_any_other_check_digit_names_nothing(checked, identifier, digit):
    warnings: list[str] = []
    wrong = identifier[:-1] + digit
    assert (checked(wrong, warnings) is not None) == (digit == identifier[-1])
    assert bool(warnings) == (digit != identifier[-1])


@given(st.text(MARKS, min_size=8, max_size=8))
def test_every_cusip_has_one_check_digit(body):
    assert sum(cusip_is_sound(body + digit) for digit in "0123456789") == 1


@given(st.text(MARKS, min_size=11, max_size=11))
def test_every_isin_and_every_figi_has_one_check_digit(body):
    assert sum(isin_is_sound(body + digit) for digit in "0123456789") == 1
    assert sum(figi_is_sound(body + digit) for digit in "0123456789") == 1


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text):
    for checked in (checked_cusip, checked_isin, checked_figi):
        found = checked(text, [])
        assert found is None or len(found) in {9, 12}


def test_a_cusip_that_lost_its_leading_zeros_in_a_spreadsheet_is_none():
    warnings: list[str] = []
    assert checked_cusip("37833100", warnings) is None
    assert warnings == ["'37833100' is no CUSIP: a character or the check digit is wrong"]
