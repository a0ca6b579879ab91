"""How a source is doing, in plain words. Silence is never shown as calm: a source nobody asked is not a quiet one."""

from dataclasses import dataclass
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
        """The rhythm."""

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
    OVERDUE = "overdue"
    NEVER_ASKED = "never_asked"
    PAUSED = "paused"
    BEING_ASKED = "being_asked"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Health:
    """The state, and how long ago it became late where it is."""

    state: HealthState
    late_since: datetime | None = None


def health(source: SourceRecord, now: datetime) -> Health:
    """Return how a source is doing at `now`.

    "Well" is said only of a source whose last visit was answered and whose next one is not late.
    """
    if source.paused:
        return Health(HealthState.PAUSED)
    if source.leased_until is not None and source.leased_until > now:
        return Health(HealthState.BEING_ASKED)
    late = now - source.due_at > max(LATE_INTERVALS * timedelta(seconds=source.every_seconds), LATE_AT_LEAST)
    since = source.due_at if late else None
    if source.failing_since is not None:
        return Health(HealthState.FAILING, since)
    if late:
        return Health(HealthState.OVERDUE, since)
    if source.last_ok_at is None:
        return Health(HealthState.NEVER_ASKED)
    return Health(HealthState.WELL)
