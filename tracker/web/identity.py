"""How the site knows people again: Flask-Security over our sessions, cookies, the token that every form carries.

Its pages and its tables stay unused: a session of ours is what it takes for a user (`fs_uniquifier` is the session's
key), so that ending the row signs out, and one person has as many sessions as devices.
"""

from typing import Any

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_security import RoleMixin, Security, UserDatastore, UserMixin, login_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.domain.accounts import ABSOLUTE
from tracker.domain.errors import NotFoundError
from tracker.web.access import Person
from tracker.workflows import sign_in
from tracker.workflows.runtime import Runtime
from tracker.workflows.secret_key import secret_key

csrf = CSRFProtect()
# Of pages that show or take a secret: no cache keeps them, and no address of theirs is handed on.
SECRET = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


class SessionUser(UserMixin):
    """One session of one person, as Flask-Security sees a user."""

    fs_uniquifier = ""

    def __init__(self, person: Person, key: str, session_id: int) -> None:
        """Take who it is, the key that stands in the cookie, and the number of the session's row."""
        self.person, self.fs_uniquifier, self.session_id = person, key, session_id
        self.active, self.roles = True, []


class Sessions(UserDatastore):
    """Where Flask-Security finds who a cookie belongs to. It writes nothing: that is done by workflows."""

    def __init__(self, runtime: Runtime) -> None:
        """Look in this runtime's archive."""
        super().__init__(SessionUser, RoleMixin)
        self.runtime = runtime

    def find_user(self, case_insensitive: bool = False, **by: Any) -> SessionUser | None:  # noqa: ARG002, FBT001, FBT002
        """Return who a session's key belongs to, None when it holds no more, or where the archive cannot be read."""
        if g.get("failed"):
            # The page of an error does without the database.
            return None
        found = sign_in.found(self.runtime, by["fs_uniquifier"])
        if found is None:
            return None
        account = found.account
        person = Person(account.id or 0, account.name, account.email, account.role)
        return SessionUser(person, by["fs_uniquifier"], found.session.id or 0)

    def commit(self) -> None:
        """Do nothing: a workflow's transaction ended with it."""


def same_for_all() -> bool:
    """Return whether what is asked for is the same whoever is signed in: style and script, what programs read."""
    return request.endpoint == "static" or request.blueprint == "api"


def place() -> str:
    """Return the network address that asks; behind a proxy the setting `trusted_proxies` lets it be the reader's."""
    return request.remote_addr or ""


def enter(app: Flask, key: str, how: str) -> None:
    """Sign in here, by the key of a session that was just begun; `how` is what proved who it is."""
    user = Sessions(app.extensions["runtime"]).find_user(fs_uniquifier=key)
    if user is None:
        raise NotFoundError("signing in: the session that was just begun is gone; sign in again")
    login_user(user, authn_via=[how])


class Cookies(SecureCookieSessionInterface):
    """Signed cookies; what is the same for everybody knows nothing of them."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Leave them without `Vary: Cookie`."""
        if not same_for_all():
            super().save_session(app, session, response)


def register(app: Flask, runtime: Runtime) -> None:
    """Let the site know people by a cookie that no script reads, that no other site sends, and that ends."""
    app.config.update(
        SECRET_KEY=secret_key(runtime.settings),
        SECURITY_PASSWORD_SALT="unused: passwords are kept by workflows.passwords",  # noqa: S106 - nothing is salted with it
        SESSION_COOKIE_NAME="whereas",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=runtime.settings.site.startswith("https:"),
        SESSION_PROTECTION=None,
        PERMANENT_SESSION_LIFETIME=ABSOLUTE,
        WTF_CSRF_TIME_LIMIT=None,
        # Over https it would want a Referer as well, and pages under secret addresses have their browser send none.
        WTF_CSRF_SSL_STRICT=False,
    )
    if runtime.settings.trusted_proxies:
        count = runtime.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    app.session_interface = Cookies()
    security = Security(app, Sessions(runtime), register_blueprint=False)
    # It would look for a token in addresses and bodies; ours stand in one header of the interface alone.
    security.login_manager.request_loader(lambda _request: None)
    csrf.init_app(app)
