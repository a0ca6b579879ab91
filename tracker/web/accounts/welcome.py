"""One-time links: choosing a password, the first administrator, a forgotten password."""

import logging

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError, NotFoundError, TooManyError, TrackerError
from tracker.web import identity
from tracker.web.accounts import sign_in, words
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows import one_time_links

log = logging.getLogger(__name__)
bp = Blueprint("welcome", __name__)

ASKED = "If somebody here has this address, a link to choose a new password is on its way. It holds for an hour."


@bp.get("/welcome/<key>")
def page(key: str) -> ResponseReturnValue:
    """Ask for a password; nothing is used up by looking: programs look at links in mail."""
    try:
        found = one_time_links.found(runtime(), key)
    except NotFoundError as error:
        return _gone(error)
    return _form(found, {}), 200, identity.SECRET


@bp.post("/welcome/<key>")
def enter(key: str) -> ResponseReturnValue:
    """Give the account its password, or make the first administrator, and sign in."""
    form = request.form
    try:
        found = one_time_links.found(runtime(), key)
        if form.get("password") != form.get("again"):
            return _form(found, {"again": gettext("The two passwords differ.")}), 422, identity.SECRET
        if found.account is None:
            account = one_time_links.first_administrator(
                runtime(), key, email=form.get("email", ""), name=form.get("name", ""), password=form["password"]
            )
        else:
            account = one_time_links.choose_password(runtime(), key, form["password"])
    except NotFoundError as error:
        return _gone(error)
    except (InputError, ConflictError) as error:
        return _form(found, {"password": str(error)}), 422, identity.SECRET
    if account.totp_secret and runtime().settings.one_time_codes:
        flash(gettext("Your password is kept. Sign in with it."))
        return redirect(url_for("sign_in.page"), 303)
    return sign_in.entered(account.id or 0, "link")


def _form(found: one_time_links.Welcome, errors: dict[str, str]) -> str:
    return render_template("accounts/welcome.html", found=found, errors=errors, typed=request.form)


def _gone(error: NotFoundError) -> ResponseReturnValue:
    return render_template("accounts/link_gone.html", said=str(error)), 404, identity.SECRET


@bp.get("/forgotten-password")
def forgotten() -> ResponseReturnValue:
    """Ask for the address that a link shall go to."""
    return render_template("accounts/forgotten.html", errors={}, email=""), 200, identity.SECRET


@bp.post("/forgotten-password")
def asked() -> ResponseReturnValue:
    """Say the same of every address; a known one gets its mail after the answer, whose time says nothing."""
    email, surroundings = request.form.get("email", ""), runtime()
    try:
        one_time_links.may_ask(surroundings, email, identity.place())
    except TooManyError as error:
        shown = render_template("accounts/forgotten.html", errors={"": words.wait(error)}, email=email)
        return shown, 429, {**identity.SECRET, **words.retry_after(error)}
    flash(gettext(ASKED))
    answer: Response = make_response(redirect(url_for("sign_in.page"), 303))

    def send() -> None:
        try:
            one_time_links.send_reset(surroundings, email)
        except TrackerError as error:
            log.exception("link to choose a password not sent", exc_info=error)

    answer.call_on_close(send)
    return answer
