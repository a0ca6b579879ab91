"""Text as a row of comparable words which still know where they stand in the original."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+\+*")
_BETWEEN = re.compile(rf"({_TOKEN.pattern})")
_FOLDED_SINGLY = re.compile(r"[^\x00-\x7f]|`")  # a backtick is a quote, but only among typeset ones
_IN_HAND = 8  # texts: a document goes through all stages before the next one

_PUNCTUATION = {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\xa0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip

LEGAL_SUFFIXES = frozenset(
    {
        *("inc", "incorporated", "corp", "corporation", "co", "company", "llc", "ltd", "limited", "plc", "lp", "llp"),
        *("gmbh", "ag", "sa", "nv", "bv", "holdings"),
    }
)


class Tokens(NamedTuple):
    """The folded words of a text in order, and where each begins; a word is as long as it is in the text."""

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


class _Folding(dict[int, str]):
    """Fold one character to one character, remembered at first sight, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = _PUNCTUATION.get(char) or unicodedata.normalize("NFKD", char)[0].lower()
        folded = base if len(base) == 1 else char
        self[code] = folded
        return folded


_FOLDING = _Folding()


@lru_cache(maxsize=_IN_HAND)
def fold(text: str) -> str:
    """Return `text` in lower case, without accents and with plain quotes and hyphens; the length never changes."""
    # Most of any text is ASCII: only what lies beyond is folded one by one, and the rest lowered at once.
    return text.lower() if text.isascii() else _FOLDED_SINGLY.sub(_folded, text).lower()


def _folded(match: re.Match[str]) -> str:
    return _FOLDING[ord(match.group())]


@lru_cache(maxsize=_IN_HAND)
def tokens_of(text: str) -> Tokens:
    """Return the folded words of `text` and their places; a trailing plus sign belongs to the word ("Lexis+")."""
    # Gaps and words by turns, so that the sums of their lengths are the places, all of it outside the interpreter.
    parts = _BETWEEN.split(fold(text))
    words = tuple(parts[1::2])
    return Tokens(words, tuple(accumulate(map(len, parts)))[: 2 * len(words) : 2])


def plain(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, for comparing names: "Amazon.com, Inc." gives ("amazon", "com")."""
    found = tuple(_TOKEN.findall(fold(name)))
    while len(found) > 1 and found[-1] in LEGAL_SUFFIXES:
        found = found[:-1]
    return found


def slug(name: str) -> str:
    """Return a name as an identifier: lower case words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))
