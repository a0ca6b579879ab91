"""The overview strip as geometry: rows in lanes over the years. Nothing is drawn here; the template does that.

A row is a mark of its own as long as marks can be told apart (MOST_MARKS); of more rows the months are drawn, by how
many rows they have, and no threads: those could not be seen.

Horizontal places are per cent of the plot's width, so that the plot can be as wide as the page; heights are in pixels.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import sqrt

from tracker.domain.vocab import Lane
from tracker.store.event_counts import Bin
from tracker.store.timeline import Point, Thread
from tracker.web.waiting import Open

MOST_MARKS = 800

LANE_HEIGHT = 24
TOP = 26
ARCH = 22
MOST_LABELS = 12
HEIGHT = TOP + LANE_HEIGHT * len(Lane) + 8
# The tallest month of a lane, and rows that are not known to the month, in pixels.
TALLEST, FLAT = 18, 3
# How far a one-sided date's band reaches towards the side that is not known, in days.
OPEN_DAYS = 60
# How far below its lane's line a thread without another end runs, in pixels.
BELOW = 6.5


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: a dot when its day is known (`width` is None), otherwise a band over the days that it can be."""

    id: str
    lane: Lane
    x: float
    y: float
    width: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Track:
    """One lane's line."""

    lane: Lane
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Wait:
    """The threads of a lane that have no other end, from their rows to the present day, and how long they are open.

    `path` is SVG path data in the same box as the curves; `x` and `y` are where the threads are open.
    """

    lane: Lane
    path: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Handle:
    """One end of the chosen period, as a month counted from the strip's first January."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year's beginning; the label is empty where there is no room for all."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Months:
    """One lane's months, the taller the more rows they have, and bands of rows known less exactly than to the month.

    Both are SVG path data in a box as many months wide and as high as the strip. A month is a month wide there, which
    is never further than a day or two from where the calendar has it: whole numbers make a page that weighs less.
    """

    lane: Lane
    bars: str
    bands: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole drawing. `curves` are SVG path data in a box 100 wide and `height` high.

    Of few rows it has marks and curves, of many months. `busiest` is how many rows the tallest month has.
    """

    height: int
    first: date
    last: date
    tracks: tuple[Track, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    curves: tuple[str, ...]
    selection: tuple[float, float] | None
    months: tuple[Months, ...] = ()
    busiest: int = 0
    waits: tuple[Wait, ...] = ()

    @property
    def last_month(self) -> int:
        """The strip's last month, counted from its first January."""
        return (self.last.year - self.first.year + 1) * 12 - 1

    def handles(self, since: date | None, until: date | None) -> tuple[Handle, Handle]:
        """Return the ends of a period as far as they lie in the strip; an open end is the strip's own."""
        return self._handle(since or self.first), self._handle(until or self.last)

    def _handle(self, day: date) -> Handle:
        kept = min(max(day, self.first), self.last)
        return Handle((kept.year - self.first.year) * 12 + kept.month - 1, f"{kept:%B %Y}")


def draw(
    points: Sequence[Point],
    threads: Iterable[Thread],
    waiting: Sequence[Open] = (),
    *,
    today: date = date.min,
    since: date | None = None,
    until: date | None = None,
) -> Strip | None:
    """Return the strip of a campaign, from the first year to the last; None when nothing has happened yet.

    What is `waiting` is drawn to the present day, so that the strip reaches there. `since` and `until` are the period
    to shade; an open end reaches the strip's own.
    """
    if not points:
        return None
    spans = {point.id: _days(point) for point in points}
    first = date(min(begin for begin, _ in spans.values()).year, 1, 1)
    ends = [*(end for _, end in spans.values()), *([today] if waiting else [])]
    last = date(max(ends).year, 12, 31)
    scale = _Scale(first, (last - first).days + 1)
    lanes, counts = _lines(), Counter(point.lane for point in points)
    still = {found.event_id: found for found in waiting}
    marks = [_mark(point, spans[point.id], lanes[point.lane], scale, still.get(point.id)) for point in points]
    # Bands lie below the dots: a row known only to its year must not hide those known to the day.
    marks.sort(key=lambda mark: mark.width is None)
    places = {mark.id: (mark.x + (mark.width or 0) / 2, mark.y) for mark in marks}
    return Strip(
        height=HEIGHT,
        first=first,
        last=last,
        tracks=tuple(Track(lane, y, counts[lane]) for lane, y in lanes.items()),
        ticks=_ticks(first.year, last.year, scale),
        marks=tuple(marks),
        curves=tuple(
            _curve(places[thread.start], places[thread.end])
            for thread in threads
            if thread.start in places and thread.end in places
        ),
        selection=_selection(since, until, scale) if since or until else None,
        waits=tuple(_waits(marks, still, scale.x(today))),
    )


def draw_months(bins: Sequence[Bin], *, since: date | None = None, until: date | None = None) -> Strip | None:
    """Return the strip of a campaign of many rows, counted by month; None when nothing has happened yet."""
    if not bins:
        return None
    drawn = _drawn_months(tuple(bins))
    scale = _Scale(drawn.first, (drawn.last - drawn.first).days + 1)
    return replace(drawn, selection=_selection(since, until, scale) if since or until else None)


# A campaign of many rows is asked for again and again, and changes once in a while.
@lru_cache(maxsize=16)
def _drawn_months(bins: tuple[Bin, ...]) -> Strip:
    first = date(int(min(found.begins for found in bins)[:4]), 1, 1)
    last = date(int(max(found.ends for found in bins)[:4]), 12, 31)
    scale = _Scale(first, (last - first).days + 1)
    months = Counter[tuple[Lane, str]]()
    counts = Counter[Lane]()
    for found in bins:
        counts[found.lane] += found.events
        if found.begins == found.ends:
            months[found.lane, found.begins] += found.events
    return Strip(
        height=HEIGHT,
        first=first,
        last=last,
        tracks=tuple(Track(lane, y, counts[lane]) for lane, y in _lines().items()),
        ticks=_ticks(first.year, last.year, scale),
        marks=(),
        curves=(),
        selection=None,
        months=tuple(_months(track, bins, months, first) for track in _lines().items()),
        busiest=max(months.values(), default=0),
    )


def _months(
    track: tuple[Lane, float], bins: Iterable[Bin], months: Mapping[tuple[Lane, str], int], first: date
) -> Months:
    """Return one lane's months. Heights grow with the root of the count, by half pixels: a single row can be seen."""
    lane, y = track
    base, unit = y + TALLEST / 2, TALLEST / sqrt(max(months.values(), default=1))
    bars = [
        (_month(month, first), 1, max(round(2 * unit * sqrt(events)) / 2, 2))
        for (owner, month), events in sorted(months.items(), key=lambda counted: counted[0][1])
        if owner is lane
    ]
    bands = {(found.begins, found.ends) for found in bins if found.lane is lane and found.begins != found.ends}
    flat = [
        (_month(begins, first), _month(ends, first) - _month(begins, first) + 1, FLAT) for begins, ends in sorted(bands)
    ]
    return Months(lane, _boxes(bars, base), _boxes(flat, base + FLAT + 1))


def _month(month: str, first: date) -> int:
    """Return how many months lie between the strip's first January and a month ("2019-05")."""
    return (int(month[:4]) - first.year) * 12 + int(month[5:]) - 1


def _boxes(boxes: Iterable[tuple[int, int, float]], base: float) -> str:
    """Return the path of boxes (x, width, height) that stand on `base`.

    Each begins so far from the one before: of months there are few such distances, so they compress to half.
    """
    path, at = [], None
    for x, width, height in boxes:
        path.append(f"M{x} {base:g}" if at is None else f"m{x - at} 0")
        path.append(f"h{width}v-{height:g}h-{width}z")
        at = x
    return "".join(path)


def _lines() -> dict[Lane, float]:
    """Return the height at which each lane's line lies."""
    return {lane: TOP + LANE_HEIGHT * (number + 0.5) for number, lane in enumerate(Lane)}


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int

    def x(self, day: date) -> float:
        """Return a day's place in per cent, kept within the plot."""
        return round(min(max((day - self.first).days / self.days, 0.0), 1.0) * 100, 3)


def _days(point: Point) -> tuple[date, date]:
    """Return the first and last day a row may lie on; an unknown side reaches a little way out."""
    begin, end = point.on.earliest, point.on.latest
    if begin is None and end is None:
        begin = end = date.fromisoformat(point.sort_day)
    if begin is None:
        begin = (end or date.min) - timedelta(days=OPEN_DAYS)
    return begin, end or begin + timedelta(days=OPEN_DAYS)


def _mark(point: Point, span: tuple[date, date], y: float, scale: _Scale, still: Open | None) -> Mark:
    words = f"{point.on.words()}: {point.headline}" + (f" ({still.words})" if still else "")
    x = scale.x(span[0])
    if point.on.exact_day is not None:
        return Mark(point.id, point.lane, x, y, None, words)
    width = max(scale.x(span[1] + timedelta(days=1)) - x, 0.4)
    return Mark(point.id, point.lane, x, y, round(width, 3), words)


def _ticks(first: int, last: int, scale: _Scale) -> tuple[Tick, ...]:
    every = -(-(last - first + 1) // MOST_LABELS)
    return tuple(
        Tick(scale.x(date(year, 1, 1)), str(year) if (year - first) % every == 0 else "")
        for year in range(first, last + 1)
    )


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return a path that leaves and arrives level, or an arch within one lane, so that threads can be told apart."""
    middle = round((start[0] + end[0]) / 2, 3)
    if start[1] == end[1]:
        return f"M{start[0]} {start[1]}Q{middle} {start[1] - ARCH} {end[0]} {end[1]}"
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


def _waits(marks: Iterable[Mark], waiting: Mapping[str, Open], today: float) -> Iterator[Wait]:
    """Yield the open threads of each lane: one line to the present day, into which each row leads."""
    still = sorted((mark for mark in marks if mark.id in waiting), key=lambda mark: mark.x)
    for lane in Lane:
        found = [mark for mark in still if mark.lane is lane]
        if not found:
            continue
        y = found[0].y + BELOW
        path = "".join(f"M{mark.x + (mark.width or 0) / 2:g} {mark.y}V{y}" for mark in reversed(found))
        first = waiting[found[0].id]
        words = first.words if len(found) == 1 else f"{len(found)} waiting, the first {first.days}"
        yield Wait(lane, f"{path}H{today}", today, y, words)


def _selection(since: date | None, until: date | None, scale: _Scale) -> tuple[float, float]:
    begin = scale.x(since) if since else 0.0
    end = scale.x(until + timedelta(days=1)) if until else 100.0
    return begin, round(max(end - begin, 0.4), 3)
