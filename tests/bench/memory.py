"""Peak memory of a program with all its children, as Linux counts it: proportional set size, sampled.

Resident size would count a page that several processes share once for each of them, and `ru_maxrss` sees one process
alone. The proportional size divides shared pages among those who share them, so that the sum over a process tree is
what the tree really takes. A sample is taken every `EVERY` seconds; what rises and falls in between is not seen.
"""

import os
import threading
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

EVERY: Final = 0.02
_PROC: Final = Path("/proc")


def can_measure() -> bool:
    """Return whether this system tells proportional sizes (Linux does)."""
    return (_PROC / "self" / "smaps_rollup").exists()


def tree(root: int) -> list[int]:
    """Return a process's id and those of all its descendants; the ones that ended meanwhile are left out."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        with suppress(OSError):
            for task in (_PROC / str(pid) / "task").iterdir():
                with suppress(OSError):
                    waiting += map(int, (task / "children").read_text().split())
    return found


def proportional(pid: int) -> int:
    """Return a process's proportional set size in bytes, 0 when it has ended."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process has taken, 0.0 when it has ended."""
    with suppress(OSError):
        user, system = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return 0.0


class Watch:
    """Samples a process tree from a thread of its own until the `with` block ends. `peaks` is in bytes, by phase.

    `processor` is in seconds, by phase: of every process that was seen, to within a sample of its end.
    """

    def __init__(self, pid: int, *, leave_out: frozenset[int] = frozenset()) -> None:
        """Watch the tree below `pid`, without the processes `leave_out` and what they started."""
        self.phase = "start"
        self.peaks: dict[str, int] = defaultdict(int)
        self.processor: dict[str, float] = {}
        self._taken: dict[int, float] = {}
        self._before = 0.0
        self._pid, self._leave_out = pid, leave_out
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory watch", daemon=True)

    @property
    def peak(self) -> int:
        """The highest sum of all phases."""
        return max(self.peaks.values(), default=0)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def sample(self) -> int:
        """Return the tree's size in this moment, in bytes."""
        apart = {pid for root in self._leave_out for pid in tree(root)}
        return sum(proportional(pid) for pid in tree(self._pid) if pid not in apart)

    def _watch(self) -> None:
        while True:
            phase = self.phase
            self.peaks[phase] = max(self.peaks[phase], self.sample())
            if phase not in self.processor:
                self._before = sum(self._taken.values())
            for pid in tree(self._pid):
                self._taken[pid] = max(self._taken.get(pid, 0.0), processor(pid))
            self.processor[phase] = sum(self._taken.values()) - self._before
            if self._over.wait(EVERY):
                return
