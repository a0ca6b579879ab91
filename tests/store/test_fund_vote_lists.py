"""Fund votes by manager and one by one, on both databases."""

import pytest

from tests import factories as make
from tracker.domain.vocab import FundDecision
from tracker.store import fund_vote_lists
from tracker.store.fund_vote_lists import Asked


@pytest.fixture
def item(session):
    company = make.organization(session, "amazon")
    item = make.ballot_item(session, make.meeting(session, company=company), make.resolution(session, company=company))
    for fund, decision, manager in (
        ("Index", FundDecision.AGAINST, "Big"),
        ("Split", FundDecision.FOR, "Big"),
        ("Split", FundDecision.AGAINST, "Big"),
        ("Ethical", FundDecision.FOR, "Small"),
    ):
        make.fund_vote(session, item, fund, decision, manager=manager)
    return item


def test_a_fund_that_split_its_vote_is_one_fund_and_counts_each_way(session, item):
    [big, _] = fund_vote_lists.by_manager(session, Asked(item.id), limit=10)
    assert (big.manager, big.funds) == ("Big", 2)
    assert big.votes == {FundDecision.FOR: 1, FundDecision.AGAINST: 2}
    assert big.shares == {FundDecision.FOR: 100, FundDecision.AGAINST: 200}


def test_the_totals_are_the_sums_of_the_managers(session, item):
    found = fund_vote_lists.totals(session, Asked(item.id))
    lines = fund_vote_lists.by_manager(session, Asked(item.id), limit=10)
    assert (found.managers, found.funds) == (len(lines), sum(line.funds for line in lines))
    for decision in found.votes:
        assert found.votes[decision] == sum(line.votes.get(decision, 0) for line in lines)


def test_shares_that_nobody_gave_are_not_known_and_not_zero(session, item):
    make.fund_vote(session, item, "Silent", FundDecision.ABSTAIN, manager="Mute").shares_voted = None
    session.flush()
    assert fund_vote_lists.by_manager(session, Asked(item.id, manager="Mute"), limit=1)[0].shares == {
        FundDecision.ABSTAIN: None
    }


@pytest.mark.parametrize(("words", "funds"), [("ethic", 1), ("SPLIT big", 2), ("index small", 0), ("%", 0)])
def test_every_word_stands_in_one_of_the_names(session, item, words, funds):
    assert len(fund_vote_lists.one_by_one(session, Asked(item.id, words), limit=10)) == funds


def test_pages_together_are_the_whole_list(session, item):
    whole = [row.id for row in fund_vote_lists.one_by_one(session, Asked(item.id), limit=10)]
    found, after = [], None
    while rows := fund_vote_lists.one_by_one(session, Asked(item.id), after=after, limit=1):
        found += [row.id for row in rows]
        after = (rows[-1].manager, rows[-1].fund, rows[-1].id)
    assert found == whole
    assert len(whole) == 4
