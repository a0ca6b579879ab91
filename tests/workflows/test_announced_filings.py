"""Filings that a feed only told of are fetched and read, and are one document whoever tells of them."""

import json

import pytest
from sqlmodel import col, select

from tests.factories import filings as filed
from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, results
from tracker.domain.items import Target
from tracker.models.document import Document, DocumentVersion, Host, LinkedPage, Sighting
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import Meeting, VoteCount
from tracker.sources.edgar_search import EdgarSearch
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.announced_filings import fetch_announced_filings
from tracker.workflows.collect import collect
from tracker.workflows.read_filing import read_filings
from tracker.workflows.whole_pages import fetch_whole_pages

NUMBER = "0000999999-26-000007"
FOLDER = f"/Archives/edgar/data/{filed.CIK}/{NUMBER.replace('-', '')}"
INDEX, PAPER = f"{FOLDER}/{NUMBER}-index.htm", f"{FOLDER}/votes.htm"
LIST = f"/submissions/CIK{filed.CIK:010d}.json"
ROW = "<tr><td>{}</td><td>-</td><td><a href='{}'>paper</a></td><td>{}</td><td>9</td></tr>"


def feed(publisher, cik: int = filed.CIK) -> str:
    link = publisher.url(INDEX).replace(str(filed.CIK), str(cik))
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><company-info><cik>{cik:010d}</cik>
    <conformed-name>LARKSPUR OPTICS</conformed-name></company-info><entry><content type="text/xml">
    <accession-number>{NUMBER}</accession-number><filing-date>2026-05-15</filing-date><filing-href>{link}</filing-href>
    <filing-type>8-K</filing-type><items-desc>item 5.07</items-desc></content><id>urn:{NUMBER}</id>
    <title>8-K</title><updated>2026-05-15T16:31:02-04:00</updated></entry></feed>"""


def listing() -> str:
    recent = {
        "form": ["8-K"], "accessionNumber": [NUMBER], "filingDate": ["2026-05-15"], "primaryDocument": ["votes.htm"],
        "reportDate": ["2026-05-12"], "items": ["5.07"],
    }  # fmt: skip
    return json.dumps({"cik": filed.CIK, "name": "Larkspur Optics", "filings": {"recent": recent, "files": []}})


@pytest.fixture
def edgar(publisher):
    """EDGAR as far as one filing goes: its index page, its document, the company's list and feed."""
    exhibit = ROW.format(2, f"{FOLDER}/ex99.htm", "EX-99.1")
    paper = ROW.format(1, f"/ix?doc={PAPER}", "8-K")
    publisher.serve(INDEX, f"<html><body><table class='tableFile'>{exhibit}{paper}</table></body></html>")
    publisher.serve(PAPER, results(*COUNTS), Content_Type="text/html")
    publisher.serve(LIST, listing(), Content_Type="application/json")
    publisher.serve("/feed?output=atom", feed(publisher), Content_Type="application/atom+xml")
    return publisher


def told_by(runtime, publisher, *readers: str) -> None:
    urls = {"edgar": publisher.url("/").rstrip("/"), "edgar_atom": publisher.url("/feed?output=atom")}
    wanted = [
        {"name": reader, "reader": reader, "url": urls[reader], "every_seconds": 3600, "options": {"cik": filed.CIK}}
        for reader in readers
    ]
    with writing(runtime.engine) as session:
        sources.sync(session, wanted, runtime.clock())


def own_bodies(runtime) -> list[bool]:
    return [row.own_body for row in every(runtime, DocumentVersion)]


def test_a_filing_that_a_feed_tells_of_is_fetched_by_way_of_its_index_page_and_read(runtime, company, edgar):
    told_by(runtime, edgar, "edgar_atom")
    collect(runtime)
    assert own_bodies(runtime) == [False]
    assert read_filings(runtime).lines == []
    assert str(fetch_announced_filings(runtime)) == "1 filings fetched that were only told of, 0 not to be had"
    assert (len(edgar.asked(INDEX)), len(edgar.asked(PAPER)), len(edgar.asked("/robots.txt"))) == (1, 1, 0)
    [document] = every(runtime, Document)
    assert document.url == edgar.url(PAPER)
    assert document.title.startswith("8-K Item 5.07: LARKSPUR OPTICS")
    assert own_bodies(runtime) == [False, True]
    assert [line.came.outcome for line in read_filings(runtime).lines] == [FilingOutcome.WRITTEN]
    assert [str(row.held_on) for row in every(runtime, Meeting)] == ["2026-05-12"]
    assert len(every(runtime, VoteCount)) == 1
    assert fetch_announced_filings(runtime).kept == 0


