"""The table of resolutions and the page of one, as a reader without script gets them."""

import re
from itertools import pairwise

import pytest

from tests.web import long_campaign
from tests.web.asking import read, words


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with long_campaign.site(tmp_path_factory.mktemp("long")) as site:
        yield site.test_client()


def slugs(client, address):
    return [link.get("href").rsplit("/", 1)[1] for link in read(client, address).cssselect("tbody th a")]


def test_the_table_lists_every_resolution_newest_season_first(client):
    found = slugs(client, "/resolutions")
    assert found[:3] == ["unknown-2026", "withdrawn-2025", "study-2024"]
    assert found[-2:] == ["ban-2019", "study-2019"]


def test_a_row_names_formula_change_and_what_comes_next(client):
    [row] = [row for row in read(client, "/resolutions").cssselect("tbody tr") if "2022" in words(row[1])]
    assert "40.7" in words(row)
    assert "407,000 of 1,000,000 votes; for / (for + against)" in words(row)
    assert "+6.3 points since 2021" in words(row)


def test_an_unknown_course_says_no_record(client):
    [row] = read(client, "/resolutions?season=2026").cssselect("tbody tr")
    assert "no record" in words(row)
    assert "No record of its course." in words(row)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("season=2025", ["withdrawn-2025"]),
        ("ask=prohibit", ["ban-2019"]),
        ("outcome=withdrawn", ["withdrawn-2025"]),
        ("company=amazon&season=2019", ["ban-2019", "study-2019"]),
        ("campaign=rekognition&ask=policy", ["unknown-2026"]),
    ],
)
def test_filters_stand_in_the_address(client, query, expected):
    assert slugs(client, f"/resolutions?{query}") == expected


def test_headings_sort_by_link_and_say_how_the_table_stands(client):
    page = read(client, "/resolutions?sort=-support")
    [heading] = page.cssselect("th[aria-sort]")
    assert (heading.get("aria-sort"), words(heading)) == ("descending", "Support ↓")
    assert heading.cssselect("a")[0].get("href") == "/resolutions?sort=support"
    assert slugs(client, "/resolutions?sort=-support")[0] == "study-2022"
    assert slugs(client, "/resolutions?sort=support")[0] == "ban-2019"


@pytest.mark.parametrize("query", ["season=soon", "sort=size", "company=nobody", "campaign=none", "ask=x", "outcome=x"])
def test_a_filter_that_cannot_be_understood_is_an_error_that_says_what_is_allowed(client, query):
    answer = client.get(f"/resolutions?{query}")
    assert answer.status_code == 422
    assert re.search(r"takes|can by", answer.text)


def test_an_empty_result_leads_back(client):
    assert "No resolution under these filters" in client.get("/resolutions?season=1999").text


def test_a_name_that_nothing_has_leads_to_the_likeliest(client):
    answer = client.get("/resolutions/study-2091")
    assert answer.status_code == 404
    assert "/resolutions/study-20" in answer.text


def test_the_stepper_gives_each_step_a_date_or_says_no_record(client):
    steps = [words(step) for step in read(client, "/resolutions/study-2019").cssselect(".stepper li")]
    assert steps[1] == "Challenged 22 January 2019"
    assert steps[5] == "Commitment no record"
    assert steps[6] == "Coming back needs 3 % · depends on which vote counts"
    later = read(client, "/resolutions/study-2024").cssselect(".stepper li")[6]
    assert words(later) == "Coming back needs 25 % · not met"
    unknown = [words(step) for step in read(client, "/resolutions/unknown-2026").cssselect(".stepper li")]
    assert unknown == ["Filed no record", "Challenged no record", "SEC staff no record", "Ballot no record",
                       "Vote no record", "Commitment no record"]  # fmt: skip


def test_the_vote_names_formula_counts_and_reports(client):
    vote = read(client, "/resolutions/study-2019").get_element_by_id("vote")
    assert words(vote.cssselect(".headline-figure strong")[0]) == "27.5 %"
    assert [words(count) for count in vote.cssselect(".counts li")][:4] == [
        "89,902,114 for",
        "236,784,503 against",
        "6,402,117 abstain",
        "72,418,330 broker non-votes",
    ]
    assert "for / (for + against + abstentions)" in words(vote)
    assert "36.2 %" in words(vote)
    assert "superseded" in words(vote)
    assert "28 % claimed by Open MIC; formula not known" in words(vote)


