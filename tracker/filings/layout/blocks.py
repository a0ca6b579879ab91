"""A document as a row of blocks over one text, each with its place, whatever format it was filed in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["paragraph", "row", "line", "break"]


class Cell(NamedTuple):
    """One cell that says something. `column` is its grid column, counted with colspans and rowspans, from 0.

    `text` is the layout's text from `start` to `end`; lines within the cell are parted by line
    feeds. In a line of a text file, `column` is the character column.
    """

    text: str
    start: int
    end: int
    column: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, table row, line or break.

    "row": its cells that are not empty. A row in which one cell alone says something is a block for each line of it.
    "line": a line of a text file, of <pre> or of a PDF, as it was filed, with its spaces, perhaps empty; its cells are
    what two or more spaces part, with `column` the character column.
    "break": a new page or a drawn line; it has no text.
    `strong`: all of it is bold, underlined or a heading. `table` numbers the tables from 0.
    """

    kind: Kind
    text: str
    start: int
    end: int
    cells: tuple[Cell, ...] = ()
    table: int | None = None
    strong: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's whole text and its blocks, in order; every block and cell is `text[start:end]`.

    `form` is the type that a full submission's header names ("8-K/A"), "" where there is none.
    """

    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    form: str = ""


@dataclass(slots=True)
class Writer:
    """Writes blocks one after the other, and keeps count of where each stands."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    position: int = 0

    def _put(self, text: str) -> int:
        start = self.position
        self.parts.append(text)
        self.position += len(text) + 1
        return start

    def paragraph(self, text: str, *, table: int | None = None, strong: bool = False, centred: bool = False) -> None:
        """Write a paragraph, unless it is empty."""
        if text:
            start = self._put(text)
            self.blocks.append(
                Block("paragraph", text, start, start + len(text), table=table, strong=strong, centred=centred)
            )

    def line(self, text: str, cells: Iterable[tuple[str, int]]) -> None:
        """Write a line as it stands, also an empty one; `cells` are its pieces and their columns."""
        start = self._put(text)
        found = tuple(Cell(piece, start + at, start + at + len(piece), at, 1) for piece, at in cells)
        self.blocks.append(Block("line", text, start, start + len(text), found))

    def row(
        self, cells: list[tuple[str, int, int]], table: int, *, strong: bool = False, centred: bool = False
    ) -> None:
        """Write a row of cells: text, grid column, colspan."""
        text = "\t".join([cell[0] for cell in cells])
        at = start = self._put(text)
        found = []
        for piece, column, colspan in cells:
            found.append(Cell(piece, at, at + len(piece), column, colspan))
            at += len(piece) + 1
        self.blocks.append(
            Block("row", text, start, start + len(text), tuple(found), table, strong=strong, centred=centred)
        )

    def page_break(self) -> None:
        """Write a break, unless one was just written or nothing was yet."""
        if self.blocks and self.blocks[-1].kind != "break":
            self.blocks.append(Block("break", "", self.position, self.position))

    def layout(self, warnings: tuple[str, ...] = (), form: str = "") -> Layout:
        """Return what was written."""
        return Layout("\n".join(self.parts) + "\n" if self.parts else "", tuple(self.blocks), warnings, form)
