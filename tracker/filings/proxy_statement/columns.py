"""Two columns of text side by side on a printed page, read one after the other as a person does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.filings.proxy_statement.line import Line

_FEWEST = 4  # lines that have both columns
_GUTTER = 2
_DISTANCE = 2
_HEADING_LINES = 2
_NARROWEST_GUTTER = 3.5  # spaces on average
_WIDEST_SHARE, _NARROWEST_SHARE = 0.72, 0.3
_LETTERS_OF_PROSE = 24  # on average, in a line of a column; cells of tables have fewer


def in_reading_order(page: list[Line]) -> list[Line]:
    """Return the lines of a page, those in two columns taken apart: the left column first, then the right.

    Only lines of text documents are looked at: HTML says what a column is.
    """
    if not page or not page[0].wrapped:
        return page
    found: list[Line] = []
    for band, gutter in _bands(page):
        found += band if gutter is None else _left_then_right(band, gutter)
    return found


def _bands(page: list[Line]) -> Iterator[tuple[list[Line], int | None]]:
    """Yield runs of lines with the column at which their right half begins, None where there is one column."""
    gutter = _gutter(page)
    if gutter is None:
        yield page, None
        return
    above_both = _headings_above_both(page, gutter)
    band: list[Line] = []
    for line in page:
        if line.number in above_both or _crosses(line, gutter):
            yield from _band(band, gutter)
            band = []
            yield [line], None
        else:
            band.append(line)
    yield from _band(band, gutter)


def _headings_above_both(page: list[Line], gutter: int) -> set[int]:
    """Return the numbers of lines at the left that head both columns: nothing stands beside, above or below them."""
    groups: list[list[Line]] = []
    for line in page:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    last = max((at for at, group in enumerate(groups) if any(_is_split(line, gutter) for line in group)), default=0)
    return {
        line.number
        for group in groups[:last]
        if len(group) <= _HEADING_LINES and all(cell.column < gutter - 1 for line in group for cell in line.cells)
        for line in group
    }


def _band(band: list[Line], gutter: int) -> Iterator[tuple[list[Line], int | None]]:
    both = sum(_is_split(line, gutter) for line in band)
    if band:
        yield band, gutter if both >= 2 else None


def _gutter(page: list[Line]) -> int | None:
    """Return the column at which the right half of most lines begins, None where there is none."""
    width = max(line.right for line in page)
    starts = Counter(
        cell.column
        for line in page
        for cell in line.cells[1:]
        if _NARROWEST_SHARE * width < cell.column < _WIDEST_SHARE * width
    )
    if not starts:
        return None
    column, _ = max(starts.items(), key=lambda item: (item[1], -item[0]))
    split = [line for line in page if _is_split(line, column)]
    halves = [len(part) for line in split for part in _halves_text(line, column)]
    if len(split) < _FEWEST or sum(halves) < _LETTERS_OF_PROSE * len(halves):
        return None
    if sum(_gap_before(line, column) for line in split) < _NARROWEST_GUTTER * len(split):
        return None
    first, last = split[0].number, split[-1].number
    crossing = sum(_crosses(line, column) for line in page if first < line.number < last)
    return column if len(split) > crossing else None


def _gap_before(line: Line, gutter: int) -> int:
    """Return how many spaces part the columns in a line; words of justified text are parted by two or three."""
    left = [cell for cell in line.cells if cell.column < gutter - 1]
    return gutter - left[-1].column - len(left[-1].text)


def _is_split(line: Line, gutter: int) -> bool:
    """Whether a line has one piece that ends before the gutter and one that begins at it."""
    return any(abs(cell.column - gutter) <= 1 for cell in line.cells[1:]) and not _crosses(line, gutter)


def _halves_text(line: Line, gutter: int) -> tuple[str, str]:
    left = " ".join([cell.text for cell in line.cells if cell.column < gutter - 1])
    right = " ".join([cell.text for cell in line.cells if cell.column >= gutter - 1])
    return left, right


def _crosses(line: Line, gutter: int) -> bool:
    return any(cell.column < gutter - _GUTTER < cell.column + len(cell.text) for cell in line.cells)


def _left_then_right(band: list[Line], gutter: int) -> Iterator[Line]:
    for left in (True, False):
        side = [
            replace(line, cells=cells)
            for line in band
            if (cells := tuple(cell for cell in line.cells if (cell.column < gutter - 1) is left))
        ]
        limit = max((line.right for line in side), default=0)
        above = None
        for line in side:
            # Lines of the two columns may stand at different heights, so one line between two of them is no gap.
            gap = above is None or line.number - above > _DISTANCE
            yield replace(line, gap=gap, limit=limit)
            above = line.number
