"""The passage of a text in which the words looked for stand, with the words marked; all of it escaped."""

import re
from collections.abc import Collection
from functools import lru_cache

from markupsafe import Markup, escape

LENGTH = 260
# Endings that the index does not tell apart; what is left keeps at least so many letters.
_ENDING = re.compile(r"(?:ations?|ings?|ed|es|ies|s|y|ly|e)$")
SHORTEST_ROOT = 4


def passage(text: str, words: Collection[str], length: int = LENGTH) -> Markup:
    """Return about `length` characters of a text around the first place that has most of the words, with them marked.

    Words are as typed; several in one stand together. Without any of them the text's beginning is returned.
    """
    found = [match.span() for match in _pattern(tuple(words)).finditer(text)] if words else []
    begin = max(0, _densest(found, length) - length // 5) if found else 0
    if begin:
        begin = text.find(" ", begin) + 1 or begin
    end = begin + length
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + length // 2)
    piece = " ".join(text[begin:end].split())
    told = marked(piece, words)
    return Markup("{}{}{}").format("… " if begin else "", told, " …" if end < len(text) else "")


def marked(text: str, words: Collection[str]) -> Markup:
    """Return a text as HTML with the words marked in it."""
    told, last = [], 0
    for match in _pattern(tuple(words)).finditer(text) if words else ():
        told += [escape(text[last : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
        last = match.end()
    return Markup("").join([*told, escape(text[last:])])


def _densest(found: list[tuple[int, int]], length: int) -> int:
    """Return where the first stretch of that length begins that has the most places."""
    best, most, first = found[0][0], 0, 0
    for number, (_, end) in enumerate(found):
        while end - found[first][0] > length:
            first += 1
        if number - first + 1 > most:
            most, best = number - first + 1, found[first][0]
    return best


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the words, whatever their ending; a phrase before a word that is part of it."""
    terms = [r"[\W_]+".join(_with_endings(part) for part in re.findall(r"[^\W_]+", word)) for word in words]
    return re.compile(
        "|".join(rf"\b(?:{term})\b" for term in sorted(filter(None, terms), key=len, reverse=True)) or "(?!)",
        re.IGNORECASE,
    )


def _with_endings(word: str) -> str:
    root = _ENDING.sub("", word.lower())
    return rf"{re.escape(root)}[^\W_]{{0,6}}" if len(root) >= SHORTEST_ROOT else re.escape(word)
