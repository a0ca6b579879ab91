"""The headings of count columns, remembered from row to row: which count of a vote stands under each.

A heading may stand in one row or be split over several, once for all matters or again for each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.filings.layout.blocks import Block
from tracker.filings.voting_results.roles import (
    LABEL,
    MIXED,
    TOTAL,
    Role,
    in_sequence,
    in_vocabulary,
    is_label_head,
    role_of,
)
from tracker.filings.voting_results.tables import Figure, Piece

_TOGETHER = re.compile(r"\b(?:total|combined|aggregate|together|all classes)\b", re.IGNORECASE)
_NOMINEES = re.compile(r"\b(?:nominees?|directors?|trustees?|candidates?|names?)\b", re.IGNORECASE)
_SMALL = re.compile(r"[1-9][0-9]?")
_AGE_OR_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[3-9][0-9]")


class Counted(NamedTuple):
    """One count of a matter: its value, None where the filing gives none, and where the figure stands."""

    value: int | None
    start: int
    end: int


@dataclass(slots=True)
class Counts:
    """A row's counts by role, and what is to be said about figures that were left out."""

    by_role: dict[str, Counted] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, role: str, figure: Figure) -> None:
        """Add a figure; a second one for the same role makes both doubtful, and neither is kept."""
        piece, count = figure.piece, figure.count
        if count.doubtful:
            self.notes.append(f"“{piece.text}” is no number that can be read surely: it was left out")
        if role in self.by_role and self.by_role[role].value != count.value:
            self.notes.append(f"two figures stand for “{role.replace('_', ' ')}” in one row: neither was taken")
            self.by_role[role] = Counted(None, piece.start, piece.end)
            return
        if count.fraction:
            self.notes.append("counts carry fractions of shares: they were rounded to whole ones")
        self.by_role[role] = Counted(count.value, piece.start, piece.end)


class Head(NamedTuple):
    """One column's heading."""

    piece: Piece
    role: Role | None


