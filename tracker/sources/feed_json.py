"""JSON Feed 1.0 and 1.1, which feedparser does not read. Source: https://www.jsonfeed.org/version/1.1/"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, RawItem
from tracker.sources.base import read_json
from tracker.sources.feed_dates import Moment, checked, read_date
from tracker.sources.feed_text import as_html, title_text, web_link

_VERSION = "jsonfeed.org/version/"


def read(answer: Fetched) -> tuple[str, list[RawItem], list[str]]:
    """Return the feed's title, its items with their own identifiers as keys, and warnings; raises ParseError."""
    feed = read_json(answer)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError(
            f"reading {answer.url} as a feed: it is JSON without a list of items, not a JSON Feed; "
            "look for the site's RSS, Atom or JSON Feed address"
        )
    warnings = []
    if _VERSION not in _text(feed.get("version")):
        warnings.append(f"it does not call itself a JSON Feed (version {_text(feed.get('version'))[:60]!r})")
    entries = [entry for entry in feed["items"] if isinstance(entry, dict)]
    if len(entries) < len(feed["items"]):
        warnings.append(f"entries left out because they are not JSON objects: {len(feed['items']) - len(entries)}")
    return title_text(_text(feed.get("title"))), [_item(entry, feed, answer) for entry in entries], warnings


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], answer: Fetched) -> RawItem:
    home = web_link(feed.get("home_page_url"), answer.url) or answer.url
    url = web_link(entry.get("url"), home) or web_link(entry.get("external_url"), home)
    published, published_warning = _date(entry.get("date_published"), answer)
    updated, updated_warning = _date(entry.get("date_modified"), answer)
    content = _text(entry.get("content_html")) or as_html(_text(entry.get("content_text")), is_html=False)
    return RawItem(
        key=_identifier(entry.get("id")),
        title=title_text(_text(entry.get("title")), is_html=False),
        url=url,
        published=published,
        updated=updated if isinstance(updated, datetime) else None,
        authors=tuple(dict.fromkeys(_authors(entry) or _authors(feed))),
        publisher=title_text(_text(feed.get("title"))),
        summary_html=as_html(_text(entry.get("summary")), is_html=False),
        content_html=content,
        base_url=url or home,
        language=_text(entry.get("language")) or _text(feed.get("language")),
        warnings=tuple(warning for warning in (published_warning, updated_warning) if warning),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _identifier(value: object) -> str:
    """The standard wants a string and asks readers to take numbers as well."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _authors(holder: Mapping[str, Any]) -> list[str]:
    listed = holder.get("authors")
    people: Sequence[object] = listed if isinstance(listed, list) else [holder.get("author")]
    return list(_names(people))


def _names(people: Sequence[object]) -> Iterator[str]:
    for person in people:
        name = title_text(_text(person.get("name")), is_html=False) if isinstance(person, dict) else ""
        if name:
            yield name


def _date(value: object, answer: Fetched) -> tuple[Moment | None, str | None]:
    moment, warning = read_date(_text(value))
    moment, doubt = checked(moment, answer.fetched_at)
    return moment, doubt or warning
