"""Keeping the archive in order: old fetch attempts pruned, and what editors decided learned from."""

from dataclasses import dataclass
from datetime import timedelta

from tracker.store import decisions, sources
from tracker.store.engine import reading, writing
from tracker.workflows.following import forget_unconfirmed
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
    Addresses that nobody confirmed are forgotten.
    """
    before = runtime.clock() - timedelta(days=runtime.settings.fetch_log_days)
    with writing(runtime.engine) as session:
        report = UpkeepReport(sources.prune_fetches(session, before), sources.prune_bodies(session))
    forget_unconfirmed(runtime)
    return report


def learn(runtime: Runtime) -> str:
    """Learn from editors' decisions, if any were made since the last time; return one line for the job's record."""
    with reading(runtime.engine) as session:
        new = decisions.since_learned(session)
    if not new:
        return "nothing was decided since the last time"
    from tracker.workflows.train import train  # noqa: PLC0415 - what trains is loaded where there is something to learn

    return "; ".join(done.words() for done in train(runtime))
