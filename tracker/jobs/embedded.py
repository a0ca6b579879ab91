"""The job list on APScheduler, inside the web process. What is due stands in the database, not in the scheduler."""

import logging
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tracker.jobs.schedule import Job, jobs
from tracker.workflows.runtime import Runtime
from tracker.workflows.work import give_up_scheduler, is_scheduler, run_if_due

log = logging.getLogger(__name__)

# A server that dies is replaced after this long. Looks are three times as frequent, so a living one never loses it.
LEASE = timedelta(seconds=60)
LOOK = timedelta(seconds=20)


class Embedded:
    """Looks regularly for due jobs and runs them, one run of each at a time, in this process.

    Two servers on one database have one scheduler between them: the holder of a lease. Looks that were missed (a
    sleeping laptop) are folded into one, a run that takes longer than a look is not started again beside itself.
    """

    def __init__(self, runtime: Runtime) -> None:
        """Prepare the scheduler; nothing runs before `start`."""
        self.runtime = runtime
        self.scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Begin looking for due jobs in the background."""
        keep = IntervalTrigger(seconds=int(LOOK.total_seconds()))
        # The lease is taken at once, so that the first look can begin with work.
        self.scheduler.add_job(self._keep, keep, id="keep-lease", next_run_time=datetime.now(UTC))
        for job in jobs(self.runtime.settings):
            look = min(job.every, LOOK)
            trigger = IntervalTrigger(seconds=max(1, int(look.total_seconds())))
            self.scheduler.add_job(self._look, trigger, args=[job], id=job.name)
        self.scheduler.start()

    def stop(self) -> None:
        """Finish what runs, then let another server take over."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
        give_up_scheduler(self.runtime)

    def _keep(self) -> bool:
        return is_scheduler(self.runtime, LEASE.total_seconds())

    def _look(self, job: Job) -> None:
        if self._keep() and run_if_due(self.runtime, job.name, job.every, job.limit, job.run):
            log.info("job done", extra={"job": job.name})
