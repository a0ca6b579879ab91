"""What each kind of evidence for a link is worth: `python -m tests.bench.link_weights [--fit]`.

Weights are learned from nine tenths of the labelled campaign's stories and tried on the rest, ten times over, starting
from the hand weights that stood before any were learned. A story is never on both sides. Then the same without one kind
of evidence after the other. Bands are counted on the same unseen answers. With `--fit` the weights learned from
everything are printed beside the hand weights: those are what `config/terms.toml` ships, rounded.

Rules, words for kinds and types of event were written beside the same campaign, so these figures are optimistic too.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from tests.bench.linking_accuracy import CAMPAIGN, CORPUS, OBJECTS, configuration
from tracker.domain.additive import Model
from tracker.ingest.relevance import screen_and_judge
from tracker.ingest.terms import Terms
from tracker.linking.facts import AMONG, OWN, Facts, LinkRules
from tracker.linking.learn import fold_of
from tracker.linking.link_learning import Decided, learn_links
from tracker.linking.objects import partial_date
from tracker.linking.predict import Predictor
from tracker.linking.reading import read
from tracker.linking.scoring import weigh_all
from tracker.linking.stems import terms_of
from tracker.linking.suggest import scored
from tracker.linking.timing import gap_days

FOLDS = 10
HAND = {
    "bias": -5.5, "similarity": 3.5, "coverage": 2.5, "passage": 5.5, "title": 0.5, "title_named": 1.0, "name": 2.0,
    "no_party": -0.3, "own": 0.2, "other_company": -4.0, "day": 2.6, "season": 1.0, "ahead": -1.2, "eve": -0.8,
    "when": 1.5, "dated_kind": 0.5, "other_year": -1.6, "far": -1.0, "kind_word_title": 1.0, "kind_word_text": 0.6,
    "no_kind_word": -0.9, "prior": 1.3, "identifier": 4.5, "number": 1.2, "other_number": -1.4, "address": 6.0,
}  # fmt: skip
HAND_AMONG = {
    "bias": 0.0, "own": 1.0, "neighbour": 1.4, "neighbour_expected": 0.0, "neighbour_seldom": -0.5, "better": -0.1,
    "better_passage": -0.1, "behind_best": -0.1, "behind_kind": -0.2,
}  # fmt: skip
EVIDENCE = {
    "words": ("similarity", "coverage", "passage", "title", "title_named"),
    "the best passage": ("passage", "title_named"),
    "names": ("name", "no_party", "own", "other_company"),
    "days": ("day", "season", "ahead", "eve", "when", "dated_kind", "other_year", "far"),
    "words for a time": ("when", "dated_kind", "other_year", "far"),
    "words for the kind": ("kind_word_title", "kind_word_text", "kind_word_passage", "no_kind_word"),
    "type of event": ("prior", "neighbour_expected", "neighbour_seldom"),
    "neighbours": ("neighbour", "neighbour_expected", "neighbour_seldom"),
    "rivals": ("better", "better_passage", "behind_best", "behind_kind"),
}
Scores = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Labelled:
    """The items that are judged relevant, by id, and the links a careful person made."""

    predictor: Predictor
    documents: Mapping[str, Decided]
    gold: Mapping[str, Mapping[str, str]]
    items: int

    @property
    def links(self) -> int:
        """How many links there are, also of items that were put aside."""
        return sum(map(len, self.gold.values()))


def labelled() -> Labelled:
    """Read the campaign and, as items without any link, the off-topic items of the corpus."""
    objects, config = json.loads(OBJECTS.read_text("utf-8")), configuration()
    judge = partial(screen_and_judge, terms=Terms.from_config(config["terms"]))
    predictor = Predictor.build(objects, config, judge)
    gold: dict[str, dict[str, str]] = defaultdict(dict)
    for row in objects["links"]:
        gold[row["item_id"]][row["object_id"]] = row["relation"]
    campaign, corpus = (json.loads(path.read_text("utf-8")) for path in (CAMPAIGN, CORPUS))
    chosen = [*campaign, *(item for item in corpus if not item["relevant"])]
    groups = stories(campaign)
    documents = {}
    for item in chosen:
        title, text = item["title"], item["summary"]
        mentions = predictor.gazetteer.find(f"{title}\n{text}")
        if not judge(title, text, mentions).relevant:
            continue
        publisher = frozenset(m.entity_id for m in predictor.gazetteer.find(item["publisher"]))
        reading = read(
            title, text, mentions, predictor.events,
            published=partial_date(item["published"]), kind=item["kind"], publisher=publisher,
        )  # fmt: skip
        group = groups.get(item["id"], item["id"])
        documents[item["id"]] = Decided(reading, frozenset(gold[item["id"]]), unshown=1.0, group=group)
    return Labelled(predictor, documents, dict(gold), len(chosen))


def stories(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return a group for every item: those alike in words within three weeks are one."""
    rows = list(items)
    counts = {row["id"]: Counter(terms_of(f"{row['title']} {row['summary']}")) for row in rows}
    holders = Counter(term for terms in counts.values() for term in terms)
    vectors = {}
    for name, terms in counts.items():
        weights = {t: (1 + math.log(n)) * math.log(1 + len(rows) / holders[t]) for t, n in terms.items()}
        length = math.hypot(*weights.values())
        vectors[name] = {term: weight / length for term, weight in weights.items()}
    group = {row["id"]: row["id"] for row in rows}
    for one in rows:
        for other in rows:
            days = gap_days(*(partial_date(row["published"]) for row in (one, other)))  # type: ignore[arg-type]
            mine, theirs = vectors[one["id"]], vectors[other["id"]]
            alike = sum(weight * theirs.get(term, 0.0) for term, weight in mine.items())
            if abs(days) <= 21 and alike >= 0.15 and group[one["id"]] != group[other["id"]]:
                old = group[other["id"]]
                group |= {name: group[one["id"]] for name, value in group.items() if value == old}
    return group


