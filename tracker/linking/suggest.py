"""Which campaign objects a document bears on: candidates, points, neighbours, siblings, a verdict with its reasons.

Score = 1 / (1 + exp(-points)). `confirmed` needs the automatic threshold, two independent reasons (one of them a date
or a number) and a relation that is not weak; a rule confirms, and says so; a person may undo it. Without labels the
points are hand-set (`config/terms.toml`), so a score orders well and is only roughly a probability.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.vocab import LinkState, Relation
from tracker.linking.reading import Reading
from tracker.linking.relation import RelationRule, relation_of, relation_rules, same_time
from tracker.linking.signals import LinkRules, Weights, signals
from tracker.linking.targets import LinkTarget, TargetIndex

# Signals that rest on the same evidence make one independent reason.
_EVIDENCE = {
    "similarity": "words", "coverage": "words", "passage": "words", "name": "names", "date": "date", "when": "date",
    "identifier": "number", "number": "number", "address": "address", "neighbour": "neighbour",
}  # fmt: skip
_ENOUGH = 0.8  # points that make a reason one that counts
_INDEPENDENT = 2
# Contradictions that no number of points outweighs without a person: a report on one company's meeting reads much like
# a report on another's of the same month; nothing reports what has not happened yet; and where no word speaks of the
# object's kind, or a sibling fits better, the names and dates in common are the week's, not the object's.
_VETOES = frozenset({"other_company", "ahead", "no_kind_word"})
_SIBLING_AHEAD = -1.0
_ANCHORS = frozenset({"date", "number"})  # shared words and names recur for years: one occasion needs one of these
_TITLE_SHARE = 0.2  # cosine of the title with the target that makes it the title's subject


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed link. `score` is 0 to 1; `rule` names what set the state; reasons come heaviest first."""

    target_id: str
    relation: Relation
    score: float
    state: LinkState
    rule: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Thresholds:
    """From where a link is suggested, from where it is confirmed; `per_relation` overrides the latter."""

    suggest: float = 0.3
    auto: float = 0.8
    most: int = 8
    weak: frozenset[Relation] = frozenset({Relation.MENTIONS, Relation.CITES})
    per_relation: Mapping[Relation, float] | None = None

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "Thresholds":
        """Build from the parsed `config/terms.toml`; raises ConfigError for an unknown relation."""
        table = tables.get("link", {})
        try:
            weak = frozenset(Relation(name) for name in table.get("weak", ("mentions", "cites")))
            per_relation = {Relation(name): float(score) for name, score in table.get("auto_for", {}).items()}
        except ValueError as error:
            raise ConfigError(f"terms.toml: [link]: {error}; use the words of the exports") from error
        limits = float(table.get("suggest", 0.3)), float(table.get("auto", 0.8))
        return cls(*limits, int(table.get("most", 8)), weak, per_relation)

    def auto_for(self, relation: Relation) -> float:
        """The score from which a link of this relation is confirmed by rule; above 1 means never."""
        if relation in self.weak:
            return math.inf
        return (self.per_relation or {}).get(relation, self.auto)


@dataclass(frozen=True)
class Linker:
    """The compiled configuration of linking; build it once and hand it to `suggest`."""

    rules: LinkRules
    relations: tuple[RelationRule, ...]
    thresholds: Thresholds

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "Linker":
        """Build from the parsed `config/terms.toml`; raises ConfigError naming the part at fault."""
        return cls(LinkRules.from_config(tables), relation_rules(tables), Thresholds.from_config(tables))


def suggest(
    reading: Reading,
    index: TargetIndex,
    linker: Linker,
    *,
    same_address: frozenset[str] = frozenset(),
) -> tuple[Suggestion, ...]:
    """Return the links at or above the `suggest` threshold, best first, at most `most`.

    `same_address` holds the targets whose evidence is this very document, by canonical address.
    """
    rows = scored(reading, index, linker, same_address=same_address)
    return tuple(row for row in rows if row.score >= linker.thresholds.suggest)[: linker.thresholds.most]


