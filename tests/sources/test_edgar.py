import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SAVED, answer
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.sources.edgar import Edgar

LISTING = json.loads((SAVED / "edgar/list.json").read_text())


def requests(listing: object, **context: object) -> list[Request]:
    return [
        found for found in Edgar().parse(answer(json.dumps(listing), context=context)) if isinstance(found, Request)
    ]


def test_the_sec_is_asked_for_a_company_by_ten_digits() -> None:
    [request] = Edgar().requests([Target("", "Amazon.com, Inc.", cik=1018724, options={"etag": '"x"'})])
    assert request.url == "https://data.sec.gov/submissions/CIK0001018724.json"
    assert request.etag == '"x"'
    assert request.context["archives"] == "https://www.sec.gov"


@pytest.mark.parametrize(
    ("target", "url", "archives"),
    [
        (
            Target("http://127.0.0.1:9", cik=5),
            "http://127.0.0.1:9/submissions/CIK0000000005.json",
            "http://127.0.0.1:9",
        ),
        (Target("http://127.0.0.1:9/x.json"), "http://127.0.0.1:9/x.json", "http://127.0.0.1:9"),
        (
            Target("http://h/", cik=5, options={"archives": "http://a/"}),
            "http://h/submissions/CIK0000000005.json",
            "http://a",
        ),
    ],
)
def test_another_server_may_stand_in(target: Target, url: str, archives: str) -> None:
    [request] = Edgar().requests([target])
    assert (request.url, request.context["archives"]) == (url, archives)


def test_a_target_without_a_number_is_refused() -> None:
    with pytest.raises(InputError, match="no CIK"):
        list(Edgar().requests([Target("", "Amazon")]))


def test_only_wanted_forms_are_asked_for() -> None:
    found = requests(LISTING)
    assert [request.context["form"] for request in found] == ["8-K", "PX14A6G", "DEF 14A", "8-K/A"]


def test_what_we_have_and_what_is_old_is_not_asked_for_again() -> None:
    found = requests(LISTING, known=("0000123456-25-000008",), since="2025-01-01")
    assert [request.context["form"] for request in found] == ["PX14A6G", "DEF 14A"]


