"""The scheduler inside the web process: one server of many starts jobs, and gives way when it stops."""

import threading
import time

import pytest
from sqlmodel import select

from tests import runtimes
from tests.jobs.conftest import on_one_database
from tracker.jobs.embedded import LEASE, LOOK, Embedded
from tracker.jobs.schedule import jobs
from tracker.models.account import JobRun, Lease
from tracker.store.engine import reading


def holders(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(Lease.leased_by).where(Lease.name == "scheduler")))


def test_only_the_holder_of_the_lease_starts_jobs(first, second, clock, made):
    one, other = Embedded(first), Embedded(second)
    job = made()
    for _ in range(3):
        one._look(job)
        other._look(job)
        clock.forward(seconds=job.every.total_seconds())
        # As the scheduler does between looks, many times.
        assert one._keep()
    assert job.run.by == ["first"] * 3


@on_one_database
def test_the_holder_of_the_lease_keeps_it_by_looking(first, second, clock):
    one, other = Embedded(first), Embedded(second)
    for _ in range(10):
        assert one._keep()
        assert not other._keep()
        clock.forward(seconds=LOOK.total_seconds())


def test_a_lease_survives_two_looks_that_were_missed():
    assert 3 * LOOK <= LEASE


def test_a_killed_holder_is_replaced_after_its_lease_and_not_before(first, second, clock, made):
    job, other = made(), Embedded(second)
    Embedded(first)._keep()
    clock.forward(seconds=LEASE.total_seconds() - 1)
    other._look(job)
    assert job.run.by == []
    clock.forward(seconds=1)
    other._look(job)
    assert job.run.by == ["second"]
    assert not Embedded(first)._keep()


def test_a_polite_stop_gives_the_lease_back_at_once(first, second, made):
    one, other, job = Embedded(first), Embedded(second), made()
    assert one._keep()
    one.stop()
    other._look(job)
    assert job.run.by == ["second"]


@on_one_database
def test_a_server_that_stops_takes_nobody_elses_lease(first, second):
    assert Embedded(first)._keep()
    Embedded(second).stop()
    assert holders(first) == ["first"]


@on_one_database
def test_a_job_that_fails_leaves_the_scheduler_at_work(first, made):
    def break_(_):
        raise RuntimeError("the job is broken")

    scheduler, well = Embedded(first), made(name="another")
    scheduler._look(made(break_))
    scheduler._look(well)
    assert well.run.by == ["first"]


@pytest.fixture
def runtime(sqlite_database, tmp_path):
    with runtimes.opened(sqlite_database, tmp_path) as runtime:
        yield runtime


def wait_until(ready, patience=10.0):
    deadline = time.monotonic() + patience
    while not ready():
        assert time.monotonic() < deadline, f"still not so after {patience:.0f} s"
        time.sleep(0.01)


def test_a_server_that_starts_takes_the_lease_at_once_and_leaves_no_thread_when_it_stops(runtime):
    before = set(threading.enumerate())
    scheduler = Embedded(runtime)
    assert set(threading.enumerate()) == before
    scheduler.start()
    assert set(threading.enumerate()) != before
    wait_until(lambda: holders(runtime) == ["us"])
    scheduler.stop()
    assert set(threading.enumerate()) == before
    assert holders(runtime) == []


def test_every_job_of_the_list_is_looked_at_without_piling_up(runtime):
    scheduler = Embedded(runtime)
    scheduler.start()
    planned = {job.id: job for job in scheduler.scheduler.get_jobs()}
    scheduler.stop()
    assert set(planned) == {"keep-lease"} | {job.name for job in jobs(runtime.settings)}
    assert all((job.coalesce, job.max_instances) == (True, 1) for job in planned.values())
    assert all(job.trigger.interval <= LOOK for job in planned.values())


def test_a_stop_waits_for_the_run_that_goes_on(runtime, made):
    begun, may_end = threading.Event(), threading.Event()

    def work(_):
        begun.set()
        return may_end.wait(10)

    scheduler, job = Embedded(runtime), made(work)
    scheduler.start()
    scheduler.scheduler.add_job(scheduler._look, args=[job])
    assert begun.wait(10)
    stop = threading.Thread(target=scheduler.stop)
    stop.start()
    stop.join(0.1)
    assert stop.is_alive()
    may_end.set()
    stop.join(10)
    assert not stop.is_alive()
    with reading(runtime.engine) as session:
        assert session.get_one(JobRun, "count").last_result == "True"


def test_stopping_what_never_started_does_nothing(runtime):
    Embedded(runtime).stop()
    assert holders(runtime) == []
