"""A document's passages and sentences, each with its place in the layout's text. Lines of a text file that follow each
other without an empty one between them are one passage.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.filings.layout.blocks import Layout

_END = re.compile(
    r"(?<![\s.(][A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\b[Nn][Oo]\.)(?<!\bNos\.)(?<!\bNOS\.)(?<!\bSt\.)(?<!\bSr\.)(?<!\bvs\.)"
    r"(?<!\bavail\.)(?<!\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)(?<!\bSept\.)"
    r"(?<=[.!?;])[\"”’)\]]{0,3}\s+(?=[\"“‘(\[]{0,2}[A-Z0-9])"
)

_LONGEST = 3000  # no sentence is longer; rules that look at pairs of words within one stay quick


class Found(NamedTuple):
    """Words that were read, on one line, and where they stand in the layout's text."""

    text: str
    start: int
    end: int


def passages(layout: Layout) -> Iterator[Found]:
    """Yield the paragraphs, rows and groups of lines that say something, as they stand."""
    start: int | None = None
    end = 0
    for block in layout.blocks:
        if block.kind == "line" and block.text.strip():
            start = block.start if start is None else start
            end = block.end
            continue
        if start is not None:
            yield Found(layout.text[start:end], start, end)
            start = None
        if block.text.strip():
            yield Found(block.text, block.start, block.end)
    if start is not None:
        yield Found(layout.text[start:end], start, end)


def sentences(layout: Layout) -> Iterator[Found]:
    """Yield the sentences of the passages, as they stand; one beyond 3,000 characters in pieces, between words."""
    for passage in passages(layout):
        place = 0
        for end in _END.finditer(passage.text):
            yield from _pieces(passage, place, end.start())
            place = end.end()
        yield from _pieces(passage, place, len(passage.text))


def place_of(within: Found, start: int, end: int) -> Found:
    """Return the part of a passage from `start` to `end`, on one line, without spaces around it."""
    text = within.text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return Found(" ".join(text.split()), within.start + start, within.start + max(start, end))


def _pieces(within: Found, start: int, end: int) -> Iterator[Found]:
    while end - start > _LONGEST:
        cut = within.text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield Found(within.text[start:cut], within.start + start, within.start + cut)
        start = cut
    yield Found(within.text[start:end], within.start + start, within.start + end)
