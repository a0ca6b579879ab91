"""What single elements of a plain feed say, as feedparser would have it. Anything unusual raises UnusualError."""

import re
from contextlib import suppress
from typing import NoReturn

from lxml import etree

from tracker.sources.feed_names import NO_MATTER

_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+,.-]*://)/+")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_WINDOWS = re.compile("[\x80-\x9f]")
_WINDOWS_SIGNS = {number: sign for number in range(128, 160) if (sign := bytes([number]).decode("cp1252", "ignore"))}
_WRITER = re.compile(r"([a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,})(?: \(([^()@<>&]+)\))?")
_PAGES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_THREAD = "{http://purl.org/syndication/thread/1.0}"  # RFC 4685: how many replies stand behind a link
LINK_NAMES = NO_MATTER | {"href", "rel", "type", "title", "hreflang", "length", f"{_THREAD}count", f"{_THREAD}updated"}


class UnusualError(Exception):
    """Something stands in the feed that feedparser may see otherwise."""


def said(element: etree._Element) -> str:
    """Return the text of an element, mended as feedparser does it: UTF-8 read as Latin-1, Windows signs as controls."""
    text = str(element.text or "").strip()
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return text.translate(_WINDOWS_SIGNS) if _WINDOWS.search(text) else text


def writer(element: etree._Element) -> str:
    """Return the name in "x@y.example (Name)" or "Name", else the address."""
    text = said(element)
    if len(element):
        raise UnusualError
    if "@" not in text:
        return text
    found = _WRITER.fullmatch(text)
    if found is None:
        raise UnusualError
    return (found[2] or "").strip() or str(found[1])


def written_link(element: etree._Element) -> str:
    if not NO_MATTER.issuperset(element.keys()):
        raise UnusualError
    return _REFERENCE.sub(r"&\1", slashed(said(element)).replace("&amp;", "&"))


def alternate(element: etree._Element) -> str | None:
    """Return where an Atom link leads if that is the entry's own page."""
    href = element.get("href", "")
    if not href or len(element) or not LINK_NAMES.issuperset(element.keys()):
        raise UnusualError
    rel = element.get("rel", "alternate").lower()
    kind = element.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
    return slashed(href) if rel == "alternate" and kind in _PAGES else None


def slashed(address: str) -> str:
    """Return the address with two slashes behind its scheme, where more were written."""
    return _SLASHES.sub(r"\1", address, count=1) if ":///" in address else address


def unread(_name: str) -> NoReturn:
    """A date that we cannot read: feedparser knows some more languages."""
    raise UnusualError
