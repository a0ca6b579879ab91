"""What a page says of itself in its head: address, title, dates, authors, language, publisher.

These values are as trustworthy as the page. Each is bounded, a date must be one that can be true, and an address
counts only when it leads to the same site: else any page could pass itself off as another's.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from tracker.domain.canonical import canonical_url
from tracker.domain.text import excerpt, one_line
from tracker.sources.feed_dates import Moment, checked, read_date
from tracker.sources.feed_text import web_link
from tracker.sources.html_page import first, words_of

LONGEST_ADDRESS = 2000
LONGEST_NAME = 200
MOST_AUTHORS = 10
_LONGEST_DATA = 200_000
_MOST_NODES = 200
_PUBLISHED = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//meta[@name='date' or @name='dcterms.date' or @name='dcterms.issued' or @name='DC.date.issued']/@content",
    "//meta[@name='DC.date' or @itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='parsely-pub-date' or @name='pubdate' or @name='publishdate' or @name='publish-date']/@content",
    "//meta[@name='sailthru.date' or @name='citation_publication_date']/@content",
)
_MODIFIED = (
    "//meta[@property='article:modified_time' or @property='og:updated_time']/@content",
    "//meta[@name='last-modified' or @name='dcterms.modified' or @itemprop='dateModified']/@content",
    "//*[@itemprop='dateModified']/@datetime",
)
_AUTHORS = (
    "//meta[@name='author' or @property='article:author' or @name='parsely-author' or @name='dc.creator']/@content"
)
_ARTICLES = frozenset({
    "Article", "NewsArticle", "BlogPosting", "Report", "PressRelease", "ReportageNewsArticle", "OpinionNewsArticle",
    "AnalysisNewsArticle", "TechArticle", "ScholarlyArticle", "Legislation", "SocialMediaPosting",
})  # fmt: skip
_PAGES = frozenset({"WebPage", "AboutPage", "ItemPage", "FAQPage"})
_UNREAD = re.compile(r"^\(\d{1,3}\)\s+")  # "(3) Our policy": messages that wait for the reader
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}", re.ASCII)
# Many sites under one name that is nobody's: two of them are not one site.
_SHARED = frozenset({
    "github.io", "gitlab.io", "blogspot.com", "wordpress.com", "substack.com", "medium.com", "tumblr.com", "ghost.io",
    "squarespace.com", "wixsite.com", "weebly.com", "netlify.app", "pages.dev", "vercel.app", "herokuapp.com",
    "typepad.com", "over-blog.com", "neocities.org", "cloudfront.net", "amazonaws.com", "azurewebsites.net",
})  # fmt: skip
_SECOND_LEVEL = frozenset({
    "ac", "asn", "co", "com", "edu", "go", "gob", "gov", "govt", "gub", "ltd", "mil", "net", "nic", "nom", "or", "org",
    "plc", "police", "sch",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself. `canonical_url` is None unless it names an address of its own site.

    `base_url` is what the page's links are relative to. "" means that the page does not say.
    """

    title: str
    canonical_url: str | None
    base_url: str
    published: Moment | None
    modified: datetime | None
    authors: tuple[str, ...]
    language: str
    site_name: str
    warnings: tuple[str, ...]


