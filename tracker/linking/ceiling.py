"""The most points that each target can have for a document, for all targets at once and without their reasons.

Nearly all targets share words, names and days with nearly every document of our subject, and nearly all end far below
the threshold. So all get a cheap upper bound first, and only where it reaches high enough are signals worked out. The
bound takes the same points as `signals` where they are cheap, and the best there can be where they are not:

- the passage: its cosine is at most the length of the part of the target's vector that the whole document shares, the
  root of the coverage (the inequality of Cauchy and Schwarz);
- words for a time and identifiers: full points where the document has any, and no points against.

A bound can be lowered for one target by what costs a little more to know.
"""

import math

from tracker.linking.facts import Facts
from tracker.linking.signals import kind_points, name_points, time_points

_SLACK = 1e-6  # points: sums in another order differ in their last digits
_WHEN = ("when_day", "when_month", "when_year")


class Ceilings:
    """The bounds of all targets for one document; `points` gives by target what it cannot exceed by itself.

    What neighbours lend and siblings take is not in it.
    """

    def __init__(self, facts: Facts, same_address: frozenset[str]) -> None:
        """Bound all targets."""
        self._facts = facts
        points, (dots, covered) = facts.rules.points, facts.overlaps
        self._passage = _most(facts, "passage")
        self._time = (_most(facts, *_WHEN) if facts.times else 0.0) + _most(facts, "far") + _most(facts, "other_year")
        always = points["bias"] + self._time + _SLACK
        kinds = {kind: always + kind_points(kind, facts) for kind in facts.index.kinds}
        scale, coverage = points["similarity"] / (facts.whole.length or 1.0), points["coverage"]
        more = _of_names_and_numbers(facts, same_address)
        self.points = {
            target_id: kinds[profile.target.kind] + scale * dot + coverage * cover + self._passage * math.sqrt(cover)
            + dates + more.get(target_id, 0.0)
            for (target_id, profile), dot, cover, dates in zip(
                facts.index.profiles.items(), dots, covered, facts.of_dates, strict=True
            )
        }  # fmt: skip
        self._lowered: dict[str, float] = {}

    def lowered(self, target_id: str) -> float:
        """Return the bound of one target with its real passage, and the best of the times that come near its days."""
        if target_id not in self._lowered:
            facts, profile = self._facts, self._facts.index.profiles[target_id]
            _, covered = facts.overlaps
            supposed = self._passage * math.sqrt(covered[profile.number]) + self._time
            passage = facts.rules.points["passage"] * max(facts.closeness(profile).values(), default=0.0)
            self._lowered[target_id] = self.points[target_id] - supposed + passage + time_points(facts, profile)
        return self._lowered[target_id]


def _most(facts: Facts, *names: str) -> float:
    """Return the most that one of these can speak for a target."""
    return max(0.0, *(facts.rules.points[name] for name in names))


def _of_names_and_numbers(facts: Facts, same_address: frozenset[str]) -> dict[str, float]:
    index, points, folded = facts.index, facts.rules.points, facts.reading.folded
    totals: dict[str, float] = {}
    for name, telling in facts.names.items():
        for target_id in index.by_name[name]:
            totals[target_id] = totals.get(target_id, 0.0) + telling
    found = {target_id: name_points(total, points) for target_id, total in totals.items()}
    if facts.companies:
        concerned = {target_id for company in facts.companies for target_id in index.by_house.get(company, ())}
        for target_id in index.of_companies - concerned:
            found[target_id] = found.get(target_id, 0.0) + points["other_company"]
    for target_id, profile in index.numbered.items():
        if any(identifier.may_stand_in(folded) for identifier in profile.identifiers):
            best = _most(facts, "identifier", "number", "other_number")
        elif profile.target.number and facts.numbers:
            best = points["number" if profile.target.number in facts.numbers else "other_number"]
        else:
            continue
        found[target_id] = found.get(target_id, 0.0) + best
    for target_id in same_address:
        found[target_id] = found.get(target_id, 0.0) + _most(facts, "address")
    return found
