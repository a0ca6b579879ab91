"""Marks in our copy: they stand where they should, add nothing to its text, and never break its HTML."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from tracker.domain.text import visible
from tracker.ingest.cleaning import clean_html, plain_text
from tracker.web.archived_copy import Mark, cleaned, marked_copy

WORDS = st.lists(
    st.sampled_from(["sold", "to", "police", "a<b", "R&D", "naïve", "“so”", "\N{SOFT HYPHEN}x"]), min_size=1
)
PARTS = st.lists(st.tuples(st.sampled_from(["p", "h2", "li", "b", "a", "td"]), WORDS), min_size=1, max_size=6)


def written(parts: list[tuple[str, list[str]]]) -> str:
    """Return a page as a publisher may have written it."""
    whole = []
    for tag, words in parts:
        text = " ".join(word.replace("&", "&amp;").replace("<", "&lt;") for word in words)
        whole.append(f'<a href="https://e.example/">{text}</a> ' if tag == "a" else f"<{tag}>{text}</{tag}> ")
    return "".join(whole)


def squeezed(text: str) -> str:
    return "".join(visible(text).split())


def place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@given(parts=PARTS, edges=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=5))
def test_every_mark_holds_its_passage_and_the_text_stays_as_it_was(parts, edges):
    page = clean_html(written(parts))
    text = plain_text(page)
    spans = [(min(start, len(text)), min(start + size, len(text))) for start, size in edges]
    marks = [Mark(*span, kind=f"m{number}", anchors=(f"m{number}",)) for number, span in enumerate(spans)]
    told, lost = marked_copy(cleaned(page, text), text, marks)
    tree = lxml_html.fragment_fromstring(told, create_parent="div")
    assert squeezed(tree.text_content()) == squeezed(text)
    for mark, span in zip(marks, spans, strict=True):
        passage = squeezed(text[slice(*span)])
        found = "".join(part.text_content() for part in tree.xpath(f"//mark[@class='{mark.kind}']"))
        assert squeezed(found) == passage
        assert (mark in lost) == (not passage)
        assert len(tree.xpath(f"//*[@id='{mark.kind}']")) == bool(passage)


def test_a_passage_over_two_paragraphs_is_marked_in_both_with_one_number_behind_it():
    page, text = "<p>We sell <b>to all</b>.</p><p>Police too.</p>", "We sell to all.\n\nPolice too."
    mark = Mark(*place(text, "to all.\n\nPolice"), "passage", ("quote-a",), "1", "of-quote-a", "Passage 1")
    told, _ = marked_copy(page, text, [mark])
    assert told == (
        '<p>We sell <b><mark class="passage"><span id="quote-a"></span>to all</mark></b>'
        '<mark class="passage">.</mark></p>'
        '<p><mark class="passage">Police</mark><sup class="passage-number">'
        '<a href="#of-quote-a" aria-label="Passage 1">1</a></sup> too.</p>'
    )


def test_within_a_link_of_the_copy_the_number_is_no_link():
    told, _ = marked_copy(
        '<a href="https://e.example/">Police</a>', "Police", [Mark(0, 6, "passage", (), "1", "x", "y")]
    )
    assert '<sup class="passage-number">1</sup></a>' in told


def test_where_html_and_text_differ_a_passage_is_found_by_its_words_or_told_as_lost():
    page, text = "<p>A note. The firm sells it to the police.</p>", "The firm sells it to the police. Another line."
    here = Mark(*place(text, "sells it to the police"), "passage", ("here",))
    gone = Mark(*place(text, "Another line"), "passage", ("gone",))
    told, lost = marked_copy(page, text, [here, gone])
    assert '<mark class="passage"><span id="here"></span>sells it to the police</mark>' in told
    assert lost == [gone]


def test_what_stands_before_the_first_difference_keeps_its_place():
    told, lost = marked_copy("<p>Police and police.</p>", "Police and Police!", [Mark(0, 6, "name")])
    assert told == '<p><mark class="name">Police</mark> and police.</p>'
    assert not lost


def test_what_is_cut_off_has_no_place():
    told, lost = marked_copy("<p>One</p>", "One\n\nTwo", [Mark(5, 8, "passage")])
    assert (told, len(lost)) == ("<p>One</p>", 1)


@given(levels=st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_headings_of_a_copy_stand_below_ours_and_leave_no_level_out(levels):
    told, _ = marked_copy(cleaned("".join(f"<h{level}>T</h{level}>" for level in levels), ""), "T" * len(levels), [])
    shown = [int(level) for level in re.findall(r"<h(\d)>T</h\1>", told)]
    assert len(shown) == len(levels)
    assert shown[0] == 3
    assert all(3 <= later <= min(6, before + 1) for before, later in zip([2, *shown], shown, strict=False))


def test_a_text_alone_is_shown_as_its_paragraphs():
    assert unescape(cleaned("", "One <b>\nline\n\n\nTwo")) == "<p>One <b>\nline</p><p>Two</p>"
