import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import text as module
from tracker.domain.text import (
    content_hash,
    excerpt,
    first_sentence,
    fold,
    joined,
    lines_hash,
    one_line,
    strip_controls,
    tidy_lines,
    words,
)

ANY = st.text(st.characters(exclude_categories=[]), max_size=80)  # lone surrogates as well


def test_what_databases_refuse_is_taken_out() -> None:
    assert strip_controls("a\x00b\x0bc\x1f\x7f\x85d\ud800e\ufffef\U0010ffff") == "abcdef"
    assert strip_controls("a\r\nb\rc\td") == "a\nb\nc\td"


@given(ANY)
def test_stripped_text_can_be_written_anywhere(text: str) -> None:
    stripped = strip_controls(text)
    assert "\x00" not in stripped.encode().decode()
    assert strip_controls(stripped) == stripped


def test_white_space_is_collapsed_within_lines_or_all() -> None:
    assert one_line(" a\u00a0 b\n\tc\u200b\u00ad ") == "a b c"
    assert tidy_lines(" a  b \n\n\n\n c ") == "a b\n\nc"


@pytest.mark.parametrize(
    ("limit", "cut"),
    [
        (100, "one two three"),
        (13, "one two three"),
        (12, "one two…"),
        (9, "one two…"),
        (8, "one two…"),
        (2, "o…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_an_excerpt_ends_between_words(limit: int, cut: str) -> None:
    assert excerpt("one  two\nthree", limit) == cut


@given(ANY, st.integers(0, 50))
def test_an_excerpt_is_never_too_long(text: str, limit: int) -> None:
    assert len(excerpt(text, limit)) <= limit
    assert "\n" not in excerpt(text, limit)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Mr. Smith of Amazon.com, Inc. said no. Then he left.", "Mr. Smith of Amazon.com, Inc. said no."),
        (
            "The U.S. Senate met on Jan. 5 at 3.15 p.m. in public. Nobody came.",
            "The U.S. Senate met on Jan. 5 at 3.15 p.m. in public.",
        ),
        ("“Why?” they asked. Silence.", "“Why?” they asked."),
        ("Headline\nText follows.", "Headline"),
        ("No end", "No end"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_found(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_folding_leaves_what_is_said() -> None:
    assert fold("“Überwachung” – ﬁne ŁÓDŹ") == '"uberwachung" - fine lodz'
    assert words("The investors’ “say-on-pay”, don’t!") == ["the", "investors", "say", "on", "pay", "don't"]


def test_the_hash_says_whether_two_texts_read_the_same() -> None:
    assert content_hash("Title", "a  b\nc") == content_hash(" Title", "a b c\x00")
    assert content_hash("e\u0301") == content_hash("\u00e9")
    assert content_hash("a", "b") != content_hash("a b") != content_hash("ab", "")
    assert len(content_hash()) == 64


@given(ANY, ANY)
def test_hashing_never_fails(one: str, other: str) -> None:
    assert content_hash(one, other) == content_hash(one, other)
    first_sentence(one)
    words(other)


SPACED = st.lists(
    st.sampled_from(["a", "é", "“", " ", "  ", "\n", "\n\n\n", "\t", "\r\n", "\u00a0", "\u2028", "\u3000", "\u200b",
        "\u00ad",
                     "\ufeff", "\x00", "\x85", "\x1c", "\ud800", "\ufdd0", "\U0001f600", "\U0001fffe", "\u1680"]),
    max_size=12,
).map("".join)  # fmt: skip


@given(ANY | SPACED)
def test_the_short_ways_say_what_the_long_ones_would(text):
    stripped = module._UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert strip_controls(text) == stripped
    visible = module._INVISIBLE.sub("", stripped)
    assert one_line(text) == " ".join(visible.split())
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in visible.split("\n"))).strip()
    assert tidy_lines(text) == tidy
    assert joined(tidy) == one_line(text)
    assert lines_hash(joined(tidy)) == content_hash(text)
