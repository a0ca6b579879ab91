"""How funds voted: by manager and fund by fund, searched, paged by key, and as files."""

import csv
import functools
import io
import operator

import pytest

from tests import factories as make
from tests.web import long_campaign
from tests.web.asking import read, statements, words
from tracker.domain.vocab import FundDecision
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

FUNDS = "/resolutions/study/funds"
API = "/api/v1/resolutions/study/funds"
# More managers, and more funds of one of them, than a page holds.
MANAGERS, OF_ONE = 120, 230


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with make.database(f"sqlite:///{tmp_path_factory.mktemp('funds') / 'whereas.db'}") as engine:
        with writing(engine) as session:
            company = make.organization(session, "amazon", name="Amazon.com, Inc.")
            few = make.meeting(session, "few", company=company)
            study = make.resolution(session, "study", company=company)
            item = make.ballot_item(session, make.meeting(session, "many", company=company), study)
            for number in range(MANAGERS):
                make.fund_vote(session, item, "Only fund", FundDecision.AGAINST, manager=f"House {number:03}")
            for number in range(OF_ONE):
                make.fund_vote(session, item, f"Fund ~ {number % 115:03} 100%", FundDecision.FOR if number < 115
                               else FundDecision.ABSTAIN, manager="Zeta ~ Öko")  # fmt: skip
            small = make.ballot_item(session, few, make.resolution(session, "small", company=company), number="2")
            make.fund_vote(session, small, "=cmd()", FundDecision.NOT_VOTED)
            make.resolution(session, "unvoted", company=company)
        yield create_app(Runtime(Settings(), engine, clock=lambda: long_campaign.NOW))


@pytest.fixture
def client(site):
    return site.test_client()


def walked(client, address):
    """Return the row headings of every page, following the ways on."""
    found, page = [], read(client, address)
    while True:
        found.append([words(cell) for cell in page.cssselect("tbody th")])
        onward = page.cssselect("a[rel=next]")
        if not onward:
            return found
        page = read(client, onward[0].get("href"))


def test_managers_are_paged_by_name_and_each_comes_once(client):
    [first, second] = walked(client, FUNDS)
    assert len(first) == 100
    assert [*first, *second] == [*(f"House {number:03}" for number in range(MANAGERS)), "Zeta ~ Öko"]


def test_a_manager_has_counts_and_shares_for_each_way_to_vote(client):
    page = read(client, f"{FUNDS}?q=zeta")
    [row] = page.cssselect("tbody tr")
    assert [words(cell) for cell in row.cssselect("td")] == [
        "115", "115 11,500 shares", "–", "115 11,500 shares", "–", "–",
    ]  # fmt: skip
    assert words(page.cssselect("caption")[0]).startswith("1 manager, 115 funds, under these filters.")


def test_the_last_line_adds_up_all_managers_and_not_the_page(client):
    cells = read(client, FUNDS).cssselect("tfoot tr > *")
    assert [words(cell) for cell in cells][1:4] == [str(MANAGERS + 115), "115 11,500 shares", "120 12,000 shares"]


def test_funds_of_one_manager_are_paged_whatever_stands_in_their_names(client):
    pages = walked(client, f"{FUNDS}?manager=Zeta+~+Öko")
    assert [len(page) for page in pages] == [100, 100, 30]
    assert functools.reduce(operator.iadd, pages, []) == sorted(functools.reduce(operator.iadd, pages, []))


@pytest.mark.parametrize(
    ("query", "expected"),
    [("q=house+007", 1), ("q=ONLY+fund", 100), ("vote=for", 1), ("q=100%25", 1), ("q=house&vote=for", 0)],
)
def test_words_and_the_way_to_vote_narrow_the_list(client, query, expected):
    assert len(read(client, f"{FUNDS}?{query}").cssselect("tbody tr")) == expected


def test_the_file_has_every_fund_under_the_filters(client):
    answer = client.get("/resolutions/study/funds.csv?vote=for")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["vote"] for row in rows} == {"for"}
    assert len(rows) == 115
    assert set(rows[0]) == {field["name"] for field in client.get("/schema/fund-votes.json").get_json()["fields"]}
    assert len(client.get("/resolutions/study/funds.jsonl").text.splitlines()) == MANAGERS + OF_ONE
    assert "'=cmd()" in client.get("/resolutions/small/funds.csv").text


def test_the_interface_gives_the_same_votes_in_pieces(client):
    found, address = [], f"{API}?q=zeta&limit=100"
    while address:
        told = client.get(address).get_json()
        found += [(item["fund"], item["vote"], item["source"]) for item in told["items"]]
        address = told["next"]
    assert len(found) == len({(fund, vote) for fund, vote, _ in found}) == OF_ONE
    assert {source for *_, source in found} == {"https://sec.example/npx"}


def test_a_resolution_without_votes_says_when_funds_report(client):
    assert "by the end of August" in client.get("/resolutions/unvoted/funds").text
    assert client.get("/resolutions/unvoted/funds.json").get_json()["items"] == []


@pytest.mark.parametrize("query", ["vote=maybe", "after=x~y", "manager=Zeta&after=a~b~0", f"q={'x' * 201}"])
def test_what_cannot_be_understood_is_an_error(client, query):
    assert client.get(f"{FUNDS}?{query}").status_code == 422


def test_an_unknown_resolution_is_missing_and_the_likeliest_is_named(client):
    answer = client.get("/resolutions/studdy/funds")
    assert answer.status_code == 404
    assert "/resolutions/study" in answer.text


def test_the_number_of_queries_does_not_depend_on_the_number_of_funds(client):
    def count(address):
        return len(statements(client, address))

    assert count(FUNDS) == count("/resolutions/small/funds")
    assert count(f"{FUNDS}?manager=Zeta+~+Öko") == count("/resolutions/small/funds?manager=Big+Manager")
