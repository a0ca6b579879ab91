"""A text as a row of words which still know where they stand: found once for all stages that look for some of them."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(rf"({WORD.pattern})")
_IN_HAND = 8  # texts: a document goes through all stages before the next one
# ASCII with a space for whatever is no letter or digit.
_ONLY_WORDS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# Typeset marks as a keyboard has them. A backtick is a quote, but only among typeset ones.
TYPESET = {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\xa0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_NO_LETTERS = {mark: plain for mark, plain in TYPESET.items() if not WORD.match(mark)}


class Tokens(NamedTuple):
    """The words of a text in order, and where each begins; a word is as long as it is in the text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> "Tokens":
        """Return the words that begin in `text[start:end]`; their places are those in the whole text."""
        first, after = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return Tokens(self.words[first:after], self.starts[first:after])

    def joined(self, further: Iterable[tuple[str, int]]) -> "Tokens":
        """Return these words and after them further ones with their places."""
        words, starts = zip(*further, strict=True) if (further := list(further)) else ((), ())
        return Tokens(self.words + words, self.starts + starts)


@lru_cache(maxsize=_IN_HAND)
def lowered(text: str) -> str:
    """Return a text in lower case, with plain marks instead of typeset ones where that changes no word.

    Most texts that other stages fold further are the same then, so that the words at hand are found again.
    """
    text = text.lower()
    if text.isascii():
        return text
    for mark in _NO_LETTERS.keys() & {*_BEYOND_ASCII.findall(text), "`"}:
        text = text.replace(mark, _NO_LETTERS[mark])
    return text


@lru_cache(maxsize=_IN_HAND)
def words_of(text: str) -> Tokens:
    """Return the words of `text`, which are what letters and digits stand side by side, and their places."""
    if not text.isascii():
        return split_by(_BETWEEN, text)
    words, starts, place = [], [], 0
    # One space for each character between: so the sums of lengths are the places, and nothing is searched for.
    for piece in text.encode("ascii").translate(_ONLY_WORDS).decode("ascii").split(" "):
        if piece:
            words.append(piece)
            starts.append(place)
        place += len(piece) + 1
    return Tokens(tuple(words), tuple(starts))


def split_by(word: re.Pattern[str], text: str) -> Tokens:
    """Return what `word`, a pattern that is one group, finds in a text, and the places."""
    # Gaps and words by turns, so that the sums of their lengths are the places, all of it outside the interpreter.
    parts = word.split(text)
    words = tuple(parts[1::2])
    return Tokens(words, tuple(accumulate(map(len, parts)))[: 2 * len(words) : 2])
