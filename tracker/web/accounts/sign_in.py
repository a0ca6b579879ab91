"""Signing in with a password, and out."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import logout_user

from tracker.domain.errors import TooManyError
from tracker.domain.vocab import Role
from tracker.web import access, identity
from tracker.web.access import needs
from tracker.web.accounts import words
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows import passkeys, second_factors, sign_in

bp = Blueprint("sign_in", __name__)
HALF, HALF_SECONDS = "half", 300

NOT_KNOWN = "Address and password do not belong together. Check both, or ask for a link to choose a new password."


@bp.get("/sign-in")
def page() -> ResponseReturnValue:
    """Ask for address and password."""
    if access.person() is not None:
        return redirect(way_back())
    return _form("", {}), 200, identity.SECRET


@bp.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Sign in; what does not belong together is said in one sentence, whichever of the two was wrong."""
    email = request.form.get("email", "")
    try:
        account = sign_in.check_password(runtime(), email, request.form.get("password", ""), identity.place())
    except TooManyError as error:
        return _form(email, {"": words.wait(error)}), 429, {**identity.SECRET, **words.retry_after(error)}
    if account is None:
        return _form(email, {"email": gettext(NOT_KNOWN)}), 422, identity.SECRET
    if second_factors.is_on(runtime(), account.id or 0):
        back = way_back()
        session.clear()
        session[HALF] = [account.id, runtime().clock().timestamp()]
        return redirect(url_for("factors.code", next=back), 303)
    return entered(account.id or 0, "password")


def half_signed_in() -> int | None:
    """Return the number of the account whose password was given in this browser a moment ago, its code not yet."""
    account_id, since = session.get(HALF) or (None, 0)
    return account_id if runtime().clock().timestamp() - since < HALF_SECONDS else None


def _form(email: str, errors: dict[str, str]) -> str:
    by_passkey = passkeys.offered(runtime())
    return render_template(
        "accounts/sign_in.html", email=email, errors=errors, way_back=way_back(), by_passkey=by_passkey
    )


def entered(account_id: int, how: str) -> ResponseReturnValue:
    """Begin a session in this browser and lead on. Nothing of an earlier one stays: its cookie may be a stranger's."""
    back = way_back()
    if (before := access.person()) is not None:
        sign_in.end(runtime(), before.id, current_user.fs_uniquifier)
    key = sign_in.begin(runtime(), account_id, request.user_agent.string)
    session.clear()
    identity.enter(current_app, key, how)
    return redirect(back, 303)


@bp.post("/sign-out")
@needs(Role.READER)
def leave() -> ResponseReturnValue:
    """End this session, here and in the archive."""
    sign_in.end(runtime(), access.signed_in().id, current_user.fs_uniquifier)
    logout_user()
    session.clear()
    return redirect(url_for("campaigns.index"), 303)


def way_back() -> str:
    """Return where the reader came from, as far as that is a page of this site; the front page otherwise."""
    given = request.values.get("next", "")
    try:
        parts = urlsplit(given) if given.isprintable() and "\\" not in given else None
    except ValueError:
        parts = None
    ours = parts and not parts.scheme and not parts.netloc and given.startswith("/") and not given.startswith("//")
    return given if ours and not given.startswith("/sign-in") else url_for("campaigns.index")
