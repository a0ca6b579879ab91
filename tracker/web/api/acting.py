"""Who a program acts for: the token in its `Authorization` header, and what that lets it do.

No cookie counts here, so a page of another site can change nothing through somebody's browser, and forms' tokens are
not asked for.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from tracker.domain.accounts import Scope, may
from tracker.domain.vocab import Role
from tracker.models.account import Account
from tracker.web import identity, pages
from tracker.web.api.base import REFUSED, bp
from tracker.workflows import api_tokens

View = TypeVar("View", bound=Callable[..., Any])

READS = frozenset({"GET", "HEAD", "OPTIONS"})
# What an operation that changes something says of itself.
SECURED: dict[str, Any] = {"security": [{"token": []}]}
REFUSALS: dict[str | int, Any] = {401: REFUSED, 403: REFUSED, 503: REFUSED}

identity.csrf.exempt(bp)


def scoped(scope: Scope) -> Callable[[View], View]:
    """Let a view be asked only with a token that has this scope, of an editor; it stands below the route."""

    def mark(view: View) -> View:
        vars(view)["scope"] = scope
        return view

    return mark


@bp.before_request
def let_in() -> None:
    """Refuse whatever could change something unless it comes with a token that may; before anything of it is read."""
    if request.method in READS or request.endpoint is None:
        return
    scope = getattr(current_app.view_functions[request.endpoint], "scope", None)
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise _unknown("Send a token in the header Authorization: Bearer …; people make one on their account's page.")
    found = api_tokens.found(pages.runtime(), given.token)
    if found is None:
        raise _unknown("This token is not known, was revoked, or has expired.")
    account, scopes = found
    if scope not in scopes:
        raise Forbidden(f"This token may not do that: it lacks the scope {scope!s}.")
    if not may(account.role, Role.EDITOR):
        raise Forbidden("The account of this token may not edit.")
    g.acting = account


def acting() -> Account:
    """Return for whom the program acts."""
    account: Account = g.acting
    return account


def _unknown(said: str) -> Unauthorized:
    return Unauthorized(said, www_authenticate=WWWAuthenticate("bearer", {"realm": "Whereas"}))
