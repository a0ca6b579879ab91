"""How good linking and relevance are by rules alone, and how fast: `python -m tests.bench.linking_accuracy`.

Runs the evaluator of the shared corpus on our predictions and prints its tables, then false positives on the entries of
general feeds, then speed. The shared items were read while the rules were written: these figures are optimistic.

With `--unseen` it prints the tables once more for a vocabulary that has not seen the items judged: each campaign (and
each sort of off-topic item) is predicted after every word, alternative of a cue and screen word has been taken out of
the configuration that occurs in no other's items; `--unseen-names` takes out names found nowhere else as well.
Points, combinations of groups and the choice of groups are not held out, so even these figures are no lower bound.
"""

import copy
import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import feedparser

from tracker.ingest.relevance import judge, may_concern, screen_and_judge
from tracker.ingest.terms import Terms
from tracker.linking.event_type import EventRules, with_roles
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.predict import predict
from tracker.linking.words import fold
from tracker.settings import names_of
from tracker.workflows.known import terms_of

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
CORPUS, CAMPAIGN = SHARED / "corpus" / "items.json", SHARED / "campaign" / "rekognition.json"
OBJECTS = SHARED / "campaign" / "rekognition_objects.json"
TAG = re.compile(r"<[^>]*>")
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
    return [*corpus, *({**item, "group": "the linked campaign"} for item in campaign)]


def predicted(config: Config, chosen: Sequence[Item]) -> dict[str, Any]:
    """Return the predictions for items by id, as `tracker link predict` would give them."""
    objects = json.loads(OBJECTS.read_text("utf-8"))
    terms = Terms.from_config(config["terms"])
    entries: dict[str, Any] = predict(objects, chosen, config, judge=partial(screen_and_judge, terms=terms))["items"]
    return entries


def evaluate(entries: dict[str, Any]) -> str:
    """Return the evaluator's tables for the corpus and the campaign."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"items": entries}, file)
        file.flush()
        command = [sys.executable, SHARED / "corpus" / "evaluate.py", file.name, "--items", CORPUS]
        command += ["--link-items", CAMPAIGN, "--links", OBJECTS, "--objects", OBJECTS]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


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


def unseen(config: Config, *, names: bool) -> dict[str, Any]:
    """Return predictions in which no item was judged with vocabulary that only its own group has."""
    everything = items()
    seen = Seen(config, everything)
    entries: dict[str, Any] = {}
    for group in sorted({item["group"] for item in everything}):
        chosen = [item for item in everything if item["group"] == group]
        entries |= predicted(seen.without(config, group, names=names), chosen)
    return entries


def feed_entries() -> Iterator[tuple[str, str]]:
    """Yield title and text of every distinct entry of the real feeds, almost none of them on our subject."""
    seen: set[tuple[str, str]] = set()
    for path in sorted((SHARED / "feeds").glob("*real*/*")):
        for entry in feedparser.parse(io.BytesIO(path.read_bytes())).entries:
            pair = (str(entry.get("title") or ""), TAG.sub(" ", str(entry.get("summary") or ""))[:2000])
            if pair not in seen:
                seen.add(pair)
                yield pair


def main() -> None:
    """Print everything, or with a flag the figures for unseen vocabulary."""
    config = configuration()
    if flags := {"--unseen", "--unseen-names"}.intersection(sys.argv):
        print(evaluate(unseen(config, names="--unseen-names" in flags)))
        return
    terms, gazetteer = Terms.from_config(config["terms"]), Gazetteer.from_config(config["organizations"])
    print(evaluate(predicted(config, items())))
    entries = list(feed_entries())
    began = time.perf_counter()
    left = [pair for pair in entries if may_concern(*pair, terms)]
    screened = time.perf_counter() - began
    judged = [
        (judge(title, text, gazetteer.find(f"{title}\n{text}"), terms).probability, title) for title, text in left
    ]
    total = time.perf_counter() - began
    hits = sorted((row for row in judged if row[0] >= terms.threshold), reverse=True)
    print(f"general feeds: {len(entries)} entries, {len(left)} pass the screen, {len(hits)} judged relevant")
    print(f"speed: screen {len(entries) / screened:,.0f}/s, screen, names and relevance {len(entries) / total:,.0f}/s")
    for probability, title in hits:
        print(f"  {probability:.2f} {title[:110]}")


if __name__ == "__main__":
    main()
