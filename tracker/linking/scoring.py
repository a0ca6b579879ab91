"""The points of a document's candidates in two stages: their own, then how each stands among the others.

Neighbours (the meeting of a resolution, the letter that an answer answers) lend; what fits the same passage better
takes.
Points are log odds of two additive models, so what each feature gives can be told and adds up to the score.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.domain.additive import probability
from tracker.linking.candidates import candidates
from tracker.linking.facts import Facts
from tracker.linking.features import Measured, measure

_FARTHEST = 3.0  # points ahead or behind that count


@dataclass(slots=True)
class Weighed:
    """One candidate: features of both stages with their points.

    `own` are the points of the first stage, `lender` and `rival` the targets that the second stage speaks of.
    """

    target_id: str
    measured: Measured
    own: float
    points: dict[str, float]
    among: dict[str, float] = field(default_factory=dict)
    lender: str = ""
    rival: str = ""

    @property
    def total(self) -> float:
        """All points together."""
        return math.fsum(self.points.values())

    @property
    def score(self) -> float:
        """The probability, 0 to 1."""
        return probability(self.total)


def weigh_all(facts: Facts, same_address: Iterable[str] = ()) -> list[Weighed]:
    """Return every candidate with its points, in the order of the index."""
    rows = weigh_alone(facts, same_address)
    stand_among(facts, rows)
    for row in rows:
        _add(facts, row)
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
    """Work out the features of the second stage from the points of the first."""
    graph = facts.index.graph
    by_id = {row.target_id: row for row in rows}
    ordered = sorted(rows, key=lambda row: (-row.own, row.target_id))
    for place, row in enumerate(ordered):
        around = graph[row.target_id]
        lenders = [by_id[other] for other in around if other in by_id]
        if lenders:
            lender = max(lenders, key=lambda other: (other.own, other.target_id))
            row.lender = lender.target_id
            row.among["neighbour"] = lent = probability(lender.own)
            row.among["neighbour_expected"] = lent * facts.expected.get(row.measured.profile.target.kind, 0.0)
        # Neighbours and those that have one in common are no rivals: what belongs together may be told of together.
        family = around.union(*(graph[other] for other in around))
        ahead = [other for other in ordered[:place] if other.target_id not in family]
        told = _most_telling(row)
        row.among["better"] = math.log1p(sum([not told or told in other.measured.shared for other in ahead]))
        sentence = row.measured.sentence
        same = [other for other in ahead if other.measured.sentence == sentence]
        row.among["better_passage"] = math.log1p(len(same))
        if rival := next((other for other in same if _alike(row, other)), None):
            row.rival = rival.target_id
            row.among["sibling"] = min(_FARTHEST, rival.own - row.own)
        else:
            row.among["margin"] = min(_FARTHEST, row.own - _next_alike(row, ordered[place + 1 :], family))


def _next_alike(row: Weighed, behind: Sequence[Weighed], family: frozenset[str]) -> float:
    """Return the points of the next rival behind: of the kind and company, for the same passage."""
    for other in behind:
        same = other.measured.sentence == row.measured.sentence and _alike(row, other)
        if same and other.target_id not in family:
            return other.own
    return -math.inf


def _alike(row: Weighed, other: Weighed) -> bool:
    one, two = row.measured.profile.target, other.measured.profile.target
    return one.kind == two.kind and one.company == two.company


def _most_telling(row: Weighed) -> str:
    """Return the most telling of the names that document and target share, or nothing."""
    shared = row.measured.shared
    return max(shared, key=lambda name: (shared[name], name), default="")


def _add(facts: Facts, row: Weighed) -> None:
    """Add the second stage to the first, of which the among model says how much it counts."""
    among = facts.rules.among
    share = among.weight("own")
    row.points = {code: share * value for code, value in row.points.items()}
    for code, value in among.points(row.among).items():
        row.points[code] = row.points.get(code, 0.0) + value
