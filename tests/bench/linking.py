"""Linking on one core: how many documents a second, at what memory, and how both grow with objects and names.

Everything is invented: documents as the feeds of `tests.bench.feeds` tell them, objects and names from lists of words.
Time is processor time. `python -m tests.bench.linking` runs this part alone.
"""

import gc
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.bench import feeds
from tracker.domain.dates import PartialDate
from tracker.domain.items import Draft, Fetched, Request
from tracker.ingest.normalise import normalise
from tracker.ingest.relevance import judge, may_concern
from tracker.linking.copies import sketch
from tracker.linking.duplicates import grouped
from tracker.linking.event_type import rank
from tracker.linking.holders import Holders
from tracker.linking.mentions import ORGANIZATION, Entity
from tracker.linking.reading import Reading, read
from tracker.linking.same_event import StoryRules
from tracker.linking.suggest import suggest
from tracker.linking.targets import LinkTarget, TargetIndex
from tracker.linking.telling import Telling
from tracker.linking.when import expressions
from tracker.settings import Settings, names_of
from tracker.sources.feed import read as read_feed
from tracker.workflows.known import terms_of
from tracker.workflows.readings import Recipe
from tracker.workflows.study import Linker, compiled

PROJECT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
FEEDS: Final = 25
FIRST_DAY: Final = date(2018, 6, 1)
OPEN, MANY = 500, 50_000
NAMES: Final = 20_000
MB: Final = 1_000_000
SUMMARY: Final = 350  # characters of a feed's description
_SOUNDS = (
    *("bar", "cor", "dal", "fen", "gar", "hol", "jun", "kel", "lor", "mar", "nor", "pel", "quin", "ros", "sal", "tor"),
    *("ul", "ver", "wes", "yar", "zan", "bri", "cla", "dra", "elm", "fro", "gri", "hin", "ist", "jas", "kra", "lun"),
)
_TRADES = (
    "Systems",
    "Analytics",
    "Police Department",
    "Partners",
    "Watch",
    "Labs",
    "Council",
    "Fund",
    "Union",
    "Media",
)
_KINDS = ("resolution", "letter", "company_response", "contract", "meeting", "report", "proceeding", "law")
_ASKS = (
    "report on human rights risks of selling {product} to {who}", "stop sales of {product} to {who} at once",
    "independent study of {product} and the privacy of {who}", "contract for {product} licences with {who}",
    "questions on the accuracy of {product} asked by {who}", "moratorium on the use of {product} by {who}",
)  # fmt: skip
_WHO = ("police", "border agents", "schools", "sheriffs", "airports", "immigration officers", "stadiums", "landlords")


@dataclass(frozen=True, slots=True)
class Budget:
    """One measured figure beside what it may be."""

    what: str
    measured: float
    budget: float
    unit: str
    at_least: bool = True

    def row(self) -> str:
        """Return the table's row."""
        kept = self.measured >= self.budget if self.at_least else self.measured <= self.budget
        bound = "at least" if self.at_least else "at most"
        verdict = "kept" if kept else "OVER"
        return f"{self.what:<58} {self.measured:>9,.1f} {self.unit:<7} {bound} {self.budget:>6,.0f}  {verdict}"


def a_second(count: int, work: Callable[[], object]) -> float:
    """Return how many of `count` things a second of processor time does, the best of three."""
    spent = []
    for _ in range(3):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return count / min(spent)


def word(chance: random.Random) -> str:
    """Return an invented word of three syllables."""
    return "".join(chance.choices(_SOUNDS, k=3))


