"""Filings at the SEC: votes, proxy statements, exempt solicitations. Source: EDGAR submissions API,
https://www.sec.gov/search-filings/edgar-application-programming-interfaces

One answer per company lists its filings; each wanted one becomes a request for its primary document, and the answer to
that becomes the item. A notice of exempt solicitation stands in the list of the company it is about, so polling the
company finds it.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources.base import read_json, register, validated
from tracker.sources.charset import decode

API = "https://data.sec.gov"
ARCHIVES = "https://www.sec.gov"
VOTE_ITEM = "5.07"
_COLUMNS = ("form", "accessionNumber", "filingDate", "primaryDocument")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}", re.ASCII)
_DOCUMENT_NAME = re.compile(r"[\w.() -]+(?:/[\w.() -]+)*", re.ASCII)
_MARKUP = re.compile(r"<\s*(?:html|body|div|p|font|center|!doctype html)\b", re.IGNORECASE)
# The envelope a document travels in: <DOCUMENT><TYPE>8-K ... <TEXT> the document </TEXT></DOCUMENT>
_ENVELOPE = re.compile(
    r"\A\s*<(?:SEC-)?DOCUMENT>.{0,20000}?<TEXT>|</TEXT>\s*</DOCUMENT>\s*\Z", re.DOTALL | re.IGNORECASE
)

# What each wanted form is called in a title; the first part is the form's own name.
_WORDS = {
    "DEF 14A": "proxy statement",
    "DEFA14A": "additional proxy material",
    "PX14A6G": "notice of exempt solicitation",
    "8-K": "voting results",
    "8-K/A": "amended voting results",
}


@dataclass(frozen=True, slots=True)
class Filing:
    """One row of a company's list. `reported` is the day the filing is about, often a meeting; may be empty."""

    form: str
    accession: str
    filed: str
    reported: str
    items: str
    document: str

    @property
    def is_wanted(self) -> bool:
        if self.form in {"8-K", "8-K/A"}:
            return VOTE_ITEM in (item.strip() for item in self.items.split(","))
        return self.form in _WORDS


