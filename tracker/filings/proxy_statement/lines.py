"""The lines of a proxy statement without what is repeated on every page, two columns read one after the other."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.filings.layout.blocks import Block, Cell, Layout
from tracker.filings.proxy_statement.columns import in_reading_order
from tracker.filings.proxy_statement.line import Line
from tracker.filings.proxy_statement.words import HOLDER

_DEEPEST_HEAD, _DEEPEST_FOOT = 7, 5
_PAGES_THAT_SHARE, _FEW_PAGES = 3, 8
_LONGEST_HEAD = 200
_OF_FULL_LINE = 0.7
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d*$")
_LONG, _FEW, _BROKEN = 40, 2, 0.25
_AROUND = 8  # lines above and below
_NARROWEST = 0.6
_NUMBER = re.compile(r"\d+")
_NO_WORD = re.compile(r"[^a-z#]+")
_ALONE = re.compile(
    r"(?:back to (?:contents|top|table of contents)|(?:back to )?table of contents|return to (?:contents|top)"
    r"|\(?continued(?: on next page)?\)?|[-–—|]?\s*(?:page\s*)?[-–—]?\s*\d{1,3}\s*[-–—|]?(?: of \d{1,3})?)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[-–—|]?\s*(?:page\s*)?[-–—]?\s*\d{1,3}\s*[-–—|]?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:proposal|item|resolution)s?(?:no|number)?\W{0,4}(?:no\W{0,3}|number\W{0,3})?(?:\d|one|two"
    r"|three|four|five|six|seven|eight|nine|ten)"
)
_OF_HOLDER = re.compile(rf"{HOLDER}(?:['’]?s?['’]?) proposal\b(?!s)", re.IGNORECASE)
_ITEM = re.compile(r"0?[1-9]|1\d")
_LABEL = re.compile(r"(?:proposal|item)(?: no\.?| number)?", re.IGNORECASE)
_HEADING = re.compile(r"(?:proposal|item|resolution)\b", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:oppos\w+|response|recommend\w*|supporting|resolved|whereas|support|required|position"
    r"|statement of|(?:board|management|directors|company)['’]?s?['’]? statement)\b",
    re.IGNORECASE,
)
_COMPANY_NAME = re.compile(r"\b(?:Inc|Corp|Co|Ltd|L\.?P|N\.A|plc)\.$")  # the one full stop that a foot may end with
_NO_MARK = re.compile(r"[^a-z0-9]+")


def lines_of(layout: Layout) -> list[Line]:
    """Return the lines that say something, in reading order, without running heads and feet and page numbers."""
    pages = [list(page) for page in _pages(layout.blocks)]
    if _has_a_line_a_block(pages):
        pages = [
            [replace(line, wrapped=True, gap=False) if _may_wrap(line) else line for line in page] for page in pages
        ]
    _drop_running(pages)
    found: list[Line] = []
    for page in pages:
        found += in_reading_order(page)
    return _with_limits(found)


def _may_wrap(line: Line) -> bool:
    return not line.row and not line.wrapped and not line.strong


def _has_a_line_a_block(pages: list[list[Line]]) -> bool:
    """Whether HTML was made of printed lines, each a block of its own, so that paragraphs must be put together."""
    broken = found = 0
    for page in pages:
        for above, below in pairwise(page):
            if _may_wrap(above) and _may_wrap(below) and len(above.text) > _LONG:
                found += 1
                broken += below.text[0].islower() and above.text[-1] not in ".;:!?"
    return found > _FEW and broken > found * _BROKEN


def _pages(blocks: Sequence[Block]) -> Iterator[list[Line]]:
    page: list[Line] = []
    number, gap = 0, True
    for at, block in enumerate(blocks):
        if block.kind == "break":
            yield page
            page, number, gap = [], number + 1, True
            continue
        pieces = _pieces(block)
        if not pieces:
            gap = True
            continue
        for cells in pieces:
            page.append(
                Line(
                    cells,
                    number,
                    gap or block.kind != "line",
                    block.kind == "line",
                    block.strong,
                    block.centred,
                    block.kind == "row",
                    at,
                )
            )
        gap = False
    yield page


def _pieces(block: Block) -> Iterator[tuple[Cell, ...]] | list[tuple[Cell, ...]]:
    """Return the lines of a block, each as its cells; a row with long cells of several lines is read cell by cell."""
    if not block.text:
        return []
    if not block.cells:
        return [(Cell(block.text, block.start, block.end, 0, 1),)]
    if any("\n" in cell.text for cell in block.cells):
        return [(line,) for cell in block.cells for line in _lines_of_cell(cell)]
    return [block.cells]


def _lines_of_cell(cell: Cell) -> Iterator[Cell]:
    at = cell.start
    for text in cell.text.split("\n"):
        if text.strip():
            yield Cell(text, at, at + len(text), cell.column, cell.colspan)
        at += len(text) + 1


def _key(line: Line) -> str:
    """Return what is the same of a running head on all its pages: its words, and the number of a ballot item."""
    text = line.text.lower()
    if not _NUMBERED.search(text):
        text = _NUMBER.sub("#", text)
        return _NO_WORD.sub("", text)
    return _NO_MARK.sub("", text)


def _drop_running(pages: list[list[Line]]) -> None:
    heads = _shared(pages, foot=False)
    feet = _shared(pages, foot=True)
    seen: dict[str, tuple[int, int]] = {}
    for page in pages:
        kept = _without_page_numbers(page)
        kept = _without(kept, heads, seen, foot=False)
        page[:] = _without(kept, feet, seen, foot=True)


def _without_page_numbers(page: list[Line]) -> list[Line]:
    """Return a page without page numbers and links; a number below "Proposal" or above its title is the proposal's."""
    labelled = False  # whether "Proposal" stands alone above, and not at the end of a sentence
    kept = []
    for number, line in enumerate(page):
        below = page[number + 1] if number + 1 < len(page) else None
        titled = (
            below is not None
            and _ITEM.fullmatch(line.text)
            and line.strong
            and below.strong
            and _OF_HOLDER.match(below.text)
        )
        if not _ALONE.fullmatch(line.text) or labelled or titled:
            kept.append(line)
        labelled = _LABEL.fullmatch(line.text) is not None and (line.gap or not line.wrapped)
    return kept


