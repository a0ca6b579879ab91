"""Item 5.07 read block by block: which rows are headings, which are figures, which sentences tell counts."""

import re
from collections.abc import Iterator

from tracker.filings.layout.blocks import Block, Cell, Layout
from tracker.filings.voting_results.columns import Columns, Counted, without_percentages
from tracker.filings.voting_results.continued import with_whole_labels
from tracker.filings.voting_results.counts import read_count
from tracker.filings.voting_results.drafts import Draft
from tracker.filings.voting_results.flattened import after_heads, all_heads_first, ends_in_figures, rows_in
from tracker.filings.voting_results.footnotes import Footnotes
from tracker.filings.voting_results.headings import Text
from tracker.filings.voting_results.kinds import names_matter, person_in
from tracker.filings.voting_results.matters import Matters
from tracker.filings.voting_results.numbering import named_in, number_alone, numbered
from tracker.filings.voting_results.pairs import counts_of, pairs_in
from tracker.filings.voting_results.prose import Told, told_in, whose
from tracker.filings.voting_results.roles import (
    BROKER,
    Role,
    before_heads,
    in_sequence,
    in_vocabulary,
    is_label_head,
    role_of,
)
from tracker.filings.voting_results.section import after_title
from tracker.filings.voting_results.surnames import elected_in, surname_in, whole_name, without_received
from tracker.filings.voting_results.tables import Figure, Piece, lines_of, parted, rows_of
from tracker.filings.voting_results.turned import Below, Beside

