"""What each rule counts from which day. `deadlines` gathers these for one meeting and holds them against stated dates.

Calendar days unless a function says business days. Rules: 17 CFR 240.14a-8, 240.14a-6(g), Form 8-K Item 5.07 and
Form N-PX, as in DOMAIN.md 2. An anchor known only to the month or as a range gives a range.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain import calendar
from tracker.domain.dates import Edge, PartialDate
from tracker.domain.vocab import Basis

RECEIPT_DAYS = 120
DEFICIENCY_DAYS = 14
MEET_FROM, MEET_UNTIL = 10, 30
REASONS_DAYS = 80
OPPOSITION_DAYS = 30
SOLICITATION_DAYS = 3
RESULT_BUSINESS_DAYS = 4
FUND_YEAR_BEGINS_IN = 7
BASIS_WORDS = {
    Basis.COMPUTED: "computed from the rule",
    Basis.STATED_IN_PROXY: "stated in the proxy statement",
    Basis.STATED_BY_COMPANY: "stated by the company",
    Basis.STATED_BY_SENDER: "stated by the sender",
}


class DeadlineCode(StrEnum):
    """Which deadline it is."""

    PROPOSAL_RECEIPT = "proposal_receipt"
    DEFICIENCY_NOTICE = "deficiency_notice"
    DEFICIENCY_CURE = "deficiency_cure"
    AVAILABILITY_TO_MEET = "availability_to_meet"
    EXCLUSION_NOTICE = "exclusion_notice"
    OPPOSITION_STATEMENT = "opposition_statement"
    SOLICITATION_NOTICE = "solicitation_notice"
    VOTE_RESULT = "vote_result"
    FINAL_VOTE_RESULT = "final_vote_result"
    FUND_VOTES = "fund_votes"
    ABSENCE_BAR = "absence_bar"
    NOMINATION_NOTICE = "nomination_notice"
    PROXY_ACCESS = "proxy_access"
    UNIVERSAL_PROXY = "universal_proxy"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date a rule sets. `on` is None where the rule gives no date, and `note` then says why.

    `anchor` is what it is counted from, in words; `reckoning` how it is counted. `superseded_by` is the date stated
    by the company that is shown instead of this one.
    """

    code: DeadlineCode
    title: str
    rule: str
    anchor: str
    reckoning: str
    anchor_on: PartialDate | None
    on: PartialDate | None
    basis: Basis = Basis.COMPUTED
    superseded_by: PartialDate | None = None
    note: str = ""

    def words(self) -> str:
        """Return the whole deadline as one line: what, when, under which rule, and how the day is known."""
        when = self.on.words() if self.on else "no date"
        anchor = f"{self.anchor}, {self.anchor_on.words()}" if self.anchor_on else self.anchor
        return f"{self.title}: {when} ({self.rule}; {self.reckoning} {anchor}; {BASIS_WORDS[self.basis]})"


def proposal_receipt(previous_proxy_on: PartialDate | None, *, undated: str = "", condition: str = "") -> Deadline:
    """Return the last day on which a proposal can reach the principal executive offices.

    120 days before the anniversary of last year's proxy release. With `undated`, the reason why the rule gives no day
    this year, or without a release date there is no date; `condition` is what a date depends on.
    """
    on = None
    if previous_proxy_on is None:
        undated = undated or "The release date of last year's proxy statement is not known to us."
    elif not undated:
        on = previous_proxy_on.moved(anniversary).shifted(-RECEIPT_DAYS)
    return Deadline(
        DeadlineCode.PROPOSAL_RECEIPT,
        "Company must have received proposals",
        "Rule 14a-8(e)(2)",
        "release of last year's proxy statement",
        f"{RECEIPT_DAYS} calendar days before the anniversary of the",
        previous_proxy_on,
        on,
        note=undated or condition,
    )


def deficiency_notice(received_on: PartialDate) -> Deadline:
    """Return the last day for the company to tell the proponent of a procedural defect: 14 days after receipt."""
    return _counted(
        (DeadlineCode.DEFICIENCY_NOTICE, "Company's notice of a defect", "Rule 14a-8(f)", "receipt of the proposal"),
        received_on,
        DEFICIENCY_DAYS,
    )


def deficiency_cure(notice_received_on: PartialDate) -> Deadline:
    """Return the last day for the proponent to send the cure: 14 days after receiving the notice."""
    return _counted(
        (
            DeadlineCode.DEFICIENCY_CURE,
            "Proponent's answer to the notice of a defect",
            "Rule 14a-8(f)",
            "receipt of the notice",
        ),
        notice_received_on,
        DEFICIENCY_DAYS,
    )


def availability_to_meet(submitted_on: PartialDate) -> Deadline:
    """Return the window in which the proponent offers to meet the company: 10 to 30 days after submission."""
    opens, closes = submitted_on.shifted(MEET_FROM), submitted_on.shifted(MEET_UNTIL)
    return Deadline(
        DeadlineCode.AVAILABILITY_TO_MEET,
        "Proponent is available to meet the company",
        "Rule 14a-8(b)(1)(iii)",
        "submission of the proposal",
        f"{MEET_FROM} to {MEET_UNTIL} calendar days after the",
        submitted_on,
        PartialDate(opens.start, closes.end, submitted_on.approximate),
        note="A window, not a last day.",
    )


