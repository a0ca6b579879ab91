"""Whether a contract ran when a company said something, from dates that are known only as far as they are known."""

from enum import StrEnum

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import ContractState

# What was only offered, or of which nothing is known, is no contract that could have run.
NO_CONTRACT = frozenset({ContractState.PITCHED, ContractState.UNKNOWN})


class Then(StrEnum):
    """How a contract's period lies to what was said."""

    RUNNING = "running"
    BEGAN_AFTER = "began_after"
    ENDED_BEFORE = "ended_before"
    NOT_CERTAIN = "not_certain"


def then(
    said: PartialDate, starts: PartialDate | None, ends: PartialDate | None, state: ContractState
) -> tuple[Then, str]:
    """Return how the period lies to the day, and why in words.

    A verdict is given only where it holds for every day that the dates allow; a day that is missing is never guessed.
    """
    if state in NO_CONTRACT:
        return Then.NOT_CERTAIN, f"whether there was a contract is not settled: its state is “{state.value}”"
    if ends is not None and ends.surely_before(said):
        return Then.ENDED_BEFORE, f"its period ended {ends.words()}"
    if starts is None:
        return Then.NOT_CERTAIN, "no day on which it starts is on record"
    if said.surely_before(starts):
        return Then.BEGAN_AFTER, f"its period starts {starts.words()}"
    if not _surely_by(starts, said):
        return Then.NOT_CERTAIN, f"it starts {starts.words()}, which may be before or after"
    if ends is None:
        return Then.NOT_CERTAIN, f"it starts {starts.words()}; no day on which it ends is on record"
    if not _surely_by(said, ends):
        return Then.NOT_CERTAIN, f"it ends {ends.words()}, which may be before or after"
    return Then.RUNNING, f"its period on record is {starts.words()} to {ends.words()}"


def _surely_by(first: PartialDate, second: PartialDate) -> bool:
    return first.latest is not None and second.earliest is not None and first.latest <= second.earliest
