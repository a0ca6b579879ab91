"""A page that is watched for changes: a company's principles, a vendor's policy, a statement without a feed.

One page is one item whose key is its address, so a changed text becomes a new version of the same document. What
changes by itself is left out, or every visit would look like news: what surrounds the text here (main_part.py), what
moves within it (clocks, counters) when the item's `steady` words are compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources.base import register, validated
from tracker.sources.html_page import ACCEPT
from tracker.sources.page_item import page_item, picked


@register
class WatchedPage:
    """A target is one page. Options: `xpath` chooses the part to watch, `kind` the document's kind, `publisher`."""

    name, kind, every = "watched_page", DocumentKind.STATEMENT, timedelta(hours=6)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            context = {"title": target.name, **picked(target.options, "xpath", "kind", "publisher")}
            yield replace(validated(target.url, target.options, accept=ACCEPT, context=context), crawl=True)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        context = answer.request.context
        item = page_item(
            answer,
            key=answer.request.url,
            kind=DocumentKind(context.get("kind", self.kind)),
            title=str(context.get("title") or ""),
            publisher=str(context.get("publisher") or ""),
            xpath=str(context.get("xpath") or ""),
        )
        yield replace(item, steady=True)
