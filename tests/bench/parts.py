"""The pure stages alone, on one core: how many entries a second each of them takes."""

import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from tests.bench import feeds
from tracker import demo
from tracker.domain.items import Draft, Fetched, RawItem, Request
from tracker.ingest.normalise import normalise
from tracker.settings import Settings
from tracker.sources.feed import read
from tracker.workflows.exchange import import_campaign
from tracker.workflows.known import open_linker
from tracker.workflows.runtime import open_runtime
from tracker.workflows.setup import prepare
from tracker.workflows.study import Linker

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TYPES = ("application/rss+xml; charset=UTF-8", "application/atom+xml; charset=UTF-8")


def answer(number: int, share: float) -> Fetched:
    """Return a feed as the door would hand it on."""
    url = f"https://paper-{number}.example/feed/"
    body = feeds.document(number, share=share)
    return Fetched(url, 200, body, {"content-type": TYPES[number % 2]}, NOW, Request(url))


def linker() -> Linker:
    """Return the linker as it is with the demo's campaigns in the archive."""
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_runtime(Settings(data_dir=Path(folder)), upgrade=True)
        prepare(runtime, [])
        for file in demo.campaigns(date(2026, 11, 23)):
            import_campaign(runtime, file)
        made = open_linker(runtime)
        runtime.engine.dispose()
        return made


def main(count: int = 50) -> None:
    """Measure `count` feeds and print."""
    general = [answer(number, feeds.SHARE) for number in range(count)]
    begin = time.perf_counter()
    items: list[RawItem] = [item for one in general for item in read(one).items]
    read_at = time.perf_counter()
    drafts: list[Draft] = [normalise(item, now=NOW) for item in items]
    cleaned_at = time.perf_counter()
    study = linker()
    relevant = [normalise(item, now=NOW) for one in range(5) for item in read(answer(one, 1.0)).items]
    studying = time.perf_counter()
    for draft in drafts:
        study.study(draft, "")
    studied_at = time.perf_counter()
    found = sum(len(study.study(draft, "").proposals) for draft in relevant)
    linked_at = time.perf_counter()
    print(f"\nthe pure parts, one core, {len(items)} entries ({feeds.SHARE:.0%} about our subject)")
    print(f"  feed.read              {len(items) / (read_at - begin):>8,.0f} entries/s")
    print(f"  normalise              {len(items) / (cleaned_at - read_at):>8,.0f} entries/s")
    print(f"  feed.read + normalise  {len(items) / (cleaned_at - begin):>8,.0f} entries/s")
    print(f"  study, all entries     {len(items) / (studied_at - studying):>8,.0f} entries/s")
    each = found / len(relevant)
    rate = len(relevant) / (linked_at - studied_at)
    print(f"  study, relevant only   {rate:>8,.0f} entries/s ({each:.1f} suggestions each)")


if __name__ == "__main__":
    main()