def _edge(page: list[Line], *, foot: bool) -> list[Line]:
    kept = [line for line in page if not _ALONE.fullmatch(line.text)]
    return kept[-_DEEPEST_FOOT:][::-1] if foot else kept[:_DEEPEST_HEAD]


def _shared(pages: list[list[Line]], *, foot: bool) -> set[str]:
    """Return the keys of lines that stand at the same edge of several pages, one after the other or left and right.

    Headings within a proposal stand at the top of pages too, but not of neighbouring ones; they are kept in any case.
    """
    counts: Counter[str] = Counter()
    before: deque[set[str]] = deque(maxlen=2)
    for page in pages:
        keys = {_key(line) for line in _edge(page, foot=foot) if _may_run(line)}
        counts.update(key for key in keys if any(key in others for others in before))
        before.append(keys)
    few = len(pages) <= _FEW_PAGES
    return {key for key, count in counts.items() if few or _NUMBERED.search(key) or count >= _PAGES_THAT_SHARE - 1}


def _may_run(line: Line) -> bool:
    text = line.text
    if (
        (text[-1] in ".;:," and not _COMPANY_NAME.search(text))
        or _OURS.search(text)
        or _LABEL.fullmatch(text)
        or len(text) > _LONGEST_HEAD
    ):
        return False
    return text[0].isalnum() and not (text[0].islower() and len(text) > _LONG)


def _without(page: list[Line], running: set[str], seen: dict[str, tuple[int, int]], *, foot: bool) -> list[Line]:
    """Return a page without its running lines; the first line that names a ballot item is its heading and stays."""
    edge = _edge(page, foot=foot)
    set_off = _set_off(page, running)
    dropped = set()
    for line in edge:
        key = _key(line)
        if key not in running or line.number not in set_off:
            continue
        if _HEADING.match(line.text) and seen.setdefault(key, (line.page, line.number)) == (line.page, line.number):
            continue
        dropped.add(id(line))
    return [line for line in page if id(line) not in dropped]


def _set_off(page: list[Line], running: set[str]) -> set[int]:
    """Return the numbers of lines in no paragraph: all lines between two empty ones stand on other pages too."""
    if not any(line.gap for line in page[1:]):
        width = max((line.right for line in page), default=0)
        return {line.number for line in page if line.right - line.left < _OF_FULL_LINE * width}
    return {
        line.number for group in _between_gaps(page) if all(_key(one) in running for one in group) for line in group
    }


def _with_limits(lines: list[Line]) -> list[Line]:
    """Return wrapped lines with the right margin of the paragraph, or of what stands around it on the page."""
    found: list[Line] = []
    rights = [0 if not line.wrapped or _LEADERS.search(line.text) else line.right for line in lines]
    at = 0
    for group in _between_gaps(lines):
        own = max(line.right for line in group)
        for line in group:
            if line.wrapped and not line.limit:
                first, last = max(0, at - _AROUND), at + _AROUND + 1
                near = [rights[other] for other, one in enumerate(lines[first:last], first) if one.page == line.page]
                widest = max(near) or own
                limit = max(own, int(_NARROWEST * widest)) if len(group) <= _AROUND else widest
                found.append(replace(line, limit=limit))
            else:
                found.append(line)
            at += 1
    return found


def _between_gaps(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and (line.gap or line.page != group[-1].page):
            yield group
            group = []
        group.append(line)
    if group:
        yield group
