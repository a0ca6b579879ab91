"""Passages with the words marked: always escaped, never longer than wanted, around the right place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.web.marked import LENGTH, marked, passage


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("The police contracts ended", ["contract"], "The police <mark>contracts</mark> ended"),
        ("A contract ended", ["contracts"], "A <mark>contract</mark> ended"),
        ("He sold it; sell more", ["sell"], "He sold it; <mark>sell</mark> more"),
        ("face recognition", ["face recognition"], "<mark>face recognition</mark>"),
        ("Face\nRecognition", ["face recognition"], "<mark>Face\nRecognition</mark>"),
        ("surface", ["face"], "surface"),
        ("<script>alert(1)</script>", ["script"], "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("a & b", [], "a &amp; b"),
        ("AT&T", ["AT&T"], "<mark>AT&amp;T</mark>"),
        ("nothing", ["***"], "nothing"),
    ],
)
def test_words_are_marked_whatever_their_ending(text, words, wanted):
    assert marked(text, words) == wanted


def test_the_passage_is_where_most_of_the_words_are():
    text = "police " + "filler " * 200 + "the police bought face recognition there " + "filler " * 200
    told = passage(text, ["police", "recognition"])
    assert "<mark>police</mark> bought face <mark>recognition</mark>" in told
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert passage(text, ["absent"]).startswith("<mark>") is False


@given(st.text(max_size=900), st.lists(st.text(max_size=12), max_size=4))
def test_nothing_but_the_marks_is_markup(text, words):
    told = passage(text, words)
    bare = str(told).replace("<mark>", "").replace("</mark>", "")
    assert not {"<", ">", '"', "'"} & set(bare)
    assert len(told.striptags()) <= LENGTH + 4
