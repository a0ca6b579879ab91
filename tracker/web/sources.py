"""Source health: when each source last answered, what failed, how often it is asked and when next."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from tracker.domain.source_health import Health, HealthState, health
from tracker.models.document import Fetch, Source
from tracker.store import sources
from tracker.web import pages

bp = Blueprint("sources", __name__)

RECENT = 10
# The most urgent first.
ORDER = list(HealthState)


@dataclass(frozen=True, slots=True)
class Line:
    """One source with its health, what it has brought, and its last attempts, newest first."""

    source: Source
    health: Health
    documents: int
    attempts: list[Fetch]


@bp.get("/sources")
def index() -> str:
    """Show every source, those that need a look first."""
    now = pages.now()
    with pages.reading() as session:
        counts, attempts = sources.counts(session), sources.last_fetches(session, RECENT)
        lines = [
            Line(row, health(row, now), counts.get(row.id or 0, 0), attempts.get(row.id or 0, []))
            for row in sources.every(session)
        ]
    lines.sort(key=lambda line: (ORDER.index(line.health.state), line.source.name))
    states = [line.health.state for line in lines]
    return render_template(
        "sources/index.html",
        lines=lines,
        states={state.value: states.count(state) for state in HealthState},
        documents=sum(counts.values()),
        now=now,
    )
