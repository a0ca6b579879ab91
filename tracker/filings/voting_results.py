"""Voting results of a shareholders' meeting: every matter in Item 5.07 of a Form 8-K, with the place of each figure.

A count is read only where the filing says what it counts: an absent column is None, a printed zero or dash is 0.
Source: Form 8-K, Item 5.07, https://www.sec.gov/files/form8-k.pdf
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.filings.blocks import Block, Layout
from tracker.filings.layout import layout_of
from tracker.filings.tables import Figure, Piece, aligned, parted, rows_of
from tracker.filings.voting_results_columns import Columns, Counted, Counts, without_percentages
from tracker.filings.voting_results_headings import Text, number_alone, numbered
from tracker.filings.voting_results_kinds import Kind, kind_of, names_matter, person_in
from tracker.filings.voting_results_matters import Draft, Matters
from tracker.filings.voting_results_prose import Told, told_in
from tracker.filings.voting_results_roles import (
    AGAINST,
    AGAINST_OR_WITHHELD,
    COUNTS,
    TOTAL,
    WITHHELD,
    YEARS,
    Role,
    before_heads,
    in_vocabulary,
    role_of,
)
from tracker.filings.voting_results_section import after_title, is_amendment, is_preliminary, meeting_date, section_of


class Span(NamedTuple):
    """A place in the layout's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter voted on: a nominee, a proposal, or the frequency vote. Counts are votes; None: not in the filing.

    `choices` is given for the frequency vote alone: "1 year", "2 years", "3 years". `places` holds the span of the
    title, the nominee and each figure, under the names of the fields.
    """

    number: str | None
    title: str
    kind: Kind
    nominee: str | None = None
    for_: int | None = None
    against: int | None = None
    withheld: int | None = None
    abstain: int | None = None
    broker_non_votes: int | None = None
    choices: Mapping[str, int | None] | None = None
    places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def total(self) -> int:
        """All votes that the filing counts on this matter, broker non-votes among them."""
        counts = (self.for_, self.against, self.withheld, self.abstain, self.broker_non_votes)
        return sum(count or 0 for count in (*counts, *(self.choices or {}).values()))


@dataclass(frozen=True, slots=True)
class VotingResults:
    """What a report says of one meeting's votes; no matters when it has no Item 5.07, or counts only in an exhibit."""

    meeting_date: date | None
    preliminary: bool
    amends: bool
    matters: tuple[Matter, ...]
    warnings: tuple[str, ...]
    text: str


def read_voting_results(body: bytes, content_type: str = "") -> VotingResults:
    """Return the voting results that a Form 8-K or 8-K/A reports.

    Raises ParseError for what is no Form 8-K or has no text, InputError for what is too large.
    """
    layout = layout_of(body, content_type)
    section = section_of(layout)
    said = "\n".join(block.text for block in section)
    amends = is_amendment(layout)
    reader = _Reader(layout)
    for block in _flowing(section, layout):
        reader.block(block)
    matters = tuple(_matter(draft) for draft in reader.finish())
    return VotingResults(
        meeting_date(said),
        is_preliminary(said, amends=amends),
        amends,
        matters,
        (*layout.warnings, *dict.fromkeys(reader.notes)),
        layout.text,
    )


def _flowing(section: list[Block], layout: Layout) -> list[Block]:
    """Return the section with the lines of a text file that run on joined to paragraphs."""
    found: list[Block] = []
    running: list[Block] = []
    for block in (*section, None):
        runs_on = (
            block is not None and block.kind == "line" and block.text.strip() and not _tabular(block, alone=not running)
        )
        if runs_on and block is not None:
            running.append(block)
            continue
        if running:
            start, end = running[0].start, running[-1].end
            found.append(Block("paragraph", layout.text[start:end], start, end))
            running = []
        if block is not None and block.text.strip():
            found.append(block)
    return found


def _tabular(block: Block, *, alone: bool) -> bool:
    """Return whether a line is a row of figures or headings; `alone`: it does not carry on a paragraph."""
    labels, figures = parted([Piece(c.text, c.start, c.end, c.column, c.column + len(c.text)) for c in block.cells])
    roles = sum(role_of(piece.text) is not None for piece in labels)
    return bool(figures) or roles > 1 or (alone and roles == len(labels) == 1)