def names(count: int) -> list[tuple[Entity, tuple[str, ...]]]:
    """Return invented organisations with an alias each, `count` names in all."""
    chance = random.Random("names")
    found = []
    for number in range(count // 2):
        first = word(chance).capitalize()
        full = f"{first} {word(chance).capitalize()} {chance.choice(_TRADES)}"
        entity = Entity(f"bench-{number}", full, ORGANIZATION, roles=("vendor",))
        found.append((entity, (f"{first}{number} {chance.choice(_TRADES)}",)))
    return found


def objects(count: int) -> list[LinkTarget]:
    """Return invented campaign objects: of eight kinds, of many companies, on days of eight years."""
    chance = random.Random("objects")
    companies = [word(chance) for _ in range(max(20, count // 50))]
    found = []
    for number in range(count):
        company = "amazon" if number % 40 == 0 else chance.choice(companies)
        product, who = word(chance).capitalize(), chance.choice(_WHO)
        title = chance.choice(_ASKS).format(product="face recognition" if number % 3 else product, who=who)
        found.append(
            LinkTarget(
                id=str(number), kind=_KINDS[number % len(_KINDS)], title=f"{company.capitalize()}: {title}",
                text=f"{word(chance)} {word(chance)} asks {company} about {product} and {who}.", company=company,
                names=frozenset({company}), on=PartialDate.day(FIRST_DAY + timedelta(days=chance.randrange(2900))),
                number=str(chance.randint(1, 12)) if number % 8 == 0 else "",
            )
        )  # fmt: skip
    return found


def drafts(share: float) -> list[Draft]:
    """Return cleaned documents of about 1.2 kB of text, so many of them about our subject."""
    found = []
    for number in range(0, 2 * FEEDS, 2):
        url = f"https://paper-{number}.example/feed/"
        body, headers = feeds.document(number, share=share), {"content-type": "application/rss+xml"}
        answer = Fetched(url, 200, body, headers, NOW, Request(url))
        found += [normalise(item, now=NOW) for item in read_feed(answer).items]
    return found


def linker(more: Sequence[tuple[Entity, tuple[str, ...]]] = ()) -> Linker:
    """Return the linker as shipped, with further names."""
    folder = Settings().config_dir
    found = compiled(Recipe(terms_of(folder), names_of(folder), tuple(more), ()))
    gc.freeze()  # as the processes that read do
    return found


def judged(found: Linker, documents: Sequence[Draft]) -> int:
    """Find names, judge and type every document; return how many are relevant."""
    relevant = 0
    for draft in documents:
        mentions = found.gazetteer.find(f"{draft.title}\n{draft.text}")
        if judge(draft.title, draft.text, mentions, found.terms).relevant:
            relevant += 1
        rank(draft.title, draft.text, mentions, found.events, kind="news")
    return relevant


def screened(found: Linker, documents: Sequence[Draft]) -> None:
    """Judge documents as collecting does: what has no word of ours is not looked at further."""
    for draft in documents:
        if not may_concern(draft.title, draft.text, found.terms):
            continue
        mentions = found.gazetteer.find(f"{draft.title}\n{draft.text}")
        if judge(draft.title, draft.text, mentions, found.terms).relevant:
            rank(draft.title, draft.text, mentions, found.events, kind="news")


def suggesting(found: Linker, documents: Sequence[Draft], index: TargetIndex) -> float:
    """Return how many documents a second are held against the objects of an index, times in words read as well."""

    def readings() -> list[Reading]:
        return [
            read(draft.title, draft.text, found.gazetteer.find(f"{draft.title}\n{draft.text}"), found.events,
                 published=draft.published, kind="news")
            for draft in documents
        ]  # fmt: skip

    def work(reading: Reading) -> None:
        expressions(reading.document, reading.published)
        suggest(reading, index, found.rules)

    best = 0.0
    for _ in range(3):
        fresh = readings()  # what a reading works out it keeps, so each round has its own
        begin = time.process_time()
        for reading in fresh:
            work(reading)
        best = max(best, len(fresh) / (time.process_time() - begin))
    return best


def telling(number: int, draft: Draft) -> Telling:
    """Return a document as it is compared with others."""
    return Telling(
        id=number, title=draft.title, lead=draft.text, published=draft.published, kind="news",
        names=frozenset({"amazon"}), events={"letter_sent": 0.6}, sketch=sketch(draft.text),
    )  # fmt: skip


def memory_with(count: int) -> float:
    """Return the peak in MB of a process that holds the linker with so many further names and uses it."""
    code = f"from tests.bench.linking import hold; hold({count})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    return int(done.stdout) / MB


def hold(count: int) -> None:
    """Hold names and objects, use them, and print the most memory this process ever took, in bytes."""
    found, index = linker(names(count)), TargetIndex(objects(OPEN))
    documents = drafts(1.0)[:100]
    judged(found, documents)
    suggesting(found, documents[:20], index)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def documents_judged(found: Linker, many: Linker, ours: Sequence[Draft], mixed: Sequence[Draft]) -> list[Budget]:
    """Return how many documents a second are named, judged and typed."""
    short = [replace(draft, text=draft.text[:SUMMARY]) for draft in ours]
    size = sum(len(draft.text) for draft in ours) // len(ours)
    large = [replace(ours[0], text=f"{ours[0].text}\n" * (5 * MB // size))]
    judging = "names, relevance, event type"
    return [
        Budget(f"{judging}: {SUMMARY} characters", a_second(len(short), lambda: judged(found, short)), 1500, "docs/s"),
        Budget(f"{judging}: {size:,} characters", a_second(len(ours), lambda: judged(found, ours)), 1500, "docs/s"),
        Budget("the same, with 20,000 names more", a_second(len(ours), lambda: judged(many, ours)), 1500, "docs/s"),
        Budget("the same, as feeds bring them", a_second(len(mixed), lambda: screened(found, mixed)), 1500, "docs/s"),
        Budget("a document of 5 MB", 1 / a_second(1, lambda: judged(found, large)), 5, "s", at_least=False),
    ]  # fmt: skip


def documents_tied(found: Linker, ours: Sequence[Draft]) -> list[Budget]:
    """Return how many documents a second are held against objects, and against each other."""
    few, lots = (suggesting(found, ours[:200], TargetIndex(objects(count))) for count in (OPEN, MANY))
    rules = StoryRules.from_config(terms_of(Settings().config_dir))

    def told() -> None:
        grouped(Holders(telling(number, draft) for number, draft in enumerate(ours)), rules)

    return [
        Budget(f"suggestions against {OPEN} objects", few, 400, "docs/s"),
        Budget(f"cost with {MANY:,} objects, in that with {OPEN}", few / lots, 2, "times", at_least=False),
        Budget(f"stories: {len(ours)} documents of one subject told apart", a_second(len(ours), told), 100, "docs/s"),
    ]


def main() -> None:
    """Measure and print."""
    memory = memory_with(NAMES)  # first: a process begins with the peak of the one that starts it
    found, many, ours = linker(), linker(names(NAMES)), drafts(1.0)
    rows = [*documents_judged(found, many, ours, drafts(feeds.SHARE)), *documents_tied(found, ours)]
    rows.append(Budget("memory with 20,000 names more", memory, 300, "MB", at_least=False))
    print(f"\nlinking, one core, processor time, {len(ours)} documents about our subject")
    for row in rows:
        print(f"  {row.row()}")


if __name__ == "__main__":
    main()
