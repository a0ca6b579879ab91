"""People who are signed in: test clients with a session of their own, as a browser would have after signing in."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tracker.domain.vocab import Role
from tracker.store import accounts as rows
from tracker.store.engine import reading
from tracker.workflows import accounts, sign_in

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_numbers = itertools.count(1)


def signed_in(app: Flask, role: Role = Role.EDITOR, name: str = "") -> FlaskClient:
    """Return a client signed in as somebody with this role; the account is made unless the name has one."""
    runtime = app.extensions["runtime"]
    name = name or f"{role.capitalize()} {next(_numbers)}"
    with reading(runtime.engine) as session:
        account = rows.by_name(session, name)
    if account is None:
        account = accounts.add(runtime, f"{'.'.join(name.lower().split())}@example.org", name, role)
    client = app.test_client()
    enter(client, account.id)
    return client


def enter(client: FlaskClient, account_id: int) -> None:
    """Give a client a new session of an account."""
    key = sign_in.begin(client.application.extensions["runtime"], account_id, "test")
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.update({"_user_id": key, "_fresh": True})


def cookie_of(app: Flask, role: Role = Role.EDITOR, name: str = "") -> dict[str, str]:
    """Return the cookie of somebody signed in, as playwright's `context.add_cookies` takes it, without its address."""
    cookie = signed_in(app, role, name).get_cookie(app.config["SESSION_COOKIE_NAME"])
    return {"name": cookie.key, "value": cookie.value}


def token_of(client: FlaskClient, address: str) -> str:
    """Return the token that a page's form carries."""
    found = TOKEN.search(client.get(address).text)
    assert found, f"no form with a token at {address}"
    return found[1]


def post(
    client: FlaskClient, address: str, fields: Mapping[str, Any] | None = None, *, page: str = "", **options: Any
) -> TestResponse:
    """Post a form with the token of the page it stands on (`page`; the front page's where it is not said)."""
    token = token_of(client, page or "/")
    return client.post(address, data={**(fields or {}), "csrf_token": token}, **options)