class _Reader:
    """Reads the item's blocks in order."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.columns = Columns()
        self.matters = Matters()
        self.beside = Beside()
        self.below = Below()
        self.notes: list[str] = []

    def finish(self) -> list[Draft]:
        """Return the matters read."""
        self.beside.flush(self.matters)
        return self.matters.finish()

    def block(self, block: Block) -> None:
        if (title := after_title(block)) and block.kind != "row":
            text = block.text[title:].strip()
            block = Block("paragraph", text, block.end - len(text), block.end)
        elif title:
            return
        for row in rows_of(block):
            if row:
                self.row(row, block)

    def row(self, row: list[Piece], block: Block) -> None:
        labels, figures = parted(row)
        pairs = _pairs(row) if figures else None
        if pairs and self.beside.take(pairs[1], self.columns.titles):
            return
        self.beside.flush(self.matters)
        if below := self.below.take(row, figures):
            self.matters.pair([], below.by_role)
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
        if len(row) == 1 and (flat := self.columns.split_flat(row[0])):
            self.lead(flat[0].text, flat[0].start)
            self.matters.pair([], flat[1])
            return
        heads = sum(role_of(piece.text) is not None for piece in row) > 1
        if not heads and (told := told_in(text)):
            self.told(text, start, told)
            return
        if len(row) == 1 and number_alone(text) is None and (pieces := self.columns.split(row[0])):
            self.row(pieces, Block("row", block.text, block.start, block.end, table=None))
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

    def say(self, row: list[Piece], block: Block) -> None:
        """Take a row as a text that may head the counts that come."""
        if not row:
            return
        text = "\t".join(piece.text for piece in row)  # as in the layout's text, where a tab parts cells
        self.matters.text(Text(text, row[0].start, row[-1].end, block.strong))

    def told(self, text: str, start: int, told: list[Told]) -> None:
        """Take counts told in a text; a count told again begins the next matter, which the words between may name."""
        seen: set[str] = set()
        at = 0
        for one in told:
            if not seen or one.role in seen:
                self.lead(text[at : one.start], start + at)
                seen = set()
            seen.add(one.role)
            at = one.end
            self.matters.pair([], {one.role: Counted(one.value, start + one.at, start + one.to)}, told=True)

    def lead(self, words: str, start: int) -> None:
        """Take the words before a matter's first count, when they name the matter or the nominee."""
        lead = words.lstrip(" \n\t,;:.•–—-)").rstrip(" \n\t,;:•–—-(")
        if name := person_in(before_heads(lead)):
            lead = before_heads(lead) if lead.startswith(before_heads(lead)) else name
        if len(lead) > 3 and (numbered(lead) or names_matter(lead) or person_in(lead)):
            at = start + words.index(lead)
            self.matters.text(Text(lead, at, at + len(lead)))

    def pairs(self, lead: list[Piece], pairs: list[tuple[Role, list[Figure]]]) -> None:
        counts = Counts()
        for role, figures in pairs:
            kept = without_percentages(figures)
            if role.percent or role.name not in (*COUNTS, *YEARS, AGAINST_OR_WITHHELD):
                continue
            if len(kept) == 1:
                counts.add(role.name, kept[0])
        self.notes.extend(counts.notes)
        if counts.by_role:
            self.matters.pair(lead, counts.by_role)


def _years_apart(labels: list[Piece], figures: list[Figure]) -> bool:
    """Return whether a row is the upper half of headings such as "1 / Year", "2 / Years"."""
    numbers = [figure.piece.text for figure in figures]
    return (
        numbers == sorted(set(numbers))
        and set(numbers) <= {"1", "2", "3"}
        and all(in_vocabulary(label.text) for label in labels)
    )


