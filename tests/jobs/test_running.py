"""A server at work: it is the scheduler as soon as it starts, tells of errors, and ends no run half way."""

import logging
import threading
import time
from datetime import timedelta

import pytest
from sqlmodel import select

from tracker.jobs.embedded import Embedded
from tracker.jobs.schedule import Job
from tracker.models.account import JobRun, Lease
from tracker.store.engine import reading

# No database has a part in these.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

HOUR = timedelta(hours=1)


def job(name, run) -> Job:
    return Job(name, HOUR, HOUR, run, "")


def broken(_runtime):
    raise LookupError("nothing there\nand a long tail")


def holders(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(Lease.leased_by)))


def test_a_server_that_starts_takes_the_lease_at_once(server):
    runtime = server("one")
    embedded = Embedded(runtime)
    embedded.start()
    try:
        deadline = time.monotonic() + 60
        while holders(runtime) != ["one"]:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        embedded.stop()
    assert holders(runtime) == []


def test_a_job_that_fails_is_logged_with_its_name_and_the_others_go_on(server, caplog):
    runtime = server("one")
    embedded = Embedded(runtime)
    with caplog.at_level(logging.ERROR, logger="tracker"):
        embedded._look(job("breaks", broken))
    embedded._look(job("works", lambda _runtime: "done"))
    [record] = caplog.records
    assert record.job == "breaks"
    assert record.exc_info[0] is LookupError
    with reading(runtime.engine) as session:
        assert session.get_one(JobRun, "works").last_result == "done"


def test_while_a_run_goes_on_not_even_its_own_server_starts_another(server):
    runtime, runs = server("one"), []
    embedded = Embedded(runtime)

    def looks_again(_runtime):
        runs.append(1)
        embedded._look(itself)

    itself = job("long", looks_again)
    embedded._look(itself)
    assert runs == [1]


def test_a_stop_waits_for_the_run_that_goes_on_before_it_gives_the_lease_back(server):
    runtime = server("one")
    begun, may_end = threading.Event(), threading.Event()

    def work(_runtime):
        begun.set()
        return "ended well" if may_end.wait(10) else "was not let"

    embedded = Embedded(runtime)
    embedded.start()
    embedded.scheduler.add_job(embedded._look, args=[job("long", work)])
    assert begun.wait(10)
    stop = threading.Thread(target=embedded.stop)
    stop.start()
    stop.join(0.1)
    assert stop.is_alive()
    assert holders(runtime) == ["one"]
    may_end.set()
    stop.join(10)
    assert not stop.is_alive()
    assert holders(runtime) == []
    with reading(runtime.engine) as session:
        assert session.get_one(JobRun, "long").last_result == "ended well"
