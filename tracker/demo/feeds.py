"""Feeds as the demo's publisher writes them: RSS 2.0, Atom and JSON Feed, from the same articles."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

from tracker.demo.articles import Article

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ET.register_namespace("atom", ATOM)
ET.register_namespace("dc", DUBLIN_CORE)
ET.register_namespace("content", CONTENT)


@dataclass(frozen=True, slots=True)
class FeedOf:
    """One feed: its path says the format (.rss, .atom, .json); `kind` is what its entries are, for the reader."""

    name: str
    path: str
    title: str
    kind: str

    @property
    def media_type(self) -> str:
        """The media type the feed is served with."""
        return {
            "rss": "application/rss+xml; charset=utf-8",
            "atom": "application/atom+xml; charset=utf-8",
            "json": "application/feed+json",
        }[self.path.rpartition(".")[2]]


FEEDS = (
    FeedOf("press", "/feeds/press.rss", "Press", "news"),
    FeedOf("advocates", "/feeds/advocates.atom", "Advocates", "statement"),
    FeedOf("investors", "/feeds/investors.rss", "Investors", "statement"),
    FeedOf("newsroom", "/feeds/newsroom.atom", "Company newsrooms", "statement"),
    FeedOf("lawmakers", "/feeds/lawmakers.rss", "Lawmakers", "statement"),
    FeedOf("legislation", "/feeds/legislation.rss", "Bills, laws and hearings", "legislation"),
    FeedOf("filings", "/feeds/filings.rss", "Filings and decisions", "filing"),
    FeedOf("contracts", "/feeds/contracts.atom", "Contracts", "contract"),
    FeedOf("reports", "/feeds/reports.json", "ACLU", "report"),
    FeedOf("larkmere-press", "/feeds/larkmere-press.rss", "Larkmere in the press (fictional)", "news"),
    FeedOf("larkmere-newsroom", "/feeds/larkmere-newsroom.atom", "Larkmere newsroom (fictional)", "statement"),
)


def write(feed: FeedOf, articles: Sequence[Article], address: str) -> bytes:
    """Return the feed with these articles, newest first, as it is served under `address`."""
    if feed.path.endswith(".json"):
        return _json(feed, articles, address)
    root = _rss(feed, articles, address) if feed.path.endswith(".rss") else _atom(feed, articles, address)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def as_html(article: Article) -> str:
    """Return an article's paragraphs as HTML."""
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs)


def _identifier(article: Article) -> str:
    return f"tag:whereas-demo.example,2026:{article.id}"


def _rss(feed: FeedOf, articles: Sequence[Article], address: str) -> ET.Element:
    """Days and months go into dc:date, because RSS's own pubDate would force a time of day on them."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _put(channel, "title", feed.title)
    _put(channel, "link", f"{address}/")
    _put(channel, "description", f"{feed.title}: served by the Whereas demonstration on this machine.")
    _put(channel, "language", "en")
    ET.SubElement(channel, f"{{{ATOM}}}link", rel="self", href=address + feed.path, type="application/rss+xml")
    for article in articles:
        item = ET.SubElement(channel, "item")
        _put(item, "title", article.title)
        if article.link:
            _put(item, "link", article.link)
        _put(item, "guid", _identifier(article)).set("isPermaLink", "false")
        _put(item, f"{{{DUBLIN_CORE}}}date", article.published)
        _put(item, "source", article.publisher).set("url", article.link or f"{address}{feed.path}")
        _put(item, "description", article.paragraphs[0])
        _put(item, f"{{{CONTENT}}}encoded", as_html(article))
    return root


def _atom(feed: FeedOf, articles: Sequence[Article], address: str) -> ET.Element:
    root = ET.Element(f"{{{ATOM}}}feed")
    _put_atom(root, "title", feed.title)
    _put_atom(root, "id", f"tag:whereas-demo.example,2026:{feed.name}")
    _put_atom(root, "updated", _moment(articles[0].published if articles else "2018-01-01"))
    ET.SubElement(root, f"{{{ATOM}}}link", rel="self", href=address + feed.path)
    ET.SubElement(_author(root), f"{{{ATOM}}}name").text = feed.title
    for article in articles:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _put_atom(entry, "title", article.title)
        _put_atom(entry, "id", _identifier(article))
        if article.link:
            ET.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=article.link)
        _put_atom(entry, "published", _moment(article.published))
        _put_atom(entry, "updated", _moment(article.published))
        _put_atom(entry, "summary", article.paragraphs[0])
        _put_atom(entry, "content", as_html(article)).set("type", "html")
        source = ET.SubElement(entry, f"{{{ATOM}}}source")
        _put_atom(source, "id", f"tag:whereas-demo.example,2026:publisher:{article.id}")
        _put_atom(source, "title", article.publisher)
        _put_atom(source, "updated", _moment(article.published))
    return root


def _json(feed: FeedOf, articles: Sequence[Article], address: str) -> bytes:
    items = [
        {
            "id": _identifier(article),
            **({"url": article.link} if article.link else {}),
            "title": article.title,
            "summary": article.paragraphs[0],
            "content_html": as_html(article),
            "date_published": _moment(article.published),
        }
        for article in articles
    ]
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "feed_url": address + feed.path,
        "language": "en",
        "items": items,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _moment(day: str) -> str:
    """Return the first moment of a day. Atom and JSON Feed have no way to say only a month, so those are refused."""
    if len(day) != len("2018-05-22"):
        raise ValueError(f"an Atom or JSON feed cannot carry the date {day!r}: put the article into an RSS feed")
    return f"{day}T00:00:00Z"


def _author(root: ET.Element) -> ET.Element:
    return ET.SubElement(root, f"{{{ATOM}}}author")


def _put(parent: ET.Element, tag: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = text
    return child


def _put_atom(parent: ET.Element, tag: str, text: str) -> ET.Element:
    return _put(parent, f"{{{ATOM}}}{tag}", text)
