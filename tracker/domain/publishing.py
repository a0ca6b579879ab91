"""What an object must have before readers see it, and how it is told what is lacking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import InputError


class Needed(StrEnum):
    """What a draft is refused without."""

    DATE = "date"
    CAMPAIGN = "campaign"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing; `field` names the fact that has no source, as evidence names it."""

    needed: Needed
    field: str = ""

    def words(self) -> str:
        """Return it as a person reads it."""
        if self.needed is Needed.DATE:
            return "a date: nothing in it says when something happened"
        if self.needed is Needed.CAMPAIGN:
            return "a campaign that it belongs to"
        return f"a source for {field_words(self.field)}"


class NotReadyError(InputError):
    """A draft that lacks something; `lacks` has every single thing, not only the first."""

    def __init__(self, title: str, lacks: Sequence[Lack]) -> None:
        """Keep what is missing."""
        missing = "; ".join(lack.words() for lack in lacks)
        super().__init__(f"publishing “{title}”: it still needs {missing}. Add that, then publish it")
        self.lacks = tuple(lacks)


# Columns that hold no fact from outside: how we sort a thing, and what we note beside it.
OURS = frozenset({"ask_type", "season", "proceeding_kind", "meeting_kind", "sender_count_note", "amount_note"})


def unsourced(facts: Collection[str], evidence: Collection[str]) -> list[str]:
    """Return the facts for which there is no evidence, in order.

    A fact in the parts of an object is named "letter_question:2"; evidence for all of "letter_question" vouches for it.
    """
    read = set(evidence)
    return [fact for fact in facts if fact not in read and fact.partition(":")[0] not in read]


def field_words(field: str) -> str:
    """Return the name of a field in words: "votes for", "letter question 2"."""
    return field.removesuffix("_id").replace("_", " ").replace(":", " ")
