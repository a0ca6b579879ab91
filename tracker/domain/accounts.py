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
