"""How good linking and relevance are by rules alone, and how fast: `python -m tests.bench.linking_accuracy`.

Runs the evaluator of the shared corpus on our predictions and prints its tables, then false positives on the entries of
general feeds, then speed. The shared items were read while the rules were written: the figures are optimistic.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser

from tracker.ingest.relevance import Terms, judge, may_concern
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.predict import predict

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
TAG = re.compile(r"<[^>]*>")


def configuration() -> dict[str, Any]:
    """The shipped files, parsed."""
    files = ("organizations", "terms")
    return {name: tomllib.loads((PROJECT / "config" / f"{name}.toml").read_text("utf-8")) for name in files}


def evaluate(config: dict[str, Any], terms: Terms) -> str:
    """Return the evaluator's tables for the corpus and the campaign."""
    corpus, campaign = SHARED / "corpus", SHARED / "campaign"
    objects = json.loads((campaign / "rekognition_objects.json").read_text("utf-8"))
    files = (corpus / "items.json", campaign / "rekognition.json")
    items = [item for file in files for item in json.loads(file.read_text("utf-8"))]
    answers = predict(objects, items, config, judge=lambda title, text, names: judge(title, text, names, terms))
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(answers, file)
        file.flush()
        command = [sys.executable, corpus / "evaluate.py", file.name, "--items", files[0], "--link-items", files[1]]
        command += [
            "--links",
            campaign / "rekognition_objects.json",
            "--objects",
            campaign / "rekognition_objects.json",
        ]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def feed_entries() -> Iterator[tuple[str, str]]:
    """Yield title and text of every distinct entry of the real feeds, almost none of them on our subject."""
    seen: set[tuple[str, str]] = set()
    for path in sorted((SHARED / "feeds").glob("*real*/*")):
        for entry in feedparser.parse(io.BytesIO(path.read_bytes())).entries:
            pair = (str(entry.get("title") or ""), TAG.sub(" ", str(entry.get("summary") or ""))[:2000])
            if pair not in seen:
                seen.add(pair)
                yield pair


def main() -> None:
    """Print everything."""
    config = configuration()
    terms, gazetteer = Terms.from_config(config["terms"]), Gazetteer.from_config(config["organizations"])
    print(evaluate(config, terms))
    entries = list(feed_entries())
    began = time.perf_counter()
    left = [pair for pair in entries if may_concern(*pair, terms)]
    screened = time.perf_counter() - began
    judged = [
        (judge(title, text, gazetteer.find(f"{title}\n{text}"), terms).probability, title) for title, text in left
    ]
    total = time.perf_counter() - began
    hits = sorted((row for row in judged if row[0] >= terms.threshold), reverse=True)
    print(f"general feeds: {len(entries)} entries, {len(left)} pass the screen, {len(hits)} judged relevant")
    print(f"speed: screen {len(entries) / screened:,.0f}/s, screen, names and relevance {len(entries) / total:,.0f}/s")
    for probability, title in hits:
        print(f"  {probability:.2f} {title[:110]}")


if __name__ == "__main__":
    main()
