"""Support of one subject over the years as geometry, with the bars in force at each meeting; the template draws it.

Every vote of the family is a point; votes on the same ask are joined. Labels are put where none covers another, so
that a chart with a few close figures can still be read; a table behind it says the same in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from tracker.domain.vocab import AskType, SupportFormula
from tracker.domain.votes import Claim, Share, support_words
from tracker.store.resolution_page import Year

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 74, 34, 30
# Room between the axis and the first year, so that the first label stands clear of the axis's own.
INNER = 30
LABEL_WIDTH, LABEL_HEIGHT = 50, 14
# Where a label may stand, as offsets of its baseline from its point, the best first.
PLACES = ((0, -10), (0, 19), (0, -24), (0, 33), (32, 4), (-32, 4), (0, -38))
BAR_GAP = 13
BAR_NAMES = ("once", "twice", "3 times")


@dataclass(frozen=True, slots=True)
class Point:
    """One vote. `hollow`: a published figure that no counts stand behind."""

    x: float
    y: float
    label: str
    label_x: float
    label_y: float
    hollow: bool
    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """The votes on one ask, joined; `main` is the ask of the page's own resolution, `dashed` leaves insiders out."""

    points: tuple[tuple[float, float], ...]
    main: bool
    dashed: bool = False

    @property
    def path(self) -> str:
        """The line as SVG polyline points."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar over the years in which its regime held."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing in its own units, y downwards."""

    width: int
    height: int
    plot: tuple[float, float, float, float]
    grid: tuple[Text, ...]
    ticks: tuple[Text, ...]
    stretches: tuple[Stretch, ...]
    bar_labels: tuple[Text, ...]
    regime_labels: tuple[Text, ...]
    lines: tuple[Line, ...]
    points: tuple[Point, ...]

    @property
    def insiders(self) -> bool:
        """Whether a line without the insiders is drawn."""
        return any(line.dashed for line in self.lines)

    @property
    def hollow(self) -> bool:
        """Whether any point is a published figure only."""
        return any(point.hollow for point in self.points)


def draw(years: Sequence[Year], ask_type: AskType) -> Chart | None:
    """Return the chart of a family's votes, oldest first, or None when no share of any vote is known."""
    known = [year for year in years if year.support is not None]
    if not known:
        return None
    seasons = [year.proposal.season for year in known]
    highest = max(max(year.support.value, _without(year)) for year in known if year.support is not None)
    frame = _Frame(min(seasons), max(seasons), _top(highest))
    stretches = tuple(_stretches(known, frame))
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        plot=(LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM),
        grid=tuple(Text(LEFT - 8, frame.y(Fraction(step, 10)), f"{step * 10} %") for step in range(frame.top + 1)),
        ticks=tuple(
            Text(frame.x(season), HEIGHT - BOTTOM + 20, str(season)) for season in range(frame.first, frame.last + 1)
        ),
        stretches=stretches,
        bar_labels=tuple(_bar_labels(known, frame)),
        regime_labels=tuple(_regime_labels(known, frame)),
        lines=tuple(_lines(known, ask_type, frame)),
        points=tuple(_points(known, frame)),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a season and a share stand; `top` is the highest gridline in tenths."""

    first: int
    last: int
    top: int

    def x(self, season: float) -> float:
        left, right = LEFT + INNER, WIDTH - RIGHT - INNER
        span = self.last - self.first
        return round((left + right) / 2 if not span else left + (right - left) * (season - self.first) / span, 1)

    def y(self, share: Fraction) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * float(share) * 10 / self.top, 1)


def _without(year: Year) -> Fraction:
    return year.without_insiders.value if year.without_insiders else Fraction(0)


def _top(highest: Fraction) -> int:
    """Return the gridline, in tenths, above the highest share; 30 % at least, so that the bars of 25 % are in."""
    return min(10, max(3, int(highest * 10) + 1))


def _lines(years: Sequence[Year], ask_type: AskType, frame: _Frame) -> Iterable[Line]:
    by_ask = sorted(years, key=lambda year: year.proposal.ask_type)
    for kind, members in groupby(by_ask, key=lambda year: year.proposal.ask_type):
        joined = list(members)
        main = kind is ask_type
        yield Line(tuple(_place(year.proposal.season, year.support, frame) for year in joined), main)
        fewer = [year for year in joined if year.without_insiders is not None]
        # One point makes no line; the table below has the figure.
        if len(fewer) > 1:
            places = tuple(_place(year.proposal.season, year.without_insiders, frame) for year in fewer)
            yield Line(places, main, dashed=True)


def _place(season: int, support: Share | Claim | None, frame: _Frame) -> tuple[float, float]:
    return frame.x(season), frame.y(support.value if support else Fraction(0))


def _points(years: Sequence[Year], frame: _Frame) -> Iterable[Point]:
    places = [_place(year.proposal.season, year.support, frame) for year in years]
    taken: list[tuple[float, float]] = []
    for year, (x, y) in zip(years, places, strict=True):
        label_x, label_y = _free(x, y, places, taken)
        taken.append((label_x, label_y))
        figure = _figure(year.support)
        yield Point(
            x=x,
            y=y,
            label=figure,
            label_x=label_x,
            label_y=label_y,
            hollow=isinstance(year.support, Claim),
            slug=year.proposal.slug,
            words=f"{year.proposal.season}: {figure}, {year.proposal.title}",
        )


def _figure(support: Share | Claim | None) -> str:
    if support is None:
        return ""
    return support_words(support) + ("?" if support.formula is SupportFormula.UNKNOWN else "")


def _free(
    x: float, y: float, places: Sequence[tuple[float, float]], taken: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Return the first place around a point that covers no other label, no other point and stays in the plot."""
    for right, down in PLACES:
        spot = (x + right, y + down)
        inside = TOP + LABEL_HEIGHT <= spot[1] <= HEIGHT - BOTTOM - 2
        clear = all(abs(spot[0] - at[0]) >= LABEL_WIDTH or abs(spot[1] - at[1]) >= LABEL_HEIGHT for at in taken)
        # A label's baseline is its lower edge: its middle lies half its height above.
        middle = spot[1] - LABEL_HEIGHT / 2
        open_ = all(
            abs(spot[0] - other[0]) >= LABEL_WIDTH / 2 + 5 or abs(middle - other[1]) >= LABEL_HEIGHT / 2 + 3
            for other in places
            if other != (x, y)
        )
        if inside and clear and open_:
            return spot
    return x, y - 10


