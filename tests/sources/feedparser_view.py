"""Our reading of a feed in the words of feedparser, so that what its test files expect can be asked of us.

Only what we keep is there: title, link, id, dates, summary, content and author of entries, and the feed's title. Two
texts are equal when they are the same HTML or clean to the same; a date's own words equal a date when they mean it.
"""

import ast
from collections.abc import Iterator
from datetime import datetime
from html import escape
from time import struct_time
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.items import RawItem
from tracker.domain.text import one_line
from tracker.ingest.cleaning import clean_html, plain_text
from tracker.sources.feed import FeedDocument
from tracker.sources.feed_dates import read_date
from tracker.sources.feed_text import title_text

OURS = {
    "title", "link", "id", "guid", "published", "published_parsed", "updated", "updated_parsed", "date", "date_parsed",
    "summary", "description", "content", "author", "name",
}  # fmt: skip
BESIDE = {"entries", "feed", "items", "channel", "value", "get", "len", "ord", "authors"}


class Html(str):
    """HTML that equals whatever cleans to the same, its links standing on `base`, and the plain text it shows."""

    __slots__ = ("base",)
    base: str

    @classmethod
    def of(cls, html: str, base: str) -> "Html":
        made = cls(html)
        made.base = base
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and (
            str(self) in {other, escape(other, quote=False)}
            or clean_html(str(self), self.base) == clean_html(str(other), self.base)
        )

    __hash__ = str.__hash__


class Title(str):
    """A title is plain text with us, so it equals HTML that says it."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and str(self) in {
            other,
            title_text(other),
            one_line(plain_text(clean_html(other))),
        }

    __hash__ = str.__hash__


class Person(str):
    """A name; where there is one, we leave the address away: "Name (x@y.example)" is "Name"."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and (str(self) == other or other.startswith(f"{self!s} ("))

    __hash__ = str.__hash__


class Moment:
    """A date: equals nine numbers in UTC, and words that mean it."""

    def __init__(self, when: datetime | PartialDate | None) -> None:
        self.when = when

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | struct_time):
            return self._numbers() == tuple(other)[:6]
        if isinstance(other, str):
            return read_date(other)[0] == self.when
        return other is None and self.when is None

    __hash__ = None  # type: ignore[assignment]

    def _numbers(self) -> tuple[int, ...] | None:
        if isinstance(self.when, datetime):
            return tuple(self.when.utctimetuple()[:6])
        first = self.when.earliest if self.when else None
        return (first.year, first.month, first.day, 0, 0, 0) if first else None


class View(dict[str, Any]):
    """A mapping whose keys are attributes as well."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


def view(document: FeedDocument) -> View:
    feed = View(title=Title(document.title))
    entries = [_entry(item) for item in document.items]
    return View(feed=feed, channel=feed, entries=entries, items=entries)


def _entry(item: RawItem) -> View:
    summary = Html.of(item.summary_html or item.content_html, item.base_url)
    published, updated = Moment(item.published), Moment(item.updated)
    people = [View(name=Person(name)) for name in item.authors]
    return View(
        title=Title(item.title), link=item.url, id=item.key, guid=item.key, summary=summary, description=summary,
        content=[View(value=Html.of(item.content_html, item.base_url))], published=published,
        published_parsed=published, updated=updated, updated_parsed=updated, date=updated, date_parsed=updated,
        authors=people, author=Person(item.authors[0]) if item.authors else None,
    )  # fmt: skip


def parts(expression: str) -> Iterator[tuple[str, bool]]:
    """Yield what an expression demands, one by one, and whether it speaks of something that we keep."""
    body = ast.parse(expression.strip(), mode="eval").body
    demands = body.values if isinstance(body, ast.BoolOp) and isinstance(body.op, ast.And) else [body]
    for demand in demands:
        yield ast.unparse(demand), _is_ours(demand)


def _is_ours(demand: ast.expr) -> bool:
    named = {node.id for node in ast.walk(demand) if isinstance(node, ast.Name)}
    named |= {node.attr for node in ast.walk(demand) if isinstance(node, ast.Attribute)}
    for node in ast.walk(demand):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        ):
            named.add(node.slice.value)
    if "len" in named and named <= {"len", "entries"}:
        return True
    if named & {"feed", "channel"}:
        return "title" in named and named <= {"feed", "channel", "title", "get"}
    return bool(named & {"entries", "items"}) and bool(named & OURS) and named <= OURS | BESIDE | {"None"}