@dataclass(slots=True)
class Columns:
    """Headings in force. `label` is what the rows' labels are headed with; `titles` are headings that name no count."""

    heads: list[Head] = field(default_factory=list)
    label: str = ""
    titles: list[Piece] = field(default_factory=list)
    table: int | None = None
    loose: bool = False
    rows: list[list[Piece]] = field(default_factory=list)
    rows_table: int | None = None

    def offer(self, row: list[Piece], block: Block) -> list[Piece] | None:
        """Take a row without figures when it is one of headings; return those of its pieces that name no count.

        Returns None when it is no row of headings.
        """
        if self.rows and self.rows_table != block.table:
            self.settle()
        roles = [piece for piece in row if (role := role_of(piece.text)) and role.name != TOTAL]
        words = [piece for piece in row if in_vocabulary(piece.text) or is_label_head(piece.text)]
        in_grid = block.kind != "paragraph"
        if len(roles) > 1 or (in_grid and len(words) == len(row) and not self._names_only(row)):
            again = any(sum(_counts(piece.text) for piece in one) > 1 for one in self.rows)
            if len(roles) > 1 and again and not self._completes(row):
                self.rows = []
            self.rows.append(row)
            self.rows_table = block.table
            self.titles = []
            return self._title(row, words) if len(roles) > 1 else []
        if len(row) > 1:
            self.titles = row
        return None

    def _completes(self, row: list[Piece]) -> bool:
        """Return whether a row tells the columns apart that the row above holds together: "Number", "%" under "For".

        Or carries some of the headings above on: "Against" under the second of "Votes For", "Votes", "Abstentions".
        """
        over = [[head for head in self.rows[-1] if _overlap(piece, head) > 0] for piece in row]
        if len(row) < len(self.rows[-1]) and all(over) and not all(_counts(heads[0].text) for heads in over):
            return True
        above = [piece for piece in self.rows[-1] if _counts(piece.text)]
        return any(not _counts(piece.text) and any(_overlap(piece, head) > 0 for head in above) for piece in row)

    @staticmethod
    def _title(row: list[Piece], words: list[Piece]) -> list[Piece]:
        """Return what stands before a row's headings, when it is more than a heading of labels: a matter's title."""
        before = []
        for piece in row:
            if role_of(piece.text):
                break
            before.append(piece)
        return before if any(piece not in words for piece in before) else []

    @staticmethod
    def _names_only(row: list[Piece]) -> bool:
        """Return whether a row says "Election of Directors" or "Proposal 1": words of headings, but a title."""
        return len(row) == 1 and is_label_head(row[0].text) and len(row[0].text.split()) > 1

    def offer_sequence(self, piece: Piece) -> bool:
        """Take a line in which headings stand one after the other, with nothing left of the columns but their order."""
        found = list(in_sequence(piece.text))
        if not found:
            return False
        pieces = [
            Piece(piece.text[a:b], piece.start + a, piece.start + b, place, place + 1)
            for place, (a, b) in enumerate(found)
        ]
        self.heads = [Head(one, role_of(one.text)) for one in pieces]
        self.label = piece.text[: found[0][0]].strip()
        self.rows, self.titles, self.loose, self.table = [], [], True, None
        return True

    def settle(self) -> None:
        """Make the rows of headings that came since the last figures the headings in force, if they head counts."""
        rows, self.rows = self.rows, []
        columns: list[Piece] = []
        for row in reversed(rows):
            columns = _above(row, columns)
        heads = [Head(piece, _role(piece.text)) for piece in sorted(columns, key=lambda piece: piece.left)]
        if not any(head.role and head.role.name != TOTAL for head in heads):
            return
        first = heads[0]
        self.label = ""
        if first.role is not None and first.role.name == LABEL:
            self.label = first.piece.text
            heads = heads[1:]
        self.heads = heads
        self.loose, self.table = False, self.rows_table

    def heads_nominees(self) -> bool:
        """Return whether the rows' labels are headed as names."""
        return _NOMINEES.search(self.label) is not None and is_label_head(self.label)

    @property
    def wanted(self) -> int:
        """How many counts a row has under the headings in force, percentages left out."""
        return sum(head.role is not None and not head.role.percent for head in self.heads)

    def read(self, figures: Sequence[Figure], table: int | None) -> Counts | None:
        """Return a row's counts by their headings; None when no headings in force can be meant."""
        figures = self._without_years(without_percentages(figures))
        counting = [head for head in self.heads if head.role and not head.role.percent]
        same_table = table == self.table and not self.loose
        if not self.heads or not figures or (not same_table and len(figures) != len(counting)):
            return None
        heads = self._above(figures, counting, same_table=same_table)
        counts = Counts()
        together = any(_TOGETHER.search(head.piece.text) for head in counting if head.role and head.role.name != TOTAL)
        for figure, head in zip(figures, heads, strict=True):
            if head is None:
                counts.notes.append(f"no heading stands above “{figure.piece.text}”: it was left out")
            elif head.role is None or head.role.name in {TOTAL, LABEL} or head.role.percent:
                continue
            elif head.role.name == MIXED:
                counts.notes.append(f"“{head.piece.text}” mixes two counts: “{figure.piece.text}” was left out")
            elif not together or _TOGETHER.search(head.piece.text) or not self._twice(head):
                counts.add(head.role.name, figure)
        return counts

    def number_before(self, figures: Sequence[Figure], table: int | None) -> Piece | None:
        """Return the number of a matter that stands where the rows' labels do, before as many figures as headings."""
        counting = [head for head in self.heads if head.role and not head.role.percent]
        first = figures[0].piece
        if self.loose or table != self.table or len(figures) != len(counting) + 1 or not _SMALL.fullmatch(first.text):
            return None
        return first if first.right <= min(head.piece.left for head in self.heads) else None

    def _without_years(self, figures: list[Figure]) -> list[Figure]:
        """Leave out years and ages that stand before the counts, as many as there are figures too many."""
        excess = len(figures) - self.wanted
        if (
            0 < excess < 3
            and self.wanted
            and all(_AGE_OR_YEAR.fullmatch(figure.piece.text) for figure in figures[:excess])
        ):
            return figures[excess:]
        return figures

    def _twice(self, head: Head) -> bool:
        return sum(other.role == head.role for other in self.heads) > 1

    def _above(self, figures: Sequence[Figure], counting: list[Head], *, same_table: bool) -> list[Head | None]:
        pieces = [figure.piece for figure in figures]
        if same_table:
            over = [[head for head in self.heads if _overlap(piece, head.piece) > 0] for piece in pieces]
            if all(len(found) == 1 for found in over) and len({found[0].piece for found in over}) == len(pieces):
                return [found[0] for found in over]
        if len(figures) == len(counting):
            return list(counting)
        nearest = [max(self.heads, key=lambda head: _nearness(piece, head.piece)) for piece in pieces]
        return [head if nearest.count(head) == 1 else None for head in nearest]


def without_percentages(figures: Sequence[Figure]) -> list[Figure]:
    """Return figures without percentages: those so marked, and fractions up to 100 beside whole numbers."""
    kept = [figure for figure in figures if figure.count.sort != "percent"]
    large = sum(not figure.count.fraction and (figure.count.value or 0) > 100 for figure in kept)
    if large:
        kept = [f for f in kept if not (f.count.fraction and f.count.value is not None and f.count.value <= 100)]
    return kept


def _counts(text: str) -> bool:
    role = role_of(text)
    return role is not None and role.name != TOTAL


def _role(text: str) -> Role | None:
    return Role(LABEL) if is_label_head(text) and not role_of(text) else role_of(text)


def _above(upper: list[Piece], columns: list[Piece]) -> list[Piece]:
    """Return columns with the headings of the row above them joined to those they stand over."""
    joined = list(columns)
    for piece in upper:
        under = [place for place, column in enumerate(columns) if _overlap(piece, column) > 0]
        for place in under:
            own = joined[place]
            joined[place] = own._replace(text=f"{piece.text} {own.text}", start=min(own.start, piece.start))
        if not under:
            joined.append(piece)
    return joined


def _overlap(one: Piece, other: Piece) -> int:
    return min(one.right, other.right) - max(one.left, other.left)


def _nearness(piece: Piece, head: Piece) -> tuple[int, int]:
    return min(_overlap(piece, head), 0), -abs((piece.left + piece.right) - (head.left + head.right))
