"""The history on pages: every act can be read, found, taken as a file, and undone by who may."""

import csv
import io
import time

import pytest
from sqlalchemy import insert
from sqlmodel import select

from tests import factories as make
from tests.web import people
from tracker.domain.acts import About
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import Relation, Role, Verdict
from tracker.models.base import CampaignObject
from tracker.models.correspondence import Letter
from tracker.models.organization import Organization
from tracker.models.revision import Revision, RevisionChange, RevisionSubject
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.workflows.decide import Said, decide

DAY = PartialDate.parse


@pytest.fixture
def told(editing):
    """A letter whose day Ann corrected, a link that Bob took off, a company that a file renamed."""
    with writing(editing.runtime.engine) as session:
        campaign = make.campaign(session, "gaze")
        make.letter(session, "letter", sent="2018-05-24", title="To the board", campaign=campaign)
        make.organization(session, "amazon")
        make.document(session, "News of the letter", url="https://news.example/1", published="2018-05-26")
    act(editing, lambda session: setattr(session.exec(select(Letter)).one(), "sent_on", DAY("2018-05-25")),
        why="The postmark says so.", url="https://postmark.example/")  # fmt: skip
    act(
        editing,
        lambda session: setattr(session.exec(select(Organization)).one(), "name", "Amazonia"),
        by="campaign file",
    )
    decide(
        editing.runtime, 1, Said(Verdict.REJECT, "Bob", "letter", relation=Relation.REPORTS_ON, note="Another letter.")
    )
    return editing


def act(editing, do, *, by="Ann", why="Because.", url=""):
    with writing(editing.runtime.engine) as session, recording(session, Cause(by, make.NOW, why, url=url)) as done:
        do(session)
    return done.number


def editor(told, role=Role.EDITOR, name="Eve"):
    return people.signed_in(told.app, role, name)


def test_every_act_is_told_with_who_why_the_evidence_and_both_values(told):
    page = editor(told).get("/history").text
    for words in ("To the board", "24 May 2018", "25 May 2018", "The postmark says so.", "postmark.example",
                  "Amazonia", "campaign file", "Bob", "Another letter.", "News of the letter"):  # fmt: skip
        assert words in page
    assert page.index("Another letter.") < page.index("The postmark says so.")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("object=letter", {1, 3}), ("document=1", {3}), ("organization=amazon", {2}), ("campaign=gaze", set()),
        ("by=Ann", {1}), ("program=yes", {2}), ("program=no", {1, 3}), ("kind=organization", {2}),
        ("kind=document&kind=organization", {2, 3}), ("from=2031", set()), ("to=2031&by=Bob", {3}),
    ],
)  # fmt: skip
def test_the_history_of_one_thing_or_person_is_found(told, query, wanted):
    answer = editor(told).get(f"/history.json?{query}")
    assert {row["act"] for row in answer.json["items"]} == wanted
    assert editor(told).get(f"/history?{query}").status_code == 200


@pytest.mark.parametrize("query", ["object=nobody", "document=99", "document=x", "organization=x"])
def test_what_there_is_not_has_no_history(told, query):
    assert editor(told).get(f"/history?{query}").status_code == 404


@pytest.mark.parametrize("query", ["program=perhaps", "kind=x", "after=x", "from=x"])
def test_an_address_that_cannot_be_read_is_refused(told, query):
    assert editor(told).get(f"/history?{query}").status_code == 422


def test_a_file_has_one_line_a_change_with_both_values(told):
    rows = list(csv.DictReader(io.StringIO(editor(told).get("/history.csv?object=letter&by=Ann").text)))
    assert [(row["part"], row["field"], row["before"], row["after"], row["made_by"]) for row in rows] == [
        ("letter", "sent_on", "2018-05-24", "2018-05-25", "Ann")
    ]


def test_what_is_about_accounts_and_subscribers_is_for_administrators(told):
    with writing(told.runtime.engine) as session:
        session.add(Revision(made_by="Ada", made_at=make.NOW, why="A secret."))
        session.flush()
        number = session.exec(select(Revision.id).where(Revision.made_by == "Ada")).one()
        session.add(RevisionSubject(about=About.SUBSCRIBER, about_id=1, revision_id=number))
    assert "A secret." not in editor(told).get("/history").text
    assert editor(told).get(f"/history/{number}").status_code == 404
    above = editor(told, Role.ADMINISTRATOR, "Ada A")
    assert "A secret." in above.get("/history").text
    assert above.get(f"/history/{number}").status_code == 200


