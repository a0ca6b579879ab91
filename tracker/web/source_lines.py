"""Sources as they are listed: each with its health, what it brought, and what stands in its way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.domain.source_health import Health, HealthState, health
from tracker.models.document import Host, Source
from tracker.store import health as records
from tracker.store import hosts, sources
from tracker.workflows.manners import host_of

# The most urgent first.
ORDER = list(HealthState)
TONES = {
    HealthState.FAILING: "bad",
    HealthState.GONE: "bad",
    HealthState.OVERDUE: "bad",
    HealthState.SILENT: "bad",
    HealthState.NEVER_ASKED: "warn",
    HealthState.PAUSED: "warn",
    HealthState.BEING_ASKED: "",
    HealthState.WELL: "good",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One source with its health, what it has brought, what of that could not be read, and its server if that rests.

    `network` is set while our own network is out.
    """

    source: Source
    health: Health
    documents: int = 0
    quarantined: int = 0
    unread: int = 0
    host: Host | None = None
    network: Host | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.source.title or self.source.name

    @property
    def by_hand(self) -> bool:
        """Whether it only holds what people added, so that there is nothing to ask."""
        return self.source.paused and not self.source.url


def lines_of(session: Any, rows: Iterable[Source], now: datetime) -> list[Line]:
    """Return a line for each source, in the same order. Four statements, however many there are."""
    counts, troubles = sources.counts(session), records.troubles(session)
    resting = records.resting(session, now)
    lines = []
    for row in rows:
        quarantined, unread = troubles.get(row.id or 0, (0, 0))
        lines.append(
            Line(
                row,
                health(row, now),
                documents=counts.get(row.id or 0, 0),
                quarantined=quarantined,
                unread=unread,
                host=resting.get(host_of(row.url)),
                network=resting.get(hosts.NETWORK),
            )
        )
    return lines
