"""How good relevance, event types, names, links and stories are: `python -m tests.bench.linking_accuracy`.

Runs the evaluator of the shared corpus and prints one table with three columns of ours, each with the 95 % interval of
the evaluator's bootstrap where it gives one:

- `shipped`: the configuration as it is. The shared items were read while its rules were written: optimistic.
- `unseen`: each campaign predicted without the vocabulary that only its own items have (`held_out`).
- `learned`: the same, and with what `tracker link train` would have learned from the labels of all other campaigns; for
  links, of which one campaign alone has labels, from the other nine tenths of its stories.

`--unseen-names` takes out names found in one campaign's items only as well. Then: false alarms on general feeds, and
speed.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import feedparser

from tests.bench.held_out import CAMPAIGN, CORPUS, LINKED, OBJECTS, SHARED, Config, Item, Seen, configuration, items
from tracker.domain.additive import Model
from tracker.ingest.relevance import judge, may_concern, screen_and_judge
from tracker.ingest.terms import Terms
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.learn import fold_of
from tracker.linking.predict import Predictor, predict
from tracker.workflows.cases import of_files
from tracker.workflows.learners import learn_event_type, learn_relevance
from tracker.workflows.link_learner import learn_link_weights
from tracker.workflows.train import event_rules

TAG = re.compile(r"<[^>]*>")
LINE = re.compile(r"  ([\w@]+) +(-?[\d.]+)(?:   \[(-?[\d.]+), (-?[\d.]+)\])?")
FOLDS = 10
# What the table shows, by the evaluator's heading and measure, with the best simple system that the corpus's makers
# measured on other items of the same kind: it cannot be set against ours one by one.
ROWS = {
    "relevance": {"ap": "0.985", "precision": "0.970", "recall": "0.854", "f1": "0.908", "brier": "", "ece": ""},
    "event type": {"accuracy": "0.477", "macro_f1": "0.463", "top3_accuracy": "0.649"},
    "companies": {"precision": "1.000", "recall": "0.790", "f1": "0.883"},
    "products": {"f1": "0.821"},
    "agencies": {"precision": "1.000", "recall": "0.381", "f1": "0.552"},
    "organisations": {"precision": "0.833", "recall": "0.319", "f1": "0.462"},
    "people": {"f1": "0.190"},
    "links (suggest": {
        "recall@1": "0.429", "recall@3": "0.827", "ap": "0.850", "precision@suggest": "0.736",
        "recall@suggest": "0.827", "precision@auto": "0.947", "recall@auto": "0.735", "suggestions_per_item": "1.2",
        "false_auto_rate_no_link": "0.000", "relation_accuracy": "0.48",
    },
    "near-duplicates": {"pair_precision": "0.854", "pair_recall": "0.886", "pair_f1": "0.870", "b3_f1": "0.961"},
}  # fmt: skip

Table = dict[str, dict[str, str]]


def predicted(config: Config, chosen: Sequence[Item]) -> dict[str, Any]:
    """Return the predictions for items by id, as `tracker link predict` would give them."""
    terms = Terms.from_config(config["terms"])
    entries: dict[str, Any] = predict(objects(), chosen, config, judge=partial(screen_and_judge, terms=terms))["items"]
    return entries


def objects() -> dict[str, Any]:
    """The objects of the linked campaign."""
    found: dict[str, Any] = json.loads(OBJECTS.read_text("utf-8"))
    return found


def held_out(config: Config, *, names: bool, learned: bool) -> dict[str, Any]:
    """Return predictions in which no item was judged with vocabulary, or labels, that only its own group has.

    Stories are told from all items together, as when collecting.
    """
    everything = items()
    seen, told = Seen(config, everything), predicted(config, everything)
    entries: dict[str, Any] = {}
    for group in sorted({item["group"] for item in everything}):
        chosen = [item for item in everything if item["group"] == group]
        thin = seen.without(config, group, names=names)
        others = [item for item in everything if item["group"] != group] if learned else []
        predictor = trained(thin, others)
        if learned and group == LINKED:
            entries |= linked(predictor, chosen, told)
        else:
            entries |= {item["id"]: predictor.entry(item) for item in chosen}
    return {key: {**entry, "duplicate_group": told[key]["duplicate_group"]} for key, entry in entries.items()}


def trained(config: Config, others: Sequence[Item]) -> Predictor:
    """Return a predictor that learned what `tracker link train` would from the labels of the other items, if any."""
    predictor = Predictor.build(objects(), config, partial(screen_and_judge, terms=Terms.from_config(config["terms"])))
    if not others:
        return predictor
    cases = of_files(objects(), others, predictor.gazetteer)
    relevance = learn_relevance(cases, Terms.from_config(config["terms"]))
    types = learn_event_type(cases, partial(event_rules, config["terms"]))
    model = Model.from_plain(relevance.content) if relevance.better else None
    return replace(
        predictor,
        events=event_rules(config["terms"], types.content if types.better else None),
        judge=partial(screen_and_judge, terms=Terms.from_config(config["terms"], model)),
    )


def linked(predictor: Predictor, chosen: Sequence[Item], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return predictions of the linked campaign's items, each by what would be learned from stories of other folds."""
    story = {item["id"]: told[item["id"]]["duplicate_group"] or item["id"] for item in chosen}
    cases = of_files(
        objects(), [{**item, "duplicate_group": story[item["id"]]} for item in chosen], predictor.gazetteer
    )
    entries = {}
    for fold in range(FOLDS):
        within = [item for item in chosen if fold_of(story[item["id"]], FOLDS) == fold]
        rest = [case for case in cases if fold_of(case.story, FOLDS) != fold]
        rules = predictor.linker.rules
        found = learn_link_weights(rest, predictor.index, rules, predictor.events)
        rules = rules.with_learned(found.content if found.better else None)
        of_fold = replace(predictor, linker=replace(predictor.linker, rules=rules))
        entries |= {item["id"]: of_fold.entry(item) for item in within}
    return entries


