"""What comes next for a resolution, in one short sentence for a table."""

from datetime import date

from tracker.domain.resubmission import Outlook
from tracker.domain.status import SEC_ANSWERS, WITHDRAWN, commitment_words
from tracker.domain.vocab import ResolutionCode as Code
from tracker.domain.votes import percent_words
from tracker.models.commitment import Commitment
from tracker.store.families import Proposal
from tracker.store.resolutions import ResolutionRow

_WAITING = {
    Code.DRAFTED: "To be filed with the company.",
    Code.FILED: "The company may challenge it, talk, or print it.",
    Code.DEFICIENCY_NOTICED: "The proponents have 14 days to cure the defect.",
    Code.CURED: "The company may challenge it, talk, or print it.",
    Code.EXCLUSION_NOTICED: "SEC staff may answer; the proxy statement shows whether it is printed.",
    Code.RECONSIDERATION_SOUGHT: "Answer to the request for reconsideration.",
    Code.RECONSIDERATION_DENIED: "The proxy statement shows whether it is printed.",
    Code.LITIGATED: "A court's decision.",
    Code.INJUNCTION_GRANTED: "The proxy statement shows whether it is printed.",
    Code.INJUNCTION_DENIED: "The proxy statement shows whether it is printed.",
    Code.MEETING_POSTPONED: "A new day for the meeting.",
    Code.OMITTED: "Nothing at this meeting: it was left out.",
    Code.NOT_PRESENTED: "Its proponents' proposals may be excluded for two years unless they had good cause.",
}


def words(row: ResolutionRow, today: date) -> str:
    """Return what comes next for a resolution as it stands on `today`, the day the row was read for."""
    proposal, families = row.proposal, row.families
    if proposal.status is None:
        return "No record of its course."
    code = proposal.status.code
    if code in WITHDRAWN:
        return " ".join(dict.fromkeys(_promise(commitment) for commitment in row.commitments)) or commitment_words(None)
    again = next((other for other in families.years(proposal.family_id) if other.season > proposal.season), None)
    if again is not None:
        return f"The subject came back in {again.season}."
    if proposal.voted:
        return _after_vote(proposal, families.now(proposal, today))
    if code is Code.ON_BALLOT:
        return _before_vote(proposal, today)
    if code in SEC_ANSWERS:
        return "The proxy statement shows whether it is printed."
    return _WAITING[code]


def short(outlook: Outlook) -> str:
    """Return an outlook in a few words; the resolution's page has the arithmetic."""
    year = outlook.considered[-1].meeting_on.year if outlook.considered else None
    bar = percent_words(outlook.bar, 0) if outlook.bar is not None else None
    if outlook.regime.bars is None:
        return f"Not known. {outlook.regime.note}"
    if outlook.may_be_excludable is None:
        return f"Whether the figures reach {bar} is not settled." if bar else "Whether it may be excluded is not known."
    if outlook.may_be_excludable:
        return f"May be excludable: the {year} vote is below {bar}."
    return f"May come back: the {year} vote reaches {bar}." if bar else "May come back: no recent vote bars it."


def _promise(commitment: Commitment) -> str:
    due = f" Due {commitment.due_on.words()}." if commitment.due_on else ""
    return commitment_words(commitment.kept) + due


def _after_vote(proposal: Proposal, outlook: Outlook | None) -> str:
    if proposal.vote is not None and proposal.vote.preliminary:
        return "The final count (8-K/A)."
    return "Not in a subject family: no outlook." if outlook is None else short(outlook)


def _before_vote(proposal: Proposal, today: date) -> str:
    if proposal.vote is None:
        return "The vote; the day of the meeting is not on record."
    held_on = proposal.vote.held_on
    if held_on.latest is not None and held_on.latest < today:
        return f"The result: no count of the meeting of {held_on.words()} is on record."
    return f"The vote, {held_on.words()}."
