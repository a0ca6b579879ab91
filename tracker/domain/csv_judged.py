"""What an import would do with each row of a table: said before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What a row would come to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: in which column ("" for all of it), what was found, and what to do."""

    column: str
    says: str

    def words(self) -> str:
        """Return it as a sentence."""
        return f"{self.column}: {self.says}" if self.column else self.says


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an object that would be another: both values as people read them, the first empty for a new one."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, what it would come to, and why. `likely` is an object that it may be, by its slug and title."""

    number: int
    line: int
    outcome: Outcome
    title: str = ""
    slug: str = ""
    changes: tuple[FieldChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    likely: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> str:
        """Return the row as one line for a person."""
        start = f"row {self.number} (line {self.line}), {self.outcome.value}"
        if self.outcome is Outcome.WRONG:
            return f"{start}: {'; '.join(problem.words() for problem in self.problems)}"
        if self.outcome is Outcome.DOUBTFUL:
            others = " or ".join(f"{title!r} ({slug})" for slug, title in self.likely)
            return f"{start}: {self.title!r} may be {others}"
        if self.outcome is Outcome.CHANGED:
            told = "; ".join(f"{one.label}: {_short(one.before)} -> {_short(one.after)}" for one in self.changes)
            return f"{start}: {self.slug}: {told}"
        return f"{start}: {self.title or self.slug}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


@dataclass(slots=True)
class Counts:
    """How many rows came to what."""

    new: int = 0
    changed: int = 0
    same: int = 0
    doubtful: int = 0
    wrong: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one row."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    @property
    def rows(self) -> int:
        """All of them."""
        return self.new + self.changed + self.same + self.doubtful + self.wrong

    def words(self) -> str:
        """Return them as one line."""
        return (
            f"{self.rows:,} rows: {self.new:,} new, {self.changed:,} changed, {self.same:,} the same, "
            f"{self.doubtful:,} doubtful, {self.wrong:,} wrong"
        )
