import json
from collections.abc import Callable

import pytest

from tests.sources.conftest import answer
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, Request, Target
from tracker.sources.usaspending import USAspending


def bodies(**options: object) -> list[dict]:
    return [json.loads(request.body) for request in USAspending().requests([Target("", "x", options=options)])]


def read(body: object, **context: object) -> list:
    return list(USAspending().parse(answer(json.dumps(body), context=context)))


def test_contracts_and_vehicles_are_asked_apart_each_for_its_own_end() -> None:
    contracts, vehicles = bodies(recipients=["Clearview AI"], keywords="facial recognition", since="2018-10-01")
    assert contracts["filters"] == {
        "award_type_codes": ["A", "B", "C", "D"],
        "recipient_search_text": ["Clearview AI"],
        "keywords": ["facial recognition"],
        "time_period": [{"start_date": "2018-10-01", "end_date": "2099-12-31"}],
    }
    assert all(code.startswith("IDV_") for code in vehicles["filters"]["award_type_codes"])
    assert ("End Date" in contracts["fields"], "Last Date to Order" in contracts["fields"]) == (True, False)
    assert ("End Date" in vehicles["fields"], "Last Date to Order" in vehicles["fields"]) == (False, True)
    assert all(body["sort"] in body["fields"] and body["limit"] == 100 for body in (contracts, vehicles))


def test_agencies_are_departments_or_what_a_table_says() -> None:
    contracts, _ = bodies(
        recipients="x y z",
        agencies=["Department of Homeland Security", {"tier": "subtier", "name": "Secret Service"}],
    )
    assert contracts["filters"]["agencies"] == [
        {"type": "awarding", "tier": "toptier", "name": "Department of Homeland Security"},
        {"type": "awarding", "tier": "subtier", "name": "Secret Service"},
    ]
    assert "time_period" not in contracts["filters"]


def test_days_before_the_archive_begins_are_not_asked_for() -> None:
    contracts, _ = bodies(recipients="x", since="1999-01-01", until="2020-01-01")
    assert contracts["filters"]["time_period"] == [{"start_date": "2007-10-01", "end_date": "2020-01-01"}]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "neither recipients nor keywords"),
        ({"keywords": ["AI"]}, "'AI' is too short"),
        ({"recipients": "x", "agencies": [{"tier": "middle", "name": "y"}]}, "the option agencies"),
        ({"recipients": "x", "agencies": 5}, "the option agencies"),
    ],
)
def test_what_the_interface_would_refuse_is_said_first(options: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        bodies(**options)


def test_amounts_are_as_printed_and_absent_ones_are_not_zero(saved: Callable[..., Fetched]) -> None:
    whole, without, cents, _ = USAspending().parse(saved("usaspending/contracts.json"))
    assert whole.title.endswith("contract with U.S. Immigration and Customs Enforcement, $9,200,000")
    assert "Amount" not in without.content_html
    assert "$" not in without.title
    assert (without.published, without.warnings) == (None, ())
    assert "$224,000.50" in cents.content_html


def test_the_next_page_is_the_same_question(saved: Callable[..., Fetched]) -> None:
    [first, _] = USAspending().requests([Target("", "x", options={"recipients": "Example", "since": "2024-01-01"})])
    *_, further = USAspending().parse(saved("usaspending/contracts.json", context=first.context))
    assert isinstance(further, Request)
    asked, again = json.loads(first.body), json.loads(further.body)
    assert (further.url, again.pop("page"), asked.pop("page")) == (first.url, 2, 1)
    assert again == asked


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "no list of results"),
        ({"results": []}, "whether there is another page"),
        ({"results": [], "page_metadata": {"hasNext": True}}, "page 1 is empty"),
        ({"results": [{"Award ID": "x"}], "page_metadata": {"hasNext": False}}, "no generated_internal_id"),
        ({"detail": "Missing value"}, "no list of results"),
    ],
)
def test_another_shape_is_a_parse_error(body: object, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(body)


def test_a_search_beyond_what_the_interface_shows_is_said() -> None:
    with pytest.raises(ParseError, match="more than 10,000 awards"):
        read({"results": [], "page_metadata": {"hasNext": True}}, page=100)
