"""What happened, by the words and pairs of words that are used when it did: counted in examples, added up as points.

Rules (`event_type`) know frames; words know the rest. The examples of `config/event_examples.toml` are written by us,
so a new archive begins with them, and what editors decide is counted besides. A word's points for a type are the log of
how much oftener it is met there than anywhere, drawn towards 0 by `pull` imagined texts that use it as often as any.

Source: naive Bayes with a Dirichlet prior at the overall rates, e.g. Manning, Raghavan and Schütze, Introduction to
Information Retrieval (2008), chapter 13.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.domain.vocab import EventType
from tracker.linking.words import tokens_of

_LEFT_OUT = frozenset({"a", "an", "the", "s", "of", "and"})
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_STEM = 4  # letters that must remain when an ending goes
_NUMBER = "#"
_FIRST = "^"  # before the first word of a title
_REMEMBERED = 16384  # words; rarer ones are cut again
_MOST_WORDS = 80  # of a text; what happened is told at its beginning
_USUAL_WORDS = 60  # of a text; those of a longer one count less each, so that its length alone makes nothing surer
_FURTHER = " // "
_TELLING = 0.6  # points that a word must give to some type; the others ("to", "in", "for") say nothing, but everywhere

Spans = Sequence[tuple[int, int, str]]  # where a name stands, and its role


# A word or pair as a document uses it: how much it counts, and where it stands. Made for every word of everything that
# is read, so a plain tuple.
Used = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each word was used when each type of event happened, and in how many texts. Plain, to be stored."""

    texts: Counter[str] = field(default_factory=Counter)
    words: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, event_type: EventType, used: Mapping[str, Used]) -> None:
        """Count one text of which it is known what happened."""
        self.texts[event_type.value] += 1
        for word, use in used.items():
            of_word = self.words.setdefault(word, {})
            of_word[event_type.value] = of_word.get(event_type.value, 0.0) + use[0]

    def include(self, other: Mapping[str, Any]) -> None:
        """Count what `plain` of others gave."""
        self.texts.update({EventType(name).value: int(count) for name, count in other["texts"].items()})
        for word, counts in other["words"].items():
            of_word = self.words.setdefault(str(word), {})
            for name, count in counts.items():
                of_word[EventType(name).value] = of_word.get(name, 0.0) + float(count)

    def plain(self) -> dict[str, Any]:
        """Return them as JSON can hold them."""
        return {"texts": dict(self.texts), "words": self.words}


