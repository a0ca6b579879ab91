"""Plain, well-formed RSS 2.0, RSS 1.0 and Atom 1.0, read at once.

Nearly all feeds are plain, and feedparser takes ten times as long for them. What this reader accepts it reads exactly
as `feed_lenient` does, oddities included; a test holds the two together. It leaves alone whatever it does not know for
certain: document types, XHTML, repeated or nested elements, dates in other languages, and bases but for the one kind
that every blog of the most frequent program has: the address of the entry, at its text.
"""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from tracker.domain.items import Fetched, RawItem
from tracker.sources.feed_dates import told
from tracker.sources.feed_elements import (
    LINK_NAMES,
    UnusualError,
    alternate,
    said,
    slashed,
    unread,
    writer,
    written_link,
)
from tracker.sources.feed_names import ATOM, MEDIA_TITLE, NO_MATTER, RDF, RSS1, XML, is_usual, passed_over
from tracker.sources.feed_shapes import NESTED, PEOPLE, RSS_1, SHAPES, Shape
from tracker.sources.feed_text import as_html, title_text, web_link

_OPENING = re.compile(
    r"""(?:<\?xml\s+version=["']1\.0["'][^>]*\?>)?(?:\s++|<!--(?:[^-]|-(?!-))*+-->|<\?xml-stylesheet[^>]*\?>)*+"""
    r"<(?:rss|feed|rdf:RDF)(?=[\s>])"
)
_BASES = etree.XPath("//@*[translate(local-name(), 'BASE', 'base') = 'base']")
_BASE = f"{{{XML}}}base"
_BASED = frozenset({f"{{{ATOM}}}content", f"{{{ATOM}}}summary"})
# Bases and names that are absolute and plain: whatever they are resolved against, they stay as they are.
_PLAIN_BASE = re.compile(r"https?://[a-z0-9.-]+/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/?)*")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+")
_TYPES = {"text": False, "plain": False, "text/plain": False, "html": True, "text/html": True}
_LANGUAGE, _ABOUT, _ATOM_LINK = f"{{{XML}}}lang", f"{{{RDF}}}about", f"{{{ATOM}}}link"
_OF_TEXT = NO_MATTER | {"type", _BASE}
_HARMLESS = NO_MATTER | {_ABOUT, "{http://schemas.google.com/g/2005}etag"}


def read(text: str, answer: Fetched) -> tuple[str, list[RawItem]] | None:
    """Return the feed's title and its items with their own identifiers as keys; None when feedparser should read it."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _parser())
        shape = SHAPES.get(str(root.tag))
        if shape is None:
            return None
        _check(text, opening.end(), root, shape)
        return _PlainReader(answer, shape).read(root)
    except (etree.XMLSyntaxError, UnusualError):
        return None


def _parser() -> etree.XMLParser:
    """A parser that loads nothing and expands nothing: a document that declares entities does not come here at all."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _check(text: str, place: int, root: etree._Element, shape: Shape) -> None:
    """Refuse prefixes that mislead, and bases. `place` is where the name of the first element ends."""
    declared = set(root.nsmap.items())
    if text.rfind("xmlns") > text.find(">", place):
        declared |= {pair for element in root.iter() for pair in element.nsmap.items()}
    if not is_usual(declared, forbidden=shape.forbidden) or not all(map(_is_plain_base, _BASES(root))):
        raise UnusualError


def _is_plain_base(base: Any) -> bool:
    """Return whether a base stands at the text of an Atom entry and is a plain address."""
    holder = base.getparent()
    named = base.attrname == _BASE and holder is not None and holder.tag in _BASED
    return bool(named and base.is_attribute and _PLAIN_BASE.fullmatch(base))


