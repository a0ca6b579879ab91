import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.conftest import NOW, SAVED, answer
from tracker.domain.errors import ParseError
from tracker.domain.items import Target
from tracker.domain.vocab import DocumentKind
from tracker.sources import feed_text
from tracker.sources.feed import Feed, read


def rss(items: str, head: str = "<title>T</title>") -> str:
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'


def test_a_target_becomes_one_conditional_request() -> None:
    options = {"etag": '"e"', "last_modified": "Thu, 01 Jan 2026 00:00:00 GMT", "kind": "statement", "secret": 1}
    [request] = Feed().requests([Target("https://a.example/feed", options=options)])
    assert (request.url, request.etag, request.last_modified) == (
        "https://a.example/feed",
        '"e"',
        options["last_modified"],
    )
    assert request.context == {"kind": "statement"}
    assert "application/rss+xml" in request.accept


def test_a_targets_options_shape_its_items() -> None:
    context = {"kind": "statement", "publisher": "ACLU", "language": "en"}
    [item] = Feed().parse(answer(rss("<item><guid>1</guid><title>x</title></item>"), context=context))
    assert (item.kind, item.publisher, item.language) == (DocumentKind.STATEMENT, "ACLU", "en")


def test_nothing_is_read_from_an_unchanged_feed() -> None:
    assert list(Feed().parse(answer(b"", status=304))) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the answer is empty"),
        (b" \n\t ", "the answer is empty"),
        (
            "<!doctype html><html><head><title>Just a moment...</title></head></html>",
            "HTML page titled 'Just a moment...'",
        ),
        (
            '<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
            "an HTML page came",
        ),
        ("<note><to>Tove</to></note>", "no RSS, Atom, RDF or JSON feed"),
        ("/etc/passwd", "no RSS, Atom, RDF or JSON feed"),
        ("file:///etc/passwd", "no RSS, Atom, RDF or JSON feed"),
        ('{"a": 1}', "JSON without a list of items"),
        ("[1, 2]", "JSON without a list of items"),
        ('{"a": ', "as JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes | str, words: str) -> None:
    with pytest.raises(ParseError, match=words.replace(".", r"\.")) as caught:
        read(answer(body))
    assert "https://site.example/feed" in str(caught.value)
    assert ";" in str(caught.value)


def test_an_empty_feed_is_fine_unless_told_otherwise() -> None:
    document = read(answer(rss("")))
    assert (document.title, document.items, document.warnings) == ("T", (), ())
    assert list(Feed().parse(answer(rss("")))) == []
    with pytest.raises(ParseError, match="no entries"):
        list(Feed().parse(answer(rss(""), context={"needs_entries": True})))


def test_a_malformed_feed_is_read_with_a_warning() -> None:
    document = read(answer(rss("<item><guid>1</guid><title>R & D caf&eacute;</title></item>")))
    assert [item.title for item in document.items] == ["R & D café"]
    assert any("not well-formed" in warning for warning in document.warnings)


def test_a_feed_sent_as_html_is_still_a_feed() -> None:
    document = read(answer(rss("<item><guid>1</guid></item>"), Content_Type="text/html; charset=utf-8"))
    assert len(document.items) == 1
    assert document.warnings == ()


def test_the_servers_charset_does_not_spoil_valid_utf8() -> None:
    body = '<?xml version="1.0" encoding="utf-8"?>' + rss("", "<title>Überwachung</title>")
    assert read(answer(body, Content_Type="application/rss+xml; charset=iso-8859-1")).title == "Überwachung"


@pytest.mark.parametrize(
    ("xml", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("1 &lt; 2", "1 < 2"),
        ("A &lt;i&gt;very&lt;/i&gt; bad\n  day", "A very bad day"),
        ("A &amp;lt;b&amp;gt; tag", "A <b> tag"),
        ("&lt;Company&gt; of the year", "<Company> of the year"),
        ("<![CDATA[Cut<br/>here]]>", "Cut here"),
        ("It&#8217;s", "It’s"),
        ("", ""),
    ],
)
def test_titles_are_html_that_is_undone_once(xml: str, title: str) -> None:
    assert read(answer(rss("", f"<title>{xml}</title>"))).title == title


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "http://", "http://[x/"]
)
def test_only_web_links_are_links(link: str) -> None:
    [item] = read(answer(rss(f"<item><guid isPermaLink='false'>1</guid><link>{link}</link></item>"))).items
    assert item.url is None


