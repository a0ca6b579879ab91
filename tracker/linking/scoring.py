"""The points of a document's candidates in two stages: their own, then how each stands among the others.

Neighbours (the meeting of a resolution, the letter that an answer answers) lend; what fits better takes.
Points are log odds of two additive models, so what each feature gives can be told and adds up to the score.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.domain.additive import Model, probability
from tracker.linking.candidates import candidates
from tracker.linking.facts import Facts
from tracker.linking.features import Measured, measure

_FARTHEST = 5.0  # points behind the best that count
_SHORT = 6  # sentences, the title among them, of a feed's description; the weights were learned from such
_FARTHEST_OF_KIND = 3.0  # behind the best of the kind
_Kind = tuple[str, str]


@dataclass(slots=True)
class Weighed:
    """One candidate: features of both stages with their points.

    `own` are the points of the first stage. The second speaks of the `lender`, the neighbour that lends, the `leader`,
    which fits best, and the `rival`, the best of the kind. `total` are the points of both stages and `score` their
    probability, 0 to 1; both are 0 until the second stage was added.
    """

    target_id: str
    measured: Measured
    own: float
    points: dict[str, float]
    among: dict[str, float] = field(default_factory=dict)
    lender: str = ""
    leader: str = ""
    rival: str = ""
    total: float = 0.0
    score: float = 0.0


def weigh_all(facts: Facts, same_address: Iterable[str] = ()) -> list[Weighed]:
    """Return every candidate with its points, in the order of the index."""
    rows = weigh_alone(facts, same_address)
    stand_among(facts, rows)
    for row in rows:
        _add(facts.rules.among, row)
    return rows


def weigh_alone(facts: Facts, same_address: Iterable[str] = ()) -> list[Weighed]:
    """Return every candidate with the points of the first stage only, in the order of the index."""
    same = frozenset(same_address)
    return [_alone(facts, measure(facts, profile), same) for profile in candidates(facts, same)]


def _alone(facts: Facts, found: Measured, same_address: frozenset[str]) -> Weighed:
    if found.profile.target.id in same_address:
        found.features["address"] = 1.0
    points = facts.rules.own.points(found.features)
    return Weighed(found.profile.target.id, found, math.fsum(points.values()), points)


def stand_among(facts: Facts, rows: Sequence[Weighed]) -> None:
    """Work out the features of the second stage from the points of the first.

    What a document bears on shows among its candidates: behind a clear best one little else is meant, and of a kind
    mostly one, apart from those that belong together.
    """
    by_id = {row.target_id: row for row in rows}
    ahead = _Ahead()
    for row in sorted(rows, key=lambda row: (-row.own, row.target_id)):
        around = facts.index.graph[row.target_id]
        _lend(facts, row, [by_id[other] for other in around if other in by_id])
        # Neighbours and those that have one in common are no rivals: what belongs together may be told of together.
        family = around.union(*(facts.index.graph[other] for other in around)) if around else around
        _count(row, ahead, [kin for other in family if (kin := ahead.rows.get(other))])
        _trail(facts, row, ahead, around)
        ahead.add(row)


class _Ahead:
    """The candidates that fit better, best first: how many share a name, how many a passage, the first of each kind."""

    def __init__(self) -> None:
        self.rows: dict[str, Weighed] = {}
        self.naming, self.speaking = defaultdict[str, int](int), defaultdict[int | None, int](int)
        self.of_kind: dict[_Kind, Weighed] = {}

    def add(self, row: Weighed) -> None:
        """Count one that fits less than all so far."""
        self.rows[row.target_id] = row
        self.of_kind.setdefault(_kind(row), row)
        self.speaking[row.measured.sentence] += 1
        for name in row.measured.shared:
            self.naming[name] += 1


def _lend(facts: Facts, row: Weighed, neighbours: Sequence[Weighed]) -> None:
    """Add what the likeliest neighbour lends, and how much such documents are about the kind it is lent to."""
    if not neighbours:
        return
    lender = max(neighbours, key=lambda other: (other.own, other.target_id))
    row.lender = lender.target_id
    row.among["neighbour"] = lent = probability(lender.own)
    expected = facts.expected.get(row.measured.profile.target.kind, 0.0)
    row.among["neighbour_expected"] = lent * expected
    if expected <= 0:
        row.among["neighbour_seldom"] = lent


def _count(row: Weighed, ahead: _Ahead, kin: Sequence[Weighed]) -> None:
    """Add how many of those that fit better share the most telling name or the passage, kin left aside."""
    told, sentence = _most_telling(row.measured.shared), row.measured.sentence
    naming = ahead.naming[told] if told else len(ahead.rows)
    naming -= sum([not told or told in other.measured.shared for other in kin])
    speaking = ahead.speaking[sentence] - sum([other.measured.sentence == sentence for other in kin])
    row.among["better"] = math.log1p(naming)
    row.among["better_passage"] = math.log1p(speaking)


def _trail(facts: Facts, row: Weighed, ahead: _Ahead, around: frozenset[str]) -> None:
    """Add how far the best of all is ahead, and the best of the kind where it is no neighbour.

    A long document bears on more than a short one, so there the best takes less from the rest.
    """
    if best := next(iter(ahead.rows.values()), None):
        row.leader = best.target_id
        share = min(1.0, math.sqrt(_SHORT / len(facts.sentences))) if facts.sentences else 1.0
        row.among["behind_best"] = share * min(_FARTHEST, best.own - row.own)
    first = ahead.of_kind.get(_kind(row))
    if first and first.target_id not in around:
        row.rival = first.target_id
        row.among["behind_kind"] = min(_FARTHEST_OF_KIND, first.own - row.own)


def _kind(row: Weighed) -> _Kind:
    """Return the kind of object and the company: what one company answers is no rival of another's answer."""
    return row.measured.profile.target.kind, row.measured.profile.target.company


def _most_telling(shared: Mapping[str, float]) -> str:
    """Return the most telling of the names that document and target share, or nothing."""
    return max(zip(shared.values(), shared, strict=True), default=(0.0, ""))[1]


def _add(among: Model, row: Weighed) -> None:
    """Add the second stage to the first, of which the among model says how much it counts."""
    share = among.weight("own")
    points = row.points = {code: share * value for code, value in row.points.items()}
    for code, value in among.points(row.among).items():
        points[code] = points.get(code, 0.0) + value
    row.total = math.fsum(points.values())
    row.score = probability(row.total)