def test_the_bar_fills_its_width_in_the_order_of_the_counts(client):
    slices = read(client, "/resolutions/study-2019").cssselect("svg.votebar rect")
    edges = [(float(part.get("x")), float(part.get("width"))) for part in slices]
    assert edges[0][0] == 0
    assert sum(edges[-1]) == pytest.approx(100, abs=0.01)
    assert all(x + width == pytest.approx(after, abs=0.01) for (x, width), (after, _) in pairwise(edges))


def test_a_published_percentage_without_counts_is_said_to_be_one(client):
    vote = read(client, "/resolutions/ban-2019").get_element_by_id("vote")
    assert "2.4 %" in words(vote)
    assert "claimed by Reuters" in words(vote)
    assert "The counts are not on record" in words(vote)
    assert not vote.cssselect("svg")


def test_the_chart_and_the_table_behind_it_say_the_same(client):
    years = read(client, "/resolutions/study-2019").get_element_by_id("years")
    drawn = sorted(text.text for text in years.cssselect("text.value"))
    listed = sorted(words(cell).split(" %")[0] + " %" for cell in years.xpath(".//tbody/tr/td[2]"))
    assert drawn == listed == ["19.1 %", "2.4 %", "27.5 %", "31.9 %", "34.4 %", "37.7 %", "40.7 %"]
    assert [text.text for text in years.cssselect("text.bar-label")][-2:] == [
        "bars 3, 6 and 10 %",
        "bars 5, 15 and 25 %",
    ]


def test_the_outlook_is_a_sentence_with_its_arithmetic_and_says_may(client):
    years = words(read(client, "/resolutions/study-2024").get_element_by_id("years"))
    assert "below the bar of 25 % of for + against" in years
    assert "The subject may be excludable" in years


def test_evidence_shows_every_reading_and_where_sources_disagree(client):
    evidence = words(read(client, "/resolutions/study-2019").get_element_by_id("evidence"))
    assert "sources disagree" in evidence
    assert "2 April 2019 not used" in evidence
    assert "the letter itself is dated the 3rd" in evidence


def test_who_funds_grounds_and_documents_are_on_the_page(client):
    page = read(client, "/resolutions/study-2019")
    assert "Sisters of St. Joseph of Brentwood Lead filer" in words(page.get_element_by_id("who"))
    assert "Rule 14a-8(i)(7)" in words(page.get_element_by_id("bases"))
    assert "Pension plan 1 fund · 100 shares for" in words(page.get_element_by_id("funds"))
    documents = words(page.get_element_by_id("documents"))
    assert documents.index("Shareholders to vote confirmed") < documents.index("A hint only suggested")


def test_a_promise_stands_with_both_sides_views(client):
    promise = words(read(client, "/resolutions/withdrawn-2025").get_element_by_id("commitments"))
    assert "Will publish an assessment pending" in promise
    assert "The company's view No view is on record." in promise


def test_no_page_uses_inline_style_or_script(client):
    for address in ("/resolutions", "/resolutions/study-2019", "/resolutions/ban-2019", "/resolutions/unknown-2026"):
        page = read(client, address)
        assert not page.xpath("//*[@style or @onclick]"), address
        assert not page.xpath("//script[not(@src)] | //style"), address


def test_a_view_has_a_name_an_address_and_says_what_it_holds(client):
    page = read(client, "/resolutions?view=majority")
    views = page.cssselect("nav.views")[0]
    [chosen] = views.cssselect("a[aria-current]")
    assert words(chosen).startswith("Won majority")
    assert "Support above half under the formula named" in words(views)
    assert "No resolution under these filters" in words(page)
    assert slugs(client, "/resolutions?view=majority&season=2022") == []


def test_files_and_the_interface_know_the_views(client):
    assert client.get("/resolutions.json?view=majority").get_json()["items"] == []
    assert client.get("/api/v1/resolutions?view=coming").get_json()["items"] == []
    assert client.get("/resolutions?view=mine").status_code == 422


def test_the_readers_own_views_are_out_of_sight_without_script(client):
    assert read(client, "/resolutions").get_element_by_id("own-views").get("hidden") is not None
