"""Searching one text for many patterns at once, starting only from words that a match can begin with.

Searching a text for a pattern costs a try at every character, and most patterns ask for a word that is not there. So
each pattern is read once for what it needs and what it begins with (`pattern_parts`). A text is then gone through word
by word: which patterns have all they need, and where each may begin. What is found is the same as `search` finds.

What a word means to the patterns is remembered from text to text, since most words have been met before.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.domain.words import Tokens
from tracker.linking.pattern_parts import parts_of

_REMEMBERED = 16384  # words; rarer ones are read again, which takes some microseconds


class _Meaning(NamedTuple):
    """What a word is to the patterns.

    `met` are the clauses it meets, as bits; `called` the patterns to think of because of it, each by the rarest clause
    that it needs; `begun` those that may begin in it, each with the place in the word.
    """

    met: int
    called: tuple[int, ...]
    begun: tuple[tuple[int, int], ...]


class Sieve:
    """Patterns by what they need and begin with. They must be written for folded text, and such must be the texts."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Read the patterns; one of which nothing certain can be read is searched for everywhere."""
        self._patterns = tuple(patterns)
        read = [parts_of(pattern) for pattern in patterns]
        clauses: dict[frozenset[str], int] = {}
        needs = [{clauses.setdefault(clause, len(clauses)) for clause in parts.clauses} for parts in read]
        self._needs = [sum([1 << clause for clause in needed]) for needed in needs]
        self._called, self._undemanding = _by_rarest(needs)
        self._holders: dict[str, set[int]] = defaultdict(set)
        for clause, number in clauses.items():
            for piece in clause:
                self._holders[piece].add(number)
        self._everywhere: set[int] = set()
        self._beginners: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for number, parts in enumerate(read):
            if parts.heads is None:
                self._everywhere.add(number)
            for head in parts.heads or ():
                self._beginners[head].append((number, parts.border))
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for piece in self._holders.keys() | self._beginners.keys():
            self._by_start[piece[:2]].append(piece)
        self._meaning = lru_cache(maxsize=_REMEMBERED)(self._meaning_of)

    def passing(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the patterns, in order, that a text of these words may match."""
        return self._passing([meaning for meaning in map(self._meaning, words) if meaning])

    def search(self, text: str, tokens: Tokens, start: int = 0) -> list[tuple[int, re.Match[str]]]:
        """Return each pattern that matches, by number and in order, with its first match.

        `tokens` are the words of a document of which `text` begins at `start`; they may be more than stand in the text.
        """
        found = []
        for number, places in self._places(tokens, start):
            pattern = self._patterns[number]
            if places is None:
                match = pattern.search(text)
            else:
                match = next((match for at in sorted(places) if (match := pattern.match(text, at))), None)
            if match:
                found.append((number, match))
        return found

    def search_all(self, text: str, tokens: Tokens) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield all matches in a text, which `tokens` are the words of, pattern by pattern as `finditer` does."""
        for number, places in self._places(tokens, 0):
            pattern, free = self._patterns[number], 0
            if places is None:
                yield from ((number, match) for match in pattern.finditer(text))
                continue
            for at in sorted(places):
                if at >= free and (match := pattern.match(text, at)):
                    yield number, match
                    free = match.end()

    def _places(self, tokens: Tokens, start: int) -> list[tuple[int, list[int] | None]]:
        """Return the patterns that may match, each with where it may begin; None for anywhere."""
        # Most words mean nothing.
        telling = [(m, place) for m, place in zip(map(self._meaning, tokens.words), tokens.starts, strict=True) if m]
        places: dict[int, list[int]] = {number: [] for number in self._passing([meaning for meaning, _ in telling])}
        for meaning, place in telling:
            for number, shift in meaning.begun:
                if number in places:
                    places[number].append(place - start + shift)
        return [(number, None if number in self._everywhere else found) for number, found in places.items()]

    def _passing(self, meanings: Iterable[_Meaning]) -> list[int]:
        met, called, needs = 0, set(self._undemanding), self._needs
        for meaning in meanings:
            met |= meaning.met
            called.update(meaning.called)
        return sorted([number for number in called if needs[number] & met == needs[number]])

    def _meaning_of(self, word: str) -> _Meaning | None:
        """Return what a word means to the patterns, None for the many that mean nothing."""
        pieces = self._pieces(word)
        clauses = {number for piece, _ in pieces for number in self._holders.get(piece, ())}
        begun = tuple(
            (number, at)
            for piece, at in pieces
            for number, border in self._beginners.get(piece, ())
            if at == 0 or not border
        )
        called = tuple(number for clause in clauses for number in self._called.get(clause, ()))
        return _Meaning(sum([1 << clause for clause in clauses]), called, begun) if clauses or begun else None

    def _pieces(self, word: str) -> list[tuple[str, int]]:
        """Return every piece or beginning inside a word, with its place; a few have one letter only."""
        found, by_start = [], self._by_start
        for at, letter in enumerate(word):
            pair = word[at : at + 2]
            if pair in by_start:
                found += [(piece, at) for piece in by_start[pair] if word.startswith(piece, at)]
            if letter in by_start and letter != pair:
                found.append((letter, at))
        return found


def _by_rarest(needs: Sequence[Iterable[int]]) -> tuple[dict[int, list[int]], list[int]]:
    """Return by clause the patterns that need it, each only under the rarest it needs; and those that need none."""
    asked = Counter(clause for needed in needs for clause in needed)
    called, undemanding = defaultdict[int, list[int]](list), list[int]()
    for number, needed in enumerate(needs):
        if needed:
            called[min(needed, key=lambda clause: (asked[clause], clause))].append(number)
        else:
            undemanding.append(number)
    return called, undemanding
