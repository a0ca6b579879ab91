"""Our collector, measured: `python -m tests.bench.ours prepare`, then `collect`, each in a process of its own.

TRACKER_* in the environment says where. `prepare` makes the archive and imports the demo's campaigns, so that there
are objects to link to; it is apart because it is not measured. `collect` collects every source twice; between the runs
the clock goes forward by two days, so that all are due again. Every line that `collect` prints is JSON: first
{"phase": NAME} where a phase begins, then one line of results.
"""

import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, func, select

from tests.bench.phases import Phase, results
from tracker.models.document import Document, Fetch, Sighting
from tracker.models.link import Link
from tracker.settings import load
from tracker.workflows.collect import collect
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.runtime import Runtime, open_runtime
from tracker.workflows.setup import prepare


class Later:
    """A clock that runs, `ahead` of the machine's."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def told(report: CollectReport) -> dict[str, Any]:
    """Return a run's report as plain values. `seconds` is where the time went, or None where that is not measured."""
    return {
        "asked": len(report.sources),
        "unchanged": sum(row.unchanged for row in report.sources),
        "failed": [f"{row.name}: {row.error}" for row in report.failed][:5],
        "counts": asdict(report.total),
        "seconds": getattr(report, "seconds", None),
    }


def stored(runtime: Runtime) -> dict[str, int]:
    """Return how many rows the archive has."""
    with Session(runtime.engine) as session:
        rows = {}
        for table in (Document, Sighting, Link, Fetch):
            rows[table.__name__.lower()] = session.exec(select(func.count()).select_from(table)).one()
        return rows


def make() -> None:
    """Make the archive."""
    from tracker import demo  # what only this needs must not count where collecting is measured
    from tracker.workflows.exchange import import_campaign

    runtime = open_runtime(load(), upgrade=True)
    prepare(runtime)
    for file in demo.campaigns(date(2026, 11, 23)):
        import_campaign(runtime, file)
    runtime.engine.dispose()


def measure() -> None:
    """Fetch twice."""
    opened = open_runtime(load())
    clock = Later()
    # Without the one request in a hundred that is made without conditions: all of the second run is to be unchanged.
    runtime = Runtime(opened.settings, opened.engine, clock=clock, chance=lambda: 1.0)
    prepare(runtime)
    phase = Phase("first fetch")
    first, fetched = collect(runtime), phase.spent()
    clock.ahead = timedelta(days=2)
    phase = Phase("all unchanged")
    second, unchanged = collect(runtime), phase.spent()
    Phase("end")
    results(
        {
            "first_seconds": fetched,
            "unchanged_seconds": unchanged,
            "first": told(first),
            "second": told(second),
            "stored": stored(runtime),
        }
    )
    runtime.engine.dispose()


if __name__ == "__main__":
    {"prepare": make, "collect": measure}[sys.argv[1]]()
