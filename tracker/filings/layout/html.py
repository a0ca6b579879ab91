"""The layout of an HTML filing: what a browser would show, as paragraphs and table rows.

Inline XBRL tags are transparent, hidden parts are left out. Digits set high (footnote marks) become "¹", so that a
count and its footnote never run together.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tracker.filings.layout.blocks import Layout, Writer
from tracker.filings.layout.styles import Look, Styles
from tracker.filings.layout.text import plain, write_lines
from tracker.sources.html_page import tree_of

_SKIPPED = frozenset(
    {"script", "style", "title", "meta", "noscript", "template", "svg", "ix:header", "ix:hidden", "select", "textarea"}
)
_PARTS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "center", "form",
    "section", "article", "header", "footer", "main", "nav", "aside", "address", "fieldset", "figure", "figcaption",
    "caption", "body", "hr", "dir", "menu",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_WIDEST = 1000
_PRE = re.compile(r"<pre\b.*?(?:</pre\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TEXT_TAG = re.compile(r"</?(?:table|caption|s|c|fn|f\d{1,2})\s*>", re.IGNORECASE)
_PAGE = re.compile(r"</?page\s*>", re.IGNORECASE)
_WINDOWS = re.compile(r"&#(?:1[2-5][0-9](?![0-9])|x[89][0-9a-f](?![0-9a-f]));?", re.IGNORECASE)
# A count that stands in one cell for all the rows beside it.
_SHARED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|0|[-–—−]{1,3}")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def html_layout(text: str, warnings: tuple[str, ...] = (), form: str = "") -> Layout:
    """Return the layout of an HTML document; raises ParseError when there is no HTML in it."""
    page = tree_of(_prepared(text), "the filing")
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    sheets = "\n".join(sheet.text or "" for sheet in page.iter("style"))
    return _Walk(Styles(sheets)).over(page).layout(warnings, form)


def _prepared(text: str) -> str:
    """Return `text` with Windows' characters as they were meant, and preformatted parts without tags of text tables."""
    text = _WINDOWS.sub(_windows, text)
    lowered = text.lower()
    if "<page>" in lowered:
        text = _PAGE.sub("<hr>", text)
    if "<pre" in lowered:
        text = _PRE.sub(lambda part: _TEXT_TAG.sub(lambda tag: " " * len(tag[0]), part[0]), text)
    return text


def _windows(reference: re.Match[str]) -> str:
    digits = reference[0].strip("&#;")
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return bytes([number]).decode("cp1252", "ignore") if 0x80 <= number < 0xA0 else reference[0]


@dataclass(slots=True)
class _Text:
    """Pieces of text with their look; None parts lines."""

    pieces: list[tuple[str, bool] | None] = field(default_factory=list)

    def lines(self) -> list[tuple[str, bool]]:
        """Return the lines that say something, and whether each is strong."""
        found: list[tuple[str, bool]] = []
        line: list[str] = []
        strong = True
        for piece in (*self.pieces, None):
            if piece is not None:
                line.append(piece[0])
                strong = strong and (piece[1] or not piece[0].strip())
                continue
            if line:
                text = " ".join(plain("".join(line)).split())
                if text:
                    found.append((text, strong))
                line, strong = [], True
        return found


@dataclass(slots=True)
class _Table:
    """Where we are in a table: the row's cells so far, and the columns that cells above still hold."""

    number: int
    row: list[tuple[list[tuple[str, bool]], int, int]] = field(default_factory=list)
    text: _Text | None = None
    column: int = 0
    colspan: int = 1
    centred: bool = False
    held: dict[int, int] = field(default_factory=dict)
    shared: dict[int, tuple[str, int]] = field(default_factory=dict)
    rowspan: int = 1


