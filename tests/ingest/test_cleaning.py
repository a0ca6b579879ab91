import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.text import tidy_lines
from tracker.ingest import cleaning
from tracker.ingest.cleaning import clean_html, plain_text

BASE = "https://site.example/news/1"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>Hi <b>you</b></p>", "<p>Hi <b>you</b></p>"),
        ("<script>alert(1)</script>a<style>b</style><iframe src=x></iframe><form>c</form>", "a"),
        ('<p onclick="x()" style="color:red" class="y" id="z">a</p>', "<p>a</p>"),
        ('<a href="/x?a=1&amp;b=2">l</a>', '<a href="https://site.example/x?a=1&amp;b=2" rel="noopener">l</a>'),
        ('<a href="two" target=_blank>l</a>', '<a href="https://site.example/news/two" rel="noopener">l</a>'),
        ('<a href=" JaVa\tScript:alert(1)">l</a>', '<a rel="noopener">l</a>'),
        ('<a href="data:text/html,x">l</a>', '<a rel="noopener">l</a>'),
        ('<a href="mailto:a@b.example">l</a>', '<a rel="noopener">l</a>'),
        ('<a href="#top">l</a>', '<a rel="noopener">l</a>'),
        ('<a href="http://[bad">l</a>', '<a rel="noopener">l</a>'),
        ('<img src=x onerror=y alt="pic">a<svg onload=x><text>b</text></svg>', "a<div>b</div>"),
        ("<!-- c --><unknown>a</unknown>", "a"),
        ("<td colspan=2>a</td>", "a"),
        ('<table><tr><td colspan="2">a<td colspan="9999999">b</table>', None),
        ("a\x00b\x0bc&#7;d\ud800", "abcd"),
        ("<section>A</section><section>B</section>", "<div>A</div><div>B</div>"),
        ("<DOCUMENT><TYPE>8-K<TEXT><html><head><title>x</title></head><body><p>hello</p></body></html></TEXT>", None),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("", ""),
    ],
)
def test_what_carries_meaning_stays_and_all_else_goes(html: str, clean: str | None) -> None:
    found = clean_html(html, BASE)
    if clean is not None:
        assert found == clean
    assert clean_html(found, BASE) == found


def test_filings_keep_their_words() -> None:
    assert (
        plain_text(clean_html("<DOCUMENT><TYPE>8-K<TEXT><html><head><title>x</title></head><p>hello</p></html></TEXT>"))
        == "8-K\n\nhello"
    )
    xbrl = "<div style='display:none'><ix:header><ix:hidden>000123</ix:hidden></ix:header></div>"
    xbrl += "<p>Item <ix:nonNumeric>5.07</ix:nonNumeric></p>"
    assert plain_text(clean_html(xbrl)) == "Item 5.07"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b<br/><br/>c", "a\nb\n\nc"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
        (
            "<table><tbody><tr><th>For</th><th>Against</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
            "For Against\n1 2",
        ),
        ("<div><div><p>a</p></div></div>b", "a\n\nb"),
        ("in<b>li</b>ne\n  text &amp; more&nbsp;&lt;b&gt;", "inline text & more <b>"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ('<abbr title="a &gt; b">x</abbr>y', "xy"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_text_has_the_lines_a_reader_sees(html: str, text: str) -> None:
    assert plain_text(clean_html(html)) == text


def test_depth_loses_no_text() -> None:
    assert plain_text(clean_html("<div>" * 3000 + "deep")) == "deep"
    assert plain_text(clean_html("<ul><li>" * 1000 + "deep")) == "deep"


@pytest.mark.parametrize(
    "unit",
    [
        "<div>", "<ul><li>", "<section>", "<div><p>", "<div></x>", "<div><table><tr><td></div></table>", "<DIV a='b'>",
        "<table><tr><td></object>", "<div><span></div><b><div></b>", "<span><div></span>", "<di<x>v>", "<b id=1><div/>",
    ],
)  # fmt: skip
def test_an_abyss_of_elements_keeps_its_words(unit: str) -> None:
    html = "<p>first &amp; <b>foremost</b></p>" + unit * (1_000_000 // len(unit)) + "<i>la</i>st<td>&lt;end&gt;"
    clean = clean_html(html)
    assert len(re.findall("<", clean)) < 1_000_000 // len(unit)  # flat: it was not built as a tree
    words = plain_text(clean)
    assert words.startswith("first & foremost")
    assert words.endswith("last <end>")


def test_an_abyss_hides_no_script_and_keeps_paragraphs() -> None:
    html = (
        "<script>alert(1)</script><style>x</style><p>one<br>two</p><div>three</div><!-- <p>four -->" + "<div>" * 50_000
    )
    assert clean_html(html + "<scr<b>ipt>alert(2)") == ("<p>one<br>two</p><p>three</p><p>&lt;script&gt;alert(2)</p>")


def test_many_elements_side_by_side_are_no_abyss() -> None:
    for unit in ("<div><p>a<b>b</b></div>", "<p>a", "<li>a", "<ul><li>a<li>b</ul>", "<table><tr><td>a<td>b</table>"):
        assert cleaning._depth(unit * 2000, 9000) <= 5
    assert cleaning._depth("<div><span>" * 300, 9000) == 601
    assert clean_html("<div>a" * 2000) == "<div>a" * 2000 + "</div>" * 2000


class Inspector(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "svg",
            "math",
            "img",
            "base",
            "meta",
            "link",
        }:
            self.acts.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "src", "srcdoc", "srcset", "action"}:
                self.acts.append(name)
            if name in {"href", "cite"} and not re.match(r"https?://", value or ""):
                self.acts.append(f"{name}={value}")


PIECES = [
    "<script>", "</script>", "<scr<script>ipt>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>",
    "<a href=//e.example>", "<a href='java&#10;script:x'>", '<a href="&#1;javascript:x">', "<svg>", "<math>",
    "<style>", "</style>", "<![CDATA[", "]]>", "<!--", "-->", "<noscript>", "<title>", "</title>", "<textarea>",
    "<xmp>", "<table>", "<plaintext>", "<td>", "<p onmouseover=x>", "<TEXT>", "<details open ontoggle=x>",
    "<a href='/x' onfocus=alert(1)>", '"', "'", ">", "<", "&lt;", "&#60;script&#62;", "\x00", "\u2028",
    "<q cite='javascript:x'>", "<section onclick=x>", "</header", "<form action=x>", "<mglyph>", "<annotation-xml>",
    "<foreignObject>",
]  # fmt: skip
FRAGMENTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6)).map("".join)


