"""One's own account: name, password, sessions, tokens. What holds it besides the password is in `factors`."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.domain.accounts import Scope
from tracker.domain.errors import ConflictError, InputError, NotFoundError, TooManyError
from tracker.domain.vocab import Role
from tracker.store import accounts as stored
from tracker.store import api_tokens as stored_tokens
from tracker.store import passkeys as stored_passkeys
from tracker.web import identity, pages
from tracker.web.access import needs, role_words, signed_in
from tracker.web.accounts import words
from tracker.web.language import gettext
from tracker.workflows import accounts, api_tokens, passkeys, sign_in

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@needs(Role.READER)
def index() -> ResponseReturnValue:
    """Show one's own account."""
    return shown({})


def shown(errors: dict[str, str], status: int = 200, **more: Any) -> ResponseReturnValue:
    """Return the page with what went wrong beside its fields; what was typed stays, but for passwords."""
    who, runtime = signed_in(), pages.runtime()
    with pages.reading() as session:
        held = {
            "sessions": stored.sessions_of(session, who.id, pages.now()),
            "tokens": stored_tokens.of_account(session, who.id),
            "passkeys": stored_passkeys.of_account(session, who.id),
            "account": stored.by_id(session, who.id),
        }
    page = render_template(
        "accounts/own.html", errors=errors, typed=request.form, now=pages.now(), this_session=current_user.session_id,
        scopes=[(scope, words.scope(scope)) for scope in Scope], role=role_words(who.role), scope_words=words.scope,
        device_words=words.device,
        codes_offered=runtime.settings.one_time_codes, passkeys_offered=passkeys.offered(runtime), **held, **more,
    )  # fmt: skip
    return page, status, identity.SECRET


@bp.post("/name")
@needs(Role.READER)
def rename() -> ResponseReturnValue:
    """Take another public name."""
    try:
        accounts.rename(pages.runtime(), signed_in().id, request.form.get("name", ""))
    except (InputError, ConflictError) as error:
        return shown({"name": str(error)}, 422)
    return done(gettext("Your name is changed. What you did before keeps the name it had."))


@bp.post("/password")
@needs(Role.READER)
def change_password() -> ResponseReturnValue:
    """Take another password; all other sessions end."""
    form = request.form
    if form.get("new") != form.get("again"):
        return shown({"again": gettext("The two passwords differ.")}, 422)
    try:
        sign_in.change_password(
            pages.runtime(), signed_in().id, old=form.get("old", ""), new=form.get("new", ""),
            key=current_user.fs_uniquifier, place=identity.place(),
        )  # fmt: skip
    except TooManyError as error:
        return shown({"old": words.wait(error)}, 429)
    except InputError as error:
        return shown({"old" if str(error) == sign_in.WRONG else "new": str(error)}, 422)
    return done(gettext("Your password is changed. You are signed out everywhere else."))


@bp.post("/sessions/<id:session_id>/end")
@needs(Role.READER)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out on another device."""
    try:
        sign_in.end_number(pages.runtime(), signed_in().id, session_id)
    except NotFoundError as error:
        return done(str(error))
    return done(gettext("That session has ended."))


@bp.post("/sessions/end-others")
@needs(Role.READER)
def end_others() -> ResponseReturnValue:
    """Sign out everywhere else."""
    sign_in.end_others(pages.runtime(), signed_in().id, current_user.fs_uniquifier)
    return done(gettext("You are signed out everywhere else."))


@bp.post("/tokens")
@needs(Role.EDITOR)
def make_token() -> ResponseReturnValue:
    """Make a token and show it, this once."""
    form, who = request.form, signed_in()
    if (refused := wrong_password("token_password")) is not None:
        return refused
    try:
        scopes = [Scope(text) for text in form.getlist("scope") if text in set(Scope)]
        days = int(form.get("days", "")) if form.get("days", "").isdecimal() and len(form["days"]) < 5 else 0
        key = api_tokens.make(pages.runtime(), who.id, form.get("token_name", ""), scopes, days)
    except InputError as error:
        return shown({"token_name": str(error)}, 422)
    return shown({}, 201, new_token=key)


@bp.post("/tokens/<id:token_id>/revoke")
@needs(Role.READER)
def revoke_token(token_id: int) -> ResponseReturnValue:
    """Let a token hold no longer."""
    try:
        api_tokens.revoke(pages.runtime(), signed_in().id, token_id)
    except NotFoundError as error:
        return done(str(error))
    return done(gettext("The token holds no longer."))


def wrong_password(field: str) -> ResponseReturnValue | None:
    """Return the page that says so unless the form's field has one's password: a session left open is not enough."""
    try:
        known = sign_in.check_password(
            pages.runtime(), signed_in().email, request.form.get(field, ""), identity.place()
        )
    except TooManyError as error:
        return shown({field: words.wait(error)}, 429)
    return None if known is not None else shown({field: gettext(sign_in.WRONG)}, 422)


def done(said: str) -> ResponseReturnValue:
    """Lead back to the account's page and say what was done."""
    flash(said)
    return redirect(url_for("account.index"), 303)
