"""Public numbers are kept in one form, and refused where they cannot be right."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain import public_numbers
from tracker.domain.errors import InputError


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("cik", "1018724", "0001018724"),
        ("cik", "CIK 0001018724", "0001018724"),
        ("lei", "hwup kr0m pou8 fgxb t394", "HWUPKR0MPOU8FGXBT394"),
        ("lei", "HWUPKR0MPOU8FGXBT395", None),
        ("ticker", "brk.b", "BRK.B"),
        ("uei", "zq7bc9ksl9m4", "ZQ7BC9KSL9M4"),
        ("uei", "OQ7BC9KSL9M4", None),
        ("cik", "0", None),
        ("ticker", "A B!", None),
    ],
)
def test_numbers_are_read_as_typed(scheme, typed, kept):
    if kept is None:
        with pytest.raises(InputError):
            public_numbers.read(scheme, typed)
    else:
        assert public_numbers.read(scheme, typed) == kept


def with_digits(body: str) -> str:
    """Return an LEI: its check digits worked out as ISO/IEC 7064 says."""
    number = int("".join(str(int(mark, 36)) for mark in body) + "00")
    return f"{body}{98 - number % 97:02d}"


@given(body=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=18, max_size=18), place=st.integers(0, 17))
def test_an_lei_is_taken_and_one_with_a_wrong_character_is_not(body, place):
    lei = with_digits(body)
    assert public_numbers.read("lei", lei) == lei
    assume(lei[place].isalpha())
    other = "A" if lei[place] != "A" else "B"
    with pytest.raises(InputError, match="do not fit"):
        public_numbers.read("lei", lei[:place] + other + lei[place + 1 :])