@register
class Edgar:
    """A target has a `cik` and may have `url`: a server that stands in for data.sec.gov and www.sec.gov, or the address
    of the list itself. Options: `archives` (where documents lie), `since` (ISO date: nothing filed earlier is asked),
    `known` (accession numbers we have), `history` (also ask for the older parts of the list).
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
                "since": str(target.options.get("since") or ""),
                "known": tuple(target.options.get("known") or ()),
                "history": bool(target.options.get("history")),
            }
            yield validated(url, target.options, accept="application/json", context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        if answer.request.context.get("step") == "document":
            yield _item(answer)
        else:
            yield from _wanted(answer)


def _addresses(target: Target) -> tuple[str, str]:
    base = target.url.rstrip("/") or API
    if target.url.endswith(".json"):
        url, root = target.url, urljoin(target.url, "/").rstrip("/")
    elif target.cik is None:
        raise InputError(
            f"edgar: the target {target.name or target.url!r} has no CIK; add its number to the sources file"
        )
    else:
        url, root = f"{base}/submissions/CIK{target.cik:010d}.json", base
    at_sec = (urlsplit(root).hostname or "").endswith("sec.gov")
    return url, str(target.options.get("archives") or (ARCHIVES if at_sec else root)).rstrip("/")


def _wanted(answer: Fetched) -> Iterator[Request]:
    """Yield a request for each wanted filing that we do not have, and for older lists when asked to."""
    listing = read_json(answer)
    if not isinstance(listing, dict):
        raise _odd(answer, "it is no JSON object")
    context = answer.request.context
    about = {
        "step": "document",
        "company": str(context.get("company") or listing.get("name") or ""),
        "cik": _cik(listing, answer),
    }
    archives = context.get("archives") or ARCHIVES
    since, known = context.get("since") or "", set(context.get("known") or ())
    for filing in _filings(listing, answer):
        if filing.is_wanted and filing.accession not in known and filing.filed >= since:
            folder = f"{archives}/Archives/edgar/data/{about['cik']}/{filing.accession.replace('-', '')}"
            yield Request(
                f"{folder}/{filing.document}",
                accept="text/html, text/plain;q=0.9, */*;q=0.1",
                context={
                    **about,
                    "form": filing.form,
                    "accession": filing.accession,
                    "filed": filing.filed,
                    "reported": filing.reported,
                },
            )
    if context.get("history"):
        yield from _older_lists(listing, answer, about)


def _older_lists(listing: Mapping[str, Any], answer: Fetched, about: Mapping[str, Any]) -> Iterator[Request]:
    filings = listing.get("filings")
    files = filings.get("files") if isinstance(filings, dict) else None
    for file in files if isinstance(files, list) else []:
        name = file.get("name") if isinstance(file, dict) else None
        until = str(file.get("filingTo") or "9") if isinstance(file, dict) else ""
        if (
            isinstance(name, str)
            and _DOCUMENT_NAME.fullmatch(name)
            and until >= (answer.request.context["since"] or "")
        ):
            carried = {**answer.request.context, "history": False, "company": about["company"], "cik": about["cik"]}
            yield Request(urljoin(answer.url, name), accept="application/json", context=carried)


def _filings(listing: Mapping[str, Any], answer: Fetched) -> Iterator[Filing]:
    """Yield the rows of the list. It comes as columns of equal length, in older parts at the top level."""
    filings = listing.get("filings")
    columns = filings.get("recent") if isinstance(filings, dict) else listing
    if not isinstance(columns, dict):
        raise _odd(answer, "it has no list of recent filings")
    lists = {name: columns.get(name) for name in (*_COLUMNS, "items", "reportDate")}
    missing = [name for name in _COLUMNS if not isinstance(lists[name], list)]
    if missing:
        raise _odd(answer, f"it has no column {', '.join(missing)}")
    length = len(lists["form"] or ())
    for name, values in lists.items():
        if not isinstance(values, list):
            lists[name] = [""] * length
        elif len(values) != length:
            raise _odd(answer, f"its column {name} has {len(values)} rows where form has {length}")
    rows = zip(*(lists[name] or () for name in (*_COLUMNS, "reportDate", "items")), strict=True)
    for form, accession, filed, document, reported, items in rows:
        if _ACCESSION.fullmatch(str(accession)):
            yield Filing(
                str(form), accession, str(filed), str(reported), str(items), _document(str(document), accession)
            )


def _document(name: str, accession: str) -> str:
    """The document as filed. An "xsl…/" before it means the same rendered; older filings have just one text file."""
    name = re.sub(r"^xsl[^/]*/", "", name)
    return name if _DOCUMENT_NAME.fullmatch(name) and ".." not in name else f"{accession}.txt"


def _cik(listing: Mapping[str, Any], answer: Fetched) -> int:
    value = listing.get("cik", answer.request.context.get("cik"))
    try:
        return int(str(value))
    except ValueError as error:
        raise _odd(answer, "it names no CIK") from error


def _item(answer: Fetched) -> RawItem:
    context = answer.request.context
    form, company = str(context["form"]), str(context["company"])
    text, warnings = _readable(answer)
    return RawItem(
        key=str(context["accession"]),
        title=_title(form, company, str(context.get("reported") or ""), str(context["filed"])),
        url=answer.url,
        published=_day(str(context["filed"]), answer),
        publisher="SEC EDGAR" if form == "PX14A6G" else company,
        content_html=text,
        base_url=answer.url,
        language="en",
        kind=DocumentKind.FILING,
        form=form,
        warnings=warnings,
    )


def _readable(answer: Fetched) -> tuple[str, tuple[str, ...]]:
    """Return the document as HTML: as filed, or a text file's words in a <pre>."""
    if answer.body.startswith(b"%PDF"):
        return "", ("the document is a PDF: its text was not read",)
    if not answer.body.strip():
        raise ParseError(f"reading the filing {answer.url}: it is empty; try again later, or open it in a browser")
    text, warnings = decode(answer.body, answer.headers.get("content-type", ""))
    text = _ENVELOPE.sub("", text)
    if _MARKUP.search(text[:20000]):
        return text, warnings
    return f"<pre>{html.escape(text, quote=False)}</pre>", warnings


def _title(form: str, company: str, reported: str, filed: str) -> str:
    """A title a person would give: "8-K Item 5.07: Amazon.com, Inc. voting results, 21 May 2025"."""
    named = f"{form} Item {VOTE_ITEM}" if form.startswith("8-K") else form
    try:
        on = f", {PartialDate.day(date.fromisoformat((form.startswith('8-K') and reported) or filed)).words()}"
    except (ValueError, InputError):
        on = ""
    return f"{named}: {company} {_WORDS.get(form, 'filing')}{on}".replace(":  ", ": ")


def _day(filed: str, answer: Fetched) -> PartialDate:
    try:
        return PartialDate.day(date.fromisoformat(filed))
    except (ValueError, InputError) as error:
        raise _odd(answer, f"its filing date is {filed!r}") from error


def _odd(answer: Fetched, found: str) -> ParseError:
    return ParseError(
        f"edgar: reading {answer.url}: {found}; the SEC may have changed its answers: compare it in a browser"
    )
