"""Collecting, ours beside a known feed reader: the same feeds, the same server, one run.

Each program runs in a fresh process of its own, in turn, several times; the table shows medians. Times are taken inside
the programs, without their start. Memory is the peak of the whole process tree (tests/bench/memory.py).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import feeds
from tests.bench.floor import floor
from tests.bench.memory import Watch, can_measure
from tests.bench.server import PROJECT, Serving, serving

MIB = 1024 * 1024
ARCHIVE = "whereas.db"  # as settings name it
WORK = ("reading", "cleaning", "linking", "writing")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one program: what it said of itself, its peak memory in bytes and its processor seconds, by phase.

    `floor` is of ours: what its libraries alone take, in processor seconds by part (tests/bench/floor.py).
    """

    said: dict[str, Any]
    peaks: dict[str, int]
    processor: dict[str, float]
    floor: dict[str, float] = field(default_factory=dict)

    @property
    def peak(self) -> int:
        return max(self.peaks.values(), default=0)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One budget: a figure of theirs and of ours, the ratio in our favour, and the ratio asked for."""

    what: str
    theirs: float
    ours: float
    unit: str
    asked: float
    less_is_better: bool = False

    @property
    def ratio(self) -> float:
        """How many times theirs is ours."""
        return self.ours / self.theirs if self.theirs else 0.0

    def row(self) -> str:
        """Return the table's row."""
        kept = self.ratio <= self.asked if self.less_is_better else self.ratio >= self.asked
        bound = f"{'<=' if self.less_is_better else '>='} {self.asked:g}x"
        verdict = "kept" if kept else "MISSED"
        figures = f"{self.theirs:>9,.0f} {self.ours:>9,.0f} {self.ratio:>7.2f}x {bound:>7}"
        return f"{f'{self.what}, {self.unit}':<58} {figures}  {verdict}"


def measure(module: str, *arguments: str, environment: dict[str, str]) -> Run:
    """Run a program that prints its phases and its results as JSON lines; watch its memory meanwhile."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=PROJECT, text=True)
    said: dict[str, Any] = {}
    with Watch(process.pid) as watch:
        for line in process.stdout:
            said = json.loads(line)
            watch.phase = said.get("phase", watch.phase)
        if process.wait() != 0 or "first_seconds" not in said:
            raise RuntimeError(f"measuring {module}: it ended with status {process.returncode}; see what it said above")
    return Run(said, dict(watch.peaks), dict(watch.processor))


def theirs(server: Serving, count: int) -> Run:
    """Measure the other program."""
    return measure("tests.bench.theirs", str(count), str(server.port), environment=dict(os.environ))


def ours(server: Serving, count: int, share: float = feeds.SHARE) -> Run:
    """Measure ours on SQLite, with the configuration as shipped but for the sources; and the floor beneath it."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        shutil.copytree(PROJECT / "config", config, ignore=shutil.ignore_patterns("local.toml", "sources.toml"))
        (config / "sources.toml").write_text("\n".join(source(server, n) for n in range(count)), encoding="utf-8")
        plain = {key: value for key, value in os.environ.items() if not key.startswith("TRACKER_")}
        chosen = {
            "TRACKER_CONFIG_DIR": str(config),
            "TRACKER_DATA_DIR": str(Path(folder) / "var"),
            "TRACKER_ALLOWED_HOSTS": server.host,
            "TRACKER_CONTACT": "bench@whereas.invalid",
        }
        making = [sys.executable, "-m", "tests.bench.ours", "prepare"]
        subprocess.run(making, env=plain | chosen, cwd=PROJECT, check=True)
        archive, empty = Path(folder) / "var" / ARCHIVE, Path(folder) / ARCHIVE
        shutil.copyfile(archive, empty)
        run = measure("tests.bench.ours", "collect", environment=plain | chosen)
        run.floor.update(floor(empty, archive, count, share))
        return run


def source(server: Serving, number: int) -> str:
    """Return a feed's entry in the sources file."""
    name = f'name = "paper-{number}"\ntitle = "Paper {number}"'
    return f'[[source]]\n{name}\nreader = "feed"\nurl = "{server.url(number)}"\n'


def compare(count: int, rounds: int, share: float) -> None:
    """Measure both programs `rounds` times in turn and print the tables."""
    entries = count * feeds.ENTRIES
    print(f"\n{count} feeds of {feeds.ENTRIES} entries, {share:.0%} about our subject; medians of {rounds} rounds")
    print("entries a second and the like: first reader 3.26 with 8 workers, then ours, then the ratio and its budget")
    if not can_measure():
        print("this system does not tell proportional memory sizes: the row for memory compares ru_maxrss alone")
    other: list[Run] = []
    own: list[Run] = []
    with serving(count, share=share) as server:
        for number in range(rounds):
            other.append(theirs(server, count))
            _check(server.counts(), count, "reader")
            own.append(ours(server, count, share))
            _check(server.counts(), count, "ours")
            print(f"  round {number + 1}: {_short(other[-1])} | {_short(own[-1])}", flush=True)
    for row in ratios(other, own, count, entries):
        print(row.row())
    _processor(other, own)
    _floor(own, entries)
    _details(other, own)


