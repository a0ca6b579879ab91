"""How well documents of one story are told from others: `python -m tests.bench.story_accuracy`.

Pairs of the shared corpus, precision and recall over pairs that one group holds. *As shipped* uses the configured
points, which were fitted to these very pairs. *By campaign* fits the points and chooses the threshold anew for every
campaign (or sort of off-topic item) without it, from round hand weights, groups all items together, and counts the
pairs that have an item of it; a pair of two campaigns counts half for each. Intervals come from drawing campaigns.
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from tests.bench.held_out import CORPUS, PROJECT
from tracker.domain.additive import Model
from tracker.linking.duplicates import Pair, grouped, pair, pairs_within
from tracker.linking.event_type import EventRules
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.holders import Holders
from tracker.linking.learn import Row, fit
from tracker.linking.predicted_stories import telling
from tracker.linking.same_event import Crowd, StoryRules
from tracker.linking.telling import Telling
from tracker.settings import names_of
from tracker.workflows.known import terms_of

HAND = {
    "bias": -7.0, "wording": 7.0, "headline": 3.0, "names": 1.5, "day": 2.0, "event_type": 1.0, "other_step": -3.0,
    "other_subject": -2.0, "kind": 2.0, "numbers": 2.0,
}  # fmt: skip
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
EVEN = 0.01  # F1 by which thresholds count as equally good; the middle one of those is taken
DRAWS = 1000


@dataclass
class Corpus:
    """Items as they are compared, the pairs that tell one story, and where each item comes from."""

    tellings: list[Telling]
    gold: frozenset[Pair]
    campaigns: list[str]
    rules: StoryRules
    rows: list[tuple[Pair, Row]] = field(default_factory=list)

    def __post_init__(self) -> None:
        crowd = Crowd(Holders(self.tellings), self.rules)
        near = {pair(one.id, other) for one in self.tellings for other in crowd.candidates(one)}
        for one, other in sorted(near):
            found = crowd.features(self.tellings[one], self.tellings[other])
            if found is not None:
                self.rows.append(((one, other), Row(found, (one, other) in self.gold)))

    def without(self, campaign: str, couples: Iterable[Pair]) -> set[Pair]:
        """Return the pairs without an item of a campaign."""
        return {couple for couple in couples if campaign not in {self.campaigns[number] for number in couple}}


def corpus() -> Corpus:
    """Read the shared items with the shipped configuration."""
    folder = PROJECT / "config"
    items: list[dict[str, Any]] = json.loads(CORPUS.read_text("utf-8"))
    terms, gazetteer = terms_of(folder), Gazetteer.from_config(names_of(folder))
    events = EventRules.from_config(terms)
    groups = [item.get("duplicate_group") for item in items]
    together = {(a, b) for a, b in combinations(range(len(items)), 2) if groups[a] and groups[a] == groups[b]}
    return Corpus(
        [telling(number, item, gazetteer, events) for number, item in enumerate(items)],
        frozenset(together),
        [item["campaign"] or f"off topic: {item['negative_type']}" for item in items],
        StoryRules.from_config(terms),
    )


def f1(right: float, wrong: float, missed: float) -> float:
    """Return F1 of counted pairs."""
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def chosen(found: Corpus, campaign: str, model: Model) -> StoryRules:
    """Return the rules with a threshold chosen without a campaign."""
    others = [one for one in found.tellings if found.campaigns[one.id] != campaign]
    gold, scores = found.without(campaign, found.gold), {}
    for threshold in THRESHOLDS:
        rules = replace(found.rules, model=model, threshold=threshold)
        told = pairs_within(grouped(Holders(others), rules))
        scores[threshold] = f1(len(told & gold), len(told - gold), len(gold - told))
    good = [threshold for threshold, score in scores.items() if score >= max(scores.values()) - EVEN]
    return replace(found.rules, model=model, threshold=good[len(good) // 2])


def counted(found: Corpus, campaign: str, told: frozenset[Pair]) -> tuple[float, float, float]:
    """Return pairs right, wrong and missed that have an item of a campaign; those of two campaigns count half."""

    def weigh(couples: Iterable[Pair]) -> float:
        shares = [[found.campaigns[number] for number in couple].count(campaign) / 2 for couple in couples]
        return sum(shares)

    return weigh(told & found.gold), weigh(told - found.gold), weigh(found.gold - told)


def by_campaign(found: Corpus) -> dict[str, tuple[float, float, float]]:
    """Return the counts of every campaign, by points and a threshold that have not seen it."""
    counts = {}
    for campaign in sorted(set(found.campaigns)):
        seen = found.without(campaign, [couple for couple, _ in found.rows])
        model = fit([row for couple, row in found.rows if couple in seen], HAND, name="story")
        told = pairs_within(grouped(Holders(found.tellings), chosen(found, campaign, model)))
        counts[campaign] = counted(found, campaign, told)
    return counts


def interval(counts: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the 95 % interval of F1 over campaigns drawn with replacement."""
    chance = random.Random(7)
    drawn = sorted(f1(*map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True))) for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def line(what: str, right: float, wrong: float, missed: float) -> str:
    """Return a row of the table."""
    precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
    return f"  {what:<14} precision {precision:.3f}  recall {recall:.3f}  F1 {f1(right, wrong, missed):.3f}"


def main() -> None:
    """Measure and print."""
    found = corpus()
    told = pairs_within(grouped(Holders(found.tellings), found.rules))
    print(f"same story: {len(found.tellings)} items, {len(found.gold)} pairs")
    print(line("as shipped", len(told & found.gold), len(told - found.gold), len(found.gold - told)))
    counts = list(by_campaign(found).values())
    low, high = interval(counts)
    print(f"{line('by campaign', *map(sum, zip(*counts, strict=True)))} [{low:.2f}, {high:.2f}]")


if __name__ == "__main__":
    main()
