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
from tracker.linking.facts import Facts, LinkRules
from tracker.linking.reading import Reading
from tracker.linking.relation import RelationRule, relation_of, relation_rules, same_time
from tracker.linking.scoring import Scoring, probability
from tracker.linking.targets import Profile, TargetIndex

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
    limits = linker.thresholds
    scoring = Scoring(Facts(reading, index, linker.rules), same_address)
    reasons = {target_id: scoring.reasons(target_id) for target_id in scoring.above(limits.suggest)}
    scores = {target_id: probability(scoring.points(found)) for target_id, found in reasons.items()}
    best = sorted((i for i in scores if scores[i] >= limits.suggest), key=lambda i: (-scores[i], i))[: limits.most]
    return tuple(_suggestion(scoring, target_id, reasons[target_id], linker) for target_id in best)


def scored(
    reading: Reading,
    index: TargetIndex,
    linker: Linker,
    *,
    same_address: frozenset[str] = frozenset(),
) -> tuple[Suggestion, ...]:
    """Return every candidate with its score, best first, also those below the threshold ("other candidates")."""
    scoring = Scoring(Facts(reading, index, linker.rules), same_address)
    rows = [_suggestion(scoring, target_id, scoring.reasons(target_id), linker) for target_id in scoring.candidates()]
    return tuple(sorted(rows, key=lambda row: (-row.score, row.target_id)))


def _suggestion(scoring: Scoring, target_id: str, reasons: Sequence[Reason], linker: Linker) -> Suggestion:
    facts, profile = scoring.facts, scoring.facts.index.profiles[target_id]
    score = probability(scoring.points(reasons))
    relation = relation_of(facts, profile, main=_is_subject(facts, profile), rules=linker.relations)
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


def _is_subject(facts: Facts, profile: Profile) -> bool:
    """Whether the target is what the document is about: of its day, or spoken of in its title."""
    return same_time(facts, profile) or facts.title_closeness(profile) >= _TITLE_SHARE
