"""Evidence marked in a text: each character once, all of it escaped, long texts by their passages."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.store.archive import Naming
from tracker.web.editing import evidence
from tracker.web.editing.evidence import KINDS, Mark

TITLE = "Amazon answers"
TEXT = f"{TITLE}\nAmazon answered the letter of May 2018 on <b>Rekognition</b>."


def reason(code, words, **more):
    start = TEXT.index(words, len(TITLE))
    return {"code": code, "words": words, "span": [start, start + len(words)], "sentence": f"It says {words}."} | more


def plain(html):
    return re.sub("</?mark[^>]*>", "", str(html))


def test_what_is_more_telling_is_drawn_above_what_it_stands_in():
    found = evidence.marks_of(
        TEXT, len(TITLE) + 1, [reason("passage", TEXT[len(TITLE) + 1 :]), reason("when", "May 2018")], []
    )
    html = evidence.marked(TEXT, found, len(TITLE) + 1, len(TEXT))
    assert '<mark class="evidence-date" title="It says May 2018.">May 2018</mark>' in html
    assert html.count("evidence-passage") == 2
    assert "&lt;b&gt;" in html


def test_words_that_no_longer_stand_there_are_not_marked():
    moved = reason("when", "May 2018")
    moved["span"] = [3, 11]
    assert evidence.marks_of(TEXT, len(TITLE) + 1, [moved, reason("day", "May", span=None)], []) == []


def test_names_are_marked_and_a_passage_that_is_the_headline_is_not():
    naming = Naming("amazon", "Amazon", "organization", 2, "", ((0, 6), (15, 21)), has_page=True)
    headline = {"code": "passage", "words": TITLE, "span": [0, len(TITLE)], "sentence": ""}
    found = evidence.marks_of(TEXT, len(TITLE) + 1, [headline], [naming])
    assert [(mark.start, mark.kind) for mark in found] == [(0, "name"), (15, "name")]


@given(
    text=st.text(st.sampled_from("ab <&\n"), min_size=1, max_size=60),
    places=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(sorted(KINDS))), max_size=6),
)
def test_marks_change_no_character_of_the_text(text, places):
    marks = [
        Mark(start, min(start + length, len(text)), kind, "why") for start, length, kind in places if start < len(text)
    ]
    html = plain(evidence.marked(text, marks, 0, len(text)))
    assert html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_of_a_long_text_the_passages_around_the_evidence_are_shown():
    text = "T\n" + "word " * 2000 + "HERE " + "word " * 2000 + "THERE."
    marks = [Mark(text.index(word), text.index(word) + 4, "word", "") for word in ("HERE", "THERE")]
    shown = [plain(part) for part in evidence.passages(text, 2, marks)]
    assert len(shown) == 2
    assert all("HERE" in part for part in shown)
    assert sum(map(len, shown)) < 1200
    assert shown[0].startswith("… word")


def test_without_evidence_the_beginning_of_the_text_is_shown():
    [shown] = evidence.passages("T\n" + "word " * 500, 2, [])
    assert shown.startswith("word")
    assert shown.endswith(" …")
