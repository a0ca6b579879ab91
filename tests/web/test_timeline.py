"""The timeline: order, filters in the address, threads, sources, permanent links."""

import html
import re

import pytest
from flask.testing import FlaskClient

from tests.web import scenario
from tests.web.asking import statements
from tracker.workflows.runtime import Runtime

TIMELINE = f"/campaigns/{scenario.CAMPAIGN}/timeline"


def rows(text: str) -> list[str]:
    """Return the list's rows as plain text."""
    found = re.findall(r'<li class="event.*?</article>', text, re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", row)).split()) for row in found]


def row(text: str, title: str) -> str:
    return next(found for found in rows(text) if title in found)


def days(text: str) -> list[str]:
    return re.findall(r'<div class="event-day"><time datetime="([^"]+)"', text)


def test_rows_stand_newest_first_and_oldest_first_on_request(client: FlaskClient):
    newest = days(client.get(TIMELINE).text)
    assert newest[:2] == ["2026-11-22", "2020-02"]  # the day an edit was seen
    assert newest[-1] == "2018-05-24"
    assert days(client.get(f"{TIMELINE}?order=oldest").text)[0] == "2018-05-24"


def test_a_date_known_to_the_month_stands_under_its_month_and_shows_no_day(client: FlaskClient):
    text = client.get(TIMELINE).text
    assert "August 2018" in row(text, "Amazon replies to members")
    assert "between 2 and 3 April 2019" in row(text, "Reconsideration denied")


def test_a_letter_says_what_came_back_and_after_how_long(client: FlaskClient):
    text = client.get(TIMELINE).text
    assert "responds to Eight members of Congress ask again , 29 November 2018 after 70 days" in row(
        text, "Amazon proposes guidelines"
    )
    assert "answered in part by Amazon replies to members , August 2018 after 69 to 99 days" in row(
        text, "Asks for staff who know bias"
    )


def test_a_letter_without_an_answer_says_when_somebody_looked(client: FlaskClient):
    found = row(client.get(TIMELINE).text, "The same demand went to")
    assert "waiting 2,869 days No answer found" in found
    assert "as of 20 November 2026" in found


def test_a_filed_resolution_leads_to_its_vote_with_the_formula(client: FlaskClient):
    filed = next(found for found in rows(client.get(f"{TIMELINE}?kind=resolution_filed").text) if "Prohibit" in found)
    assert "then Challenged 28 Jan → SEC staff did not agree with the company 28 Mar" in filed
    assert "Voted 22 May 2.4 % support claimed by Reuters; for / (for + against + abstentions)" in filed
    assert "openmic.example" in filed


def test_counted_votes_are_shown_with_their_counts(client: FlaskClient):
    voted = next(found for found in rows(client.get(f"{TIMELINE}?kind=vote_result").text) if "Report on" in found)
    assert "27.5 % support 2,750 of 10,000 votes; for / (for + against)" in voted


def test_a_row_names_the_documents_behind_it_and_how_they_were_linked(client: FlaskClient):
    found = row(client.get(TIMELINE).text, "The same demand went to")
    assert "The Daily Example · archived copy · linked by rule" in found


def test_evidence_of_one_step_does_not_stand_behind_another(client: FlaskClient):
    challenged = rows(client.get(f"{TIMELINE}?kind=resolution_challenged").text)
    assert challenged
    assert not any("openmic.example" in found for found in challenged)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lane=press", {"2020-02", "2026-11-22"}),
        ("from=2020", {"2020-02", "2026-11-22"}),
        ("to=2018-05", {"2018-05-24"}),
        ("from=2018-08-15&to=2018-08-16", {"2018-08"}),  # the reply known only to the month may lie in it
        ("lane=advocates&kind=letter_sent", {"2019-01-15"}),
    ],
)
def test_filters_in_the_address_narrow_the_list(client: FlaskClient, query: str, expected: set[str]):
    assert set(days(client.get(f"{TIMELINE}?{query}").text)) == expected


def test_a_chosen_filter_is_a_link_that_takes_it_away(client: FlaskClient):
    text = client.get(f"{TIMELINE}?lane=press&from=2019").text
    chips = re.findall(r'<a class="chip selected" href="([^"]+)"', text)
    assert f"{TIMELINE}?lane=press" in chips
    assert f"{TIMELINE}?from=2019" in chips


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lane=martians", "does not know “martians”"),
        ("from=5/6/2018", "takes a day, month or year"),
        ("from=2020&to=2019", "before it begins"),
        ("after=nonsense", "start from the first page"),
    ],
)
def test_a_filter_that_cannot_be_understood_says_what_it_takes(client: FlaskClient, query: str, said: str):
    answer = client.get(f"{TIMELINE}?{query}")
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)


def test_an_empty_list_says_so_and_leads_back(client: FlaskClient):
    text = client.get(f"{TIMELINE}?from=1999&to=1999").text
    assert "Nothing here under these filters" in text
    assert "Show all of them." in text


def test_the_strip_draws_days_as_dots_and_partial_dates_as_bands(client: FlaskClient):
    text = client.get(TIMELINE).text
    assert len(re.findall(r'<circle class="mark', text)) + len(re.findall(r'<rect class="band', text)) == len(
        rows(text)
    )
    assert re.search(r'<rect class="band lane-company"[^>]*><title>August 2018: Amazon replies', text)
    assert 'class="selection"' not in text
    assert 'class="selection"' in client.get(f"{TIMELINE}?from=2019").text


def test_a_permanent_link_leads_to_its_row(client: FlaskClient):
    anchor = re.findall(r'id="e-([0-9a-f]+)"', client.get(TIMELINE).text)[-1]
    answer = client.get(f"/events/{anchor}")
    assert answer.status_code == 302
    assert answer.location.endswith(f"{TIMELINE}?event={anchor}#e-{anchor}")
    assert client.get("/events/0000000000000000").status_code == 404


def test_the_side_column_says_who_waits_and_what_is_due(client: FlaskClient):
    text = client.get(TIMELINE).text
    assert "2,869 days" in text
    assert "Coming up" in text
    assert "One letter still without an answer" in text


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client: FlaskClient, archive: Runtime):
    def count(address: str) -> int:
        return len(statements(client, address))

    # A page without letters does not ask for answers: fewer, never more.
    assert count(f"{TIMELINE}?lane=investors&kind=resolution_filed&to=2019-02") <= count(TIMELINE) <= 66
