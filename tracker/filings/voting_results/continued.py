"""Labels that a text file's tables carry on below their figures: "Ratification of the auditors  1,234 / for 2031"."""

from collections.abc import Iterator, Sequence

from tracker.filings.layout.blocks import Block, Cell
from tracker.filings.voting_results.kinds import person_in
from tracker.filings.voting_results.numbering import numbered
from tracker.filings.voting_results.roles import in_vocabulary
from tracker.filings.voting_results.tables import Piece, parted


def with_whole_labels(section: Sequence[Block]) -> Iterator[Block]:
    """Yield the section's blocks, the lines below a row that carry its label on joined to it.

    They do where the last row of a table has such a line below and no row stands under a line of words: elsewhere the
    line may begin the label of the row that follows.
    """
    for lines in _adjacent(section):
        rows = [place for place, line in enumerate(lines) if _is_row(line)]
        if not rows or rows[-1] == len(lines) - 1 or not _carries_on(lines[rows[-1]], lines[rows[-1] + 1 :]):
            yield from lines
            continue
        yield from lines[: rows[0]]
        for row, after in zip(rows, [*rows[1:], len(lines)], strict=True):
            below = lines[row + 1 : after]
            if _carries_on(lines[row], below):
                yield _joined(lines[row], below)
            else:
                yield from lines[row:after]


def _adjacent(section: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield lines that stand below each other without a blank one between; any other block alone."""
    run: list[Block] = []
    for block in section:
        line = block.kind == "line" and bool(block.text.strip())
        if run and not (line and run[-1].kind == "line" and block.start == run[-1].end + 1):
            yield run
            run = []
        run.append(block)
        if not line:
            yield run
            run = []
    if run:
        yield run


def _is_row(line: Block) -> bool:
    """Return whether a line is a label with figures beside it."""
    labels, figures = parted([Piece(c.text, c.start, c.end, c.column, c.column + len(c.text)) for c in line.cells])
    first = line.cells[0] if line.cells else None
    return len(figures) > 1 and len(labels) == 1 and first is not None and labels[0].text == first.text


def _carries_on(row: Block, below: Sequence[Block]) -> bool:
    """Return whether lines are of one cell each, as far in as the row's label and left of its figures."""
    label, figure = row.cells[0], row.cells[1]
    return bool(below) and all(
        len(line.cells) == 1
        and label.column <= line.cells[0].column <= label.column + 4
        and line.cells[0].column + len(line.cells[0].text) < figure.column + len(figure.text)
        and (not numbered(line.text) or person_in(f"{label.text} {line.text.strip()}"))
        and not in_vocabulary(line.text)
        for line in below
    )


def _joined(row: Block, below: Sequence[Block]) -> Block:
    first = row.cells[0]
    words = " ".join([first.text, *(line.cells[0].text for line in below)])
    label = Cell(words, first.start, first.end, first.column, 1)
    return Block("line", row.text, row.start, row.end, (label, *row.cells[1:]))