@settings(max_examples=400)
@given(html=FRAGMENTS, base=st.sampled_from(["", BASE, "javascript:x", "http://[", "data:text/html,x"]))
def test_cleaned_html_does_nothing(html: str, base: str) -> None:
    clean = clean_html(html, base)
    for shown in (clean, clean_html(clean, base)):  # also as it is after somebody else's parser has put it in order
        inspector = Inspector()
        inspector.feed(shown)
        inspector.close()
        assert inspector.acts == []
    assert "\x00" not in plain_text(clean)


BLOCKS = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<div>", "</div>", "<ul><li>", "</li></ul>", "<table><tr><td>", "</td><th>", "</table>",
        "<br>", "<br/>", "<hr>",
        "<pre>", "</pre>", "<b>", "</b>", "<a href='/x?a=1&b=2' title='<p>'>", "</a>", "<wbr>", "<span lang=en>",
        "words", " ", "\n",
        "\n\n", "\t", "&nbsp;", "&lt;p&gt;", "&amp;", "&amp;lt;", "&quot;", "&amp;nbsp;", "&#8217;", "&#7;",
        "\u200b", "é", "<!-- c -->",
    ]),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=500)
@given(BLOCKS | FRAGMENTS)
def test_text_read_in_one_go_is_what_reading_tag_by_tag_gives(html: str) -> None:
    clean = clean_html(html, BASE)
    in_pieces = "".join(cleaning._marked_in_pieces(clean))
    at_once = cleaning._marked_at_once(clean)
    assert at_once is None or at_once == in_pieces
    gap = re.compile("[ \n\t]*[\x1e\x1f][ \n\t\x1e\x1f]*")
    told = gap.sub(lambda run: "\n\n" if "\x1f" in run[0] or run[0].count("\n") > 1 else "\n", in_pieces)
    assert plain_text(clean) == tidy_lines(told if "<" in clean or "&" in clean else clean)


@given(
    st.from_regex(r"(https?:)?(//)?[a-z.:@]{1,9}/[!-~]{0,12}", fullmatch=True).filter(lambda link: "<" not in link),
    st.sampled_from([BASE, "http://site.example"]),
)
def test_a_link_that_needs_no_resolving_is_what_resolving_makes_of_it(link: str, base: str) -> None:
    if cleaning._ABSOLUTE.fullmatch(link):
        assert cleaning._absolute(link, base) == link


def test_threads_clean_against_their_own_bases() -> None:
    def clean(number: int) -> bool:
        shown = {clean_html("<a href='x'>y</a>" * 50, f"https://site{number}.example/") for _ in range(50)}
        return len(shown) == 1 and f"site{number}.example" in shown.pop()

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(clean, range(8)))
