"""What is known of servers, for all workers together."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import select

from tests.factories import NOW
from tracker.models.document import Host
from tracker.store import hosts
from tracker.store.engine import reading, writing
from tracker.store.hosts import NETWORK, Robots

PAPER, OTHER = "paper.example:443", "other.example:443"
HOUR = timedelta(hours=1)


def resting(session, now=NOW) -> dict:
    session.flush()
    return hosts.resting(session, {PAPER, OTHER}, now)


def test_a_server_rests_until_the_time_it_asked_for_and_no_other_does(session):
    hosts.rest(session, PAPER, NOW + HOUR, "the server answered 429")
    assert resting(session) == {PAPER: NOW + HOUR}
    assert resting(session, NOW + HOUR - timedelta(microseconds=1)) == {PAPER: NOW + HOUR}
    assert resting(session, NOW + HOUR) == {}
    assert hosts.resting(session, [], NOW) == {}


def test_a_longer_rest_stays_and_says_why(session):
    for hours, reason in ((2, "long"), (1, "short"), (3, "longer")):
        hosts.rest(session, PAPER, NOW + hours * HOUR, reason)
        session.flush()
    [row] = session.exec(select(Host))
    assert (row.rest_until, row.rest_reason) == (NOW + 3 * HOUR, "longer")
    hosts.rest(session, PAPER, NOW + HOUR, "short")
    assert (row.rest_until, row.rest_reason) == (NOW + 3 * HOUR, "longer")


def test_a_rest_can_be_ended_and_of_one_that_never_was_nothing_is_written(session):
    hosts.rest(session, NETWORK, NOW + HOUR, "no server could be reached")
    hosts.wake(session, NETWORK)
    hosts.wake(session, PAPER)
    session.flush()
    [row] = session.exec(select(Host))
    assert (row.name, row.rest_until, row.rest_reason) == (NETWORK, None, "")


def test_turns_lie_apart_however_many_want_one(session):
    waits = [hosts.turn(session, "sec.gov", NOW, 0.15) for _ in range(5)]
    assert waits == pytest.approx([0, 0.15, 0.3, 0.45, 0.6])
    # What was waited for is over by now; a pause is not saved up.
    assert hosts.turn(session, "sec.gov", NOW + timedelta(seconds=0.7), 0.15) == pytest.approx(0.05)
    assert [hosts.turn(session, "sec.gov", NOW + HOUR, 0.15) for _ in range(2)] == pytest.approx([0, 0.15])
    assert hosts.turn(session, PAPER, NOW, 0.15) == 0


def test_workers_that_want_a_turn_at_once_never_get_the_same_one(engine):
    waits: list[float] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        for _ in range(10):
            with writing(engine) as session:
                waits.append(hosts.turn(session, "sec.gov", NOW, 0.5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == 40
    assert {later - earlier for earlier, later in pairwise(sorted(waits))} == {0.5}


def test_a_robots_txt_is_kept_with_its_status_and_when_it_was_asked(session):
    assert hosts.robots(session, PAPER) is None
    hosts.rest(session, PAPER, NOW, "")
    session.flush()
    assert hosts.robots(session, PAPER) is None
    for found in (Robots("User-agent: *\nDisallow: /é", 200, NOW), Robots("", 0, NOW + HOUR)):
        hosts.remember_robots(session, PAPER, found)
        session.flush()
        session.expire_all()
        assert hosts.robots(session, PAPER) == found
    assert hosts.robots(session, OTHER) is None


def test_what_one_worker_learns_of_a_server_takes_nothing_from_what_another_did(engine):
    with writing(engine) as session:
        hosts.rest(session, PAPER, NOW + HOUR, "429")
    with writing(engine) as session:
        hosts.turn(session, PAPER, NOW, 1.0)
    with writing(engine) as session:
        hosts.remember_robots(session, PAPER, Robots("x", 200, NOW))
    with reading(engine) as session:
        row = session.get_one(Host, PAPER)
        assert (row.rest_until, row.next_turn_at, row.robots) == (NOW + HOUR, NOW + timedelta(seconds=1), "x")
