"""Who is signed in, and what a view asks of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized

from tracker.domain.accounts import may
from tracker.domain.vocab import Role
from tracker.web.language import gettext, later

View = TypeVar("View", bound=Callable[..., Any])

ROLE_WORDS = {
    Role.READER: later("reader"),
    Role.EDITOR: later("editor"),
    Role.PUBLISHER: later("publisher"),
    Role.ADMINISTRATOR: later("administrator"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in. `name` is public and is what the archive keeps of them; the address is for them alone."""

    id: int
    name: str
    email: str
    role: Role


def person() -> Person | None:
    """Return who is signed in, or None."""
    found: Person | None = getattr(current_user, "person", None)
    return found


def signed_in() -> Person:
    """Return who is signed in; a view that `needs` a role can rely on it."""
    found = person()
    if found is None:
        raise Unauthorized
    return found


def needs(role: Role) -> Callable[[View], View]:
    """Let a view be asked only by people with this role or a higher one; it stands below the route: `@bp.get(…)` first.

    Signed out, a page sends to the sign-in page and back, anything else is refused with 401. Too low a role is 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*arguments: Any, **named: Any) -> Any:
            who = person()
            if who is None:
                if request.method not in {"GET", "HEAD"}:
                    raise Unauthorized
                here = request.full_path if request.query_string else request.path
                return redirect(url_for("sign_in.page", next=here))
            if not may(who.role, role):
                raise Forbidden(
                    gettext("This takes the role %(needed)s; you are %(own)s.")
                    % {"needed": role_words(role), "own": role_words(who.role)}
                )
            return view(*arguments, **named)

        # Read by the test that holds every route to its role.
        vars(guarded)["needs"] = role
        return cast("View", guarded)

    return guard


def role_words(role: Role) -> str:
    """Return a role as people read it."""
    return gettext(ROLE_WORDS[role])
