"""Paragraphs made whole again from the lines of a page, over wraps and page breaks, each word with its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.filings.proxy_lines import Line

_SLACK = 0.9  # of the right margin: letters are not all of one width, so a full line may end a little early
_SURELY_SHORT = 0.75
_LIST_MARK = re.compile(r"(?:[•●■▪◦○□☐✓➢►*·‣–—-]|o|ý|✕|✓|\(?(?:\d{1,2}|[a-zA-Z])[.)]|\((?:[ivx]{1,4}|\d{1,2})\))(?=\s|$)")
_LABELLED = re.compile(r"(?:proponents?|(?:submitted|sponsored) by):", re.IGNORECASE)
_COMPANY_OPENS = re.compile(
    r"(?:In accordance|The (?:Company|Board|following|proposal)|We (?:have|expect|received)|As (?:explained|described)|(?:Our|Your) Board|This proposal"
    r"|(?:A|One of our|Certain|Several) (?:of our )?(?:share|stock)(?:holder|owner)s?)\b"
)
_BULLET = re.compile(r"[•●■▪◦○□►➢·]\s*")
_INITIAL = re.compile(r"[A-Z]\.")
_OPENS = re.compile(
    r"[\"“'‘]?(?:(?:submitted|sponsored) by:|proponents?:|no recommendation\b|(?:(?:now,? )?therefore|be it|resolved|whereas|supporting statement|statement of support)\b[^a-z]{0,3})",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:proposal|item)\s+(?:no\.?\s|number\s)?\s?(?:\d{1,2}[a-z]?|[a-z]{3,9})\s?(?:$|[:–—|-]+\s*(?:$|[“\"A-Z]))", re.IGNORECASE)
_IS_HEADING = re.compile(
    r"(?:(?:agenda |voting )?(?:proposal|item|resolution)\s+(?:no\.?\s|number\s)?\s?(?:\d{1,2}[a-z]?|[a-z]{3,9})\b\W|\d{1,2}\.\s|(?:share|stock)(?:holder|owner) proposal)", re.IGNORECASE
)
_OF_HOLDER = re.compile(r"(?:share|stock)(?:holder|owner) proposal\s*(?:[:–—-]|(?:regarding|requesting|on|to)\b|\d)", re.IGNORECASE)
_OF_BOARD = re.compile(r"(?:the|our|your) board(?: of directors)? (?:unanimously|has|recommends|opposes|makes|is making)\b", re.IGNORECASE)
_FULL = 0.85
_LOWER = re.compile(r"[\"“'‘(\[]?[a-z]")
_END = re.compile(r"[.!?:;][\"”'’)\]]*\d{0,2}$")
_FOOTNOTE = re.compile(r"[*†‡]|\(?\d{1,3}[).\s]")
_HALF = 0.5
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Inc|Co|Corp|Ltd|No|St|Mr|Mrs|Ms|Dr|Rev|Ave|Blvd|vs|U\.S|N\.[EW]|S\.[EW])\.$")
_WORD = re.compile(r"[a-z]{4,}")
_LONG = 40
_SHORT = 70


class Span(NamedTuple):
    """A place in the layout's text: characters from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as one line of text. `marks` say where in the layout a part of it stands: (in `text`, in the layout).

    `gap`: it is set off from what stands above. `page` is the page it begins on.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    end: int
    page: int
    gap: bool
    strong: bool = False
    centred: bool = False
    row: bool = False
    wrapped: bool = False

    @property
    def start(self) -> int:
        return self.marks[0][1]

    def place(self, start: int = 0, end: int | None = None) -> Span:
        """Return where the characters of `text` from `start` to `end` stand in the layout."""
        if end is None or end >= len(self.text):
            return Span(self._at(start), self.end)
        return Span(self._at(start), self._at(end - 1) + 1 if end > start else self._at(start))

    def _at(self, offset: int) -> int:
        inside, outside = self.marks[0]
        for mark in self.marks:
            if mark[0] > offset:
                break
            inside, outside = mark
        return outside + offset - inside

    def part(self, start: int, end: int | None = None) -> "Paragraph":
        """Return the paragraph's characters from `start` to `end` as a paragraph, without spaces around them."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        marks = tuple((at - start, to) for at, to in self.marks if start < at < start + len(text))
        place = self.place(start, start + len(text))
        return Paragraph(
            text, ((0, place.start), *marks), place.end, self.page, self.gap, self.strong, self.centred, self.row,
            self.wrapped,
        )


def paragraphs_of(lines: Iterable[Line]) -> list[Paragraph]:
    """Return the paragraphs of a document; words divided at the end of a line are whole where they stand so elsewhere."""
    groups = list(_groups(lines))
    words = _words(groups) if any(_is_divided(group) for group in groups) else frozenset()
    return [_joined(group, words) for group in groups]


def _is_divided(group: Sequence[Line]) -> bool:
    return any(_divided(above.text, below.text) for above, below in pairwise(group))


def _words(groups: Iterable[Sequence[Line]]) -> frozenset[str]:
    return frozenset(word for group in groups for line in group for word in _WORD.findall(line.text.lower()))


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(group: list[Line], line: Line) -> bool:
    """Whether `line` belongs to the paragraph of the lines above it."""
    above = group[-1]
    if len(group) == 1 and _BULLET.fullmatch(above.text) and not _BULLET.match(line.text):
        return True
    if line.row or above.row or _OPENS.match(line.text):
        return False
    if len(group) <= 2 and _COMPANY_OPENS.match(line.text) and (
        _LABELLED.match(group[0].text) or _IS_HEADING.match(group[0].text)
    ):
        return False
    if _LIST_MARK.match(line.text) and (_ends_sentence(above.text) or not _INITIAL.match(line.text)):
        return False
    if _HEADING.match(line.text) and (_END.search(above.text) or not _is_full(above, line, _SLACK) or len(above.text) < _LONG):
        return False
    lower, ended = bool(_LOWER.match(line.text)), _ends_sentence(above.text)
    if ended and (_is_short_heading(line.text) or _OF_BOARD.match(line.text) or _OF_HOLDER.match(line.text) or line.text.isupper() != above.text.isupper()):
        return False
    size = sum(len(one.text) for one in group)
    if not (line.wrapped and above.wrapped):
        return lower and not ended and size > _LONG and not above.strong
    if len(group) == 1 and not lower and _IS_HEADING.match(above.text) and line.right > _FULL * line.limit:
        return False  # a title that needs a second line does not fill it
    if line.page != above.page or line.number < above.number:  # the next page, or the next column
        if ended or size <= _LONG or _FOOTNOTE.match(group[0].text) or "://" in above.text:
            return False
        return lower or (_is_full(above, line, _SLACK) and line.right - line.left > _HALF * line.limit)
    if line.gap:
        return lower and not ended and size > _LONG and _is_full(above, line, _SURELY_SHORT)
    if lower and not ended and size > _LONG:
        return _is_full(above, line, _SURELY_SHORT)
    return _is_full(above, line, 0.97 if ended and not lower else _SLACK)


def _is_short_heading(text: str) -> bool:
    """Whether a line below the end of a sentence is a heading: the last line of a paragraph would end with a full stop."""
    return len(text) < _SHORT and text[0].isupper() and (text[-1] == ":" or not _END.search(text))


def _ends_sentence(text: str) -> bool:
    return _END.search(text) is not None and not _ABBREVIATED.search(text)


def _is_full(above: Line, line: Line, share: float) -> bool:
    """Whether the first word of `line` had no room in the line above."""
    return above.right + 1 + len(line.text.split(" ", 1)[0]) > share * above.limit


def _joined(group: Sequence[Line], words: frozenset[str]) -> Paragraph:
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for line in group:
        for cell in line.cells:
            if parts and not _divided(parts[-1], cell.text):
                parts.append(" ")
                length += 1
            elif parts and _one_word(parts[-1], cell.text) in words:
                parts[-1] = parts[-1][:-1]
                length -= 1
            marks.append((length, cell.start))
            parts.append(cell.text)
            length += len(cell.text)
    first = group[0]
    return Paragraph(
        "".join(parts), tuple(marks), group[-1].end, first.page, first.gap,
        all(line.strong for line in group), all(line.centred for line in group), first.row, first.wrapped,
    )


def _one_word(above: str, below: str) -> str:
    """Return the word that two halves make without their hyphen."""
    return (above[:-1].rsplit(" ", 1)[-1] + below.split(" ", 1)[0]).lower().rstrip(".,;:!?)\"”’")


def _divided(above: str, below: str) -> bool:
    """Whether a word goes on: "well-" and "intentioned"."""
    return len(above) > 2 and above[-1] in "-‐‑" and above[-2].isalpha() and below[:1].islower()
