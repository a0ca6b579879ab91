"""Not asking faster than a publisher wants: one turn at a time, spaced out, for all threads of this process."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Gives out turns that lie at least `seconds` apart. A caller waits for its turn; nobody is turned away."""

    def __init__(
        self,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin with a free turn. Tests pass a clock and a sleep of their own."""
        self._seconds = seconds
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._seconds
        if turn > now:
            self._sleep(turn - now)
