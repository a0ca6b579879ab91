"""Which earlier document a document answers (responds_to) or goes on from (part_of): the next step of one matter.

Both read of one matter, in words and names; what tells an answer from a next step is which event follows which. The
score is an additive model (`[between]` of `config/terms.toml`) and the reasons are its arithmetic. Documents of one
story are no tie: they tell the same event.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import Any

from tracker.domain.additive import BIAS, Model, probability
from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentRelation, EventType
from tracker.linking.same_event import LEAD, Telling
from tracker.linking.timing import Span
from tracker.linking.words import fold

_WORDS, _HOLDERS, _BEST = 24, 60, 20  # words looked up, documents kept of each, documents compared
_NEAR, _LONG = 30.0, 365.0  # days in which what nearness tells falls to a third
_SENTENCES: Mapping[str, str] = {
    BIAS: "Two documents seldom follow one another.",
    "near": "Close in time.",
    "season": "Within the same year or so.",
    "headline": "The titles share words.",
}


@dataclass(frozen=True)
class BetweenRules:
    """The compiled `[between]` part: points, what follows what, words of reaction, the band, the reach in days."""

    model: Model
    follows: Mapping[DocumentRelation, Mapping[str, Mapping[str, float]]]
    reacts: re.Pattern[str]
    threshold: float
    days: int

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "BetweenRules":
        """Build from the parsed `config/terms.toml`; raises ConfigError when a part is missing or a word is unknown."""
        try:
            table = tables["between"]
            points = {code: float(value) for code, value in table["points"].items()}
            follows = {kind: table[kind.value] for kind in DocumentRelation}
            for rows in follows.values():
                for later, earlier in rows.items():
                    for event in (later, *earlier):
                        EventType(event)
            reacts = re.compile(rf"\b(?:{table['reacts']})\b")
            model = Model("between", weights=points, prior=points)
            return cls(model, follows, reacts, float(table["threshold"]), int(table["days"]))
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise ConfigError(f"terms.toml: [between]: {error}; compare it with the file as shipped") from error


@dataclass(frozen=True, slots=True)
class Tied:
    """That a document answers or goes on from an earlier one; the reasons' weights sum to the log odds of `score`."""

    later: int
    earlier: int
    kind: DocumentRelation
    score: float
    reasons: tuple[Reason, ...]


