"""Words of mailing: how often mail comes, and why an address is not mailed."""

from enum import StrEnum


class Frequency(StrEnum):
    """How often somebody gets the digest."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class SuppressionReason(StrEnum):
    """Why an address is not mailed any more."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    ASKED = "asked"
