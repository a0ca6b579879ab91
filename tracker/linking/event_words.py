"""What happened, by the words and pairs of words that are used when it did: counted in examples, added up as points.

Rules (`event_type`) know frames; words know the rest. The examples of `config/event_examples.toml` are written by us,
so a new archive begins with them, and what editors decide is counted besides. A word's points for a type are the log of
how much oftener it is met there than anywhere, drawn towards 0 by `pull` imagined texts that use it as often as any.

Source: naive Bayes with a Dirichlet prior at the overall rates, e.g. Manning, Raghavan and Schütze, Introduction to
Information Retrieval (2008), chapter 13.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.domain.errors import ConfigError
from tracker.domain.vocab import EventType
from tracker.linking.words import tokens_of

_LEFT_OUT = frozenset({"a", "an", "the", "s", "of", "and"})
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_STEM = 4  # letters that must remain when an ending goes
_NUMBER = "#"
_FIRST = "^"  # before the first word of a title
_REMEMBERED = 16384  # words; rarer ones are cut again
_MOST_WORDS = 400  # of a text; what happened is told at its beginning
_FURTHER = " // "

Spans = Sequence[tuple[int, int, str]]  # where a name stands, and its role


class Used(NamedTuple):
    """A word or pair as a document uses it: how much it counts, and where it stands."""

    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A text of which it is known what happened, by its words with what each counts."""

    event_type: EventType
    words: Mapping[str, float]


class EventWords:
    """How much each word speaks for each type."""

    def __init__(self, examples: Iterable[Example], *, text: float, pull: float) -> None:
        """Count. `text` is what a word of the text counts beside one of the title."""
        self.text = text
        texts: Counter[EventType] = Counter()
        counts: dict[str, dict[EventType, float]] = defaultdict(dict)
        for example in examples:
            texts[example.event_type] += 1
            for word, weight in example.words.items():
                of_word = counts[word]
                of_word[example.event_type] = of_word.get(example.event_type, 0.0) + weight
        total = max(1, texts.total())
        # What a word counts for a type whose examples never use it is the same for every word. So only what it counts
        # beyond that is kept with the word, which most types are spared.
        self.unused = {event_type: math.log(pull / (texts[event_type] + pull)) for event_type in EventType}
        self._beyond: dict[str, tuple[tuple[EventType, float], ...]] = {}
        for word, of_word in counts.items():
            usual = sum(of_word.values()) / total
            self._beyond[word] = tuple(
                (event_type, math.log(1 + count / (pull * usual))) for event_type, count in of_word.items()
            )

    @classmethod
    def from_config(
        cls,
        table: Mapping[str, Any],
        examples: Mapping[str, Sequence[str]],
        decided: Sequence[Sequence[Any]] = (),
    ) -> "EventWords":
        """Build from the parsed `[event_type.words]` of terms.toml and event_examples.toml.

        `decided` are pairs of a type and the words of a document for which people said so, as `used_of` gives them.
        """
        try:
            text, pull = float(table["text"]), float(table["pull"])
            rows = [(EventType(name), row) for name, lines in examples.items() for row in lines]
        except (KeyError, ValueError) as error:
            raise ConfigError(f"event_examples.toml: {error}; compare it with the file as shipped") from error
        known = [_example(event_type, row, text) for event_type, row in rows]
        known += [Example(EventType(name), words) for name, words in decided]
        return cls(known, text=text, pull=pull)

    def points(self, used: Mapping[str, Used]) -> dict[EventType, float]:
        """Return what the words of a document come to for every type."""
        known = 0.0
        found = dict.fromkeys(EventType, 0.0)
        for word, use in used.items():
            beyond = self._beyond.get(word)
            if beyond is not None:
                known += use.weight
                for event_type, points in beyond:
                    found[event_type] += use.weight * points
        return {event_type: points + known * self.unused[event_type] for event_type, points in found.items()}

    def parts(self, used: Mapping[str, Used], event_type: EventType) -> dict[str, float]:
        """Return what each known word of a document counts for one type; together they are its points."""
        unused, found = self.unused[event_type], {}
        for word, use in used.items():
            beyond = self._beyond.get(word)
            if beyond is not None:
                found[word] = use.weight * (unused + sum(points for other, points in beyond if other is event_type))
        return found

    def used(self, document: str, title_end: int, roles: Spans) -> dict[str, Used]:
        """Return the words and pairs of `title + newline + text`; names are counted as their roles."""
        found: dict[str, Used] = {}
        stands = _stems(document, title_end, roles)
        title = [row for row in stands if row[1] < title_end]
        text = stands[len(title) : len(title) + _MOST_WORDS]
        if title:
            found[_FIRST + title[0][0]] = Used(1.0, title[0][1], title[0][2])
        for weight, row in ((1.0, title), (self.text, text)):
            for stem, start, end in row:
                if stem not in found:
                    found[stem] = Used(weight, start, end)
            for (left, start, _), (right, _, end) in pairwise(row):
                pair = f"{left} {right}"
                if pair not in found:
                    found[pair] = Used(weight, start, end)
        return found


def _stems(document: str, title_end: int, roles: Spans) -> list[tuple[str, int, int]]:
    """Return the stems of a document with their places; a name is one stem, its role in braces."""
    tokens = tokens_of(document)
    words, starts = tokens.words, tokens.starts
    most = min(len(words), title_end + _MOST_WORDS)  # a title has fewer words than letters
    named = sorted(roles)
    found: list[tuple[str, int, int]] = []
    upcoming, past = 0, 0
    for place in range(most):
        word, start = words[place], starts[place]
        while upcoming < len(named) and named[upcoming][0] <= start:
            begun, past, role = named[upcoming]
            found.append((f"{{{role}}}", begun, past))
            upcoming += 1
        if start >= past and (stem := _stem(word)):
            found.append((stem, start, start + len(word)))
    return found


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    """Return the stem of a folded word, `#` for a number, nothing for one that says nothing."""
    if word in _LEFT_OUT:
        return ""
    if word.isdigit():
        return _NUMBER
    if word.isalpha():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM:
                return word[: -len(ending)]
    return word


def _example(event_type: EventType, row: str, text: float) -> Example:
    """Read one example: roles stand in braces, so they are read as names of that role."""
    title, _, further = row.partition(_FURTHER)
    document, spans = f"{title}\n{further}", []
    parts = document.split("{")
    at = len(parts[0])
    for part in parts[1:]:
        role, brace, _ = part.partition("}")
        if not brace or not role.isalpha():
            raise ConfigError(f"event_examples.toml: a brace without its other in {row!r}; write a role in both")
        spans.append((at, at + len(role) + 2, role))
        at += len(part) + 1
    reader = EventWords((), text=text, pull=1.0)
    used = reader.used(document, len(title), spans)
    return Example(event_type, {word: use.weight for word, use in used.items()})
