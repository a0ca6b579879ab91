"""Scheduled work as rows: each due job runs once, whoever looks, and comes again whatever became of it."""

import threading
from datetime import timedelta

import pytest

from tests.factories import NOW
from tracker.store import work
from tracker.store.engine import reading
from tracker.workflows.work import SCHEDULER, give_up_scheduler, is_scheduler, run_if_due

HOUR, LIMIT = timedelta(hours=1), timedelta(minutes=30)


class Job:
    """Counts its runs; `during` happens within one."""

    def __init__(self, during=lambda _runtime: "done"):
        self.runs, self.during = [], during

    def __call__(self, runtime):
        self.runs.append(runtime.holder)
        return self.during(runtime)


def run(runtime, job, name="collect"):
    return run_if_due(runtime, name, HOUR, LIMIT, job)


def row(runtime):
    with reading(runtime.engine) as session:
        [found] = work.every(session)
        return found


def test_a_job_never_seen_before_runs_at_once_and_is_due_again_one_interval_later(server, clock):
    one, job = server("one"), Job()
    assert run(one, job)
    found = row(one)
    assert (found.due_at, found.last_result, found.last_error, found.leased_by) == (NOW + HOUR, "done", "", "")
    assert (found.last_started_at, found.last_ended_at) == (NOW, NOW)
    assert not run(one, job)
    clock.forward(minutes=59)
    assert not run(one, job)
    clock.forward(minutes=1)
    assert run(one, job)
    assert len(job.runs) == 2


def test_the_due_row_runs_a_job_once_though_two_schedulers_look_at_once(server):
    servers, job, start = [server("one"), server("two")], Job(), threading.Barrier(2)
    ran: list[bool] = []

    def look(runtime) -> None:
        start.wait()
        ran.append(run(runtime, job))

    threads = [threading.Thread(target=look, args=(runtime,)) for runtime in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == [False, True]
    assert len(job.runs) == 1


def test_a_job_that_still_runs_is_not_started_beside_itself(server, clock):
    """It takes longer than its interval; while its lease lasts nobody else begins it."""
    one, two, inner = server("one"), server("two"), Job()

    def long(_runtime) -> str:
        clock.forward(minutes=29)
        assert not run(two, inner)
        return "long"

    assert run(one, Job(long))
    assert inner.runs == []


def test_an_error_is_recorded_and_the_job_comes_again(server, clock):
    def fail(_runtime) -> str:
        raise ValueError("no such thing\nand a long tail")

    one = server("one")
    assert run(one, Job(lambda _runtime: "went well"))
    clock.forward(hours=1)
    assert run(one, Job(fail))
    found = row(one)
    assert (found.last_error, found.last_result) == ("ValueError: no such thing", "went well")
    assert (found.due_at, found.leased_by) == (clock() + HOUR, "")
    clock.forward(hours=1)
    assert run(one, Job(lambda _runtime: "well again"))
    assert (row(one).last_error, row(one).last_result) == ("", "well again")


def test_runs_that_a_sleeping_machine_missed_are_folded_into_one(server, clock):
    one, job = server("one"), Job()
    run(one, job)
    woken = clock.forward(days=3)
    assert run(one, job)
    assert not run(one, job)
    assert row(one).due_at == woken + HOUR


def test_a_run_whose_server_was_killed_is_taken_over_after_its_limit_and_not_before(server, clock):
    class Killed(BaseException):
        """The process ends here."""

    def die(_runtime) -> str:
        raise Killed

    one, two, job = server("one"), server("two"), Job()
    with pytest.raises(Killed):
        run(one, Job(die))
    clock.forward(minutes=29)
    assert not run(two, job)
    clock.forward(minutes=1)
    assert run(two, job)
    assert job.runs == ["two"]


def test_a_run_that_lost_its_lease_does_not_write_over_its_successor(server, clock):
    one, two = server("one"), server("two")

    def hang(_runtime) -> str:
        clock.forward(hours=2)
        assert run(two, Job(lambda _runtime: "by two"))
        return "by one"

    assert run(one, Job(hang))
    assert (row(one).last_result, row(one).due_at) == ("by two", clock() + HOUR)


def test_jobs_do_not_stand_in_each_others_way(server):
    one = server("one")
    assert run(one, Job(), "collect")
    assert run(one, Job(), "upkeep")
    with reading(one.engine) as session:
        assert [found.name for found in work.every(session)] == ["collect", "upkeep"]


def test_only_the_holder_of_the_lease_schedules_and_a_killed_one_is_replaced_after_it(server, clock):
    one, two = server("one"), server("two")
    assert is_scheduler(one, 60)
    assert not is_scheduler(two, 60)
    clock.forward(seconds=59)
    assert not is_scheduler(two, 60)
    clock.forward(seconds=1)
    assert is_scheduler(two, 60)
    assert not is_scheduler(one, 60)


def test_a_server_that_stops_is_replaced_at_once(server):
    one, two = server("one"), server("two")
    assert is_scheduler(one, 60)
    give_up_scheduler(two)
    assert not is_scheduler(two, 60)
    give_up_scheduler(one)
    assert is_scheduler(two, 60)
    assert SCHEDULER == "scheduler"
