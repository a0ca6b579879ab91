"""Learning what ties documents to objects, and whether it is better than the hand weights: `learners` for links.

An archive may hold one campaign only, so here what is never on both sides is a story: reports of one event read alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.domain.additive import Model
from tracker.linking.event_type import EventRules
from tracker.linking.facts import AMONG, OWN, Facts, LinkRules
from tracker.linking.learn import Scored, calibrated, fold_of
from tracker.linking.link_learning import Decided, learn_links
from tracker.linking.reading import read
from tracker.linking.scoring import weigh_all
from tracker.linking.targets import TargetIndex
from tracker.workflows.cases import Case
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

_FOLDS = 10


def learn_link_weights(
    cases: Sequence[Case], index: TargetIndex, rules: LinkRules, events: EventRules, used: InUse | None = None
) -> Learned:
    """Learn the weights of both stages from documents whose links people decided on, and calibrate them."""
    chosen = [case for case in cases if case.right or case.wrong]
    decided = [_decided(case, events) for case in chosen]
    links = sum(len(document.right) for document in decided)
    if lack := too_few(len(decided), {"linked": links}):
        return Learned(len(decided), lack)
    found: dict[int, list[Scored]] = {}
    for fold in sorted({fold_of(document.group, _FOLDS) for document in decided}):
        learned = learn_links([row for row in decided if fold_of(row.group, _FOLDS) != fold], index, rules)
        for number, row in enumerate(decided):
            if fold_of(row.group, _FOLDS) == fold:
                found[number] = list(_scored([row], index, learned))
    unseen = [row for number in sorted(found) for row in found[number]]
    learned = learn_links(decided, index, rules)
    learned = replace(learned, among=calibrated(learned.among, unseen))
    line = calibrated(Model("line", weights={"points": 1.0}), unseen)
    measures = {
        BY_HAND: of_yes_and_no(list(_scored(decided, index, rules))),
        LEARNED: of_yes_and_no([_straight(row, line) for row in unseen]),
    }
    if used and (since := used.unseen(chosen)):
        before = rules.with_learned(used.content)
        measures[IN_USE] = of_yes_and_no(list(_scored([decided[n] for n in since], index, before)))
        measures[LEARNED_SINCE] = of_yes_and_no([_straight(row, line) for n in since for row in found[n]])
    better, said = gate(measures)
    content = {"format": 1, "name": "links", OWN: learned.own.plain(), AMONG: learned.among.plain()}
    return Learned(len(decided), said, content, measures, better)


def _straight(row: Scored, line: Model) -> Scored:
    """Return a score as the calibrated model will give it."""
    return row._replace(points=line.score({"points": row.points}))


def _decided(case: Case, events: EventRules) -> Decided:
    reading = read(
        case.title,
        case.text,
        case.mentions,
        events,
        published=case.published,
        kind=case.kind,
        form=case.form,
        publisher=case.publisher,
    )
    return Decided(reading, case.right, case.wrong, group=case.story)


def _scored(decided: Sequence[Decided], index: TargetIndex, rules: LinkRules) -> Iterator[Scored]:
    """Yield every candidate with its points; a right one that is no candidate was surely not found."""
    for document in decided:
        rows = weigh_all(Facts(document.reading, index, rules))
        yield from (Scored(row.total, row.target_id in document.right) for row in rows)