class _PlainReader:
    """Reads one feed: first what stands outside the entries, then the entries."""

    def __init__(self, answer: Fetched, shape: Shape) -> None:
        self._answer = answer
        self._shape = shape
        self._entries: list[etree._Element] = []
        self._title: str | None = None
        self._language: str | None = None
        self._publisher = ""

    def read(self, root: etree._Element) -> tuple[str, list[RawItem]]:
        if self._shape.is_atom:
            self._feed(root)
        elif self._shape.namespace:
            self._rdf(root)
        elif len(root) == 1 and root[0].tag == "channel":
            self._feed(root[0])
        else:
            raise UnusualError
        if self._language is None and self._shape is not RSS_1:
            self._language = root.get(_LANGUAGE, "").replace("_", "-")
        if root.get("lang") is not None:
            raise UnusualError
        self._publisher = self._title or ""
        return self._publisher, [self._item(entry) for entry in self._entries]

    def _rdf(self, root: etree._Element) -> None:
        channels = [child for child in root if child.tag == f"{{{RSS1}}}channel"]
        if len(channels) != 1:
            raise UnusualError
        self._feed(channels[0])
        for child in root:
            if child.tag == f"{{{RSS1}}}item":
                self._entries.append(child)
            elif child.tag == f"{{{RSS1}}}image":
                self._nothing(child)
            elif child is not channels[0]:
                raise UnusualError

    def _feed(self, holder: etree._Element) -> None:
        """Read a channel or a feed up to its entries, which are put aside."""
        if not self._shape.is_atom and not _HARMLESS.issuperset(holder.keys()):
            raise UnusualError
        for child in holder:
            role = self._shape.in_feed.get(str(child.tag))
            if role == "entry":
                self._entries.append(child)
            elif role == "title" and self._title is None and not len(child):
                self._title = self._headline(child)
            elif role == "language" and self._language is None and not len(child):
                self._language = said(child)
            elif role == "nothing":
                self._nothing(child)
            elif role is not None:
                raise UnusualError
            else:
                self._passed(child, in_entry=False)

    def _item(self, entry: etree._Element) -> RawItem:
        parts, authors, link, has_media_title = self._parts(entry)
        title = self._headline(parts.get("title"))
        if has_media_title and (not title or not said(parts["title"])):
            raise UnusualError
        key, is_link = self._identifier(entry, parts.get("id"))
        url = self._url(link, key, is_link=is_link)
        summary, content = self._html(parts.get("summary")), self._html(parts.get("content"))
        base = self._base(parts, key, link)
        given: dict[str, str] = {name: said(parts[name]) for name in ("published", "updated") if name in parts}
        published, updated, warnings = told(
            given, self._answer.fetched_at, is_atom=self._shape.is_atom, otherwise=unread
        )
        source = title_text(said(parts["source"])) if "source" in parts else ""
        return RawItem(
            key=key.strip(),
            title=title,
            url=url,
            published=published,
            updated=updated,
            authors=tuple(dict.fromkeys(name for name in map(title_text, authors) if name)),
            publisher=source or self._publisher,
            summary_html="" if summary == content else summary,
            content_html=content,
            base_url=base or url or self._answer.url,
            language=self._language or "",
            warnings=warnings,
        )

    def _base(self, parts: Mapping[str, etree._Element], key: str, link: str | None) -> str:
        """Return what the links of an entry's text stand on, "" where the entry does not say."""
        if not self._shape.is_atom:
            return ""
        holder = parts["content"] if "content" in parts else parts.get("summary")
        based = [part for part in parts.values() if part.get(_BASE) is not None]
        if not based:
            return ""
        # Where feedparser meets a base it resolves names and links as well; such as these it leaves as they are.
        if not _ABSOLUTE.fullmatch(key) or not _ABSOLUTE.fullmatch(link or "") or not all(map(said, based)):
            raise UnusualError
        base = "" if holder is None else holder.get(_BASE, "")
        return "" if base == self._answer.url else base

    def _parts(self, entry: etree._Element) -> tuple[dict[str, etree._Element], list[str], str | None, bool]:
        """Return an entry's elements by what they tell, the authors, the link, and whether a picture has a title."""
        parts: dict[str, etree._Element] = {}
        authors, link, has_media_title = [], None, False
        roles, is_atom = self._shape.in_entry, self._shape.is_atom
        for child in entry:
            role = roles.get(str(child.tag))
            if role is None:
                has_media_title |= self._passed(child, in_entry=True)
            elif role == "nothing":
                self._nothing(child)
            elif role == "author":
                authors.append(self._person(child) if is_atom else writer(child))
            elif role == "link" and is_atom:
                link = alternate(child) or link
            elif role in parts or len(child):
                raise UnusualError
            else:
                parts[role] = child
        if "link" in parts:
            link = written_link(parts["link"])
        return parts, authors, link, has_media_title

    def _identifier(self, entry: etree._Element, identifier: etree._Element | None) -> tuple[str, bool]:
        """Return what an entry calls itself, and whether that counts as its link where it has no other."""
        if not _HARMLESS.issuperset(entry.keys()):
            raise UnusualError
        about = entry.get(_ABOUT, "")
        if identifier is None:
            return about, False
        is_link = True
        for name, value in identifier.items():
            if name.lower() == "ispermalink" and not self._shape.is_atom:
                is_link = value == "true"
            elif name not in NO_MATTER:
                raise UnusualError
        if about:
            raise UnusualError
        key = said(identifier)
        return (slashed(key) if is_link else key), is_link

    def _url(self, link: str | None, key: str, *, is_link: bool) -> str | None:
        if link is None:
            return web_link(key, self._answer.url) if is_link and "://" in key else None
        if link == key and "://" not in key:
            raise UnusualError
        return web_link(link, self._answer.url)

    def _headline(self, element: etree._Element | None) -> str:
        return "" if element is None else title_text(said(element), is_html=self._is_html(element))

    def _html(self, element: etree._Element | None) -> str:
        return "" if element is None else as_html(said(element), is_html=self._is_html(element))

    def _is_html(self, element: etree._Element) -> bool:
        names = element.keys()
        is_atom = self._shape.is_atom
        if names and not (_OF_TEXT if is_atom else NO_MATTER).issuperset(names):
            raise UnusualError
        kind = element.get("type") if is_atom else None
        if kind is None:
            return not is_atom
        if kind.lower() not in _TYPES:
            raise UnusualError
        return _TYPES[kind.lower()]

    def _person(self, element: etree._Element) -> str:
        """Return the name of an Atom author, which must be there, once."""
        names = []
        for child in element:
            name = str(child.tag).removeprefix(f"{{{ATOM}}}")
            if name not in PEOPLE:
                self._passed(child, in_entry=True)
            elif len(child):
                raise UnusualError
            elif name == "name":
                names.append((child.text or "").strip())
        if len(names) != 1 or not names[0]:
            raise UnusualError
        return str(names[0])

    def _nothing(self, element: etree._Element) -> None:
        """Let an element of the format itself go that tells us nothing; in it may be what usually is."""
        if not len(element):
            return
        opening, _, name = str(element.tag).rpartition("}")
        allowed = {f"{opening}}}{inner}" if opening else inner for inner in NESTED.get(name, ())}
        for child in element:
            if child.tag not in allowed:
                self._passed(child, in_entry=True)
            elif len(child):
                raise UnusualError

    def _passed(self, element: etree._Element, *, in_entry: bool) -> bool:
        """Let an element of another name space go; return whether there is a title of a picture or film in it."""
        if element.tag == _ATOM_LINK and not self._shape.is_atom:
            rel = element.get("rel", "alternate").lower() if in_entry else ""
            if rel == "alternate" or not element.get("href") or not LINK_NAMES.issuperset(element.keys()):
                raise UnusualError
            return False
        verdicts = {
            passed_over(str(one.tag), has_prefix=one.prefix is not None, in_entry=in_entry)
            for one in (element.iter() if len(element) else (element,))
        }
        if "no" in verdicts:
            raise UnusualError
        return MEDIA_TITLE in verdicts