_BETWEEN = " \n\t,;:•–—-"
_PART = re.compile(r"[:;.]\s")
_PAGE_NUMBER = re.compile(r"[-–\s]*[0-9]{1,3}[-–\s]*")
_END_OF_SENTENCE = re.compile(r"(?:19|20)[0-9]{2}[.:;,]?|[0-9,]{1,15}[.;]")
_DRAWN = re.compile(r"[-=_–—\s]+")
_UNFINISHED = re.compile(r"\b(?:of|the|to|on|for|and|in|a|an|by|or|its|as|with|regarding|our)$", re.IGNORECASE)
_NUMBER_ONLY = re.compile(r"\(?[0-9]{1,2}[.)]")
_LONGEST_NAME = 100
_ON_A_MATTER = re.compile(
    r",?\s(?:on|with respect to|in respect of|regarding|as to|concerning)\s(?P<matter>(?:a|an|the)\s[^.;]{8,300})",
    re.IGNORECASE,
)
_OF_EACH = re.compile(
    r"[^.;]{0,40}\b(?:each|every|all)\b|[^.;]{0,20}\belection of (?:the )?(?:directors|trustees|nominees)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r"^\W{0,4}(?:director )?(?:nominee|director|trustee|candidate|name)s?\s?[:–—-]", re.IGNORECASE)


class Reader:
    """Reads the item's blocks in order."""

    def __init__(self, layout: Layout, section: list[Block]) -> None:
        self.layout = layout
        self.section = section
        self.columns = Columns()
        self.matters = Matters()
        self.beside = Beside()
        self.below = Below()
        self.footnotes = Footnotes()
        self.notes: list[str] = []

    def drafts(self) -> list[Draft]:
        """Read the section and return its matters."""
        for block in _flowing(list(with_whole_labels(self.section)), self.layout):
            self.block(block)
        self.beside.flush(self.matters)
        return self.matters.finish()

    def block(self, block: Block) -> None:
        if (title := after_title(block)) and block.kind == "row":  # what a table of the whole page says below it
            title = block.text.find("\n", title)
            for line in lines_of(Piece(block.text[title:], block.start + title, block.end, 0, 1)) if title > 0 else ():
                self.block(Block("paragraph", line.text, line.start, line.end))
            return
        if title:
            text = block.text[title:].strip()
            block = Block("paragraph", text, block.end - len(text), block.end)
        for row in rows_of(block):
            if row:
                self.row(row, block)

    def row(self, row: list[Piece], block: Block) -> None:
        if _is_ruler(row):
            return
        labels, figures = parted(row)
        if not figures and self.footnotes.note(row):
            return
        if block.kind != "paragraph":
            self.footnotes.mark(row)
        pairs = pairs_in(row) if figures else None
        if pairs and self.beside.take(pairs[1], self.columns.titles):
            return
        self.beside.flush(self.matters)
        if below := self.below.take(row, figures):
            self.columns.settle()
            self.matters.pair([], below.by_role)
            return
        if len(row) == 1 and block.kind != "row" and _PAGE_NUMBER.fullmatch(row[0].text) and not self.below.figures:
            return
        if pairs:
            self.pairs(*pairs)
        elif not figures or (not self.columns.rows and _years_apart(labels, figures)):
            self.words(row, block)
        else:
            self.figures(labels, figures, row, block)

    def figures(self, labels: list[Piece], figures: list[Figure], row: list[Piece], block: Block) -> None:
        """Take a row of figures that stand under headings."""
        self.columns.settle()
        if number := self.columns.number_before(figures, block.table):
            labels, figures = [number, *labels], figures[1:]
        counts = self.columns.read(figures, block.table)
        before = [label for label in labels if label.start < figures[0].piece.start]
        if counts is None:
            if without_percentages(figures):
                self.notes.append(f"no headings stand above the figures of “{block.text[:60]}”: they were left out")
            self.say(row, block)
        elif counts.by_role:
            self.notes.extend(counts.notes)
            self.matters.row(before, counts.by_role, nominees=self.columns.heads_nominees())

    def words(self, row: list[Piece], block: Block) -> None:
        """Take a row without a cell that is a figure."""
        start, end = row[0].start, row[-1].end
        text = self.layout.text[start:end]
        if len(row) == 1 and self.columns.offer_sequence(row[0]):
            return
        if len(row) == 1 and self.flattened(row[0], block):
            return
        heads = sum(role_of(piece.text) is not None for piece in row) > 1
        if not heads and (told := told_in(text)):
            self.told(text, start, told)
            return
        if len(row) == 1 and number_alone(text) is None and self.run_together(row[0], block):
            return
        others = self.columns.offer(row, block)
        if others is None:
            if len(row) == 1 and role_of(row[0].text):
                return
            beside = len(row) > 1 and all(numbered(piece.text) and not number_alone(piece.text) for piece in row)
            if not beside:  # titles of columns, each of a matter of its own
                self.say(row, block)
        else:
            self.say(others, block)

    def flattened(self, piece: Piece, block: Block) -> bool:
        """Take a line that holds headings and their figures; returns False when it does not."""
        if flat := all_heads_first(piece):
            self.lead(flat[0].text, flat[0].start)
            self.matters.pair([], flat[1])
            return True
        parts = after_heads(piece)
        return parts is not None and self.columns.offer_sequence(parts[0]) and self.run_together(parts[1], block)

    def run_together(self, piece: Piece, block: Block) -> bool:
        """Take the rows of a line that are led by the headings in force; returns False when there are none."""
        rows = rows_in(piece, self.columns.wanted)
        for row in rows:
            self.row(row, Block("row", block.text, block.start, block.end, table=None))
        return bool(rows)

    def say(self, row: list[Piece], block: Block) -> None:
        """Take a row as a text that may head the counts that come."""
        if not row:
            return
        text = "\t".join(piece.text for piece in row)  # as in the layout's text, where a tab parts cells
        self.matters.text(Text(text, row[0].start, row[-1].end, block.strong))

    def told(self, text: str, start: int, told: list[Told]) -> None:
        """Take counts told in a text; a count told again begins the next matter, which the words between may name."""
        on = _ON_A_MATTER.match(text, told[-1].end) if len(told) > 1 and not self.matters.pending else None
        if on and names_matter(on["matter"]):
            self.matters.text(Text(on["matter"], start + on.start("matter"), start + on.end("matter")))
        seen: set[str] = set()
        at = 0
        for one in told:
            counted = Counted(one.value, start + one.at, start + one.to)
            if (numbers := named_in(text, one.end)) and self.matters.said_of(numbers, one.role, counted):
                at = one.end
                continue
            if not seen or one.role in seen:
                self.lead(text[at : one.start], start + at)
                seen = set()
                if name := whose(text, one):
                    self.lead(text[slice(*name)], start + name[0])
            seen.add(one.role)
            if one.role == BROKER and (_OF_EACH.match(text, one.end) or _OF_EACH.match(text, one.start, one.at)):
                self.matters.close()
            at = one.end
            self.matters.pair([], {one.role: counted}, told=True)

    def lead(self, words: str, start: int) -> None:
        """Take the words before a matter's first count, when they name the matter or the nominee."""
        words = _NAMES.sub(lambda found: " " * len(found[0]), words)
        lead = words.lstrip(_BETWEEN + ").").rstrip(_BETWEEN + "(")
        at = start + words.index(lead)
        lead = without_received(lead)
        name = _name_at_the_end(lead)
        place = lead.rindex(name) if name else len(lead)
        matter = lead[:place].removesuffix("and ").rstrip(_BETWEEN)
        if _NUMBER_ONLY.fullmatch(matter) or (len(matter) > 3 and (numbered(matter) or names_matter(matter))):
            self.matters.text(Text(matter, at, at + len(matter)))
        if (surname := surname_in(name)) and (whole := whole_name(surname, self.layout.text, at + place)):
            self.matters.text(Text(self.layout.text[slice(*whole)], *whole))
        elif not name and (elected := elected_in(lead)) and (surname := surname_in(elected)):
            if whole := whole_name(surname, self.layout.text, at + lead.index(elected)):
                self.matters.text(Text(self.layout.text[slice(*whole)], *whole))
        elif name:
            self.matters.text(Text(name, at + place, at + place + len(name)))

    def pairs(self, lead: list[Piece], pairs: list[tuple[Role, list[Figure]]]) -> None:
        counts = counts_of(pairs)
        self.notes.extend(counts.notes)
        if counts.by_role:
            self.matters.pair(lead, counts.by_role)


def _name_at_the_end(lead: str) -> str:
    """Return the person's name that a lead is, or that follows a colon or sentence in it, or ""."""
    tail = max(0, len(lead) - _LONGEST_NAME)
    ends = [end.end() for end in _PART.finditer(lead, tail)]
    for start in (*([] if tail else [0]), *ends):
        name = before_heads(lead[start:]).strip(_BETWEEN).removeprefix("and ").strip()
        if (person_in(name) or surname_in(name)) and name in lead:
            return name
    return ""


def _flowing(section: list[Block], layout: Layout) -> Iterator[Block]:
    """Yield the section with the lines of a text file that run on joined to paragraphs."""
    running: list[Block] = []
    for one in section:
        block = one
        if running and (whole := _wrapped(running, block)):
            running, block = [], whole
        prose = block.kind == "line" and block.text.strip() and not _tabular(block, alone=not running)
        if running and (not prose or numbered(block.text)):
            yield _joined(running, layout)
            running = []
        if prose:
            running.append(block)
        elif block.text.strip():
            yield block
    if running:
        yield _joined(running, layout)


def _is_ruler(row: list[Piece]) -> bool:
    """Return whether a row is drawn under headings: lines of dashes, which are no zeros."""
    return all(_DRAWN.fullmatch(piece.text) for piece in row) and any(len(piece.text) > 2 for piece in row)


def _wrapped(running: list[Block], block: Block) -> Block | None:
    """Return lines of a text table as one row, when the label of the last, with the figures, carries on the others.

    Three and more are one row only below a number, set in as far as the last.
    """
    before, cells = running[-1], block.cells
    first = running[0].cells[0] if all(len(line.cells) == 1 for line in running) else None
    adjacent = block.kind == "line" and block.start == before.end + 1 and len(cells) > 1
    if first is None or not adjacent or cells[0].column <= first.column or read_count(cells[0].text):
        return None
    inner = running[1:]
    if inner and not (numbered(first.text) and all(line.cells[0].column == cells[0].column for line in inner)):
        return None
    label = " ".join([*(line.cells[0].text for line in running), cells[0].text])
    carries_on = cells[0].text[0].islower() or _UNFINISHED.search(before.cells[0].text) is not None
    if not (carries_on or person_in(label)) or in_vocabulary(cells[0].text):
        return None
    whole = Cell(label, first.start, cells[0].end, first.column, 1)
    return Block("line", f"{label} {block.text}", running[0].start, block.end, (whole, *cells[1:]))


def _joined(lines: list[Block], layout: Layout) -> Block:
    start, end = lines[0].start, lines[-1].end
    return Block("paragraph", layout.text[start:end], start, end)


def _tabular(block: Block, *, alone: bool) -> bool:
    """Return whether a line is a row of figures or headings; `alone`: it does not carry on a paragraph."""
    labels, figures = parted([Piece(c.text, c.start, c.end, c.column, c.column + len(c.text)) for c in block.cells])
    if not alone and _END_OF_SENTENCE.fullmatch(block.text.strip()):  # "... the independent auditors for / 2031"
        return False
    roles = sum(role_of(piece.text) is not None for piece in labels)
    heads = len(labels) > 1 and roles < 2 and all(in_vocabulary(one.text) or is_label_head(one.text) for one in labels)
    if figures or roles > 1 or heads or (alone and roles == len(labels) == 1):
        return True
    return len(labels) == 1 and bool(in_sequence(labels[0].text) or ends_in_figures(labels[0].text))


def _years_apart(labels: list[Piece], figures: list[Figure]) -> bool:
    """Return whether a row is the upper half of headings such as "1 / Year", "2 / Years"."""
    numbers = [figure.piece.text for figure in figures]
    return (
        numbers == sorted(set(numbers))
        and set(numbers) <= {"1", "2", "3"}
        and all(in_vocabulary(label.text) for label in labels)
    )
