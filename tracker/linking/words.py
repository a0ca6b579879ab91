"""Text as a row of comparable words which still know where they stand in the original."""

import re
import unicodedata
from functools import lru_cache

from tracker.domain.words import TYPESET, Tokens, split_by, words_of

_TOKEN = re.compile(r"[^\W_]+\+*")
_BETWEEN = re.compile(rf"({_TOKEN.pattern})")
_FOLDED_SINGLY = re.compile(r"[^\x00-\x7f]|`")  # a backtick is a quote, but only among typeset ones
_FEW = 16  # different characters that are replaced one after the other
_IN_HAND = 8  # texts: a document goes through all stages before the next one

LEGAL_SUFFIXES = frozenset(
    {
        *("inc", "incorporated", "corp", "corporation", "co", "company", "llc", "ltd", "limited", "plc", "lp", "llp"),
        *("gmbh", "ag", "sa", "nv", "bv", "holdings"),
    }
)


class _Folding(dict[int, str]):
    """Fold one character to one character, remembered at first sight, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = TYPESET.get(char) or unicodedata.normalize("NFKD", char)[0].lower()
        folded = base if len(base) == 1 else char
        self[code] = folded
        return folded


_FOLDING = _Folding()


@lru_cache(maxsize=_IN_HAND)
def fold(text: str) -> str:
    """Return `text` in lower case, without accents and with plain quotes and hyphens; the length never changes."""
    # Most of any text is ASCII: only what lies beyond is folded one by one, and the rest lowered at once.
    if text.isascii():
        return text.lower()
    folded = {char: _FOLDING[ord(char)] for char in set(_FOLDED_SINGLY.findall(text))}
    changed = [(char, base) for char, base in folded.items() if base != char]
    if len(changed) > _FEW or not all(base.isascii() for _, base in changed):
        return _FOLDED_SINGLY.sub(_folded, text).lower()
    for char, base in changed:
        text = text.replace(char, base)
    return text.lower()


def _folded(match: re.Match[str]) -> str:
    return _FOLDING[ord(match.group())]


def tokens_of(text: str) -> Tokens:
    """Return the folded words of `text` and their places; a trailing plus sign belongs to the word ("Lexis+")."""
    folded = fold(text)
    return _with_plus_signs(folded) if "+" in folded else words_of(folded)


@lru_cache(maxsize=_IN_HAND)
def _with_plus_signs(folded: str) -> Tokens:
    return split_by(_BETWEEN, folded)


def plain(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, for comparing names: "Amazon.com, Inc." gives ("amazon", "com")."""
    found = tuple(_TOKEN.findall(fold(name)))
    while len(found) > 1 and found[-1] in LEGAL_SUFFIXES:
        found = found[:-1]
    return found


def slug(name: str) -> str:
    """Return a name as an identifier: lower case words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))
