"""Text as a row of comparable words which still know where they stand in the original."""

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+\+*")

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


class Word(NamedTuple):
    """One folded word and its place, `text[start:end]` in the text it was read from."""

    text: str
    start: int
    end: int


class _Folding(dict[int, str]):
    """Fold one character to one character, remembered at first sight, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = _PUNCTUATION.get(char) or unicodedata.normalize("NFKD", char)[0].lower()
        folded = base if len(base) == 1 else char
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and with plain quotes and hyphens; the length never changes."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words_of(text: str) -> list[Word]:
    """Return the folded words of `text` in order; a trailing plus sign belongs to the word ("Lexis+")."""
    return [Word(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(fold(text))]


def plain(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, for comparing names: "Amazon.com, Inc." gives ("amazon", "com")."""
    found = tuple(_TOKEN.findall(fold(name)))
    while len(found) > 1 and found[-1] in LEGAL_SUFFIXES:
        found = found[:-1]
    return found


def slug(name: str) -> str:
    """Return a name as an identifier: lower case words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))
