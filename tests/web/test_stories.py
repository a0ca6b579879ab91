"""A story on pages: one row of the timeline with its sources, and a page that says why they are one."""

import re

from flask.testing import FlaskClient

from tests.web import scenario


def plain(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def test_the_timeline_shows_one_row_with_its_sources_and_the_way_to_the_story(client: FlaskClient):
    text = client.get(f"/campaigns/{scenario.CAMPAIGN}/timeline?from=2019-01&to=2019-01").text
    row = next(part for part in text.split('<li class="event ')[1:] if "Coalition of 90 groups asks" in part)
    assert "The Daily Example" in row
    assert "The Other Example" in row
    assert "2 sources" in row
    assert re.search(r'href="/stories/1">2 documents tell this story', row)


def test_a_story_s_page_says_who_tells_it_and_why_and_leads_to_each(client: FlaskClient):
    answer = client.get("/stories/1")
    text = plain(answer.text)
    assert "2 documents tell of this event" in text
    assert text.count("The same event: the same 2 names, 1 day apart") == 2
    assert len(set(re.findall(r'href="(/documents/\d+)"', answer.text))) == 2


def test_a_document_shows_its_story_and_one_that_is_alone_shows_none(client: FlaskClient):
    found = client.get("/documents/1").text
    assert "One story" in found
    assert 'href="/stories/1"' in found
    assert "this one" in found
    assert "One story" not in client.get("/documents/2").text


def test_a_story_that_nobody_tells_is_no_page(client: FlaskClient):
    answer = client.get("/stories/77")
    assert answer.status_code == 404
    assert "No story has the number 77" in plain(answer.text)
