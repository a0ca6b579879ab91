"""The points of targets for one document in two stages: their own, then what neighbours lend and siblings take.

Points of a target are worked out when somebody asks for them, and then kept: `ceilings` tells beforehand for which
targets nobody need ask.
"""

import math
from collections.abc import Iterable, Sequence

from tracker.domain.reasons import Reason
from tracker.linking.ceiling import Ceilings
from tracker.linking.facts import Facts
from tracker.linking.signals import signals

_POINTS_COUNTED = 30.0  # beyond that a probability is 0 or 1 anyway


def probability(points: float) -> float:
    """Return points (log odds) as a probability."""
    return 1 / (1 + math.exp(-max(-_POINTS_COUNTED, min(_POINTS_COUNTED, points))))


def least_points(score: float) -> float:
    """Return the points below which `probability` is surely less than `score`."""
    if score <= probability(-_POINTS_COUNTED):
        return -math.inf
    return math.log(score / (1 - score)) - 1e-6 if score < 1 else _POINTS_COUNTED


class Scoring:
    """The points of all targets for one document."""

    def __init__(self, facts: Facts, same_address: frozenset[str]) -> None:
        """Bound all targets; `same_address` holds those whose evidence is this very document."""
        self.facts, self._index, self._points = facts, facts.index, facts.rules.points
        self._same_address = same_address
        self._ceilings = Ceilings(facts, same_address)
        self._own: dict[str, tuple[float, list[Reason]]] = {}
        self._leaders: dict[tuple[str, str], list[str]] = {}

    def candidates(self) -> list[str]:
        """Return the targets worth scoring, in target order."""
        return [target_id for target_id in self._index.targets if self._is_candidate(target_id)]

    def above(self, score: float) -> list[str]:
        """Return the candidates that may reach a score, in target order."""
        least = least_points(score)
        most_lent = max(0.0, self._points["neighbour"])
        return [
            target_id
            for target_id, ceiling in self._ceilings.points.items()
            if ceiling + most_lent >= least and self._may_reach(target_id, least - self._most_lent(target_id))
        ]

    def _may_reach(self, target_id: str, points: float) -> bool:
        """Whether a target is a candidate and has so many points of its own; the cheapest question comes first."""
        return (
            self._ceilings.points[target_id] >= points
            and self._is_candidate(target_id)
            and self._ceilings.lowered(target_id) >= points
            and self._own_of(target_id)[0] >= points
        )

    def _most_lent(self, target_id: str) -> float:
        """Return the most that neighbours of a target can lend it."""
        around = self._index.graph[target_id]
        best = max((self._ceilings.points[i] for i in around), default=-math.inf)
        return max(0.0, self._points["neighbour"]) * probability(best)

    def reasons(self, target_id: str) -> list[Reason]:
        """Return all reasons of a candidate."""
        return [*self._own_of(target_id)[1], *self._from_neighbours(target_id), *self._from_siblings(target_id)]

    def points(self, reasons: Sequence[Reason]) -> float:
        """Return what reasons come to."""
        return self._points["bias"] + sum(reason.weight for reason in reasons)

    def _is_candidate(self, target_id: str) -> bool:
        return target_id in self._same_address or self.facts.is_near(self._index.profiles[target_id])

    def _own_of(self, target_id: str) -> tuple[float, list[Reason]]:
        if target_id not in self._own:
            reasons = signals(self.facts, self._index.profiles[target_id])
            if target_id in self._same_address:
                sentence = "It is the very page given as evidence of the object."
                reasons.append(Reason("address", self._points["address"], "", None, sentence))
            self._own[target_id] = self.points(reasons), reasons
        return self._own[target_id]

    def _from_neighbours(self, target_id: str) -> list[Reason]:
        """Return what the best of a target's neighbours lends."""
        best = self._best(self._index.graph.get(target_id, ()))
        if not best:
            return []
        lender = best[-1]
        title = self._index.targets[lender].title
        weight = self._points["neighbour"] * probability(self._own_of(lender)[0])
        return [Reason("neighbour", weight, title, None, f"It belongs with “{title}”, which fits as well.")]

    def _from_siblings(self, target_id: str) -> list[Reason]:
        """Return what the best target of the same kind and company takes, unless both have a neighbour in common."""
        index, target = self._index, self._index.targets[target_id]
        family = target.kind, target.company
        if family not in self._leaders:
            self._leaders[family] = self._best(index.families[family])
        leader = self._leaders[family][0]
        if leader == target_id or index.graph[target_id] & index.graph[leader]:
            return []
        ahead = self._own_of(leader)[0] - self._own_of(target_id)[0]
        weight = max(self._points["sibling_most"], self._points["sibling"] * ahead)
        title = index.targets[leader].title
        if weight >= 0:
            return []
        return [Reason("sibling", weight, title, None, f"“{title}”, of the same kind, fits better.")]

    def _best(self, target_ids: Iterable[str]) -> list[str]:
        """Return the candidates among targets with the most own points, by id; more than one where they are equal."""
        best: list[str] = []
        most = -math.inf
        ceilings = self._ceilings
        for target_id in sorted(target_ids, key=lambda i: -ceilings.points[i]):
            if ceilings.points[target_id] < most:
                break
            if ceilings.lowered(target_id) < most or not self._is_candidate(target_id):
                continue
            points = self._own_of(target_id)[0]
            if points >= most:
                best = [*best, target_id] if points == most else [target_id]
                most = points
        return sorted(best)
