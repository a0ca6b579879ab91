"""What holds an account besides its password: one-time codes and passkeys; and signing in with them."""

from typing import Any

import segno
from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError, NotFoundError, TooManyError
from tracker.domain.vocab import Role
from tracker.store import accounts as stored
from tracker.web import access, identity, pages
from tracker.web.access import needs, signed_in
from tracker.web.accounts import own, words
from tracker.web.accounts import sign_in as entering
from tracker.web.language import gettext
from tracker.workflows import passkeys, second_factors, sign_in

bp = Blueprint("factors", __name__)

OFFERED, CHALLENGE = "offered_secret", "passkey_challenge"


# --- one-time codes ---------------------------------------------------------------------------------------------------


@bp.get("/sign-in/code")
def code() -> ResponseReturnValue:
    """Ask who has given address and password for the code of now."""
    if entering.half_signed_in() is None:
        return redirect(url_for("sign_in.page"))
    return _code_form({}), 200, identity.SECRET


@bp.post("/sign-in/code")
def enter_code() -> ResponseReturnValue:
    """Sign in whose code it is."""
    account_id = entering.half_signed_in()
    if account_id is None:
        return redirect(url_for("sign_in.page"), 303)
    try:
        right = second_factors.check(pages.runtime(), account_id, request.form.get("code", ""), identity.place())
    except TooManyError as error:
        return _code_form({"code": words.wait(error)}), 429, {**identity.SECRET, **words.retry_after(error)}
    if not right:
        return _code_form({"code": gettext(second_factors.WRONG)}), 422, identity.SECRET
    return entering.entered(account_id, "authenticator")


def _code_form(errors: dict[str, str]) -> str:
    return render_template("accounts/code.html", errors=errors, way_back=entering.way_back())


@bp.get("/account/codes")
@needs(Role.READER)
def new_codes() -> ResponseReturnValue:
    """Offer a secret for an app that makes codes."""
    _only_where(offered=pages.runtime().settings.one_time_codes)
    return _offer({})


def _offer(errors: dict[str, str]) -> ResponseReturnValue:
    with pages.reading() as reading:
        account = stored.by_id(reading, signed_in().id) or abort(404)
    offer = second_factors.offer(pages.runtime(), account)
    session[OFFERED] = offer.kept
    drawn = segno.make(offer.address).svg_data_uri(scale=5, light="white", border=2)
    page = render_template("accounts/codes.html", offer=offer, drawn=drawn, errors=errors)
    return page, 422 if errors else 200, identity.SECRET


@bp.post("/account/codes")
@needs(Role.READER)
def keep_codes() -> ResponseReturnValue:
    """Ask for codes from now on, once one was right."""
    _only_where(offered=pages.runtime().settings.one_time_codes)
    kept = session.pop(OFFERED, "")
    try:
        # Else whoever finds a session open could shut its owner out, or put an app of theirs in place of the owner's.
        if (
            sign_in.check_password(
                pages.runtime(), signed_in().email, request.form.get("codes_password", ""), identity.place()
            )
            is None
        ):
            return _offer({"codes_password": gettext(sign_in.WRONG)})
        second_factors.switch_on(pages.runtime(), signed_in().id, kept, request.form.get("code", ""))
    except TooManyError as error:
        return _offer({"codes_password": words.wait(error)})
    except InputError as error:
        return _offer({"code": str(error)})
    return own.done(gettext("From now on you are asked for a code when you sign in with your password."))


@bp.post("/account/codes/off")
@needs(Role.READER)
def drop_codes() -> ResponseReturnValue:
    """Ask for codes no longer."""
    if (refused := own.wrong_password("codes_password")) is not None:
        return refused
    second_factors.switch_off(pages.runtime(), signed_in().id)
    return own.done(gettext("You are asked for codes no longer."))


# --- passkeys ---------------------------------------------------------------------------------------------------------


@bp.get("/account/passkeys")
@needs(Role.READER)
def new_passkey() -> ResponseReturnValue:
    """Offer to make a passkey on this device."""
    _only_where(offered=passkeys.offered(pages.runtime()))
    return _ask_new({}), 200, identity.SECRET


def _ask_new(errors: dict[str, str]) -> str:
    with pages.reading() as reading:
        account = stored.by_id(reading, signed_in().id) or abort(404)
    asked = passkeys.ask_new(pages.runtime(), account)
    session[CHALLENGE] = asked.challenge
    return render_template("accounts/passkey.html", options=asked.options, errors=errors, typed=request.form)


@bp.post("/account/passkeys")
@needs(Role.READER)
def keep_passkey() -> ResponseReturnValue:
    """Keep the passkey that this device made."""
    _only_where(offered=passkeys.offered(pages.runtime()))
    form, challenge = request.form, session.pop(CHALLENGE, "")
    try:
        account = sign_in.check_password(
            pages.runtime(), signed_in().email, form.get("passkey_password", ""), identity.place()
        )
        if account is None:
            return _ask_new({"passkey_password": gettext(sign_in.WRONG)}), 422, identity.SECRET
        passkeys.keep(pages.runtime(), signed_in().id, form.get("name", ""), form.get("answer", ""), challenge)
    except TooManyError as error:
        return _ask_new({"passkey_password": words.wait(error)}), 429, identity.SECRET
    except (InputError, ConflictError) as error:
        return _ask_new({"": str(error)}), 422, identity.SECRET
    return own.done(gettext("The passkey is kept. You can sign in with it."))


@bp.post("/account/passkeys/<id:passkey_id>/drop")
@needs(Role.READER)
def drop_passkey(passkey_id: int) -> ResponseReturnValue:
    """Take a passkey away."""
    try:
        passkeys.drop(pages.runtime(), signed_in().id, passkey_id)
    except NotFoundError as error:
        return own.done(str(error))
    return own.done(gettext("The passkey opens nothing here any longer."))


@bp.get("/sign-in/passkey")
def passkey() -> ResponseReturnValue:
    """Ask the browser for a passkey of this site."""
    _only_where(offered=passkeys.offered(pages.runtime()))
    if access.person() is not None:
        return redirect(entering.way_back())
    return _ask_who({}), 200, identity.SECRET


def _ask_who(errors: dict[str, str]) -> str:
    asked = passkeys.ask_who(pages.runtime())
    session[CHALLENGE] = asked.challenge
    shown: dict[str, Any] = {"options": asked.options, "errors": errors, "way_back": entering.way_back()}
    return render_template("accounts/passkey_sign_in.html", **shown)


@bp.post("/sign-in/passkey")
def enter_passkey() -> ResponseReturnValue:
    """Sign in whose passkey answered."""
    _only_where(offered=passkeys.offered(pages.runtime()))
    try:
        account = passkeys.who(pages.runtime(), request.form.get("answer", ""), session.pop(CHALLENGE, ""))
    except InputError as error:
        return _ask_who({"": str(error)}), 422, identity.SECRET
    return entering.entered(account.id or 0, "passkey")


def _only_where(*, offered: bool) -> None:
    if not offered:
        abort(404, gettext("This way to sign in is switched off here."))