def scored(
    reading: Reading,
    index: TargetIndex,
    linker: Linker,
    *,
    same_address: frozenset[str] = frozenset(),
) -> tuple[Suggestion, ...]:
    """Return every candidate with its score, best first, also those below the threshold ("other candidates")."""
    weights = Weights.of(reading, index)
    chosen = index.candidates(reading.terms, reading.names, reading.published)
    chosen += [target_id for target_id in sorted(same_address & index.targets.keys()) if target_id not in chosen]
    reasons: dict[str, list[Reason]] = {}
    for target_id in chosen:
        reasons[target_id] = signals(weights, index.targets[target_id], index, linker.rules)
        if target_id in same_address:
            sentence = "It is the very page given as evidence of the object."
            reasons[target_id].append(Reason("address", linker.rules.points["address"], "", None, sentence))
    base = {target_id: _points(found, linker.rules) for target_id, found in reasons.items()}
    for target_id, further in _joint(base, index, linker.rules).items():
        reasons[target_id].extend(further)
    rows = [_suggestion(weights, index, target_id, found, linker) for target_id, found in reasons.items()]
    return tuple(sorted(rows, key=lambda row: (-row.score, row.target_id)))


def _points(reasons: Sequence[Reason], rules: LinkRules) -> float:
    return rules.points["bias"] + sum(reason.weight for reason in reasons)


def probability(points: float) -> float:
    """Return points (log odds) as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))


def _joint(base: Mapping[str, float], index: TargetIndex, rules: LinkRules) -> dict[str, list[Reason]]:
    """Return the second stage: what neighbours lend, and what siblings (same kind, same company) take."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for target_id, points in sorted(base.items()):
        family = (index.targets[target_id].kind, index.targets[target_id].company)
        if family not in best or points > best[family][0]:
            best[family] = (points, target_id)
    found: dict[str, list[Reason]] = {}
    for target_id, points in base.items():
        around = index.graph.get(target_id, frozenset())
        lender = max((i for i in around if i in base), key=lambda i: (base[i], i), default=None)
        if lender is not None:
            weight = rules.points["neighbour"] * probability(base[lender])
            title = index.targets[lender].title
            found.setdefault(target_id, []).append(
                Reason("neighbour", weight, title, None, f"It belongs with “{title}”, which fits as well.")
            )
        ahead, leader = best[index.targets[target_id].kind, index.targets[target_id].company]
        if leader != target_id and not around & index.graph.get(leader, frozenset()):
            weight = max(rules.points["sibling_most"], rules.points["sibling"] * (ahead - points))
            title = index.targets[leader].title
            if weight < 0:
                found.setdefault(target_id, []).append(
                    Reason("sibling", weight, title, None, f"“{title}”, of the same kind, fits better.")
                )
    return found


def _suggestion(
    weights: Weights, index: TargetIndex, target_id: str, reasons: Sequence[Reason], linker: Linker
) -> Suggestion:
    reading, target = weights.reading, index.targets[target_id]
    score = probability(_points(reasons, linker.rules))
    relation = relation_of(reading, target, main=_is_subject(weights, target, index), rules=linker.relations)
    ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.code, r.words)))
    if any(reason.code == "address" for reason in reasons):
        strong = score >= linker.thresholds.auto_for(relation)
        state, rule = (LinkState.CONFIRMED if strong else LinkState.SUGGESTED), "address"
    elif score >= linker.thresholds.auto_for(relation) and _stands(reasons):
        state, rule = LinkState.CONFIRMED, "score_and_two_reasons"
    else:
        state, rule = LinkState.SUGGESTED, "score"
    return Suggestion(target_id, relation, score, state, rule, ordered)


def _stands(reasons: Sequence[Reason]) -> bool:
    """Whether two kinds of evidence have enough points, a date or a number among them, and no other company is meant.

    Words of one sentence counted in three ways are one kind.
    """
    if any(r.code in _VETOES or (r.code == "sibling" and r.weight <= _SIBLING_AHEAD) for r in reasons):
        return False
    totals: dict[str, float] = {}
    for reason in reasons:
        if evidence := _EVIDENCE.get(reason.code):
            totals[evidence] = totals.get(evidence, 0.0) + reason.weight
    strong = {evidence for evidence, total in totals.items() if total >= _ENOUGH}
    return len(strong) >= _INDEPENDENT and not strong.isdisjoint(_ANCHORS)


def _is_subject(weights: Weights, target: LinkTarget, index: TargetIndex) -> bool:
    """Whether the target is what the document is about: of its day, or spoken of in its title."""
    title = weights.sentences[0] if weights.sentences else None
    return same_time(weights.reading, target) or (
        title is not None and index.similarity(title, target.id) >= _TITLE_SHARE
    )
