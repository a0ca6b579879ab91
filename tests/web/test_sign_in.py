"""Signing in and out."""

import pytest
from flask.testing import FlaskClient

from tests.web import people
from tracker.domain.vocab import Role
from tracker.workflows import accounts

PASSWORD = "seven quiet herons"


def test_who_knows_address_and_password_is_signed_in_and_out_again(editing):
    accounts.add(editing.runtime, "ann@example.org", "Ann", Role.EDITOR, PASSWORD)
    client = editing.app.test_client()
    fields = {"email": "Ann@Example.org", "password": PASSWORD}
    answer = people.post(client, "/sign-in", fields, page="/sign-in")
    assert (answer.status_code, answer.location) == (303, "/")
    shown = client.get("/")
    assert "Ann" in shown.text
    assert shown.headers["Cache-Control"] == "private, no-cache"
    assert people.post(client, "/sign-out").status_code == 303
    assert "Sign out" not in client.get("/").text


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_one_sentence_for_a_wrong_password_and_an_unknown_address(editing, email: str):
    accounts.add(editing.runtime, "ann@example.org", "Ann", Role.EDITOR, PASSWORD)
    client = editing.app.test_client()
    answer = people.post(client, "/sign-in", {"email": email, "password": "wrong"}, page="/sign-in")
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert f'value="{email}"' in answer.text


def test_a_post_without_the_token_is_refused(editing):
    client = people.signed_in(editing.app)
    assert client.post("/sign-out").status_code == 400
    assert "Sign out" in client.get("/").text


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x"])
def test_no_way_leads_elsewhere_after_signing_in(editing, next_page: str):
    accounts.add(editing.runtime, "ann@example.org", "Ann", Role.EDITOR, PASSWORD)
    client = editing.app.test_client()
    fields = {"email": "ann@example.org", "password": PASSWORD, "next": next_page}
    assert people.post(client, "/sign-in", fields, page="/sign-in").location == "/"


def test_who_is_signed_out_gets_no_cookie(client: FlaskClient):
    for address in ("/", "/resolutions", "/static/none/nothing.css"):
        assert "Set-Cookie" not in client.get(address).headers
