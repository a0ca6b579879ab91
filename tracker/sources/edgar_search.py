"""Filings found by their words: EDGAR full-text search, from 2001 on. Source: https://www.sec.gov/edgar/search/ and its
FAQ, https://www.sec.gov/edgar/search/efts-faq.html; the interface behind it (search-index) is not documented.

A hit is one document of a filing; an item is the filing, under its accession number. The search counts to 10,000 and no
further: a search that reaches this is asked again for each half of its days.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.text import one_line
from tracker.domain.vocab import DocumentKind
from tracker.sources import edgar_filing, facts, options
from tracker.sources.base import read_json, register, validated

SEARCH = "https://efts.sec.gov"
PAGE = 100
MOST = 10_000
EARLIEST = "2001-01-01"
# The interface wants an end; a fixed one keeps the address the same from visit to visit.
LATEST = "2099-12-31"


@register
class EdgarSearch:
    """A target may have `url`, a server that stands in for efts.sec.gov. Options: `q` (a phrase in double quotes is
    searched as it stands), `forms`, `ciks`, `since` and `until` (days), `known` (accession numbers we have),
    `documents` (ask for each document found, so that the item has its text), `archives` (where documents lie). `q` or
    `ciks` is required.
    """

    name, kind, every = "edgar_search", DocumentKind.FILING, timedelta(hours=6)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            told = target.options
            context = {
                "base": target.url.rstrip("/") or SEARCH,
                "archives": str(told.get("archives") or edgar_filing.ARCHIVES).rstrip("/"),
                "q": one_line(str(told.get("q") or "")),
                "forms": options.texts(told, "forms", self.name),
                "ciks": options.ciks(told, self.name),
                "since": options.day(told, "since", self.name) or EARLIEST,
                "until": options.day(told, "until", self.name) or LATEST,
                "known": options.known(told),
                "documents": bool(told.get("documents")),
                "from": 0,
            }
            if not context["q"] and not context["ciks"]:
                raise InputError(
                    f"edgar_search: the target {target.name!r} says neither what to search (q) nor of whom (ciks); "
                    "add one of them to its options in the sources file"
                )
            yield validated(_address(context), told, accept="application/json", context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        context = answer.request.context
        if context.get("step") == "document":
            yield edgar_filing.document_item(answer)
            return
        total, capped, hits = _hits(answer)
        start = int(context.get("from") or 0)
        if capped and not start:
            yield from _halves(answer)
            return
        if not hits and start < total:
            raise _odd(answer, f"{total} hits are promised, but there is none from number {start} on")
        yield from _filings(hits, answer)
        if start + PAGE < min(total, MOST):
            yield _again(context, **{"from": start + PAGE})


def _address(context: Mapping[str, Any]) -> str:
    asked = {
        "q": context["q"],
        "forms": ",".join(context["forms"]),
        "ciks": ",".join(f"{cik:010d}" for cik in context["ciks"]),
        "dateRange": "custom",
        "startdt": context["since"],
        "enddt": context["until"],
    }
    given = {name: value for name, value in asked.items() if value}
    return f"{context['base']}/LATEST/search-index?{urlencode({**given, 'from': context['from']})}"


def _again(context: Mapping[str, Any], **changed: Any) -> Request:
    asked = {**context, **changed}
    return Request(_address(asked), accept="application/json", context=asked)


def _halves(answer: Fetched) -> Iterator[Request]:
    """Yield the same search for each half of its days. What lies after the answer's own day cannot be filed yet."""
    context = answer.request.context
    first = date.fromisoformat(context["since"])
    last = min(date.fromisoformat(context["until"]), answer.fetched_at.date() + timedelta(days=1))
    if first >= last:
        raise ParseError(
            f"edgar_search: reading {answer.url}: one day has more than {MOST:,} hits, and the search shows no more; "
            "make q narrower, or name forms or ciks, in the sources file"
        )
    middle = first + (last - first) // 2
    yield _again(context, until=middle.isoformat())
    yield _again(context, since=(middle + timedelta(days=1)).isoformat())


