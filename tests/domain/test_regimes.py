"""The dated regimes: DOMAIN.md 1."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InputError
from tracker.domain.regimes import (
    KNOWN_BARS,
    R1,
    R2,
    R3,
    R4,
    REGIMES,
    StaffRole,
    for_meeting,
    for_notice,
    proxy_season,
)


@given(st.dates(date(1950, 1, 1), date(2200, 1, 1)))
def test_every_day_lies_in_exactly_one_regime(day):
    assert [regime for regime in REGIMES if regime.covers(day)] == [for_meeting(day)]


@pytest.mark.parametrize(
    ("first_day", "before", "after"), [("2022-01-01", R1, R2), ("2025-10-01", R2, R3), ("2026-10-01", R3, R4)]
)
def test_a_regime_begins_on_its_day(first_day, before, after):
    day = date.fromisoformat(first_day)
    assert (for_meeting(day - timedelta(days=1)), for_meeting(day)) == (before, after)


def test_the_bars_rise_with_the_times_voted_and_with_the_regime():
    assert [R1.bars.after(times) * 100 for times in (1, 2, 3, 9)] == [3, 6, 10, 10]
    assert [R2.bars.after(times) * 100 for times in (1, 2, 3, 9)] == [5, 15, 25, 25]
    assert R3.bars == R2.bars
    assert R2.bars.words() == "5, 15 and 25 %"
    assert Fraction(1, 4) in KNOWN_BARS


def test_what_is_not_known_of_the_newest_regime_is_not_guessed():
    assert R4.bars is None
    assert R4.staff_role is StaffRole.NOT_KNOWN
    assert "not known" in R4.staff_words


def test_no_bar_applies_to_a_subject_never_voted_on():
    with pytest.raises(InputError):
        R1.bars.after(0)


def test_an_old_notice_unanswered_at_the_pause_falls_under_the_new_practice():
    assert for_notice(date(2025, 9, 1), unanswered_at_pause=True) is R3
    assert for_notice(date(2025, 9, 1), date(2025, 12, 1)) is R3
    assert for_notice(date(2025, 9, 1), date(2025, 9, 20)) is R2
    assert for_notice(date(2025, 10, 5), date(2025, 10, 30)) is R2
    assert for_notice(date(2025, 12, 5)) is R3
    assert for_notice(date(2019, 1, 22), date(2019, 3, 28)) is R1
    assert for_notice(date(2026, 12, 5)) is R4


def test_an_answer_cannot_be_older_than_its_notice():
    with pytest.raises(InputError, match="comes first"):
        for_notice(date(2019, 3, 1), date(2019, 2, 1))


def test_every_regime_with_figures_names_its_sources():
    assert all(regime.sources for regime in REGIMES if regime.bars)


def test_a_season_is_named_after_the_year_of_its_meetings():
    assert (proxy_season(date(2025, 9, 30)), proxy_season(date(2025, 10, 1))) == (2025, 2026)
