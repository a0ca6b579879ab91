"""Does a document belong to our subject? Weighted groups of terms and names, all of them in `config/terms.toml`.

A cold start without labels: additive points, so that the reasons are the arithmetic. Nothing is ever deleted on this
judgement; a document below the threshold is kept and can be searched.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason

_WORD = re.compile(r"[^\W_]+")
_STEM = 3  # letters by which starred terms are indexed; config terms have at least as many before the star
_MOST_FURTHER = 2  # further different terms of a group that still count


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
class Relevance:
    """A judgement: probability 0 to 1, the verdict at the configured threshold, and its reasons, heaviest first."""

    probability: float
    relevant: bool
    reasons: tuple[Reason, ...]


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


@dataclass(frozen=True, slots=True)
class _Term:
    group: str
    words: tuple[str, ...]  # a trailing star stands for any ending

    def at(self, words: Sequence[str], position: int) -> bool:
        if position + len(self.words) > len(words):
            return False
        return all(_same(term, words[position + step]) for step, term in enumerate(self.words))


@dataclass(frozen=True, slots=True)
class _Hit:
    group: str
    key: str
    start: int
    end: int


class Terms:
    """The compiled `[relevance]` part of `config/terms.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Compile; raises ConfigError naming the group at fault."""
        self.bias = float(table["bias"])
        self.threshold = float(table["threshold"])
        self.screen = frozenset(table.get("screen", ()))
        self.groups = {row["name"]: _group(row) for row in table["group"]}
        self.combinations = tuple(_combination(row, self.groups) for row in table.get("combination", ()))
        self._exact: dict[str, list[_Term]] = {}
        self._starred: dict[str, list[_Term]] = {}
        for row in table["group"]:
            for term in row.get("terms", ()):
                self._add(row["name"], term)

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "Terms":
        """Build from the parsed file; raises ConfigError when a part is missing."""
        try:
            return cls(tables["relevance"])
        except KeyError as error:
            raise ConfigError(f"terms.toml: [relevance] lacks {error}; compare it with the file as shipped") from error

    def _add(self, group: str, term: str) -> None:
        words = tuple(re.findall(r"[^\W_]+\*?", term.lower()))
        if not words or (words[0].endswith("*") and len(words[0]) <= _STEM):
            raise ConfigError(f"terms.toml: {term!r} in {group!r} is too short for a term; write at least 3 letters")
        if words[0].endswith("*"):
            self._starred.setdefault(words[0][:_STEM], []).append(_Term(group, words))
        else:
            self._exact.setdefault(words[0], []).append(_Term(group, words))

    def find(self, text: str) -> list[_Hit]:
        """Return every term found, in the order of the text."""
        matches = list(_WORD.finditer(text.lower()))
        words = [match.group() for match in matches]
        hits = []
        for position, word in enumerate(words):
            for term in (*self._exact.get(word, ()), *self._starred.get(word[:_STEM], ())):
                if term.at(words, position):
                    last = matches[position + len(term.words) - 1].end()
                    hits.append(_Hit(term.group, " ".join(term.words), matches[position].start(), last))
        return hits


def may_concern(title: str, text: str, terms: Terms) -> bool:
    """Whether a document has any word of the configured `screen`; without one it need not be judged at all.

    Costs one pass over the words, so that thousands of entries a second of general feeds can be put aside.
    """
    return not terms.screen.isdisjoint(_WORD.findall(f"{title}\n{text}".lower()))


def screen_and_judge(title: str, text: str, mentions: Iterable[Named], terms: Terms) -> Relevance:
    """Judge as collecting does: a document without a word of the screen is not relevant and has no reasons."""
    if not may_concern(title, text, terms):
        return Relevance(0.0, relevant=False, reasons=())
    return judge(title, text, mentions, terms)


def judge(title: str, text: str, mentions: Iterable[Named], terms: Terms) -> Relevance:
    """Judge a document from its title, text and the names found in `title + newline + text`.

    Spans of mentions and reasons are places in that joined document.
    """
    document = f"{title}\n{text}"
    hits = terms.find(document)
    for mention in mentions:
        hits.extend(_named(mention, terms.groups.values()))
    by_group: dict[str, list[_Hit]] = {}
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.key)):
        by_group.setdefault(hit.group, []).append(hit)
    reasons = [_reason(terms.groups[name], found, document, len(title)) for name, found in by_group.items()]
    reasons += [
        Reason("combination", combination.weight, "", None, f"Joins: {combination.says}.")
        for combination in terms.combinations
        if combination.every <= by_group.keys()
        and (not combination.some or combination.some & by_group.keys())
        and not combination.none & by_group.keys()
    ]
    points = terms.bias + sum(reason.weight for reason in reasons)
    probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))
    kept = sorted((r for r in reasons if r.weight), key=lambda r: (-abs(r.weight), r.code, r.words))
    return Relevance(probability, probability >= terms.threshold, tuple(kept))


def _named(mention: Named, groups: Iterable[Group]) -> list[_Hit]:
    return [
        _Hit(group.name, mention.entity_id, mention.start, mention.end)
        for group in groups
        if mention.entity_id in group.entities
        or (group.watched and mention.watched)
        or (not mention.implied_by and not group.roles.isdisjoint(mention.roles))
    ]


def _reason(group: Group, hits: Sequence[_Hit], document: str, title_end: int) -> Reason:
    further = min(_MOST_FURTHER, len({hit.key for hit in hits}) - 1)
    in_title = any(hit.end <= title_end for hit in hits)
    weight = group.weight + group.more * further + (group.title if in_title else 0.0)
    first = hits[0]
    words = document[first.start : first.end]
    opening = "Against: it" if weight < 0 else "It"
    place = " in the title" if in_title else ""
    return Reason(group.name, weight, words, (first.start, first.end), f"{opening} {group.says}{place}: “{words}”.")


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
