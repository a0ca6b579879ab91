from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.layout.filed import layout_of
from tracker.filings.letters.passages import passages, place_of, sentences

WORDS = st.text("Aa .!?\n\t;5", min_size=1, max_size=200).filter(str.strip)


def told(text):
    return [sentence.text for sentence in sentences(layout_of(text.encode()))]


@given(WORDS, st.booleans())
def test_every_passage_and_sentence_stands_where_it_is_said_to(text, as_html):
    body = f"<p>{text}</p><div>{text}</div>" if as_html else text
    layout = layout_of(body.encode())
    for found in (*passages(layout), *sentences(layout)):
        assert layout.text[found.start : found.end] == found.text
    said = "".join(sentence.text for sentence in sentences(layout))
    assert "".join(said.split()) == "".join(layout.text.split())


def test_lines_that_follow_each_other_are_one_passage_and_an_empty_one_ends_it():
    assert [found.text for found in passages(layout_of(b"One\ntwo\n\nthree"))] == ["One\ntwo", "three"]


def test_a_full_stop_of_an_abbreviation_ends_no_sentence():
    assert told("Vote on Proposal No. 5 by Mr. Sample (avail. Jan. 3, 2001). Then go home.") == [
        "Vote on Proposal No. 5 by Mr. Sample (avail. Jan. 3, 2001).",
        "Then go home.",
    ]


def test_a_sentence_without_end_is_told_in_pieces_between_words():
    pieces = told("word " * 5000)
    assert len(pieces) > 5
    assert max(map(len, pieces)) <= 3000
    assert all(piece.strip().split()[0] == "word" for piece in pieces)


def test_a_part_of_a_passage_is_one_line_without_the_spaces_around_it():
    [passage] = passages(layout_of(b"<p>from   A\nB  to</p>"))
    found = place_of(passage, 4, len(passage.text) - 2)
    assert found.text == "A B"
    assert passage.text[found.start : found.end].split() == ["A", "B"]
