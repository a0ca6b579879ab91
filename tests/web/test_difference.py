"""The difference of two texts leads from the one to the other, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.web.difference import compare

TEXTS = st.lists(st.sampled_from(["one two three.", "one two four.", "five", "six, seven"]), max_size=6).map("\n".join)


def side(blocks, left_out: str) -> str:
    """Return what the shown blocks say in one of the two texts."""
    return "\n".join("".join(piece.text for piece in block.pieces if piece.op != left_out) for block in blocks)


def test_only_the_words_that_changed_are_marked():
    [block] = compare("Sales go on.", "Sales stop.")
    assert [(piece.op, piece.text) for piece in block.pieces if piece.op != "same"] == [
        ("removed", "go on"), ("added", "stop"),
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_what_is_shown_and_what_is_left_out_make_up_both_texts(old: str, new: str):
    blocks = compare(old, new)
    unchanged = sum(block.unchanged for block in blocks)
    shown = [block for block in blocks if block.pieces]
    for text, left_out in ((old, "added"), (new, "removed")):
        lines = [line for line in side(shown, left_out).split("\n") if line]
        assert len(lines) + unchanged == len([line for line in text.split("\n") if line])
        assert set(lines) <= set(text.split("\n"))
    assert (not shown) == (old == new)