class _Walk:
    """One walk over the tree, without recursion: filings nest as deep as they like."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.writer = Writer()
        self.text = _Text()
        self.centred = False
        self.tables: list[_Table] = []
        self.lists: list[list[Any]] = []
        self.number = 0
        self.broken = False
        self.pre = False

    def over(self, page: Any) -> Writer:
        walk = etree.iterwalk(page, events=("start", "end"))
        # For each open element: strong, centred, raised, pre, and the look to close it by.
        state: list[tuple[bool, bool, bool, bool, Look]] = []
        strong = centred = raised = pre = False
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                look = self.styles.of(element, tag)
                state.append((strong, centred, raised, pre, look))
                if look.hidden or tag in _SKIPPED:
                    walk.skip_subtree()
                    continue
                strong = strong if look.strong is None else look.strong
                centred = centred if look.centred is None else look.centred
                raised = raised or look.raised
                pre = pre or tag == "pre"
                self.pre = pre
                self.open(element, tag, look)
                if element.text:
                    self.say(element.text, strong=strong, centred=centred, raised=raised, pre=pre)
            else:
                strong, centred, raised, was_pre, look = state.pop()
                if not (look.hidden or tag in _SKIPPED):
                    self.close(tag, look, pre=pre and not was_pre)
                self.pre = pre = was_pre
                if element.tail:
                    self.say(element.tail, strong=strong, centred=centred, raised=raised, pre=pre)
        self.flush()
        return self.writer

    def say(self, text: str, *, strong: bool, centred: bool, raised: bool, pre: bool) -> None:
        if pre:
            first, *others = text.split("\n")
            self.current().pieces.append((first, strong))
            for line in others:
                self.current().pieces.extend((None, (line, strong)))
            return
        into = self.current()
        if not into.pieces or into.pieces[-1] is None:
            if not text.strip():
                return
            if self.tables:
                self.tables[-1].centred = centred
            else:
                self.centred = centred
        if raised and text.strip().isdecimal():
            text = text.translate(_HIGH)
        into.pieces.append((text.replace("\n", " ") if "\n" in text else text, strong))

    def current(self) -> _Text:
        table = self.tables[-1] if self.tables else None
        return table.text if table and table.text is not None else self.text

    def open(self, element: Any, tag: str, look: Look) -> None:
        if look.break_before:
            self.page_break()
        if tag in _CELLS and self.tables:
            self.open_cell(element)
        elif tag == "tr" and self.tables:
            self.close_row()
        elif tag == "table":
            self.open_table()
        elif tag == "br":
            self.current().pieces.append(None)
        elif tag == "pre":
            self.pre = False  # what came before it was none
            self.part()
            self.pre = True
        elif tag in _PARTS:
            self.part()
            if tag == "hr":
                self.page_break()
            elif tag in {"ol", "ul"}:
                self.lists.append([tag, element.get("type") or "1", _number(element.get("start"), 1)])
            elif tag == "li":
                self.item(element)

    def close(self, tag: str, look: Look, *, pre: bool) -> None:
        if tag in _CELLS and self.tables:
            self.close_cell()
        elif tag == "tr" and self.tables:
            self.close_row()
        elif tag == "table" and self.tables:
            self.close_table()
        elif pre:
            self.part()
        elif tag in _PARTS:
            self.part()
            if tag in {"ol", "ul"} and self.lists:
                self.lists.pop()
        if look.break_after:
            self.page_break()

    def item(self, element: Any) -> None:
        """Write the mark that a browser sets before a list's item."""
        if not self.lists:
            return
        kind, style, number = self.lists[-1]
        if kind == "ul":
            mark = "•"
        else:
            number = _number(element.get("value"), number)
            self.lists[-1][2] = number + 1
            mark = f"{_counted(number, style)}."
        self.current().pieces.append((f"{mark} ", True))

    def part(self) -> None:
        """End a paragraph, within a cell only its line."""
        if self.tables and self.tables[-1].text is not None:
            self.tables[-1].text.pieces.append(None)
        else:
            self.flush()

    def flush(self) -> None:
        if self.pre and not self.tables:
            self.write_pre()
            return
        for line, strong in self.text.lines():
            self.writer.paragraph(
                line,
                table=self.tables[-1].number if self.tables else None,
                strong=strong,
                centred=self.centred,
            )
        self.text = _Text()

    def write_pre(self) -> None:
        pieces, self.text = self.text.pieces, _Text()
        lines = "".join("\n" if piece is None else piece[0] for piece in pieces).strip("\n")
        if lines.strip():
            write_lines(self.writer, lines)

    def page_break(self) -> None:
        if self.tables:
            self.broken = True  # after the row: a break parts no row
        else:
            self.flush()
            self.writer.page_break()

    # --- tables -------------------------------------------------------------------------------------------------------

    def open_table(self) -> None:
        if self.tables and self.tables[-1].text is not None:  # a table within a cell: what came before it goes first
            outer = self.tables[-1]
            self.close_cell()
            self.write_row(outer)
            outer.text = _Text()
        else:
            self.flush()
        self.tables.append(_Table(self.number))
        self.number += 1

    def close_table(self) -> None:
        self.close_row()
        self.flush()
        self.tables.pop()
        if self.broken and not self.tables:
            self.broken = False
            self.writer.page_break()

    def open_cell(self, element: Any) -> None:
        table = self.tables[-1]
        if table.text is not None:
            self.close_cell()
        elif self.text.pieces:
            self.flush()
        while table.held.get(table.column):
            table.column += 1
        table.text = _Text()
        table.colspan = _number(element.get("colspan"), 1)
        table.rowspan = _number(element.get("rowspan"), 1)
        if table.rowspan > 1:
            table.held.update(dict.fromkeys(range(table.column, table.column + table.colspan), table.rowspan))

    def close_cell(self) -> None:
        table = self.tables[-1]
        if table.text is None:
            return
        if lines := table.text.lines():
            table.row.append((lines, table.column, table.colspan))
            if table.rowspan > 1 and len(lines) == 1 and _SHARED.fullmatch(lines[0][0]):
                table.shared[table.column] = (lines[0][0], table.colspan)
        table.text = None
        table.column += table.colspan

    def close_row(self) -> None:
        table = self.tables[-1]
        if table.text is None and not table.column:  # a row opens after one that was closed
            return
        self.close_cell()
        self.write_row(table)
        table.column = 0
        table.held = {column: rows - 1 for column, rows in table.held.items() if rows > 1}
        table.shared = {column: shared for column, shared in table.shared.items() if column in table.held}
        if self.broken and len(self.tables) == 1:
            self.broken = False
            self.writer.page_break()

    def write_row(self, table: _Table) -> None:
        row, table.row = table.row, []
        own = {column for _, column, _ in row}
        for column, (text, colspan) in table.shared.items() if row else ():
            if column not in own:
                row.append(([(text, False)], column, colspan))
        row.sort(key=lambda cell: cell[1])
        if len(row) == 1:
            lines, column, colspan = row[0]
            for line, strong in lines:
                self.writer.row([(line, column, colspan)], table.number, strong=strong, centred=table.centred)
        elif row:
            cells = [("\n".join([line for line, _ in lines]), column, colspan) for lines, column, colspan in row]
            strong = all(strong for lines, *_ in row for _, strong in lines)
            self.writer.row(cells, table.number, strong=strong, centred=table.centred)


def _number(text: str | None, default: int) -> int:
    """Return a count that an attribute gives, within reason."""
    text = (text or "").strip()
    return min(max(int(text), 1), _WIDEST) if text.isdecimal() and len(text) < 5 else default


def _counted(number: int, style: str) -> str:
    if style in {"a", "A"} and number <= 26:
        return chr(ord(style) + number - 1)
    if style in {"i", "I"} and number <= 39:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if style == "i" else roman.upper()
    return str(number)
