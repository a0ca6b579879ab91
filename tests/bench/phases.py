"""What a measured program says while it runs: one JSON line where a phase begins, one of results at the end."""

import json
import resource
import time
from typing import Any


def processor() -> float:
    """Return the seconds of processor time taken so far by this program and the processes it has ended."""
    whose = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in whose)


class Phase:
    """One phase, from here on: tells whoever watches that it begins, and keeps the time."""

    def __init__(self, name: str) -> None:
        print(json.dumps({"phase": name}), flush=True)
        self._wall, self._processor = time.perf_counter(), processor()

    def spent(self) -> tuple[float, float]:
        """Return the seconds since it began: on the wall, and of processor time."""
        return time.perf_counter() - self._wall, processor() - self._processor


def results(said: dict[str, Any]) -> None:
    """Print the results, with the peak of the main process's resident memory in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({**said, "maxrss": peak}), flush=True)
