"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import logout_user

from tracker.domain.vocab import Role
from tracker.web import identity
from tracker.web.access import needs, person
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows import sign_in

bp = Blueprint("sign_in", __name__)

NOT_KNOWN = "Address and password do not belong together. Check both, or ask for a link to choose a new password."


@bp.get("/sign-in")
def page() -> ResponseReturnValue:
    """Ask for address and password."""
    if person() is not None:
        return redirect(way_back())
    return render_template("accounts/sign_in.html", email="", errors={}, way_back=way_back())


@bp.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Sign in; what does not belong together is said in one sentence, whichever of the two was wrong."""
    email = request.form.get("email", "")
    account = sign_in.check_password(runtime(), email, request.form.get("password", ""))
    if account is None:
        errors = {"email": gettext(NOT_KNOWN)}
        shown = render_template("accounts/sign_in.html", email=email, errors=errors, way_back=way_back())
        return shown, 422
    return entered(account.id or 0)


def entered(account_id: int) -> ResponseReturnValue:
    """Begin a session in this browser and lead on. Nothing of an earlier one stays: its cookie may be a stranger's."""
    back = way_back()
    key = sign_in.begin(runtime(), account_id, request.user_agent.string)
    session.clear()
    identity.enter(current_app, key, "password")
    return redirect(back, 303)


@bp.post("/sign-out")
@needs(Role.READER)
def leave() -> ResponseReturnValue:
    """End this session, here and in the archive."""
    who = person()
    if who is not None:
        sign_in.end(runtime(), who.id, current_user.fs_uniquifier)
    logout_user()
    session.clear()
    return redirect(url_for("campaigns.index"), 303)


def way_back() -> str:
    """Return where the reader came from, as far as that is a page of this site; the front page otherwise."""
    given = request.values.get("next", "")
    parts = urlsplit(given) if given.isprintable() else None
    ours = parts and not parts.scheme and not parts.netloc and given.startswith("/") and given[1:2] not in {"/", "\\"}
    return given if ours and not given.startswith("/sign-in") else url_for("campaigns.index")
