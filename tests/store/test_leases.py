"""Claiming what is due: each row to exactly one worker, and back when its worker dies."""

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from tests.factories import NOW
from tracker.models.account import JobRun, Lease
from tracker.store import leases
from tracker.store.engine import create_engine, reading, writing

SECONDS = 60


def add_jobs(engine, *due: datetime) -> None:
    with writing(engine) as session:
        session.add_all(JobRun(name=f"job-{number}", due_at=moment) for number, moment in enumerate(due))


def claim(engine, *, now: datetime = NOW, holder: str = "a", limit: int = 10) -> list[str]:
    with writing(engine) as session:
        return leases.claim(session, JobRun, now=now, holder=holder, seconds=SECONDS, limit=limit)


@pytest.mark.parametrize("rows", [pytest.param(2000, id="2000"), pytest.param(200, id="200")])
def test_eight_workers_claim_every_row_exactly_once(request, rows):
    """Without SKIP LOCKED eight PostgreSQL workers claimed 2,000 rows over 6,300 times."""
    kind = "postgresql" if rows == 2000 else "sqlite"
    engine = create_engine(request.getfixturevalue(f"{kind}_database"))
    add_jobs(engine, *[NOW - timedelta(seconds=number) for number in range(rows)])
    claimed: list[str] = []
    start = threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        while found := claim(engine, holder=f"worker-{number}", limit=20):
            claimed.extend(found)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert len(claimed) == rows
    assert max(Counter(claimed).values()) == 1


def test_the_most_overdue_come_first_and_no_more_than_asked_for(engine):
    add_jobs(engine, NOW - timedelta(hours=1), NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    assert claim(engine, limit=2) == ["job-1", "job-2"]
    assert claim(engine, limit=2) == ["job-0"]


def test_what_is_not_due_is_not_claimed(engine):
    add_jobs(engine, NOW, NOW + timedelta(microseconds=1))
    assert claim(engine) == ["job-0"]


def test_a_claimed_row_is_taken_over_when_its_lease_has_run_out_and_not_before(engine):
    add_jobs(engine, NOW)
    assert claim(engine, holder="dies") == ["job-0"]
    end = NOW + timedelta(seconds=SECONDS)
    assert claim(engine, holder="next", now=end - timedelta(microseconds=1)) == []
    assert claim(engine, holder="next", now=end) == ["job-0"]
    with reading(engine) as session:
        row = session.get_one(JobRun, "job-0")
        assert (row.leased_by, row.leased_until) == ("next", end + timedelta(seconds=SECONDS))


# --- named leases -----------------------------------------------------------------------------------------------------


def hold(engine, holder: str, now: datetime = NOW) -> bool:
    with writing(engine) as session:
        return leases.hold(session, "scheduler", now=now, holder=holder, seconds=SECONDS)


def test_a_named_lease_has_one_holder_who_may_keep_it(engine):
    assert hold(engine, "first")
    assert not hold(engine, "second")
    later = NOW + timedelta(seconds=SECONDS - 1)
    assert hold(engine, "first", later)
    assert not hold(engine, "second", later + timedelta(seconds=SECONDS - 1))


def test_a_named_lease_passes_on_when_it_runs_out(engine):
    assert hold(engine, "dies")
    assert hold(engine, "next", NOW + timedelta(seconds=SECONDS))
    assert not hold(engine, "dies", NOW + timedelta(seconds=SECONDS))


def test_a_named_lease_given_back_is_free_at_once_and_only_its_holder_gives_it_back(engine):
    assert hold(engine, "first")
    with writing(engine) as session:
        leases.release(session, "scheduler", "second")
    assert not hold(engine, "second")
    with writing(engine) as session:
        leases.release(session, "scheduler", "first")
        leases.release(session, "never taken", "first")
    assert hold(engine, "second")


def test_of_many_who_reach_for_a_free_lease_at_once_one_gets_it_and_none_fails(engine):
    got: list[bool] = []
    start = threading.Barrier(6)

    def reach(number: int) -> None:
        start.wait()
        got.append(hold(engine, f"server-{number}"))

    threads = [threading.Thread(target=reach, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 5 + [True]
    with reading(engine) as session:
        assert len(session.exec(select(Lease)).all()) == 1


def test_adding_a_row_that_is_there_changes_nothing(engine):
    with writing(engine) as session:
        leases.ensure(session, JobRun(name="job", due_at=NOW, last_result="kept"))
        leases.ensure(session, JobRun(name="job", due_at=NOW + timedelta(days=1)))
    with reading(engine) as session:
        [row] = session.exec(select(JobRun))
        assert (row.due_at, row.last_result) == (NOW, "kept")
