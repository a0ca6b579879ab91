"""Learning which documents tell one story, from what people put together and took apart: `learners` for stories.

People decide only where a rule was wrong, so by their word alone every rule looks wrong. What lies around the documents
they decided on, and was left as it is, counts too, but little.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.additive import Model
from tracker.linking.duplicates import Pair, pair
from tracker.linking.holders import Holders
from tracker.linking.learn import Row, Scored, calibrated, fit, out_of_fold
from tracker.linking.same_event import Crowd, StoryRules
from tracker.store import stories
from tracker.workflows.learners import (
    BY_HAND,
    IN_USE,
    LEARNED,
    LEARNED_SINCE,
    InUse,
    Learned,
    gate,
    of_yes_and_no,
    too_few,
)
from tracker.workflows.stories import unions
from tracker.workflows.tellings import Tellings

_AROUND = 2000  # further documents, the newest: they tell how rare a word is
_LEFT = 0.2  # what a pair counts that nobody decided on
_FOLDS = 10
_SPREAD = 0.3


@dataclass(frozen=True, slots=True)
class PairCase:
    """Two documents: what they share, whether they tell one story, and since when a person says so, if one does."""

    row: Row
    decided_at: datetime | None = None


def pairs_of(session: Session, rules: StoryRules) -> list[PairCase]:
    """Return the pairs that people decided on, and those around them that were left as they are.

    Pairs that lie too far apart for any rule to compare are left out.
    """
    decided = stories.every_decision(session)
    ids = sorted({number for couple in decided for number in couple})
    if not ids:
        return []
    tellings = Tellings(session)
    known = tellings.of({*tellings.around(None, None, least=_AROUND, most=_AROUND), *ids})
    crowd = Crowd(Holders(known.values()), rules)
    near = {pair(one, other) for one in ids if one in known for other in crowd.candidates(crowd.tellings[one])}
    story_of = stories.of_documents(session, known)
    group_of = _groups(decided)
    found = []
    for couple in sorted({*decided, *near}):
        if not known.keys() >= set(couple):
            continue
        features = crowd.features(*(crowd.tellings[number] for number in couple))
        said = decided.get(couple)
        if features is not None:
            left = story_of.get(couple[0], 0) == story_of.get(couple[1], -1)
            group = next(group_of[number] for number in couple if number in group_of)
            row = Row(features, said.together if said else left, group, 1.0 if said else _LEFT)
            found.append(PairCase(row, said.decided_at if said else None))
    return found


def _groups(decided: Collection[Pair]) -> dict[int, str]:
    """Return a name for each document decided on, the same for all that decisions hold together.

    Pairs of one name are never on both sides of a fold.
    """
    return {number: f"documents around {group[0]}" for group in unions(decided) for number in group}


def learn_stories(cases: Sequence[PairCase], rules: StoryRules, used: InUse | None = None) -> Learned:
    """Learn other weights for what two documents share. `rules` are those written by hand."""
    said = [case for case in cases if case.decided_at is not None]
    together = sum(case.row.label for case in said)
    if lack := too_few(len(said), {"together": together, "apart": len(said) - together}):
        return Learned(len(said), lack.replace("decided documents", "decided pairs of documents"))
    rows, prior = [case.row for case in cases], rules.model.weights

    def train(seen: Sequence[Row]) -> Model:
        return fit(seen, prior, name="stories", spread=_SPREAD, keep_signs=True)

    unseen = out_of_fold(rows, train, folds=_FOLDS)
    model = calibrated(train(rows), unseen)
    line = calibrated(Model("line", weights={"points": 1.0}), unseen)
    learned = [row._replace(points=line.score({"points": row.points})) for row in unseen]
    measures: dict[str, Mapping[str, float]] = {
        BY_HAND: of_yes_and_no(_scored(rows, rules.model)),
        LEARNED: of_yes_and_no(learned),
    }
    if used and (since := used.unseen(cases)):
        before = Model.from_plain(used.content)
        measures[IN_USE] = of_yes_and_no(_scored([rows[n] for n in since], before))
        measures[LEARNED_SINCE] = of_yes_and_no([learned[n] for n in since])
    better, words = gate(measures)
    return Learned(len(said), words, model.plain(), measures, better)


def _scored(rows: Sequence[Row], model: Model) -> list[Scored]:
    return [Scored(model.score(row.features), row.label, row.weight) for row in rows]
