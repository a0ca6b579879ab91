"""Who may do what: roles rise, a token has scopes, a link has one purpose. How long each holds."""

from datetime import timedelta
from enum import StrEnum

from tracker.domain.vocab import Role


class LinkPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    FIRST_ADMINISTRATOR = "first_administrator"
    INVITATION = "invitation"
    RESET = "reset"


class Scope(StrEnum):
    """What a program may do with a token; never more than its owner's role."""

    DOCUMENTS = "documents"
    DECISIONS = "decisions"


class AccountAct(StrEnum):
    """What was done to an account."""

    MADE = "made"
    ROLE_CHANGED = "role_changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    RENAMED = "renamed"
    LINK_MADE = "link_made"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code, no secret
    CODES_ON = "codes_on"
    CODES_OFF = "codes_off"
    PASSKEY_MADE = "passkey_made"
    PASSKEY_TAKEN = "passkey_taken"
    TOKEN_MADE = "token_made"  # noqa: S105 - a code, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a code, no secret


# Who did something to an account where nobody was signed in.
COMMAND_LINE = "command line"
BY_MAIL = "who asked for it by mail"
RISING = (Role.READER, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)
# A day without a page asked for ends a session; a week ends it whatever was asked.
IDLE = timedelta(hours=24)
ABSOLUTE = timedelta(days=7)
LONGEST_TOKEN_DAYS = 366
LINK_HOLDS = {
    LinkPurpose.FIRST_ADMINISTRATOR: timedelta(days=1),
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.RESET: timedelta(hours=1),
}


def may(role: Role, needed: Role) -> bool:
    """Return whether a role is the one needed or stands above it."""
    return RISING.index(role) >= RISING.index(needed)