def evaluate(entries: dict[str, Any]) -> Table:
    """Return the evaluator's measures for the corpus and the campaign, as text with their intervals, by heading."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"items": entries}, file)
        file.flush()
        command = [sys.executable, SHARED / "corpus" / "evaluate.py", file.name, "--items", CORPUS]
        command += ["--link-items", CAMPAIGN, "--links", OBJECTS, "--objects", OBJECTS]
        said = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout
    found: Table = {}
    heading = ""
    for line in said.splitlines():
        if line.startswith("== "):
            heading = line.removeprefix("== ")
        elif measure := LINE.match(line):
            name, value, low, high = measure.groups()
            found.setdefault(heading, {})[name] = f"{value} [{low[:-1]}, {high[:-1]}]" if low else value
    return found


def table(columns: Mapping[str, Table]) -> Iterator[str]:
    """Yield the lines of the one table, in Markdown."""
    yield f"| what | measure | baseline | {' | '.join(columns)} |"
    yield "| --- | --- | --- |" + " --- |" * len(columns)
    for what, measures in ROWS.items():
        for measure, baseline in measures.items():
            cells = [
                next((rows.get(measure, "") for heading, rows in found.items() if heading.startswith(what)), "")
                for found in columns.values()
            ]
            yield f"| {what.removesuffix(' (suggest')} | {measure} | {baseline} | {' | '.join(cells)} |"


def feed_entries() -> Iterator[tuple[str, str]]:
    """Yield title and text of every distinct entry of the real feeds, almost none of them on our subject."""
    seen: set[tuple[str, str]] = set()
    for path in sorted((SHARED / "feeds").glob("*real*/*")):
        for entry in feedparser.parse(io.BytesIO(path.read_bytes())).entries:
            pair = (str(entry.get("title") or ""), TAG.sub(" ", str(entry.get("summary") or ""))[:2000])
            if pair not in seen:
                seen.add(pair)
                yield pair


def false_alarms(config: Config) -> None:
    """Print how many entries of general feeds are taken for ours, and how fast they are gone through."""
    terms, gazetteer = Terms.from_config(config["terms"]), Gazetteer.from_config(config["organizations"])
    entries = list(feed_entries())
    began = time.process_time()
    left = [pair for pair in entries if may_concern(*pair, terms)]
    screened = time.process_time() - began
    judged = [
        (judge(title, text, gazetteer.find(f"{title}\n{text}"), terms).probability, title) for title, text in left
    ]
    total = time.process_time() - began
    hits = sorted((row for row in judged if row[0] >= terms.threshold), reverse=True)
    print(f"general feeds: {len(entries)} entries, {len(left)} pass the screen, {len(hits)} judged relevant")
    print(f"speed: screen {len(entries) / screened:,.0f}/s, screen, names and relevance {len(entries) / total:,.0f}/s")
    for probability, title in hits:
        print(f"  {probability:.2f} {title[:110]}")


def main() -> None:
    """Print the table, then false alarms."""
    config, names = configuration(), "--unseen-names" in sys.argv
    columns = {
        "shipped": evaluate(predicted(config, items())),
        "unseen": evaluate(held_out(config, names=names, learned=False)),
        "learned": evaluate(held_out(config, names=names, learned=True)),
    }
    print("\n".join(table(columns)))
    false_alarms(config)


if __name__ == "__main__":
    main()
