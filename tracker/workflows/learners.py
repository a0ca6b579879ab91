"""What is learned from decided documents, and whether it is better than what was written by hand.

Each learner is measured on cases that it had not seen (out of fold, a campaign never on both sides) beside the hand
weights on the same cases, and beside the version in use on those decided since that was made. A model that is worse in
either measure than either of them is kept aside: the gate.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean
from typing import Any, Protocol

from tracker.domain.additive import Model
from tracker.domain.vocab import EventType
from tracker.ingest.relevance import features
from tracker.ingest.terms import SAYS, Terms
from tracker.linking.event_type import EventRules, Ranked, rank, used_words
from tracker.linking.event_words import Counts
from tracker.linking.learn import Row, Scored, calibrated, fit, fold_of, log_loss, out_of_fold
from tracker.workflows.cases import Case

LEAST, LEAST_OF_EACH = 20, 5  # decided cases, and of each answer, from which a model is made
_SPREAD, _WORD_SPREAD = 0.3, 0.2
_LEAST_SEEN = 4  # cases that have a word which is learned of
_FOLDS = 10
_TINY = 1e-9


BY_HAND, LEARNED, IN_USE, LEARNED_SINCE = "by hand", "learned", "in use", "learned, same"
HELD = ("surprise", "wrong")  # measures in which nothing may get worse


class Dated(Protocol):
    """Something that people decided on: when they last did, if they did."""

    @property
    def decided_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class InUse:
    """The version used now. What was decided after `since` it was not made of."""

    content: Mapping[str, Any]
    since: datetime

    def unseen(self, cases: Sequence[Dated]) -> list[int]:
        """Return the places of the cases decided since; too few to tell anything are none."""
        found = [number for number, case in enumerate(cases) if case.decided_at and case.decided_at > self.since]
        return found if len(found) >= LEAST_OF_EACH else []


@dataclass(frozen=True, slots=True)
class Learned:
    """What training came to. `content` is empty where there was too little to learn from.

    `measures` hold the same measures of the same unseen cases for `by hand` and `learned`; and of those decided since
    the version `in use` was made, for that one and the learned. `better` is the gate.
    """

    cases: int
    said: str
    content: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    better: bool = False


def learn_relevance(cases: Sequence[Case], terms: Terms, used: InUse | None = None) -> Learned:
    """Learn other weights for the groups of terms, and weights of single words. `terms` are those written by hand."""
    chosen = [case for case in cases if case.relevant is not None]
    rows = list(_relevance_rows(chosen, terms))
    right = sum(row.label for row in rows)
    if lack := too_few(len(rows), {"relevant": right, "not relevant": len(rows) - right}):
        return Learned(len(rows), lack)

    def train(seen: Sequence[Row]) -> Model:
        words = {name for row in seen for name in row.features if name.startswith(SAYS)}
        return fit(seen, terms.hand, name="relevance", spread=_SPREAD, spreads=dict.fromkeys(words, _WORD_SPREAD))

    by_hand = Model("relevance", weights=terms.hand)
    unseen = out_of_fold(rows, train, folds=_FOLDS)
    model = calibrated(train(rows), unseen)
    straight = calibrated(Model("line", weights={"points": 1.0}), unseen)
    learned = [Scored(straight.score({"points": row.points}), row.label) for row in unseen]
    measures = {
        BY_HAND: of_yes_and_no([Scored(by_hand.score(row.features), row.label) for row in rows]),
        LEARNED: of_yes_and_no(learned),
    }
    if used and (since := used.unseen(chosen)):
        before = Model.from_plain(used.content)
        measures[IN_USE] = of_yes_and_no([Scored(before.score(rows[n].features), rows[n].label) for n in since])
        measures[LEARNED_SINCE] = of_yes_and_no([learned[n] for n in since])
    better, said = gate(measures)
    return Learned(len(rows), said, model.plain(), measures, better)


def _relevance_rows(cases: Sequence[Case], terms: Terms) -> Iterator[Row]:
    found = [features(case.title, case.text, case.mentions, terms) for case in cases]
    seen: dict[str, int] = {}
    for row in found:
        for name in row:
            seen[name] = seen.get(name, 0) + 1
    for case, row in zip(cases, found, strict=True):
        told = {name: x for name, x in row.items() if not name.startswith(SAYS) or seen[name] >= _LEAST_SEEN}
        yield Row(told, bool(case.relevant), case.group)


def of_yes_and_no(scored: Sequence[Scored]) -> dict[str, float]:
    """Return surprise in nats, how many are wrong, F1 at one half, and average precision."""
    right = sum(row.points >= 0 and row.label for row in scored)
    said, true = sum(row.points >= 0 for row in scored), sum(row.label for row in scored)
    ordered, found, precision = sorted(scored, key=lambda row: -row.points), 0, 0.0
    for place, row in enumerate(ordered, 1):
        if row.label:
            found += 1
            precision += found / place
    return {
        "surprise": log_loss(scored),
        "wrong": float(said + true - 2 * right),
        "f1": 2 * right / max(1, said + true),
        "average precision": precision / max(1, true),
    }


def learn_event_type(
    cases: Sequence[Case],
    rules_with: Callable[[Mapping[str, Any] | None], EventRules],
    used: InUse | None = None,
) -> Learned:
    """Count the words of documents of which people said what happened. `rules_with` compiles rules with such counts."""
    chosen = [case for case in cases if case.event_type is not None]
    if lack := too_few(len(chosen), {}):
        return Learned(len(chosen), lack)
    hand = rules_with(None)
    by_hand = [_ranked(case, hand) for case in chosen]
    learned: dict[int, Sequence[Ranked]] = {}
    for fold in sorted({fold_of(case.group, _FOLDS) for case in chosen}):
        rules = rules_with(_counted([case for case in chosen if fold_of(case.group, _FOLDS) != fold], hand))
        for number, case in enumerate(chosen):
            if fold_of(case.group, _FOLDS) == fold:
                learned[number] = _ranked(case, rules)
    measures = {
        BY_HAND: _of_types(chosen, by_hand),
        LEARNED: _of_types(chosen, [learned[number] for number in range(len(chosen))]),
    }
    if used and (since := used.unseen(chosen)):
        newer, before = [chosen[n] for n in since], rules_with(used.content)
        measures[IN_USE] = _of_types(newer, [_ranked(case, before) for case in newer])
        measures[LEARNED_SINCE] = _of_types(newer, [learned[n] for n in since])
    better, said = gate(measures)
    content = {"format": 1, "name": "event_type", **_counted(chosen, hand)}
    return Learned(len(chosen), said, content, measures, better)


def _ranked(case: Case, rules: EventRules) -> Sequence[Ranked]:
    return rank(case.title, case.text, case.mentions, rules, kind=case.kind, form=case.form)


def _counted(cases: Sequence[Case], rules: EventRules) -> dict[str, Any]:
    counts = Counts()
    for case in cases:
        if case.event_type is not None:
            counts.add(case.event_type, used_words(case.title, case.text, case.mentions, rules))
    return counts.plain()


def _of_types(cases: Sequence[Case], ranked: Sequence[Sequence[Ranked]]) -> dict[str, float]:
    """Return surprise in nats, how many are wrong, accuracy, the mean F1 of types that occur, and right among three."""
    pairs = [(case.event_type, rows) for case, rows in zip(cases, ranked, strict=True)]
    right = sum(rows[0].event_type is true for true, rows in pairs)
    among = sum(any(row.event_type is true for row in rows[:3]) for true, rows in pairs)
    given = [next(row.probability for row in rows if row.event_type is true) for true, rows in pairs]
    types = sorted({true for true, _ in pairs if true})
    return {
        "surprise": fmean(-math.log(max(_TINY, chance)) for chance in given),
        "wrong": float(len(pairs) - right),
        "accuracy": right / len(pairs),
        "macro f1": fmean(_f1(event_type, pairs) for event_type in types),
        "among three": among / len(pairs),
    }


def _f1(event_type: EventType, pairs: Sequence[tuple[EventType | None, Sequence[Ranked]]]) -> float:
    both = sum(true is event_type and rows[0].event_type is event_type for true, rows in pairs)
    either = sum((true is event_type) + (rows[0].event_type is event_type) for true, rows in pairs)
    return 2 * both / either if either else 0.0


def too_few(cases: int, of_each: Mapping[str, int]) -> str:
    """Return why nothing is learned yet, or nothing."""
    if cases < LEAST:
        return f"{cases} decided documents; from {LEAST} on a model is made of them"
    if short := next((name for name, count in of_each.items() if count < LEAST_OF_EACH), ""):
        return f"{of_each[short]} of {cases} decided documents are {short}; it takes {LEAST_OF_EACH} of each"
    return ""


def gate(measures: Mapping[str, Mapping[str, float]]) -> tuple[bool, str]:
    """Return whether what was learned is in no measure worse than what it is set beside, and say so in words."""
    told, worse = [], False
    for other, learned, where in ((BY_HAND, LEARNED, "on unseen cases"), (IN_USE, LEARNED_SINCE, "on those since")):
        if other not in measures:
            continue
        pairs = [(name, measures[learned][name], measures[other][name]) for name in HELD]
        worse_in = [name for name, mine, theirs in pairs if not mine <= theirs + _TINY]
        compared = ", ".join(f"{name} {mine:.3g} ({other} {theirs:.3g})" for name, mine, theirs in pairs)
        told.append(f"{where} {compared}: {'worse in ' + ' and '.join(worse_in) if worse_in else 'not worse'}")
        worse = worse or bool(worse_in)
    return not worse, "; ".join(told)
