"""`python -m tests.siege`: the long form, ten thousand requests and every fault, and a table of what became of them."""

import argparse
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests import runtimes
from tests.bench.memory import Watch
from tests.siege.reckoning import LIMITS, Campaign, Row
from tests.siege.server import besieging
from tracker.store import migrate
from tracker.store.engine import create_engine

MIB = 1024 * 1024


def main() -> int:
    """Besiege, print, and return 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.siege", description="Besiege the collector.")
    parser.add_argument("--requests", type=int, default=10_000, help="go on until the server was asked so often")
    parser.add_argument("--times", type=int, default=1, help="multiply how many sources have each fault")
    parser.add_argument("--only", action="append", default=[], metavar="FAULT", help="only these faults")
    parser.add_argument("--seed", type=int, default=1, help="which questions are put without conditions")
    parser.add_argument(
        "--database", default="", help="an empty database; a SQLite file in a temporary folder unless set"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, besieging() as besieger:
        database = chosen.database or f"sqlite:///{Path(folder) / 'whereas.db'}"
        engine = create_engine(database)
        migrate.upgrade(engine)
        engine.dispose()
        clock = runtimes.Clock()
        begin = time.perf_counter()
        with (
            runtimes.opened(database, Path(folder), clock=clock, allowed_hosts=besieger.hosts, **LIMITS) as opened,
            Watch(os.getpid(), leave_out=frozenset({besieger.process.pid})) as watch,
        ):
            # The tests' runtime never asks without conditions; here one question in a hundred is, as in real use.
            runtime = replace(opened, chance=random.Random(chosen.seed).random)
            campaign = Campaign(runtime, clock, besieger, chosen.times, frozenset(chosen.only))
            campaign.begin()
            asked = 0
            while asked < chosen.requests:
                watch.phase = f"round {len(campaign.steps)}"
                campaign.round()
                asked = sum(besieger.tell()["asked"].values())
                write(
                    f"{watch.phase}: {asked} requests, {time.perf_counter() - begin:.0f} s, {watch.peak / MIB:.0f} MiB"
                )
            rows = campaign.reckon()
            trapped = besieger.tell()["trapped"]
    table(rows)
    tenth = list(watch.peaks.values())[: max(1, len(watch.peaks) // 10) + 1]
    write(f"{asked} requests in {len(campaign.steps)} rounds, {time.perf_counter() - begin:.0f} s")
    write(f"peak memory {watch.peak / MIB:.0f} MiB; of the first tenth of the rounds {max(tenth) / MIB:.0f} MiB")
    write(f"connections to refused addresses: {trapped}")
    wrong = [one for row in rows for one in row.wrong]
    for one in wrong[:40]:
        write(f"  WRONG {one}")
    write(f"{len(wrong)} things wrong" if wrong else "nothing lost, nothing doubled, every failure told as it is")
    return 1 if wrong or trapped else 0


def table(rows: list[Row]) -> None:
    """Print a line for each fault."""
    write(f"{'fault':<28} {'attempts':>8} {'s each':>7} {'lost':>5} {'doubled':>7}  outcomes")
    for row in rows:
        outcomes = ", ".join(f"{name} {count}" for name, count in row.outcomes.most_common())
        each = row.seconds / row.attempts if row.attempts else 0.0
        figures = f"{row.attempts:>8} {each:>7.3f} {len(row.lost):>5} {len(row.doubled):>7}"
        write(f"{row.fault.name:<28} {figures}  {outcomes}")
    attempts, seconds = sum(row.attempts for row in rows), sum(row.seconds for row in rows)
    lost, doubled = sum(len(row.lost) for row in rows), sum(len(row.doubled) for row in rows)
    write(f"{'all':<28} {attempts:>8} {seconds / max(attempts, 1):>7.3f} {lost:>5} {doubled:>7}")


def write(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
