"""The configuration without what it could have learned from the items it is judged on.

The shared items were read while the rules were written. So each campaign (and each sort of off-topic item) is predicted
after every word, alternative of a cue and screen word was taken out of the configuration that occurs in its items and
in no other's; on demand names found nowhere else as well. Points, combinations of groups, the choice of groups and the
examples of events (which were written without looking at any item) are not held out.
"""

import copy
import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from tracker.ingest.terms import Terms
from tracker.linking.event_type import EventRules, with_roles
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.words import fold
from tracker.settings import names_of
from tracker.workflows.known import terms_of

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
CORPUS, CAMPAIGN = SHARED / "corpus" / "items.json", SHARED / "campaign" / "rekognition.json"
OBJECTS = SHARED / "campaign" / "rekognition_objects.json"
LINKED = "the linked campaign"
QUANTITY = re.compile(r"(?:[?*+]|\{\d+(?:,\d*)?\})?\??")
NEVER = "(?!)"
NAMES = ("organization", "product", "person")

Item = dict[str, Any]
Config = dict[str, Any]


def configuration() -> Config:
    """The shipped files, parsed."""
    folder = PROJECT / "config"
    return {"organizations": names_of(folder), "terms": terms_of(folder)}


def items() -> list[Item]:
    """Every shared item, each with the `group` it is held out with: its campaign, or the sort of off-topic item."""
    corpus, campaign = (json.loads(path.read_text("utf-8")) for path in (CORPUS, CAMPAIGN))
    for item in corpus:
        item["group"] = item["campaign"] or f"off topic: {item['negative_type']}"
    return [*corpus, *({**item, "group": LINKED} for item in campaign)]


@dataclass(frozen=True)
class Bracket:
    """A bracket of a regular expression: its opening with any flags, its branches, how often it may stand."""

    opening: str
    branches: "list[Branch]"
    quantity: str


Branch = list["str | Bracket"]


def branches_of(pattern: str, at: int = 0) -> tuple[list[Branch], int]:
    """Read alternatives up to the end or the closing bracket; return them and where reading stopped."""
    found: list[Branch] = [[]]
    while at < len(pattern) and pattern[at] != ")":
        start, char = at, pattern[at]
        at += 1
        if char == "|":
            found.append([])
        elif char == "(":
            opening = "(?:" if pattern.startswith("?:", at) else "("
            inner, end = branches_of(pattern, start + len(opening))
            quantity = QUANTITY.match(pattern, end + 1)
            at = quantity.end() if quantity else end + 1
            found[-1].append(Bracket(opening, inner, pattern[end + 1 : at]))
        else:
            at = pattern.index("]", at + 1) + 1 if char == "[" else at + (char == "\\")
            found[-1].append(pattern[start:at])
    return found, at


def spelled(branches: list[Branch]) -> str:
    """Return the pattern of alternatives as it was written."""
    return "|".join(
        "".join(p if isinstance(p, str) else f"{p.opening}{spelled(p.branches)}){p.quantity}" for p in branch)
        for branch in branches
    )


def thinned(branches: list[Branch], drop: Callable[[str], bool], around: tuple[str, str] = ("", "")) -> str:
    """Return the pattern without each alternative for which `drop` answers yes to the cue with that one alone."""
    kept = []
    before, after = around
    for branch in branches:
        if drop(before + spelled([branch]) + after):
            continue
        parts = []
        for place, part in enumerate(branch):
            if isinstance(part, str):
                parts.append(part)
                continue
            once = "" if part.quantity == "?" else part.quantity
            left, right = spelled([branch[:place]]), spelled([branch[place + 1 :]])
            inner = thinned(part.branches, drop, (before + left + part.opening, f"){once}{right}{after}"))
            parts.append(f"{part.opening}{inner}){part.quantity}")
        kept.append("".join(parts))
    return "|".join(kept) or NEVER


class Seen:
    """In which groups of items each word, cue and name of the configuration occurs."""

    def __init__(self, config: Config, everything: Sequence[Item]) -> None:
        gazetteer = Gazetteer.from_config(config["organizations"])
        terms = Terms.from_config(config["terms"])
        self.words: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.texts: dict[bool, list[tuple[str, str]]] = {True: [], False: []}  # with marks of roles, and plain
        for item in everything:
            text = f"{item['title']}\n{item['summary']}"
            mentions = gazetteer.find(text)
            self.texts[True].append((item["group"], with_roles(text, mentions)))
            self.texts[False].append((item["group"], fold(text)))
            keys = [(hit.group, hit.key) for hit in terms.find(text)]
            keys += [("name", mention.name) for mention in mentions if not mention.implied_by]
            keys += [("screen", word) for word in re.findall(r"[^\W_]+", text.lower())]
            for key in keys:
                self.words[key].add(item["group"])
        self.patterns = cache(self._patterns)

    def _patterns(self, source: str, *, roles: bool) -> frozenset[str]:
        table = {"places": {}, "cues": {"other": [[source, 1.0]]}}
        pattern = EventRules.from_config({"event_type": table}).cues[0].pattern
        return frozenset(group for group, text in self.texts[roles] if pattern.search(text))

    def without(self, config: Config, group: str, *, names: bool) -> Config:
        """Return the configuration without what occurs in items of `group` and in no others."""
        only = {group}
        thin = copy.deepcopy(config)
        table = thin["terms"]
        relevance, cues, link = table["relevance"], table["event_type"]["cues"], table["link"]
        relevance["screen"] = [word for word in relevance["screen"] if self.words["screen", word] != only]
        for row in relevance["group"]:
            row["terms"] = [term for term in row.get("terms", ()) if self.words[row["name"], plain(term)] != only]
        for rows in cues.values():
            for row in rows:
                row[0] = thinned(branches_of(row[0])[0], lambda s: self.patterns(s, roles=True) == only)
        for kind, source in link["kind_words"].items():
            drop = partial(self._only, only)
            link["kind_words"][kind] = thinned(branches_of(source)[0], drop, (r"\b(?:", r")\b"))
        for row in link["relation"]:
            if "says" in row:
                row["says"] = thinned(branches_of(row["says"])[0], partial(self._only, only))
        if names:
            self._forget_names(thin["organizations"], only)
        return thin

    def _only(self, groups: set[str], source: str) -> bool:
        return self.patterns(source, roles=False) == groups

    def _forget_names(self, table: dict[str, list[dict[str, Any]]], only: set[str]) -> None:
        for kind in NAMES:
            table[kind] = [row for row in table[kind] if self.words["name", row["name"]] != only]
        known = {row["id"] for row in table["organization"]}
        for row in (row for kind in NAMES for row in table[kind]):
            for owner in ("parent", "organization"):
                if row.get(owner, "") not in known:
                    row.pop(owner, None)


def plain(term: str) -> str:
    """Return a term of the file as its words, the way a hit names it."""
    return " ".join(re.findall(r"[^\W_]+\*?", term.lower()))
