"""Every saved answer is read as the golden file beside it says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources.conftest import SAVED, answer, as_json
from tracker.domain.errors import ParseError
from tracker.sources.base import source_named

CASES = [path for path in sorted(SAVED.glob("*/*")) if not path.name.endswith(".expected.json")]
SEARCH = {
    "base": "https://efts.sec.gov",
    "archives": "https://www.sec.gov",
    "q": '"facial recognition"',
    "forms": ["8-K", "PX14A6G"],
    "ciks": [123456],
    "since": "2025-01-01",
    "until": "2099-12-31",
    "known": ["0000123456-25-000009"],
    "from": 0,
}
ENTRY = {
    "step": "entry",
    "key": "https://site.example/filings/2026-0001",
    "title": "Example Vendor, Inc. (fictional): vote FOR item 6",
    "venue": "Proxy Open Exchange",
    "publisher": "Proxy Open Exchange",
}
NEWSROOM = {"step": "list", "entry": ".card", "date": "time, .date", "summary": ".teaser", "site": "Example Vendor"}
CONTEXTS = {
    "edgar/document.html": {
        "step": "document",
        "form": "8-K",
        "accession": "0000123456-25-000008",
        "filed": "2025-05-23",
        "reported": "2025-05-22",
        "company": "Example Vendor, Inc.",
        "cik": 123456,
    },
    "edgar/list.json": {"step": "list", "archives": "https://www.sec.gov", "since": "2024-01-01", "history": True},
    "edgar/older_list.json": {
        "step": "list",
        "archives": "https://www.sec.gov",
        "company": "Example Vendor",
        "cik": 123456,
    },
    "edgar/notice.html": {
        "step": "document",
        "form": "PX14A6G",
        "accession": "0000777777-25-000003",
        "filed": "2025-05-01",
        "reported": "",
        "company": "Example Vendor, Inc.",
        "cik": 123456,
    },
    "edgar/submission.txt": {
        "step": "document",
        "form": "DEFA14A",
        "accession": "0000123456-00-000011",
        "filed": "2000-04-12",
        "company": "Example Vendor, Inc.",
        "cik": 123456,
    },
    "edgar_atom/company.xml": {"company": "Example Vendor"},
    "edgar_atom/current.xml": {"ciks": [123456]},
    "edgar_search/page.json": SEARCH,
    "edgar_search/none.json": SEARCH,
    "edgar_search/too_many.json": SEARCH,
    "usaspending/contracts.json": {
        "base": "https://site.example",
        "words": "contract",
        "filters": {"recipient_search_text": ["Example Vision"]},
        "page": 1,
    },
    "federal_register/documents.json": {"known": ["2025-90002"]},
    "congress/list.json": {
        "step": "list",
        "base": "https://site.example",
        "congress": 119,
        "terms": ["traveler privacy"],
        "since": "2025-05-01",
        "offset": 0,
    },
    "congress/bill.json": {"step": "bill", "bill": "119/s/9691"},
    "no_action/notices.html": {"list": "notices", "page": 1},
    "no_action/responses.html": {"list": "responses", "page": 1},
    "no_action/none_yet.html": {"list": "i1_requests", "page": 1},
    "exempt_elsewhere/list.html": {
        "step": "list",
        "venue": "Proxy Open Exchange",
        "match": "/filings/",
        "publisher": "Proxy Open Exchange",
        "most": 2,
        "known": ["https://site.example/filings/2026-0003"],
    },
    "exempt_elsewhere/entry.html": ENTRY,
    "exempt_elsewhere/entry.pdf": ENTRY,
    "newsroom/list.html": NEWSROOM,
    "newsroom/followed.html": {**NEWSROOM, "follow": True, "known": ["https://events.example/call"]},
    "newsroom/redesigned.html": NEWSROOM,
    "newsroom/page.html": {
        "step": "page",
        "key": "https://site.example/press/pause?utm_source=list",
        "title": "We pause",
    },
}
OURS = {
    "congress",
    "edgar",
    "edgar_atom",
    "edgar_search",
    "exempt_elsewhere",
    "federal_register",
    "feed",
    "newsroom",
    "no_action",
    "usaspending",
    "watched_page",
}


@pytest.mark.parametrize(
    "path", [path for path in CASES if path.parent.name in OURS], ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_a_saved_answer_reads_as_before(path: Path, golden: Callable[[Path, str], None]) -> None:
    case = f"{path.parent.name}/{path.name}"
    url = f"https://site.example/{path.name}"
    try:
        found = list(source_named(path.parent.name).parse(answer(path.read_bytes(), url, context=CONTEXTS.get(case))))
    except ParseError as error:
        text = f'{{"ParseError": "{error}"}}'
    else:
        text = "[\n" + ",\n".join(as_json(item) for item in found) + "\n]"
    golden(path.with_name(f"{path.name}.expected.json"), text + "\n")
