"""Deadlines for next year's meeting that a proxy statement states, and that no rule gives without the by-laws.

Source: 17 CFR 240.14a-5(e), by which a proxy statement says them; 17 CFR 240.14a-19(b)(1).
"""

from tracker.domain.dates import PartialDate
from tracker.domain.deadline_rules import Deadline, DeadlineCode, anniversary
from tracker.domain.vocab import Basis

UNIVERSAL_PROXY_DAYS = 60


def nomination_notice(opens: PartialDate | None, closes: PartialDate) -> Deadline:
    """Return the last day for notice of nominations and other business, which only the by-laws set."""
    note = f"Not before {opens.words()}." if opens is not None else ""
    return Deadline(
        DeadlineCode.NOMINATION_NOTICE,
        "Notice of nominations and other business",
        "the company's by-laws",
        "by-laws",
        "by advance notice under the",
        None,
        closes,
        Basis.STATED_IN_PROXY,
        note=note,
    )


def proxy_access(closes: PartialDate) -> Deadline:
    """Return the last day for nominees to be printed in the company's proxy statement, which only the by-laws set."""
    return Deadline(
        DeadlineCode.PROXY_ACCESS,
        "Nominees for the company's proxy statement (proxy access)",
        "the company's by-laws",
        "by-laws",
        "by proxy access under the",
        None,
        closes,
        Basis.STATED_IN_PROXY,
    )


def universal_proxy(closes: PartialDate, previous_meeting_on: PartialDate | None) -> Deadline:
    """Return the day stated for notice of one's own nominees, with the day that the rule gives as a note.

    Rule 14a-19(b)(1): 60 calendar days before the anniversary of the previous annual meeting; the by-laws may ask for
    it earlier, never later.
    """
    note = ""
    if previous_meeting_on is not None:
        ruled = previous_meeting_on.moved(anniversary).shifted(-UNIVERSAL_PROXY_DAYS)
        note = (
            "" if ruled.overlaps(closes) else f"The rule alone gives {ruled.words()}; by-laws may ask for it earlier."
        )
    return Deadline(
        DeadlineCode.UNIVERSAL_PROXY,
        "Notice of own nominees (universal proxy)",
        "Rule 14a-19(b)(1)",
        "previous annual meeting",
        f"{UNIVERSAL_PROXY_DAYS} calendar days before the anniversary of the",
        previous_meeting_on,
        closes,
        Basis.STATED_IN_PROXY,
        note=note,
    )
