"""What changed between two versions of a text, word by word, with the unchanged paragraphs left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, groupby
from typing import Literal

Op = Literal["same", "added", "removed"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCES = re.compile(r".+?(?:[.!?;:]\s+|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether the newer text has added or removed them."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A changed passage as pieces, or `unchanged` paragraphs in a row and their `text`, which a page folds away."""

    pieces: tuple[Piece, ...] = ()
    unchanged: int = 0
    text: str = ""


@dataclass(slots=True)
class Patience:
    """How many pairs a page may still compare: texts come from outside, and some take the square of their length.

    One passage may take half of what is left. Where it would take more, it is shown as replaced as a whole.
    """

    left: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """How much changed: whether the headline did, and how many words the newer text has added and removed."""

    headline: bool
    added: int
    removed: int

    def words(self) -> str:
        """Return it as half a sentence: "headline changed; 12 words added, 3 removed"."""
        parts = [f"{_count(self.added)} added"] if self.added else []
        if self.removed:
            parts.append(f"{self.removed:,} removed" if parts else f"{_count(self.removed)} removed")
        told = ["headline changed"] if self.headline else []
        if parts:
            told.append(", ".join(parts))
        return "; ".join(told) or "no word changed, only its form"


def compare(old: str, new: str, patience: Patience | None = None) -> list[Block]:
    """Return the blocks that lead from one text to the other; paragraphs are matched first, for speed."""
    patience = patience or Patience()
    before, after = _paragraphs(old), _paragraphs(new)
    blocks: list[Block] = []
    for op, i1, i2, j1, j2 in _opcodes(before, after, patience):
        if op == "equal":
            blocks.append(Block(unchanged=i2 - i1, text="\n".join(before[i1:i2])))
        else:
            pieces = _pieces("\n".join(before[i1:i2]), "\n".join(after[j1:j2]), (_SENTENCES, _WORDS), patience)
            blocks.append(Block(pieces=tuple(_joined(_in_one_go(pieces)))))
    return blocks


def change(old: tuple[str, str], new: tuple[str, str], patience: Patience | None = None) -> Change:
    """Return how much changed between two versions, each given as headline and text. Signs are not counted."""
    counts: Counter[Op] = Counter()
    for block in compare(old[1], new[1], patience):
        for piece in block.pieces:
            counts[piece.op] += len(re.findall(r"\w+", piece.text))
    return Change(" ".join(old[0].split()) != " ".join(new[0].split()), counts["added"], counts["removed"])


def _count(words: int) -> str:
    return "1 word" if words == 1 else f"{words:,} words"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pieces(old: str, new: str, units: tuple[re.Pattern[str], ...], patience: Patience) -> Iterator[Piece]:
    """Yield the pieces of a passage, compared by the first of the units and, where it differs, by the next."""
    before, after = units[0].findall(old), units[0].findall(new)
    for op, i1, i2, j1, j2 in _opcodes(before, after, patience):
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if op == "equal":
            yield Piece("same", gone)
        elif gone and come and len(units) > 1:
            yield from _pieces(gone, come, units[1:], patience)
        else:
            yield from _changed(gone, come)


def _in_one_go(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces so that words changed one beside the other are read in one go: first what went, then what came.

    A sign or white space between two changed words is no pause for a reader, though both texts have it.
    """
    gone, come, between = "", "", ""
    for piece in pieces:
        if piece.op == "same" and not re.search(r"\w", piece.text):
            between += piece.text
        elif piece.op == "same":
            yield from _changed(gone, come)
            yield Piece("same", between + piece.text)
            gone = come = between = ""
        else:
            if gone and come:
                gone, come = gone + between, come + between
            elif between:
                yield from _changed(gone, come)
                yield Piece("same", between)
                gone = come = ""
            gone += piece.text if piece.op == "removed" else ""
            come += piece.text if piece.op == "added" else ""
            between = ""
    yield from _changed(gone, come)
    if between:
        yield Piece("same", between)


def _changed(gone: str, come: str) -> Iterator[Piece]:
    yield from (piece for piece in (Piece("removed", gone), Piece("added", come)) if piece.text)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces with neighbours of the same kind put together."""
    for op, group in groupby(pieces, key=lambda piece: piece.op):
        yield Piece(op, "".join(piece.text for piece in group))


def _opcodes(
    before: Sequence[str], after: Sequence[str], patience: Patience
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what leads from one sequence to the other, as `SequenceMatcher.get_opcodes` does, in bounded time."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield "equal", 0, start, 0, start
    matcher = _Matcher(old, new, patience.left // 2)
    opcodes = matcher.get_opcodes()
    patience.left -= matcher.spent
    for op, i1, i2, j1, j2 in [("replace", 0, len(old), 0, len(new))] if matcher.gave_up else opcodes:
        yield op, start + i1, start + i2, start + j1, start + j2
    if end:
        yield "equal", len(before) - end, len(before), len(after) - end, len(after)


class _Matcher(SequenceMatcher[str]):
    """Matches two sequences, and gives up when that would take more than `most` pairs; `spent` says how many it took.

    Leaves out as too frequent what is more than a hundredth of a long text. Each time the longest passage in common is
    looked for, every member is held against all like it on the other side, and there may be as many times as members.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str], most: int) -> None:
        super().__init__(None, old, new)
        alike: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]  # documented, and not in the stubs
        self._pairs = list(accumulate((1 + len(alike.get(member, ())) for member in old), initial=0))
        self._most, self.spent, self.gave_up = most, 0, False

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Return the longest passage in common; an empty one after giving up."""
        end = len(self._pairs) - 1 if ahi is None else ahi
        pairs = self._pairs[end] - self._pairs[alo]
        self.gave_up = self.gave_up or self.spent + pairs > self._most
        if self.gave_up:
            return Match(alo, blo, 0)
        self.spent += pairs
        return super().find_longest_match(alo, end, blo, bhi)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many members two sequences have in common at their beginning."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
