"""The pages here are invented."""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.errors import ParseError
from tracker.ingest import extract
from tracker.ingest.extract import Extracted, main_text

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
URL = "https://paper.example/news/council-votes"
STORY = (
    "<p>The council of Example City voted on Tuesday to end its <a href='/contract'>contract</a> with the vendor.</p>"
    "<p>Forty groups had asked for this in a letter, which the vendor has <b>not answered</b> for two years.</p>"
    "<p>“We are glad,” said Ada Example, who had signed it.</p><ul><li>The vote was 7 to 2.</li></ul>"
)
HEAD = (
    "<title>Council votes | The Paper</title><meta property='og:site_name' content='The Paper'>"
    "<meta property='article:published_time' content='2026-03-04T10:00:00Z'>"
    "<meta name='author' content='Grace Example'>"
    "<link rel='canonical' href='https://www.paper.example/news/council-votes'>"
)


def page(story: str = STORY, head: str = HEAD) -> str:
    return (
        f"<!doctype html><html lang='en-GB'><head>{head}</head><body><nav><ul><li><a href='/'>Home</a></ul></nav>"
        f"<main><article><h1>Council votes</h1>{story}</article><section class='comments'><h2>Comments</h2><p>No way,"
        " said somebody who commented at length on this.</p></section></main><aside>Most read: cats</aside>"
        "<footer>© 2026 The Paper. All rights reserved. <a href='/terms'>Terms of service</a></footer></body></html>"
    )


def read(html: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8") -> Extracted:
    return main_text(html.encode() if isinstance(html, str) else html, content_type, url, now=NOW)


def test_an_article_is_read_without_what_stands_around_it() -> None:
    found = read(page())
    assert found.title == "Council votes"
    assert "Forty groups had asked for this in a letter, which the vendor has not answered for two years." in found.text
    assert "The vote was 7 to 2." in found.text
    for around in ("Home", "Comments", "commented at length", "Most read", "All rights reserved"):
        assert around not in found.text
    assert '<a href="https://paper.example/contract" rel="noopener">contract</a>' in found.html
    assert (found.language, found.site_name, found.authors) == ("en-GB", "The Paper", ("Grace Example",))
    assert found.canonical_url == "https://www.paper.example/news/council-votes"
    assert found.published == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert found.warnings == ()


def test_a_date_is_looked_for_only_where_the_page_states_none() -> None:
    found = read(page(head="<title>T</title>"), "https://paper.example/2026/02/03/votes")
    assert str(found.published) == "2026-02-03"
    assert "found in its address or text" in found.warnings[0]


def test_nothing_that_runs_comes_out() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a><svg onload=x>"
    found = read(page(f"{STORY}<p onclick='x()'>More{hostile} words.</p></svg>"))
    for mark in ("script", "onerror", "onclick", "onload", "svg"):
        assert mark not in found.html


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body><div id=root></div><script>draw()</script></body></html>",
        page("<p>Too short.</p>"),
        page(
            "<p>To keep reading, please become a member of our paper today. It supports the work of its people.</p>" * 2
        ),
        page(STORY + "<p>Subscribe to continue reading this story and all others.</p>"),
        "<html><title>Just a moment...</title><body><p>"
        + "Checking your browser before you can come in. " * 8
        + "</p></body></html>",
        b"%PDF-1.7 binary",
    ],
    ids=range(7),
)
def test_a_page_without_an_article_is_refused(body: str | bytes) -> None:
    with pytest.raises(ParseError, match="open it in a browser"):
        read(body)


def test_a_very_long_page_is_cut_off_and_that_is_said() -> None:
    long = page("".join(f"<p>Paragraph {n} of a very long report. {'word ' * 40}</p>" for n in range(10_000)))
    found = read(long)
    assert f"only the first {extract.LONGEST_HTML:,} were read" in found.warnings[0]


@pytest.mark.parametrize("html", ["<p>x</p>" * 100_000, "<div>" * 5000 + "x" * 500, "<b>" * 300 + "word " * 100])
def test_pages_that_would_take_minutes_are_refused(html: str) -> None:
    with pytest.raises(ParseError, match=r"elements|nested"):
        read(html)


@pytest.mark.parametrize("tag", ["span", "font", "small", "abbr", "img", "b", "a", "br", "div", "td"])
def test_many_small_elements_do_not_take_minutes(tag: str) -> None:
    many = "".join(f"<{tag} class='x>y'>word {n} here</{tag}> " for n in range(20_000))
    with suppress(ParseError):
        assert "Forty groups" in read(page(f"{STORY}<p>{many}</p>")).text


SEED = page().encode()


@given(st.integers(0, len(SEED)), st.integers(0, len(SEED)), st.binary(max_size=30))
@settings(max_examples=60)
def test_damaged_pages_raise_nothing_but_parse_errors(first: int, last: int, noise: bytes) -> None:
    with suppress(ParseError):
        read(SEED[:first] + noise + SEED[last:])


def test_trafilatura_is_loaded_for_the_first_page_only() -> None:
    code = (
        "import sys; import tracker.ingest.extract; sys.exit('trafilatura' in sys.modules or 'htmldate' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