def page_facts(page: Any, url: str, now: datetime) -> PageFacts:
    """Return what `page`, the whole tree as it came from `url`, says of itself. `now` is when it was fetched."""
    data = _linked_data(page)
    base = _base(page, url)
    notes: list[str] = []
    published = _date(page, _PUBLISHED, data.get("datePublished"), now, notes)
    modified = _date(page, _MODIFIED, data.get("dateModified"), now, notes)
    site = first(page, "//meta[@property='og:site_name']/@content") or _name(data.get("publisher"))
    return PageFacts(
        title=_title(page, data, site),
        canonical_url=_canonical(page, base, url),
        base_url=base,
        published=published,
        modified=_moment(modified),
        authors=_authors(page, data),
        language=_language(page),
        site_name=excerpt(site, LONGEST_NAME),
        warnings=tuple(dict.fromkeys(notes)),
    )


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one site: their hosts end in the same name that somebody registered."""
    try:
        first_host, second_host = (urlsplit(url).hostname or "" for url in (one, other))
    except ValueError:
        return False
    return bool(first_host) and _site(first_host) == _site(second_host)


def _site(host: str) -> str:
    """Return the part of a host that its owner registered, as far as that can be told without the list of suffixes."""
    host = host.rstrip(".").lower()
    labels = host.split(".")
    if ":" in host or labels[-1].isdecimal() or len(labels) < 3:
        return host
    long_suffix = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    site = ".".join(labels[-3 if long_suffix else -2 :])
    return host.removeprefix("www.") if site in _SHARED else site


def _canonical(page: Any, base: str, url: str) -> str | None:
    named = {str(link).strip() for link in page.xpath("//link[@href and contains(@rel, 'canonical')]/@href")}
    # Several that differ mean that none can be relied upon.
    for link in (*(named if len(named) == 1 else ()), first(page, "//meta[@property='og:url']/@content")):
        if link and (found := _own_address(link, base, url)):
            return found
    return None


def _own_address(link: str, base: str, url: str) -> str | None:
    absolute = web_link(link, base)
    if absolute is None or len(absolute) > LONGEST_ADDRESS or canonical_url(absolute) is None:
        return None
    absolute = urldefrag(absolute).url
    here, there = urlsplit(url), urlsplit(absolute)
    if not same_site(url, absolute) or (_is_front(there) and not _is_front(here)):
        return None
    if here.scheme == "https" and there.scheme == "http" and here.netloc.lower() == there.netloc.lower():
        return absolute.replace("http:", "https:", 1)  # left over from before the site had TLS
    return absolute


def _is_front(parts: SplitResult) -> bool:
    return parts.path in {"", "/"} and not parts.query


def _base(page: Any, url: str) -> str:
    try:
        return web_link(urljoin(url, first(page, "//base/@href")), url) or url
    except ValueError:
        return url


def _title(page: Any, data: dict[str, Any], site: str) -> str:
    headings = page.xpath("//main//h1 | //article//h1 | //*[@role='main']//h1") or page.xpath("//h1")
    if len(headings) == 1 and (text := words_of(headings[0])):
        return excerpt(text, 500)
    title = first(page, "//meta[@property='og:title']/@content") or _text(data.get("headline"))
    title = title or first(page, "//head/title/text()") or first(page, "//title/text()")
    for mark in (" | ", " - ", " – ", " — ", " · ", " :: "):
        start, found, end = title.rpartition(mark)
        if found and site and end.strip().casefold() == site.casefold():
            title = start
    return excerpt(_UNREAD.sub("", title), 500)


def _date(page: Any, paths: tuple[str, ...], told: object, now: datetime, notes: list[str]) -> Moment | None:
    for text in (*(first(page, path) for path in paths), _text(told)):
        if text:
            moment, warning = read_date(text)
            moment, doubt = checked(moment, now)
            if moment is not None:
                return moment
            notes.extend(note for note in (doubt or warning,) if note)
    return None


def _moment(found: Moment | None) -> datetime | None:
    if found is None or isinstance(found, datetime):
        return found
    day = found.earliest
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _authors(page: Any, data: dict[str, Any]) -> tuple[str, ...]:
    told = data.get("author")
    names = [_name(one) for one in (told if isinstance(told, list) else [told])][:MOST_AUTHORS]
    names = [name for name in names if name] or [one_line(str(name)) for name in page.xpath(_AUTHORS)]
    plain = (excerpt(name, LONGEST_NAME) for name in names if name and "://" not in name and not name.startswith("@"))
    return tuple(dict.fromkeys(plain))[:MOST_AUTHORS]


def _language(page: Any) -> str:
    paths = ("/html/@lang", "/html/@*[name()='xml:lang']", "//meta[@property='og:locale']/@content")
    found = (first(page, path) for path in paths)
    return next((code for code in found if _LANGUAGE.fullmatch(code)), "")


def _linked_data(page: Any) -> dict[str, Any]:
    """Return the JSON-LD node that describes the article, or else the page; empty when there is none."""
    about_page: dict[str, Any] = {}
    for script in page.xpath("//script[@type='application/ld+json']")[:10]:
        text = str(script.text_content())
        if len(text) > _LONGEST_DATA:
            continue
        try:
            nodes = list(_nodes(json.loads(text)))
        except (ValueError, RecursionError):
            continue
        for node in nodes:
            kinds = node.get("@type")
            kinds = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
            if kinds & _ARTICLES:
                return node
            if kinds & _PAGES:
                about_page = about_page or node
    return about_page


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name") if isinstance(value, dict) else value)
