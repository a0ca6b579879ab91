"""What a decision is worth: most where it is open what is right, and each part says why."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from tracker.domain import review_value
from tracker.domain.errors import InputError
from tracker.domain.review_token import Shown
from tracker.domain.review_value import Waiting, parts, value, why
from tracker.domain.vocab import Relation


def waiting(score=0.5, relation=Relation.REPORTS_ON, days=0, is_open=False, alike=0):
    return Waiting(score, relation, NOW - timedelta(days=days), is_open, alike)


SUGGESTIONS = st.builds(
    waiting, st.floats(0, 1), st.sampled_from(Relation), st.integers(0, 400), st.booleans(), st.integers(0, 10**6)
)


@given(row=SUGGESTIONS)
def test_no_part_is_negative_and_each_has_a_sentence(row):
    assert all(part.points > 0 and part.sentence.endswith(".") for part in parts(row, NOW))
    most = review_value.UNCERTAIN + review_value.MOVES + review_value.OPEN + review_value.ALIKE_MOST + 1
    assert 0 <= value([row], NOW) <= most


@given(rows=st.lists(SUGGESTIONS, min_size=1, max_size=9), more=SUGGESTIONS)
def test_one_more_suggestion_makes_a_reading_worth_no_less(rows, more):
    assert value([*rows, more], NOW) >= value(rows, NOW)


@given(score=st.floats(0, 1))
def test_nothing_is_as_uncertain_as_one_half(score):
    assert value([waiting(score)], NOW) <= value([waiting(0.5)], NOW)


def test_each_thing_that_matters_adds_to_it():
    plain = value([waiting(relation=Relation.MENTIONS)], NOW)
    for more in ({"relation": Relation.FILES}, {"is_open": True}, {"alike": 5}, {"days": 8}):
        assert value([waiting(**{"relation": Relation.MENTIONS, **more})], NOW) > plain
    waits = [value([waiting(days=days)], NOW) for days in (0, 7, 30, 91)]
    assert waits == sorted(set(waits))


def test_it_says_why_weightiest_first():
    assert why([waiting(0.52, days=12, is_open=True, alike=3), waiting(0.9)], NOW) == [
        "The score, 0.52, leaves it open.",
        "What it is about is still open.",
        "It says what happened, so it may change a public timeline.",
        "3 other suggestions of the same rule can be learned for.",
        "It waits for 12 days.",
        "2 suggestions can be decided with one reading.",
    ]


def test_a_token_with_a_number_beyond_all_bounds_is_refused_in_words():
    with pytest.raises(InputError, match="open the page again"):
        Shown.read('[1e999,"",{}]')
