"""Scheduled jobs as rows: when each is due, who runs it now, how the last run went."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.models.account import JobRun
from tracker.store import leases


def claim(session: Session, name: str, *, now: datetime, holder: str, seconds: float) -> bool:
    """Lease a job if it is due and nobody runs it; a job never seen before is due at once."""
    leases.ensure(session, JobRun(name=name, due_at=now))
    found = leases.claim(
        session, JobRun, now=now, holder=holder, seconds=seconds, limit=1, where=[col(JobRun.name) == name]
    )
    if found:
        row = session.get_one(JobRun, name, populate_existing=True)
        row.last_started_at = now
    return bool(found)


def finish(
    session: Session, name: str, *, now: datetime, holder: str, every: timedelta, result: str = "", error: str = ""
) -> bool:
    """Record a run and when the next is due; False, changing nothing, when the lease was lost to another worker.

    Runs missed while the machine slept are not made up for: the next one is due one interval from now.
    """
    row = session.exec(select(JobRun).where(JobRun.name == name).with_for_update()).one()
    if row.leased_by != holder:
        return False
    row.leased_by, row.leased_until, row.last_ended_at = "", None, now
    row.due_at = now + every
    row.last_error = error
    if not error:
        row.last_result = result
    return True


def hasten(session: Session, names: Collection[str], now: datetime) -> None:
    """Let jobs be due at once instead of at their next turn: something waits for them."""
    for row in session.exec(select(JobRun).where(col(JobRun.name).in_(names), col(JobRun.due_at) > now)):
        row.due_at = now
    session.flush()


def every(session: Session) -> list[JobRun]:
    """Return all jobs' rows, ordered by name."""
    return list(session.exec(select(JobRun).order_by(col(JobRun.name))))
