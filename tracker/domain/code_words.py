"""Codes of vocabularies as the choices of a form read."""

from enum import StrEnum

from tracker.domain import status
from tracker.domain.vocab import BallotKind, CommitmentState, FilerRole, Intention, ResolutionCode, SupportFormula

_CODES: dict[StrEnum, str] = {
    SupportFormula.FOR_AGAINST: "For and against",
    SupportFormula.FOR_AGAINST_ABSTAIN: "For, against and abstentions",
    SupportFormula.FOR_PRESENT: "Votes present",
    SupportFormula.FOR_OUTSTANDING: "All votes outstanding",
    SupportFormula.INSIDERS_EXCLUDED: "Votes cast without insiders",
    SupportFormula.UNKNOWN: "Not said",
    BallotKind.SAY_ON_PAY: "Advisory vote on pay",
    BallotKind.SAY_ON_FREQUENCY: "How often to vote on pay",
    CommitmentState.NONE: "No commitment",
    CommitmentState.PENDING: "Not yet due or not yet known",
    CommitmentState.PARTIAL: "Kept in part",
    CommitmentState.FULL: "Kept",
    CommitmentState.BROKEN: "Not kept",
    FilerRole.CO_FILER: "Co-filer",
    Intention.ABSTAIN: "Abstain",
    Intention.UNDECIDED: "Undecided",
}


def code_words(code: StrEnum) -> str:
    """Return a vocabulary's code as a choice in a form reads."""
    if isinstance(code, ResolutionCode):
        return status.label(code)
    return _CODES.get(code) or code.value.replace("_", " ").capitalize()
