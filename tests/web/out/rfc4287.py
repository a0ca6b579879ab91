"""What RFC 4287 demands of a feed, read from its sections, and not by the code that writes ours."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
# 4.1.1 and 4.1.2: what may stand in a feed and in an entry, and how often: exactly once, at most once, any number.
ONCE = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
ANY = {
    "feed": {"author", "category", "contributor", "link", "entry"},
    "entry": {"author", "category", "contributor", "link"},
}
DATES = {"updated", "published"}
TEXTS = {"title", "subtitle", "summary", "rights"}
# 3.3, with the upper-case T and Z that it asks for beyond RFC 3339.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def faults(data: bytes) -> list[str]:
    """Return every breach in a feed document."""
    root = etree.fromstring(data)
    if root.tag != f"{ATOM}feed":
        return [f"2: the document is {root.tag}, not a feed"]
    entries = root.findall(f"{ATOM}entry")
    found = [*_of("feed", root), *(fault for entry in entries for fault in _of("entry", entry))]
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        found.append("4.1.1: neither the feed nor each of its entries has an author")
    ids = Counter((entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries)
    found += [f"4.1.1: {twice} stands twice" for twice, times in ids.items() if times > 1]
    return found


def _of(kind: str, element: etree._Element) -> Iterator[str]:
    names = Counter(child.tag.removeprefix(ATOM) for child in element)
    yield from (f"4.1: {kind} with {names[name]} {name}" for name in ONCE[kind] if names[name] != 1)
    yield from (f"4.1: {kind} with {names[name]} {name}" for name in AT_MOST_ONCE[kind] if names[name] > 1)
    yield from (f"6: {name} in a {kind}" for name in names.keys() - ONCE[kind] - AT_MOST_ONCE[kind] - ANY[kind])
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    yield from (f"4.1: {times} alternates of {what}" for what, times in alternates.items() if times > 1)
    if kind == "entry" and not alternates and not names["content"]:
        yield "4.1.2: an entry without content has no alternate"
    for child in element:
        yield from _of_child(child.tag.removeprefix(ATOM), child)


def _of_child(name: str, child: etree._Element) -> Iterator[str]:
    text = child.text or ""
    if name in DATES:
        if not MOMENT.fullmatch(text):
            yield f"3.3: {name} is {text!r}"
        else:
            datetime.fromisoformat(text)
    if name == "id" and not (urlsplit(text).scheme and text == text.strip()):
        yield f"4.2.6: the id {text!r} is no IRI with a scheme"
    if name == "link" and not child.get("href"):
        yield "4.2.7: a link leads nowhere"
    if name == "link" and not re.fullmatch(r"[\w.+-]+/[\w.+-]+", child.get("type", "a/b")):
        yield f"4.2.7.3: {child.get('type')!r} is no media type"
    if name == "category" and not child.get("term"):
        yield "4.2.2: a category has no term"
    if name == "author" and not child.findtext(f"{ATOM}name"):
        yield "3.2: an author has no name"
    if name in TEXTS and child.get("type", "text") not in {"text", "html", "xhtml"}:
        yield f"3.1.1: {name} of type {child.get('type')!r}"
    if name in TEXTS | {"content"} and child.get("type", "text") in {"text", "html"} and len(child):
        yield f"3.1.1.1: elements in a {name} of text"
