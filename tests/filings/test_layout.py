"""A filing as one text with blocks: what a browser would show, each piece where it is said to be."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InputError, ParseError
from tracker.filings.layout.filed import MOST_BYTES, Layout, layout_of


def html(body: str) -> Layout:
    return layout_of(f"<html><head><title>T</title></head><body>{body}</body></html>".encode())


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks]


def assert_in_place(layout: Layout) -> None:
    for block in layout.blocks:
        assert layout.text[block.start : block.end] == block.text
        for cell in block.cells:
            assert layout.text[cell.start : cell.end] == cell.text


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<tr>",
        "<td colspan=2>",
        "<td rowspan=3>",
        "</td>",
        "<br>",
        "<hr>",
        "<b>",
        "</b>",
        "<div style='display:none'>",
        "</div>",
        "words ",
        "1,234",
        "&nbsp;",
        "&#8212;",
        "&#150;",
        "<li>",
        "<ol>",
        "</ol>",
        "<sup>1</sup>",
        "<pre>",
        "</pre>",
        "\n",
        "<ix:header>",
        "</ix:header>",
        "<PAGE>",
        "é",
        "\u200b",
        "<!-- x -->",
        "<S>",
        "<C>",
        "&amp;",
        "<",
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_every_block_and_cell_stands_where_it_is_said_to_stand(pieces):
    assert_in_place(html("<p>start</p>" + "".join(pieces)))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_every_line_of_a_text_stands_where_it_is_said_to_stand(text):
    assert_in_place(layout_of(f"Form 8-K\n{text}".encode()))


def test_a_row_has_its_cells_in_grid_columns():
    layout = html(
        "<table><tr><td rowspan=2>A</td><td "
        "colspan=2>B</td><td></td><td>C</td></tr><tr><td>D</td><td>E</td></tr></table>"
    )
    [first, second] = layout.blocks
    assert [(cell.text, cell.column, cell.colspan) for cell in first.cells] == [("A", 0, 1), ("B", 1, 2), ("C", 4, 1)]
    assert [(cell.text, cell.column) for cell in second.cells] == [("D", 1), ("E", 2)]
    assert (first.text, first.table, second.table) == ("A\tB\tC", 0, 0)


def test_a_row_in_which_one_cell_alone_speaks_is_a_block_for_each_line():
    layout = html("<table><tr><td></td><td><p>One.</p><p><b>Two.</b></p></td></tr></table>")
    assert [(block.kind, block.text, block.strong) for block in layout.blocks] == [
        ("row", "One.", False),
        ("row", "Two.", True),
    ]


def test_a_table_within_a_cell_parts_what_stands_before_and_after_it():
    layout = html("<table><tr><td>Before<table><tr><td>a</td><td>b</td></tr></table>After</td></tr></table>")
    assert [(block.text, block.table) for block in layout.blocks] == [("Before", 0), ("a\tb", 1), ("After", 0)]


def test_what_is_hidden_is_left_out_and_inline_xbrl_is_transparent():
    layout = html(
        "<style>.gone{display:none}</style><script>var x</script><div style='display: none'>no</div><p "
        "class='gone'>no</p>"
        "<ix:header><ix:hidden>no</ix:hidden></ix:header><p>Net <ix:nonNumeric "
        "name='x'>proceeds</ix:nonNumeric></p><p hidden>no</p>"
    )
    assert texts(layout) == ["Net proceeds"]


def test_odd_spaces_entities_and_windows_characters_are_what_they_were_meant_to_be():
    assert texts(html("<p>A&nbsp;\u2003B&#146;s &#x97; C&shy;D &amp; E</p>")) == ["A B’s — CD & E"]
    assert texts(layout_of(b"<p>It\x92s \x96 5</p>")) == ["It’s – 5"]


def test_raised_digits_never_run_into_a_figure():
    layout = html("<p>1,234<sup>1</sup> and 5,678<span style='vertical-align:super'>2</span>, the 4<sup>th</sup></p>")
    assert texts(layout) == ["1,234¹ and 5,678², the 4th"]


@pytest.mark.parametrize(
    "mark", ["<hr>", "<p style='page-break-before: always'></p>", "<div style='page-break-after:always'></div>"]
)
def test_a_page_ends_at_a_drawn_line_and_at_a_page_break(mark):
    assert [block.kind for block in html(f"<p>a</p>{mark}<p>b</p>").blocks] == ["paragraph", "break", "paragraph"]


def test_numbers_of_a_list_are_shown_as_a_browser_shows_them():
    assert texts(html("<ol><li>a</li><li>b</li></ol><ol type=i start=4><li>c</li></ol><ul><li>d</li></ul>")) == [
        "1. a",
        "2. b",
        "iv. c",
        "• d",
    ]


def test_bold_underlined_and_headings_are_strong_and_centred_is_said():
    layout = html(
        "<p align=center><b>A</b></p><h2>B</h2><p><font style='font-weight:bold'>C</font> D</p><div "
        "style='text-align:center'><u>E</u></div>"
    )
    assert [(b.text, b.strong, b.centred) for b in layout.blocks] == [
        ("A", True, True),
        ("B", True, False),
        ("C D", False, False),
        ("E", True, True),
    ]


def test_a_text_keeps_its_lines_with_the_columns_of_their_words():
    layout = layout_of(
        b"Form 8-K\n<TABLE>\n<CAPTION>\nName        For\n<S>         <C>\nA. Cole   1,234\n</TABLE>\n\n<PAGE>\nend\n"
    )
    assert [(b.kind, b.text) for b in layout.blocks] == [
        ("line", "Form 8-K"),
        ("line", "Name        For"),
        ("line", "A. Cole   1,234"),
        ("line", ""),
        ("line", ""),
        ("break", ""),
        ("line", ""),
        ("line", "end"),
        ("line", ""),
    ]
    assert [(cell.text, cell.column) for cell in layout.blocks[2].cells] == [("A. Cole", 0), ("1,234", 10)]
    assert_in_place(layout)


def test_preformatted_parts_of_a_page_keep_their_lines():
    layout = html("<p>A</p><pre>\nName   For\nCole  12\n<PAGE>\nmore</pre><p>B</p>")
    assert [(b.kind, b.text) for b in layout.blocks if b.text] == [
        ("paragraph", "A"),
        ("line", "Name   For"),
        ("line", "Cole  12"),
        ("line", "more"),
        ("paragraph", "B"),
    ]


def test_of_a_full_submission_the_main_document_is_read():
    body = (
        b"<SEC-DOCUMENT>x\n<DOCUMENT>\n<TYPE>8-K/A\n<SEQUENCE>1\n<TEXT>\n<XBRL>\n"
        b"<html><p>main</p></html>\n</XBRL>\n</TEXT>\n</DOCUMENT>\n"
        b"<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\nexhibit\n</TEXT>\n</DOCUMENT>"
    )
    layout = layout_of(body)
    assert (layout.form, texts(layout)) == ("8-K/A", ["main"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"\0\0\0\0",
        b"PK\x03\x04\x14\0\0\0\x08\0\x01\x02\x03",
        gzip.compress(b"x"),
        b"<html><p hidden>x</p></html>",
        b"<DOCUMENT>\n<TYPE>8-K\n",
        b"%PDF-1.4 cut off",
    ],
    ids=["empty", "blank", "zeros", "zip", "gzip", "all hidden", "no text", "broken PDF"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(body):
    with pytest.raises(ParseError) as refused:
        layout_of(body)
    assert "\n" not in str(refused.value)


def test_what_is_too_large_is_refused_before_it_is_parsed():
    with pytest.raises(InputError, match="MiB"):
        layout_of(b"<p>" + b"x" * MOST_BYTES)
    with pytest.raises(InputError, match="tags"):
        layout_of(b"<p>" * 1_000_001)


def test_deep_nesting_and_entity_bombs_are_read_as_what_they_show():
    assert texts(html("<div>" * 1_900 + "deep")) == ["deep"]
    entities = b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">'
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [' + entities + b"]><html><p>&b;&f;x</p></html>"
    assert "root:" not in layout_of(bomb).text
    assert "aaaa" * 2 not in layout_of(bomb).text
