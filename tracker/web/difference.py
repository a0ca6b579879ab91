"""What changed between two versions of a text, word by word, with the unchanged paragraphs left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Op = Literal["same", "added", "removed"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether the newer text has added or removed them."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A changed passage as pieces, or `unchanged` paragraphs in a row that are not shown."""

    pieces: tuple[Piece, ...] = ()
    unchanged: int = 0


def compare(old: str, new: str) -> list[Block]:
    """Return the blocks that lead from one text to the other; paragraphs are matched first, for speed."""
    before, after = _paragraphs(old), _paragraphs(new)
    blocks: list[Block] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            blocks.append(Block(unchanged=i2 - i1))
        else:
            blocks.append(Block(pieces=tuple(_words("\n".join(before[i1:i2]), "\n".join(after[j1:j2])))))
    return blocks


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    for op, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if op == "equal":
            yield _piece("same", before[i1:i2])
            continue
        if i2 > i1:
            yield _piece("removed", before[i1:i2])
        if j2 > j1:
            yield _piece("added", after[j1:j2])


def _piece(op: Op, words: Sequence[str]) -> Piece:
    return Piece(op, "".join(words))