def _stretches(years: Sequence[Year], frame: _Frame) -> Iterable[Stretch]:
    for x1, x2, year in _regimes(years, frame):
        if year.bars is not None:
            for bar in (year.bars.once, year.bars.twice, year.bars.thrice):
                yield Stretch(x1, x2, frame.y(bar))


def _regimes(years: Sequence[Year], frame: _Frame) -> Iterable[tuple[float, float, Year]]:
    """Yield from where to where each set of bars held, as far as the votes go, with one of its years."""
    left, right = float(LEFT), float(WIDTH - RIGHT)
    groups = [list(members) for _, members in groupby(years, key=lambda year: year.bars)]
    for index, members in enumerate(groups):
        begins = left if index == 0 else _between(groups[index - 1][-1], members[0], frame)
        ends = right if index == len(groups) - 1 else _between(members[-1], groups[index + 1][0], frame)
        yield begins, ends, members[0]


def _between(before: Year, after: Year, frame: _Frame) -> float:
    return round((frame.x(before.proposal.season) + frame.x(after.proposal.season)) / 2, 1)


def _bar_labels(years: Sequence[Year], frame: _Frame) -> Iterable[Text]:
    """Yield the names of the last regime's bars at the right, moved apart where the bars are close together."""
    bars = years[-1].bars
    if bars is None:
        return
    below = float(HEIGHT - BOTTOM + BAR_GAP)
    for name, bar in zip(BAR_NAMES, (bars.once, bars.twice, bars.thrice), strict=True):
        y = min(frame.y(bar) + 4, below - BAR_GAP)
        below = y
        yield Text(WIDTH - RIGHT + 6, y, f"{float(bar * 100):g} % {name}")


def _regime_labels(years: Sequence[Year], frame: _Frame) -> Iterable[Text]:
    """Yield above the plot which bars held when, where more than one set did."""
    regimes = list(_regimes(years, frame))
    if len(regimes) > 1:
        for x1, x2, year in regimes:
            yield Text((x1 + x2) / 2, TOP - 16, f"bars {year.bars.words()}" if year.bars else "bars not known")
