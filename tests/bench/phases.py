"""What a measured program says while it runs: one JSON line where a phase begins, one of results at the end."""

import json
import resource
import time
from typing import Any


class Phase:
    """One phase, from here on: tells whoever watches that it begins, and keeps the time."""

    def __init__(self, name: str) -> None:
        print(json.dumps({"phase": name}), flush=True)
        self._begin = time.perf_counter()

    def spent(self) -> float:
        """Return the seconds since it began."""
        return time.perf_counter() - self._begin


def results(said: dict[str, Any]) -> None:
    """Print the results, with the peak of the main process's resident memory in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({**said, "maxrss": peak}), flush=True)
