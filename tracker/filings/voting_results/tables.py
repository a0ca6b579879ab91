"""Rows of tables as readers of figures need them: pieces side by side, and the headings that stand above a figure.

A row may come from an HTML table (positions are grid columns), from a line of a text file (positions are character
columns) or from a line in which nothing is left of the columns but their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracker.filings.layout.blocks import Block
from tracker.filings.voting_results.counts import Count, read_count
from tracker.filings.voting_results.roles import role_of


class Piece(NamedTuple):
    """One cell's text with its place in the layout's text and its extent across the table, `left` to `right`."""

    text: str
    start: int
    end: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A piece that is a figure."""

    piece: Piece
    count: Count


_LEADERS = re.compile(r"(?:\s?\.){3,}\s?|…+|_{3,}")
_NUMBER = re.compile(r"[0-9]{1,2}(?:\s?\([a-z]\)|[a-z]\)?|\.[0-9]{1,2})?")
_IN_BRACKETS = re.compile(r"\([0-9]{1,2}\)")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){1,4}")
_WORD_AND_COUNT = re.compile(r"([A-Za-z][A-Za-z :-]{2,30})\s([0-9]{1,3}(?:,[0-9]{3})+)")
_BROKEN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*,")


def rows_of(block: Block) -> Iterator[list[Piece]]:
    """Yield the rows that a block holds: one, or as many as its cells have lines, where figures stand stacked."""
    if block.kind == "row":
        pieces = [Piece(_grouped(c.text), c.start, c.end, c.column, c.column + c.colspan) for c in block.cells]
        yield from _unstacked(pieces)
    elif block.cells:
        cells = (Piece(c.text, c.start, c.end, c.column, c.column + len(c.text)) for c in block.cells)
        yield [part for piece in _without_leaders(cells) for part in _word_and_count(piece)]
    elif block.text:
        yield list(_without_leaders([Piece(block.text, block.start, block.end, 0, len(block.text))]))


def _grouped(cell: str) -> str:
    """Return a cell's "1 234 567" with commas; in a line of text the same may be three counts."""
    return cell.replace(" ", ",") if _SPACED.fullmatch(cell) else cell


def _unstacked(pieces: list[Piece]) -> Iterator[list[Piece]]:
    stacks = [lines_of(piece) for piece in pieces]
    heights = {len(stack) for stack in stacks if len(stack) > 1}
    figures = sum(_holds_figures(stack) for stack in stacks if len(stack) > 1)
    if figures and all(_with_percentage(stack) for stack in stacks if _holds_figures(stack)):
        yield [
            stack[0] if _holds_figures(stack) else piece._replace(text=piece.text.replace("\n", " "))
            for piece, stack in zip(pieces, stacks, strict=True)
        ]
    elif len(heights) == 1 and figures and (figures > 1 or len(pieces) == 2):
        for level in range(heights.pop()):
            yield [stack[level] for stack in stacks if level < len(stack)]
    else:
        yield [piece._replace(text=piece.text.replace("\n", " ")) for piece in pieces]


def _holds_figures(stack: list[Piece]) -> bool:
    """Return whether lines of a cell are figures; the "1" of "1 / Year" is none."""
    counts = [read_count(line.text) for line in stack]
    return all(counts) or any(count and len(line.text) > 1 for count, line in zip(counts, stack, strict=True))


def _with_percentage(stack: list[Piece]) -> bool:
    """Return whether lines of a cell are one count and what share of the votes it is, or the count alone."""
    below = [read_count(line.text) for line in stack[1:]]
    return all(count is not None and count.sort == "percent" for count in below)


def lines_of(piece: Piece) -> list[Piece]:
    """Return the lines of a cell as pieces of their own."""
    found, at = [], piece.start
    for line in piece.text.split("\n"):
        found.append(Piece(line, at, at + len(line), piece.left, piece.right))
        at += len(line) + 1
    return found


def _without_leaders(pieces: Iterator[Piece] | Sequence[Piece]) -> Iterator[Piece]:
    """Part pieces at dotted lines that lead the eye to a figure."""
    for piece in pieces:
        at = 0
        for leader in _LEADERS.finditer(piece.text):
            yield from _cut(piece, at, leader.start())
            at = leader.end()
        yield from _cut(piece, at, len(piece.text)) if at else (piece,)


def _word_and_count(piece: Piece) -> Iterator[Piece]:
    """Part "Broker non-votes 1,234", which a single space holds together."""
    found = _WORD_AND_COUNT.fullmatch(piece.text)
    if found and role_of(found[1]):
        yield from _cut(piece, 0, found.end(1))
        yield from _cut(piece, found.start(2), len(piece.text))
    else:
        yield piece


def _cut(piece: Piece, start: int, end: int) -> Iterator[Piece]:
    text = piece.text[start:end]
    bare = text.strip()
    if bare:
        at = start + text.index(bare)
        yield Piece(bare, piece.start + at, piece.start + at + len(bare), piece.left + at, piece.left + at + len(bare))


def parted(row: list[Piece]) -> tuple[list[Piece], list[Figure]]:
    """Return a row's labels and its figures, marks left out, numbers that were broken over cells joined."""
    labels: list[Piece] = []
    figures: list[Figure] = []
    pieces = list(_joined(row))
    if len(pieces) > 1 and read_count(pieces[1].text) is None and _numbers(pieces):
        labels.append(pieces.pop(0))  # a matter's number, in a cell of its own
    for piece in pieces:
        count = read_count(piece.text)
        if count is None:
            labels.append(piece)
        elif count.sort == "mark":
            if "%" in piece.text and figures and figures[-1].count.sort == "count":
                figures[-1] = Figure(figures[-1].piece, Count("percent"))
        else:
            figures.append(Figure(piece, count))
    return labels, figures


def _numbers(pieces: list[Piece]) -> bool:
    """Return whether a row's first piece may be a matter's number: in brackets only where figures follow the title."""
    first = pieces[0].text
    return bool(
        _NUMBER.fullmatch(first)
        or (_IN_BRACKETS.fullmatch(first) and any(read_count(piece.text) for piece in pieces[2:]))
    )


def _joined(row: list[Piece]) -> Iterator[Piece]:
    waiting: Piece | None = None
    for piece in row:
        if waiting and re.fullmatch(r"[0-9]{3}(?:,[0-9]{3})*,?", piece.text):
            piece = waiting._replace(text=waiting.text + piece.text, end=piece.end, right=piece.right)  # noqa: PLW2901
        elif waiting:
            yield waiting
        waiting = piece if _BROKEN.fullmatch(piece.text) else None
        if waiting is None:
            yield piece
    if waiting:
        yield waiting


def aligned(figures: Sequence[Piece], heads: Sequence[Piece]) -> list[int | None]:
    """Return for each figure the place of the head above it, None where none stands above it surely.

    As many figures as heads stand in order. Otherwise a figure goes to the head it overlaps most, or else to the
    nearest; when two figures would share a head, neither has one.
    """
    if len(figures) == len(heads):
        return list(range(len(heads)))
    chosen: list[int | None] = [_head_above(figure, heads) for figure in figures]
    return [place if place is not None and chosen.count(place) == 1 else None for place in chosen]


def _head_above(figure: Piece, heads: Sequence[Piece]) -> int | None:
    if not heads:
        return None

    def nearness(place: int) -> tuple[float, float]:
        head = heads[place]
        overlap = min(figure.right, head.right) - max(figure.left, head.left)
        return overlap, -abs((figure.left + figure.right) - (head.left + head.right))

    return max(range(len(heads)), key=nearness)
