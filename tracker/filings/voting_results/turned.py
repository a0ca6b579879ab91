"""Tables turned round: headings one below the other before their figures, or matters side by side with counts below."""

import re
from dataclasses import dataclass, field

from tracker.filings.voting_results.columns import Counts, without_percentages
from tracker.filings.voting_results.matters import Matters
from tracker.filings.voting_results.roles import TOTAL, Role, role_of
from tracker.filings.voting_results.tables import Figure, Piece, aligned

_COUNTED = re.compile(r":\s*\S|[a-z]\s[0-9]+\s*$", re.IGNORECASE)  # "BNV: 1" has its count


@dataclass(slots=True)
class Below:
    """Headings one below the other, and then as many figures one below the other: a table turned to one column."""

    heads: list[Piece] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def take(self, row: list[Piece], figures: list[Figure]) -> Counts | None:
        """Take a row; return the counts when the last of them has come."""
        role = role_of(row[0].text) if len(row) == 1 and not _COUNTED.search(row[0].text) else None
        if role is not None and role.name != TOTAL and not role.percent:
            if self.figures:
                self.heads, self.figures = [], []
            self.heads.append(row[0])
        elif len(row) == len(figures) == 1 and len(self.figures) < len(self.heads):
            self.figures += without_percentages(figures)
            if len(self.figures) == len(self.heads):
                return self._counts()
        else:
            self.heads, self.figures = [], []
        return None

    def _counts(self) -> Counts:
        counts = Counts()
        for head, figure in zip(self.heads, self.figures, strict=True):
            if role := role_of(head.text):
                counts.add(role.name, figure)
        self.heads, self.figures = [], []
        return counts


@dataclass(slots=True)
class Beside:
    """A table whose columns are matters or nominees and whose rows are counts."""

    titles: list[Piece] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)

    def take(self, pairs: list[tuple[Role, list[Figure]]], titles: list[Piece]) -> bool:
        """Take a row of one count for several matters; returns False when it is no such row."""
        if len(pairs) != 1 or len(titles) < 2:
            return False
        role, figures = pairs[0][0], without_percentages(pairs[0][1])
        heads = [title for title in titles if title.right > figures[0].piece.left] if figures else []
        if len(figures) < 2 or len(heads) < 2 or role.percent:
            return False
        if self.titles != heads:
            self.titles, self.counts = heads, [Counts() for _ in heads]
        for figure, place in zip(figures, aligned([figure.piece for figure in figures], heads), strict=True):
            if place is not None:
                self.counts[place].add(role.name, figure)
        return True

    def flush(self, matters: Matters) -> None:
        """Hand over what was taken."""
        for title, counts in zip(self.titles, self.counts, strict=True):
            matters.row([title], {role: one for role, one in counts.by_role.items() if one.value is not None})
        self.titles, self.counts = [], []
