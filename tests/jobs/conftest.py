"""What tests of jobs are handed: two servers on one database, under one clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from tests import runtimes
from tracker.jobs.schedule import Job
from tracker.models.account import JobRun
from tracker.store.engine import reading
from tracker.workflows.runtime import Runtime

EVERY = timedelta(minutes=15)
LIMIT = timedelta(minutes=30)

# For what no database has a part in.
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def clock() -> runtimes.Clock:
    return runtimes.Clock()


@pytest.fixture
def first(database, tmp_path, clock) -> Iterator[Runtime]:
    with runtimes.opened(database, tmp_path, clock=clock, holder="first") as runtime:
        yield runtime


@pytest.fixture
def second(database, tmp_path, clock) -> Iterator[Runtime]:
    with runtimes.opened(database, tmp_path, clock=clock, holder="second") as runtime:
        yield runtime


@pytest.fixture
def made():
    """Make a job that notes who ran it in `job.run.by`; what `work` returns is its result."""

    def make(work=lambda _: "done", name="count") -> Job:
        def run(runtime):
            run.by.append(runtime.holder)
            return work(runtime)

        run.by = []
        return Job(name, EVERY, LIMIT, run, "counts itself")

    return make


@pytest.fixture
def row():
    """Read a job's row."""

    def read(runtime, name="count") -> JobRun:
        with reading(runtime.engine) as session:
            return session.exec(select(JobRun).where(JobRun.name == name)).one()

    return read
