"""What programs add with a token."""

import pytest

from tests import factories
from tests.web import people
from tracker.domain.accounts import LinkPurpose, Scope
from tracker.domain.vocab import Role
from tracker.models.decision import Decision
from tracker.store import accounts as rows
from tracker.store.engine import reading, writing
from tracker.workflows import accounts, api_tokens, one_time_links


@pytest.fixture
def sent(editing):
    """Send something to the interface as Ann's program, which may do everything; returns the answer."""
    ann = accounts.add(editing.runtime, "ann@example.org", "Ann", Role.EDITOR)
    key = api_tokens.make(editing.runtime, ann.id, "test", list(Scope), 1)
    client = editing.app.test_client()

    def send(address, body, token=key):
        return client.post(f"/api/v1/{address}", json=body, headers={"Authorization": f"Bearer {token}"})

    return send


def test_a_pasted_document_is_kept_and_described(sent, editing):
    text = "<p>Shareholders asked the company to study how its face recognition is used by the police.</p>"
    body = {"text": text, "title": "Investors ask", "publisher": "The Paper", "published": "2019-05-22"}
    answer = sent("documents", body)
    assert answer.status_code == 201, answer.text
    assert (answer.json["title"], answer.json["publisher"]) == ("Investors ask", "The Paper")
    assert sent("documents", body).json["id"] == answer.json["id"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "its address (url) or its text"),
        ({"text": "x", "title": "T", "publisher": "P", "published": "no day"}, "no day"),
        ({"url": "http://10.0.0.1/"}, "could not be had"),
        ({"text": "a\0b", "title": "T"}, "U+0000"),
        ({"text": "a", "colour": "red"}, "colour"),
    ],
)
def test_what_is_no_document_is_refused_in_words(sent, body, words):
    answer = sent("documents", body)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert words in answer.json["detail"]


def test_a_decision_stands_in_the_name_of_the_tokens_owner(sent, editing):
    with writing(editing.runtime.engine) as session:
        document = factories.document(session, "Investors ask")
    answer = sent("decisions", {"document_id": document.id, "verdict": "not_relevant", "note": "of something else"})
    assert (answer.status_code, answer.json["by"]) == (201, "Ann")
    with reading(editing.runtime.engine) as session:
        assert session.get(Decision, answer.json["id"]).decided_by == "Ann"
    assert sent("decisions", {"document_id": 99, "verdict": "relevant"}).status_code == 404


def test_a_token_ends_when_it_expires_is_revoked_or_its_owner_goes(editing, sent):
    def works(key):
        return sent("documents", {}, key).status_code == 422

    bo = accounts.add(editing.runtime, "bo@example.org", "Bo", Role.EDITOR)
    keys = [api_tokens.make(editing.runtime, bo.id, "test", [Scope.DOCUMENTS], days) for days in (1, 30, 30)]
    assert all(map(works, keys))
    editing.runtime.clock.forward(days=2)
    assert list(map(works, keys)) == [False, True, True]
    api_tokens.revoke(editing.runtime, bo.id, 4)
    assert list(map(works, keys)) == [False, True, False]
    accounts.set_active(editing.runtime, bo.id, active=False)
    assert not works(keys[1])


def test_a_token_is_shown_once_and_kept_as_a_hash(editing):
    client = people.signed_in(editing.app, Role.EDITOR, "Cy")
    with reading(editing.runtime.engine) as session:
        cy = rows.by_name(session, "Cy")
    link = one_time_links.make(editing.runtime, cy.id, LinkPurpose.INVITATION)
    one_time_links.choose_password(editing.runtime, link.rpartition("/")[2], "seven quiet herons")
    people.enter(client, cy.id)
    fields = {"token_name": "reader of feeds", "scope": "documents", "days": "30"}
    assert people.post(client, "/account/tokens", {**fields, "token_password": "wrong"}).status_code == 422
    answer = people.post(client, "/account/tokens", {**fields, "token_password": "seven quiet herons"})
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "private, no-store"
    [key] = {word for word in answer.text.replace("<", " ").replace(">", " ").split() if word.startswith("whereas_")}
    assert key not in client.get("/account").text
    assert "reader of feeds" in client.get("/account").text
    with reading(editing.runtime.engine) as session:
        [kept] = session.connection().exec_driver_sql("SELECT * FROM api_token").all()
    assert key not in map(str, kept)
    revoked = people.post(client, "/account/tokens/1/revoke")
    assert revoked.status_code == 303
    assert api_tokens.found(editing.runtime, key) is None
