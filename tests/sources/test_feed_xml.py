"""The reader of plain feeds says exactly what feedparser says, or leaves the feed to it."""

import json
import subprocess
import sys
from html import escape

import feedparser.mixin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.conftest import SAVED, answer
from tracker.domain.items import Fetched
from tracker.sources import feed, feed_lenient, feed_names, feed_xml
from tracker.sources.charset import decode

NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:x="urn:x"'
)


def is_plain(given: Fetched) -> bool:
    """Whether the plain reader takes the feed; if it does, it and feedparser must agree in every field."""
    text, _ = decode(given.body, given.headers.get("content-type", ""))
    plain = feed_xml.read(text, given)
    if plain is None:
        return False
    lenient = feed_lenient.read(text, given)
    assert lenient == (*plain, [])
    return True


def rss(inner: str, *, head: str = "<title>T</title>", names: str = NAMES) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {names}><channel>{head}{inner}</channel></rss>'


def atom(inner: str, *, head: str = "<title>T</title>", names: str = NAMES) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {names} xml:lang="en_US">{head}{inner}</feed>'


def rdf(inner: str) -> str:
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMES}>'
        f'<channel rdf:about="a"><title>T</title><dc:language>en</dc:language></channel>{inner}</rdf:RDF>'
    )


@pytest.mark.shared
def test_both_readers_agree_on_every_feed_beside_the_project(shared):
    kinds: dict[str, list[bool]] = {}
    for file in json.loads((shared / "feeds/MANIFEST.json").read_bytes())["files"]:
        body = (shared / "feeds" / file["file"]).read_bytes()
        for url in ("https://feed.example/", file.get("feed_url") or "http://a.example/b/c?d"):
            plain = is_plain(answer(body, url))
        kinds.setdefault(file["kind"], []).append(plain)
    assert (sum(kinds["real-feed"]), len(kinds["real-feed"])) == (62, 77)
    assert sum(map(sum, kinds.values())) > 450


@pytest.mark.parametrize("name", ["rss_common.xml", "atom_common.xml"])
def test_saved_feeds_read_the_same_either_way(saved, name):
    is_plain(saved(f"feed/{name}"))
    assert (SAVED / "feed" / name).exists()


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>a</title><link>http://a.example/1</link><guid>g</guid></item>"),
        rss("<item><dc:creator>Ann</dc:creator><author>b@c.example (Bob)</author></item>"),
        rss("<item><media:title>m</media:title><title>t</title></item>"),
        rss("<item><guid>http:////a.example/1</guid></item>"),
        rss("<item><description>a</description><content:encoded><![CDATA[<p>b</p>]]></content:encoded></item>"),
        rss('<item><title>t</title><source url="http://s.example">S</source><x:y z="1">q<x:z/></x:y></item>'),
        rss("<item><title>It â\u0080\u0099s</title><link>http://a.example/?a=1&amp;amp;b=2</link></item>"),
        rss("<item/>", head="<image><title>i</title><url>u</url></image><language>de</language><title>T</title>"),
        atom('<entry><title type="html">a &amp;amp; b</title><link href="http://a.example/"/><id>i</id></entry>'),
        atom("<entry><content>1 &lt; 2</content><author><name>A</name><email>a@b.example</email></author></entry>"),
        atom('<entry><id>http://a.example/i</id><link rel="self" href="s"/><summary>s</summary></entry>'),
        rdf('<item rdf:about="k"><title>t</title><link>http://a.example/</link><dc:date>2026-01-05</dc:date></item>'),
        '<!-- c --><rss version="2.0"><channel/></rss>',
    ],
)  # fmt: skip
def test_a_plain_feed_is_read_at_once(body):
    assert is_plain(answer(body))


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE rss><rss version="2.0"><channel/></rss>',
        '<!DOCTYPE r [<!ENTITY x "y">]><rss version="2.0"><channel><title>&x;</title></channel></rss>',
        rss("<item><title>caf&eacute;</title></item>"),
        rss("<item><title>a</title>"),
        rss('<item xml:base="http://b.example/"><link>x</link></item>'),
        rss("<item Base='x'/>"),
        rss("<item><title>a</title><title>b</title></item>"),
        rss("<item><title>a <b>c</b></title></item>"),
        rss("<item><TITLE>a</TITLE></item>"),
        rss("<item><media:title>only</media:title></item>"),
        rss("<item><media:description>d</media:description></item>"),
        rss("<item><itunes:summary>d</itunes:summary></item>"),
        rss("<item><dc:title>d</dc:title></item>"),
        rss("<item><description type='text/plain'>d</description></item>"),
        rss("<item><pubDate>월요일, 05 1월 2026 10:00</pubDate></item>"),
        rss("<item><author>not an address@ (x)</author></item>"),
        rss("<item><x:y><title>inner</title></x:y></item>"),
        rss("<item><summary_detail>x</summary_detail></item>"),
        rss("<item><authors>x</authors></item>"),
        rss("<item><link>abc</link><guid>abc</guid></item>"),
        rss("<textInput><title>x</title></textInput>"),
        rss("", names='xmlns:dc="http://search.yahoo.com/mrss/"'),
        rss("", names='xmlns:title="urn:x"'),
        rss("<item><x:y xmlns:dc='urn:z'/></item>"),
        rss("<item xmlns='urn:z'><title>x</title></item>"),
        rss("", names='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"').replace(
            "</channel>", "<item><feedburner:origLink>http://a.example/</feedburner:origLink></item></channel>"
        ),
        atom('<entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content></entry>'),
        atom('<entry><content type="application/octet-stream">eA==</content></entry>'),
        atom('<entry><content src="http://a.example/"/></entry>'),
        atom("<entry><source><title>s</title></source></entry>"),
        atom("<entry><author><name/><email>a@b.example</email></author></entry>"),
        atom("<entry><link>http://a.example/</link></entry>"),
        atom("", names='xmlns:r="http://purl.org/rss/1.0/"'),
        '<rss version="2.0"><item/></rss>',
        '<?xml version="1.1"?><rss version="2.0"><channel/></rss>',
        '\n<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
        "<html><body/></html>",
    ],
)  # fmt: skip
def test_an_unusual_feed_is_left_to_feedparser(body):
    assert not is_plain(answer(body))
    feed.read(answer(body)) if "<html" not in body else None


