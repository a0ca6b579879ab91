"""Keeping the archive in order: old fetch attempts pruned."""

from dataclasses import dataclass
from datetime import timedelta

from tracker.store import sources
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime


@dataclass(frozen=True, slots=True)
class UpkeepReport:
    """What upkeep did."""

    fetches_pruned: int
    bodies_pruned: int = 0

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return f"{self.fetches_pruned} old fetch attempts dropped, {self.bodies_pruned} unused answers with them"


def tidy(runtime: Runtime) -> UpkeepReport:
    """Drop fetch attempts older than the setting `fetch_log_days`; documents and their bytes are kept.

    The bytes of an answer go with the last attempt that brought them, unless a document was read from them.
    """
    before = runtime.clock() - timedelta(days=runtime.settings.fetch_log_days)
    with writing(runtime.engine) as session:
        return UpkeepReport(sources.prune_fetches(session, before), sources.prune_bodies(session))
