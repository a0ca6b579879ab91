"""How a source is doing, in plain words. Silence is never shown as calm: a source nobody asked is not a quiet one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

# A source is overdue when it was due this many of its own intervals ago, and at least an hour.
LATE_INTERVALS = 2
LATE_AT_LEAST = timedelta(hours=1)


class SourceRecord(Protocol):
    """What is known of a source's visits."""

    @property
    def every_seconds(self) -> int:
        """How often it is to be asked, as configured."""

    @property
    def interval_seconds(self) -> int | None:
        """How often it is asked, learned from its rhythm."""

    @property
    def quiet_seconds(self) -> int | None:
        """How long it may be without anything new before that breaks its rhythm."""

    @property
    def last_new_at(self) -> datetime | None:
        """When it last brought something new."""

    @property
    def gone_since(self) -> datetime | None:
        """Since when its server says that it is gone for good."""

    @property
    def paused(self) -> bool:
        """Whether somebody stopped it."""

    @property
    def due_at(self) -> datetime:
        """When it is asked next."""

    @property
    def leased_until(self) -> datetime | None:
        """Until when a worker has it."""

    @property
    def last_tried_at(self) -> datetime | None:
        """The last visit."""

    @property
    def last_ok_at(self) -> datetime | None:
        """The last visit that was answered well."""

    @property
    def failing_since(self) -> datetime | None:
        """The first failure since the last good answer."""


class HealthState(StrEnum):
    """What a reader has to know first, the most urgent first."""

    FAILING = "failing"
    GONE = "gone"
    OVERDUE = "overdue"
    SILENT = "silent"
    NEVER_ASKED = "never_asked"
    PAUSED = "paused"
    BEING_ASKED = "being_asked"
    WELL = "well"


# The few words of a state, for pages and commands.
STATE_WORDS = {
    HealthState.FAILING: "failing",
    HealthState.GONE: "gone",
    HealthState.OVERDUE: "not asked in time",
    HealthState.SILENT: "silent",
    HealthState.NEVER_ASKED: "not asked yet",
    HealthState.PAUSED: "paused",
    HealthState.BEING_ASKED: "being asked",
    HealthState.WELL: "answering",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The state; since when it is late, where it is; since when it is silent against its own rhythm, where it is."""

    state: HealthState
    late_since: datetime | None = None
    silent_since: datetime | None = None

    def words(self) -> str:
        """Return the state in a few words."""
        return STATE_WORDS[self.state]


def health(source: SourceRecord, now: datetime) -> Health:
    """Return how a source is doing at `now`.

    "Well" is said only of a source whose last visit was answered, whose next one is not late, and that brought
    something new within its own rhythm. What is wrong stays said while a worker is asking it.
    """
    if source.paused:
        return Health(HealthState.PAUSED)
    asked = is_being_asked(source, now)
    interval = timedelta(seconds=source.interval_seconds or source.every_seconds)
    late = not asked and now - source.due_at > max(LATE_INTERVALS * interval, LATE_AT_LEAST)
    since = source.due_at if late else None
    if source.failing_since is not None:
        return Health(HealthState.GONE if source.gone_since else HealthState.FAILING, since)
    if late:
        return Health(HealthState.OVERDUE, since)
    if source.last_ok_at is None:
        return Health(HealthState.BEING_ASKED if asked else HealthState.NEVER_ASKED)
    silent = silent_since(source)
    if silent is not None:
        return Health(HealthState.SILENT, silent_since=silent)
    return Health(HealthState.BEING_ASKED if asked else HealthState.WELL)


def is_being_asked(source: SourceRecord, now: datetime) -> bool:
    """Return whether a worker has the source just now."""
    return source.leased_until is not None and source.leased_until > now


def silent_since(source: SourceRecord) -> datetime | None:
    """Return since when a source is silent although by its own rhythm it should have spoken; None when it is not.

    Judged at its last good answer: what it has published since, nobody has looked.
    """
    if source.quiet_seconds is None or source.last_new_at is None or source.last_ok_at is None:
        return None
    expected = source.last_new_at + timedelta(seconds=source.quiet_seconds)
    return source.last_new_at if source.last_ok_at > expected else None


@dataclass(frozen=True, slots=True)
class Overall:
    """How all sources are doing: how many are in each state, and since when the longest failing one fails."""

    states: Mapping[HealthState, int] = field(default_factory=dict)
    failing_since: datetime | None = None

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.states.values())

    def count(self, *states: HealthState) -> int:
        """Return how many are in one of these states."""
        return sum(self.states.get(state, 0) for state in states)


def overall(sources: Iterable[SourceRecord], now: datetime) -> Overall:
    """Return how many sources are in which state at `now`."""
    states: Counter[HealthState] = Counter()
    since: list[datetime] = []
    for source in sources:
        state = health(source, now).state
        states[state] += 1
        if state in {HealthState.FAILING, HealthState.GONE} and source.failing_since is not None:
            since.append(source.failing_since)
    return Overall(states, min(since, default=None))
