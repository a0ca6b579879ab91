"""The sentence on every page that says how the sources are doing; silence is never shown as calm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app, g

from tracker.domain.errors import TrackerError
from tracker.domain.source_health import HealthState, Overall, overall
from tracker.domain.text import plural
from tracker.store import sources
from tracker.web import pages
from tracker.web.words import day

# A state lasts hours; asking once a minute keeps the sentence from costing each page a statement.
KEPT_FOR = timedelta(minutes=1)
# A weekday says enough within the week before.
WEEK = timedelta(days=6)
UNKNOWN = "How our sources are doing cannot be said just now."
_EXTENSION = "health line"


@dataclass(frozen=True, slots=True)
class HealthLine:
    """The sentence, and whether something is wrong."""

    text: str
    wrong: bool


def register(app: Flask) -> None:
    """Give the sentence to every template. What it was made from is kept for a minute in this process."""
    app.extensions[_EXTENSION] = None
    app.jinja_env.globals["health_line"] = line


def line() -> HealthLine:
    """Return the sentence; where the database does not answer, that it is not known. One statement a minute at most.

    No page is kept from its reader by it, least of all the one that says that the database is gone.
    """
    now = pages.now()
    if g.get("failed"):
        return HealthLine(UNKNOWN, wrong=True)
    kept: tuple[datetime, Overall] | None = current_app.extensions[_EXTENSION]
    if kept is None or not kept[0] <= now < kept[0] + KEPT_FOR:
        try:
            with pages.reading() as session:
                kept = now, overall(sources.vitals(session), now)
        except TrackerError:
            return HealthLine(UNKNOWN, wrong=True)
        current_app.extensions[_EXTENSION] = kept
    return sentence(kept[1], now)


def sentence(found: Overall, now: datetime) -> HealthLine:
    """Return how all sources are doing in one sentence, what is wrong first."""
    if not found.total:
        return HealthLine("No source is configured, so nothing new can arrive.", wrong=True)
    said = list(_wrong(found, now))
    if not said:
        return HealthLine(_well(found), wrong=False)
    of_all = f" of {plural(found.total, 'source')}"
    first, mark, rest = said[0].partition(" ")
    return HealthLine("; ".join([f"{first}{of_all}{mark}{rest}", *said[1:]]) + ".", wrong=True)


def _wrong(found: Overall, now: datetime) -> Iterator[str]:
    if failing := found.count(HealthState.FAILING, HealthState.GONE):
        since = _since(found.failing_since, now) if found.failing_since else ""
        verb = "has" if failing == 1 else "have"
        yield f"{failing:,} {verb} failed{since if failing == 1 else since and f', the first{since}'}"
    if overdue := found.count(HealthState.OVERDUE):
        yield f"{overdue:,} {'was' if overdue == 1 else 'were'} not asked in time"
    if silent := found.count(HealthState.SILENT):
        yield f"{silent:,} {'is' if silent == 1 else 'are'} silent against {'its' if silent == 1 else 'their'} rhythm"
    if new := found.count(HealthState.NEVER_ASKED):
        yield f"{new:,} {'has' if new == 1 else 'have'} not answered yet"
    if paused := found.count(HealthState.PAUSED):
        yield f"{paused:,} {'is' if paused == 1 else 'are'} paused"


def _well(found: Overall) -> str:
    if found.total == 1:
        return "The one source answered when it was last asked."
    return f"All {found.total:,} sources answered when they were last asked."


def _since(moment: datetime, now: datetime) -> str:
    on = moment.date()
    if on == now.date():
        return " since today"
    return f" since {moment:%A}" if now.date() - on <= WEEK else f" since {day(on)}"
