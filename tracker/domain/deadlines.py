"""Every deadline of one annual meeting, and what to show when the company states another day than the rule gives.

The rules themselves are in `deadline_rules`. An unknown anchor gives no date and a reason, never a guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.domain import deadline_rules as rules
from tracker.domain import stated_deadlines
from tracker.domain.dates import PartialDate
from tracker.domain.deadline_rules import BASIS_WORDS, Deadline, DeadlineCode
from tracker.domain.regimes import R2
from tracker.domain.vocab import Basis

__all__ = [
    "BASIS_WORDS",
    "Deadline",
    "DeadlineCode",
    "MeetingFacts",
    "Reconciled",
    "expected_proxy",
    "for_meeting",
    "proposal_receipt",
    "reconcile",
    "stated",
]

MOVED_BY_MORE_THAN = 30


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What to show, what it displaces, and the sentence of the alert where the two disagree."""

    shown: Deadline
    superseded: Deadline | None = None
    alert: str | None = None


def stated(deadline: Deadline, on: PartialDate, basis: Basis) -> Deadline:
    """Return the same deadline on the day that somebody states, with that basis."""
    return replace(deadline, on=on, basis=basis, superseded_by=None, note="")


def reconcile(computed: Deadline, said: Deadline | None) -> Reconciled:
    """Return which date to show: the stated one wins, and a disagreement is an alert, not a correction.

    Dates disagree when they cannot be the same day; a stated day within a computed range agrees with it.
    """
    if said is None or said.on is None:
        return Reconciled(computed)
    superseded = replace(computed, superseded_by=said.on)
    if computed.on is None or computed.on.overlaps(said.on):
        return Reconciled(said, superseded)
    alert = (
        f"{said.title}: {said.on.words()} is {BASIS_WORDS[said.basis]}, but {computed.rule} gives"
        f" {computed.on.words()} ({computed.reckoning} {computed.anchor}). Check both dates."
    )
    return Reconciled(said, superseded, alert)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is known about one annual meeting and one proposal to it; leave unknown things out.

    `previous_*` belong to the annual meeting of the year before; `proxy_on` is the day of the definitive proxy
    statement, `proxy_anticipated_on` the print date the company names on the SEC's form. `stated_*` are the days that
    the proxy statement of the year before states for notice of nominations, proxy access and Rule 14a-19.
    """

    meeting_on: PartialDate | None = None
    meeting_ended_on: PartialDate | None = None
    previous_meeting_on: PartialDate | None = None
    previous_proxy_on: PartialDate | None = None
    no_meeting_last_year: bool = False
    proxy_on: PartialDate | None = None
    proxy_anticipated_on: PartialDate | None = None
    submitted_on: PartialDate | None = None
    received_on: PartialDate | None = None
    deficiency_received_on: PartialDate | None = None
    solicitation_sent_on: PartialDate | None = None
    final_count_on: PartialDate | None = None
    proponent_absent: bool = False
    stated_notice_from: PartialDate | None = None
    stated_notice_by: PartialDate | None = None
    stated_access_by: PartialDate | None = None
    stated_universal_by: PartialDate | None = None


def for_meeting(facts: MeetingFacts) -> list[Deadline]:
    """Return every deadline whose anchor is known, by date; and the receipt deadline always, with a reason if undated.

    Sorted by first possible day; those without a date stand last.
    """
    deadlines = [proposal_receipt(facts), *_of_proposal(facts), *_of_proxy(facts), *_of_meeting(facts), *_stated(facts)]
    return sorted(deadlines, key=lambda due: (due.on is None, due.on or PartialDate.year(2000), due.code))


def proposal_receipt(facts: MeetingFacts) -> Deadline:
    """Return the receipt deadline of Rule 14a-8(e)(2) as far as the facts allow one.

    No date where there was no meeting last year or this year's moves by more than 30 days: then the rule says "a
    reasonable time" and the company announces it.
    """
    least, most = _moved_by(facts)
    undated = condition = ""
    if facts.no_meeting_last_year:
        undated = "No meeting last year: due a reasonable time before printing; the company announces the date."
    elif least > MOVED_BY_MORE_THAN:
        undated = (
            "The meeting moves by more than 30 days: due a reasonable time before printing;"
            " the company announces the date."
        )
    elif most is None or most > MOVED_BY_MORE_THAN:
        condition = "Holds only if the meeting stays within 30 days of the anniversary of last year's."
    return rules.proposal_receipt(facts.previous_proxy_on, undated=undated, condition=condition)


def expected_proxy(facts: MeetingFacts) -> tuple[PartialDate | None, str]:
    """Return the day of the definitive proxy statement and a note on how it is known, empty once it is out.

    Until then: the range between the anniversary of last year's and the print date the company anticipates, or either
    alone, marked approximate; None when neither is known.
    """
    if facts.proxy_on is not None:
        return facts.proxy_on, ""
    last_year = facts.previous_proxy_on.moved(rules.anniversary) if facts.previous_proxy_on else None
    known = sorted(day for day in (last_year, facts.proxy_anticipated_on) if day is not None)
    if not known:
        return None, ""
    sources = ["last year's"] if last_year else []
    if facts.proxy_anticipated_on:
        sources.append("the print date the company named")
    note = f"The definitive proxy statement is not out: reckoned from {' and '.join(sources)}."
    return PartialDate(known[0].start, max(known, key=_last).end, approximate=True), note


def _last(day: PartialDate) -> tuple[bool, PartialDate]:
    return day.end is None, day


def _moved_by(facts: MeetingFacts) -> tuple[int, int | None]:
    """Return the least and the most days between this meeting and the anniversary of last year's; None: not known."""
    if facts.previous_meeting_on is None or facts.meeting_on is None:
        return 0, None
    first, last = facts.previous_meeting_on.moved(rules.anniversary).days_until(facts.meeting_on)
    if first is None or last is None:
        return 0, None
    return max(first, -last, 0), max(abs(first), abs(last))


