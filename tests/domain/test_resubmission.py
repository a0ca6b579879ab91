"""Resubmission under Rule 14a-8(i)(12): DOMAIN.md 6 and test vector 4."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.resubmission import PastVote, Standing, compare, outlook
from tracker.domain.vocab import SupportFormula
from tracker.domain.votes import Claim, Share, Tally, insiders_excluded, support


def claim(percent, formula=SupportFormula.FOR_AGAINST):
    return Claim.read(percent, formula, "the proponent")


def per_mille(votes_for):
    return Tally(votes_for, 1000 - votes_for)


STUDY = (
    PastVote(date(2021, 5, 26), claim("34.33")),
    PastVote(date(2022, 5, 25), claim("40.69")),
    PastVote(date(2023, 5, 24), claim("37.40")),
    PastVote(date(2024, 5, 22), claim("19.08")),
)


def test_amazons_2024_vote_is_under_the_bar_for_2025_and_the_words_only_say_may():
    found = outlook(STUDY, date(2025, 5, 21))
    assert found.may_be_excludable is True
    assert (found.times, found.bar, found.used) == (4, Fraction(1, 4), STUDY[3])
    assert "may be excludable" in found.words
    assert "19.08 %" in found.words
    assert "25 %" in found.words
    assert "4 times" in found.words


def test_amazons_2019_ban_was_under_the_bar_of_its_day_and_the_study_cleared_it():
    ban = outlook([PastVote(date(2019, 5, 22), per_mille(24))], date(2020, 5, 27))
    study = outlook([PastVote(date(2019, 5, 22), per_mille(275))], date(2020, 5, 27))
    assert (ban.may_be_excludable, study.may_be_excludable) == (True, False)


def test_both_amazon_proposals_of_2019_as_one_subject_are_flagged_for_a_person():
    votes = [
        PastVote(date(2019, 5, 22), per_mille(24), "item 6"),
        PastVote(date(2019, 5, 22), per_mille(275), "item 7"),
    ]
    found = outlook(votes, date(2020, 5, 27))
    assert found.ambiguous
    assert found.may_be_excludable is None
    assert found.used is None
    assert [vote.label for vote in found.candidates] == ["item 6", "item 7"]
    assert "for a person to judge" in found.words


def test_an_ambiguous_vote_still_tells_where_every_reading_agrees():
    votes = [PastVote(date(2019, 5, 22), per_mille(10), "item 6"), PastVote(date(2019, 5, 22), per_mille(20), "item 7")]
    found = outlook(votes, date(2020, 5, 27))
    assert found.ambiguous
    assert found.may_be_excludable is True


def test_the_bar_is_that_of_the_new_meeting_and_not_of_the_old_vote():
    vote = PastVote(date(2021, 5, 26), per_mille(35))
    assert outlook([vote], date(2021, 11, 1)).may_be_excludable is False
    assert outlook([vote], date(2022, 5, 25)).may_be_excludable is True
    assert "same calendar year" in outlook([vote], date(2021, 11, 1)).words


def test_nothing_is_rounded_before_it_is_held_against_a_bar():
    assert outlook([PastVote(date(2022, 5, 1), Tally(4_999, 95_001))], date(2023, 5, 1)).may_be_excludable is True
    third = [PastVote(date(year, 5, 1), Tally(2_496, 7_504)) for year in (2022, 2023, 2024)]
    found = outlook(third, date(2025, 5, 1))
    assert found.may_be_excludable is True
    assert "24.96 %" in found.words
    assert "25.0 %" not in found.words
    assert outlook([PastVote(date(2022, 5, 1), Tally(5, 95))], date(2023, 5, 1)).may_be_excludable is False


@pytest.mark.parametrize(
    ("year", "excludable", "times"), [(2023, True, 1), (2024, False, 1), (2025, False, 1), (2026, False, 0)]
)
def test_the_windows_are_three_and_five_calendar_years(year, excludable, times):
    found = outlook([PastVote(date(2020, 12, 31), per_mille(10))], date(year, 1, 1))
    assert (found.may_be_excludable, found.times) == (excludable, times)


def test_a_vote_older_than_five_years_does_not_raise_the_count():
    votes = [PastVote(date(2016, 5, 1), per_mille(80)), PastVote(date(2021, 5, 1), per_mille(80))]
    assert outlook(votes, date(2022, 5, 1)).times == 1
    assert outlook(votes, date(2022, 5, 1)).may_be_excludable is False
    assert outlook(votes, date(2021, 12, 1)).times == 2


def test_no_vote_and_only_later_votes_leave_the_rule_aside():
    assert outlook([], date(2025, 5, 1)).may_be_excludable is False
    assert outlook(STUDY, date(2021, 5, 26)).considered == ()


def test_unknown_bars_are_said_and_not_guessed():
    found = outlook(STUDY, date(2027, 5, 1))
    assert found.may_be_excludable is None
    assert found.bar is None
    assert "No rule for meetings from 1 October 2026 was found" in found.words
    assert outlook([], date(2027, 5, 1)).may_be_excludable is None


@pytest.mark.parametrize("result", [None, Tally(None, 5), Tally(0, 0), claim("2.4", SupportFormula.UNKNOWN)])
def test_without_counts_or_a_formula_the_outlook_is_not_known(result):
    found = outlook([PastVote(date(2023, 5, 1), result)], date(2024, 5, 1))
    assert found.may_be_excludable is None
    assert "not known" in found.words


def test_a_published_share_of_more_than_the_votes_cast_is_only_a_lower_limit():
    bar = Fraction(5, 100)
    assert compare(claim("6", SupportFormula.FOR_AGAINST_ABSTAIN), bar) is Standing.CLEARS
    assert compare(claim("4", SupportFormula.FOR_AGAINST_ABSTAIN), bar) is Standing.NOT_KNOWN


@pytest.mark.parametrize("assumed_against", [True, False])
@given(votes_for=st.integers(0, 1000), against=st.integers(1, 1000), insiders=st.integers(0, 999))
def test_a_share_without_the_insiders_settles_no_bar(assumed_against, votes_for, against, insiders):
    side = against if assumed_against else votes_for
    share = insiders_excluded(Tally(votes_for, against), min(insiders, side), assumed_against=assumed_against)
    assert share is None or compare(share, Fraction(5, 100)) is Standing.NOT_KNOWN
    assert compare(claim("4", SupportFormula.INSIDERS_EXCLUDED), Fraction(5, 100)) is Standing.NOT_KNOWN


def test_taken_to_have_voted_for_the_insiders_would_pull_a_share_below_a_bar_it_clears():
    tally = Tally(60, 940)
    without = insiders_excluded(tally, 20, assumed_against=False)
    assert support(tally).value > Fraction(5, 100) > without.value
    assert outlook([PastVote(date(2023, 5, 1), without)], date(2024, 5, 1)).may_be_excludable is None


def test_a_published_figure_too_coarse_for_the_bar_settles_nothing():
    assert compare(claim("25.0"), Fraction(1, 4)) is Standing.NOT_KNOWN
    assert compare(claim("24.9"), Fraction(1, 4)) is Standing.BELOW
    assert compare(claim("25.1"), Fraction(1, 4)) is Standing.CLEARS


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([3, 5, 6, 10, 15, 25]))
def test_counted_votes_always_settle_a_bar(votes_for, against, percent):
    share = Share(votes_for, votes_for + against, SupportFormula.FOR_AGAINST)
    below = votes_for * 100 < percent * (votes_for + against)
    assert compare(share, Fraction(percent, 100)) is (Standing.BELOW if below else Standing.CLEARS)


@given(
    st.lists(st.tuples(st.dates(date(2010, 1, 1), date(2026, 1, 1)), st.integers(0, 1000)), max_size=8),
    st.dates(date(2012, 1, 1), date(2026, 9, 30)),
)
def test_the_order_in_which_votes_are_given_does_not_matter(votes, new_meeting):
    past = [PastVote(day, per_mille(votes_for)) for day, votes_for in votes]
    one, other = outlook(past, new_meeting), outlook(past[::-1], new_meeting)
    assert (one.may_be_excludable, one.times, one.ambiguous) == (other.may_be_excludable, other.times, other.ambiguous)