def ratios(other: list[Run], own: list[Run], count: int, entries: int) -> list[Ratio]:
    """Return the budgets with medians of all rounds."""
    fetched = entries / _median(other, "first_seconds")
    indexed = entries / median(run.said["first_seconds"] + run.said["index_seconds"] for run in other)
    first = entries / _median(own, "first_seconds")
    unchanged = [count / _median(runs, "unchanged_seconds") for runs in (other, own)]
    peaks = [median(run.peak or run.said["maxrss"] for run in runs) / MIB for runs in (other, own)]
    return [
        Ratio("first fetch, beside reader without its index run", fetched, first, "entries/s", 4),
        Ratio("first fetch, beside reader with its index run", indexed, first, "entries/s", 8),
        Ratio("all unchanged (304)", *unchanged, "feeds/s", 10),
        Ratio("peak memory of the process tree", *peaks, "MiB", 2, less_is_better=True),
    ]


def _processor(other: list[Run], own: list[Run]) -> None:
    """Print the processor time of both: what else the machine does changes it less than the time on the wall."""
    print("processor seconds of all processes: reader, ours, and theirs by ours")
    for what, keys in (
        ("first fetch", ["first fetch"]),
        ("first fetch, theirs with its index run", ["first fetch", "search index"]),
        ("all unchanged (304)", ["all unchanged"]),
    ):
        took, ours = (median(sum(run.processor.get(key, 0.0) for key in keys) for run in runs) for runs in (other, own))
        print(f"{what:<58} {took:>9.2f} {ours:>9.2f} {took / ours:>7.2f}x")


def _floor(own: list[Run], entries: int) -> None:
    """Print what the libraries alone take for the same feeds and rows, beside all that we take, for an entry."""
    parts = {part: median(run.floor[part] for run in own) / entries * 1e6 for part in own[0].floor}
    whole = median(run.processor.get("first fetch", 0.0) for run in own) / entries * 1e6
    said = ", ".join(f"{part} {spent:.0f}" for part, spent in parts.items())
    print(f"floor, µs of processor time an entry: {said}; together {sum(parts.values()):.0f}, ours {whole:.0f}")


def _median(runs: list[Run], key: str) -> float:
    return median(run.said[key] for run in runs)


def _short(run: Run) -> str:
    index = f" + {run.said['index_seconds']:.1f} s" if "index_seconds" in run.said else ""
    unchanged = run.said["unchanged_seconds"]
    return f"{run.said['first_seconds']:.1f} s{index}, unchanged {unchanged:.2f} s, {run.peak / MIB:.0f} MiB"


def _check(counts: dict[str, int], count: int, who: str) -> None:
    """Say where the server saw something else than every feed once whole and once unchanged."""
    if counts != {"whole": count, "unchanged": count}:
        print(
            f"  {who}: the server gave {counts.get('whole', 0)} whole answers, {counts.get('unchanged', 0)} unchanged"
        )


def _details(other: list[Run], own: list[Run]) -> None:
    for name, runs in (("reader", other), ("ours", own)):
        phases = {phase: median(run.peaks.get(phase, 0) for run in runs) / MIB for phase in runs[0].peaks}
        shown = ", ".join(f"{phase} {size:.0f}" for phase, size in phases.items() if phase != "end")
        main = f"ru_maxrss of the main process {_median(runs, 'maxrss') / MIB:.0f}"
        print(f"{name}: peak of the summed PSS in MiB by phase: {shown}; {main}")
    last = own[-1].said
    print(f"ours, first fetch: {json.dumps(last['first']['counts'])}; stored {json.dumps(last['stored'])}")
    print(f"ours, second: {last['second']['unchanged']} of {last['second']['asked']} unchanged")
    for name in ("first", "second"):
        if last[name]["failed"]:
            print(f"ours, {name}: FAILED {last[name]['failed']}")
        print(f"ours, {name}: share of time: {_shares(last[name]['seconds'])}")


def _shares(seconds: dict[str, float] | None) -> str:
    """Return the shares of what is work, and apart from it the waiting for answers, summed over all that waited."""
    if not seconds:
        return "not measured"
    work = {name: seconds[name] for name in WORK if name in seconds}
    total = sum(work.values()) or 1.0
    shares = ", ".join(f"{name} {spent / total:.0%} ({spent:.1f} s)" for name, spent in work.items())
    return f"{shares}; besides, {seconds.get('fetching', 0.0):.1f} s of waiting for answers, side by side"
