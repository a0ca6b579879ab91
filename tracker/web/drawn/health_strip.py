"""The last sixty days of a source as a strip: one mark a day, told apart by height and shape before colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAYS = 60
STEP, BAR, HEIGHT = 6, 4, 24
# Heights of a day's mark: something came, nothing new, no try at all.
TALL, SHORT, NONE = 18, 9, 2


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many fetches brought an answer, were unchanged, failed; and where its mark stands.

    `state` is the worst that matters: failed (every fetch failed), partly (some did), ok, unchanged, none.
    """

    on: date
    ok: int
    unchanged: int
    failed: int
    state: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The days, the oldest first, and what they come to."""

    days: tuple[Day, ...]
    ok: int
    unchanged: int
    failed: int

    @property
    def width(self) -> int:
        """Of the drawing, in its own units."""
        return DAYS * STEP

    @property
    def words(self) -> str:
        """What the strip says, in one sentence."""
        if not self.ok + self.unchanged + self.failed:
            return f"Not asked in the last {DAYS} days."
        told = (
            f"Last {DAYS} days: {self.ok:,} answers with entries, {self.unchanged:,} unchanged, {self.failed:,} failed"
        )
        bad = sum(day.state == "failed" for day in self.days)
        return f"{told}; on {bad} of the days all failed." if bad else f"{told}."


def since(now: datetime) -> datetime:
    """Return the moment from which a strip tells of fetches."""
    return datetime.combine(now.date() - timedelta(days=DAYS - 1), time(), now.tzinfo)


def strip_of(counts: Mapping[date, tuple[int, int, int]], today: date) -> Strip:
    """Return the strip of a source up to `today`; `counts` are its fetches by day: ok, unchanged, failed."""
    days = []
    for number in range(DAYS):
        on = today - timedelta(days=DAYS - 1 - number)
        ok, unchanged, failed = counts.get(on, (0, 0, 0))
        state = _state(ok, unchanged, failed)
        height = {"ok": TALL, "partly": TALL, "failed": TALL, "unchanged": SHORT, "none": NONE}[state]
        days.append(Day(on, ok, unchanged, failed, state, number * STEP + 1, HEIGHT - height, height))
    return Strip(tuple(days), *(sum(getattr(day, name) for day in days) for name in ("ok", "unchanged", "failed")))


def _state(ok: int, unchanged: int, failed: int) -> str:
    if failed and not ok + unchanged:
        return "failed"
    if failed:
        return "partly"
    return "ok" if ok else "unchanged" if unchanged else "none"
