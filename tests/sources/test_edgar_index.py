"""The index page of a filing leads to the document of its form, wherever that stands, and nowhere else."""

import pytest

from tests.factories import NOW
from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, Request
from tracker.sources.edgar import Edgar
from tracker.sources.edgar_index import filing_request, is_index

FOLDER = "https://www.sec.gov/Archives/edgar/data/123456/000012345626000007"
INDEX = f"{FOLDER}/0000123456-26-000007-index.htm"
ABOUT = {"form": "8-K", "accession": "0000123456-26-000007", "filed": "2026-05-15", "company": "Example", "cik": 123456}


def row(href: str, kind: str) -> str:
    return f"<tr><td>1</td><td>words</td><td><a href='{href}'>x</a></td><td>{kind}</td><td>9</td></tr>"


def lead(*rows: str) -> Request:
    request = filing_request(INDEX, ABOUT)
    body = f"<html><body><table>{''.join(rows)}</table></body></html>".encode()
    [found] = Edgar().parse(Fetched(INDEX, 200, body, {}, NOW, request))
    return found


@pytest.mark.parametrize(
    "href", ["/Archives/edgar/data/123456/000012345626000007/a.htm", "a.htm", f"{FOLDER}/a.htm",
             "/ix?doc=/Archives/edgar/data/123456/000012345626000007/a.htm"],
)  # fmt: skip
def test_the_document_of_the_form_is_asked_for_however_it_is_linked(href):
    found = lead(row("ex.htm", "EX-99.1"), row(href, "8-K"))
    assert found.url == f"{FOLDER}/a.htm"
    assert found.context == {**ABOUT, "step": "document"}


def test_where_no_row_has_the_form_the_first_document_is_it():
    assert lead(row("a.txt", ""), row("ex.htm", "EX-99.1")).url == f"{FOLDER}/a.txt"


@pytest.mark.parametrize("rows", [(), (row("https://elsewhere.example/a.htm", "8-K"),)])
def test_a_page_that_lists_no_document_of_the_sec_is_an_error(rows):
    with pytest.raises(ParseError, match="lists no document of form '8-K'"):
        lead(*rows)


def test_only_index_pages_are_taken_for_such():
    assert is_index(INDEX)
    assert not is_index(f"{FOLDER}/a.htm")
    assert filing_request(f"{FOLDER}/a.htm", ABOUT).context["step"] == "document"
