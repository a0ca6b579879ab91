"""`make bench`: the budgets of docs/budgets.md measured in one run and printed as a table. Nothing here is a test.

`--feeds` and `--rounds` make the comparison of collectors smaller, `--only collecting` leaves the rest out.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench import collecting, feeds, filings, linking, parts, site

PROJECT = Path(__file__).resolve().parent.parent.parent
TRACKER = Path(sys.executable).parent / "tracker"
PORT = "18765"
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured budget, in seconds."""

    what: str
    seconds: float
    budget: float

    def row(self) -> str:
        """Return the table's row."""
        verdict = "kept" if self.seconds <= self.budget else "OVER"
        return f"{self.what:<58} {self.seconds:>8.3f} {self.budget:>8.1f}  {verdict}"


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median wall time of `work` in seconds."""
    spent = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return median(spent)


def run(*arguments: str, folder: str) -> None:
    """Run a command of ours in a data folder of its own."""
    subprocess.run(
        [TRACKER, *arguments],
        env={**os.environ, "TRACKER_DATA_DIR": folder},
        check=True,
        capture_output=True,
        cwd=PROJECT,
    )


def first_page(folder: str) -> float:
    """Return the seconds from starting the demo to its first page."""
    begin = time.perf_counter()
    server = subprocess.Popen(
        [TRACKER, "demo", "--port", PORT],
        env={**os.environ, "TRACKER_DATA_DIR": folder},
        stdout=subprocess.DEVNULL,
        cwd=PROJECT,
    )
    try:
        fetch("/", wait=60)
        return time.perf_counter() - begin
    finally:
        server.terminate()
        server.wait()


def fetch(path: str, wait: float = 10) -> None:
    """Get a page of the served demo, asking again until it answers or `wait` seconds have passed."""
    give_up = time.perf_counter() + wait
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=wait) as answer:
                answer.read()
        except OSError:
            if time.perf_counter() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the budgets of docs/budgets.md.")
    only = ("commands", "collecting", "filings", "linking", "parts", "site")
    parser.add_argument("--only", choices=only, help="measure only this part")
    parser.add_argument("--feeds", type=int, default=1000, help="how many feeds both collectors are given")
    parser.add_argument("--rounds", type=int, default=3, help="how often each collector runs; the table shows medians")
    parser.add_argument("--share", type=float, default=feeds.SHARE, help="share of entries about our subject")
    parser.add_argument("--edgartools", metavar="PYTHON", help="a Python with edgartools, to read filings beside us")
    chosen = parser.parse_args()
    if chosen.only in {None, "commands"}:
        commands()
    if chosen.only in {None, "parts"}:
        parts.main()
    if chosen.only in {None, "linking"}:
        linking.main()
    if chosen.only in {None, "filings"}:
        filings.main(chosen.edgartools)
    if chosen.only in {None, "site"}:
        site.main()
    if chosen.only in {None, "collecting"}:
        collecting.compare(chosen.feeds, chosen.rounds, chosen.share)


def commands() -> None:
    """Measure commands as a person waits for them."""
    with tempfile.TemporaryDirectory() as folder:
        figures = [
            Figure("tracker --help", timed(lambda: run("--help", folder=folder)), 0.5),
            Figure(
                "first collection of both demo campaigns",
                timed(lambda: run("demo", "--no-serve", folder=folder), 1),
                60,
            ),
            Figure("a second start of the demo, to its first page", first_page(folder), 5),
            Figure("the timeline made again from nothing", timed(lambda: rebuild(folder), 3), 5),
        ]
    print(f"{'budget':<58} {'seconds':>8} {'at most':>8}")
    for figure in figures:
        print(figure.row())


def rebuild(folder: str) -> None:
    """Rebuild the demo's timeline."""
    run("rebuild", folder=str(Path(folder) / "demo"))


if __name__ == "__main__":
    main()
