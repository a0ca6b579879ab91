"""Rows of timelines as an Atom feed (RFC 4287) with pages (RFC 5005)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from flask import Response
from markupsafe import escape

from tracker.web import pages
from tracker.web.shapes.base import Source
from tracker.web.shapes.events import Event

ATOM = "http://www.w3.org/2005/Atom"
# The year in which these identifiers began (RFC 4151); it never changes, or readers would show everything again.
BEGAN = 2026
LONG_AGO = datetime(BEGAN, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is called: `path` is its own address, `page` that of the page it belongs to."""

    title: str
    subtitle: str
    path: str
    page: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `path` is permanent and tells it from all others, `content` is HTML in which all is escaped.

    `related` are (address, title) pairs of what it rests on, `categories` (code, words) pairs.
    """

    path: str
    title: str
    url: str
    at: datetime
    content: str
    related: Sequence[tuple[str, str]] = ()
    categories: Sequence[tuple[str, str]] = ()


def feed(about: Feed, rows: Iterable[Event], *, next_path: str | None = None) -> Response:
    """Return rows, newest first, as a feed; `next_path` leads to older ones."""
    return of_entries(about, [_of_row(row) for row in rows], next_path=next_path)


def of_entries(about: Feed, entries: Sequence[Entry], *, next_path: str | None = None) -> Response:
    """Return entries as a feed; `next_path` leads to those after them."""
    ET.register_namespace("", ATOM)
    root, site = ET.Element(f"{{{ATOM}}}feed"), pages.site()
    _put(root, "id", _tag(about.path))
    _put(root, "title", about.title)
    _put(root, "subtitle", about.subtitle)
    _put(root, "updated", _moment(max((entry.at for entry in entries), default=LONG_AGO)))
    _put(_put(root, "author"), "name", "Whereas")
    _put(root, "link", rel="self", type="application/atom+xml", href=f"{site}{pages.with_arguments()}")
    _put(root, "link", rel="alternate", type="text/html", href=f"{site}{about.page}")
    if next_path:
        _put(root, "link", rel="next", type="application/atom+xml", href=f"{site}{next_path}")
    for entry in entries:
        _entry(root, entry)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _of_row(row: Event) -> Entry:
    return Entry(
        path=f"/events/{row.id}",
        title=f"{row.title} ({row.on.display})",
        url=row.url,
        at=row.recorded_at,
        content=_content(row),
        related=[(source.url, source.title) for source in row.sources],
        categories=[(row.kind.value, row.kind_display), (row.lane.value, row.lane_display)],
    )


def _entry(root: ET.Element, told: Entry) -> None:
    entry = _put(root, "entry")
    _put(entry, "id", _tag(told.path))
    _put(entry, "title", told.title)
    _put(entry, "updated", _moment(told.at))
    _put(entry, "published", _moment(told.at))
    _put(entry, "link", rel="alternate", type="text/html", href=told.url)
    for url, title in told.related:
        if _safe(url):
            _put(entry, "link", rel="related", href=url, title=title)
    for code, words in told.categories:
        _put(entry, "category", term=code, label=words)
    _put(entry, "content", told.content, type="html")


def _content(row: Event) -> str:
    """Return what is said of a row as HTML: everything that came from outside is escaped."""
    said = f"<p>{escape(row.summary)}</p>" if row.summary else ""
    support = row.support
    share = f"<p>{escape(support.display)} support, {escape(support.formula_display)}</p>" if support else ""
    sources = "".join(f"<li>{_source(source)}</li>" for source in row.sources)
    return f"{said}{share}" + (f"<p>Sources:</p><ul>{sources}</ul>" if sources else "<p>No source on record.</p>")


def _source(source: Source) -> str:
    words = escape(", ".join(filter(None, (source.title, source.publisher))))
    copy = f' (<a href="{escape(source.copy_url)}">our copy</a>)' if source.copy_url else ""
    return (f'<a href="{escape(source.url)}">{words}</a>' if _safe(source.url) else str(words)) + copy


def _safe(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    clean = {key: NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    element.text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text) if text else None
    return element


def _tag(path: str) -> str:
    """Return a permanent identifier (RFC 4151) for a path of this site."""
    return f"tag:{urlsplit(pages.site()).hostname},{BEGAN}:{path.lstrip('/')}"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
