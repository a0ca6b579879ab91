"""Matters as far as they are known, and those that a report tells a second time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.filings.voting_results.columns import Counted
from tracker.filings.voting_results.headings import Heading, Text, bare, is_outcome

FEWEST_TOLD = 2


@dataclass(slots=True)
class Draft:
    """A matter as far as it is known: its heading, nominee, counts by role, and how surely these belong together."""

    heading: Heading
    nominee: Text | None = None
    elects: bool = False
    holders: bool = False
    counts: dict[str, Counted] = field(default_factory=dict)
    told: bool = False
    stock: str = ""

    @property
    def values(self) -> dict[str, int | None]:
        """The counts without their places."""
        return {role: one.value for role, one in self.counts.items()}

    @property
    def who(self) -> str | None:
        """The nominee's name in bare words."""
        return bare(self.nominee.text) if self.nominee else None


class Told:
    """Remembers what was told, so that a matter in a sentence below its table, or in a summary, is none of its own."""

    def __init__(self) -> None:
        self._said: set[tuple[object, ...]] = set()

    def again(self, draft: Draft, last: Sequence[Draft]) -> bool:
        """Return whether a draft says what was said before; `last`: the matter before it, where there is one."""
        counts = draft.values
        if len(counts) < FEWEST_TOLD or not any(counts.values()):
            return False
        if draft.told:
            outcome = not draft.heading.number and is_outcome(draft.heading.title)
            return any(
                (outcome or known.heading is draft.heading)
                and known.who == draft.who
                and counts.items() <= known.values.items()
                for known in last
            )
        said = (draft.who, draft.heading.number, bare(draft.heading.title), draft.stock, *sorted(counts.items()))
        again = said in self._said
        self._said.add(said)
        return again
