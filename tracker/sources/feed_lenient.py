"""Feeds as feedparser makes them out: the broken, the old and the unusual.

feedparser gets a stream, never bytes (it would open a file or an address named by them). Its sanitiser and its link
resolution are off, because `ingest` does both, and better. Only a feed that `feed_xml` leaves alone comes here.
"""

import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import feedparser

from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, RawItem
from tracker.sources.feed_dates import told
from tracker.sources.feed_text import as_html, title_text, web_link

# feedparser thinks that domains end with at most four letters: of "x@news.agency (Ann)" it leaves "cy (Ann".
_CUT = re.compile(r"[A-Za-z]+ \(([^()]*)")
_REFERENCE = re.compile(r"&#(?:[xX]0*+([0-9a-fA-F]{4,})|0*+([0-9]{5,}));?")
_NO_CHARACTER = "\ufffd"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def read(text: str, answer: Fetched) -> tuple[str, list[RawItem], list[str]] | None:
    """Return the feed's title, its items with their own identifiers as keys, and warnings; None when it is no feed.

    Raises ParseError when feedparser gives up.
    """
    text, replaced = _with_characters_only(text)
    parsed = _parsed(text, answer)
    if not parsed.get("version") and not parsed.entries:
        return None
    channel = parsed.feed
    is_atom = str(parsed.get("version", "")).startswith("atom")
    title = _title(channel, is_atom=is_atom)
    warnings = []
    if replaced:
        warnings.append(f"it names characters that do not exist, such as {replaced}: they became {_NO_CHARACTER}")
    if parsed.get("bozo"):
        reason = " ".join(str(parsed.get("bozo_exception", "")).split())[:200]
        warnings.append(f"it is not well-formed ({reason}): it was read as far as possible")
    reader = _EntryReader(answer, title, _text(channel.get("language")), is_atom=is_atom)
    return title, [reader.item(entry) for entry in parsed.entries], warnings


def _with_characters_only(text: str) -> tuple[str, str]:
    """Return the text without references to surrogates and beyond Unicode, over which feedparser gives up the whole
    feed; and the first such reference, "" when there was none.
    """
    if "&#" not in text:
        return text, ""
    wrong = ""

    def character(found: re.Match[str]) -> str:
        nonlocal wrong
        digits = found[1] or found[2]
        # Seven digits hold all of Unicode in either base; very long numbers are costly or refused.
        number = int(digits, 16 if found[1] else 10) if len(digits) <= 7 else 0x110000
        if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
            return found[0]
        wrong = wrong or found[0][:20]
        return _NO_CHARACTER

    return _REFERENCE.sub(character, text), wrong


def _parsed(text: str, answer: Fetched) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8"}
    if "xml:base" in text:
        # Without a place to begin, feedparser lets the base of one entry leak into the next. It is not given otherwise,
        # because keys that are bare words would then hang on the address of the feed.
        headers["content-location"] = answer.url
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # its many handlers fail on crafted input in ways of their own
        raise ParseError(
            f"reading {answer.url} as a feed: the XML reader gave up ({type(error).__name__}: {str(error)[:200]}); "
            "open it in a browser, it may be damaged"
        ) from error


def _title(holder: Mapping[str, Any], *, is_atom: bool) -> str:
    """Return the title of a feed, an entry or a source as plain text.

    Atom says whether a title is text or HTML. Elsewhere it is HTML, whatever feedparser guesses.
    """
    detail = _mapping(holder.get("title_detail"))
    return title_text(_text(holder.get("title")), is_html=not (is_atom and detail.get("type") == "text/plain"))


class _EntryReader:
    """Turns feedparser's entries into items; knows what all entries of a feed share."""

    def __init__(self, answer: Fetched, feed_title: str, language: str, *, is_atom: bool) -> None:
        self._answer = answer
        self._feed_title = feed_title
        self._language = language
        self._is_atom = is_atom

    def item(self, entry: Any) -> RawItem:
        url = self._link(entry)
        given = {name: _text(entry[name]) for name in ("published", "created", "updated") if name in entry}
        published, updated, warnings = told(
            given, self._answer.fetched_at, is_atom=self._is_atom, otherwise=lambda name: entry.get(f"{name}_parsed")
        )
        summary, content, base = _bodies(entry)
        if base == self._answer.url:  # the entry names no base of its own
            base = ""
        return RawItem(
            key=_text(entry.get("id")).strip(),
            title=_title(entry, is_atom=self._is_atom),
            url=url,
            published=published,
            updated=updated,
            authors=tuple(_authors(entry)),
            publisher=self._publisher(entry),
            summary_html="" if summary == content else summary,
            content_html=content,
            base_url=web_link(base, self._answer.url) or url or self._answer.url,
            language=_text(entry.get("language")) or self._language,
            warnings=warnings,
        )

    def _link(self, entry: Any) -> str | None:
        original = web_link(entry.get("feedburner_origlink"), self._answer.url)
        if original:
            return original
        link, identifier = _text(entry.get("link")), _text(entry.get("id"))
        if entry.get("guidislink") and link == identifier and "://" not in identifier:
            return None  # a bare guid counts as a link by RSS's rules, but "abc-1" leads nowhere
        return web_link(link, self._answer.url)

    def _publisher(self, entry: Any) -> str:
        source = _mapping(entry.get("source"))
        return _title(source, is_atom=self._is_atom) or title_text(_text(entry.get("publisher"))) or self._feed_title


def _bodies(entry: Any) -> tuple[str, str, str]:
    """Return the HTML of an entry's summary and of its longest content, and the base their links stand on.

    A summary without a detail is feedparser's copy of the content, whose type it has lost.
    """
    given = entry.get("content")
    contents = [_html(_mapping(one)) for one in (given if isinstance(given, list) else ())]
    content, base = max(contents, key=lambda one: len(one[0]), default=("", ""))
    detail = _mapping(entry.get("summary_detail"))
    if detail:
        summary, summary_base = _html(detail)
        return summary, content, base or summary_base
    return "" if contents else _text(entry.get("summary")), content, base


def _html(content: Mapping[str, Any]) -> tuple[str, str]:
    return as_html(_text(content.get("value")), is_html=content.get("type") != "text/plain"), _text(content.get("base"))


def _authors(entry: Any) -> Iterator[str]:
    """Yield the authors' names, each once; an address only where there is no name."""
    seen = set()
    people = entry.get("authors")
    for author in people if isinstance(people, list) else ():
        name, address = _text(_mapping(author).get("name")), _text(_mapping(author).get("email"))
        if address and (cut := _CUT.fullmatch(name)):
            name = cut[1]
        name = title_text(name or address)
        if name and name not in seen:
            seen.add(name)
            yield name


def _text(value: object) -> str:
    """An element that feedparser does not know is kept under its own name, so that any value may be of any type."""
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING
