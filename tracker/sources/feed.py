"""RSS, Atom, RDF and JSON feeds.

The characters are decided by us, because feedparser believes the server. Plain well-formed XML is read by `feed_xml`,
everything else by `feed_lenient`, which is feedparser; where both can read a feed they say the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources.base import register, validated
from tracker.sources.charset import decode
from tracker.sources.feed_text import identified, title_text

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
            kind = DocumentKind(context.get("kind", item.kind))
            publisher = context.get("publisher") or item.publisher
            language = item.language or context.get("language", "")
            warnings = (feed.warnings if number == 0 else ()) + item.warnings
            told = (kind, publisher, language, warnings)
            # Most items are right as they are, and copying one takes as long as reading its dates.
            if told == (item.kind, item.publisher, item.language, item.warnings):
                yield item
            else:
                yield replace(item, kind=kind, publisher=publisher, language=language, warnings=warnings)


_OPTIONS = ("kind", "publisher", "language", "needs_entries")


def read(answer: Fetched) -> FeedDocument:
    """Return the feed in `answer`; raises ParseError when there is none in it."""
    if not answer.body or answer.body.isspace():
        raise ParseError(
            f"reading {answer.url} as a feed: the answer is empty; open it in a browser, the feed may have moved"
        )
    text, odd = decode(answer.body, answer.headers.get("content-type", ""))
    warnings = list(odd)
    if text.lstrip()[:1] in {"{", "["}:
        from tracker.sources import feed_json  # noqa: PLC0415 - who only asks for a feed needs nothing that reads it

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
    from tracker.sources import feed_xml  # noqa: PLC0415 - as above

    plain = feed_xml.read(text, answer)
    if plain is not None:
        return *plain, []
    from tracker.sources import feed_lenient  # noqa: PLC0415 - most processes never need feedparser, which is large

    found = feed_lenient.read(text, answer)
    if found is None:
        raise _no_feed(text, answer)
    return found


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


def _newest(items: Sequence[RawItem]) -> list[RawItem]:
    """Return the newest entries in the order given: by date where all have one, else the first ones."""

    def day(item: RawItem) -> float:
        if isinstance(item.published, datetime):
            return item.published.timestamp()
        first = item.published.earliest if item.published else None
        return first.toordinal() * 86400.0 - 62135683200.0 if first else float("-inf")

    places = sorted(range(len(items)), key=lambda n: (-day(items[n]), n))[:MOST_ENTRIES]
    return [items[n] for n in sorted(places)]
