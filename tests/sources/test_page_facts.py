from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import NOW
from tracker.domain.errors import ParseError
from tracker.sources.html_page import tree_of
from tracker.sources.page_facts import LONGEST_NAME, PageFacts, page_facts, same_site

URL = "https://www.site.example/news/story?id=1"


def facts(head: str, body: str = "<p>x</p>", url: str = URL, html: str = "<html>") -> PageFacts:
    return page_facts(tree_of(f"{html}<head>{head}</head><body>{body}</body></html>", url), url, NOW)


@pytest.mark.parametrize(
    ("link", "taken"),
    [
        ("/news/story", "https://www.site.example/news/story"),
        ("https://site.example/news/story#top", "https://site.example/news/story"),
        ("https://news.site.example/story", "https://news.site.example/story"),
        ("http://www.site.example/news/story", "https://www.site.example/news/story"),
        ("https://evil.example/news/story", None),
        ("https://site.example.evil.com/x", None),
        ("https://www.site.example/", None),
        ("https://site.example", None),
        ("javascript:alert(1)", None),
        ("ftp://site.example/x", None),
        ("https://user:pw@site.example/x", None),
        ("https://site.example\\@evil.example/x", None),
        ("https://[", None),
        ("/" + "x" * 3000, None),
        ("", None),
    ],
)
def test_an_address_counts_only_when_it_is_of_the_same_site(link: str, taken: str | None) -> None:
    assert facts(f'<link rel="canonical" href="{link}">').canonical_url == taken
    assert facts(f'<meta property="og:url" content="{link}">').canonical_url == taken


def test_a_front_page_may_name_itself() -> None:
    assert facts('<link rel="canonical" href="/">', url="https://a.example/").canonical_url == "https://a.example/"


def test_addresses_that_contradict_each_other_do_not_count() -> None:
    head = '<link rel="canonical" href="/a"><link rel="canonical" href="/b">'
    assert facts(head).canonical_url is None
    assert facts(head + '<meta property="og:url" content="/c">').canonical_url == "https://www.site.example/c"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/", "https://www.a.example/x", True),
        ("https://investors.a.example/", "https://news.a.example/", True),
        ("https://one.co.uk/", "https://two.co.uk/", False),
        ("https://one.gov.uk/", "https://www.one.gov.uk/", True),
        ("https://one.github.io/", "https://two.github.io/", False),
        ("https://one.github.io/", "https://github.io/", False),
        ("https://10.0.0.1/", "https://20.0.0.1/", False),
        ("https://a.example/", "https://b.example/", False),
        ("https:///x", "https:///y", False),
    ],
)
def test_sites_are_told_apart(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


def test_a_page_says_its_title_in_several_places() -> None:
    assert facts("<title>Tab | Site</title>", "<h1>Heading</h1>").title == "Heading"
    assert facts("<title>Tab</title><meta property='og:title' content='Graph'>").title == "Graph"
    site = "<meta property='og:site_name' content='The Site'>"
    assert facts(f"<title>Tab - more | The Site</title>{site}").title == "Tab - more"
    assert facts(f"<title>The Site</title>{site}").title == "The Site"


def test_dates_must_be_ones_that_can_be_true() -> None:
    wrong = "<meta property='article:published_time' content='2099-01-01'><meta name='date' content='2026-01-02'>"
    found = facts(wrong)
    assert str(found.published) == "2026-01-02"
    assert "future" in found.warnings[0]
    assert str(facts("", "<time itemprop='datePublished' datetime='2026-01'>x</time>").published) == "2026-01"
    modified = facts("<meta property='article:modified_time' content='2026-01-02T03:04:05+01:00'>").modified
    assert modified is not None
    assert modified.isoformat() == "2026-01-02T02:04:05+00:00"


def linked(data: str) -> PageFacts:
    return facts(f'<script type="application/ld+json">{data}</script>')


def test_linked_data_is_read() -> None:
    found = linked(
        '[{"@type": "WebPage", "headline": "no"}, {"@type": ["Thing", "NewsArticle"], "headline": " The\\n headline ",'
        ' "datePublished": "2026-03-04", "author": [{"name": "Ada"}, "Grace", {"x": 1}], "publisher": {"name": "P"}}]'
    )
    assert (found.title, found.authors, found.site_name) == ("The headline", ("Ada", "Grace"), "P")
    assert str(found.published) == "2026-03-04"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[" * 100_000,
        "1",
        '{"@type": {"a": 1}}',
        '{"@type": "Article", "author": 3, "headline": []}',
        "x" * 300_000,
    ],
)
def test_linked_data_that_is_none_is_passed_over(data: str) -> None:
    assert linked(data).authors == ()


def test_names_are_bounded_and_addresses_are_no_names() -> None:
    head = "".join(f"<meta name='author' content='Author {n} {'x' * 500}'>" for n in range(50))
    found = facts(head + "<meta property='article:author' content='https://facebook.example/ada'>")
    assert len(found.authors) == 10
    assert max(map(len, found.authors)) <= LONGEST_NAME
    assert facts("<meta name='author' content='https://a.example/'>").authors == ()


@pytest.mark.parametrize(
    ("html", "language"),
    [("<html lang='de-CH'>", "de-CH"), ("<html lang='{{x}}'>", ""), ("<html xml:lang='fr'>", "fr")],
)
def test_a_language_must_be_a_code(html: str, language: str) -> None:
    assert facts("", html=html).language == language


def test_links_are_relative_to_what_the_page_says() -> None:
    assert facts("<base href='/other/'>").base_url == "https://www.site.example/other/"
    assert facts("<base href='javascript:x'>").base_url == URL
    assert facts("<base href='http://[x'>").base_url == URL


@given(st.text(), st.sampled_from(["<meta name='author' content='{}'>", "<link rel='canonical' href='{}'>", "{}"]))
def test_any_head_gives_bounded_facts(text: str, head: str) -> None:
    try:
        page: Any = tree_of(head.format(text), URL)
    except ParseError:
        return
    found = page_facts(page, URL, NOW)
    assert len(found.title) <= 500
    assert all(len(name) <= LONGEST_NAME for name in found.authors)
    assert found.canonical_url is None or same_site(found.canonical_url, URL)
