import json

import pytest

from tracker.linking.ceiling import Ceilings
from tracker.linking.facts import Facts
from tracker.linking.objects import partial_date
from tracker.linking.reading import read
from tracker.linking.scoring import Scoring, least_points, probability
from tracker.linking.signals import signals
from tracker.linking.suggest import scored, suggest

pytestmark = pytest.mark.shared


@pytest.fixture
def readings(shared, predictor):
    items = [
        item
        for name in ("corpus/items.json", "campaign/rekognition.json")
        for item in json.loads((shared / name).read_text("utf-8"))
    ]
    return [
        read(
            item["title"], item["summary"], predictor.gazetteer.find(f"{item['title']}\n{item['summary']}"),
            predictor.events, published=partial_date(item["published"]), kind=item["kind"],
        )
        for item in items
    ]  # fmt: skip


def test_no_target_has_more_points_than_its_ceiling(readings, predictor):
    for reading in readings:
        facts = Facts(reading, predictor.index, predictor.linker.rules)
        scoring, ceilings = Scoring(facts, frozenset()), Ceilings(facts, frozenset())
        for target_id, profile in predictor.index.profiles.items():
            own = scoring.points(signals(facts, profile))
            assert own <= ceilings.lowered(target_id) <= ceilings.points[target_id] + 1e-9


def test_suggestions_are_the_best_of_all_candidates_scored_in_full(readings, predictor):
    index, linker = predictor.index, predictor.linker
    for number, reading in enumerate(readings):
        address = frozenset(list(index.targets)[number : number + 1])
        every = scored(reading, index, linker, same_address=address)
        best = [row for row in every if row.score >= linker.thresholds.suggest][: linker.thresholds.most]
        assert list(suggest(reading, index, linker, same_address=address)) == best


@pytest.mark.parametrize("score", [0.0, 1e-14, 0.05, 0.3, 0.5, 0.999, 1.0])
def test_fewer_points_than_the_least_give_a_lower_score(score):
    least = least_points(score)
    assert all(probability(points) < score for points in (-40.0, -5.0, 0.0, 5.0, 29.0) if points < least)
