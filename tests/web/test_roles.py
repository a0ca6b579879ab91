"""Every address asks for the role that `roles.ROLES` says, of everybody; every form is refused without its token."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests import runtimes
from tests.web import people, scenario
from tests.web.roles import EVERYONE, ROLES, SCOPES, WITHOUT_TOKEN
from tracker.domain.accounts import RISING, Scope, may
from tracker.domain.vocab import Role
from tracker.web.factory import create_app
from tracker.workflows import accounts, api_tokens

READS = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory) -> Iterator[Flask]:
    """A site over an empty archive, with somebody of each role."""
    folder = tmp_path_factory.mktemp("roles")
    (folder / "whereas.db").write_bytes(sqlite_template.read_bytes())
    with runtimes.opened(f"sqlite:///{folder / 'whereas.db'}", folder, clock=runtimes.Clock(scenario.NOW)) as runtime:
        yield create_app(runtime)


def guarded(app: Flask) -> list[tuple[Rule, str]]:
    """Every route that can change something or asks for a role, once for each method."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        if rule.endpoint not in SCOPES and (method not in READS or hasattr(app.view_functions[rule.endpoint], "needs"))
    ]


def address(app: Flask, rule: Rule) -> str:
    """Return an address that the route takes; what it names need not exist."""
    values = {name: 1 if type(kind).__name__ in {"RowId", "IntegerConverter"} else "x"
              for name, kind in rule._converters.items()}  # fmt: skip
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_route_that_can_change_something_says_whom_it_lets(app):
    found = {rule.endpoint for rule, _ in guarded(app)}
    assert found == ROLES.keys(), "add the route to tests/web/roles.py, and @needs(Role…) to its view"
    said = {endpoint: getattr(app.view_functions[endpoint], "needs", EVERYONE) for endpoint in found}
    assert said == ROLES


def test_no_route_lets_anybody_in_below_its_role(app):
    wrong = []
    clients = {role: people.signed_in(app, role) for role in RISING}
    outside = app.test_client()
    tokens = {client: people.token_of(client, "/") for client in clients.values()}
    tokens[outside] = people.token_of(outside, "/sign-in")
    for rule, method in guarded(app):
        needed = ROLES[rule.endpoint]
        for role, client in {None: outside, **clients}.items():
            if needed is EVERYONE or (role is not None and may(role, needed)):
                continue
            answer = client.open(address(app, rule), method=method, headers={"X-CSRFToken": tokens[client]})
            refused = 403 if role is not None else 302 if method == "GET" else 401
            to_sign_in = role is not None or method != "GET" or answer.location.startswith("/sign-in?next=")
            if answer.status_code != refused or not to_sign_in:
                wrong.append((rule.rule, method, role, answer.status_code))
    assert not wrong


def test_a_route_lets_in_its_role_and_those_above(app):
    wrong = []
    for rule, method in guarded(app):
        needed = ROLES[rule.endpoint]
        for role in RISING:
            if needed is not EVERYONE and may(role, needed):
                # Each as somebody else: signing out is among what they may do.
                client = people.signed_in(app, role)
                token = people.token_of(client, "/")
                answer = client.open(address(app, rule), method=method, headers={"X-CSRFToken": token})
                if answer.status_code in {401, 403} or answer.status_code >= 500:
                    wrong.append((rule.rule, method, role, answer.status_code, answer.text[-600:]))
    assert not wrong


def test_no_form_is_taken_without_its_token(app):
    wrong = []
    for rule, method in guarded(app):
        if method in READS or rule.endpoint in WITHOUT_TOKEN:
            continue
        client = people.signed_in(app, RISING[-1])
        for headers in ({}, {"X-CSRFToken": "made-up"}):
            answer = client.open(address(app, rule), method=method, headers=headers)
            if answer.status_code != 400 or "CSRF" not in answer.text:
                wrong.append((rule.rule, method, answer.status_code))
    assert not wrong


def test_what_programs_may_change_takes_a_token_of_an_editor_with_the_scope(app):
    runtime = app.extensions["runtime"]
    inside = people.signed_in(app, Role.ADMINISTRATOR)
    editor, reader = (accounts.add(runtime, f"{name}@example.org", name, Role(name)) for name in ("editor", "reader"))
    for endpoint, scope in SCOPES.items():
        assert app.view_functions[endpoint].scope is scope
        [rule] = app.url_map.iter_rules(endpoint)
        other = next(one for one in Scope if one is not scope)

        def status(owner, may, rule=rule):
            key = api_tokens.make(runtime, owner.id, "test", [may], 1)
            return inside.post(rule.rule, json={}, headers={"Authorization": f"Bearer {key}"}).status_code

        refused = inside.post(rule.rule, json={}, headers={"X-CSRFToken": people.token_of(inside, "/")})
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer realm=Whereas")
        assert inside.post(rule.rule, json={}, headers={"Authorization": "Bearer whereas_x"}).status_code == 401
        assert (status(editor, other), status(reader, scope), status(editor, scope)) == (403, 403, 422)


def test_every_address_of_the_interface_that_changes_something_has_a_scope(app):
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and not rule.methods <= READS
    }
    assert changing == SCOPES.keys()
