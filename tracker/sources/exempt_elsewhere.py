"""Exempt solicitations that are not on EDGAR. Sources: Proxy Open Exchange,
https://www.proxyopenexchange.net/about, and proponents' own pages

Since January 2026 the SEC's staff objects to voluntary notices by holders of $5 million or less, who made most of them,
so a reader of EDGAR alone misses what proponents say. A list page is read by its links; each new one is followed for
its text. The filer's postal address is left out, as in `edgar`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources import facts, options
from tracker.sources.base import register, validated
from tracker.sources.feed_text import web_link
from tracker.sources.html_page import ACCEPT, first, read_page, words_of
from tracker.sources.notice_address import without_address
from tracker.sources.page_item import page_item

FORM = "EXEMPT SOLICITATION"
VENUES = ("Proxy Open Exchange", "proponent site")


@register
class ExemptElsewhere:
    """A target is one list page. Options: `match` (a regular expression found in the address of an entry), `css` (a
    selector of the links, or of what holds them), one of them required; `venue` ("Proxy Open Exchange" or "proponent
    site"), required; `publisher`; `most` (new entries followed at one visit; 20 unless said); `known` (keys we have).
    """

    name, kind, every = "exempt_elsewhere", DocumentKind.FILING, timedelta(hours=12)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            told = target.options
            if told.get("venue") not in VENUES:
                raise InputError(
                    f"exempt_elsewhere: the target {target.name or target.url!r} has venue = {told.get('venue')!r}; "
                    f"write one of {', '.join(VENUES)} into its options in the sources file"
                )
            context = {
                "step": "list",
                "venue": told["venue"],
                "match": str(told.get("match") or ""),
                "css": str(told.get("css") or ""),
                "publisher": str(told.get("publisher") or target.name),
                "most": options.number(told, "most", self.name, default=20, most=100),
                "known": options.known(told),
            }
            _chooser(context, target.url, InputError)
            yield replace(validated(target.url, told, accept=ACCEPT, context=context), crawl=True)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        if answer.request.context.get("step") == "entry":
            yield _entry(answer)
        else:
            yield from _entries(answer)


def _chooser(
    context: Mapping[str, Any], url: str, error: type[InputError | ParseError]
) -> tuple[re.Pattern[str], CSSSelector]:
    """Return what chooses links: a pattern of their address and a selector; raises `error` when one is wrong."""
    match, css = str(context.get("match") or ""), str(context.get("css") or "")
    if not match and not css:
        raise error(f"exempt_elsewhere: {url}: say with match or css in the sources file which links are entries")
    try:
        return re.compile(match), CSSSelector(css or "a[href]", translator="html")
    except (re.error, SelectorError, ValueError) as problem:
        raise error(
            f"exempt_elsewhere: {url}: match = {match!r} or css = {css!r} is wrong ({problem}); correct it in the "
            "sources file"
        ) from problem


def _entries(answer: Fetched) -> Iterator[Request]:
    """Yield a request for each new entry, as many as one visit may follow; raises ParseError when there is no entry."""
    context = answer.request.context
    pattern, selector = _chooser(context, answer.url, ParseError)
    page, _ = read_page(answer.body, answer.headers.get("content-type", ""), answer.url)
    base = web_link(first(page, "//base/@href"), answer.url) or answer.url
    found: dict[str, str] = {}
    for chosen in selector(page):
        for link in [chosen] if chosen.get("href") else chosen.xpath(".//a[@href]"):
            address = web_link(link.get("href"), base)
            if address and pattern.search(address) and urldefrag(address).url != urldefrag(answer.url).url:
                key = urldefrag(address).url
                found[key] = found.get(key) or words_of(link)
    if not found:
        raise ParseError(
            f"exempt_elsewhere: reading {answer.url}: no link is chosen by match = {context.get('match')!r} and css = "
            f"{context.get('css')!r}; the page may have been redesigned: open it in a browser and correct them"
        )
    known = set(context.get("known") or ())
    new = [key for key in found if key not in known][: int(context.get("most") or 20)]
    for key in new:
        carried = {name: context.get(name) or "" for name in ("venue", "publisher")}
        about = {**carried, "step": "entry", "key": key, "title": found[key]}
        yield Request(key, accept="text/html, application/pdf;q=0.9, */*;q=0.1", context=about, crawl=True)


def _entry(answer: Fetched) -> RawItem:
    """Return an entry with its text; with what the list said alone where its page has no text for us."""
    context = answer.request.context
    key, listed = str(context.get("key") or answer.request.url), str(context.get("title") or "")
    venue, publisher = str(context.get("venue") or ""), str(context.get("publisher") or "")
    item = RawItem(key=key, title=listed or key, url=answer.url, publisher=publisher, base_url=answer.url)
    said = facts.paragraph(f"Venue: {venue}.")
    if answer.body.startswith(b"%PDF"):
        said, item = "", replace(item, warnings=("the document is a PDF: its text was not read",))
    else:
        try:
            item = page_item(answer, key=key, kind=DocumentKind.FILING, title=listed, publisher=publisher)
        except ParseError as error:
            item = replace(item, warnings=(f"only its entry in the list was kept: {error}",))
    return replace(
        item,
        title=f"Exempt solicitation, {venue}: {item.title}",
        content_html=said + without_address(item.content_html),
        kind=DocumentKind.FILING,
        form=FORM,
    )
