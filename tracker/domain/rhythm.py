"""How often a source really publishes: how often it is worth asking, and from when on its silence is odd."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

WINDOW = timedelta(days=120)
FEWEST = 4
MOST = 60
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
# An archive that is imported at once is no publishing.
TOGETHER = timedelta(minutes=10)
# A source may be quiet for this many of its usual gaps, and for its longest gap and a half, before we call it silent.
QUIET_GAPS, QUIET_LONGEST = 6, 1.5
QUIET_AT_LEAST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The usual time between two entries, and how long a silence is still within what the source has done before."""

    usual: timedelta
    quiet: timedelta


def rhythm_of(moments: Iterable[datetime], now: datetime) -> Rhythm | None:
    """Return the rhythm of a source that published at these moments, or None where there are too few to tell.

    Looks at the newest 60 of the last 120 days. What came within ten minutes counts as one.
    """
    apart: list[datetime] = []
    for moment in sorted((one for one in set(moments) if now - WINDOW <= one <= now), reverse=True):
        if not apart or apart[-1] - moment >= TOGETHER:
            apart.append(moment)
        if len(apart) == MOST:
            break
    if len(apart) < FEWEST:
        return None
    gaps = [later - earlier for later, earlier in pairwise(apart)]
    usual = timedelta(seconds=median(gap.total_seconds() for gap in gaps))
    return Rhythm(usual, max(QUIET_GAPS * usual, QUIET_LONGEST * max(gaps), QUIET_AT_LEAST))


def interval(every: timedelta, rhythm: Rhythm | None) -> timedelta:
    """Return how often to ask: half the usual gap, within a quarter of the configured interval and a day.

    As configured where the rhythm is not known. Never more often than every five minutes (or than configured, where
    that is more often still); an interval configured longer than a day may be used in full.
    """
    if rhythm is None:
        return every
    shortest = min(max(every / 4, SHORTEST), every)
    return min(max(rhythm.usual / 2, shortest), max(LONGEST, every))
