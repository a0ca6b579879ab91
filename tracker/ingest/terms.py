"""The words and names that speak for or against our subject, in weighted groups: all of them in `config/terms.toml`.

A campaign's own terms are one more group. A model learned from decisions has other weights for the same groups, and
some for single words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from tracker.domain.additive import BIAS, Model
from tracker.domain.errors import ConfigError
from tracker.domain.words import lowered, words_of

# How features are called beside the groups themselves.
FURTHER, TITLE, SAYS = "further: ", "title: ", "says: "
# Bytes in lower case, with a space for each that is no ASCII letter or digit.
_ONLY_ASCII_WORDS = bytes(
    ord(char.lower()) if (char := chr(code)).isalnum() and code < 128 else 32 for code in range(256)
)
_LOWERED_INTO_ASCII = ("\u0130", "\u212a")  # the Turkish dotted capital I, the sign for kelvin
_STEM = 3  # letters by which starred terms are indexed; config terms have at least as many before the star
_CERTAIN = 2  # words of a term that `_going_on` compares
_REMEMBERED = 16384  # words whose terms, and names whose groups, are looked up once only


class Named(Protocol):
    """What this stage needs of a recognised name; `tracker.linking.mentions.Mention` is one."""

    @property
    def entity_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def implied_by(self) -> str: ...
    @property
    def roles(self) -> tuple[str, ...]: ...
    @property
    def watched(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Terms and names that count together; points as in the file."""

    name: str
    says: str
    weight: float
    more: float
    title: float
    entities: frozenset[str]
    roles: frozenset[str]
    watched: bool


@dataclass(frozen=True, slots=True)
class Combination:
    """Points for groups met together."""

    says: str
    weight: float
    every: frozenset[str]
    some: frozenset[str]
    none: frozenset[str]

    @property
    def name(self) -> str:
        """Its feature, by which a learned model knows it."""
        return f"joins: {self.says}"


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    group: str
    words: tuple[str, ...]  # a trailing star stands for any ending
    key: str

    def at(self, words: Sequence[str], position: int) -> bool:
        """Whether the term stands at a position whose words are known to begin it."""
        if position + len(self.words) > len(words):
            return False
        return all(map(_same, self.words[_CERTAIN:], words[position + _CERTAIN : position + len(self.words)]))


class Hit(NamedTuple):
    """A term or name of a group, at `start:end` of the document; `key` tells different ones of a group apart."""

    group: str
    key: str
    start: int
    end: int