TEXTS = st.sampled_from([
    "", " ", "word", "Two  words\n", "AT&amp;T", "&lt;b&gt;x&lt;/b&gt;", "&amp;lt;i&amp;gt;",
    "<![CDATA[<p>a & b</p>]]>", "é",
    "Ã©", "â\u0080\u0099", "\u0093q\u0094", "&#8217;", "http://a.example/1?x=1&amp;y=2", "http:///a.example/2",
    "/relative", "abc",
    "urn:x:1", "a:///b", "&amp;amp;copy;", "<!-- c -->", "a<!-- c -->b", "<?p i?>x", "mailto:a@b.example", "日本",
    "\u00a0x\u00a0",
    "Ann (x)", "a@b.co (Ann)", "a@b.co", "Ann &lt;a@b.co&gt;", "a@news.agency (Ann)", "true", "2026",
])  # fmt: skip
DATES = st.sampled_from([
    "Thu, 01 Jan 2026 10:00:00 GMT", "Thu, 01 Jan 2026 10:00:00 -0530", "2026-01-05T10:00:00Z", "2026-01-05", "soon",
    "",
    "2099-01-01T00:00:00Z", "1 Jan 1900", "Thu, 01 Jan 2026 10:00:00 CET", "2026-W01-1", "0", "5 Foo 2026",
])  # fmt: skip
KINDS = st.sampled_from(
    ["", "", ' type="text"', ' type="html"', ' type="HTML"', ' type="xhtml"', ' mode="escaped"', ' type=""']
)


