"""Runs of minor news on a timeline, each folded into one line: what happened is not lost among reports of it.

Minor is what a document alone put on the timeline without our reading finding an act in it: comment, coverage of no
kind of its own, and a newspaper's edit of what it had published. An act stays, whoever reports it; so does everything
that a campaign object says of itself, and a company's edit of its own words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from tracker.domain.text import plural
from tracker.domain.vocab import EventType, Lane
from tracker.models.event import Event

# Two lines of news are as quickly read as one that says that there are two.
FEWEST = 3
NO_ACT = frozenset({EventType.COMMENTARY, EventType.OTHER})
# Stands in the key of a row that tells of a document's later version.
EDIT = ":version:"


class OfEvent(Protocol):
    """What is shown of an event."""

    @property
    def event(self) -> Event:
        """The row."""


Row = TypeVar("Row", bound=OfEvent)


@dataclass(frozen=True, slots=True)
class Run(Generic[Row]):
    """Minor rows that follow each other under one heading, and what their line says: how many, from when to when."""

    rows: Sequence[Row]
    words: str


def is_minor(event: Event) -> bool:
    """Return whether a row is news or comment in which no act was found."""
    if event.object_id is not None:
        return False
    return event.kind in NO_ACT or (event.lane is Lane.PRESS and EDIT in event.key)


def runs(rows: Iterable[Row], heading: str) -> list[Row | Run[Row]]:
    """Return the rows under a heading in their order; FEWEST or more minor ones that follow each other are one run."""
    found: list[Row | Run[Row]] = []
    for minor, group in groupby(rows, key=lambda row: is_minor(row.event)):
        together = list(group)
        if minor and len(together) >= FEWEST:
            found.append(
                Run(together, f"{plural(len(together), 'item')} of news and comment, {_when(together, heading)}")
            )
        else:
            found.extend(together)
    return found


def _when(rows: Sequence[OfEvent], heading: str) -> str:
    """Return "3 to 19 May 2018" for rows of one month; what stands over them where a day is not known."""
    days = sorted(day for row in rows if (day := row.event.on.exact_day))
    if len(days) < len(rows):
        return heading
    first, last = days[0], days[-1]
    return f"{first.day} {last:%B} {last.year}" if first == last else f"{first.day} to {last.day} {last:%B} {last.year}"
