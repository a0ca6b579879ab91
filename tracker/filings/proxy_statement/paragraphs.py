"""Paragraphs made whole again from the lines of a page, over wraps and page breaks, each word with its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.filings.proxy_statement.line import Line
from tracker.filings.proxy_statement.wraps import goes_on

_WORD = re.compile(r"[a-z]{4,}")


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
            text,
            ((0, place.start), *marks),
            place.end,
            self.page,
            self.gap,
            self.strong,
            self.centred,
            self.row,
            self.wrapped,
        )


def paragraphs_of(lines: Iterable[Line]) -> list[Paragraph]:
    """Return the paragraphs of a document; words divided at the end of a line are made whole where others are."""
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
        if group and not goes_on(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


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
        "".join(parts),
        tuple(marks),
        group[-1].end,
        first.page,
        first.gap,
        all(line.strong for line in group),
        all(line.centred for line in group),
        first.row,
        first.wrapped,
    )


def _one_word(above: str, below: str) -> str:
    """Return the word that two halves make without their hyphen."""
    return (above[:-1].rsplit(" ", 1)[-1] + below.split(" ", 1)[0]).lower().rstrip('.,;:!?)"”’')


def _divided(above: str, below: str) -> bool:
    """Whether a word goes on: "well-" and "intentioned"."""
    return len(above) > 2 and above[-1] in "-‐‑" and above[-2].isalpha() and below[:1].islower()
