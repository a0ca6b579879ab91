from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sources.conftest import SAVED, answer
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.sources.edgar import Edgar
from tracker.sources.edgar_atom import EdgarAtom

CURRENT = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=8-K&start=0&count=4&output=atom"


def read(body: bytes | str, url: str = CURRENT, **context: object) -> list[RawItem | Request]:
    return list(EdgarAtom().parse(answer(body, url, context=context)))


def asked(target: Target) -> list[dict[str, str]]:
    urls = [urlsplit(request.url) for request in EdgarAtom().requests([target])]
    return [{name: values[0] for name, values in parse_qs(url.query, keep_blank_values=True).items()} for url in urls]


def test_a_company_is_asked_for_by_ten_digits() -> None:
    [query] = asked(Target("", cik=1018724))
    assert (query["action"], query["CIK"], query["count"], query["output"]) == (
        "getcompany",
        "0001018724",
        "100",
        "atom",
    )


def test_the_current_feed_is_asked_for_each_form_once() -> None:
    # EDGAR takes a type as a beginning: 8-K brings 8-K/A as well.
    assert [query["type"] for query in asked(Target(""))] == ["DEF 14A", "DEFA14A", "PX14A6G", "8-K"]
    assert [query["type"] for query in asked(Target("", options={"forms": "PX14A6G"}))] == ["PX14A6G"]


def test_an_address_of_its_own_and_another_server_may_stand_in() -> None:
    [request] = EdgarAtom().requests([Target(CURRENT, options={"etag": "x"})])
    assert (request.url, request.etag) == (CURRENT, "x")
    [request] = EdgarAtom().requests([Target("http://127.0.0.1:9/", cik=5)])
    assert request.url.startswith("http://127.0.0.1:9/cgi-bin/browse-edgar?action=getcompany&CIK=0000000005")


def test_a_filing_that_stands_under_two_companies_is_one_item_about_the_subject(saved: Callable[..., Fetched]) -> None:
    items = list(EdgarAtom().parse(saved("edgar_atom/current.xml")))
    assert [item.key for item in items].count("0000777777-25-000003") == 1
    assert "EXAMPLE VENDOR INC (FICTIONAL) notice" in items[0].title


def test_the_current_feed_can_be_limited_to_companies_by_any_part_they_have_in_it() -> None:
    body = (SAVED / "edgar_atom/current.xml").read_bytes()
    assert [item.key for item in read(body, ciks=[654321])] == ["0000654321-25-000010"]
    assert [item.key for item in read(body, ciks=[777777])] == ["0000777777-25-000003"]


def test_what_is_known_is_left_out() -> None:
    body = (SAVED / "edgar_atom/company.xml").read_bytes()
    assert [item.key for item in read(body, known=["0000123456-25-000008"])] == ["0000777777-25-000003"]


def test_keys_are_those_of_the_list_of_filings(saved: Callable[..., Fetched]) -> None:
    listed = {
        found.context["accession"]
        for found in Edgar().parse(saved("edgar/list.json"))
        if isinstance(found, Request) and "accession" in found.context
    }
    assert {item.key for item in EdgarAtom().parse(saved("edgar_atom/company.xml"))} <= listed


def test_further_hundreds_are_asked_for_while_pages_are_full_and_wanted() -> None:
    body = (SAVED / "edgar_atom/current.xml").read_bytes()
    *_, further = read(body, pages=2)
    assert isinstance(further, Request)
    assert "start=4&count=4" in further.url
    assert all(isinstance(item, RawItem) for item in read(body, further.url, pages=2))
    assert all(isinstance(item, RawItem) for item in read(body, CURRENT.replace("count=4", "count=5"), pages=9))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><body>Undeclared Automated Tool</body></html>", "no Atom feed but begins with 'html'"),
        ("not xml", "it is no XML"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>8-K</title></entry></feed>', "none of its entries"),
        ('<rss version="2.0"><channel/></rss>', "begins with 'rss'"),
    ],
)
def test_what_is_no_feed_of_edgars_is_a_parse_error(body: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(body)


def test_a_feed_without_entries_is_an_honest_answer() -> None:
    assert read('<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title></feed>') == []


def test_entities_read_no_files_and_do_not_grow() -> None:
    peek = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = (SAVED / "edgar_atom/company.xml").read_text().replace("EXAMPLE VENDOR", "&x;", 1)
    [item, *_] = read(body.replace('<?xml version="1.0" encoding="ISO-8859-1" ?>', peek))
    assert isinstance(item, RawItem)
    assert len(item.title) < 100


def test_a_number_of_pages_beyond_reason_is_refused() -> None:
    with pytest.raises(InputError, match="from 1 to 20"):
        list(EdgarAtom().requests([Target("", options={"pages": 500})]))


@pytest.mark.shared
def test_a_real_company_feed_is_read_whole(shared: Path) -> None:
    body = (shared / "edgar/api_atom_getcompany.xml").read_bytes()
    assert read(body) == []
    items = read(body, forms=["S-1", "S-1/A"])
    assert len(items) == body.count(b"<entry>") > 0
    for item in items:
        assert isinstance(item, RawItem)
        assert item.key in item.url
        assert item.title.startswith(f"{item.form}: Maquia Capital Acquisition Corp filing, ")
        assert str(item.published) in item.content_html
