"""Commitments: whose view of one it is, how it stands, and how many of those due were kept.

Withdrawals are often wins and promises often are not: what counts is what was done by when, as each side says, with the
source of each (DOMAIN.md 4; Ceres, PRI).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import CommitmentState, ResolutionCode

# Withdrawals that rest on something promised or done; a tactical one promises nothing.
BY_AGREEMENT = frozenset(
    {ResolutionCode.WITHDRAWN_AGREEMENT, ResolutionCode.WITHDRAWN_PARTIAL, ResolutionCode.WITHDRAWN_MOOT}
)
STATE_WORDS = {
    CommitmentState.NONE: "no commitment",
    CommitmentState.PENDING: "pending",
    CommitmentState.PARTIAL: "partly kept",
    CommitmentState.FULL: "kept",
    CommitmentState.BROKEN: "broken",
}


class Side(StrEnum):
    """Whose view of a commitment it is."""

    PROPONENT = "proponent"
    COMPANY = "company"
    OTHERS = "others"


SIDE_WORDS = {Side.PROPONENT: "The proponent's view", Side.COMPANY: "The company's view", Side.OTHERS: "Others' view"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment for counting: how it stands, and by when it was due."""

    state: CommitmentState
    due_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many commitments that are due or settled were kept, in whole and in part; what is not due is not counted."""

    full: int
    partial: int
    broken: int
    open: int
    not_due: int

    @property
    def due(self) -> int:
        """The denominator: settled ones, and those whose day has passed."""
        return self.full + self.partial + self.broken + self.open

    def words(self) -> str:
        """Return it as one sentence with its numerator and denominator."""
        if not self.due:
            return "No commitment is due yet."
        more = [f"{count} {words}" for count, words in (
            (self.partial, "partly"), (self.broken, "broken"), (self.open, "past the day with nothing said"),
        ) if count]  # fmt: skip
        return f"{self.full} of {self.due} due kept" + (f"; {', '.join(more)}" if more else "") + "."


def is_due(due_on: PartialDate | None, today: date) -> bool:
    """Return whether the last day on which something may be due has passed; what has no day is not due."""
    return due_on is not None and due_on.latest is not None and due_on.latest < today


def kept_of_due(commitments: Iterable[Standing], today: date) -> Kept:
    """Count commitments on a day."""
    states: list[CommitmentState] = []
    waiting = 0
    for one in commitments:
        settled = one.state in {CommitmentState.FULL, CommitmentState.PARTIAL, CommitmentState.BROKEN}
        if settled or is_due(one.due_on, today):
            states.append(one.state)
        else:
            waiting += 1
    return Kept(
        full=states.count(CommitmentState.FULL),
        partial=states.count(CommitmentState.PARTIAL),
        broken=states.count(CommitmentState.BROKEN),
        open=_others(states),
        not_due=waiting,
    )


def _others(states: Sequence[CommitmentState]) -> int:
    return sum(state in {CommitmentState.PENDING, CommitmentState.NONE} for state in states)