def exclusion_notice(proxy_on: PartialDate) -> Deadline:
    """Return the last day for the company's reasons to reach the SEC and the proponent: 80 days before the proxy.

    A holiday does not move it. "Good cause" can excuse a later notice.
    """
    return _counted(
        (
            DeadlineCode.EXCLUSION_NOTICE,
            "Company's notice that it will exclude a proposal",
            "Rule 14a-8(j)",
            "definitive proxy statement",
        ),
        proxy_on,
        -REASONS_DAYS,
        "The SEC may allow a later notice for good cause.",
    )


def opposition_statement(proxy_on: PartialDate) -> Deadline:
    """Return the last day for the company to send the proponent its opposition: 30 days before the proxy."""
    return _counted(
        (
            DeadlineCode.OPPOSITION_STATEMENT,
            "Company's opposition statement to the proponent",
            "Rule 14a-8(m)",
            "definitive proxy statement",
        ),
        proxy_on,
        -OPPOSITION_DAYS,
    )


def solicitation_notice(sent_on: PartialDate) -> Deadline:
    """Return the last day for a notice of exempt solicitation: 3 days after it was first sent.

    Required only of holders of more than $5 million of the securities.
    """
    due = _counted(
        (DeadlineCode.SOLICITATION_NOTICE, "Notice of exempt solicitation", "Rule 14a-6(g)", "first sending"),
        sent_on,
        SOLICITATION_DAYS,
        "Required of holders of more than $5 million only.",
    )
    return _with_closed_day(due)


def vote_result(ended_on: PartialDate) -> Deadline:
    """Return the last day for the 8-K with the result: 4 business days, day one the day after the meeting ends."""
    return _counted_in_business_days(
        DeadlineCode.VOTE_RESULT, "Company reports the vote (8-K)", "meeting's end", ended_on, "May be preliminary."
    )


def final_vote_result(known_on: PartialDate) -> Deadline:
    """Return the last day for the 8-K/A after a preliminary report: 4 business days after the final count is known."""
    return _counted_in_business_days(
        DeadlineCode.FINAL_VOTE_RESULT,
        "Company reports the final vote (8-K/A)",
        "day the final count is known",
        known_on,
    )


def fund_votes(meeting_on: PartialDate) -> Deadline:
    """Return the last day for funds to report their votes at this meeting: 31 August after the year to 30 June."""
    return _with_closed_day(
        Deadline(
            DeadlineCode.FUND_VOTES,
            "Funds report how they voted (N-PX)",
            "Rule 30b1-4, Form N-PX",
            "meeting",
            "31 August after the year from 1 July to 30 June of the",
            meeting_on,
            meeting_on.moved(fund_votes_due),
        )
    )


def absence_bar(meeting_on: PartialDate) -> Deadline:
    """Return the two calendar years in which an absent proponent's proposals may be excluded."""
    on = None
    if meeting_on.earliest and meeting_on.latest:
        on = PartialDate(Edge(meeting_on.earliest.year + 1), Edge(meeting_on.latest.year + 2), meeting_on.approximate)
    return Deadline(
        DeadlineCode.ABSENCE_BAR,
        "Company may exclude the absent proponent's proposals",
        "Rule 14a-8(h)(3)",
        "meeting",
        "the two calendar years following the",
        meeting_on,
        on,
        note="A period, not a last day; not where the proponent had good cause to be absent.",
    )


def anniversary(day: date) -> date:
    """Return the same day a year later; 28 February after a 29 February, which is the safer day for a deadline."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def fund_votes_due(meeting_on: date) -> date:
    """Return the 31 August after the fund year, 1 July to 30 June, in which the meeting was held."""
    return date(meeting_on.year + (meeting_on.month >= FUND_YEAR_BEGINS_IN), 8, 31)


def _counted(what: tuple[DeadlineCode, str, str, str], anchor_on: PartialDate, days: int, note: str = "") -> Deadline:
    """Return the deadline `days` calendar days after the anchor, or before it when negative.

    `what` is its code, title, rule and anchor.
    """
    reckoning = f"{abs(days)} calendar days {'after' if days > 0 else 'before'} the"
    return Deadline(*what, reckoning, anchor_on, anchor_on.shifted(days), note=note)


def _counted_in_business_days(
    code: DeadlineCode, title: str, anchor: str, anchor_on: PartialDate, note: str = ""
) -> Deadline:
    """Return the Form 8-K deadline four business days after the anchor."""
    on = anchor_on.moved(lambda day: calendar.add_business_days(day, RESULT_BUSINESS_DAYS))
    reckoning = f"{RESULT_BUSINESS_DAYS} business days after the"
    return Deadline(code, title, "Form 8-K, Item 5.07", anchor, reckoning, anchor_on, on, note=note)


def _with_closed_day(due: Deadline) -> Deadline:
    """Say when the last day is no business day: under Rule 0-3 a filing on the next business day is still in time."""
    last = due.on.exact_day if due.on else None
    if last is None or calendar.is_business_day(last):
        return due
    words = PartialDate.day(calendar.on_or_after(last)).words()
    return replace(due, note=f"{due.note} Not a business day: a filing on {words} is still in time (Rule 0-3).".strip())
