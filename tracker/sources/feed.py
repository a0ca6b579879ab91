"""RSS, Atom, RDF and JSON feeds.

feedparser reads the XML. It gets a stream, never bytes (it would open a file or an address named by them); the
characters are decided by us, because it believes the server; its sanitiser and its link resolution are off, because
`ingest` does both, and better.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from tracker.domain.dates import PartialDate
from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources import feed_json
from tracker.sources.base import register, validated
from tracker.sources.charset import decode
from tracker.sources.feed_dates import Moment, checked, read_date
from tracker.sources.feed_text import as_html, identified, title_text, web_link

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
MOST_ENTRIES = 1000
_TITLE = re.compile(r"<title[^>]*>(.{0,200}?)</title", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as read: its title, its entries in the order given, and what was odd about the whole."""

    title: str
    items: tuple[RawItem, ...]
    warnings: tuple[str, ...]


@register
class Feed:
    """One entry, one item. A target's options: `kind`, `publisher` and `language` for its items, and `needs_entries`
    when an empty feed means that something broke.
    """

    name, kind, every = "feed", DocumentKind.NEWS, timedelta(minutes=30)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            context = {name: target.options[name] for name in _OPTIONS if name in target.options}
            yield validated(target.url, target.options, accept=ACCEPT, context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        feed = read(answer)
        context = answer.request.context
        if context.get("needs_entries") and not feed.items:
            raise ParseError(
                f"reading {answer.url} as a feed: it has no entries, where it always had some; open it in a browser"
            )
        for number, item in enumerate(feed.items):
            yield replace(
                item,
                kind=DocumentKind(context.get("kind", item.kind)),
                publisher=context.get("publisher") or item.publisher,
                language=item.language or context.get("language", ""),
                warnings=(feed.warnings if number == 0 else ()) + item.warnings,
            )


_OPTIONS = ("kind", "publisher", "language", "needs_entries")


def read(answer: Fetched) -> FeedDocument:
    """Return the feed in `answer`; raises ParseError when there is none in it."""
    if not answer.body.strip():
        raise ParseError(
            f"reading {answer.url} as a feed: the answer is empty; open it in a browser, the feed may have moved"
        )
    text, odd = decode(answer.body, answer.headers.get("content-type", ""))
    warnings = list(odd)
    if text.lstrip()[:1] in {"{", "["}:
        title, items, more = feed_json.read(answer)
    else:
        title, items, more = _read_xml(text, answer)
    warnings += more
    if len(items) > MOST_ENTRIES:
        warnings.append(f"it has {len(items)} entries: the {MOST_ENTRIES} newest were taken")
        items = _newest(items)
    items, repeated = identified(items)
    return FeedDocument(title, tuple(items), tuple(warnings + ([repeated] if repeated else [])))


def _read_xml(text: str, answer: Fetched) -> tuple[str, list[RawItem], list[str]]:
    parsed = _parsed(text, answer)
    if not parsed.get("version") and not parsed.entries:
        raise _no_feed(text, answer)
    channel = parsed.feed
    is_atom = str(parsed.get("version", "")).startswith("atom")
    title = _title(channel, is_atom=is_atom)
    warnings = []
    if parsed.get("bozo"):
        reason = " ".join(str(parsed.get("bozo_exception", "")).split())[:200]
        warnings.append(f"it is not well-formed ({reason}): it was read as far as possible")
    reader = _EntryReader(answer, title, str(channel.get("language") or ""), is_atom=is_atom)
    return title, [reader.item(entry) for entry in parsed.entries], warnings


def _parsed(text: str, answer: Fetched) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # its many handlers fail on crafted input in ways of their own
        raise ParseError(
            f"reading {answer.url} as a feed: the XML reader gave up ({type(error).__name__}: {str(error)[:200]}); "
            "open it in a browser, it may be damaged"
        ) from error


def _no_feed(text: str, answer: Fetched) -> ParseError:
    if _HTML.match(text[:4000]):
        found = _TITLE.search(text[:20000])
        named = f" titled {title_text(found[1])!r}" if found else ""
        return ParseError(
            f"reading {answer.url} as a feed: an HTML page{named} came instead; the site may be asking for a browser, "
            "or the feed has moved: open it in a browser"
        )
    return ParseError(
        f"reading {answer.url} as a feed: no RSS, Atom, RDF or JSON feed in it (it begins {text[:60]!r}); "
        "look for the site's feed address"
    )


def _title(holder: Any, *, is_atom: bool) -> str:
    """Return the title of a feed, an entry or a source as plain text.

    Atom says whether a title is text or HTML. Elsewhere it is HTML, whatever feedparser guesses.
    """
    detail = holder.get("title_detail") or {}
    return title_text(str(holder.get("title") or ""), is_html=not (is_atom and detail.get("type") == "text/plain"))


class _EntryReader:
    """Turns feedparser's entries into items; knows what all entries of a feed share."""

    def __init__(self, answer: Fetched, feed_title: str, language: str, *, is_atom: bool) -> None:
        self._answer = answer
        self._feed_title = feed_title
        self._language = language
        self._is_atom = is_atom

    def item(self, entry: Any) -> RawItem:
        url = self._link(entry)
        published, updated, warnings = self._dates(entry)
        summary, _ = self._html(entry.get("summary_detail") or {"value": entry.get("summary") or ""})
        contents = [self._html(content) for content in entry.get("content") or ()]
        content, base = max(contents, key=lambda one: len(one[0]), default=("", ""))
        base = base or str((entry.get("summary_detail") or {}).get("base") or "")
        return RawItem(
            key=str(entry.get("id") or "").strip(),
            title=_title(entry, is_atom=self._is_atom),
            url=url,
            published=published,
            updated=updated,
            authors=tuple(_authors(entry)),
            publisher=self._publisher(entry),
            summary_html="" if summary == content else summary,
            content_html=content,
            base_url=web_link(base, self._answer.url) or url or self._answer.url,
            language=str(entry.get("language") or self._language),
            warnings=warnings,
        )

    def _link(self, entry: Any) -> str | None:
        original = web_link(entry.get("feedburner_origlink"), self._answer.url)
        if original:
            return original
        link, identifier = str(entry.get("link") or ""), str(entry.get("id") or "")
        if entry.get("guidislink") and link == identifier and "://" not in identifier:
            return None  # a bare guid counts as a link by RSS's rules, but "abc-1" leads nowhere
        return web_link(link, self._answer.url)

    def _html(self, content: Any) -> tuple[str, str]:
        value, kind = str(content.get("value") or ""), str(content.get("type") or "")
        return as_html(value, is_html=kind != "text/plain"), str(content.get("base") or "")

    def _publisher(self, entry: Any) -> str:
        source = entry.get("source") or {}
        return (
            _title(source, is_atom=self._is_atom) or title_text(str(entry.get("publisher") or "")) or self._feed_title
        )

    def _dates(self, entry: Any) -> tuple[Moment | None, datetime | None, tuple[str, ...]]:
        warnings: list[str] = []

        def one(*names: str) -> Moment | None:
            for name in names:
                if name in entry:  # `get` would answer "updated" with "published"
                    moment, warning = read_date(str(entry[name] or ""), fallback=entry.get(f"{name}_parsed"))
                    moment, doubt = checked(moment, self._answer.fetched_at)
                    warnings.extend(found for found in (doubt or warning,) if found)
                    if moment is not None:
                        return moment
            return None

        published, updated = one("published", "created"), one("updated")
        if published is None and not self._is_atom:
            published = updated  # outside Atom this is Dublin Core's date, the only one the entry has
        if isinstance(updated, PartialDate):
            day = updated.earliest
            updated = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
        return published, updated, tuple(dict.fromkeys(warnings))


def _authors(entry: Any) -> Iterator[str]:
    """Yield the authors' names, each once; an address only where there is no name."""
    seen = set()
    for author in entry.get("authors") or ():
        name = title_text(str(author.get("name") or author.get("email") or ""))
        if name and name not in seen:
            seen.add(name)
            yield name


def _newest(items: Sequence[RawItem]) -> list[RawItem]:
    """Return the newest entries in the order given: by date where all have one, else the first ones."""

    def day(item: RawItem) -> float:
        if isinstance(item.published, datetime):
            return item.published.timestamp()
        first = item.published.earliest if item.published else None
        return first.toordinal() * 86400.0 - 62135683200.0 if first else float("-inf")

    places = sorted(range(len(items)), key=lambda n: (-day(items[n]), n))[:MOST_ENTRIES]
    return [items[n] for n in sorted(places)]
