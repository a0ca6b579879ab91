"""Where a site's feeds are: what its page names, what it links to, and the usual addresses when it says nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from tracker.domain.canonical import canonical_url
from tracker.domain.errors import ParseError
from tracker.domain.text import excerpt
from tracker.sources.feed_text import web_link
from tracker.sources.html_page import first, tree_of, words_of

MOST_CANDIDATES = 30
_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/rdf+xml": "rss",
    "application/x.atom+xml": "atom",
    "application/x-atom+xml": "atom",
    "text/rss+xml": "rss",
    "text/atom+xml": "atom",
}
_DOUBTFUL = {"application/json": "json", "text/xml": "rss", "application/xml": "rss"}
_FEED_ADDRESS = re.compile(
    r"(?:^|[/._=?&-])(?:feeds?|rss2?|atom|rdf)(?:$|[/._=?&-])|(?:^|/)(?:index|feed|rss|atom|news)\.(?:xml|rdf|atom|rss)$"
    r"|/feed\.json$|[?&]format=(?:rss|atom|feed)|[?&](?:output|alt|type)=(?:rss|atom)",
    re.IGNORECASE,
)
_FEED_WORDS = re.compile(r"\b(?:rss|atom|feeds?|xml feed)\b", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire|\breplies\b|\bfollow-?ups?\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:tag|category|author|search|archive)\b|podcast|/tag/|/category/|/author/", re.IGNORECASE)
_NO_FEED = re.compile(r"\.(?:html?|php|aspx?|png|jpe?g|gif|svg|pdf|css|js|zip)$|feedback|feeding", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|feedly|inoreader|netvibes|newsblur|bloglines|google|yahoo|addtoany|instagram)\.com$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a feed. `kind` is rss, atom or json as the page says, "" when it does not."""

    url: str
    title: str
    kind: str


def feeds_in(html: str, base_url: str) -> list[Candidate]:
    """Return the feeds that a page names or links to, the likeliest first; empty when there are none.

    The main feed comes before those of comments, tags and authors, what the page calls a feed before mere links.
    """
    try:
        page = tree_of(html, base_url)
    except ParseError:
        return []
    base = web_link(first(page, "//base/@href"), base_url) or base_url
    found: dict[str, tuple[int, int, Candidate]] = {}
    for place, (rank, candidate) in enumerate(_candidates(page, base)):
        key = canonical_url(candidate.url) or candidate.url
        if key not in found or rank < found[key][0]:
            found[key] = (rank, place, candidate)
    ordered = sorted(found.values(), key=lambda row: row[:2])
    return [candidate for _, _, candidate in ordered[:MOST_CANDIDATES]]


def guesses(url: str) -> list[str]:
    """Return the addresses at which a site's feed usually is, the likeliest first, for a page of it.

    Beside the site's own those below the page's folder are named: a blog at /blog/ has its feed there.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return []
    site = f"{parts.scheme}://{parts.netloc}"
    host = (parts.hostname or "").lower()
    folder = parts.path.rstrip("/")
    if "." in folder.rpartition("/")[2]:
        folder = folder.rpartition("/")[0]
    found: list[str] = []
    if host.endswith((".blogspot.com", ".blogger.com")):
        found.append(f"{site}/feeds/posts/default")
    if host in {"medium.com", "www.medium.com"} and folder:
        found.append(f"{site}/feed{folder}")
    for start in dict.fromkeys((folder, "")):
        found += [f"{site}{start}{path}" for path in _USUAL_PATHS]
    found += [f"{site}{start}?format=rss" for start in dict.fromkeys((folder or "/", "/blog", "/news"))]
    found += [f"{site}{path}" for path in _FURTHER_PATHS]
    return list(dict.fromkeys(found))


_USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json")
_FURTHER_PATHS = (
    "/blog/feed", "/news/feed", "/feeds/posts/default", "/blog/rss.xml", "/news/rss.xml", "/rss/news.xml",
    "/feeds/news", "/?feed=rss2",
)  # fmt: skip


def _candidates(page: Any, base: str) -> Iterator[tuple[int, Candidate]]:
    """Yield candidates with their rank, 0 the best."""
    for link in page.xpath("//link[@href][@rel]"):
        rels = str(link.get("rel")).lower().split()
        media = str(link.get("type") or "").partition(";")[0].strip().lower()
        url = _address(link.get("href"), base)
        if url is None or not {"alternate", "feed"} & set(rels) or "stylesheet" in rels:
            continue
        kind = _TYPES.get(media)
        if kind is None and ("feed" in rels or (media in _DOUBTFUL and _FEED_ADDRESS.search(urlsplit(url).path))):
            kind = _DOUBTFUL.get(media, "")
        if kind is None or "wp-json" in url or "oembed" in url:
            continue
        title = excerpt(str(link.get("title") or ""), 200)
        yield _rank(url, title), Candidate(url, title, kind)
    for anchor in page.xpath("//a[@href]"):
        url = _address(anchor.get("href"), base)
        if url is None:
            continue
        title = excerpt(words_of(anchor) or str(anchor.get("title") or anchor.get("aria-label") or ""), 200)
        parts = urlsplit(url)
        media = str(anchor.get("type") or "").lower()
        looks = _FEED_ADDRESS.search(f"{parts.path}?{parts.query}".rstrip("?"))
        if _NO_FEED.search(parts.path) or _ELSEWHERE.search(parts.hostname or ""):
            continue
        if media in _TYPES or looks or (_FEED_WORDS.search(title) and parts.path.endswith((".xml", ".rdf", ".json"))):
            yield 10 + _rank(url, title), Candidate(url, title, _TYPES.get(media, ""))


def _rank(url: str, title: str) -> int:
    said = f"{url} {title}"
    return 2 if _COMMENTS.search(said) else 1 if _PART.search(said) else 0


def _address(link: object, base: str) -> str | None:
    if isinstance(link, str) and link.strip().lower().startswith("feed:"):
        link = link.strip()[5:]
        link = link if link.startswith(("http:", "https:")) else f"http:{link}"
    url = web_link(link, base)
    return urldefrag(url).url if url and len(url) <= 2000 and canonical_url(url) else None
