"""A list of news that has no feed: a company's newsroom, an agency's press page, read by CSS selectors.

The selectors are in the configuration, since every site has its own. A list in which nothing is found is an error and
no empty result: the page was redesigned, and nobody would notice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector

from tracker.domain.canonical import canonical_url
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources.base import register, validated
from tracker.sources.feed_dates import Moment, checked, read_date
from tracker.sources.feed_text import web_link
from tracker.sources.html_page import ACCEPT, read_page, words_of
from tracker.sources.options import known
from tracker.sources.page_facts import page_facts
from tracker.sources.page_item import iso, page_item, picked

MOST_ENTRIES = 200
_PARTS = ("link", "title", "date", "summary")
_OPTIONS = ("entry", *_PARTS, "follow", "xpath", "kind", "publisher", "language")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = "|".join(_MONTH_NAMES)
_MONTH = re.compile(rf"({_MONTHS})[a-z]*\.?,? (\d{{4}})", re.IGNORECASE)
_DATE_WITHIN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .]+(?:{_MONTHS})[a-z]*[., ]+\d{{4}}"
    rf"|(?:{_MONTHS})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|(?:{_MONTHS})[a-z]*\.? \d{{4}}",
    re.IGNORECASE,
)


@register
class Newsroom:
    """A target is one list page. Options: `entry` is the CSS selector of one entry, required; within an entry `link`,
    `title`, `date` and `summary` find its parts where they are not in the usual places. With `follow = true` the page
    of each entry whose link is not in `known` is read as well; `xpath` is its part to read. `kind`, `publisher` and
    `language` are those of the items.
    """

    name, kind, every = "newsroom", DocumentKind.STATEMENT, timedelta(hours=2)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            context = {"step": "list", "site": target.name, **picked(target.options, *_OPTIONS)}
            if context.get("follow"):
                context["known"] = known(target.options)
            yield replace(validated(target.url, target.options, accept=ACCEPT, context=context), crawl=True)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        context = answer.request.context
        if context.get("step") == "page":
            yield _followed(answer, context)
            return
        items = _List(answer, context).items()
        if not context.get("follow"):
            yield from items
            return
        have = frozenset(known(context))
        for item in items:
            if item.key in have:
                continue
            if item.url is None or urlsplit(item.url).path.lower().endswith((".pdf", ".doc", ".docx", ".zip")):
                yield item
            else:
                yield Request(item.url, accept=ACCEPT, crawl=True, context=_page_context(item, context))


@dataclass(frozen=True, slots=True)
class _Selectors:
    entry: CSSSelector
    parts: Mapping[str, CSSSelector]

    @classmethod
    def of(cls, context: Mapping[str, Any], url: str) -> "_Selectors":
        if not str(context.get("entry") or "").strip():
            raise ParseError(
                f"reading {url} as a list of news: the source has no option `entry`; give the CSS selector of one entry"
            )
        given = {name: str(context[name]) for name in ("entry", *_PARTS) if context.get(name)}
        compiled: dict[str, CSSSelector] = {}
        for name, selector in given.items():
            try:
                compiled[name] = CSSSelector(selector, translator="html")
            except (SelectorError, ValueError) as error:  # the second for what XPath makes nothing of
                raise ParseError(
                    f"reading {url} as a list of news: the selector {name} = {selector!r} is wrong ({error}); "
                    "correct it in the sources"
                ) from error
        return cls(compiled.pop("entry"), compiled)


class _List:
    """A list page being read."""

    def __init__(self, answer: Fetched, context: Mapping[str, Any]) -> None:
        self._answer = answer
        self._context = context
        self._selectors = _Selectors.of(context, answer.url)
        self._page, self._warnings = read_page(answer.body, answer.headers.get("content-type", ""), answer.url)
        self._facts = page_facts(self._page, answer.url, answer.fetched_at)

    def items(self) -> list[RawItem]:
        """Return an item for each entry, as often as a link is new on the page; raises ParseError for none."""
        where, selector = f"reading {self._answer.url} as a list of news", str(self._context["entry"])
        found = self._selectors.entry(self._page)
        if not found:
            raise ParseError(
                f"{where}: nothing matches entry = {selector!r}; the page may have been redesigned: open it in a "
                "browser and correct the selector"
            )
        items: dict[str, RawItem] = {}
        without = 0
        for entry in found[:MOST_ENTRIES]:
            item = self._item(entry)
            if item is None:
                without += 1
            elif item.key not in items or (not items[item.key].title and item.title):
                items[item.key] = item  # a picture and a headline may lead to the same page
        if not items:
            raise ParseError(
                f"{where}: none of the {len(found)} entries that match {selector!r} has a link; the page may have been "
                "redesigned: open it in a browser and name the link with `link`"
            )
        notes = list(self._warnings)
        if without:
            notes.append(f"entries without a link, which were left out: {without}")
        if len(found) > MOST_ENTRIES:
            notes.append(f"it has {len(found)} entries: the first {MOST_ENTRIES} were taken")
        notes += self._found_nowhere(found)
        first, *others = items.values()
        return [replace(first, warnings=(*notes, *first.warnings)), *others]

    def _found_nowhere(self, entries: list[Any]) -> Iterator[str]:
        for name, selector in self._selectors.parts.items():
            if not any(selector(entry) for entry in entries[:MOST_ENTRIES]):
                yield f"no entry has anything that matches {name} = {self._context[name]!r}: the page may have changed"

    def _item(self, entry: Any) -> RawItem | None:
        anchor = self._anchor(entry)
        link = web_link(anchor.get("href"), self._facts.base_url) if anchor is not None else None
        if link is None:
            return None
        published, doubt = self._date(entry)
        summary = self._part(entry, "summary")
        return RawItem(
            key=_key(link),
            title=self._title(entry, anchor),
            url=link,
            published=published,
            publisher=str(self._context.get("publisher") or self._context.get("site") or self._facts.site_name),
            summary_html=_outer(summary) if summary is not None else "",
            base_url=self._facts.base_url,
            language=str(self._context.get("language") or self._facts.language),
            kind=DocumentKind(self._context.get("kind", Newsroom.kind)),
            warnings=(doubt,) if doubt else (),
        )

    def _part(self, entry: Any, name: str) -> Any:
        selector = self._selectors.parts.get(name)
        return next(iter(selector(entry)), None) if selector else None

    def _anchor(self, entry: Any) -> Any:
        """Return the element with the link: the one named, the entry itself, that of the headline, or the first."""
        named = self._part(entry, "link")
        if "link" in self._selectors.parts and named is None:
            return None
        start = entry if named is None else named
        if start.get("href"):
            return start
        return next(
            iter(start.xpath("(.//h1|.//h2|.//h3|.//h4|.//h5)//a[@href]") or start.xpath(".//a[@href]")),
            next(iter(start.xpath("ancestor::a[@href][1]")), None),  # a card within its link
        )

    def _title(self, entry: Any, anchor: Any) -> str:
        named = self._part(entry, "title")
        if named is not None:
            return words_of(named)
        headings = entry.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5")
        found = (
            words_of(headings[0]) if headings else "",
            words_of(anchor),
            anchor.get("title"),
            anchor.get("aria-label"),
        )
        return next((text for text in found if text), "")

    def _date(self, entry: Any) -> tuple[Moment | None, str | None]:
        element = self._part(entry, "date")
        if element is None and "date" not in self._selectors.parts:
            element = next(iter(entry.xpath(".//time")), None)
        if element is None:
            return None, None
        stamped = next(iter(element.xpath("descendant-or-self::*/@datetime | ./@content")), "")
        text = words_of(element)
        within = _DATE_WITHIN.search(text)
        warning = None
        for candidate in (str(stamped), text, within[0] if within else ""):
            if not candidate.strip():
                continue
            if month := _MONTH.fullmatch(candidate.strip()):
                named = PartialDate.month(int(month[2]), _MONTH_NAMES.index(month[1].lower()) + 1)
                return checked(named, self._answer.fetched_at)
            moment, said = read_date(candidate)
            if moment is not None:
                moment, doubt = checked(moment, self._answer.fetched_at)
                return moment, doubt or said
            warning = warning or said
        return None, warning


def _key(link: str) -> str:
    """Return a link without what only says how a reader came; a place within a page tells entries apart."""
    address, _, place = link.partition("#")
    return (canonical_url(address) or address) + (f"#{place}" if place else "")


def _outer(element: Any) -> str:
    return str(lxml_html.tostring(element, encoding="unicode", with_tail=False))


def _page_context(item: RawItem, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the list said of an entry, to be completed by its page."""
    said = {
        "step": "page",
        "key": item.key,
        "title": item.title,
        "published": iso(item.published),
        "summary": item.summary_html,
        "base": item.base_url,
        "publisher": item.publisher,
        "warnings": list(item.warnings),
    }
    return {**said, **picked(context, "kind", "language", "xpath")}


def _followed(answer: Fetched, context: Mapping[str, Any]) -> RawItem:
    """Return an entry with the text of its page; with what the list said alone where that has no text for us."""
    said = {
        name: str(context.get(name) or "") for name in ("key", "title", "published", "summary", "publisher", "xpath")
    }
    kind = DocumentKind(context.get("kind", Newsroom.kind))
    listed, _ = read_date(said["published"])
    key, notes = said["key"] or answer.request.url, tuple(str(note) for note in context.get("warnings") or ())
    try:
        item = page_item(
            answer, key=key, kind=kind, title=said["title"], publisher=said["publisher"], xpath=said["xpath"]
        )
    except ParseError as error:
        return RawItem(
            key=key,
            title=said["title"],
            url=answer.url,
            published=listed,
            publisher=said["publisher"],
            summary_html=said["summary"],
            base_url=str(context.get("base") or answer.url),
            language=str(context.get("language") or ""),
            kind=kind,
            warnings=(*notes, f"only its entry in the list was kept: {error}"),
        )
    return replace(
        item,
        published=item.published or listed,
        language=item.language or str(context.get("language") or ""),
        warnings=(*notes, *item.warnings),
    )
