"""The index page of a filing: which of its documents is the one that was filed, and where it lies.

Source: the pages ".../ACCESSION-index.htm" of https://www.sec.gov/Archives/edgar/data/, a table of documents in order:
number, description, document, type, size.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from tracker.domain.items import Fetched, Request
from tracker.domain.text import one_line
from tracker.sources import edgar_filing

_INDEX = re.compile(r"-index(?:-headers)?\.html?$", re.IGNORECASE)
# Inline XBRL is linked through its viewer; the document itself lies at the address it is given.
_VIEWER = re.compile(r"^/ix(?:viewer[^?]*)?\?doc=", re.IGNORECASE)


def is_index(url: str) -> bool:
    """Whether an address is that of a filing's index page."""
    return _INDEX.search(urlsplit(url).path) is not None


def filing_request(url: str, about: Mapping[str, Any]) -> Request:
    """Return the request for a filing's document, by way of its index page where `url` is that one's.

    `about` is as for `edgar_filing.document_request`.
    """
    if not is_index(url):
        return edgar_filing.document_request(url, about)
    return Request(url, accept="text/html, */*;q=0.1", context={**about, "step": "index"})


def main_document_request(answer: Fetched) -> Request:
    """Return the request for the document that an index page lists as the form itself; ParseError where it has none."""
    context = {key: value for key, value in answer.request.context.items() if key != "step"}
    form = str(context.get("form") or "")
    rows = list(_rows(answer))
    href = next((href for kind, href in rows if kind == form), rows[0][1] if rows else "")
    url = urljoin(answer.url, _VIEWER.sub("", href))
    if not href or urlsplit(url).netloc != urlsplit(answer.url).netloc:
        raise edgar_filing.odd("edgar", answer.url, f"its index page lists no document of form {form!r}")
    return edgar_filing.document_request(url, context)


def _rows(answer: Fetched) -> list[tuple[str, str]]:
    """Return the type and address of each document that the page lists, in order."""
    if not answer.body.strip():
        return []
    found = []
    for row in html.fromstring(answer.body).iter("tr"):
        cells = row.findall("td")
        links = [link.get("href") for cell in cells for link in cell.iter("a") if link.get("href")]
        if len(cells) >= 4 and links:
            found.append((one_line(cells[3].text_content()), str(links[0])))
    return found
