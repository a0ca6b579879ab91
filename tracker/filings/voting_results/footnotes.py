"""Footnotes of tables of votes: "(1) Mr. Cole joined in May." below a row "A. B. Cole (1)" heads no matter."""

import re
from collections.abc import Iterable

from tracker.filings.voting_results.kinds import names_matter
from tracker.filings.voting_results.tables import Piece

_MARK = re.compile(r"(?:\s|(?<=[a-z0-9.,%]))(\([0-9]{1,2}\)|\([a-z]\)|\*{1,3}|[†‡§]|[¹²³⁰⁴-⁹])$", re.IGNORECASE)
_NOTE = re.compile(r"\s*(\([0-9]{1,2}\)|\([a-z]\)|\*{1,3}|[†‡§]|[¹²³⁰⁴-⁹])(?=\s)", re.IGNORECASE)
_SHORTEST = 12


class Footnotes:
    """Remembers the marks that cells end in, until their notes come."""

    def __init__(self) -> None:
        self.marks: set[str] = set()

    def mark(self, row: Iterable[Piece]) -> None:
        """Remember the marks of a table's row."""
        self.marks.update(found[1] for piece in row if (found := _MARK.search(piece.text)))

    def note(self, row: list[Piece]) -> bool:
        """Return whether a row is the note of a mark: it begins with one that a row above ended in.

        "(2)" begins headings too: what names a matter after it is no note.
        """
        found = _NOTE.match(row[0].text + " ") if row else None
        if found is None or found[1] not in self.marks:
            return False
        if found[1].startswith("(") and (len(row[0].text) < _SHORTEST or any(names_matter(one.text) for one in row)):
            return False
        self.marks.discard(found[1])
        return True
