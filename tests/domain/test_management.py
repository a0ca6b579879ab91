"""Form N-PX asks whether a vote followed management; the answer looks like management's advice and is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.management import AdviceCheck, advice, advised, contradict, voted_with_management
from tracker.domain.vocab import FundDecision, Recommendation

FOR, AGAINST, WITHHOLD, ABSTAIN = (
    FundDecision.FOR,
    FundDecision.AGAINST,
    FundDecision.WITHHOLD,
    FundDecision.ABSTAIN,
)


@pytest.mark.parametrize(
    ("filed", "with_management"),
    [("FOR", True), (" for ", True), ("AGAINST", False), ("NONE", None), ("", None), ("N/A", None), ("WITHHOLD", None)],
)
def test_the_filed_answer_says_whether_the_vote_followed_management(filed, with_management):
    assert voted_with_management(filed) is with_management


@pytest.mark.parametrize(
    ("decision", "with_management", "advice_given"),
    [
        (FOR, True, Recommendation.FOR),
        (FOR, False, Recommendation.AGAINST),
        (AGAINST, True, Recommendation.AGAINST),
        (AGAINST, False, Recommendation.FOR),
        (WITHHOLD, False, Recommendation.FOR),
        (ABSTAIN, False, None),
        (FOR, None, None),
        (FundDecision.NOT_VOTED, True, None),
        (None, True, None),
    ],
)
def test_a_vote_against_that_is_with_management_means_that_management_advised_against(
    decision, with_management, advice_given
):
    assert advice(decision, with_management) is advice_given


def test_a_split_vote_tells_one_advice():
    assert advised([(FOR, True), (AGAINST, False), (ABSTAIN, False)]) is Recommendation.FOR


def test_votes_that_tell_different_advice_contradict_each_other():
    both_with = [(FOR, True), (AGAINST, True)]
    assert contradict(both_with)
    assert advised(both_with) is None


@given(st.lists(st.tuples(st.sampled_from([*FundDecision, None]), st.sampled_from([True, False, None]))))
def test_advice_is_told_only_where_nothing_contradicts_it(records):
    assert not (contradict(records) and advised(records))


def test_a_filer_who_writes_the_advice_itself_is_noticed():
    check = AdviceCheck()
    for _ in range(3):
        check.add(AGAINST, with_management=True, own=True)
    assert check.misread
    for _ in range(3):
        check.add(WITHHOLD, with_management=False, own=True)
    assert not check.misread


def test_votes_for_and_shareholders_proposals_do_not_tell_whether_a_filer_misread_the_form():
    check = AdviceCheck()
    for _ in range(9):
        check.add(FOR, with_management=True, own=True)
        check.add(AGAINST, with_management=True, own=False)
    assert not check.misread
