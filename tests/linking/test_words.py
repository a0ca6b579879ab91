import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tracker.linking.words import fold, tokens_of


@given(st.text(max_size=80))
def test_folding_keeps_the_length_and_words_know_their_places(text):
    folded = fold(text)
    assert len(folded) == len(text)
    words, starts = tokens_of(text)
    assert all(folded[start : start + len(word)] == word for word, start in zip(words, starts, strict=True))
    assert [char for word in words for char in word if char != "+"] == [c for c in folded if c.isalnum()]


def test_every_letter_is_folded_alone_and_alike_wherever_it_stands():
    letters = [chr(code) for code in range(0x3000) if unicodedata.category(chr(code))[0] in "LN"]
    assert fold("a".join(letters)) == "a".join(map(fold, letters))


def test_words_within_a_stretch_are_those_that_begin_there():
    assert tokens_of("One two three").between(4, 8) == (("two",), (4,))
    assert tokens_of("One two three").between(5, 5) == ((), ())


def test_quotes_hyphens_accents_and_capitals_are_folded_to_one_character_each():
    assert fold("“Élan” – it`s ΣΑΣ") == '"elan" - it\'s σασ'