def test_older_lists_are_asked_for_when_history_is_wanted_and_read_alike() -> None:
    *_, older = requests(LISTING, history=True, since="2000-01-01")
    assert older.url == "https://site.example/CIK0000123456-submissions-001.json"
    columns = {name: values[1:2] for name, values in LISTING["filings"]["recent"].items()}
    [request] = requests(columns, **older.context)
    assert request.context["cik"] == 123456


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        ([], "no JSON object"),
        ({"cik": 1}, "no column form"),
        ({"cik": 1, "filings": {"recent": []}}, "no list of recent filings"),
        ({"cik": 1, "filings": {"recent": {"form": ["8-K"]}}}, "no column accessionNumber"),
        ({**LISTING, "cik": None}, "names no CIK"),
        (
            {"cik": 1, "filings": {"recent": {**LISTING["filings"]["recent"], "items": ["5.07"]}}},
            "items has 1 rows where form has 6",
        ),
    ],
)
def test_a_changed_list_is_a_parse_error(listing: object, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        requests(listing)


def test_a_document_name_cannot_climb_out_of_its_folder() -> None:
    recent = LISTING["filings"]["recent"]
    for name in ("../../evil", "//evil.example/x", "a?b", "x\r\ny"):
        listing = {**LISTING, "filings": {"recent": {**recent, "primaryDocument": [name] * 6}}}
        assert all(request.url.endswith(f"{request.context['accession']}.txt") for request in requests(listing))


DOCUMENT = {
    "step": "document", "form": "PX14A6G", "accession": "0000777777-25-000003", "filed": "2025-05-01", "reported": "",
    "company": "Example Vendor", "cik": 1,
}  # fmt: skip


def read(body: bytes | str, **context: object) -> RawItem:
    [item] = Edgar().parse(answer(body, context={**DOCUMENT, **context}))
    assert isinstance(item, RawItem)
    return item


def test_a_text_filing_keeps_its_lines() -> None:
    item = read("<SEC-DOCUMENT>0000.txt\n<TYPE>8-K\n<TEXT>\nVotes < 100\n  For  Against\n</TEXT>\n</DOCUMENT>")
    assert item.content_html == "<pre>\nVotes &lt; 100\n  For  Against\n</pre>"


def test_a_notice_is_not_published_by_the_company_it_is_about() -> None:
    item = read("<p>Vote FOR item 6</p>")
    assert item.title == "PX14A6G: Example Vendor notice of exempt solicitation, 1 May 2025"
    assert item.publisher == "SEC EDGAR"
    assert read("<p>x</p>", form="DEF 14A").publisher == "Example Vendor"


def test_a_pdf_is_noted_and_an_empty_document_refused() -> None:
    assert read(b"%PDF-1.7 ...").warnings
    with pytest.raises(ParseError, match="it is empty"):
        read(b"  ")


@given(st.binary(max_size=60), st.integers(0, 1200), st.integers(0, 1200))
def test_damaged_lists_raise_nothing_but_parse_errors(noise: bytes, first: int, last: int) -> None:
    body = (SAVED / "edgar/list.json").read_bytes()
    with suppress(ParseError):
        list(Edgar().parse(answer(body[:first] + noise + body[last:])))


def test_older_pages_are_followed_though_nothing_says_since_when() -> None:
    *_, older = requests(LISTING, history=True)
    assert older.url.endswith("/CIK0000123456-submissions-001.json")
    assert requests(LISTING, history=True, since="2020-01-01")[-1].context["step"] == "document"


def test_a_context_is_plain_json_from_the_first_request_on() -> None:
    [request] = Edgar().requests([Target("", cik=5, options={"known": ("a", "b"), "since": "2024-01-01"})])
    assert json.loads(json.dumps(request.context)) == request.context


def test_a_mistyped_day_is_said_before_the_sec_is_asked() -> None:
    with pytest.raises(InputError, match="the option since is 'last year'"):
        list(Edgar().requests([Target("", cik=5, options={"since": "last year"})]))


def test_a_submission_of_many_files_gives_what_is_text_and_names_the_rest() -> None:
    item = read((SAVED / "edgar/submission.txt").read_bytes(), form="DEFA14A", filed="2000-04-12")
    assert "<h2>EX-99.1</h2>" in item.content_html
    assert "begin 644" not in item.content_html
    assert item.warnings == ("the submission's other parts were not read: GRAPHIC",)


def test_the_filers_address_is_left_out_of_a_notice_alone() -> None:
    page = "<p>Address of person relying on exemption: 1 Invented Lane, Nowhere, NY 00501</p>"
    assert "Invented" not in read(page).content_html
    assert "Invented" in read(page, form="DEF 14A").content_html


def real_list(shared: Path, name: str) -> dict[str, Any]:
    """A list as the SEC served it; some were saved by a program that wrapped them."""
    body = (shared / "edgar" / name).read_bytes()
    listing = json.loads(gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body)
    return listing.get("data", listing)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("api_submissions_CIK0001018724_amzn.json.gz", {"8-K": 7, "DEF 14A": 6, "PX14A6G": 47}),
        ("api_submissions_CIK0000789019_msft.json.gz", {"8-K": 6, "PX14A6G": 34}),
        ("api_submissions_kvac.json", {"8-K": 1, "DEF 14A": 1, "DEFA14A": 2}),
    ],
)
def test_real_lists_give_the_filings_counted_by_hand(shared: Path, name: str, counts: dict[str, int]) -> None:
    forms = [request.context["form"] for request in requests(real_list(shared, name))]
    assert {form: forms.count(form) for form in counts} == counts


@pytest.mark.shared
def test_real_documents_are_read(shared: Path, saved: Callable[..., Fetched]) -> None:
    paths = sorted((shared / "edgar").glob("*_8k-507_*.htm"))
    assert len(paths) >= 15
    for path in paths:
        item = read(path.read_bytes(), form="8-K")
        assert "<DOCUMENT>" not in item.content_html
        assert len(item.content_html) > 5000


REAL_LISTS = (
    ("api_submissions_CIK0001018724_amzn.json.gz", 1),
    ("api_submissions_CIK0000789019_msft.json.gz", 2),
    ("api_submissions_kvac.json", 0),
)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "older_pages"), REAL_LISTS)
def test_real_lists_lead_to_every_older_page_and_to_plain_documents(shared: Path, name: str, older_pages: int) -> None:
    found = requests(real_list(shared, name), step="list", history=True)
    documents = [request for request in found if request.context["step"] == "document"]
    older = [request for request in found if request.context["step"] == "list"]
    assert len(older) == older_pages
    assert all(request.url.startswith("https://site.example/CIK") for request in older)
    assert len({request.context["accession"] for request in documents}) == len(documents)
    assert not [request.url for request in documents if "/xsl" in request.url]
    assert all(json.loads(json.dumps(request.context)) == request.context for request in found)


@pytest.mark.shared
@pytest.mark.parametrize("name", [name for name, _ in REAL_LISTS])
def test_a_real_list_that_is_all_known_asks_for_nothing(shared: Path, name: str) -> None:
    listing = real_list(shared, name)
    known = [request.context["accession"] for request in requests(listing)]
    assert requests(listing, known=known) == []
