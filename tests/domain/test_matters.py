"""Two wordings of one matter are told from those of two; a published percentage is set beside what counts give."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.matters import ask_type, likeness, likest, reconciled, telling_claims
from tracker.domain.vocab import AskType, SupportFormula
from tracker.domain.votes import Claim, Tally, supports

TITLES = {
    1: "Report on customer due diligence",
    2: "Independent study of the face matching product",
    3: "Report on lobbying",
}


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        ("Shareholder proposal requesting a report on customer due diligence", 1),
        ("STUDY OF FACE MATCHING BY AN INDEPENDENT PARTY", 2),
        ("Shareholder proposal requesting additional reporting on lobbying", 3),
        ("Shareholder proposal on plastic packaging", None),
        ("Shareholder proposal", None),
    ],
)
def test_a_matter_is_found_under_another_wording_or_not_at_all(wording, found):
    named = likest(wording, TITLES)
    assert (named and named[0]) == found


def test_two_that_are_as_like_give_none():
    assert likest("face matching", {1: "face matching study", 2: "face matching ban"}) is None


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0.0 <= likeness(one, other) == likeness(other, one) <= 1.0


@pytest.mark.parametrize(
    ("title", "clause", "sort"),
    [
        ("Facial recognition", "Shareholders request that the board report on the risks", AskType.REPORT),
        ("Facial recognition", "the board shall prohibit sales to police until it has reported", AskType.PROHIBIT),
        ("Special meetings", "give holders the right to call a special shareholder meeting", AskType.GOVERNANCE),
        ("Human rights policy", "shareholders ask the company to adopt a policy", AskType.POLICY),
        ("Face matching", "Do what is right", AskType.OTHER),
    ],
)
def test_the_sort_of_ask_is_told_by_the_clause(title, clause, sort):
    assert ask_type(title, clause) is sort


COUNTS = st.integers(1, 10**9)


@given(COUNTS, COUNTS, COUNTS, st.integers(0, 3))
def test_a_percentage_rounded_from_the_counts_agrees_with_them_and_names_its_formula(
    in_favour, against, abstain, digits
):
    shares = supports(Tally(in_favour, against, abstain))
    for share in shares:
        percent = round(Decimal(share.numerator) * 100 / Decimal(share.denominator), digits)
        found = reconciled(Claim(percent, share.formula, "a paper"), shares)
        assert found.agrees
        assert found.share.formula is share.formula


def test_a_percentage_under_another_formula_is_found_to_be_that():
    shares = supports(Tally(9_670_000, 7_540_000, 11_100_000))
    found = reconciled(Claim(Decimal("34.16"), SupportFormula.UNKNOWN, "a paper"), shares)
    assert (found.agrees, found.share.formula) == (True, SupportFormula.FOR_AGAINST_ABSTAIN)


def test_a_percentage_that_nothing_gives_is_told_by_its_difference_under_its_own_formula():
    shares = supports(Tally(2400, 7600, 100))
    found = reconciled(Claim(Decimal("27.5"), SupportFormula.FOR_AGAINST, "a paper"), shares)
    assert (found.agrees, float(found.points), found.named) == (False, 3.5, SupportFormula.FOR_AGAINST)


def test_without_counts_and_without_insiders_there_is_nothing_to_set_beside():
    claim = Claim(Decimal("27.5"), SupportFormula.UNKNOWN, "a paper")
    assert reconciled(claim, ()) is None
    insiders = Claim(Decimal(40), SupportFormula.INSIDERS_EXCLUDED, "a paper")
    assert reconciled(insiders, supports(Tally(1, 2, 3))) is None


def test_only_percentages_with_a_decimal_tell_one_matter_from_another():
    claims = [Claim(Decimal(text), SupportFormula.UNKNOWN, "a paper") for text in ("28", "27.5", "19.08")]
    assert [str(claim.percent) for claim in telling_claims(claims)] == ["27.5", "19.08"]
