import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.linking.event_type import with_roles
from tracker.linking.pattern_parts import parts_of
from tracker.linking.sieve import Sieve
from tracker.linking.words import fold, tokens_of

SOURCES = (
    r"\b(?:open )?letters? (?:to|on)\b",
    r"(?:files?|filed)\b[^.]{0,20}?(?:motion|proposal)s?\b",
    r"\bbans?\b|moratorium",
    r"(?:\d+|percent) of",
    r"re-?elect(?:ed)?",
    r"^why\b",
    r"\bv\. ",
    r"(?:a|an|one) day",
    r"(?!)",
)
PATTERNS = tuple(map(re.compile, SOURCES))
SIEVE = Sieve(PATTERNS)
WORDS = st.sampled_from(
    [
        *("open", "letter", "letters", "to", "on", "file", "filed", "profiled", "a", "motion", "proposals.", "bans"),
        *("urbans", "moratorium", "moratoriums", "12", "percent", "of", "reelected", "re-elect", "why", "v.", "day"),
    ]
)


def spans(matches):
    return [(number, match.span()) for number, match in matches]


def searched(patterns, text):
    return [(number, match.span()) for number, p in enumerate(patterns) if (match := p.search(text))]


def texts():
    return st.lists(st.one_of(WORDS, st.text(alphabet="letro -.\n", max_size=4)), max_size=12).map(" ".join)


@given(texts())
def test_what_is_found_is_what_searching_for_each_pattern_finds(text):
    folded = fold(text)
    assert spans(SIEVE.search(folded, tokens_of(text))) == searched(PATTERNS, folded)
    everywhere = [(n, match.span()) for n, p in enumerate(PATTERNS) for match in p.finditer(folded)]
    assert spans(SIEVE.search_all(folded, tokens_of(text))) == everywhere


@given(texts(), st.integers(0, 40))
def test_a_part_of_a_document_is_searched_by_itself(text, start):
    part = fold(text)[start:]
    words = tokens_of(text).between(start, len(text))
    whole_words = start == 0 or start >= len(text) or not text[start - 1 : start + 1].isalnum()
    if whole_words:  # parts begin between words
        assert spans(SIEVE.search(part, words, start)) == searched(PATTERNS, part)


def test_a_pattern_is_read_for_what_it_cannot_do_without():
    assert parts_of(PATTERNS[1]).clauses == {frozenset({"file"}), frozenset({"motion", "proposal"})}
    assert parts_of(PATTERNS[0]).heads == {"open", "letter"}
    assert parts_of(PATTERNS[3]).heads is None


@pytest.mark.parametrize("source", [r"(?i)letter", r"(\w)\1", r"[^a]+", r".*", r"x?"])
def test_a_pattern_of_which_nothing_is_certain_is_searched_for_everywhere(source):
    pattern = re.compile(source)
    for text in ("letter", "oo", "", "xyz"):
        assert spans(Sieve([pattern]).search(text, tokens_of(text))) == searched([pattern], text)


@pytest.mark.shared
def test_every_shipped_pattern_finds_the_same_in_every_shared_item(shared, event_rules, gazetteer, linker):
    cues = [cue.pattern for cue in event_rules.cues]
    kinds = list(linker.rules.kind_words.values())
    for item in json.loads((shared / "corpus" / "items.json").read_text("utf-8")):
        text = f"{item['title']}\n{item['summary']}"
        assert spans(linker.rules.sieve.search(fold(text), tokens_of(text))) == searched(kinds, fold(text))
        mentions = gazetteer.find(text)
        marked = with_roles(text, mentions)
        marks = [(marked[mention.start], mention.start) for mention in mentions]
        assert spans(event_rules.sieve.search(marked, tokens_of(text).joined(marks))) == searched(cues, marked)
