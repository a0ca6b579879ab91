"""The year of a meeting is what its own paper calls it, never that of another meeting it speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.meeting_year import meeting_year_in

NAMING = (
    "On January 9 the Company held its {year} Annual Meeting of Stockholders.",
    "NOTICE OF {year} ANNUAL MEETING OF SHAREHOLDERS",
    "The annual meeting (the “{year} Annual Meeting”) was held.",
    "The Company held its annual meeting of shareholders for fiscal year {year}.",
    "We will hold our virtual {year} annual general meeting.",
)


@given(st.integers(2001, 2099), st.sampled_from(NAMING))
def test_the_year_is_read_with_its_place(year, wording):
    text = wording.format(year=year) + " Directors serve until the 2027 annual meeting."
    found = meeting_year_in(text)
    assert found is not None
    assert found.year == year
    assert text[found.start : found.end] == str(year)


@pytest.mark.parametrize(
    "text",
    [
        "The directors serve until the 2027 annual meeting of stockholders.",
        "Proposals for the 2027 annual meeting must be received by December 1, 2026.",
        "The annual meeting was held on May 12, 2026.",
        "We held our 2025 annual meeting in January and hold our 2026 annual meeting in May.",
    ],
)
def test_another_meetings_year_and_one_of_two_is_none(text):
    assert meeting_year_in(text) is None
