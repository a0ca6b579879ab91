"""A passage is found again where spaces and line ends fall differently, and never another one in its place."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.quotes import Searched, find_again, find_quote, line_around

WORD = st.text(alphabet="abcdefgh0123456789,.$", min_size=1, max_size=7)
LINES = st.lists(st.lists(WORD, min_size=1, max_size=6), min_size=1, max_size=12)


@given(LINES, st.data())
def test_a_passage_of_a_line_is_found_with_its_words_or_not_at_all(lines, data):
    source = "\n".join("\t".join(line) for line in lines)
    text = " ".join(" ".join(line) for line in lines)
    number = data.draw(st.integers(0, len(lines) - 1))
    line = "\t".join(lines[number])
    begin = source.index(line)
    first = data.draw(st.integers(0, len(lines[number]) - 1))
    start = begin + len("\t".join([*lines[number][:first], ""])) if first else begin
    end = start + len(lines[number][first])
    found = find_again(text, source, start, end)
    assert found is None or text[slice(*found)] == source[start:end]


def test_a_figure_that_stands_twice_in_a_row_is_found_at_its_own_place():
    source = "Proposal 4\t1,234\t5,678\t1,234"
    text = "Before. Proposal 4 1,234 5,678 1,234 after"
    assert find_again(text, source, source.rindex("1,234"), len(source)) == (31, 36)


def test_a_row_is_found_where_it_lies_in_the_document():
    rows = [f"Nominee {number}\t1,000\t20" for number in range(30)]
    source, text = "\n".join(rows), "  ".join(row.replace("\t", " ") for row in rows)
    start = source.index("1,000", source.index("Nominee 17"))
    assert text[: find_again(text, source, start, start + 5)[0]].endswith("Nominee 17 ")


def test_a_long_passage_is_found_from_its_first_words_to_its_last():
    words = " ".join(f"word{number}" for number in range(200))
    source, text = f"Head\n{words}\nTail", f"Head {words.replace(' ', '  ')} Tail"
    start, end = find_again(text, source, 5, 5 + len(words))
    assert re.sub(r"\s+", " ", text[start:end]) == words


def test_what_is_not_there_is_not_found():
    assert find_again("Nothing of the kind", "Proposal 4\t1,234", 11, 16) is None
    assert find_again("", "Proposal 4", 0, 10) is None
    assert find_again("text", "   ", 0, 3) is None


def test_the_words_around_a_place_are_its_line():
    source = "above\nProposal 4\t1,234\nbelow"
    assert line_around(source, 17, 22) == "Proposal 4 1,234"


@given(words=st.lists(WORD, min_size=3, max_size=8), before=st.text(alphabet="xyz ", max_size=20))
def test_a_quotation_is_found_whatever_its_spaces_and_signs_around(words, before):
    text = f"{before} " + "\n".join(words)
    span = find_quote(text, f"“{'  '.join(words)}…”")
    assert span is None or "".join(text[slice(*span)].split()) in "".join(words)
    assert span is not None or not any("".join(words).strip(".,$"))


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("we'll not sell - ever", "We’ll not sell – ever"),
        ("WE’LL NOT … Then more", "We’ll not sell – ever. And then more"),
        ("then more [...] We'll", None),
        ("will not sell", None),
        ("…", None),
        ("", None),
    ],
)
def test_people_quote_with_other_signs_and_leave_words_out(quote, found):
    text = "He said: “We’ll not sell – ever. And then more.”"
    span = find_quote(text, quote)
    assert (text[slice(*span)] if span else None) == found


def test_a_quotation_made_to_take_long_is_given_up():
    started = time.process_time()
    assert find_quote("a " * 100_000, "a … " * 200 + "b") is None
    assert time.process_time() - started < 2


SIGNS = st.text(alphabet="aAsSſKkİßé '’“\"-–…. \n", max_size=12)


@given(before=SIGNS, quote=SIGNS, after=SIGNS, other=SIGNS)
def test_who_looks_for_many_quotations_finds_what_who_looks_for_one_does(before, quote, after, other):
    text = before + quote + after
    for sought in (quote, quote.swapcase(), other):
        assert Searched(text).find(sought) == find_quote(text, sought)


def test_hundreds_of_quotations_that_are_not_in_a_long_text_are_told_at_once():
    text = Searched("The company said that it would look at the matter again. " * 20_000)
    started = time.process_time()
    assert not any(text.find(f"The company said never {number}") for number in range(400))
    assert time.process_time() - started < 2
