"""Documents that come and go leave nothing behind, and what is known of the others stays."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.linking.copies import sketch
from tracker.linking.holders import Holders, Rarity, cosine, unit
from tracker.linking.telling import Damped, Telling

WORDS = [f"word{number}" for number in range(12)]


def telling(number: int) -> Telling:
    lead = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 9))
    return Telling(
        id=number, title=f"Title {number % 3}", lead=lead, names=frozenset({f"name{number % 4}"}),
        events={f"event{number % 2}": 0.5}, sketch=sketch(lead),
    )  # fmt: skip


ALL = {number: telling(number) for number in range(10)}
SOME = st.sets(st.integers(0, 9))


@given(st.lists(SOME, min_size=1, max_size=5))
def test_what_many_passed_through_holds_the_same_as_what_is_made_anew(visits):
    passed = Holders()
    for visit in visits:
        passed.become({number: ALL[number] for number in visit})
    anew = Holders(ALL[number] for number in visits[-1])
    assert passed.tellings == anew.tellings
    assert {mark: held for mark, held in passed.of_mark.items() if held} == anew.of_mark
    assert {event: held for event, held in passed.of_event.items() if held} == anew.of_event
    assert +passed.named == anew.named


@given(SOME)
def test_the_holders_of_a_run_are_all_that_have_it_in_their_sketch(chosen):
    holders = Holders(ALL.values())
    runs = holders.of_runs(chosen)
    wanted = {run for number in chosen for run in ALL[number].sketch.hashes}
    assert runs == {run: [n for n, one in ALL.items() if run in one.sketch.kept] for run in wanted}


def test_a_document_read_anew_takes_the_place_of_the_old_one():
    holders = Holders([ALL[1]])
    anew = Telling(id=1, title="Other words", lead="")
    holders.become({1: anew})
    assert list(holders) == [anew]
    assert not holders.of_mark["word1"]


@given(st.lists(st.sampled_from(WORDS)), st.lists(st.sampled_from(WORDS)))
def test_the_cosine_is_the_same_from_both_sides_and_one_for_the_same_words(first, second):
    rarity = Rarity(10, lambda word: len(word) % 5)
    one, other = (unit(Damped.of(Counter(words)), rarity) for words in (first, second))
    assert cosine(one, other) == cosine(other, one)
    assert cosine(one, one) == (pytest.approx(1) if first else 0)


def test_a_word_that_nobody_holds_counts_as_held_by_one():
    assert Rarity(10, lambda _word: 0)["anything"] == math.log(11)
