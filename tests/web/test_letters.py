"""The letters and the calendar, as a reader without script gets them."""

import pytest
from lxml import html

from tests.web import long_campaign
from tests.web.asking import read, words


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with long_campaign.site(tmp_path_factory.mktemp("long")) as site:
        yield site.test_client()


def rows(client, address="/letters"):
    found = read(client, address).cssselect("tbody tr")
    return {row.cssselect("th a")[0].get("href").rsplit("/", 1)[1]: row for row in found}


def test_the_list_is_newest_first_and_names_who_asked_whom(client):
    found = rows(client)
    assert list(found) == ["pilots", "elsewhere", "coalition", "members-november", "members-july"]
    assert "5 senders to Amazon.com, Inc. · answer asked by 20 August 2018" in words(found["members-july"])


def test_the_figures_say_numerator_denominator_and_what_is_left_out(client):
    figures = words(read(client, "/letters?company=amazon").cssselect("dl.figures")[0])
    assert "letters to Amazon.com, Inc. since 26 July 2018 4" in figures
    assert "answered · 67 % · 1 not yet due, not counted 2 of 3 due" in figures
    assert "median time to an answer (2 answers)" in figures
    assert "questions answered in full 1 of 7" in figures


@pytest.mark.parametrize(
    ("slug", "state"),
    [
        ("pilots", "not yet due 21 days, 8 left"),
        ("coalition", "no answer found 2,869 days"),
        ("elsewhere", "not searched yet 2,357 days"),
        ("members-november", "insufficient, say the senders after 70 days"),
    ],
)
def test_the_state_is_told_in_plain_words_with_its_days(client, slug, state):
    assert words(rows(client)[slug].cssselect(".answer")[0]).startswith(state)


def test_silence_names_the_last_search_and_its_absence(client):
    found = rows(client)
    assert "last searched 21 November 2026: newsroom, blog, filings" in words(found["coalition"])
    assert "no search on record" in words(found["elsewhere"])


def test_each_question_has_one_mark_with_shape_and_words_that_leads_to_it(client):
    cell = rows(client)["members-july"].cssselect(".questions")[0]
    marks = cell.cssselect(".marks a")
    assert [mark.get("href") for mark in marks] == [f"/letters/members-july#q{number}" for number in (1, 2, 3, 4)]
    assert [words(mark) for mark in marks] == [
        "Question 1: partly",
        "Question 2: not",
        "Question 3: in full",
        "Question 4: not assessed",
    ]
    shapes = {html.tostring(mark.cssselect("svg")[0]) for mark in marks}
    assert len(shapes) == 4
    assert "1 in full · 1 partly · 1 not · 1 not assessed" in words(cell)


def test_the_legend_explains_every_mark(client):
    legend = words(read(client, "/letters").get_element_by_id("legend"))
    assert all(word in legend for word in ("in full", "partly", "beside the point", "not", "no answer"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=unanswered", ["elsewhere", "coalition"]),
        ("state=not_due", ["pilots"]),
        ("state=answered&company=amazon", ["members-november", "members-july"]),
        ("company=initech", ["elsewhere"]),
        ("campaign=rekognition&state=unanswered", ["coalition"]),
    ],
)
def test_filters_stand_in_the_address(client, query, expected):
    assert list(rows(client, f"/letters?{query}")) == expected


@pytest.mark.parametrize("query", ["company=nobody", "state=x", "campaign=none"])
def test_a_filter_that_cannot_be_understood_is_an_error_that_says_what_is_allowed(client, query):
    answer = client.get(f"/letters?{query}")
    assert answer.status_code == 422
    assert "takes" in answer.text


def test_a_letters_page_gives_the_words_each_grade_rests_on(client):
    page = read(client, "/letters/members-july")
    question = words(page.get_element_by_id("q1"))
    assert question.startswith("1. Which agencies? Partly")
    assert "in these words" in question
    assert "not published; said to exist" in words(page.get_element_by_id("answers"))
    assert "Eight members ask again" in words(page.get_element_by_id("who"))


def test_the_senders_judgement_is_attributed(client):
    page = read(client, "/letters/members-november")
    assert "The senders, 8 February 2019: the answer is insufficient" in words(page.get_element_by_id("answers"))


def test_without_a_search_the_page_says_nothing_about_silence(client):
    page = read(client, "/letters/elsewhere")
    assert "nothing is said about silence" in words(page.get_element_by_id("searches"))


def test_a_letter_that_does_not_exist_leads_to_the_likeliest(client):
    answer = client.get("/letters/member-july")
    assert answer.status_code == 404
    assert "/letters/members-july" in answer.text


def test_the_calendar_gives_rule_anchor_and_basis(client):
    items = [words(item) for item in read(client, "/calendar").cssselect(".due-list li")]
    assert any("1 December 2026 Answer due: Investors ask about airport pilots" in item for item in items)
    assert any("January 2027 Commitment due: Will publish an assessment" in item for item in items)
    assert all("stated by" in item or "computed" in item or "estimate" in item for item in items)


def test_the_calendar_is_filtered_by_kind_and_campaign(client):
    items = read(client, "/calendar?kind=answer&campaign=rekognition").cssselect(".due-list li")
    assert [words(item.cssselect("b")[0]) for item in items] == ["Answer due: Investors ask about airport pilots"]
    assert client.get("/calendar?campaign=none").status_code == 422
    assert "Nothing ahead under these filters" in client.get("/calendar?kind=meeting").text


def test_no_page_uses_inline_style_or_script(client):
    for address in ("/letters", "/letters/members-july", "/calendar"):
        page = read(client, address)
        assert not page.xpath("//*[@style or @onclick]"), address
        assert not page.xpath("//script[not(@src)] | //style"), address


def test_each_companys_rate_names_what_it_counts(client):
    found = read(client, "/letters").get_element_by_id("rates").getnext()
    rates = [words(row) for row in found]
    assert [rate.split()[0] for rate in rates] == ["Amazon.com,", "Initech"]
    assert "2 of 3" in rates[0]


def test_of_many_companies_some_rates_are_left_out_and_it_says_so(client, monkeypatch):
    monkeypatch.setattr("tracker.web.letters.MOST_RATES", 1)
    section = read(client, "/letters").get_element_by_id("rates").getparent()
    assert len(section.cssselect("li")) == 1
    assert "1 company more" in words(section)


def test_a_long_list_is_read_page_by_page_without_loss_or_repeat(client, monkeypatch):
    everything = list(rows(client))
    monkeypatch.setattr("tracker.web.letters.PER_PAGE", 2)
    address, found = "/letters", []
    while address:
        found += rows(client, address)
        address = next((link.get("href") for link in read(client, address).cssselect(".pager a[rel=next]")), None)
    assert found == everything


def test_a_place_that_is_not_in_the_list_is_said(client):
    assert client.get("/letters?after=nothing").status_code == 422