@pytest.mark.parametrize("order", [("edgar_atom", "edgar"), ("edgar", "edgar_atom")])
@pytest.mark.parametrize("between", [True, False])
def test_a_feed_and_a_list_tell_of_one_document(runtime, company, edgar, clock, *, order, between):
    first, second = order
    told_by(runtime, edgar, first)
    collect(runtime)
    if between:
        fetch_announced_filings(runtime)
    clock.forward(hours=3)
    told_by(runtime, edgar, first, second)
    collect(runtime)
    fetch_announced_filings(runtime)
    [document] = every(runtime, Document)
    assert document.url == edgar.url(PAPER)
    assert {row.document_id for row in every(runtime, Sighting)} == {document.id}
    assert len({row.source_id for row in every(runtime, Sighting)}) == 2
    with reading(runtime.engine) as session:
        newest = select(DocumentVersion).order_by(col(DocumentVersion.number).desc())
        assert session.exec(newest).first().own_body
    assert len(read_filings(runtime).lines) == 1


def test_a_feed_and_a_list_that_come_in_one_run_tell_of_one_document(runtime, company, edgar):
    told_by(runtime, edgar, "edgar_atom", "edgar")
    collect(runtime)
    assert len(every(runtime, Document)) == 1
    fetch_announced_filings(runtime)
    assert own_bodies(runtime)[-1]
    assert len(read_filings(runtime).lines) == 1


def test_filings_of_companies_that_we_do_not_know_are_not_fetched(runtime, company, edgar):
    edgar.serve("/feed?output=atom", feed(edgar, cik=4242), Content_Type="application/atom+xml")
    told_by(runtime, edgar, "edgar_atom")
    collect(runtime)
    assert fetch_announced_filings(runtime).kept == 0
    assert edgar.asked(INDEX) == []


def test_the_pages_behind_summaries_are_others(runtime, company, edgar):
    told_by(runtime, edgar, "edgar_atom")
    collect(runtime)
    edgar.serve(INDEX, "no", status=404)
    assert str(fetch_announced_filings(runtime)).endswith("1 not to be had")
    assert (fetch_whole_pages(runtime).kept, len(every(runtime, LinkedPage))) == (0, 1)


def test_an_index_page_without_documents_is_left_with_the_reason(runtime, company, edgar):
    edgar.serve(INDEX, "<html><body><p>Nothing here.</p></body></html>")
    told_by(runtime, edgar, "edgar_atom")
    collect(runtime)
    assert fetch_announced_filings(runtime).failed == 1
    [row] = every(runtime, LinkedPage)
    assert "lists no document of form '8-K'" in row.last_error
    assert own_bodies(runtime) == [False]


def test_a_server_that_wants_rest_is_asked_after_it_and_loses_no_try(runtime, company, edgar, clock):
    told_by(runtime, edgar, "edgar_atom")
    collect(runtime)
    edgar.serve(INDEX, "slow down", status=429, Retry_After="600")
    report = fetch_announced_filings(runtime)
    assert (report.kept, report.failed) == (0, 0)
    assert any(row.rest_until for row in every(runtime, Host))
    table = ROW.format(1, PAPER, "8-K")
    edgar.serve(INDEX, f"<html><body><table>{table}</table></body></html>")
    assert fetch_announced_filings(runtime).kept == 0
    clock.forward(hours=1)
    assert fetch_announced_filings(runtime).kept == 1


def test_a_filing_that_the_search_found_is_fetched_where_it_lies(runtime, company, edgar):
    options = {"ciks": [filed.CIK], "archives": edgar.url("")}
    [asked] = EdgarSearch().requests([Target(edgar.url(""), options=options)])
    hit = {"ciks": [f"{filed.CIK:010d}"], "display_names": ["Larkspur Optics"], "form": "8-K", "items": ["5.07"],
           "file_date": "2026-05-15", "period_ending": "2026-05-12", "sequence": 1}  # fmt: skip
    found = {"total": {"value": 1, "relation": "eq"}, "hits": [{"_id": f"{NUMBER}:votes.htm", "_source": hit}]}
    edgar.serve(asked.url.removeprefix(edgar.url("")), json.dumps({"hits": found}), Content_Type="application/json")
    search = {"name": "search", "reader": "edgar_search", "url": edgar.url(""), "every_seconds": 3600}
    with writing(runtime.engine) as session:
        sources.sync(session, [{**search, "options": options}], runtime.clock())
    collect(runtime)
    assert own_bodies(runtime) == [False]
    assert fetch_announced_filings(runtime).kept == 1
    assert edgar.asked(INDEX) == []
    assert [line.came.outcome for line in read_filings(runtime).lines] == [FilingOutcome.WRITTEN]