class Matters:
    """Documents together, looked up by their words and names; rarity is measured over them."""

    def __init__(self, tellings: Iterable[Telling], rules: BetweenRules) -> None:
        """Weigh words and names; each list that is looked into is short."""
        self.rules = rules
        self.tellings = {telling.id: telling for telling in tellings}
        total = max(2, len(self.tellings))
        holders: Counter[str] = Counter()
        named: Counter[str] = Counter()
        for telling in self.tellings.values():
            holders.update(telling.terms.keys())
            named.update(telling.names)
        self._name_rarity = {name: math.log(total / count) / math.log(total) for name, count in named.items()}
        rarity = {term: math.log(1 + total / count) for term, count in holders.items()}
        # Weighed when they are asked for: of those around few are.
        self._vector = cache(lambda number: _unit(self.tellings[number].terms, rarity))
        self._title = cache(lambda number: _unit(self.tellings[number].title_terms, rarity))
        self._standing = cache(self._holding)
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, telling in self.tellings.items():
            for term in telling.terms:
                self._holders[term].append(number)

    def ties(self, document_id: int, *, apart: Collection[int] = ()) -> list[Tied]:
        """Return what a document answers and what it goes on from, at most one each; `apart` holds its own story."""
        later, best = self.tellings[document_id], dict[DocumentRelation, Tied]()
        for number in self._near(later):
            days = _days_after(later.span, self.tellings[number].span, self.rules.days)
            if number in apart or days is None:
                continue
            for kind in DocumentRelation:
                found = self._tied(later, self.tellings[number], kind, days)
                if found is not None and (kind not in best or found.score > best[kind].score):
                    best[kind] = found
        rows = sorted(best.values(), key=lambda tied: -tied.score)
        return rows[:1] if len({tied.earlier for tied in rows}) == 1 else rows

    def _holding(self, term: str) -> list[tuple[float, int]]:
        """Return the documents in which a word weighs most."""
        return nlargest(_HOLDERS, ((self._vector(number)[term], number) for number in self._holders[term]))

    def _near(self, later: Telling) -> list[int]:
        """Return the documents most alike in words, in order."""
        vector, sums = self._vector(later.id), defaultdict[int, float](float)
        for term in nlargest(_WORDS, vector, key=vector.__getitem__):
            for weight, number in self._standing(term):
                sums[number] += vector[term] * weight
        sums.pop(later.id, None)
        return sorted(nlargest(_BEST, sums, key=lambda number: (sums[number], -number)))

    def _tied(self, later: Telling, earlier: Telling, kind: DocumentRelation, days: int) -> Tied | None:
        features = self._features(later, earlier, kind, days)
        if not features.get("follows"):
            return None
        points = self.rules.model.points(features)
        score = probability(math.fsum(points.values()))
        if score < self.rules.threshold:
            return None
        reasons = tuple(
            Reason(code, weight, *self._said(code, features, later, earlier))
            for code, weight in sorted(points.items(), key=lambda row: (row[0] == BIAS, -abs(row[1]), row[0]))
        )
        return Tied(later.id, earlier.id, kind, score, reasons)

    def _features(self, later: Telling, earlier: Telling, kind: DocumentRelation, days: int) -> dict[str, float]:
        rarity = self._name_rarity
        shared = math.fsum(sorted(rarity[name] for name in later.names & earlier.names))
        features = {
            "wording": _cosine(self._vector(later.id), self._vector(earlier.id)),
            "headline": _cosine(self._title(later.id), self._title(earlier.id)),
            "names": 1 - math.exp(-shared),
            "near": math.exp(-days / _NEAR),
            "season": math.exp(-days / _LONG),
            "follows": self._follows(later, earlier, kind),
        }
        if kind is DocumentRelation.RESPONDS_TO and self.rules.reacts.search(
            fold(f"{later.title}\n{later.lead[:LEAD]}")
        ):
            features["reacts"] = 1.0
        return features

    def _follows(self, later: Telling, earlier: Telling, kind: DocumentRelation) -> float:
        rows, before = self.rules.follows[kind], earlier.events or {}
        return math.fsum(
            share * other * rows.get(event, {}).get(past, 0.0)
            for event, share in (later.events or {}).items()
            for past, other in before.items()
        )

    def _said(
        self, code: str, features: Mapping[str, float], later: Telling, earlier: Telling
    ) -> tuple[str, None, str]:
        if code == "wording":
            return "", None, f"They share {features[code]:.0%} of their wording.".replace("%", " %")
        if code == "names":
            both = sorted(later.names & earlier.names)
            return ", ".join(both), None, f"They have {plural(len(both), 'name')} in common."
        if code == "follows":
            after, before = _likeliest(later), _likeliest(earlier)
            return after, None, f"“{after[:1].upper()}{after[1:]}” often follows “{before}”."
        if code == "reacts":
            match = self.rules.reacts.search(fold(f"{later.title}\n{later.lead[:LEAD]}"))
            return (match.group() if match else ""), None, "It speaks of reacting."
        return "", None, _SENTENCES.get(code, f"{code.capitalize()}.")


def _likeliest(telling: Telling) -> str:
    events = telling.events or {}
    return (
        max(events, key=lambda event: (events[event], event)).replace("_", " ").replace("sec ", "SEC ")
        if events
        else ""
    )


def _days_after(later: Span | None, earlier: Span | None, most: int) -> int | None:
    """Return the fewest days from the earlier to the later; None where it comes surely after, or too long before."""
    if later is None or earlier is None or earlier.first > later.last:
        return None
    days = max(0, later.first - earlier.last)
    return days if days <= most else None


def _unit(terms: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {term: (1 + math.log(count)) * rarity[term] for term, count in terms.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return min(1.0, math.fsum(sorted(one[term] * other[term] for term in one.keys() & other.keys())))


def all_ties(matters: Matters, stories: Mapping[int, Sequence[int]]) -> list[Tied]:
    """Return the ties of all documents, in order; `stories` gives by document those that tell the same."""
    return [tied for number in sorted(matters.tellings) for tied in matters.ties(number, apart=stories.get(number, ()))]
