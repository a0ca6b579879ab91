import gzip
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sources.conftest import SAVED, answer
from tests.sources.test_saved import SEARCH
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import RawItem, Request, Target
from tracker.sources.edgar_search import EdgarSearch

PAGE = json.loads((SAVED / "edgar_search/page.json").read_text())


def read(body: object, **context: object) -> list[RawItem | Request]:
    text = body if isinstance(body, bytes) else json.dumps(body)
    return list(EdgarSearch().parse(answer(text, context={**SEARCH, "known": [], **context})))


def query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def test_a_search_is_asked_by_words_forms_companies_and_days() -> None:
    options = {"q": '"facial recognition"', "forms": ["8-K", "PX14A6G"], "ciks": [1018724], "since": "2024-01-01"}
    [request] = EdgarSearch().requests([Target("", "x", options=options)])
    assert request.url.startswith("https://efts.sec.gov/LATEST/search-index?")
    assert query(request) == {
        "q": '"facial recognition"',
        "forms": "8-K,PX14A6G",
        "ciks": "0001018724",
        "dateRange": "custom",
        "startdt": "2024-01-01",
        "enddt": "2099-12-31",
        "from": "0",
    }
    assert json.loads(json.dumps(request.context)) == request.context


def test_a_search_for_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="neither what to search"):
        list(EdgarSearch().requests([Target("", "x", options={"forms": "8-K"})]))


def test_a_filing_found_by_several_documents_is_one_item_and_knows_its_first() -> None:
    items = [item for item in read(PAGE) if isinstance(item, RawItem)]
    assert [item.key for item in items] == ["0000777777-25-000003", "0000123456-25-000008", "0000123456-25-000009"]
    assert items[1].url == "https://www.sec.gov/Archives/edgar/data/123456/000012345625000008/b8k.htm"
    assert items[2].title == "8-K: Example Vendor, Inc. (fictional) current report, 2 June 2025"


def test_the_same_filing_reads_the_same_by_whichever_document_it_was_found() -> None:
    alone = {**PAGE, "hits": {**PAGE["hits"], "hits": PAGE["hits"]["hits"][1:2]}}
    [by_exhibit, _] = read(alone)
    by_document = read(PAGE)[1]
    assert by_exhibit.url != by_document.url
    assert (by_exhibit.title, by_exhibit.content_html) == (by_document.title, by_document.content_html)


def test_with_documents_wanted_each_is_asked_for_and_becomes_the_item() -> None:
    found = read(PAGE, documents=True, known=["0000123456-25-000008"])
    notice, report, page = found
    assert notice.url.endswith("/000077777725000003/notice.htm")
    [item] = EdgarSearch().parse(answer("<p>Not about a vote</p>", context=report.context))
    assert item.title == "8-K: Example Vendor, Inc. (fictional) current report, 2 June 2025"
    assert page.context["documents"] is True


def test_pages_follow_until_all_hits_are_had() -> None:
    assert query(read(PAGE)[-1])["from"] == "100"
    assert not [found for found in read(PAGE, **{"from": 100}) if isinstance(found, Request)]


def test_a_search_that_cannot_be_counted_is_split_until_a_day_is_left() -> None:
    body = (SAVED / "edgar_search/too_many.json").read_bytes()
    first, second = read(body, since="2026-11-20", until="2026-11-22")
    assert [(query(half)["startdt"], query(half)["enddt"]) for half in (first, second)] == [
        ("2026-11-20", "2026-11-21"),
        ("2026-11-22", "2026-11-22"),
    ]
    with pytest.raises(ParseError, match="one day has more than 10,000 hits"):
        read(body, **second.context)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "it has no hits"),
        ({"hits": {"hits": []}}, "does not say how many"),
        ({"hits": {"total": {"value": 1}, "hits": None}}, "no list of hits"),
        ({"hits": {"total": {"value": 9, "relation": "eq"}, "hits": []}}, "9 hits are promised"),
        ({"hits": {"total": {"value": 1}, "hits": [{"_id": "x"}]}}, "no _source"),
        ({"hits": {"total": {"value": 1}, "hits": [{"_id": "x", "_source": {}}]}}, "_id is 'x'"),
        (
            {"hits": {"total": {"value": 1}, "hits": [{"_id": "0000000001-25-000001:a.htm", "_source": {}}]}},
            "no company",
        ),
        ({**PAGE, "timed_out": True}, "ran out of time"),
    ],
)
def test_another_shape_is_a_parse_error_that_says_what_is_missing(body: object, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(body)


@pytest.mark.shared
def test_real_answers_are_read(shared: Path) -> None:
    folder = shared / "edgar"
    assert read((folder / "api_efts_0_hits.json").read_bytes()) == []
    [item] = read((folder / "api_efts_1_hit.json").read_bytes())
    assert item.title == "ARS: BrightSpring Health Services, Inc. filing, 18 April 2025"
    found = read((folder / "api_efts_search-index.json").read_bytes())
    items = [one for one in found if isinstance(one, RawItem)]
    assert (len(items), len({item.key for item in items})) == (83, 83)
    assert query(found[-1])["from"] == "100"
    assert not [item.url for item in items if "/xsl" in item.url]
    halves = read(gzip.decompress((folder / "api_efts_10000_hits.json.gz").read_bytes()), since="2020-04-19")
    assert len(halves) == 2