def started(rules: LinkRules, without: Iterable[str] = ()) -> LinkRules:
    """Return rules with the hand weights, or without some of them."""
    out = frozenset(without)
    own, among = (
        Model(name, weights=weights, prior=weights)
        for name, table in ((OWN, HAND), (AMONG, HAND_AMONG))
        for weights in [{code: 0.0 if code in out else weight for code, weight in table.items()}]
    )
    return replace(rules, own=own, among=among)


def scores(found: Labelled, rules: LinkRules, names: Iterable[str] | None = None) -> Scores:
    """Return the score of every candidate of the named documents, or of all."""
    index = found.predictor.index
    return {
        (name, row.target_id): row.score
        for name in (found.documents if names is None else names)
        for row in weigh_all(Facts(found.documents[name].reading, index, rules))
    }


def folds(found: Labelled) -> list[tuple[list[str], list[Decided]]]:
    """Return for each fold the documents tried and those learned from."""
    parts: dict[int, list[str]] = defaultdict(list)
    for name, document in found.documents.items():
        parts[fold_of(document.group, FOLDS)].append(name)
    return [(names, [d for n, d in found.documents.items() if n not in set(names)]) for names in parts.values()]


def unseen(found: Labelled, without: Iterable[str] = ()) -> Scores:
    """Return scores by weights that were learned from other stories."""
    out, answer = frozenset(without), {}
    for names, rest in folds(found):
        learned = learn_links(rest, found.predictor.index, started(found.predictor.linker.rules, out))
        own, among = (
            replace(m, weights={**m.weights, **dict.fromkeys(out, 0.0)}) for m in (learned.own, learned.among)
        )
        answer |= scores(found, replace(learned, own=own, among=among), names)
    return answer


