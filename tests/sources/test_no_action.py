from collections.abc import Callable

import pytest

from tests.sources.conftest import answer
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.sources.no_action import LISTS, NoAction

URL = "https://www.sec.gov/list"
PAGE = "<html><head><title>Rule 14a-8</title></head><body><main>{}</main></body></html>"


def read(body: str, which: str = "notices", **context: object) -> list[RawItem | Request]:
    return list(NoAction().parse(answer(PAGE.format(body), URL, context={"list": which, **context})))


def test_a_list_is_a_page_that_is_crawled() -> None:
    for which in LISTS:
        [request] = NoAction().requests([Target(URL, options={"list": which, "known": ["k"]})])
        assert (request.url, request.crawl, request.context["list"]) == (URL, True, which)


def test_a_target_that_does_not_say_which_list_it_is_is_refused() -> None:
    with pytest.raises(InputError, match="notices, responses, i1_requests, i1_responses"):
        list(NoAction().requests([Target(URL, options={"list": "all"})]))


def test_columns_are_known_by_their_headings_wherever_they_stand() -> None:
    [item] = read(
        "<table><tr><th>Received</th><th>Shareholder Proponent</th><th>Letter</th><th>Issuer</th></tr>"
        "<tr><td>January 5, 2026</td><td>P (fictional)</td><td><a href='/x.pdf'>PDF</a></td><td>C (fictional)</td></tr>"
        "</table>"
    )
    assert (
        item.title
        == "Rule 14a-8(j) notice, listed without a staff response: C (fictional) (P (fictional)), 5 January 2026"
    )
    assert (item.key, item.form, item.publisher) == ("https://www.sec.gov/x.pdf", "14A-8 NOTICE", "SEC")


def test_a_list_without_headings_tells_only_what_it_prints(saved: Callable[..., Fetched]) -> None:
    found = list(NoAction().parse(saved("no_action/responses.html", context={"list": "responses"})))
    assert [item.title.partition(": ")[2] for item in found] == [
        "Example Vendor, Inc. (Sisters of Example Hill, fictional), 12 December 2025",
        "Third Invented Holdings plc",
    ]
    assert found[1].published is None
    assert found[1].content_html.count("<li>") == 2


@pytest.mark.parametrize("which", LISTS)
def test_no_outcome_is_concluded_from_the_list_a_row_stands_in(which: str) -> None:
    [item] = read("<ul><li><a href='/x.pdf'>C (fictional)</a> (P) May 1, 2026</li></ul>", which)
    said = f"{item.title} {item.content_html}".lower()
    for outcome in ("concur", "object", "exclu", "omit", "granted", "denied", "no-action relief"):
        assert outcome not in said


def test_numbers_are_read_as_the_sec_writes_them_and_impossible_ones_are_said() -> None:
    row = "<table><tr><th>Company</th><th>Date</th></tr><tr><td><a href='/x.pdf'>C</a></td><td>{}</td></tr></table>"
    [item] = read(row.format("2/3/2026"))
    assert str(item.published) == "2026-02-03"
    [item] = read(row.format("13/3/2026"))
    assert (item.published, item.warnings) == (None, ("its date could not be read: 13/3/2026",))


def test_one_letter_to_two_proponents_is_two_items_with_steady_keys() -> None:
    row = "<tr><td><a href='/x.pdf'>C</a></td><td>{}</td></tr>"
    head = "<tr><th>Company</th><th>Proponent</th></tr>"
    body = f"<table>{head}{row.format('P')}{row.format('Q')}{row.format('Q')}</table>"
    assert [item.key for item in read(body)] == ["https://www.sec.gov/x.pdf", "https://www.sec.gov/x.pdf#C, Q, "]


def test_what_stands_around_the_list_is_no_row() -> None:
    body = "<nav><ul><li><a href='/help.pdf'>Help</a></li></ul></nav><p><a href='/about'>About</a></p>"
    with pytest.raises(ParseError, match="no row with a letter"):
        read(body)


def test_no_rows_where_rows_were_or_must_be_is_a_parse_error() -> None:
    with pytest.raises(ParseError, match="no row with a letter"):
        read("<p>We do not respond to no-action requests.</p>")
    with pytest.raises(ParseError, match="no row with a letter"):
        read("<p>As they come in.</p>", "i1_requests", rows_before=True)
    with pytest.raises(ParseError, match="no row with a letter"):
        list(NoAction().parse(answer("<p>Page moved</p>", context={"list": "i1_requests"})))


def test_a_list_in_which_nothing_was_listed_yet_is_honest() -> None:
    assert read("<p>As they come in.</p>", "i1_requests") == []
    assert read("<p>There are no notices at this time.</p>") == []


def test_further_pages_are_followed_on_the_same_site_and_not_for_ever() -> None:
    row = "<ul><li><a href='/x.pdf'>C</a></li></ul><a rel='next' href='{}'>Next</a>"
    *_, further = read(row.format("?page=1"))
    assert isinstance(further, Request)
    assert (further.url, further.crawl, further.context["page"]) == (f"{URL}?page=1", True, 2)
    for there in ("https://elsewhere.example/", "list", "#"):
        assert all(isinstance(item, RawItem) for item in read(row.format(there)))
    assert all(isinstance(item, RawItem) for item in read(row.format("?page=20"), page=20))
    assert read("<p>14a-8</p>", page=2) == []