class Terms:
    """The compiled `[relevance]` part of `config/terms.toml`."""

    def __init__(self, table: Mapping[str, Any], model: Model | None = None) -> None:
        """Compile, with a learned model's weights if there is one; raises ConfigError naming the group at fault."""
        self.bias = float(table["bias"])
        self.threshold = float(table["threshold"])
        self.typed_from = float(table.get("typed_from", self.threshold))
        self.screen = frozenset(table.get("screen", ()))
        self.groups = {row["name"]: _group(row) for row in table["group"]}
        self.combinations = tuple(_combination(row, self.groups) for row in table.get("combination", ()))
        self.words: dict[str, float] = {}
        self.hand = self._weights()
        if model is not None:
            self._learned(model)
        self._exact: dict[str, list[_Term]] = {}
        self._starred: dict[str, list[_Term]] = {}
        for row in table["group"]:
            for term in row.get("terms", ()):
                self._add(row["name"], term)
        self._quick = frozenset(word.encode() for word in self.screen)
        self._plain = all(word.isascii() for word in self.screen)
        self._beginning = lru_cache(maxsize=_REMEMBERED)(self._terms_beginning)
        self._going_on = lru_cache(maxsize=_REMEMBERED)(self._terms_going_on)
        self._naming = lru_cache(maxsize=_REMEMBERED)(self._groups_naming)

    @classmethod
    def from_config(cls, tables: Mapping[str, Any], model: Model | None = None) -> "Terms":
        """Build from the parsed file, and a learned model if any; raises ConfigError when a part is missing."""
        try:
            return cls(tables["relevance"], model)
        except KeyError as error:
            raise ConfigError(f"terms.toml: [relevance] lacks {error}; compare it with the file as shipped") from error

    def _weights(self) -> dict[str, float]:
        """Return the weight of every feature but words."""
        found = {BIAS: self.bias}
        for group in self.groups.values():
            found |= {group.name: group.weight, FURTHER + group.name: group.more, TITLE + group.name: group.title}
        return found | {row.name: row.weight for row in self.combinations}

    def _learned(self, model: Model) -> None:
        """Take over a model's weights; what it has never heard of keeps the hand weight, on the model's scale."""
        known = {**self.hand, **model.weights}
        self.bias = model.scale * known[BIAS] + model.shift
        self.groups = {
            name: replace(
                group,
                weight=model.scale * known[name],
                more=model.scale * known[FURTHER + name],
                title=model.scale * known[TITLE + name],
            )
            for name, group in self.groups.items()
        }
        self.combinations = tuple(replace(row, weight=model.scale * known[row.name]) for row in self.combinations)
        words = ((name.removeprefix(SAYS), model.weight(name)) for name in model.weights if name.startswith(SAYS))
        self.words = {word: weight for word, weight in words if weight}

    def _add(self, group: str, term: str) -> None:
        words = tuple(re.findall(r"[^\W_]+\*?", term.lower()))
        if not words or (words[0].endswith("*") and len(words[0]) <= _STEM):
            raise ConfigError(f"terms.toml: {term!r} in {group!r} is too short for a term; write at least 3 letters")
        if words[0].endswith("*"):
            self._starred.setdefault(words[0][:_STEM], []).append(_Term(group, words, " ".join(words)))
        else:
            self._exact.setdefault(words[0], []).append(_Term(group, words, " ".join(words)))

    def find(self, text: str) -> list[Hit]:
        """Return every term that stands in a text, once, at its first place, in the order of the text."""
        words, starts = words_of(lowered(text))
        found: dict[_Term, int] = {}
        for position, begun in enumerate(map(self._beginning, words)):
            if not begun:
                continue
            for term in self._going_on(*words[position : position + _CERTAIN]):
                if term not in found and (len(term.words) <= _CERTAIN or term.at(words, position)):
                    found[term] = position
        return [
            Hit(term.group, term.key, starts[position], starts[last] + len(words[last]))
            for term, position in found.items()
            for last in [position + len(term.words) - 1]
        ]

    def named(self, mentions: Iterable[Named]) -> list[Hit]:
        """Return a hit for every name and group that counts it, at the name's first place."""
        found: dict[tuple[str, tuple[str, ...], bool, str], Named] = {}
        for mention in mentions:
            found.setdefault((mention.entity_id, mention.roles, mention.watched, mention.implied_by), mention)
        return [
            Hit(group, mention.entity_id, mention.start, mention.end)
            for named, mention in found.items()
            for group in self._naming(*named)
        ]

    def screened_out(self, text: str) -> bool:
        """Whether no word of the screen stands in a text."""
        # Splitting bytes at everything that is no ASCII letter or digit is three times as fast as finding words. It
        # cuts words with other letters into pieces, so it may see a word that is not there, and then the words decide.
        # It cannot miss one, but for the two characters beyond ASCII whose lower case has an ASCII letter.
        quick = self._plain and not any(char in text for char in _LOWERED_INTO_ASCII)
        if quick and self._quick.isdisjoint(text.encode(errors="replace").translate(_ONLY_ASCII_WORDS).split()):
            return True
        words = lowered(text)
        if quick and words.isascii():  # what was cut was words
            return False
        return self.screen.isdisjoint(words_of(words).words)

    def _terms_beginning(self, word: str) -> tuple[_Term, ...]:
        """Return the terms whose first word this may be."""
        starred = (term for term in self._starred.get(word[:_STEM], ()) if _same(term.words[0], word))
        return (*self._exact.get(word, ()), *starred)

    def _terms_going_on(self, first: str, second: str = "") -> tuple[_Term, ...]:
        """Return the terms whose first two words these may be, those of one word among them."""
        return tuple(
            term for term in self._beginning(first) if len(term.words) == 1 or (second and _same(term.words[1], second))
        )

    def _groups_naming(
        self,
        entity_id: str,
        roles: tuple[str, ...],
        watched: bool,  # noqa: FBT001 - the key under which the answer is remembered
        implied_by: str,
    ) -> tuple[str, ...]:
        return tuple(
            group.name
            for group in self.groups.values()
            if entity_id in group.entities
            or (group.watched and watched)
            or (not implied_by and not group.roles.isdisjoint(roles))
        )


def screen_words(term: str) -> list[str]:
    """Return the words of which one stands wherever the term does: those without a star, the longest of them."""
    whole = [word for word in re.findall(r"[^\W_]+\*?", term.lower()) if not word.endswith("*")]
    return [max(whole, key=len)] if whole else []


def _same(term: str, word: str) -> bool:
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


def _group(row: Mapping[str, Any]) -> Group:
    return Group(
        name=row["name"],
        says=row["says"],
        weight=float(row["weight"]),
        more=float(row.get("more", 0.0)),
        title=float(row.get("title", 0.0)),
        entities=frozenset(row.get("entities", ())),
        roles=frozenset(row.get("roles", ())),
        watched=bool(row.get("watched", False)),
    )


def _combination(row: Mapping[str, Any], groups: Mapping[str, Group]) -> Combination:
    every, some, none = (frozenset(row.get(key, ())) for key in ("all", "any", "none"))
    if unknown := (every | some | none) - groups.keys():
        raise ConfigError(f"terms.toml: the combination {row['says']!r} names no group {sorted(unknown)}; correct it")
    return Combination(row["says"], float(row["weight"]), every, some, none)
