"""The words of a text and their places."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.words import WORD, lowered, words_of

# Letters of one and two bytes, marks that are replaced and marks that are not, a letter that looks like a quote.
TEXTS = st.text(alphabet="aZé9_ +-.\n’“–…ʼ`\xa0日", max_size=40)


@given(TEXTS)
def test_words_are_what_letters_and_digits_stand_side_by_side_at_their_places(text):
    found = [(match.group(), match.start()) for match in WORD.finditer(text)]
    assert list(zip(*words_of(text), strict=True)) == found


@given(TEXTS)
def test_plain_marks_change_no_word_and_no_place(text):
    assert words_of(lowered(text)) == words_of(text.lower())
    assert not set("’“–\xa0") & set(lowered(text))
