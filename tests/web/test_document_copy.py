"""Our copy is told apart from the original, what rests on it is marked in it, and any words of it have an address."""

from hashlib import sha256

import pytest

from tests.web import document_scenario as scenario
from tests.web.asking import read, words


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with scenario.site(tmp_path_factory.mktemp("documents")) as site:
        yield site.test_client()


@pytest.fixture(scope="module")
def page(client):
    return read(client, f"/documents/{scenario.REPLY}")


def test_a_copy_says_whose_it_is_when_we_fetched_it_and_how_to_prove_it(page):
    note = words(page.cssselect("#copy .copy-note")[0])
    assert "This is our copy, not the original. It shows the text as we saw it on 2 June 2026, 09:30 UTC" in note
    assert "The original may have changed since, or be gone." in note
    assert f"Original{scenario.ADDRESS}" in note
    assert f"{len(scenario.BODY)} bytes SHA-256 as fetched{sha256(scenario.BODY).hexdigest()}" in note
    assert f"SHA-256 of the text{sha256(scenario.TEXT.encode()).hexdigest()}" in note


def test_the_text_as_a_file_has_the_hash_that_the_page_gives(client):
    answer = client.get(f"/documents/{scenario.REPLY}.txt?version=1")
    assert answer.mimetype == "text/plain"
    assert answer.data == scenario.TEXT.encode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"/documents/{scenario.REPLY}.txt?version=7").status_code == 422
    assert client.get("/documents/99.txt").status_code == 404


def test_search_engines_and_archives_are_told_that_it_is_a_copy(client, page):
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    answer = client.get(f"/documents/{scenario.REPLY}")
    assert answer.headers["Memento-Datetime"] == "Tue, 02 Jun 2026 09:30:00 GMT"
    assert answer.headers["Link"] == f'<{scenario.ADDRESS}>; rel="original"'


def test_a_value_leads_to_its_passage_and_the_passage_back_to_it(page):
    [row] = [row for row in page.cssselect(".facts > div") if "3 May 2026" in words(row)]
    [link] = row.cssselect("a[href^='#quote-']")
    anchor = page.get_element_by_id(link.get("href")[1:])
    assert words(anchor.getparent()) == "3 May 2026"
    [back] = anchor.getparent().getnext().cssselect("a")
    assert page.get_element_by_id(back.get("href")[1:]) is row
    assert link.text == f"passage {back.text}"


def test_an_answer_quoted_from_it_is_marked_though_dashes_and_quotation_marks_differ(page):
    rows = page.cssselect("#read .evidence > li")
    assert words(rows[0]).endswith("passage 2")
    assert words(rows[1]).endswith("These words are not in the copy below.")
    assert "Question 1 of Riders ask Larkspur: in full, assessed by A. Editor" in words(rows[0])
    mark = page.get_element_by_id("quote-riders-2026-q1").getparent()
    assert words(mark) == "We keep faces for seven days — no longer"


def test_a_name_is_marked_by_its_kind_and_reached_from_the_list_of_names(page):
    [link] = page.cssselect("#mentions a[href^='#name-']")
    mark = page.get_element_by_id(link.get("href")[1:]).getparent()
    assert (words(mark), mark.get("class")) == ("Larkspur Optics", "name name-organization")
    assert page.cssselect("#mentions a[href='/organizations/larkspur']")
    assert "organisation person product names we know" in words(page.cssselect(".key")[0])


def test_any_words_of_a_copy_have_an_address(client):
    found = read(client, f"/documents/{scenario.REPLY}?quote=sells+to+the+county+police")
    pieces = found.cssselect("article mark.sought")
    assert " ".join(map(words, pieces)) == "sells to the county police"
    assert found.get_element_by_id("quote").getparent() is pieces[0]
    gone = read(client, f"/documents/{scenario.REPLY}?quote=sells+to+nobody")
    assert not gone.cssselect("article mark.sought")
    assert "The words asked for are not in this copy: “sells to nobody”" in words(gone.cssselect("#copy")[0])


def test_words_in_an_address_cannot_become_markup(client):
    text = client.get(f"/documents/{scenario.REPLY}?quote=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in text


def test_links_say_how_likely_by_whom_and_when(page):
    confirmed, suggested = (words(row) for row in page.cssselect("#links > .evidence > li"))
    assert "confirmed linked by rule" in confirmed
    assert "held over 99 % likely by the rule It is the answer itself." in confirmed
    assert "suggested by rule, not confirmed" in suggested
    assert "held 62 % likely" in suggested


def test_the_lines_of_a_paper_stay_where_they_are_printed(client):
    page = read(client, f"/documents/{scenario.PAPER}")
    assert page.cssselect("article.copy.laid-out p")[0].text == "Page one\nof a paper"
    assert "application/pdf, 8 bytes" in words(page.cssselect("#copy .copy-note")[0])


def test_a_letter_quotes_the_words_with_their_place_and_says_where_they_are_not(client):
    page = read(client, "/letters/riders-2026")
    full, lacking = (page.get_element_by_id(name) for name in ("q1", "q2"))
    [link] = full.cssselect("a[href^='/documents/']")
    assert link.get("href").endswith("#quote")
    assert read(client, link.get("href").partition("#")[0]).cssselect("article mark.sought")
    assert "In full: Larkspur replies, 1 June 2026 (12 days late), assessed by A. Editor" in words(full)
    assert "These words stand in none of the copies we hold" in words(lacking)


def test_a_letter_is_told_day_by_day(client):
    steps = [words(step) for step in read(client, "/letters/riders-2026").cssselect(".course > li")]
    assert steps == [
        "4 May 2026the count begins Letter sent source [1]",
        "20 May 2026day 16 Answer due due 20 May 2026, as the letter asks",
        "25 May 2026day 21 Nothing found searched: the company's newsroom",
        "1 June 2026day 28 Larkspur replies source [2] blog; 12 days late",
    ]


def test_a_letters_sources_are_numbered_and_written_out(client):
    page = read(client, "/letters/riders-2026")
    first, second = (words(row) for row in page.cssselect(".source-lines > li"))
    assert first.startswith("riders.example. https://riders.example/letter We hold no copy of it.")
    assert f"{scenario.ADDRESS} Our copy: http" in second
    assert f"SHA-256 of the bytes: {sha256(scenario.BODY).hexdigest()}" in second
    assert {link.get("href") for link in page.cssselect("a.ref")} == {"#source-1", "#source-2"}


def test_a_citation_keeps_its_day(client):
    today = read(client, "/letters/riders-2026")
    citation = words(today.cssselect(".citation")[0])
    assert citation.startswith("Whereas. “Riders ask Larkspur.” As of 25 November 2026. http")
    assert citation.endswith("/letters/riders-2026?on=2026-11-25")
    before = read(client, "/letters/riders-2026?on=2026-05-26")
    assert "no answer found 22 days" in words(before.cssselect(".standing")[0])
    assert "As it stood on 26 May 2026" in words(before.cssselect(".banner")[0])
    assert "Larkspur replies" not in words(before.get_element_by_id("course"))
    assert client.get("/letters/riders-2026?on=2027-01-01").status_code == 422
