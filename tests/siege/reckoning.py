"""Rounds of collecting from servers that misbehave, and a reckoning of what was lost, doubled or misreported.

What is expected is never taken from the archive: the entries from what the feeds publish (content), the attempts from
what the server was asked, the outcomes from the list of faults.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tests.runtimes import Clock
from tests.siege import content
from tests.siege.faults import FAULTS, Fault
from tests.siege.hostile import SMUGGLED
from tests.siege.server import Besieger, names
from tracker.models.document import Document, Fetch, Sighting, Source
from tracker.workflows.collect import collect
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.runtime import Runtime
from tracker.workflows.setup import prepare

# Short, so that servers that hang cost little; sizes small, so that bombs are refused early.
LIMITS: dict[str, Any] = {
    "contact": "siege@whereas.invalid",
    "fetch_connect_seconds": 2.0,
    "fetch_read_seconds": 1.5,
    "fetch_total_seconds": 4.0,
    "fetch_max_bytes": 2 * 1024 * 1024,
    "collect_workers": 16,
    "read_processes": 1,
    "read_seconds": 10.0,
}
# Longer than any wait after a failure, so that each round asks everybody (but those that are gone: once a week).
HOURS = 26.0
WELL = frozenset({"ok", "not_modified"})


@dataclass(slots=True)
class Row:
    """What became of one fault. `seconds` are summed over attempts; the lists should be empty."""

    fault: Fault
    attempts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that is wrong, in words."""
        lists = {"lost": self.lost, "doubled": self.doubled, "changed": self.changed, "untrue": self.untrue}
        return [f"{self.fault.name}: {name}: {one}" for name, rows in lists.items() for one in rows]


@dataclass
class Campaign:
    """One siege of one archive."""

    runtime: Runtime
    clock: Clock
    besieger: Besieger
    times: int = 1
    only: frozenset[str] = frozenset()
    steps: dict[datetime, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Bring the sources into the archive."""
        prepare(self.runtime, self.besieger.sources(self.times, self.only))

    def round(self) -> CollectReport:
        """Let every feed publish one entry more, wait until all are due, and collect."""
        step = len(self.steps)
        now = self.clock.forward(hours=HOURS)
        self.besieger.step(step)
        self.steps[now] = step
        return collect(self.runtime)

    def reckon(self) -> list[Row]:
        """Compare the archive with what was published, asked and done."""
        asked = self.besieger.tell()["asked"]
        with Session(self.runtime.engine) as session:
            found = _Archive.read(session)
        rows = []
        for fault in self._faults():
            row = Row(fault)
            for name in names(fault, self.times):
                _attempts(row, found, name, asked.get(f"/{name}", 0))
                _health(row, found, name)
                if fault.delivers:
                    _entries(row, found, name, self._published(fault, found.fetches[name]))
            rows.append(row)
        smuggled = [title for title in found.titles if SMUGGLED in title]
        rows[0].untrue.extend(f"an answer to a question nobody asked was kept: {title}" for title in smuggled)
        return rows

    def _faults(self) -> Iterable[Fault]:
        return [fault for fault in FAULTS.values() if not self.only or fault.name in self.only]

    def _published(self, fault: Fault, fetches: list[Fetch]) -> int:
        """Return how many entries a source had shown us when it was last read well."""
        shown = [self.steps[row.started_at] for row in fetches if row.outcome == "ok"]
        return fault.published(max(shown)) if shown else 0


@dataclass
class _Archive:
    """Everything the reckoning needs, read once. Fetches and documents are by the name of their source."""

    sources: dict[str, Source]
    fetches: dict[str, list[Fetch]]
    documents: dict[str, list[Document]]
    titles: Counter[str]

    @classmethod
    def read(cls, session: Session) -> "_Archive":
        sources = {row.id: row for row in session.exec(select(Source))}
        fetches = defaultdict(list)
        for fetch in session.exec(select(Fetch).order_by(col(Fetch.id))):
            fetches[sources[fetch.source_id].name].append(fetch)
        documents = defaultdict(list)
        joined = select(Sighting.source_id, Document).join(Document, col(Document.id) == Sighting.document_id)
        for source_id, document in session.exec(joined):
            documents[sources[source_id].name].append(document)
        titles = Counter(session.exec(select(Document.title)))
        return cls({row.name: row for row in sources.values()}, fetches, documents, titles)


def _attempts(row: Row, found: _Archive, name: str, asked: int) -> None:
    """Count attempts and outcomes; each must be one the fault explains, and each must be in the log exactly once."""
    fetches = found.fetches[name]
    row.attempts += len(fetches)
    row.outcomes.update(fetch.outcome for fetch in fetches)
    row.seconds += sum(fetch.seconds for fetch in fetches)
    for fetch in fetches:
        if fetch.outcome not in row.fault.outcomes:
            row.untrue.append(f"{name} is said to be {fetch.outcome!r}: {fetch.error[:200]}")
    if row.fault.counted and len(fetches) != asked:
        row.untrue.append(f"{name} was asked {asked} times and the log has {len(fetches)}")


def _health(row: Row, found: _Archive, name: str) -> None:
    """What the source's own row says must be what its last attempt said; no lease may be left."""
    source, fetches = found.sources[name], found.fetches[name]
    if source.leased_by or source.leased_until is not None:
        row.untrue.append(f"{name} is still leased to {source.leased_by!r}")
    if not fetches:
        return
    last = fetches[-1]
    kind = "" if last.outcome in WELL else last.outcome
    if source.last_error_kind != kind:
        row.untrue.append(f"{name} last ended in {last.outcome!r} and its health says {source.last_error_kind!r}")
    if bool(source.last_error) != bool(kind) or (source.failing_since is not None) != bool(kind):
        row.untrue.append(f"{name} last ended in {last.outcome!r} and its health says {source.last_error[:100]!r}")


def _entries(row: Row, found: _Archive, name: str, count: int) -> None:
    """Every entry that was published must be a document, once, in one version."""
    documents = {document.title: document for document in found.documents[name]}
    for title in (content.title(name, place) for place in range(count)):
        if title not in documents:
            row.lost.append(title)
        elif found.titles[title] > 1:
            row.doubled.append(title)
        elif documents[title].version_count != 1:
            row.changed.append(title)
