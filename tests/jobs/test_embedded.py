"""The job list on APScheduler: who looks, how often, and that nothing is left running."""

import threading
from datetime import UTC, datetime

from apscheduler.events import EVENT_JOB_EXECUTED
from sqlmodel import select

from tracker.jobs.embedded import LEASE, LOOK, Embedded
from tracker.jobs.schedule import Job
from tracker.models.account import JobRun, Lease
from tracker.store import leases
from tracker.store.engine import reading, writing
from tracker.workflows.work import SCHEDULER


def runs(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        return sorted(session.exec(select(JobRun.name).where(JobRun.last_ended_at.is_not(None))))


def holder(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(Lease.leased_by)))


def look(embedded, name: str) -> None:
    """Look for one job, as the scheduler does every few seconds."""
    found = embedded.scheduler.get_job(name)
    found.func(*found.args)


def test_starting_and_stopping_leaves_nothing_running_and_nothing_held(server):
    before = threading.enumerate()
    runtime = server("one")
    embedded = Embedded(runtime)
    embedded.start()
    assert embedded.scheduler.running
    assert len(threading.enumerate()) > len(before)
    embedded.stop()
    assert not embedded.scheduler.running
    assert [thread for thread in threading.enumerate() if thread not in before] == []
    assert holder(runtime) == []
    embedded.stop()


def test_stopping_what_was_never_started_does_nothing(server):
    Embedded(server("one")).stop()


def test_every_job_is_looked_for_often_and_late_looks_are_folded_into_one(server):
    embedded = Embedded(server("one"))
    embedded.start()
    try:
        found = {job.id: job for job in embedded.scheduler.get_jobs()}
        assert set(found) >= {"keep-lease", "collect_due", "send_digests", "upkeep"}
        for job in found.values():
            assert job.trigger.interval <= LOOK
            assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    finally:
        embedded.stop()
    assert LOOK * 3 <= LEASE, "a living server must not lose its lease for one look that came late"


def test_only_one_of_two_servers_looks_and_when_it_stops_the_other_does(server):
    one, two = server("one"), server("two")
    first, second = Embedded(one), Embedded(two)
    with writing(one.engine) as session:
        assert leases.hold(session, SCHEDULER, now=one.clock(), holder="one", seconds=60)
    first.start()
    second.start()
    try:
        look(second, "upkeep")
        assert runs(one) == []
        look(first, "upkeep")
        assert runs(one) == ["upkeep"]
        first.stop()
        look(second, "upkeep")
        assert holder(one) == ["two"]
    finally:
        first.stop()
        second.stop()


def test_a_server_that_was_killed_is_replaced_when_its_lease_has_run_out(server, clock):
    one, two = server("one"), server("two")
    with writing(one.engine) as session:
        leases.hold(session, SCHEDULER, now=clock(), holder="one", seconds=LEASE.total_seconds())
    second = Embedded(two)
    job = Job("upkeep", LOOK, LOOK, lambda _runtime: "done", "")
    clock.forward(seconds=LEASE.total_seconds() - 1)
    second._look(job)
    assert runs(two) == []
    clock.forward(seconds=1)
    second._look(job)
    assert runs(two) == ["upkeep"]


def test_the_scheduler_itself_runs_what_is_due(server):
    """Not only our own call of its functions: APScheduler's thread does it."""
    runtime = server("one")
    with writing(runtime.engine) as session:
        leases.hold(session, SCHEDULER, now=runtime.clock(), holder="one", seconds=60)
    embedded, over = Embedded(runtime), threading.Event()
    embedded.scheduler.add_listener(lambda event: event.job_id == "upkeep" and over.set(), EVENT_JOB_EXECUTED)
    embedded.start()
    try:
        embedded.scheduler.modify_job("upkeep", next_run_time=datetime.now(UTC))
        assert over.wait(10)
    finally:
        embedded.stop()
    assert "upkeep" in runs(runtime)
