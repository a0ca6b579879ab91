"""A line of a proxy statement, wherever it came from."""

from dataclasses import dataclass

from tracker.filings.layout.blocks import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text document, one paragraph or table row of HTML: what stands in the layout from start to end.

    `cells` are its pieces, each with its place; `left` and `right` are character columns (of text documents; 0 in
    HTML). `gap`: an empty line stands above it. `wrapped`: it may go on in the line below. `number` counts the lines of
    a page, `limit` is the right margin of its column.
    """

    cells: tuple[Cell, ...]
    page: int
    gap: bool
    wrapped: bool
    strong: bool = False
    centred: bool = False
    row: bool = False
    number: int = 0
    limit: int = 0

    @property
    def text(self) -> str:
        return " ".join([cell.text for cell in self.cells])

    @property
    def start(self) -> int:
        return self.cells[0].start

    @property
    def end(self) -> int:
        return self.cells[-1].end

    @property
    def left(self) -> int:
        return self.cells[0].column

    @property
    def right(self) -> int:
        return self.cells[-1].column + len(self.cells[-1].text)