def test_a_relative_link_is_resolved_and_the_key_is_not() -> None:
    [item] = read(answer(rss("<item><guid isPermaLink='false'>7</guid><link>/a</link></item>"))).items
    assert (item.key, item.url) == ("7", "https://site.example/a")


def test_keys_do_not_hang_on_the_feeds_own_address() -> None:
    body = rss("<item><guid>abc-1</guid></item><item><link>https://a.example/x</link></item>")
    first = [item.key for item in read(answer(body, "https://one.example/feed")).items]
    assert (
        first
        == [item.key for item in read(answer(body, "https://two.example/feed")).items]
        == ["abc-1", "https://a.example/x"]
    )


def test_a_feed_proxys_link_gives_way_to_the_original() -> None:
    body = (
        '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        "<link>http://feedproxy.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>"
        "</item></channel></rss>"
    )
    assert [item.url for item in read(answer(body)).items] == ["https://a.example/1"]


def test_the_thousand_newest_entries_are_taken() -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    items = "".join(
        f"<item><guid>https://a.example/{n}</guid><pubDate>{moment:%d %b %Y %H:%M} GMT</pubDate></item>"
        for n, moment in enumerate(start + timedelta(hours=n) for n in range(1200))
    )
    document = read(answer(rss(items)))
    assert [item.key for item in document.items] == [f"https://a.example/{n}" for n in range(200, 1200)]
    assert any("1200 entries" in warning for warning in document.warnings)


def test_dates_outside_living_memory_are_dropped_with_a_warning() -> None:
    for date in ("Mon, 01 Jan 1900 00:00:00 GMT", "Thu, 26 Nov 2026 12:00:01 GMT", "0001-01-01T00:00:00Z", "soon"):
        [item] = read(answer(rss(f"<item><guid>1</guid><pubDate>{date}</pubDate></item>"))).items
        assert item.published is None
        assert len(item.warnings) == 1
    [item] = read(answer(rss("<item><guid>1</guid><pubDate>Wed, 25 Nov 2026 11:59:00 GMT</pubDate></item>"))).items
    assert item.published == datetime(2026, 11, 25, 11, 59, tzinfo=UTC)


def test_entities_that_explode_or_read_files_do_neither() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + "A" * 1000 + '">'
    bomb += "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(7)) + "]>"
    bomb += rss("<item><guid>1</guid><title>&h;</title></item>")
    peek = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + rss(
        "", "<title>[&x;]</title>"
    )
    assert sum(len(item.title) for item in read(answer(bomb)).items) < 1000
    assert read(answer(peek)).title in {"[&x;]", "[]"}


@pytest.mark.parametrize(
    "reference",
    ["&#xD800;", "&#XdFfF;", "&#55296;", "&#x00DC00;", "&#057343;", "&#x110000;", "&#1114112;", f"&#{'9' * 5000};"],
)
def test_a_reference_to_no_character_costs_only_itself(reference: str) -> None:
    body = rss(f"<item><guid>1</guid><author>a{reference}</author><title>&#128512; {reference}&#x2019;</title></item>"
               "<item><guid>2</guid><title>whole</title></item>")  # fmt: skip
    document = read(answer(body))
    assert [item.title for item in document.items] == ["\U0001f600 \ufffd\u2019", "whole"]
    assert any("characters that do not exist" in warning for warning in document.warnings)


def test_a_json_feed_of_wrong_types_is_read_as_far_as_it_goes() -> None:
    odd = {
        "items": [{"id": True, "url": 5, "title": None, "authors": "x", "date_published": 3, "content_html": []}, {}]
    }
    document = read(answer(json.dumps(odd)))
    assert len(document.items) == 2
    assert any("does not call itself" in warning for warning in document.warnings)


