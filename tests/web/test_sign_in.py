"""Signing in and out, one-time links, forms of one's own account, the administrators' page of accounts."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from tests import runtimes
from tests.web import people, scenario
from tracker.domain.accounts import LinkPurpose
from tracker.domain.vocab import Role
from tracker.store import accounts as rows
from tracker.store.engine import reading
from tracker.web import factory
from tracker.web.factory import create_app
from tracker.workflows import accounts, one_time_links, passwords, second_factors, sign_in, throttle
from tracker.workflows.send_notices import send_notices

PASSWORD, OTHER = "seven quiet herons", "eight loud starlings"


@pytest.fixture
def ann(editing):
    """An editor who has a password."""
    return accounts.add(editing.runtime, "ann@example.org", "Ann", Role.EDITOR, PASSWORD)


def enter(app: Flask, **fields: str):
    """Fill in the form at the sign-in page; return the client and the answer."""
    client = app.test_client()
    given = {"email": "ann@example.org", "password": PASSWORD, **fields}
    return client, people.post(client, "/sign-in", given, page="/sign-in")


def test_who_knows_address_and_password_is_signed_in_and_out_again(editing, ann):
    client, answer = enter(editing.app, email="Ann@Example.org")
    assert (answer.status_code, answer.location) == (303, "/")
    shown = client.get("/")
    assert "Ann" in shown.text
    assert shown.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in shown.headers["Vary"]
    assert people.post(client, "/sign-out").status_code == 303
    assert "Sign out" not in client.get("/").text


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_one_sentence_for_a_wrong_password_and_an_unknown_address(editing, ann, email: str):
    _, answer = enter(editing.app, email=email, password="wrong")
    assert answer.status_code == 422
    text = re.sub(r'value="[^"]+"', "", answer.text)
    assert "do not belong together" in text
    assert "Ann" not in text
    assert f'value="{email}"' in answer.text


def test_an_unknown_address_costs_as_much_as_a_known_one(editing, ann, monkeypatch):
    """Of the time to answer nearly all goes into the hash; it is counted, for clocks lie on a busy machine."""
    verified, hasher = [], passwords.HASHER

    class Counting:
        def verify(self, kept, password):
            verified.append(kept.split("$")[:4])
            return hasher.verify(kept, password)

        hash = staticmethod(hasher.hash)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    for email in ("ann@example.org", "nobody@example.org"):
        enter(editing.app, email=email, password="wrong")
    assert len(verified) == 2
    assert verified[0] == verified[1]


def test_after_too_many_tries_the_page_says_how_long_to_wait(editing, ann):
    for _ in range(throttle.OF_ACCOUNT):
        throttle.begin(editing.runtime, ann.email, "192.0.2.1")
    _, answer = enter(editing.app)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Try again in 15 minutes." in answer.text


def test_a_forms_token_is_asked_for_and_that_of_another_session_is_none(editing):
    client, other = people.signed_in(editing.app), people.signed_in(editing.app)
    assert client.post("/sign-out").status_code == 400
    token = people.token_of(other, "/")
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert "Sign out" in client.get("/").text


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:x", "///x", "/\n/x",
     "http:/x", "//[x", "/\t/evil.example"],
)  # fmt: skip
def test_no_way_leads_elsewhere_after_signing_in(editing, ann, elsewhere: str):
    _, answer = enter(editing.app, next=elsewhere)
    assert answer.location == "/"


def test_signing_in_leads_back_to_the_page_that_asked_for_it(editing, ann):
    asked = editing.app.test_client().get("/account?x=1")
    assert (asked.status_code, asked.location) == (302, "/sign-in?next=/account?x%3D1")
    _, answer = enter(editing.app, next="/account?x=1")
    assert answer.location == "/account?x=1"


def test_nothing_of_a_strangers_cookie_stays_after_signing_in(editing, ann):
    stranger = people.signed_in(editing.app, Role.READER, "Stranger")
    token = people.token_of(stranger, "/")
    key = _key(stranger)
    fields = {"email": ann.email, "password": PASSWORD, "csrf_token": token}
    assert stranger.post("/sign-in", data=fields).status_code == 303
    assert sign_in.found(editing.runtime, _key(stranger)).account.id == ann.id
    assert sign_in.found(editing.runtime, key) is None
    assert stranger.post("/sign-out", data={"csrf_token": token}).status_code == 400


def _key(client: FlaskClient) -> str:
    with client.session_transaction() as cookie:
        return cookie.get("_user_id", "")


@pytest.mark.parametrize(("url", "secure"), [("https://whereas.example", True), ("http://127.0.0.1:8000", False)])
def test_no_script_and_no_other_site_gets_the_cookie(sqlite_database, tmp_path, url: str, secure: bool):
    with runtimes.opened(sqlite_database, tmp_path, public_url=url) as runtime:
        answer = create_app(runtime).test_client().get("/sign-in")
    [cookie] = answer.headers.getlist("Set-Cookie")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert ("Secure" in parts) is secure
    assert not {part for part in parts if part.startswith(("Domain", "Expires", "Max-Age"))}


def test_a_cookie_that_somebody_made_up_signs_nobody_in(editing, ann):
    client = editing.app.test_client()
    client.set_cookie(editing.app.config["SESSION_COOKIE_NAME"], "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb")
    assert client.get("/account").status_code == 302
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(ann.id)
    assert client.get("/account").status_code == 302


def test_who_is_signed_out_gets_no_cookie(client: FlaskClient):
    for address in (
        "/",
        "/resolutions",
        "/letters",
        f"/campaigns/{scenario.CAMPAIGN}/timeline",
        "/sources",
        "/nothing",
    ):
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers
        assert "Sign out" not in answer.text
        assert "forms.css" not in answer.text


def test_style_and_script_know_nothing_of_cookies(editing):
    client = people.signed_in(editing.app)
    [address] = re.findall(r'href="(/static/[^"]+forms\.css)"', client.get("/").text)
    with client.get(address) as answer:
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Vary" not in answer.headers


def test_too_low_a_role_is_told_who_can_help(editing):
    answer = people.signed_in(editing.app, Role.EDITOR).get("/people")
    assert answer.status_code == 403
    assert "This takes the role administrator; you are editor." in answer.text
    assert "An administrator can give you the role that may." in answer.text


# --- one-time links ---------------------------------------------------------------------------------------------------


def path_of(link: str) -> str:
    return link.removeprefix("http://127.0.0.1:8000")


def test_a_link_that_is_looked_at_still_works_and_is_handed_to_nobody(editing, ann):
    path = path_of(one_time_links.make(editing.runtime, ann.id, LinkPurpose.INVITATION))
    client = editing.app.test_client()
    seen = client.get(path)
    assert (seen.status_code, seen.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert seen.headers["Cache-Control"] == "private, no-store"
    differ = people.post(client, path, {"password": OTHER, "again": PASSWORD}, page=path)
    assert (differ.status_code, "The two passwords differ." in differ.text) == (422, True)
    done = people.post(client, path, {"password": OTHER, "again": OTHER}, page=path)
    assert done.status_code == 303
    assert "Sign out" in client.get("/").text
    again = editing.app.test_client().get(path)
    assert (again.status_code, "holds no more" in again.text) == (404, True)


def test_the_first_administrator_is_made_by_a_link(editing):
    path = path_of(one_time_links.for_first_administrator(editing.runtime))
    client = editing.app.test_client()
    fields = {"email": "no address", "name": "Ada", "password": PASSWORD, "again": PASSWORD}
    wrong = people.post(client, path, fields, page=path)
    assert wrong.status_code == 422
    assert "is no mail address" in wrong.text
    assert 'value="Ada"' in wrong.text
    assert people.post(client, path, {**fields, "email": "ada@example.org"}, page=path).status_code == 303
    assert client.get("/people").status_code == 200


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown_addresses(editing, ann):
    said = []
    for email in ("ann@example.org", "nobody@example.org"):
        client = editing.app.test_client()
        answer = people.post(client, "/forgotten-password", {"email": email}, page="/forgotten-password")
        assert (answer.status_code, answer.location) == (303, "/sign-in")
        answer.close()
        said.append(re.sub(r'value="[^"]+"', "", client.get("/sign-in").text))
    assert said[0] == said[1]
    assert "a link to choose a new password is on its way" in said[0]
    send_notices(editing.runtime)
    [mail] = editing.runtime.settings.outbox.iterdir()
    [path] = set(re.findall(r"/welcome/[\w-]{43}", mail.read_text(encoding="utf-8").replace("=\n", "")))
    assert editing.app.test_client().get(path).status_code == 200


# --- one's own account ------------------------------------------------------------------------------------------------


def test_a_name_a_password_and_sessions_are_changed_on_ones_own_page(editing, ann):
    client, _ = enter(editing.app)
    other, _ = enter(editing.app)
    accounts.add(editing.runtime, "bo@example.org", "Bo", Role.EDITOR)
    taken = people.post(client, "/account/name", {"name": "bo"})
    assert (taken.status_code, "is taken" in taken.text) == (422, True)
    assert people.post(client, "/account/name", {"name": "Ann Lee"}).status_code == 303
    assert "Ann Lee" in client.get("/account").text
    wrong = people.post(client, "/account/password", {"old": "wrong", "new": OTHER, "again": OTHER})
    assert (wrong.status_code, "This is not your password." in wrong.text) == (422, True)
    assert OTHER not in wrong.text
    assert people.post(client, "/account/password", {"old": PASSWORD, "new": OTHER, "again": OTHER}).status_code == 303
    assert (client.get("/account").status_code, other.get("/account").status_code) == (200, 302)


def test_a_session_elsewhere_is_ended_from_here(editing, ann):
    here, there = enter(editing.app)[0], enter(editing.app)[0]
    [number] = re.findall(r'action="/account/sessions/(\d+)/end"', here.get("/account").text)
    assert people.post(here, f"/account/sessions/{number}/end").status_code == 303
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 302)


def test_with_codes_switched_on_a_password_alone_signs_nobody_in(editing, ann):
    client, _ = enter(editing.app)
    letters = re.search(r"<code>([A-Z2-7 ]{30,})</code>", client.get("/account/codes").text)[1]
    app, clock = TOTP(key=letters.replace(" ", "")), editing.runtime.clock
    token = people.token_of(client, "/")
    fields = {"code": app.generate(clock()).token, "csrf_token": token}
    refused = client.post("/account/codes", data=fields)
    assert refused.status_code == 422, "a session left open is not enough"
    letters = re.search(r"<code>([A-Z2-7 ]{30,})</code>", refused.text)[1]
    app = TOTP(key=letters.replace(" ", ""))
    fields |= {"code": app.generate(clock()).token, "codes_password": PASSWORD}
    assert client.post("/account/codes", data=fields).status_code == 303
    clock.forward(minutes=2)
    client, answer = enter(editing.app, next="/letters")
    assert (answer.status_code, answer.location) == (303, "/sign-in/code?next=/letters")
    assert client.get("/account").status_code == 302
    fields = {"code": "1", "next": "/letters"}
    assert people.post(client, "/sign-in/code", fields, page="/sign-in/code").status_code == 422
    right = {**fields, "code": app.generate(clock()).token}
    done = people.post(client, "/sign-in/code", right, page="/sign-in/code")
    assert (done.status_code, done.location) == (303, "/letters")
    assert client.get("/account").status_code == 200
    # A link that chooses a password does not stand for the second factor.
    path = path_of(one_time_links.make(editing.runtime, ann.id, LinkPurpose.RESET))
    chosen = people.post(editing.app.test_client(), path, {"password": OTHER, "again": OTHER}, page=path)
    assert chosen.location == "/sign-in"


def test_the_step_between_password_and_code_does_not_wait_for_ever(editing, ann):
    offer = second_factors.offer(editing.runtime, ann)
    app = TOTP(key=offer.letters.replace(" ", ""))
    second_factors.switch_on(editing.runtime, ann.id, offer.kept, app.generate(editing.runtime.clock()).token)
    client, _ = enter(editing.app)
    assert client.get("/sign-in/code").status_code == 200
    editing.runtime.clock.forward(minutes=6)
    assert client.get("/sign-in/code").location == "/sign-in"


# --- the administrators' page -----------------------------------------------------------------------------------------


def test_an_administrator_invites_changes_and_disables(editing, ann):
    client = people.signed_in(editing.app, Role.ADMINISTRATOR, "Ada")
    fields = {"email": "bo@example.org", "name": "Bo", "role": "reader"}
    made = people.post(client, "/people", fields)
    assert made.status_code == 201
    [path] = re.findall(r"/welcome/[\w-]{43}", made.text)
    assert editing.app.test_client().get(path).status_code == 200
    assert path not in client.get("/people").text
    again = people.post(client, "/people", fields)
    assert (again.status_code, "has an account already" in again.text) == (422, True)
    assert people.post(client, f"/people/{ann.id}/role", {"role": "publisher"}).status_code == 303
    assert people.post(client, f"/people/{ann.id}/active", {"active": "no"}).status_code == 303
    with reading(editing.runtime.engine) as session:
        found = rows.by_id(session, ann.id)
    assert (found.role, found.active) == (Role.PUBLISHER, False)
    assert people.post(client, f"/people/{ann.id}/role", {"role": "king"}).status_code == 422
    assert people.post(client, "/people/999/role", {"role": "reader"}).status_code == 404


def test_the_last_administrator_cannot_be_taken_away(editing):
    client = people.signed_in(editing.app, Role.ADMINISTRATOR, "Ada")
    with reading(editing.runtime.engine) as session:
        ada = rows.by_name(session, "Ada")
    for address, fields in ((f"/people/{ada.id}/role", {"role": "editor"}), (f"/people/{ada.id}/active", {})):
        answer = people.post(client, address, fields)
        assert (answer.status_code, "This is the last administrator" in answer.text) == (422, True)
    assert client.get("/people").status_code == 200


def test_a_page_of_who_is_signed_in_has_every_header_that_guards(editing):
    answer = people.signed_in(editing.app, Role.ADMINISTRATOR).get("/people")
    assert {name: answer.headers[name] for name in factory.SECURITY_HEADERS} == {
        **factory.SECURITY_HEADERS,
        "Referrer-Policy": "no-referrer",
    }
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_form_of_a_session_that_has_ended_says_what_to_do(editing):
    client = people.signed_in(editing.app)
    answer = client.post("/account/name", data={"name": "Zed"})
    assert (answer.status_code, "what you typed is still there" in answer.text) == (400, True)


def test_an_archive_that_cannot_be_read_is_said_on_a_page_to_who_is_signed_in_too(editing):
    client = people.signed_in(editing.app)
    with editing.runtime.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE account_session")
    answer = client.get("/letters")
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "The archive cannot be read just now" in answer.text


@pytest.mark.parametrize(("proxies", "waits"), [(0, True), (1, False)])
def test_behind_a_proxy_each_reader_is_a_place_of_their_own(sqlite_database, tmp_path, proxies: int, waits: bool):
    with runtimes.opened(sqlite_database, tmp_path, trusted_proxies=proxies) as runtime:
        app = create_app(runtime)
        for number in range(throttle.OF_PLACE):
            throttle.begin(runtime, f"{number}@example.org", "127.0.0.1")
        client = app.test_client()
        token = people.token_of(client, "/sign-in")
        fields = {"email": "ann@example.org", "password": "x", "csrf_token": token}
        answer = client.post("/sign-in", data=fields, headers={"X-Forwarded-For": "198.51.100.9"})
    assert (answer.status_code == 429) is waits


def test_over_https_forms_are_taken_from_pages_that_have_the_browser_send_no_referer(editing, ann):
    client, there = editing.app.test_client(), {"base_url": "https://localhost"}
    page = client.get("/sign-in", **there)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    given = {"email": "ann@example.org", "password": PASSWORD, "csrf_token": people.TOKEN.search(page.text)[1]}
    assert client.post("/sign-in", data=given, **there).status_code == 303
    assert client.post("/sign-in", data={**given, "csrf_token": "made up"}, **there).status_code == 400


def test_a_number_that_no_column_holds_is_no_page(editing):
    client = people.signed_in(editing.app, Role.ADMINISTRATOR)
    for address in ("/people/99999999999/speaks-for", "/editing/imports/99999999999"):
        assert people.post(client, address, page="/account").status_code == 404
