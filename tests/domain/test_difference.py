"""The difference of two texts leads from the one to the other, whatever they are, and never takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.difference import Change, Patience, change, compare

TEXTS = st.lists(st.sampled_from(["one two three.", "one two four.", "five", "six, seven"]), max_size=6).map("\n".join)


def side(blocks, left_out: str) -> str:
    """Return what the shown blocks say in one of the two texts."""
    return "\n".join("".join(piece.text for piece in block.pieces if piece.op != left_out) for block in blocks)


def test_only_the_words_that_changed_are_marked():
    [block] = compare("Sales go on.", "Sales stop.")
    assert [(piece.op, piece.text) for piece in block.pieces if piece.op != "same"] == [
        ("removed", "go on"), ("added", "stop"),
    ]  # fmt: skip


@pytest.mark.parametrize("patience", [8_000_000, 0], ids=["patient", "impatient"])
@given(old=TEXTS, new=TEXTS)
def test_what_is_shown_and_what_is_left_out_make_up_both_texts(old: str, new: str, patience: int):
    blocks = compare(old, new, Patience(patience))
    unchanged = sum(block.unchanged for block in blocks)
    shown = [block for block in blocks if block.pieces]
    for text, left_out in ((old, "added"), (new, "removed")):
        lines = [line for line in side(shown, left_out).split("\n") if line]
        assert len(lines) + unchanged == len([line for line in text.split("\n") if line])
        assert set(lines) <= set(text.split("\n"))
    assert (not shown) == (old == new)


def test_words_changed_beside_each_other_are_read_in_one_go():
    [block] = compare("Customers decide how long they keep them.", "Customers cannot switch this off.")
    assert [(piece.op, piece.text) for piece in block.pieces] == [
        ("same", "Customers "),
        ("removed", "decide how long they keep them"),
        ("added", "cannot switch this off"),
        ("same", "."),
    ]


def test_two_changes_far_apart_in_one_long_paragraph_are_two():
    old = " ".join(f"Sentence {number} says word{number}." for number in range(3000))
    [block] = compare(old, old.replace("word700.", "nothing.").replace("word2000.", "nothing."))
    assert [piece.text for piece in block.pieces if piece.op != "same"] == ["word700", "nothing", "word2000", "nothing"]


def test_a_text_made_to_take_long_is_shown_as_replaced():
    old, new = (" ".join(f"a{number} {other}{number}" for number in range(20_000)) for other in "xy")
    patience = Patience()
    [block] = compare(old, new, patience)
    assert [piece.op for piece in block.pieces] == ["same", "removed", "added"]
    assert patience.left > 0


def test_lines_that_alternate_are_no_way_to_hold_a_page_up():
    old = "\n".join("x" if number % 2 else f"a{number}" for number in range(20_000))
    began, patience = time.process_time(), Patience()
    compare(old, "\n".join("x" for _ in range(199)), patience)
    assert time.process_time() - began < 3  # without an end to patience 14 s
    assert patience.left > 0


@given(old=TEXTS, new=TEXTS, left=st.integers(0, 100))
def test_patience_never_runs_below_nothing(old: str, new: str, left: int):
    patience = Patience(left)
    compare(old, new, patience)
    assert 0 <= patience.left <= left


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (("A", "one two"), ("B", "one two"), "headline changed"),
        (("A", "one two"), ("A ", "one  two!"), "no word changed, only its form"),
        (("A", "one two"), ("A", "one two three"), "1 word added"),
        (("A", "one two three"), ("A", "one"), "2 words removed"),
        (("A", "one two"), ("B", "four five six"), "headline changed; 3 words added, 2 removed"),
        (("A", ""), ("A", "x " * 1200), "1,200 words added"),
    ],
)
def test_a_change_is_told_in_one_line(old, new, words):
    assert change(old, new).words() == words


@given(TEXTS, TEXTS)
def test_the_way_back_removes_what_the_way_there_added(old: str, new: str):
    there = change(("A", old), ("A", new))
    assert there.added - there.removed == len(new.replace(",", "").split()) - len(old.replace(",", "").split())
    assert change(("A", old), ("A", old)) == Change(headline=False, added=0, removed=0)