SEEDS = [path.read_bytes() for path in sorted((SAVED / "feed").glob("*")) if not path.name.endswith(".expected.json")]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    body = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(body)))
        body[place : place + draw(st.integers(0, 40))] = draw(st.binary(max_size=12) | st.sampled_from(
            [b"<", b">", b"&", b"]]>", b"<![CDATA[", b'"', b"<!--", b"<!DOCTYPE x [", b"\x00", b"\xff\xfe", b"&#xD800;",
             b"://[", b"\\ud800", b"<item>", b"</item>", b"xml:base='http://['", b"&#x1F;", b"href='http://[::'"]
        ))  # fmt: skip
    return bytes(body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body)


@settings(max_examples=300)
@given(
    body=damaged(),
    content_type=st.sampled_from(
        ["", "text/xml; charset=utf-16", "text/html; charset=x'\"\r\n", "a;b=c;charset*=x''y"]
    ),
)
def test_damaged_feeds_raise_nothing_but_parse_errors(body: bytes, content_type: str) -> None:
    try:
        document = read(answer(body, Content_Type=content_type))
    except ParseError:
        return
    keys = [item.key for item in document.items]
    assert len(keys) == len(set(keys))
    assert all(keys)


@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing_but_parse_errors(body: bytes) -> None:
    with suppress(ParseError):
        list(Feed().parse(answer(body)))


def test_a_reader_that_gives_up_is_a_parse_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise AttributeError("crafted")

    monkeypatch.setattr(feedparser, "parse", broken)
    with pytest.raises(ParseError, match="AttributeError: crafted"):
        read(answer(rss("<item><title>cut off")))


@pytest.mark.parametrize("name", [
    "authors", "summary_detail", "title_detail", "source", "content", "links", "published_parsed", "updated_parsed",
    "guidislink", "feedburner_origlink", "language", "id",
])  # fmt: skip
def test_an_element_called_like_a_part_of_feedparser_breaks_nothing(name: str) -> None:
    body = rss(f"<item><{name}>x</{name}><title>t</title><pubDate>soon</pubDate><{name} a='b'>y</{name}></item>")
    [item] = read(answer(body)).items
    assert item.title == "t"


def test_the_base_of_one_entry_does_not_leak_into_the_next() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        '<entry><id>urn:1</id><link href="/1"/><content type="html" xml:base="https://other.example/x/">a</content></entry>'
        '<entry><id>urn:2</id><link href="/2"/><content type="html">b</content></entry></feed>'
    )
    first, second = read(answer(body)).items
    assert (first.url, first.base_url) == ("https://site.example/1", "https://other.example/x/")
    assert (second.url, second.base_url) == ("https://site.example/2", "https://site.example/2")


def test_a_base_counts_from_where_it_stands() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/blog/"><entry xml:base="2026/"><id>urn:1</id>'
        '<link href="one"/><content>a</content></entry></feed>'
    )
    [item] = read(answer(body)).items
    assert item.url == "https://site.example/blog/2026/one"


def test_plain_text_is_not_told_twice() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content>1 &lt; 2 &amp; 3</content></entry></feed>'
    )
    [item] = read(answer(body)).items
    assert (item.summary_html, item.content_html) == ("", "1 &lt; 2 &amp; 3")


def test_an_editors_name_is_found_behind_any_domain() -> None:
    body = rss("<item><author>x@news.agency (Ann Lee)</author></item>")
    assert [item.authors for item in read(answer(body)).items] == [("Ann Lee",)]
    assert [item.authors for item in read(answer(body + "<!-- damaged")).items] == [("Ann Lee",)]


PLAIN_LINKS = st.from_regex(r"https?://[a-zA-Z0-9.-]{1,9}(:[0-9]{1,5})?/[!-~]{0,12}(\?[!-~]{0,8})?", fullmatch=True)


@given(
    link=PLAIN_LINKS,
    base=st.sampled_from(["https://site.example/a/b?c#d", "http://site.example", "https://x.example/;p"]),
)
def test_a_link_that_needs_no_joining_is_what_joining_makes_of_it(link: str, base: str) -> None:
    if feed_text._ABSOLUTE.fullmatch(link):
        assert feed_text.web_link(link, base) == urljoin(base, link) == link


def test_now_is_the_time_of_the_answer() -> None:
    body = rss("<item><guid>1</guid><pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate></item>")
    [item] = read(answer(body, now=datetime(2019, 1, 1, tzinfo=UTC))).items
    assert item.published is None
    [item] = read(answer(body, now=NOW)).items
    assert item.published is not None
