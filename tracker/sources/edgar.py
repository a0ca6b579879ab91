"""Filings at the SEC: votes, proxy statements, exempt solicitations. Source: EDGAR submissions API,
https://www.sec.gov/search-filings/edgar-application-programming-interfaces

One answer per company lists its filings; each wanted one becomes a request for its primary document, and the answer to
that becomes the item. A notice of exempt solicitation stands in the list of the company it is about, so polling the
company finds it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources import edgar_filing as filing_words
from tracker.sources import edgar_index, facts, options
from tracker.sources.base import read_json, register, validated

_COLUMNS = ("form", "accessionNumber", "filingDate", "primaryDocument")
_OPTIONAL = ("reportDate", "items")


@dataclass(frozen=True, slots=True)
class Filing:
    """One row of a company's list. `reported` is the day the filing is about, often a meeting; may be empty."""

    form: str
    accession: str
    filed: str
    document: str
    reported: str
    items: str


@register
class Edgar:
    """A target has a `cik` and may have `url`: a server that stands in for data.sec.gov and www.sec.gov, or the address
    of the list itself. Options: `archives` (where documents lie), `since` (ISO date: nothing filed earlier is asked),
    `known` (accession numbers we have), `history` (also ask for the older parts of the list), `forms` (those we follow
    unless said). A Form N-PX, whose votes may fill hundreds of megabytes, is only told of.
    """

    name, kind, every = "edgar", DocumentKind.FILING, timedelta(hours=2)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            url, archives = _addresses(target)
            context = {
                "step": "list",
                "archives": archives,
                "company": target.name,
                "cik": target.cik,
                "since": options.day(target.options, "since", self.name),
                "known": options.known(target.options),
                "history": bool(target.options.get("history")),
                "forms": options.texts(target.options, "forms", self.name) or list(filing_words.FORMS),
            }
            yield validated(url, target.options, accept="application/json", context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        step = answer.request.context.get("step")
        if step == "document":
            yield filing_words.document_item(answer)
        elif step == "index":
            yield edgar_index.main_document_request(answer)
        else:
            yield from _wanted(answer)


def _addresses(target: Target) -> tuple[str, str]:
    base = target.url.rstrip("/") or filing_words.API
    if target.url.endswith(".json"):
        url, root = target.url, urljoin(target.url, "/").rstrip("/")
    elif target.cik is None:
        raise InputError(
            f"edgar: the target {target.name or target.url!r} has no CIK; add its number to the sources file"
        )
    else:
        url, root = f"{base}/submissions/CIK{target.cik:010d}.json", base
    at_sec = (urlsplit(root).hostname or "").endswith("sec.gov")
    return url, str(target.options.get("archives") or (filing_words.ARCHIVES if at_sec else root)).rstrip("/")


def _wanted(answer: Fetched) -> Iterator[RawItem | Request]:
    """Yield what becomes of each wanted filing that we do not have, and requests for older lists when asked to."""
    listing = read_json(answer)
    if not isinstance(listing, dict):
        raise _odd(answer, "it is no JSON object")
    context = answer.request.context
    company, cik = str(context.get("company") or listing.get("name") or ""), _cik(listing, answer)
    archives = str(context.get("archives") or filing_words.ARCHIVES)
    since, known = str(context.get("since") or ""), set(context.get("known") or ())
    for filing in _filings(listing, answer):
        wanted = filing_words.is_wanted(filing.form, filing.items, context.get("forms"))
        if wanted and filing.accession not in known and filing.filed >= since:
            about = {
                "company": company,
                "cik": cik,
                "form": filing.form,
                "accession": filing.accession,
                "filed": filing.filed,
                "reported": filing.reported,
            }
            folder = filing_words.folder(archives, cik, filing.accession)
            if filing.form in filing_words.FUND_VOTES:
                yield _told(f"{folder}/{filing.accession}.txt", about)
                continue
            yield filing_words.document_request(f"{folder}/{filing.document}", about)
    if context.get("history"):
        yield from _older_lists(listing, answer, {"company": company, "cik": cik})


def _told(url: str, about: Mapping[str, Any]) -> RawItem:
    """Return the announcement of a filing that is too large to be kept; `url` is where all of it lies."""
    form, company, filed = about["form"], about["company"], about["filed"]
    rows = (
        ("Filer", company),
        ("CIK", f"{about['cik']:010d}"),
        ("Form", form),
        ("Filed", filed),
        ("Year that ended", about["reported"]),
        ("Accession number", about["accession"]),
    )
    return RawItem(
        key=about["accession"],
        title=filing_words.title(form, company, "", filed),
        url=url,
        published=filing_words.filing_day(filed, url),
        publisher=filing_words.publisher(form, company),
        content_html=facts.table(rows),
        base_url=url,
        language="en",
        kind=DocumentKind.FILING,
        form=form,
    )


def _older_lists(listing: Mapping[str, Any], answer: Fetched, about: Mapping[str, Any]) -> Iterator[Request]:
    filings = listing.get("filings")
    files = filings.get("files") if isinstance(filings, dict) else None
    since = str(answer.request.context.get("since") or "")
    for file in files if isinstance(files, list) else []:
        name = file.get("name") if isinstance(file, dict) else None
        if (
            isinstance(name, str)
            and filing_words.DOCUMENT_NAME.fullmatch(name)
            and ".." not in name
            and str(file.get("filingTo") or "9") >= since
        ):
            carried = {**answer.request.context, "history": False, **about}
            yield Request(urljoin(answer.url, name), accept="application/json", context=carried)


def _filings(listing: Mapping[str, Any], answer: Fetched) -> Iterator[Filing]:
    """Yield the rows of the list. It comes as columns of equal length, in older parts at the top level."""
    filings = listing.get("filings")
    columns = filings.get("recent") if isinstance(filings, dict) else listing
    if not isinstance(columns, dict):
        raise _odd(answer, "it has no list of recent filings")
    lists = {name: columns.get(name) for name in (*_COLUMNS, *_OPTIONAL)}
    missing = [name for name in _COLUMNS if not isinstance(lists[name], list)]
    if missing:
        raise _odd(answer, f"it has no column {', '.join(missing)}")
    length = len(lists["form"] or ())
    for name, values in lists.items():
        if not isinstance(values, list):
            lists[name] = [""] * length
        elif len(values) != length:
            raise _odd(answer, f"its column {name} has {len(values)} rows where form has {length}")
    for row in zip(*(lists[name] or () for name in (*_COLUMNS, *_OPTIONAL)), strict=True):
        form, accession, filed, document, reported, items = ("" if value is None else str(value) for value in row)
        if filing_words.ACCESSION.fullmatch(accession):
            name = filing_words.document_name(document, accession)
            yield Filing(form, accession, filed, name, reported, items)


def _cik(listing: Mapping[str, Any], answer: Fetched) -> int:
    """Older lists do not say whose they are: the request that led to them does."""
    try:
        return int(listing.get("cik") or answer.request.context.get("cik") or "")
    except (TypeError, ValueError) as error:
        raise _odd(answer, "it names no CIK") from error


def _odd(answer: Fetched, found: str) -> ParseError:
    return filing_words.odd("edgar", answer.url, found)
