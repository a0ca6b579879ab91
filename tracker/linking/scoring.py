"""The points of a document's candidates in two stages: their own, then how each stands among the others.

Neighbours (the meeting of a resolution, the letter that an answer answers) lend; what fits the same passage better
takes.
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

_FARTHEST = 3.0  # points ahead or behind that count
_Occasion = tuple[int | None, str, str]


@dataclass(slots=True)
class Weighed:
    """One candidate: features of both stages with their points.

    `own` are the points of the first stage, `lender` and `rival` the targets that the second stage speaks of. `total`
    are the points of both stages and `score` their probability, 0 to 1; both are 0 until the second stage was added.
    """

    target_id: str
    measured: Measured
    own: float
    points: dict[str, float]
    among: dict[str, float] = field(default_factory=dict)
    lender: str = ""
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
    """Work out the features of the second stage from the points of the first."""
    graph = facts.index.graph
    by_id = {row.target_id: row for row in rows}
    ordered = sorted(rows, key=lambda row: (-row.own, row.target_id))
    places = {row.target_id: place for place, row in enumerate(ordered)}
    of_occasion = defaultdict[_Occasion, list[Weighed]](list)
    for row in ordered:
        of_occasion[_occasion(row)].append(row)
    naming, speaking = defaultdict[str, int](int), defaultdict[int | None, int](int)  # counts of those ahead
    for place, row in enumerate(ordered):
        around = graph[row.target_id]
        lenders = [by_id[other] for other in around if other in by_id]
        if lenders:
            lender = max(lenders, key=lambda other: (other.own, other.target_id))
            row.lender = lender.target_id
            row.among["neighbour"] = lent = probability(lender.own)
            row.among["neighbour_expected"] = lent * facts.expected.get(row.measured.profile.target.kind, 0.0)
        # Neighbours and those that have one in common are no rivals: what belongs together may be told of together.
        family = around.union(*(graph[other] for other in around)) if around else around
        kin = [by_id[other].measured for other in family if places.get(other, place) < place]
        shared, sentence = row.measured.shared, row.measured.sentence
        told = _most_telling(shared)
        better = (naming[told] if told else place) - sum([not told or told in other.shared for other in kin])
        row.among["better"] = math.log1p(better)
        row.among["better_passage"] = math.log1p(speaking[sentence] - sum([o.sentence == sentence for o in kin]))
        rivals = [other for other in of_occasion[_occasion(row)] if other is row or other.target_id not in family]
        at = next(number for number, other in enumerate(rivals) if other is row)
        if at:
            row.rival = rivals[0].target_id
            row.among["sibling"] = min(_FARTHEST, rivals[0].own - row.own)
        else:
            row.among["margin"] = min(_FARTHEST, row.own - rivals[1].own) if len(rivals) > 1 else _FARTHEST
        speaking[sentence] += 1
        for name in shared:
            naming[name] += 1


def _occasion(row: Weighed) -> _Occasion:
    """Return what rivals have in common: the passage, the kind of object, the company."""
    target = row.measured.profile.target
    return row.measured.sentence, target.kind, target.company


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
