"""Forms N-PX of investors we follow are found in their lists, fetched into a file, and taken row by row."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import factories
from tests.factories import filings as filed
from tests.filings.generated_fund_votes import file_of
from tests.workflows.collecting import every
from tests.workflows.test_take_fund_votes import CAST, item  # noqa: F401 - a fixture
from tracker.domain.vocab import FundDecision, OrganizationRole
from tracker.models.document import Document, DocumentVersion, Source
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.meeting import FundVote
from tracker.store import sources
from tracker.store.engine import writing
from tracker.workflows.announced_fund_votes import take_announced_fund_votes
from tracker.workflows.collect import collect
from tracker.workflows.read_filing import read_filings
from tracker.workflows.setup import prepare

CIK = 7_777_771
FIRST, AMENDED = "0007777771-26-000001", "0007777771-26-000002"
DAYS = {FIRST: "2026-08-20", AMENDED: "2026-09-03"}


def lies_at(number: str) -> str:
    return f"/Archives/edgar/data/{CIK}/{number.replace('-', '')}/{number}.txt"


def listing(*numbers: str) -> str:
    recent = {
        "form": ["N-PX/A" if number == AMENDED else "N-PX" for number in numbers], "accessionNumber": list(numbers),
        "filingDate": [DAYS[number] for number in numbers], "primaryDocument": ["xslN-PX_X01/a.xml"] * len(numbers),
        "reportDate": ["2026-06-30"] * len(numbers), "items": [""] * len(numbers),
    }  # fmt: skip
    return json.dumps({"cik": CIK, "name": "Invented Trust", "filings": {"recent": recent, "files": []}})


@pytest.fixture
def investor(runtime, publisher, item) -> None:  # noqa: F811
    """An investor's list, followed on a server that stands in for the SEC's."""
    url = publisher.serve(f"/submissions/CIK{CIK:010d}.json", listing(FIRST), Content_Type="application/json")
    publisher.serve(lies_at(FIRST), file_of([CAST], envelope="submission"), Content_Type="text/plain")
    wanted = {"name": "votes", "reader": "edgar", "url": url, "options": {"cik": CIK, "forms": ["N-PX", "N-PX/A"]}}
    with writing(runtime.engine) as session:
        sources.sync(session, [{**wanted, "every_seconds": 86400}], runtime.clock())


def test_an_investor_with_a_number_at_the_sec_is_asked_for_its_votes(sqlite_runtime):
    with writing(sqlite_runtime.engine) as session:
        roles = [OrganizationRole.INVESTOR]
        found = factories.organization(session, "invented-trust", name="Invented Trust", roles=roles)
        filed.known_company(session, found, cik=CIK)
    prepare(sqlite_runtime, [])
    [source] = every(sqlite_runtime, Source)
    assert (source.name, source.reader) == ("fund-votes-invented-trust", "edgar")
    assert source.url == f"https://data.sec.gov/submissions/CIK{CIK:010d}.json"
    assert source.options == {"cik": CIK, "forms": ["N-PX", "N-PX/A"], "since": "2024-07-01"}


def test_its_votes_are_found_fetched_and_taken_once(runtime, publisher, investor, item):  # noqa: F811
    collect(runtime)
    [document] = every(runtime, Document)
    assert (document.form, document.url) == ("N-PX", publisher.url(lies_at(FIRST)))
    assert [row.own_body for row in every(runtime, DocumentVersion)] == [False]
    report = take_announced_fund_votes(runtime)
    assert str(report) == "1 filings of funds' votes read, 0 not to be had: 1 votes new, 0 changed"
    [row] = every(runtime, FundVote)
    assert (row.ballot_item_id, row.decision, row.url) == (item, FundDecision.FOR, document.url)
    assert str(row.filed_on) == "2026-08-20"
    [reading] = every(runtime, FilingReading)
    assert (reading.reader, reading.outcome) == ("fund votes", FilingOutcome.WRITTEN)
    assert reading.said.startswith("1 votes read, 1 cast on items we follow")
    assert take_announced_fund_votes(runtime).read == 0
    assert read_filings(runtime).lines == []
    assert len(publisher.asked(lies_at(FIRST))) == 1


def test_an_amendment_that_comes_later_replaces_the_vote(runtime, publisher, investor, clock):
    collect(runtime)
    take_announced_fund_votes(runtime)
    publisher.serve(f"/submissions/CIK{CIK:010d}.json", listing(AMENDED, FIRST), Content_Type="application/json")
    against = replace(CAST, records=(("AGAINST", Decimal(1200), "AGAINST"),))
    publisher.serve(lies_at(AMENDED), file_of([against], envelope="submission"), Content_Type="text/plain")
    clock.forward(days=2)
    collect(runtime)
    assert take_announced_fund_votes(runtime).changed == 1
    assert [row.decision for row in every(runtime, FundVote)] == [FundDecision.AGAINST]


def test_votes_on_nothing_we_follow_and_what_cannot_be_read_are_written_down(runtime, publisher, investor):
    publisher.serve(f"/submissions/CIK{CIK:010d}.json", listing(AMENDED, FIRST), Content_Type="application/json")
    elsewhere = replace(CAST, day=date(2025, 9, 9))
    publisher.serve(lies_at(FIRST), file_of([elsewhere], envelope="submission"), Content_Type="text/plain")
    publisher.serve(lies_at(AMENDED), "<html>no votes</html>", Content_Type="text/plain")
    collect(runtime)
    report = take_announced_fund_votes(runtime)
    assert (report.read, report.failed) == (1, 1)
    assert {row.outcome for row in every(runtime, FilingReading)} == {FilingOutcome.NOTHING, FilingOutcome.UNREADABLE}
    assert every(runtime, FundVote) == []


def test_a_server_that_is_away_is_asked_again(runtime, publisher, investor, clock):
    collect(runtime)
    publisher.serve(lies_at(FIRST), "gone fishing", status=503)
    assert take_announced_fund_votes(runtime).failed == 1
    assert every(runtime, FilingReading) == []
    publisher.serve(lies_at(FIRST), file_of([CAST], envelope="submission"), Content_Type="text/plain")
    clock.forward(days=1)
    assert take_announced_fund_votes(runtime).new == 1


def test_a_filing_of_any_size_is_held_in_a_file_and_not_in_memory(runtime, publisher, investor):
    many = [replace(CAST, issuer=f"Elsewhere {number} Inc") for number in range(400)]
    body = file_of([*many, CAST], envelope="submission")
    assert len(body) > 200_000
    narrow = replace(runtime, settings=runtime.settings.model_copy(update={"fetch_max_bytes": 100_000}))
    publisher.serve(lies_at(FIRST), body, Content_Type="text/plain")
    collect(narrow)
    assert take_announced_fund_votes(narrow).new == 1