def _hits(answer: Fetched) -> tuple[int, bool, list[Mapping[str, Any]]]:
    """Return how many hits there are, whether the search stopped counting, and the hits of this page."""
    found = read_json(answer)
    outer = found.get("hits") if isinstance(found, dict) else None
    if not isinstance(outer, dict):
        raise _odd(answer, "it has no hits")
    total, hits = outer.get("total"), outer.get("hits")
    if not isinstance(total, dict) or type(total.get("value")) is not int:
        raise _odd(answer, "it does not say how many hits there are")
    if not isinstance(hits, list):
        raise _odd(answer, "it has no list of hits")
    if found.get("timed_out") is True:
        raise ParseError(f"edgar_search: reading {answer.url}: the search ran out of time; it is asked again later")
    value = total["value"]
    return value, total.get("relation") == "gte" or value >= MOST, hits


def _filings(hits: list[Any], answer: Fetched) -> Iterator[RawItem | Request]:
    """Yield what each filing among the hits becomes, once, by its earliest document found on this page."""
    known = set(answer.request.context.get("known") or ())
    found: dict[str, dict[str, Any]] = {}
    for hit in hits:
        source = hit.get("_source") if isinstance(hit, dict) else None
        if not isinstance(source, dict):
            raise _odd(answer, "a hit has no _source")
        accession, _, file = str(hit.get("_id") or "").partition(":")
        if not edgar_filing.ACCESSION.fullmatch(accession) or not file:
            raise _odd(answer, f"a hit's _id is {hit.get('_id')!r}, no accession number and file")
        row = {**source, "accession": accession, "file": edgar_filing.document_name(file, accession)}
        if accession not in found or _place(row) < _place(found[accession]):
            found[accession] = row
    for accession, row in found.items():
        if accession not in known:
            yield _filing(row, answer)


def _place(row: Mapping[str, Any]) -> int:
    sequence = str(row.get("sequence") or "")
    return int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 7 else 1_000_000


def _filing(row: Mapping[str, Any], answer: Fetched) -> RawItem | Request:
    context = answer.request.context
    accession, form, filed = str(row["accession"]), facts.text_of(row, "form"), facts.text_of(row, "file_date")
    ciks = [int(cik) for cik in _texts(row, "ciks") if cik.isascii() and cik.isdecimal() and len(cik) <= 10]
    if not ciks or not form:
        raise _odd(answer, f"the hit {accession} names no company or no form")
    names = [name.split("  (")[0].removesuffix(f" (CIK {ciks[0]:010d})") for name in _texts(row, "display_names")]
    company = ", ".join(dict.fromkeys(names))
    folder = edgar_filing.folder(str(context.get("archives") or edgar_filing.ARCHIVES), ciks[0], accession)
    url = f"{folder}/{quote(row['file'])}"
    items = ", ".join(_texts(row, "items"))
    votes = edgar_filing.is_wanted(form, items)
    reported = facts.text_of(row, "period_ending")
    about = {"company": company, "cik": ciks[0], "form": form, "accession": accession, "filed": filed}
    about.update(reported=reported, votes=votes)
    if context.get("documents"):
        return edgar_filing.document_request(url, about)
    rows = (
        ("Company", "; ".join(_texts(row, "display_names"))),
        ("Form", form),
        ("Items", items),
        ("Filed", filed),
        ("Period ending", reported),
        ("Accession number", accession),
    )
    return RawItem(
        key=accession,
        title=edgar_filing.title(form, company, reported, filed, votes=votes),
        url=url,
        published=edgar_filing.filing_day(filed, answer.url),
        publisher=edgar_filing.publisher(form, company),
        content_html=facts.table(rows),
        base_url=url,
        language="en",
        kind=DocumentKind.FILING,
        form=form,
    )


def _texts(row: Mapping[str, Any], name: str) -> list[str]:
    values = row.get(name)
    return [one for value in values if (one := str(value).strip())] if isinstance(values, list) else []


def _odd(answer: Fetched, found: str) -> ParseError:
    return edgar_filing.odd("edgar_search", answer.url, found)
