"""The accounts of an installation, for its administrators."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.accounts import RISING, LinkPurpose
from tracker.domain.errors import ConflictError, InputError
from tracker.domain.vocab import Role
from tracker.store import accounts as stored
from tracker.web import identity, pages
from tracker.web.access import needs, role_words
from tracker.web.language import gettext
from tracker.workflows import accounts, one_time_links, second_factors

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.get("")
@needs(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """List the accounts."""
    return shown({})


def shown(errors: dict[str, str], status: int = 200, **more: Any) -> ResponseReturnValue:
    """Return the list, with what went wrong or a link that is shown this once."""
    with pages.reading() as session:
        rows = stored.every(session)
    roles = [(role, role_words(role)) for role in RISING]
    page = render_template("accounts/people.html", rows=rows, roles=roles, errors=errors, typed=request.form, **more)
    return page, status, identity.SECRET


@bp.post("")
@needs(Role.ADMINISTRATOR)
def invite() -> ResponseReturnValue:
    """Make an account and show the link by which its owner chooses a password."""
    form = request.form
    try:
        role = _role(form.get("role", ""))
        account = accounts.add(pages.runtime(), form.get("email", ""), form.get("name", ""), role)
    except (InputError, ConflictError) as error:
        return shown({"email": str(error)}, 422)
    link = one_time_links.make(pages.runtime(), account.id, LinkPurpose.INVITATION)
    return shown({}, 201, link=link, link_for=account.name)


@bp.post("/<id:account_id>/role")
@needs(Role.ADMINISTRATOR)
def change_role(account_id: int) -> ResponseReturnValue:
    """Give somebody another role; their sessions end."""
    try:
        role = _role(request.form.get("role", ""))
        accounts.change_role(pages.runtime(), account_id, role)
    except (InputError, ConflictError) as error:
        return shown({"": str(error)}, 422)
    return _done(gettext("The role is changed; that account is signed out everywhere."))


@bp.post("/<id:account_id>/active")
@needs(Role.ADMINISTRATOR)
def set_active(account_id: int) -> ResponseReturnValue:
    """Let somebody sign in, or no longer."""
    active = request.form.get("active") == "yes"
    try:
        accounts.set_active(pages.runtime(), account_id, active=active)
    except ConflictError as error:
        return shown({"": str(error)}, 422)
    return _done(gettext("They may sign in again.") if active else gettext("They are signed out and may not sign in."))


@bp.post("/<id:account_id>/link")
@needs(Role.ADMINISTRATOR)
def reset(account_id: int) -> ResponseReturnValue:
    """Show a link by which somebody chooses a new password; codes and passkeys they lost are taken away."""
    second_factors.take_away(pages.runtime(), account_id)
    link = one_time_links.make(pages.runtime(), account_id, LinkPurpose.INVITATION)
    with pages.reading() as session:
        account = stored.by_id(session, account_id)
    return shown({}, 201, link=link, link_for=account.name if account else "")


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise InputError(gettext("Choose a role.")) from error


def _done(said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("people.index"), 303)
