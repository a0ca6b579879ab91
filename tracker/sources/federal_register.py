"""Rules, proposed rules, notices and presidential documents. Source: Federal Register API, GET /api/v1/documents.json,
https://www.federalregister.gov/developers/documentation/api/v1

A rule, a proposed rule and a presidential document are law in the making or made by the executive, so of our kinds they
are LEGISLATION. A notice changes no law: it is what an agency states (a hearing, a system of records, a request for
comments), so it is a STATEMENT, and so is what the Register does not classify.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.text import one_line
from tracker.domain.vocab import DocumentKind
from tracker.sources import facts, options
from tracker.sources.base import read_json, register, validated

API = "https://www.federalregister.gov"
PAGE = 100
TYPES = {"RULE", "PRORULE", "NOTICE", "PRESDOCU"}
_LAW = {"Rule", "Proposed Rule", "Presidential Document"}
_FIELDS = (
    "document_number",
    "type",
    "title",
    "abstract",
    "action",
    "dates",
    "publication_date",
    "effective_on",
    "comments_close_on",
    "docket_ids",
    "agencies",
    "html_url",
    "pdf_url",
)
_ROWS = {
    "Type": "type",
    "Action": "action",
    "Dates": "dates",
    "Published": "publication_date",
    "Effective on": "effective_on",
    "Comments close on": "comments_close_on",
    "Document number": "document_number",
}


@register
class FederalRegister:
    """A target may have `url`: a server that stands in, or a whole address with its query. Options: `term` (a phrase in
    double quotes is searched as it stands), `agencies` (short names as in the Register's addresses), `types` (RULE,
    PRORULE, NOTICE, PRESDOCU), `since` (a day), `known` (document numbers we have).
    """

    name, kind, every = "federal_register", DocumentKind.LEGISLATION, timedelta(hours=6)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            context = {"known": options.known(target.options)}
            yield validated(_address(target), target.options, accept="application/json", context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        found = read_json(answer)
        if not isinstance(found, dict) or type(found.get("count")) is not int:
            raise _odd(answer, "it does not say how many documents there are")
        # Where nothing is found, the list is not empty but missing.
        results = found.get("results", [] if found["count"] == 0 else None)
        if not isinstance(results, list) or (found["count"] and not results):
            raise _odd(answer, f"{found['count']} documents are promised, but there is no list of them")
        items = [_item(row, answer) for row in results]
        yield from items
        known = set(answer.request.context.get("known") or ())
        # Newest first: after a page of which all is known only known ones follow.
        if (further := found.get("next_page_url")) and not {item.key for item in items} <= known:
            yield _next(further, answer)


def _address(target: Target) -> str:
    if urlsplit(target.url).query:
        return target.url
    told, reader = target.options, "federal_register"
    term, agencies = one_line(str(told.get("term") or "")), options.texts(told, "agencies", reader)
    types, since = options.texts(told, "types", reader), options.day(told, "since", reader)
    if not term and not agencies:
        raise InputError(
            f"federal_register: the target {target.name!r} names neither a term nor agencies; add one of them to its "
            "options in the sources file"
        )
    if wrong := [name for name in types if name not in TYPES]:
        raise InputError(f"federal_register: the option types has {wrong[0]!r}; there are {', '.join(sorted(TYPES))}")
    asked = [("conditions[term]", term)] if term else []
    asked += [("conditions[agencies][]", name) for name in agencies]
    asked += [("conditions[type][]", name) for name in types]
    asked += [("conditions[publication_date][gte]", since)] if since else []
    asked += [("order", "newest"), ("per_page", str(PAGE)), *(("fields[]", name) for name in _FIELDS)]
    return f"{target.url.rstrip('/') or API}/api/v1/documents.json?{urlencode(asked)}"


def _next(url: Any, answer: Fetched) -> Request:
    here, there = urlsplit(answer.url), urlsplit(url if isinstance(url, str) else "")
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise _odd(answer, f"its next page is said to be at {url!r}, which is another place")
    return Request(str(url), accept="application/json", context=answer.request.context)


def _item(row: Any, answer: Fetched) -> RawItem:
    key = facts.text_of(row, "document_number") if isinstance(row, dict) else ""
    if not key:
        raise _odd(answer, "a document has no document_number")
    form = facts.text_of(row, "type")
    agencies = _agencies(row)
    rows = [(words, facts.text_of(row, name)) for words, name in _ROWS.items()]
    dockets = row.get("docket_ids")
    rows.append(("Docket", ", ".join(str(one) for one in dockets) if isinstance(dockets, list) else ""))
    rows.insert(1, ("Agencies", ", ".join(agencies)))
    url = facts.text_of(row, "html_url") or facts.text_of(row, "pdf_url")
    return RawItem(
        key=key,
        title=facts.text_of(row, "title"),
        url=url or None,
        published=facts.day_of(row, "publication_date"),
        publisher=", ".join(agencies) or "Federal Register",
        content_html=facts.paragraph(facts.text_of(row, "abstract")) + facts.table(rows),
        base_url=url,
        language="en",
        kind=DocumentKind.LEGISLATION if form in _LAW else DocumentKind.STATEMENT,
        form=form,
    )


def _agencies(row: Mapping[str, Any]) -> list[str]:
    """Return the agencies' names; a body that the Register does not list has only the name as printed."""
    listed = row.get("agencies")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    names = (facts.text_of(entry, "name") or facts.text_of(entry, "raw_name") for entry in entries)
    return list(dict.fromkeys(name for name in names if name))


def _odd(answer: Fetched, found: str) -> ParseError:
    return ParseError(
        f"federal_register: reading {answer.url}: {found}; the interface may have changed: compare it with "
        "https://www.federalregister.gov/developers/documentation/api/v1"
    )
