"""Paragraphs of Rule 14a-8 as letters cite them: "Rule 14a-8(i)(7)", "rules 14a-8(b) and (f)(1)", "(i)(3) or (i)(10)".

Source: 17 CFR 240.14a-8. The grounds on which a proposal may be left out are (b) to (f) and (h), procedural, and
(i)(1) to (i)(13); (g), (j) to (m) say who must show what, when and to whom, and are no grounds.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_PARAGRAPH = (
    r"\(\s?(?P<{0}letter>[a-m]|l)\s?\)(?:\s?\(\s?(?P<{0}number>[\dlIO]{{1,2}})\s?\))?(?:\s?\(\s?[ivx]{{1,4}}\s?\))?"
)
_RULE = re.compile(rf"(?:§\s?240\.)?\b[1lI]4a\s?[-‐‑–—]\s?8\s?{_PARAGRAPH.format('')}", re.IGNORECASE)
_FURTHER = re.compile(
    rf"(?:\s{{0,3}},\s{{0,3}}(?:and(?:/or)?\s|or\s)?|\s{{1,3}}(?:and(?:/or)?|or)\s{{1,3}}|\s?/\s?|\s?&\s?|;\s{{0,3}}(?:and\s)?){_PARAGRAPH.format('')}",
    re.IGNORECASE,
)
_SCANNED = str.maketrans(
    {"l": "1", "I": "1", "i": "1", "L": "1", "O": "0", "o": "0"}
)  # digits as scanned letters have them
_GROUNDS = frozenset("bcdefhi")
_MOST = 13


class Citation(NamedTuple):
    """A ground for exclusion, "(i)(7)" or "(b)", and where it is cited."""

    paragraph: str
    start: int
    end: int


def grounds_in(text: str) -> Iterator[Citation]:
    """Yield the grounds that a text cites, in order; places are in the text. Of (b) to (h) only the letter is kept."""
    for rule in _RULE.finditer(text):
        found: re.Match[str] | None = rule
        while found:
            if paragraph := _paragraph(found):
                yield Citation(paragraph, found.start(), found.end())
            found = _FURTHER.match(text, found.end())


def _paragraph(found: re.Match[str]) -> str | None:
    letter = found["letter"].lower()
    if letter not in _GROUNDS:
        return None
    if letter != "i":
        return f"({letter})"
    number = (found["number"] or "").translate(_SCANNED)
    return f"(i)({int(number)})" if number and 1 <= int(number) <= _MOST else None