def element(
    names: list[str], texts: st.SearchStrategy[str], attributes: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    return st.builds(lambda n, a, t: f"<{n}{a}>{t}</{n}>", st.sampled_from(names), attributes, texts)


NOTHING = st.just("")
EXTRA = st.one_of(
    element(["category", "comments", "x:thing", "slash:comments", "media:title", "media:text", "itunes:title",
        "dc:subject"], TEXTS,
            st.sampled_from(["", ' a="b"', ' term="t"'])),
    element(["dc:description", "itunes:author", "media:description", "dc:language", "dc:publisher", "subtitle",
        "image", "rights"],
            TEXTS, NOTHING),
    st.sampled_from([
        '<media:content url="u"><media:title>m</media:title></media:content>',
        "<media:group><media:text>x</media:text></media:group>",
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="http://a.example/s"/>', "stray text",
        '<enclosure url="http://a.example/m.mp3" type="audio/mpeg"/>', '<x:a><x:b c="d">e</x:b></x:a>',
    ]),
)  # fmt: skip
RSS_PARTS = st.one_of(
    element(["title", "description", "content:encoded"], TEXTS, NOTHING),
    element(["link"], TEXTS, st.sampled_from(["", "", ' rel="x"'])),
    element(
        ["guid"], TEXTS, st.sampled_from(["", ' isPermaLink="false"', ' isPermaLink="true"', ' ispermalink="TRUE"'])
    ),
    element(["pubDate", "dc:date"], DATES, NOTHING),
    element(["author", "dc:creator"], TEXTS, NOTHING),
    element(["source"], TEXTS, st.sampled_from(["", ' url="http://s.example/"'])),
    EXTRA,
)
ATOM_PARTS = st.one_of(
    element(["title", "summary", "content"], TEXTS, KINDS),
    st.builds(
        lambda h, a: f'<link href="{h}"{a}/>',
        st.sampled_from(["http://a.example/1", "/r", "", "http:////x.example/", "urn:x:1", "a&amp;b=1"]),
        st.sampled_from(["", ' rel="alternate"', ' rel="self"', ' rel="ALTERNATE" type="text/HTML"',
            ' type="image/png"',
                         ' rel=""', ' url="x"']),
    ),
    element(["id"], TEXTS, NOTHING),
    element(["published", "updated", "issued"], DATES, NOTHING),
    st.builds(lambda n, e: f"<author><name>{n}</name>{e}</author>", TEXTS, st.sampled_from(["",
        "<email>e@f.co</email>", "<uri/>"])),
    EXTRA,
)  # fmt: skip
HEADS = st.lists(
    element(
        ["title", "language", "dc:language", "description", "subtitle", "id", "x:y", "itunes:summary", "dc:creator"],
        TEXTS,
        NOTHING,
    ),
    max_size=3,
).map("".join)


def entries(name: str, parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    entry = st.lists(parts, max_size=6).map(lambda found: f"<{name}>{''.join(found)}</{name}>")
    return st.lists(entry, max_size=3).map("".join)


FEEDS = st.one_of(
    st.builds(lambda i, h: rss(i, head=h), entries("item", RSS_PARTS), HEADS),
    st.builds(lambda i, h: atom(i, head=h), entries("entry", ATOM_PARTS), HEADS),
    entries("item", RSS_PARTS).map(rdf),
)


@settings(max_examples=700)
@given(body=FEEDS, url=st.sampled_from(["https://site.example/feed", "http://a.example/x/y?z#q"]))
def test_invented_feeds_are_read_the_same_either_way(body, url):
    if "@news.agency</" not in body:  # feedparser takes "cy" for a name there
        is_plain(answer(body, url))


@settings(max_examples=300)
@given(words=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30), place=st.integers(0, 4))
def test_any_words_are_read_the_same_either_way(words, place):
    texts = ["t", "l", "g", "d", "c"]
    texts[place] = escape(words)
    title, link, guid, description, creator = texts
    is_plain(answer(rss(
        f"<item><title>{title}</title><link>http://a.example/{link}</link><guid>{guid}</guid>"
        f"<description>{description}</description><dc:creator>{creator.replace('@', '')}</dc:creator></item>"
    )))  # fmt: skip


def test_we_know_every_name_space_that_feedparser_gives_a_meaning():
    parser = feedparser.mixin._FeedParserMixin
    prefixes = {name.split("_")[2] for name in dir(parser) if name.startswith("_start_") and name.count("_") >= 3} | {
        ""
    }
    handled = {
        uri.lower(): prefix.lower()
        for uri, prefix in parser.namespaces.items()
        if prefix in prefixes and uri and "backend.userland.com/rss" not in uri
    }
    assert {uri: feed_names.HANDLED.get(uri) for uri in handled} == handled


def test_feedparser_is_loaded_for_the_feed_that_needs_it():
    program = (
        "import sys; from datetime import UTC, datetime; from tracker.domain.items import Fetched, Request; "
        "from tracker.sources import feed; now = datetime(2026, 1, 1, tzinfo=UTC); "
        "url = 'https://a.example/'; "
        "read = lambda body: feed.read(Fetched(url, 200, body, {}, now, Request(url))); "
        "read(b'<rss version=\"2.0\"><channel><item/></channel></rss>'); print('feedparser' in sys.modules); "
        "read(b'<rss version=\"2.0\"><channel><item>'); print('feedparser' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.split() == ["False", "True"]
