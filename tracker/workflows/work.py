"""Running a scheduled job exactly once, whoever asks: claim its row, run it, record how it went."""

import logging
from collections.abc import Callable
from datetime import timedelta

from tracker.store import leases, work
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime

log = logging.getLogger(__name__)

SCHEDULER = "scheduler"


def run_if_due(
    runtime: Runtime, name: str, every: timedelta, limit: timedelta, job: Callable[[Runtime], object]
) -> bool:
    """Run `job` if its row says it is due and nobody holds it; return whether it ran.

    The lease lasts for `limit`: a run that hangs or dies is taken over after it. An error is recorded and logged, and
    the job is due again at its usual time.
    """
    with writing(runtime.engine) as session:
        if not work.claim(session, name, now=runtime.clock(), holder=runtime.holder, seconds=limit.total_seconds()):
            return False
    result = error = ""
    try:
        result = str(job(runtime))
    except Exception as problem:  # a job's error must not end the scheduler
        reason = str(problem).partition("\n")[0]
        error = f"{type(problem).__name__}: {reason}"
        log.exception("job failed", extra={"job": name})
    with writing(runtime.engine) as session:
        work.finish(session, name, now=runtime.clock(), holder=runtime.holder, every=every, result=result, error=error)
    return True


def is_scheduler(runtime: Runtime, seconds: float) -> bool:
    """Take or keep the scheduler's lease; only its holder starts jobs, however many servers run."""
    with writing(runtime.engine) as session:
        return leases.hold(session, SCHEDULER, now=runtime.clock(), holder=runtime.holder, seconds=seconds)


def give_up_scheduler(runtime: Runtime) -> None:
    """Let another server be the scheduler at once, when this one stops."""
    with writing(runtime.engine) as session:
        leases.release(session, SCHEDULER, runtime.holder)
