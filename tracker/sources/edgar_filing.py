"""What the readers of EDGAR share: which filings we follow, what they are called, and how a filed document is read."""

import html
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request
from tracker.domain.text import one_line
from tracker.domain.vocab import DocumentKind
from tracker.sources.charset import decode
from tracker.sources.notice_address import without_address

API = "https://data.sec.gov"
ARCHIVES = "https://www.sec.gov"
VOTE_ITEM = "5.07"
NOTICE = "PX14A6G"
CURRENT_REPORTS = frozenset({"8-K", "8-K/A"})
# What each form we follow is called in a title. An 8-K is followed for one item alone.
FORMS = {
    "DEF 14A": "proxy statement",
    "DEFA14A": "additional proxy material",
    NOTICE: "notice of exempt solicitation",
    "8-K": "voting results",
    "8-K/A": "amended voting results",
}
# Votes of funds and managers: followed where a source asks for them, for few companies file them.
FUND_VOTES = {"N-PX": "votes of funds", "N-PX/A": "amended votes of funds"}
ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}", re.ASCII)
DOCUMENT_NAME = re.compile(r"[\w.() -]+(?:/[\w.() -]+)*", re.ASCII)
_ITEM = re.compile(r"(?<![\d.])\d{1,2}\.\d{2}(?!\d)", re.ASCII)
_MARKUP = re.compile(r"<\s*(?:html|body|div|p|font|center|!doctype html)\b", re.IGNORECASE)
# A document in its envelope: <DOCUMENT><TYPE>8-K <SEQUENCE>1 <FILENAME>... <TEXT> the document </TEXT></DOCUMENT>
_DOCUMENT = re.compile(
    r"<DOCUMENT>(?P<head>(?:(?!<DOCUMENT>).){0,5000}?)<TEXT>(?P<text>.*?)(?:</TEXT>\s*</DOCUMENT>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_HEAD = re.compile(
    r"\A\s*<SEC-DOCUMENT>.{0,20000}?<TEXT>|</TEXT>(?:\s*</(?:SEC-)?DOCUMENT>)*\s*\Z", re.DOTALL | re.IGNORECASE
)
_TYPE = re.compile(r"<TYPE>([^\r\n<]*)", re.IGNORECASE)
_UNREADABLE = re.compile(r"(?:GRAPHIC|ZIP|EXCEL|PDF|XML|JSON|EX-10[01]|COVER)", re.IGNORECASE)
_BINARY = re.compile(r"\s*(?:<PDF>|<XBRL>|<XML>|begin \d{3} )", re.IGNORECASE)


def is_wanted(form: str, items: str, forms: Mapping[str, Any] | list[str] | None = None) -> bool:
    """Whether we follow a filing: by its form, and a current report only when its items name the vote."""
    if form not in (FORMS if forms is None else forms):
        return False
    return form not in CURRENT_REPORTS or VOTE_ITEM in _ITEM.findall(items)


def folder(archives: str, cik: int, accession: str) -> str:
    """Return the address of a filing's folder."""
    return f"{archives}/Archives/edgar/data/{cik}/{accession.replace('-', '')}"


def document_name(name: str, accession: str) -> str:
    """The document as filed. An "xsl…/" before it means the same rendered; older filings have just one text file."""
    name = re.sub(r"^xsl[^/]*/", "", name)
    return name if DOCUMENT_NAME.fullmatch(name) and ".." not in name else f"{accession}.txt"


def document_request(url: str, about: Mapping[str, Any]) -> Request:
    """Return the request for a filing's document; `about` has form, accession, filed, reported, company and cik."""
    accept = "text/html, text/plain;q=0.9, */*;q=0.1"
    return Request(url, accept=accept, context={"step": "document", **about})


def document_item(answer: Fetched) -> RawItem:
    """Return the item that a filing's document is. The answer's context is that of `document_request`."""
    context = answer.request.context
    form, company = str(context.get("form") or ""), str(context.get("company") or "")
    filed = str(context.get("filed") or "")
    text, warnings = _readable(answer)
    return RawItem(
        key=str(context.get("accession") or ""),
        title=title(form, company, str(context.get("reported") or ""), filed, votes=bool(context.get("votes", True))),
        url=answer.url,
        published=filing_day(filed, answer.url),
        publisher=publisher(form, company),
        content_html=without_address(text) if form == NOTICE else text,
        base_url=answer.url,
        language="en",
        kind=DocumentKind.FILING,
        form=form,
        warnings=warnings,
    )


def publisher(form: str, company: str) -> str:
    """Who speaks in a filing: the company, but a notice of exempt solicitation is about it and by somebody else."""
    return "SEC EDGAR" if form == NOTICE else company


def title(form: str, company: str, reported: str, filed: str, *, votes: bool = True) -> str:
    """A title a person would give: "8-K Item 5.07: Amazon.com, Inc. voting results, 21 May 2025".

    `votes` is False for a current report that is not, or not known to be, about a vote.
    """
    current = form in CURRENT_REPORTS
    named = f"{form} Item {VOTE_ITEM}" if current and votes else form
    try:
        on = f", {PartialDate.day(date.fromisoformat((current and votes and reported) or filed)).words()}"
    except (ValueError, InputError):
        on = ""
    called = {**FORMS, **FUND_VOTES}.get(form, "filing") if votes or not current else "current report"
    return one_line(f"{named}: {company} {called}{on}")


def filing_day(filed: str, url: str) -> PartialDate:
    """Return the day of filing; raises ParseError when it is none."""
    try:
        return PartialDate.day(date.fromisoformat(filed))
    except (ValueError, InputError) as error:
        raise odd("edgar", url, f"its filing date is {filed!r}") from error


def odd(reader: str, url: str, found: str) -> ParseError:
    """Return the error for an answer that is not what the SEC documents."""
    return ParseError(
        f"{reader}: reading {url}: {found}; the SEC may have changed its answers: compare it in a browser"
    )


def _readable(answer: Fetched) -> tuple[str, tuple[str, ...]]:
    """Return the document as HTML: as filed, or a text file's words in a <pre>."""
    if answer.body.startswith(b"%PDF"):
        return "", ("the document is a PDF: its text was not read",)
    if not answer.body.strip():
        raise ParseError(f"reading the filing {answer.url}: it is empty; try again later, or open it in a browser")
    text, warnings = decode(answer.body, answer.headers.get("content-type", ""))
    parts = list(_DOCUMENT.finditer(text))
    if not parts:
        return _as_html(_HEAD.sub("", text)), warnings
    return _with_exhibits(parts, warnings)


def _with_exhibits(parts: list[re.Match[str]], warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return a submission's first document and, each under its type, the exhibits that are text; name the others."""
    texts, left_out = [], []
    for number, part in enumerate(parts):
        found = _TYPE.search(part["head"])
        kind = one_line(found[1]) if found else ""
        if number and (_UNREADABLE.match(kind) or _BINARY.match(part["text"])):
            left_out.append(kind or "one without a type")
        else:
            heading = f"<h2>{html.escape(kind)}</h2>\n" if number else ""
            texts.append(heading + _as_html(part["text"]))
    if left_out:
        warnings += (f"the submission's other parts were not read: {', '.join(dict.fromkeys(left_out))}",)
    return "\n".join(texts), warnings


def _as_html(text: str) -> str:
    return text if _MARKUP.search(text[:20000]) else f"<pre>{html.escape(text, quote=False)}</pre>"
