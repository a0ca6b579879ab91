import json
from dataclasses import replace

import pytest

from tests.sources.conftest import SAVED, answer
from tests.sources.test_saved import CONTEXTS
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Request, Target
from tracker.sources.congress import Congress

KEY = "invented-key-0123456789"
LIST = json.loads((SAVED / "congress/list.json").read_text())
BILL = json.loads((SAVED / "congress/bill.json").read_text())


def ask(**options: object) -> list[Request]:
    return list(Congress().requests([Target("", "Bills", options={"api_key": KEY, **options})]))


def read(body: object, request: Request) -> list:
    return list(Congress().parse(replace(answer(json.dumps(body), request.url), request=request)))


def test_a_bill_is_asked_for_by_name_with_the_key_in_a_header() -> None:
    [request] = ask(bills=["119/S/1691"])
    assert request.url == "https://api.congress.gov/v3/bill/119/s/1691?format=json"
    assert request.headers == {"X-Api-Key": KEY}


def test_the_key_stands_in_no_address_no_context_no_print_and_no_error() -> None:
    requests = ask(bills=["119/s/1691"], congress=119, terms=["traveler"], since="2025-01-01")
    requests += [found for found in read(LIST, requests[1]) if isinstance(found, Request)]
    assert len(requests) == 4
    for request in requests:
        assert request.headers == {"X-Api-Key": KEY}
        assert KEY not in request.url + json.dumps(request.context) + repr(request)
    with pytest.raises(ParseError) as caught:
        read([], requests[0])
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", [None, "", "two words", "line\r\nbreak", 5])
def test_without_a_usable_key_it_is_said_where_to_get_one_and_where_to_put_it(key: object) -> None:
    with pytest.raises(InputError, match=r"api\.congress\.gov/sign-up/.*congress_api_key"):
        ask(bills=["119/s/1691"], api_key=key)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "neither bills nor terms"),
        ({"bills": ["S. 1691"]}, "119/s/1691"),
        ({"bills": ["119/s/../x"]}, "119/s/1691"),
        ({"terms": "face"}, "the option congress is 0"),
    ],
)
def test_what_names_no_bill_is_refused(options: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        ask(**options)


def test_only_bills_with_our_words_in_their_title_are_asked_for() -> None:
    [listing] = ask(congress=119, terms=["TRAVELER privacy"])
    assert "/v3/bill/119?" in listing.url
    assert "fromDateTime" not in listing.url
    assert [found.context["bill"] for found in read(LIST, listing)] == ["119/s/9691"]
    [other] = ask(congress=119, terms=["no such words"])
    assert read(LIST, other) == []


def test_with_a_day_the_list_is_read_to_its_end() -> None:
    [listing] = ask(congress=119, terms=["x y z"], since="2025-05-01")
    assert "fromDateTime=2025-05-01T00:00:00Z" in listing.url
    [second] = read(LIST, listing)
    [third] = read(LIST, second)
    assert [second.context["offset"], third.context["offset"]] == [250, 500]
    assert read(LIST, third) == []


def test_a_bill_without_an_address_gets_that_of_its_kind() -> None:
    [request] = ask(bills=["103/hconres/22"])
    bill = {"congress": 103, "type": "HCONRES", "number": "22", "title": "Invented"}
    [item] = read({"bill": bill}, request)
    assert item.url == "https://www.congress.gov/bill/103rd-congress/house-concurrent-resolution/22"
    assert item.title == "H.Con.Res. 22, 103rd Congress: Invented"
    assert item.published is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"bill": []},
        {"bill": {**BILL["bill"], "type": "AMDT"}},
        {"bill": {**BILL["bill"], "title": None}},
        {"error": {"code": "API_KEY_INVALID"}},
    ],
)
def test_a_bill_of_another_shape_is_a_parse_error(body: object) -> None:
    with pytest.raises(ParseError, match="congress: reading"):
        read(body, ask(bills=["119/s/1"])[0])


@pytest.mark.parametrize(
    "body", [{}, {"bills": []}, {"bills": [], "pagination": {"count": 3}}, {**LIST, "bills": [{"title": "traveler"}]}]
)
def test_a_list_of_another_shape_is_a_parse_error(body: object) -> None:
    request = Request("https://api.congress.gov/v3/bill/119", context=CONTEXTS["congress/list.json"])
    with pytest.raises(ParseError, match="congress: reading"):
        read(body, request)