class EventWords:
    """How much each word speaks for each type."""

    def __init__(self, counts: Counts, *, text: float, pull: float) -> None:
        """Weigh what was counted. `text` is what a word of the text counts beside one of the title."""
        self.text = text
        total = max(1, counts.texts.total())
        # What a word counts for a type whose examples never use it is the same for every word. So only what it counts
        # beyond that is kept with the word, which most types are spared.
        self.unused = {event_type: math.log(pull / (counts.texts[event_type] + pull)) for event_type in EventType}
        self._beyond: dict[str, dict[EventType, float]] = {}
        for word, of_word in counts.words.items():
            usual = pull * sum(of_word.values()) / total
            points = {EventType(name): math.log1p(count / usual) for name, count in of_word.items()}
            if max(given + self.unused[event_type] for event_type, given in points.items()) >= _TELLING:
                self._beyond[word] = points

    @classmethod
    def from_config(
        cls,
        table: Mapping[str, Any],
        examples: Mapping[str, Sequence[str]],
        decided: Mapping[str, Any] | None = None,
    ) -> "EventWords":
        """Build from the parsed `[event_type.words]` of terms.toml and event_examples.toml.

        `decided` are the counts of documents for which people said what happened, if there are any.
        """
        try:
            text, pull = float(table["text"]), float(table["pull"])
            counts = Counts()
            for name, lines in examples.items():
                for line in lines:
                    counts.add(EventType(name), _used_in_example(line, text))
            if decided:
                counts.include(decided)
        except (KeyError, ValueError, AttributeError) as error:
            raise ConfigError(f"event_examples.toml: {error}; compare it with the file as shipped") from error
        return cls(counts, text=text, pull=pull)

    def told(self, used: Mapping[str, Used]) -> dict[EventType, float]:
        """Return what the words of a document come to, by type."""
        beyond, known = dict.fromkeys(EventType, 0.0), 0.0
        for word, (weight, _, _) in used.items():
            if found := self._beyond.get(word):
                known += weight
                for event_type, given in found.items():
                    beyond[event_type] += weight * given
        return {event_type: known * self.unused[event_type] + given for event_type, given in beyond.items()}

    def weightiest(
        self, used: Mapping[str, Used], points: Mapping[EventType, float], most: int
    ) -> dict[EventType, tuple[list[tuple[float, str]], float]]:
        """Return for each type of `points`, of what `told` gave, what the `most` words that speak most for it give.

        With them comes what all others give together.
        """
        told = [(word, use[0], beyond) for word, use in used.items() if (beyond := self._beyond.get(word))]
        found = {}
        for event_type, total in points.items():
            unused = self.unused[event_type]
            rows = [
                (-weight * (given + unused), word)
                for word, weight, beyond in told
                if (given := beyond.get(event_type)) is not None
            ]
            rows.sort()
            chosen = [(-given, word) for given, word in rows[:most]]
            found[event_type] = chosen, total - sum([given for given, _ in chosen])
        return found

    def used(self, document: str, title_end: int, roles: Spans) -> dict[str, Used]:
        """Return the words and pairs of `title + newline + text`; names are counted as their roles."""
        return words_used(document, title_end, roles, self.text)

    def known(self, document: str, title_end: int, roles: Spans) -> dict[str, Used]:
        """Return what `used` does without the words and pairs that speak for no type."""
        return words_used(document, title_end, roles, self.text, self._beyond)


class _Any:
    """Holds every word."""

    def __contains__(self, _: object) -> bool:
        return True


def words_used(
    document: str, title_end: int, roles: Spans, text_weight: float, wanted: Container[str] = _Any()
) -> dict[str, Used]:
    """Return the words and pairs of words of a document that are `wanted`; one of the text counts `text_weight`."""
    found: dict[str, Used] = {}
    stands = _stems(document, title_end, roles)
    title = [row for row in stands if row[1] < title_end]
    text = stands[len(title) : len(title) + _MOST_WORDS]
    if title and (first := _FIRST + title[0][0]) in wanted:
        found[first] = (1.0, title[0][1], title[0][2])
    of_text = text_weight * min(1.0, _USUAL_WORDS / max(1, len(text)))
    for weight, row in ((1.0, title), (of_text, text)):
        for stem, start, end in row:
            if stem in wanted and stem not in found:
                found[stem] = (weight, start, end)
        left, begun = "", 0
        for right, start, end in row:
            if left and (pair := f"{left} {right}") in wanted and pair not in found:
                found[pair] = (weight, begun, end)
            left, begun = right, start
    return found


def _stems(document: str, title_end: int, roles: Spans) -> list[tuple[str, int, int]]:
    """Return the stems of a document with their places; a name is one stem, its role in braces."""
    tokens = tokens_of(document)
    words, starts = tokens.words, tokens.starts
    most = bisect_left(starts, title_end) + _MOST_WORDS
    named = sorted(roles)
    found: list[tuple[str, int, int]] = []
    upcoming, past = 0, 0
    for word, start in zip(words[:most], starts[:most], strict=True):
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


def _used_in_example(line: str, text: float) -> dict[str, Used]:
    """Return the words of one example: roles stand in braces, so they are read as names of that role."""
    title, _, further = line.partition(_FURTHER)
    document, spans = f"{title}\n{further}", []
    parts = document.split("{")
    at = len(parts[0])
    for part in parts[1:]:
        role, brace, _ = part.partition("}")
        if not brace or not role.isalpha():
            raise ConfigError(f"event_examples.toml: a brace without its other in {line!r}; write a role in both")
        spans.append((at, at + len(role) + 2, role))
        at += len(part) + 1
    return words_used(document, len(title), spans, text)
