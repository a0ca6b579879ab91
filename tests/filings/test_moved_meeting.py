"""A meeting is moved only where a filing says so plainly; the new day is read with its place, the old where told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.moved_meeting import moved_in

DAYS = st.dates(date(2005, 1, 3), date(2040, 12, 1))
BOTH = (
    "The Annual Meeting of Shareholders, originally scheduled for {was}, has been postponed to {to} at 10:00 a.m.",
    "The annual meeting was convened on {was} and adjourned until 10:00 a.m., Eastern Time, on Tuesday, {to}.",
    "The Company has rescheduled its annual meeting from {was} to {to}. The record date has not changed.",
    "The special meeting scheduled for {was} was adjourned and will be reconvened on {to}.",
)


def said(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


@given(DAYS, st.integers(1, 150), st.sampled_from(BOTH))
def test_both_days_are_read_and_the_new_one_stands_where_it_is_said_to_stand(was, later, wording):
    to = was + timedelta(days=later)
    text = f"Item 5.07\n{wording.format(was=said(was), to=said(to))}\nSignatures"
    found = moved_in(text)
    assert found is not None
    assert (found.was, found.to) == (was, to)
    assert text[found.start : found.end] == said(to)


@pytest.mark.parametrize(
    "text",
    [
        "The annual meeting may be adjourned to June 20, 2026.",
        "The annual meeting will be held on June 20, 2026.",
        "The meeting was adjourned. The next earnings call will be held on June 20, 2026.",
        "The annual meeting has been postponed; its record date has been changed to June 20, 2026.",
        "The meeting was postponed to June 20, 2026. The meeting was adjourned until July 1, 2026.",
        "The annual meeting has not been postponed and will be held on June 20, 2026.",
        "The company denied that the annual meeting was postponed to June 20, 2026.",
        "As the annual meeting was moved, the deadline for shareholder proposals has been changed to June 20, 2026.",
        "Last year's annual meeting was postponed from May 12, 2025 to June 20, 2025.",
        "As in prior years, the annual meeting was adjourned to June 20, 2025 for want of a quorum.",
        "The effective date of the plan approved at the annual meeting was moved to June 20, 2026.",
        "",
    ],
)
def test_anything_less_plain_moves_nothing(text):
    assert moved_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The annual meeting, postponed from May 12, 2026 to June 1, 2026, was further postponed to June 20, 2026.",
        "The annual meeting adjourned on May 12, 2026 was reconvened on June 1, 2026 and adjourned to June 20, 2026.",
    ],
)
def test_a_meeting_moved_twice_is_held_on_the_last_of_its_days(text):
    found = moved_in(text)
    assert found is not None
    assert (found.was, found.to) == (date(2026, 5, 12), date(2026, 6, 20))


def test_what_is_retold_of_another_years_meeting_does_not_hide_this_years_move():
    text = (
        "The 2025 annual meeting was postponed to June 20, 2025. "
        "The 2026 annual meeting, originally scheduled for May 12, 2026, has been postponed to June 18, 2026."
    )
    found = moved_in(text)
    assert found is not None
    assert (found.was, found.to) == (date(2026, 5, 12), date(2026, 6, 18))
