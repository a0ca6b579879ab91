"""A due job is run once, by whoever comes first; how it went and when it comes again stands in its row."""

import logging
import threading

import pytest

from tests.jobs.conftest import EVERY, LIMIT, on_one_database
from tracker.workflows.work import run_if_due


def look(runtime, job) -> bool:
    return run_if_due(runtime, job.name, job.every, job.limit, job.run)


@on_one_database
def test_a_job_never_seen_before_runs_and_its_row_says_how_it_went(first, clock, made, row):
    job = made(lambda _: "3 things done")
    assert look(first, job)
    found = row(first)
    assert (found.last_started_at, found.last_ended_at, found.due_at) == (clock.now, clock.now, clock.now + EVERY)
    assert (found.last_result, found.last_error) == ("3 things done", "")
    assert (found.leased_by, found.leased_until) == ("", None)


def test_two_servers_that_look_at_once_run_it_once(first, second, made):
    job = made()
    together, ran = threading.Barrier(2), []

    def begin(runtime):
        together.wait()
        ran.append(look(runtime, job))

    threads = [threading.Thread(target=begin, args=(runtime,)) for runtime in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == [False, True]
    assert len(job.run.by) == 1


@on_one_database
def test_it_comes_again_at_its_time_and_not_before(first, second, clock, made):
    job = made()
    assert look(first, job)
    clock.forward(seconds=EVERY.total_seconds() - 1)
    assert not look(first, job)
    assert not look(second, job)
    clock.forward(seconds=1)
    assert look(second, job)
    assert job.run.by == ["first", "second"]


@on_one_database
def test_runs_that_were_missed_are_folded_into_one(first, clock, made, row):
    job = made()
    look(first, job)
    later = clock.forward(days=3)
    assert [look(first, job) for _ in range(4)] == [True, False, False, False]
    assert row(first).due_at == later + EVERY


def test_while_a_run_goes_on_nobody_starts_another_beside_it(first, second, made):
    beside = []
    job = made(lambda runtime: beside.extend(look(other, job) for other in (runtime, first, second)))
    assert look(first, job)
    assert beside == [False, False, False]
    assert job.run.by == ["first"]


@on_one_database
def test_the_next_time_is_counted_from_the_end_of_a_long_run(first, clock, made, row):
    look(first, made(lambda _: clock.forward(minutes=20)))
    assert row(first).last_started_at + EVERY < clock.now
    assert row(first).due_at == clock.now + EVERY


@on_one_database
def test_an_error_stands_in_the_row_and_the_log_and_the_job_comes_again_at_its_time(first, clock, made, row, caplog):
    works = made(lambda _: "all well")

    def break_(_):
        raise LookupError("nothing there\nin all these lines")

    fails = made(break_)
    look(first, works)
    clock.forward(hours=1)
    with caplog.at_level(logging.ERROR):
        assert look(first, fails)
    found = row(first)
    assert found.last_error == "LookupError: nothing there"
    assert found.last_result == "all well"
    assert (found.leased_by, found.due_at) == ("", clock.now + EVERY)
    [record] = [record for record in caplog.records if record.name == "tracker.workflows.work"]
    assert record.job == "count"
    assert record.exc_info[0] is LookupError

    assert not look(first, fails)
    clock.forward(hours=1)
    assert look(first, works)
    assert row(first).last_error == ""


class Killed(BaseException):
    """The process ends here: nothing after it is recorded."""


def die(_):
    raise Killed


def test_a_run_whose_server_was_killed_is_taken_over_after_its_limit_and_not_before(first, second, clock, made, row):
    with pytest.raises(Killed):
        look(first, made(die))
    assert row(second).leased_by == "first"
    job = made()
    clock.forward(seconds=LIMIT.total_seconds() - 1)
    assert not look(second, job)
    clock.forward(seconds=1)
    assert look(second, job)
    assert row(second).last_result == "done"


def test_a_run_that_outlived_its_limit_does_not_overwrite_what_came_after(first, second, clock, made, row):
    def slow(_):
        clock.forward(seconds=LIMIT.total_seconds())
        assert look(second, made(lambda _: "the second's"))
        return "the first's"

    assert look(first, made(slow))
    assert row(first).last_result == "the second's"


@on_one_database
def test_jobs_do_not_wait_for_each_other(first, made):
    beside = made(name="other")
    job = made(lambda runtime: look(runtime, beside))
    assert look(first, job)
    assert beside.run.by == ["first"]
