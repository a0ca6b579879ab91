"""Copies are found whatever an outlet does to a text, and what only looks like one is none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.canonical import title_key
from tracker.linking.copies import NO_SKETCH, Sketch, containment, copied, may_be_copied, sketch

WORDS = [
    f"{first}{second}" for first in ("al", "be", "ca", "de", "fo", "gu", "hi") for second in ("bra", "lto", "mi", "nd")
]
HEADLINE = "Northtown ends its contract for plate readers"


def text(number: int, words: int) -> str:
    chance = random.Random(number)
    return " ".join(chance.choices(WORDS, k=words))


def told(one: str, other: str, *, headlines=("", ""), days: int | None = 0, kinds=("news", "news")):
    return copied(sketch(one), sketch(other), headlines=headlines, days=days, kinds=kinds)


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (lambda body: f"NORTHTOWN (Regional Wire) - {body} Reporting by A. Writer.", 0.9),
        (lambda body: body[: len(body) // 2], 0.9),
        (lambda body: body.replace("alto", "the alto"), 0.6),
        (lambda body: body.upper().replace(" ", "\N{NO-BREAK SPACE}"), 1.0),
        (lambda body: f"{body} {text(2, 100)}", 0.9),
    ],
    ids=["dateline", "cut", "edited", "capitals", "added"],
)
@pytest.mark.parametrize("words", [80, 400, 3000])
def test_a_reprint_is_a_copy_whatever_was_cut_added_or_set_before_it(change, least, words):
    body = text(1, words)
    found = told(body, change(body))
    assert found is not None
    assert found.share >= least


def test_separate_texts_are_no_copies_and_a_note_in_a_round_up_is_none():
    assert told(text(1, 400), text(2, 400)) is None
    assert told(text(1, 60), f"{text(1, 60)} {text(2, 2000)}") is None


def test_one_headline_within_a_week_is_a_copy_unless_the_bodies_are_others():
    plain = (title_key(HEADLINE), title_key(f"{HEADLINE} | The Regional Wire"))
    assert told("", "short", headlines=plain, days=6).headline
    assert told("", "short", headlines=plain, days=8) is None
    assert told("", "short", headlines=plain, days=None) is None
    assert told(text(1, 300), text(2, 300), headlines=plain) is None
    assert told("", "", headlines=("press release", "press release")) is None


def test_forms_share_their_printed_words_and_headlines():
    form, other = f"{text(1, 300)} {text(2, 60)}", f"{text(1, 300)} {text(3, 60)}"
    same = ("notice of exempt solicitation", "notice of exempt solicitation")
    assert told(form, other) is not None
    assert told(form, other, headlines=same, kinds=("filing", "filing")) is None
    assert told(form, form, kinds=("filing", "filing")) is not None


def test_a_text_without_words_has_no_sketch():
    assert sketch("") == sketch("one two three") == NO_SKETCH
    assert containment(NO_SKETCH, sketch(text(1, 100))) is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(30, 300), st.integers(30, 300))
def test_containment_is_a_share_the_same_from_both_sides(one, other, first, second):
    a, b = sketch(text(one, first)), sketch(text(other, second))
    assert containment(a, a) == 1.0
    share = containment(a, b)
    assert share is None or 0 <= share <= 1
    if a.runs != b.runs:
        assert share == containment(b, a)


@given(st.text(max_size=400))
def test_any_text_has_a_sketch_of_ascending_hashes(words):
    found = sketch(words)
    assert isinstance(found, Sketch)
    assert list(found.hashes) == sorted(set(found.hashes))
    assert len(found.hashes) <= found.runs


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 1200), st.integers(1, 1200))
def test_counting_what_both_have_never_rules_out_a_copy(one, other, first, second):
    a, b = sketch(text(one, first)), sketch(text(other, second))
    shared = len(a.kept & b.kept)
    assert containment(a, b, shared) == containment(a, b)
    if copied(a, b, headlines=("", "x"), days=0, kinds=("news", "news")):
        assert may_be_copied(a, b, shared)
        assert may_be_copied(b, a, shared)
