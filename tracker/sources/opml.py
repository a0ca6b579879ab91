"""OPML, the form in which feed readers exchange their lists of feeds. Specification: https://opml.org/spec2.opml

Lists come from many programs and are often not well-formed: they are read as far as possible. Entities are refused,
since OPML needs none and they can be made to fill all memory.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from tracker.domain.errors import InputError
from tracker.domain.text import excerpt, fold, one_line
from tracker.sources.charset import decode
from tracker.sources.feed_text import web_link

MOST_ENTRIES = 10_000
LONGEST_FILE = 20_000_000
LONGEST_NAME = 80
_OURS = "urn:whereas:opml"
_NAME = f"{{{_OURS}}}name"
_ENTITY = re.compile(r"&(#?\w{1,32};)?")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_OWN_NAME = re.compile(r"[\w.-]{1,120}")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list. `name` is unique in the list; `folder` names the folders around it, outermost first."""

    name: str
    title: str
    url: str
    html_url: str = ""
    folder: tuple[str, ...] = ()


def read_opml(body: bytes) -> list[Outline]:
    """Return the feeds of a list in its order, each address once; raises InputError when it is no OPML.

    Outlines without a feed's address are folders or notes, and are left out.
    """
    root = _root(body)
    found: dict[str, tuple[str, str, str, tuple[str, ...]]] = {}
    for outline, folder in _outlines(root):
        values = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        link = values.get("xmlurl") or (values.get("url") if values.get("type", "").lower() in _FEED_TYPES else None)
        url = web_link(link, "")
        if url is None or url in found:
            continue
        title = excerpt(values.get("title") or values.get("text") or "", 300) or urlsplit(url).hostname or url
        home = web_link(values.get("htmlurl"), "") or ""
        wanted = str(outline.get(_NAME) or "")
        found[url] = (wanted if _OWN_NAME.fullmatch(wanted) else _slug(title), title, home, folder)
        if len(found) == MOST_ENTRIES:
            break
    taken: dict[str, int] = {}
    return [
        Outline(_unique(name, url, taken), title, url, home, folder)
        for url, (name, title, home, folder) in found.items()
    ]


def write_opml(outlines: Iterable[Outline], title: str, now: datetime) -> bytes:
    """Return a list of feeds as OPML 2.0 in UTF-8; `read_opml` reads the same from it."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"whereas": _OURS})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(now.astimezone(UTC), usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], Any] = {(): body}
    for outline in outlines:
        for depth in range(1, len(outline.folder) + 1):
            path = outline.folder[:depth]
            if path not in folders:
                name = one_line(path[-1])
                folders[path] = etree.SubElement(folders[path[:-1]], "outline", {"text": name, "title": name})
        shown = one_line(outline.title)
        values: dict[str, str] = {"type": "rss", "text": shown, "title": shown, "xmlUrl": outline.url}
        if outline.html_url:
            values["htmlUrl"] = outline.html_url
        values[_NAME] = outline.name
        etree.SubElement(folders[outline.folder], "outline", values)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


_FEED_TYPES = frozenset({"rss", "atom", "feed", "rss1", "pie"})


def _root(body: bytes) -> Any:
    if len(body) > LONGEST_FILE:
        raise InputError(
            f"reading a list of feeds: it has {len(body):,} bytes, at most {LONGEST_FILE:,} are read; split it"
        )
    text, _ = decode(body)
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise InputError(
            "reading a list of feeds: it declares entities, which OPML needs none of; take out its <!DOCTYPE>"
        )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", re.sub(r"<!DOCTYPE[^>\[]*>", "", text, count=1), count=1)
    text = _ENTITY.sub(
        _known_entity, re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    ).strip()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8")
    try:
        root: Any = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"reading a list of feeds: it is no XML ({error}); export it again as OPML") from error
    if root is None or _tag(root) != "opml":
        said = "nothing" if root is None else f"<{root.tag}>"
        raise InputError(f"reading a list of feeds: expected <opml>, found {said} at its top; export it again as OPML")
    return root


def _known_entity(found: re.Match[str]) -> str:
    """Return a reference that XML knows: "&" in an address is written out, HTML's names become characters."""
    name = found[1]
    if name is None:
        return "&amp;"
    if name in _XML_ENTITIES:
        return found[0]
    character = html.unescape(found[0])
    return html.escape(character) if character != found[0] else f"&amp;{name}"


def _outlines(root: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield each outline with the folders around it, in the order of the file."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(child, ()) for child in reversed(root)]
    while waiting:
        element, folder = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        inner = folder
        if _tag(element) == "outline":
            yield element, folder
            values = {str(key).lower(): str(value) for key, value in element.attrib.items()}
            name = excerpt(values.get("title") or values.get("text") or "", 200)
            inner = (*folder, name) if name else folder
        waiting.extend((child, inner) for child in reversed(element))


def _tag(element: Any) -> str:
    """Return an element's name in lower case without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", fold(title)))[:LONGEST_NAME].strip("-")


def _unique(name: str, url: str, taken: dict[str, int]) -> str:
    """Return a name that no other feed of the list has: with the host added, then a number.

    `taken` holds the names given so far and, for each, the last number tried: thousands of feeds may have one title.
    """
    host = _slug((urlsplit(url).hostname or "").removeprefix("www."))
    name = name or host or "feed"
    choices = (name, f"{name}-{host}"[: 2 * LONGEST_NAME].strip("-"))
    chosen = next((choice for choice in choices if choice not in taken), "")
    while not chosen:
        taken[name] += 1
        numbered = f"{name}-{taken[name]}"
        chosen = numbered if numbered not in taken else ""
    taken[chosen] = 1
    return chosen