# --- undoing ----------------------------------------------------------------------------------------------------------


def test_a_publisher_undoes_an_act_and_is_led_to_the_act_that_did_it(told):
    client = editor(told, Role.PUBLISHER, "Pia")
    answer = people.post(client, "/history/1/revert", {"why": "The postmark is of another letter."}, page="/history/1")
    assert (answer.status_code, answer.location) == (303, "/history/4")
    page = client.get("/history/4").text
    assert "Act 1 is undone." in page
    assert "Pia" in page
    with reading(told.runtime.engine) as session:
        assert session.exec(select(Letter)).one().sent_on == DAY("2018-05-24")
    assert "/history/4" in client.get("/history/1").text


def test_an_editor_undoes_their_own_acts_and_not_those_of_others(told):
    client = editor(told)
    assert "/history/1/revert" not in client.get("/history/1").text
    answer = people.post(client, "/history/1/revert", {"why": "x"})
    assert answer.status_code == 422
    assert "it takes the role publisher" in answer.text
    own = editor(told, name="Ann")
    assert people.post(own, "/history/1/revert", {"why": "A slip."}, page="/history/1").status_code == 303


def test_a_refusal_keeps_what_was_typed_and_says_what_stands_in_the_way(told):
    act(told, lambda session: setattr(session.exec(select(Letter)).one(), "sent_on", DAY("2018-05-30")), by="Cleo")
    client = editor(told, Role.PUBLISHER, "Pia")
    answer = people.post(client, "/history/1/revert", {"why": "My reason."}, page="/history/1")
    assert answer.status_code == 422
    assert "changed later by Cleo" in answer.text
    assert "My reason." in answer.text
    assert people.post(client, "/history/1/revert", {"why": "  "}, page="/history/1").status_code == 422
    assert people.post(client, "/history/99/revert", {"why": "x"}).status_code == 404
    with reading(told.runtime.engine) as session:
        assert session.exec(select(Letter)).one().sent_on == DAY("2018-05-30")


def test_a_long_text_is_shown_as_a_difference(told):
    text = "The board should report on what it sells. " * 8
    act(told, lambda session: setattr(session.get(CampaignObject, 1), "summary", text))
    act(told, lambda session: setattr(session.get(CampaignObject, 1), "summary", text + "And to whom."))
    page = editor(told).get("/history/5").text
    assert "added:" in page
    assert "And to whom." in page


# --- how much it may be -----------------------------------------------------------------------------------------------


def many(session, acts: int) -> None:
    connection = session.connection()
    first = 1000
    numbers = range(first, first + acts)
    connection.execute(insert(Revision), [
        {"id": n, "made_by": f"Person {n % 50}", "by_program": n % 3 == 0, "made_at": make.NOW, "why": "x", "url": ""}
        for n in numbers
    ])  # fmt: skip
    connection.execute(insert(RevisionSubject), [
        {"about": About.OBJECT, "about_id": 1 + n % 500, "revision_id": n, "version": n} for n in numbers
    ])  # fmt: skip
    connection.execute(insert(RevisionChange), [
        {"revision_id": n, "about": About.OBJECT, "about_id": 1 + n % 500, "also": "", "part": "letter", "item": "",
         "row_key": str(1 + n % 500), "field": "sent_on", "before": "2018-05-24", "after": "2018-05-25"}
        for n in numbers
    ])  # fmt: skip


def test_twenty_thousand_acts_slow_no_page_down(told):
    with writing(told.runtime.engine) as session:
        many(session, 20_000)
    client = editor(told)
    for address in ("/history", "/history?object=letter", "/history?by=Person 7", "/history?program=no&kind=object",
                    "/history?from=2018&to=2031"):  # fmt: skip
        client.get(address)
        begun = time.process_time()
        assert client.get(address).status_code == 200
        assert time.process_time() - begun < 0.25, address