def measures(found: Labelled, rows: Scores) -> dict[str, float]:
    """Return average precision, recall at 3, best F1, and recall at a precision of 0.90 and 0.95."""
    by_item: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (item, target), score in rows.items():
        by_item[item].append((-score, target))
    three = sum(t in found.gold.get(item, {}) for item, each in by_item.items() for _, t in sorted(each)[:3])
    right, precision_sum, best, at = 0, 0.0, 0.0, {0.90: 0.0, 0.95: 0.0}
    ordered = sorted(rows.items(), key=lambda row: -row[1])
    for place, ((item, target), _) in enumerate(ordered, 1):
        hit = target in found.gold.get(item, {})
        right += hit
        precision, recall = right / place, right / found.links
        precision_sum += precision * hit
        best = max(best, 2 * precision * recall / (precision + recall) if right else 0.0)
        at = {bar: recall if precision >= bar else value for bar, value in at.items()}
    return {
        "AP": precision_sum / found.links,
        "recall@3": three / found.links,
        "best F1": best,
        "R at P .90": at[0.90],
        "R at P .95": at[0.95],
        "suggested an item": sum(score >= 0.3 for score in rows.values()) / found.items,
    }


def calibration(found: Labelled, rows: Scores) -> None:
    """Print how often links are right by their score."""
    print()
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 1.01)):
        hits = [t in found.gold.get(item, {}) for (item, t), score in rows.items() if low <= score < high]
        share = sum(hits) / len(hits)
        print(f"scores from {low:.1f} to {min(high, 1):.1f}: {sum(hits)} of {len(hits)} right, {share:.3f}")


def bands(found: Labelled) -> None:
    """Print what would be confirmed by rule, and relations, by weights learned from other stories."""
    confirmed: dict[str, list[bool]] = defaultdict(list)
    relation: list[bool] = []
    for names, rest in folds(found):
        learned = learn_links(rest, found.predictor.index, started(found.predictor.linker.rules))
        linker = replace(found.predictor.linker, rules=learned)
        for name in names:
            for row in scored(found.documents[name].reading, found.predictor.index, linker):
                gold = found.gold.get(name, {}).get(row.target_id)
                if row.state.value == "confirmed" and row.score >= linker.thresholds.suggest:
                    confirmed[row.relation.value].append(gold is not None)
                if gold and row.score >= linker.thresholds.suggest:
                    relation.append(gold == row.relation.value)
    every = [hit for hits in confirmed.values() for hit in hits]
    right, recalled = sum(every) / len(every), sum(every) / found.links
    print(f"\nconfirmed by rule: {len(every)}, right {right:.3f}, of all links {recalled:.3f}")
    for name, hits in sorted(confirmed.items(), key=lambda row: -len(row[1])):
        print(f"  {name:12s} {sum(hits)} of {len(hits)} right")
    print(f"relation right on {sum(relation)} of {len(relation)} right links: {sum(relation) / len(relation):.3f}")


def main() -> None:
    """Print the table, the bands and, when asked for, the weights."""
    found = labelled()
    rules = found.predictor.linker.rules
    table = {
        "as shipped": scores(found, rules),
        "hand weights": scores(found, started(rules)),
        "learned": unseen(found),
    }
    table |= {f"  without {name}": unseen(found, codes) for name, codes in EVIDENCE.items()}
    print(f"{len(found.documents)} of {found.items} items relevant, {found.links} links")
    for name, rows in table.items():
        print(f"{name:30s}" + "  ".join(f"{key} {value:.3f}" for key, value in measures(found, rows).items()))
    calibration(found, table["learned"])
    bands(found)
    if "--fit" in sys.argv:
        best = learn_links(list(found.documents.values()), found.predictor.index, started(rules))
        for model in (best.own, best.among):
            for code, weight in sorted(model.weights.items()):
                print(f"{model.name:12s} {code:24s} {model.prior.get(code, 0.0):6.2f} {weight:6.2f}")


if __name__ == "__main__":
    main()