@dataclass(slots=True)
class Below:
    """Headings one below the other, and then as many figures one below the other: a table turned to one column."""

    heads: list[Piece] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def take(self, row: list[Piece], figures: list[Figure]) -> Counts | None:
        """Take a row; return the counts when the last of them has come."""
        role = role_of(row[0].text) if len(row) == 1 else None
        if role is not None and role.name != TOTAL and not role.percent:
            if self.figures:
                self.heads, self.figures = [], []
            self.heads.append(row[0])
        elif len(row) == len(figures) == 1 and len(self.figures) < len(self.heads):
            self.figures += without_percentages(figures)
            if len(self.figures) == len(self.heads):
                return self._counts()
        else:
            self.heads, self.figures = [], []
        return None

    def _counts(self) -> Counts:
        counts = Counts()
        for head, figure in zip(self.heads, self.figures, strict=True):
            if role := role_of(head.text):
                counts.add(role.name, figure)
        self.heads, self.figures = [], []
        return counts


@dataclass(slots=True)
class Beside:
    """A table whose columns are matters or nominees and whose rows are counts."""

    titles: list[Piece] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)

    def take(self, pairs: list[tuple[Role, list[Figure]]], titles: list[Piece]) -> bool:
        """Take a row of one count for several matters; returns False when it is no such row."""
        if len(pairs) != 1 or len(titles) < 2:
            return False
        role, figures = pairs[0][0], without_percentages(pairs[0][1])
        heads = [title for title in titles if title.right > figures[0].piece.left] if figures else []
        if len(figures) < 2 or len(heads) < 2 or role.percent:
            return False
        if self.titles != heads:
            self.titles, self.counts = heads, [Counts() for _ in heads]
        for figure, place in zip(figures, aligned([figure.piece for figure in figures], heads), strict=True):
            if place is not None:
                self.counts[place].add(role.name, figure)
        return True

    def flush(self, matters: Matters) -> None:
        """Hand over what was taken."""
        for title, counts in zip(self.titles, self.counts, strict=True):
            matters.row([title], {role: one for role, one in counts.by_role.items() if one.value is not None})
        self.titles, self.counts = [], []


def _pairs(row: list[Piece]) -> tuple[list[Piece], list[tuple[Role, list[Figure]]]] | None:
    """Return a row in which every figure follows the word for it: what leads it and the pairs; None for any other."""
    labels, figures = parted(row)
    by_piece = {figure.piece: figure for figure in figures}
    lead: list[Piece] = []
    pairs: list[tuple[Role, list[Figure]]] = []
    for piece in sorted([*labels, *by_piece], key=lambda piece: piece.start):
        figure = by_piece.get(piece)
        if figure is not None:
            if not pairs:
                return None
            pairs[-1][1].append(figure)
        elif role := role_of(piece.text):
            pairs.append((role, []))
        elif pairs:
            return None
        else:
            lead.append(piece)
    if all(role.name == TOTAL for role, _ in pairs) and len(figures) > 1:  # a row of totals under headings
        return None
    return lead, pairs


def _matter(draft: Draft) -> Matter:
    heading = draft.heading
    counts = dict(draft.counts)
    if AGAINST_OR_WITHHELD in counts:
        counts.setdefault(WITHHELD if draft.elects else AGAINST, counts.pop(AGAINST_OR_WITHHELD))
    choices = {year: counts[year].value for year in YEARS if year in counts} or None
    kind: Kind = "director"
    if not draft.nominee and not draft.elects:
        kind = kind_of(heading.title, holders=draft.holders)
        kind = kind_of(heading.listed, holders=False) if kind == "other" and heading.listed else kind
    if choices:
        kind = "say_on_frequency"
    places = {role: Span(counted.start, counted.end) for role, counted in counts.items()}
    places["title"] = Span(heading.start, heading.end)
    if draft.nominee:
        places["nominee"] = Span(draft.nominee.start, draft.nominee.end)
    values = {role: counts[role].value if role in counts else None for role in COUNTS}
    return Matter(
        heading.number,
        f"{heading.title} ({draft.stock})" if draft.stock else heading.title,
        kind,
        draft.nominee.text if draft.nominee else None,
        values["for"],
        values["against"],
        values["withheld"],
        values["abstain"],
        values["broker_non_votes"],
        choices,
        MappingProxyType(places),
    )
