"""Counting votes: DOMAIN.md 5 and test vectors 1, 4 and 5."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.errors import InputError
from tracker.domain.vocab import SupportFormula
from tracker.domain.votes import (
    LINES,
    Claim,
    Share,
    Tally,
    carried,
    insiders_excluded,
    percent_words,
    standing,
    support,
    support_words,
    supports,
)

counts = st.integers(0, 10**11)
PLUM_CREEK = Tally(9_670_000, 7_540_000, 11_100_000)


def share_of(text):
    return Fraction(Decimal(text)) / 100


@given(counts, counts)
def test_support_and_opposition_add_up_to_one(votes_for, against):
    assume(votes_for + against)
    assert support(Tally(votes_for, against)).value + support(Tally(against, votes_for)).value == 1


@given(counts, counts, counts)
def test_counting_abstentions_never_raises_support(votes_for, against, abstain):
    assume(votes_for + against)
    tally = Tally(votes_for, against, abstain)
    assert support(tally, SupportFormula.FOR_AGAINST_ABSTAIN).value <= support(tally).value


@given(counts, counts, counts)
def test_broker_non_votes_change_no_share_of_the_votes_cast(votes_for, against, broker):
    assert supports(Tally(votes_for, against, 5, broker)) == supports(Tally(votes_for, against, 5, 0))


def test_plum_creek_is_counted_both_ways_as_in_test_vector_1():
    assert percent_words(support(PLUM_CREEK), 2) == "56.19 %"
    assert percent_words(support(PLUM_CREEK, SupportFormula.FOR_AGAINST_ABSTAIN), 2) == "34.16 %"
    assert percent_words(support(PLUM_CREEK)) == "56.2 %"
    assert percent_words(support(PLUM_CREEK, SupportFormula.FOR_AGAINST_ABSTAIN)) == "34.2 %"
    assert carried(support(PLUM_CREEK))
    assert not carried(support(PLUM_CREEK, SupportFormula.FOR_AGAINST_ABSTAIN))


def test_a_share_names_its_numerator_denominator_and_formula():
    assert support(Tally(35, 965)) == Share(35, 1000, SupportFormula.FOR_AGAINST)
    assert support(Tally(35, 965)).words() == "3.5 % (35 of 1,000; for / (for + against))"


def test_nothing_cast_has_no_share():
    assert support(Tally(0, 0, 7)) is None
    assert supports(Tally(0, 0)) == ()
    assert supports(Tally(None, 5)) == ()


def test_shares_of_present_and_outstanding_need_their_denominators():
    tally = Tally(30, 60, 10, 20)
    assert support(tally, SupportFormula.FOR_PRESENT, denominator=100).value == Fraction(3, 10)
    assert support(tally, SupportFormula.FOR_OUTSTANDING, denominator=150).value == Fraction(1, 5)
    assert [share.formula for share in supports(tally, present=100, outstanding=150)] == [
        SupportFormula.FOR_AGAINST,
        SupportFormula.FOR_AGAINST_ABSTAIN,
        SupportFormula.FOR_PRESENT,
        SupportFormula.FOR_OUTSTANDING,
    ]
    with pytest.raises(InputError, match="total"):
        support(tally, SupportFormula.FOR_PRESENT)
    with pytest.raises(InputError, match="smaller"):
        support(tally, SupportFormula.FOR_OUTSTANDING, denominator=119)


@pytest.mark.parametrize("formula", [SupportFormula.UNKNOWN, SupportFormula.INSIDERS_EXCLUDED])
def test_a_share_without_a_formula_to_compute_is_refused(formula):
    with pytest.raises(InputError, match="cannot be computed"):
        support(Tally(1, 2), formula)


def test_a_missing_count_or_a_foreign_denominator_is_refused():
    with pytest.raises(InputError, match="abstain"):
        support(Tally(1, 2), SupportFormula.FOR_AGAINST_ABSTAIN)
    with pytest.raises(InputError, match="against"):
        support(Tally(1, None))
    with pytest.raises(InputError, match="from the counts"):
        support(Tally(1, 2), denominator=3)


@pytest.mark.parametrize("count", [-1, True, 1.5, "12"])
def test_a_count_is_a_whole_number_from_zero_up(count):
    with pytest.raises(InputError):
        Tally(count, 1)
    with pytest.raises(InputError):
        Tally(1, 1, broker_non_votes=count)


def test_insiders_votes_leave_the_votes_cast_and_not_the_outstanding_stock():
    share = insiders_excluded(Tally(280, 720), 243)
    assert (share.numerator, share.denominator, share.formula) == (280, 757, SupportFormula.INSIDERS_EXCLUDED)
    assert percent_words(share, 0) == "37 %"


def test_insiders_cannot_have_more_votes_than_were_cast_on_their_side():
    with pytest.raises(InputError, match="against"):
        insiders_excluded(Tally(280, 720), 721)
    with pytest.raises(InputError, match="for"):
        insiders_excluded(Tally(280, 720), 281, assumed_against=False)
    assert insiders_excluded(Tally(280, 720), 80, assumed_against=False).value == Fraction(200, 920)
    assert insiders_excluded(Tally(0, 5), 5) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("24.96", "24.96 %"), ("24.94", "24.9 %"), ("25", "25.0 %"), ("25.04", "25.04 %"), ("4.999", "4.999 %"),
        ("9.9", "9.9 %"), ("9.96", "9.96 %"), ("24.99999", "just under 25 %"), ("50.00001", "just over 50 %"),
        ("50", "50.0 %"), ("0", "0.0 %"), ("0.01", "0.01 %"), ("100", "100.0 %"), ("99.97", "99.97 %"),
        ("19.08", "19.1 %"), ("2.4", "2.4 %"), ("27.45", "27.5 %"),
    ],
)  # fmt: skip
def test_a_percentage_is_never_rounded_onto_or_across_a_line(value, words):
    assert percent_words(share_of(value)) == words


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_shown_figure_stands_to_every_bar_as_the_exact_one_does(numerator, more):
    value = Fraction(numerator, numerator + more)
    words = percent_words(value)
    assume(not words.startswith("just"))
    shown = share_of(words.removesuffix(" %"))
    assert [(shown > line) - (shown < line) for line in LINES] == [(value > line) - (value < line) for line in LINES]


def test_a_claim_is_as_exact_as_its_digits():
    claim = Claim.read("27.5 %", SupportFormula.UNKNOWN, "The Wellesley News")
    assert claim.bounds == (share_of("27.45"), share_of("27.55"))
    assert Claim.read("28", SupportFormula.FOR_AGAINST, "Open MIC").bounds == (share_of("27.5"), share_of("28.5"))
    assert claim.words() == "27.5 % (according to The Wellesley News; formula not known)"


@pytest.mark.parametrize(("text", "source"), [("abc", "x"), ("101", "x"), ("-1", "x"), ("NaN", "x"), ("27.5", " ")])
def test_a_claim_without_a_figure_or_a_source_is_refused(text, source):
    with pytest.raises(InputError):
        Claim.read(text, SupportFormula.UNKNOWN, source)


@pytest.mark.parametrize(
    ("preliminary", "stands"),
    [([], None), ([True], 0), ([True, True], 1), ([True, False], 1), ([False, False], 1), ([False, True], 0)],
)
def test_the_last_final_report_stands_else_the_last_one(preliminary, stands):
    assert standing(preliminary) == stands


def test_a_percentage_is_said_exactly_where_counted_and_as_printed_where_published():
    assert support_words(Share(2_496, 10_000, SupportFormula.FOR_AGAINST)) == "24.96 %"
    assert support_words(Claim.read("2.40", SupportFormula.UNKNOWN, "Reuters")) == "2.40 %"
