"""Which campaign objects a document bears on: candidates, points, neighbours, rivals, a verdict with its reasons.

Score = 1 / (1 + exp(-points)). `confirmed` needs the automatic threshold, two independent reasons (one of them a date
or a number) and a relation that is not weak; a rule confirms, and says so; a person may undo it. Without labels the
points are hand-set (`config/terms.toml`), so a score orders well and is only roughly a probability.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.vocab import LinkState, Relation
from tracker.linking.facts import Facts, LinkRules
from tracker.linking.grounds import reasons
from tracker.linking.reading import Reading
from tracker.linking.relation import RelationRule, relation_of, relation_rules
from tracker.linking.scoring import Weighed, weigh_all
from tracker.linking.targets import TargetIndex

# Signals that rest on the same evidence make one independent reason.
_EVIDENCE = {
    "similarity": "words", "coverage": "words", "passage": "words", "title": "words", "title_named": "words",
    "name": "names", "day": "date", "season": "date", "when": "date", "dated_kind": "date", "identifier": "number",
    "number": "number", "address": "address", "neighbour": "neighbour",
}  # fmt: skip
_ENOUGH = 0.8  # points that make a reason one that counts
_INDEPENDENT = 2
# Contradictions that no number of points outweighs without a person: a report on one company's meeting reads much like
# a report on another's of the same month; nothing reports what has not happened yet; and where no word speaks of the
# object's kind, or another of it fits better, the names and dates in common are the week's, not the object's.
_VETOES = frozenset({"other_company", "ahead", "no_kind_word"})
_RIVAL_AHEAD = 1.5  # points
_ANCHORS = frozenset({"date", "number"})  # shared words and names recur for years: one occasion needs one of these


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
    """The three bands: from where a link is suggested, from where it is confirmed; below, it is ignored.

    `auto_by` and `suggest_by` override them for single relations; relations in `weak` are never confirmed by rule.
    """

    suggest: float = 0.3
    auto: float = 0.88
    most: int = 10
    weak: frozenset[Relation] = frozenset({Relation.MENTIONS, Relation.CITES})
    auto_by: Mapping[Relation, float] = field(default_factory=dict)
    suggest_by: Mapping[Relation, float] = field(default_factory=dict)

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "Thresholds":
        """Build from the parsed `config/terms.toml`; raises ConfigError for an unknown relation or no probability."""
        table = tables.get("link", {})
        try:
            weak = frozenset(Relation(name) for name in table.get("weak", ("mentions", "cites")))
            auto_by, suggest_by = (
                {Relation(name): float(score) for name, score in table.get(key, {}).items()}
                for key in ("auto_for", "suggest_for")
            )
            limits = float(table.get("suggest", cls.suggest)), float(table.get("auto", cls.auto))
            most = int(table.get("most", cls.most))
        except (TypeError, ValueError) as error:
            raise ConfigError(f"terms.toml: [link]: {error}; relations are the words of the exports") from error
        for score in (*limits, *auto_by.values(), *suggest_by.values()):
            if not 0 <= score <= 1:
                raise ConfigError(f"terms.toml: [link]: {score} is no probability; use a number from 0 to 1")
        return cls(*limits, most, weak, auto_by, suggest_by)

    @property
    def least(self) -> float:
        """The score below which no link is suggested, whatever its relation."""
        return min(self.suggest, *self.suggest_by.values()) if self.suggest_by else self.suggest

    def suggest_for(self, relation: Relation) -> float:
        """The score from which a link of this relation is suggested."""
        return self.suggest_by.get(relation, self.suggest)

    def auto_for(self, relation: Relation) -> float:
        """The score from which a link of this relation is confirmed by rule; above 1 means never."""
        return math.inf if relation in self.weak else self.auto_by.get(relation, self.auto)


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
    limits, facts = linker.thresholds, Facts(reading, index, linker.rules)
    rows = weigh_all(facts, same_address)
    leading = _leading(rows)
    best = sorted((row for row in rows if row.score >= limits.least), key=lambda row: (-row.score, row.target_id))
    found = (_suggestion(facts, row, linker, leading) for row in best[: limits.most])
    return tuple(row for row in found if row.score >= limits.suggest_for(row.relation))


def scored(
    reading: Reading,
    index: TargetIndex,
    linker: Linker,
    *,
    same_address: frozenset[str] = frozenset(),
) -> tuple[Suggestion, ...]:
    """Return every candidate with its score, best first, also those below the threshold ("other candidates")."""
    facts = Facts(reading, index, linker.rules)
    weighed = weigh_all(facts, same_address)
    leading = _leading(weighed)
    rows = [_suggestion(facts, row, linker, leading) for row in weighed]
    return tuple(sorted(rows, key=lambda row: (-row.score, row.target_id)))


def _leading(rows: Iterable[Weighed]) -> frozenset[str]:
    """Return by id the candidates that no other of their kind is likelier than."""
    leaders: dict[str, Weighed] = {}
    for row in rows:
        kind = row.measured.profile.target.kind
        if kind not in leaders or (-row.total, row.target_id) < (-leaders[kind].total, leaders[kind].target_id):
            leaders[kind] = row
    return frozenset(row.target_id for row in leaders.values())


def _suggestion(facts: Facts, row: Weighed, linker: Linker, leading: frozenset[str]) -> Suggestion:
    measured, score = row.measured, row.score
    relation = relation_of(facts, measured, linker.relations, leads=row.target_id in leading)
    strong = score >= linker.thresholds.auto_for(relation)
    if "address" in measured.features:
        state, rule = (LinkState.CONFIRMED if strong else LinkState.SUGGESTED), "address"
    elif strong and _stands(row):
        state, rule = LinkState.CONFIRMED, "score_and_two_reasons"
    else:
        state, rule = LinkState.SUGGESTED, "score"
    return Suggestion(row.target_id, relation, score, state, rule, reasons(facts, row))


def _stands(row: Weighed) -> bool:
    """Whether two kinds of evidence have enough points, a date or a number among them, and nothing contradicts.

    Words of one sentence counted in three ways are one kind.
    """
    if not _VETOES.isdisjoint(row.points) or row.among.get("behind_kind", 0.0) >= _RIVAL_AHEAD:
        return False
    totals: dict[str, float] = {}
    for code, weight in row.points.items():
        if evidence := _EVIDENCE.get(code):
            totals[evidence] = totals.get(evidence, 0.0) + weight
    strong = {evidence for evidence, total in totals.items() if total >= _ENOUGH}
    return len(strong) >= _INDEPENDENT and not strong.isdisjoint(_ANCHORS)
