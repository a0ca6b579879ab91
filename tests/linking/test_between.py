from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.additive import probability
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConfigError
from tracker.linking.between import BetweenRules, Matters, all_ties
from tracker.linking.holders import Holders
from tracker.linking.telling import Telling

SUIT = Telling(
    id=1, title="Residents sue Examplecam over face scans", lead="Residents of Larkmere sue Examplecam over scans.",
    published=PartialDate.parse("2024-02-01"), kind="news", names=frozenset({"examplecam", "larkmere"}),
    events={"lawsuit_filed": 0.9},
)  # fmt: skip
DEAL = replace(
    SUIT, id=2, title="Examplecam settles Larkmere face scan suit", lead="It settles with residents of Larkmere.",
    published=PartialDate.parse("2024-11-05"), events={"ruling_or_settlement": 0.9},
)  # fmt: skip
REPLY = replace(
    SUIT, id=3, title="Examplecam responds to the Larkmere suit over face scans", lead="Examplecam disputes it.",
    published=PartialDate.parse("2024-02-02"), events={"company_response": 0.95},
)  # fmt: skip
OTHERS = [
    Telling(
        id=number, title=f"Council {number} buys street lamps from maker {number}", lead="Lamps and poles for streets.",
        published=PartialDate.parse("2024-03-01").shifted(number), names=frozenset({f"maker{number}"}),
        events={"contract_awarded": 0.8},
    )
    for number in range(10, 40)
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(config):
    return BetweenRules.from_config(config["terms"])


def ties(rules, *tellings, stories=None):
    return [
        (t.later, t.kind.value, t.earlier)
        for t in all_ties(Matters(Holders([*tellings, *OTHERS]), rules), stories or {})
    ]


def test_a_settlement_goes_on_from_the_suit_and_an_answer_answers_it(rules):
    assert ties(rules, SUIT, DEAL, REPLY) == [(2, "part_of", 1), (3, "responds_to", 1)]


def test_nothing_follows_what_comes_later_or_tells_the_same(rules):
    assert ties(rules, replace(SUIT, published=PartialDate.parse("2025-01-01")), DEAL) == []
    assert ties(rules, SUIT, DEAL, stories={1: [1, 2], 2: [1, 2]}) == []


def test_a_suit_of_others_is_not_what_a_settlement_goes_on_from(rules):
    other = replace(
        SUIT, id=4, title="Drivers take Cabfirm to court", lead="Drivers want pay.", names=frozenset({"cabfirm"})
    )
    assert ties(rules, other, DEAL) == []


def test_reasons_are_the_arithmetic_of_the_score(rules):
    for tied in all_ties(Matters(Holders([SUIT, DEAL, REPLY, *OTHERS]), rules), {}):
        assert tied.score == pytest.approx(probability(sum(reason.weight for reason in tied.reasons)))
        assert all(reason.sentence.endswith(".") for reason in tied.reasons)


@given(order=st.permutations([SUIT, DEAL, REPLY]))
def test_the_order_of_documents_changes_nothing(order, rules):
    assert ties(rules, *order) == ties(rules, SUIT, DEAL, REPLY)


def test_documents_without_words_dates_or_types_follow_nothing(rules):
    assert ties(rules, Telling(1, "", ""), Telling(2, "", ""), replace(DEAL, id=3, events=None)) == []


def test_an_unknown_event_in_the_table_is_refused(config):
    table = {**config["terms"]["between"], "part_of": {"vote_result": {"a_dream": 1.0}}}
    with pytest.raises(ConfigError, match=r"terms\.toml: \[between\]"):
        BetweenRules.from_config({"between": table})
