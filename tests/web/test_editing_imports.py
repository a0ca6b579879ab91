"""CSV files by the page: kept, looked at row by row, wrong rows said, the ticked ones brought in, again and again."""

import io

import pytest
from sqlmodel import select

from tests import factories
from tests.web import people
from tracker.domain.vocab import Role
from tracker.models.base import CampaignObject
from tracker.models.csv_run import CsvRun
from tracker.store.engine import reading, writing

HEADER = "title,company,season,ask type,ask,source\n"
GOOD = "Report on drones,Amazon,2025,report,Report on drones,https://example.org/1\n"
WRONG = "Report on robots,Nobody Corp,soon,report,Report,https://example.org/1\n"
FORMULA = "=cmd|' /C calc'!A0,Amazon,2025,report,+1,https://example.org/1\n"


@pytest.fixture
def client(editing):
    with writing(editing.runtime.engine) as session:
        factories.organization(session, "amazon", name="Amazon")
    return people.signed_in(editing.app, Role.EDITOR, "Ann")


def give(client, text: str, **more: str):
    file = (io.BytesIO(text.encode()), "rows.csv")
    return people.post(
        client, "/editing/imports", {"kind": "resolution", "file": file, **more}, page="/editing/imports"
    )


def titles(editing) -> dict[str, str]:
    with reading(editing.runtime.engine) as session:
        return {row.title: row.state.value for row in session.exec(select(CampaignObject))}


def test_a_file_is_kept_and_its_rows_are_shown_with_what_is_wrong_before_anything_is_written(editing, client):
    answer = give(client, HEADER + GOOD + WRONG + FORMULA)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "2 new" in page
    assert "1 wrong" in page
    assert "no organisation is called &#39;Nobody Corp&#39;" in page
    assert "=cmd|" in page
    assert not titles(editing)


def test_ticked_rows_come_in_as_drafts_and_the_rest_stays_out(editing, client):
    place = give(client, HEADER + GOOD + WRONG + FORMULA).location
    answer = people.post(client, place, {"row": ["1", "3"], "take": ["1"], "act": "apply"}, page=place)
    assert answer.status_code == 303
    assert titles(editing) == {"Report on drones": "draft"}
    assert "1 new, 0 changed" in client.get(place).text


def test_a_file_that_is_none_is_refused_beside_its_field_and_the_rest_is_kept(client):
    answer = give(client, "<!doctype html><p>no table", source="https://example.org/s")
    assert answer.status_code == 422
    assert "it is an HTML page, whatever its name says" in answer.text
    assert "https://example.org/s" in answer.text


def test_a_column_that_is_not_known_can_be_named_and_is_known_the_next_time(editing, client):
    text = "Heading,company,season,ask type,ask,source,title\n" + "Drones,Amazon,2025,report,Ask,https://example.org,\n"
    place = give(client, text).location
    names = text.split("\n", maxsplit=1)[0].split(",")
    fields = ["title", "company", "season", "ask_type", "ask", "source", ""]
    people.post(client, place, {"column": names, "field": fields, "act": "columns"}, page=place)
    assert "1 new" in client.get(place).text
    assert "1 new" in client.get(give(client, text).location).text


def test_rows_may_not_be_decided_on_once_the_file_is_in(editing, client):
    place = give(client, HEADER + GOOD).location
    people.post(client, place, {"row": "1", "take": "1", "act": "apply"}, page=place)
    assert (
        people.post(client, place, {"act": "columns", "column": "title", "field": "title"}, page=place).status_code
        == 409
    )
    with reading(editing.runtime.engine) as session:
        assert session.exec(select(CsvRun.done)).one()["new"] == 1


def test_what_a_publisher_wants_shown_is_not_published_by_an_editor(editing, client):
    publisher = people.signed_in(editing.app, Role.PUBLISHER, "Pam")
    address = give(publisher, HEADER + GOOD, publish="yes").location
    fields = {"act": "apply", "row": "1", "take": "1"}
    refused = people.post(client, address, fields, page=address)
    assert (refused.status_code, titles(editing)) == (422, {})
    assert "a publisher has to bring it in" in refused.text
    assert people.post(publisher, address, fields, page=address).status_code == 303
    assert list(titles(editing).values()) == ["published"]


def test_a_number_that_no_import_can_have_is_a_page_there_is_not(client):
    assert client.get("/editing/imports/99999999999999999999").status_code == 404
