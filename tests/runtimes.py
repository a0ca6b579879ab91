"""A runtime for tests of whole workflows: a clock that stands still until it is set, and a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.engines import engine_on
from tests.factories import NOW
from tracker.settings import Settings
from tracker.workflows.runtime import Runtime


class Clock:
    """Gives the same moment until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now


@contextmanager
def opened(
    database: str, folder: Path, *, clock: Clock | None = None, holder: str = "us", **settings: Any
) -> Iterator[Runtime]:
    """Give a runtime over a prepared database; its connections are closed at the end."""
    # A process for each of hundreds of little runs would take longer than all the rest; tests of readers ask for one.
    chosen = Settings(database_url=database, data_dir=folder, **{"read_processes": 0, **settings})
    with engine_on(database) as engine:
        yield Runtime(chosen, engine, clock=clock or Clock(), holder=holder, chance=lambda: 0.5)
