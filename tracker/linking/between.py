"""Which earlier document a document answers (responds_to) or goes on from (part_of): the next step of one matter.

Both read of one matter, in words and names; what tells an answer from a next step is which event follows which. The
score is an additive model (`[between]` of `config/terms.toml`) and the reasons are its arithmetic. Documents of one
story are no tie: they tell the same event.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.domain.additive import BIAS, Model, probability
from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentRelation, EventType
from tracker.linking.holders import Holders, Rarity, cosine, length, scaled, unit
from tracker.linking.telling import LEAD, Telling
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

    def __init__(self, holders: Holders, rules: BetweenRules) -> None:
        """Weigh by what stands in `holders` now. All is worked out when it is asked for: of those around few are."""
        self.rules = rules
        self.tellings = holders.tellings
        total = max(2, len(holders))
        self._holders, self._total = holders, total
        self._rarity = Rarity(total, lambda word: len(holders.of_mark[word]))
        self._vector = cache(lambda number: unit(self.tellings[number].damped, self._rarity))
        self._title = cache(lambda number: unit(self.tellings[number].damped_title, self._rarity))
        self._length = cache(lambda number: length(scaled(self.tellings[number].damped, self._rarity)))
        self._standing = cache(self._holding)

    def ties(self, document_id: int, *, apart: Collection[int] = ()) -> list[Tied]:
        """Return what a document answers and what it goes on from, at most one each; `apart` holds its own story."""
        later, best = self.tellings[document_id], dict[DocumentRelation, Tied]()
        followed = self._followed(later, apart)
        # Where there are so few, whether one is followed at all is found sooner than which are most alike in words.
        if len(followed) <= _BEST and not any(self._tied_to(later, number, days) for number, days in followed.items()):
            return []
        for number in self._near(later):
            for found in self._tied_to(later, number, followed[number]) if number in followed else ():
                if found.kind not in best or found.score > best[found.kind].score:
                    best[found.kind] = found
        rows = sorted(best.values(), key=lambda tied: -tied.score)
        return rows[:1] if len({tied.earlier for tied in rows}) == 1 else rows

    def _followed(self, later: Telling, apart: Collection[int]) -> dict[int, int]:
        """Return the documents that one can follow, by what happened and when, with the fewest days between.

        Of most documents there are none, and what they are like in words need not be looked up.
        """
        rows = self.rules.follows.values()
        events = {past for kinds in rows for event in later.events or () for past in kinds.get(event, ())}
        found = set[int]().union(*(self._holders.of_event.get(event, ()) for event in events))
        found.difference_update(apart, (later.id,))
        days = {number: _days_after(later.span, self.tellings[number].span, self.rules.days) for number in found}
        return {number: between for number, between in days.items() if between is not None}

    def _holding(self, word: str) -> list[tuple[float, int]]:
        """Return the documents in which a word weighs most, with its weight in each."""
        rarity, tellings, long = self._rarity[word], self.tellings, self._length
        held = [
            (tellings[number].weighing[word] * rarity / long(number), number) for number in self._holders.of_mark[word]
        ]
        return held if len(held) <= _HOLDERS else sorted(held, reverse=True)[:_HOLDERS]

    def _near(self, later: Telling) -> list[int]:
        """Return the documents most alike in words, in order."""
        vector, sums = self._vector(later.id), defaultdict[int, float](float)
        for word in sorted(vector, key=vector.__getitem__, reverse=True)[:_WORDS]:
            mine = vector[word]
            for weight, number in self._standing(word):
                sums[number] += mine * weight
        sums.pop(later.id, None)
        least = sorted(sums.values(), reverse=True)[_BEST - 1 : _BEST] or [0.0]
        best = [(-total, number) for number, total in sums.items() if total >= least[0]]
        return sorted(number for _, number in sorted(best)[:_BEST])

    def _tied_to(self, later: Telling, number: int, days: int) -> list[Tied]:
        """Return the ties to one earlier document, by relation."""
        found = (self._tied(later, self.tellings[number], kind, days) for kind in DocumentRelation)
        return [tied for tied in found if tied is not None]

    def _tied(self, later: Telling, earlier: Telling, kind: DocumentRelation, days: int) -> Tied | None:
        follows = self._follows(later, earlier, kind)
        if not follows:
            return None
        features = self._features(later, earlier, kind, days, follows)
        points = self.rules.model.points(features)
        score = probability(math.fsum(points.values()))
        if score < self.rules.threshold:
            return None
        reasons = tuple(
            Reason(code, weight, *self._said(code, features, later, earlier))
            for code, weight in sorted(points.items(), key=lambda row: (row[0] == BIAS, -abs(row[1]), row[0]))
        )
        return Tied(later.id, earlier.id, kind, score, reasons)

    def _features(
        self, later: Telling, earlier: Telling, kind: DocumentRelation, days: int, follows: float
    ) -> dict[str, float]:
        shared = math.fsum(map(self._name_rarity, later.names & earlier.names))
        features = {
            "wording": cosine(self._vector(later.id), self._vector(earlier.id)),
            "headline": cosine(self._title(later.id), self._title(earlier.id)),
            "names": 1 - math.exp(-shared),
            "near": math.exp(-days / _NEAR),
            "season": math.exp(-days / _LONG),
            "follows": follows,
        }
        if kind is DocumentRelation.RESPONDS_TO and self.rules.reacts.search(
            fold(f"{later.title}\n{later.lead[:LEAD]}")
        ):
            features["reacts"] = 1.0
        return features

    def _name_rarity(self, name: str) -> float:
        return math.log(self._total / self._holders.named[name]) / math.log(self._total)

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


def all_ties(matters: Matters, stories: Mapping[int, Sequence[int]]) -> list[Tied]:
    """Return the ties of all documents, in order; `stories` gives by document those that tell the same."""
    return [tied for number in sorted(matters.tellings) for tied in matters.ties(number, apart=stories.get(number, ()))]
