import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sources.conftest import SAVED, answer
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources.federal_register import FederalRegister

DOCUMENTS = json.loads((SAVED / "federal_register/documents.json").read_text())


def read(body: object, **context: object) -> list:
    return list(FederalRegister().parse(answer(json.dumps(body), context=context)))


def test_documents_are_asked_for_newest_first_under_every_condition() -> None:
    options = {
        "term": '"facial recognition"',
        "agencies": ["homeland-security-department"],
        "types": ["RULE", "NOTICE"],
    }
    [request] = FederalRegister().requests([Target("", "x", options={**options, "since": "2024-01-01"})])
    query = parse_qs(urlsplit(request.url).query)
    assert query["conditions[term]"] == ['"facial recognition"']
    assert query["conditions[agencies][]"] == ["homeland-security-department"]
    assert query["conditions[type][]"] == ["RULE", "NOTICE"]
    assert query["conditions[publication_date][gte]"] == ["2024-01-01"]
    assert (query["order"], query["per_page"]) == (["newest"], ["100"])
    assert "document_number" in query["fields[]"]


def test_an_address_with_a_query_is_asked_as_it_stands() -> None:
    url = "https://www.federalregister.gov/api/v1/documents.json?conditions%5Bterm%5D=x"
    assert [request.url for request in FederalRegister().requests([Target(url)])] == [url]


@pytest.mark.parametrize(
    ("options", "words"), [({}, "neither a term nor agencies"), ({"term": "x", "types": ["LAW"]}, "types has 'LAW'")]
)
def test_what_asks_for_nothing_or_for_no_type_is_refused(options: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        list(FederalRegister().requests([Target("", "x", options=options)]))


def test_rules_are_legislation_and_notices_are_statements(saved: Callable[..., Fetched]) -> None:
    items = [
        item for item in FederalRegister().parse(saved("federal_register/documents.json")) if isinstance(item, RawItem)
    ]
    assert [(item.form, item.kind) for item in items] == [
        ("Rule", DocumentKind.LEGISLATION),
        ("Notice", DocumentKind.STATEMENT),
    ]


def test_pages_follow_until_one_is_all_known() -> None:
    assert read(DOCUMENTS)[-1].url == DOCUMENTS["next_page_url"]
    assert all(isinstance(item, RawItem) for item in read(DOCUMENTS, known=["2025-90001", "2025-90002"]))
    assert all(isinstance(item, RawItem) for item in read({**DOCUMENTS, "next_page_url": None}))


def test_a_next_page_elsewhere_is_not_followed() -> None:
    for url in ("https://evil.example/api", "//evil.example", "file:///etc/passwd", 5):
        with pytest.raises(ParseError, match="which is another place"):
            read({**DOCUMENTS, "next_page_url": url})


def test_nothing_found_is_an_answer_and_nothing_sent_is_none() -> None:
    assert read({"count": 0, "description": "x"}) == []
    for body in ({"count": 3}, {"count": 3, "results": []}, {"results": []}, {"errors": {}}, []):
        with pytest.raises(ParseError, match="federal_register: reading"):
            read(body)