def _of_proposal(facts: MeetingFacts) -> Iterator[Deadline]:
    if facts.received_on:
        yield rules.deficiency_notice(facts.received_on)
    if facts.deficiency_received_on:
        yield rules.deficiency_cure(facts.deficiency_received_on)
    if facts.submitted_on and _since_2022(facts.meeting_on):
        yield rules.availability_to_meet(facts.submitted_on)


def _of_proxy(facts: MeetingFacts) -> Iterator[Deadline]:
    proxy_on, note = expected_proxy(facts)
    if proxy_on:
        for due in (rules.exclusion_notice(proxy_on), rules.opposition_statement(proxy_on)):
            yield replace(due, note=f"{note} {due.note}".strip())
    if facts.solicitation_sent_on:
        yield rules.solicitation_notice(facts.solicitation_sent_on)


def _of_meeting(facts: MeetingFacts) -> Iterator[Deadline]:
    ended_on = facts.meeting_ended_on or facts.meeting_on
    if ended_on:
        yield rules.vote_result(ended_on)
    if facts.final_count_on:
        yield rules.final_vote_result(facts.final_count_on)
    if facts.meeting_on:
        yield rules.fund_votes(facts.meeting_on)
        if facts.proponent_absent:
            yield rules.absence_bar(facts.meeting_on)


def _stated(facts: MeetingFacts) -> Iterator[Deadline]:
    if facts.stated_notice_by:
        yield stated_deadlines.nomination_notice(facts.stated_notice_from, facts.stated_notice_by)
    if facts.stated_access_by:
        yield stated_deadlines.proxy_access(facts.stated_access_by)
    if facts.stated_universal_by:
        yield stated_deadlines.universal_proxy(facts.stated_universal_by, facts.previous_meeting_on)


def _since_2022(meeting_on: PartialDate | None) -> bool:
    """Return whether the duty to offer a meeting can hold: it came with R2."""
    return meeting_on is None or meeting_on.latest is None or R2.begins is None or meeting_on.latest >= R2.begins
