"""A server that misbehaves in every way we know is survived: nothing lost or doubled, every failure told as it is."""

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import runtimes
from tests.bench.memory import Watch, can_measure, tree
from tests.siege.reckoning import LIMITS, Campaign
from tests.siege.server import Besieger, besieging

MIB = 1024 * 1024
ROUNDS = 3
MOST_MEMORY = 200 * MIB


@pytest.fixture
def besieger() -> Iterator[Besieger]:
    with besieging() as server:
        yield server


def _open_files() -> int | None:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else None


@pytest.mark.timeout(180)
def test_a_siege_by_every_fault_loses_nothing_and_every_failure_is_told_as_it_is(
    sqlite_database, tmp_path, besieger, caplog
):
    clock = runtimes.Clock()
    threads, files = set(threading.enumerate()), _open_files()
    # What runs already is not ours: the besieger, and the database and the browser of other tests.
    others = frozenset(tree(os.getpid())) - {os.getpid()}
    with (
        caplog.at_level(logging.ERROR, logger="asyncio"),
        runtimes.opened(sqlite_database, tmp_path, clock=clock, allowed_hosts=besieger.hosts, **LIMITS) as runtime,
        Watch(os.getpid(), leave_out=others) as watch,
    ):
        campaign = Campaign(runtime, clock, besieger)
        campaign.begin()
        before = watch.sample()
        for _ in range(ROUNDS):
            campaign.round()
        rows = campaign.reckon()
    assert [wrong for row in rows for wrong in row.wrong] == []
    assert all(row.attempts for row in rows)
    assert besieger.tell()["trapped"] == 0, "somebody connected to an address that is refused"
    if can_measure():
        assert watch.peak - before < MOST_MEMORY
    assert set(threading.enumerate()) <= threads
    assert files is None or _open_files() <= files + 2
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []
