from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.discovery import Candidate, feeds_in, guesses

HERE = "https://site.example/blog/page.html"


def test_what_a_page_names_comes_first_and_comments_last() -> None:
    page = """<html><head>
      <link rel="alternate" type="application/rss+xml" title="Site » Comments Feed" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="Site » Police Tag Feed" href="/tag/police/feed/">
      <link rel="alternate" type="application/atom+xml; charset=utf-8" title="Site" href="atom.xml">
      <link rel="ALTERNATE" type="application/feed+json" href="/feed.json"/>
      <link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" type="text/css" href="/feed.css">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
      <link rel="alternate" type="application/json+oembed" href="/oembed?x=1">
      </head><body><a href="/news/rss.xml">All news</a> <a href="/about">About</a></body></html>"""
    assert feeds_in(page, HERE) == [
        Candidate("https://site.example/blog/atom.xml", "Site", "atom"),
        Candidate("https://site.example/feed.json", "", "json"),
        Candidate("https://site.example/tag/police/feed/", "Site » Police Tag Feed", "rss"),
        Candidate("https://site.example/comments/feed/", "Site » Comments Feed", "rss"),
        Candidate("https://site.example/news/rss.xml", "All news", ""),
    ]


def test_links_that_look_like_feeds_are_found_where_nothing_is_named() -> None:
    page = """<body><a href="feed://site.example/feed">Subscribe</a><a href="/press?format=rss">RSS</a>
      <a href="/rss-feeds.html">About RSS</a><a href="/feedback">Feedback</a><a href="https://feedly.com/i/feed/x">x</a>
      <a href="/export.xml">RSS feed</a><a href="/data.xml">Data</a><a href="javascript:rss()">RSS</a></body>"""
    assert [one.url for one in feeds_in(page, "https://site.example/")] == [
        "http://site.example/feed",
        "https://site.example/press?format=rss",
        "https://site.example/export.xml",
    ]


def test_a_feed_named_twice_is_one() -> None:
    page = """<base href="https://cdn.example/">
      <link rel="alternate" type="application/rss+xml" href="feed?utm_source=x">
      <a href="https://cdn.example/feed#top">RSS</a>"""
    assert [one.url for one in feeds_in(page, HERE)] == ["https://cdn.example/feed?utm_source=x"]


def test_usual_addresses_are_tried_near_the_page_first() -> None:
    found = guesses("https://site.example/blog/page.html?x=1")
    assert found[:2] == ["https://site.example/blog/feed", "https://site.example/blog/rss"]
    assert {"https://site.example/feed", "https://site.example/index.xml", "https://site.example/blog?format=rss"} <= {
        *found
    }
    assert len(found) == len(set(found))
    assert guesses("https://site.example")[0] == "https://site.example/feed"


def test_some_hosts_keep_feeds_in_places_of_their_own() -> None:
    assert guesses("https://name.blogspot.com/")[0] == "https://name.blogspot.com/feeds/posts/default"
    assert guesses("https://medium.com/@name")[0] == "https://medium.com/feed/@name"


def test_what_is_no_web_address_has_no_usual_places() -> None:
    assert guesses("file:///etc/passwd") == guesses("") == guesses("https://[") == []


@given(st.text(), st.text(max_size=30))
def test_any_page_gives_web_addresses_or_nothing(html: str, base: str) -> None:
    assert all(one.url.startswith(("http:", "https:")) for one in feeds_in(html, base))
    assert all(url.startswith(("http:", "https:")) for url in guesses(base))
