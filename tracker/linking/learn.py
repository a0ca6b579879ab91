"""Learning from decisions: logistic regression whose weights start from hand weights (a Gaussian prior around them).

With five decisions the weights hardly move, with hundreds they are mostly data; there is no day of switching over.
Training takes NumPy, loaded when it is called; applying a model takes nothing (`tracker.domain.additive`).

    rows = [Row({"name": 1.2, "day": 0.4}, label=True, group="story 17"), ...]
    model = fit(rows, {"bias": -5.5, "name": 2.0, "day": 2.6}, name="links")
    model = calibrated(model, out_of_fold(rows, lambda seen: fit(seen, prior, name="links")))
    model.points({"name": 0.7})    # {"bias": ..., "name": ...}: they sum to model.score(...)
"""

import math
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.domain.additive import BIAS, Model, probability

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BIAS", "Model", "Row", "Scored", "calibrated", "fit", "fold_of", "log_loss", "out_of_fold", "probability"]

SPREAD = 0.5  # how far, in points, a weight may wander from its prior before that costs as much as half a decision
CALIBRATION_SPREAD = 0.5
_STEPS, _ENOUGH = 200, 1e-5  # of descent, and the largest slope at which it ends
_KEPT = 10  # steps that tell of the curvature
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One decided case: features by name, what was decided, how much it counts.

    Rows of one `group` (a story, a campaign) are never on both sides of a fold.
    """

    features: Mapping[str, float]
    label: bool
    group: str = ""
    weight: float = 1.0


class Scored(NamedTuple):
    """The points a model gave to a case it had not seen, what was decided, and how much that counts."""

    points: float
    label: bool
    weight: float = 1.0


def fit(
    rows: Sequence[Row],
    prior: Mapping[str, float],
    *,
    name: str,
    spread: float = SPREAD,
    spreads: Mapping[str, float] | None = None,
    keep_signs: bool = False,
) -> Model:
    """Return the model most probable after the rows, when weights are Gaussian around `prior`.

    `prior` holds hand weights in log odds, `bias` among them; a feature that it does not name starts from 0. `spread`
    is the standard deviation around it, `spreads` another for single features: 0 holds a weight where it is.
    With `keep_signs` a weight that people wrote may shrink to nothing but not speak for the opposite.
    Without rows the answer is the prior.
    """
    spreads = dict(spreads or {})
    mean = dict(prior)
    weights = _descend(rows, mean, spread, spreads)
    while keep_signs and (turned := {key for key, value in mean.items() if value * weights.get(key, value) < 0}):
        mean |= dict.fromkeys(turned, 0.0)
        spreads |= dict.fromkeys(turned, 0.0)
        weights = _descend(rows, mean, spread, spreads)
    return Model(name, weights=weights, prior=dict(prior), facts={"rows": len(rows)})


def calibrated(model: Model, scored: Sequence[Scored]) -> Model:
    """Return the model with its points stretched and moved so that they are log odds on cases it had not seen.

    Platt's way, with a prior at "leave it as it is" that decides while there are few cases.
    Source: John Platt, Probabilistic outputs for support vector machines (1999).
    """
    rows = [Row({"points": row.points}, row.label, weight=row.weight) for row in scored]
    line = fit(rows, {"points": 1.0, BIAS: 0.0}, name="line", spreads={"points": CALIBRATION_SPREAD, BIAS: 1.0}).weights
    stretch = max(0.05, line["points"])  # never turned round: the order of what the model says stays
    return replace(model, scale=model.scale * stretch, shift=model.shift * stretch + line[BIAS])


def fold_of(group: str, folds: int = _FOLDS) -> int:
    """Return the fold of a group, the same in every process and whatever else there is."""
    return zlib.crc32(group.encode("utf-8", "replace")) % folds


def out_of_fold(rows: Sequence[Row], train: Callable[[Sequence[Row]], Model], *, folds: int = _FOLDS) -> list[Scored]:
    """Score every row by a model trained without its group's fold, in the order of the rows."""
    places: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        places.setdefault(fold_of(row.group, folds), []).append(number)
    found: dict[int, Scored] = {}
    for held in places.values():
        out = set(held)
        model = train([row for number, row in enumerate(rows) if number not in out])
        for number in held:
            row = rows[number]
            found[number] = Scored(model.score(row.features), row.label, row.weight)
    return [found[number] for number in range(len(rows))]


def log_loss(scored: Sequence[Scored]) -> float:
    """Return the mean surprise in nats, 0 for a model that was sure and right every time; NaN without cases."""
    total = sum(row.weight for row in scored)
    if not total:
        return math.nan
    surprise = (_surprise(row.points if row.label else -row.points) * row.weight for row in scored)
    return math.fsum(surprise) / total


def _surprise(points: float) -> float:
    """Return the surprise that something with these log odds came true."""
    return math.log1p(math.exp(-points)) if points > 0 else -points + math.log1p(math.exp(points))


class _Sparse(NamedTuple):
    """A matrix of cases and features by its entries, so that texts with thousands of words fit."""

    case: "NDArray[np.int64]"
    column: "NDArray[np.int64]"
    value: "NDArray[np.float64]"


def _descend(
    rows: Sequence[Row], prior: Mapping[str, float], spread: float, spreads: Mapping[str, float]
) -> dict[str, float]:
    """Return the most probable weights."""
    import numpy as np  # noqa: PLC0415 - only training needs it

    names = sorted({BIAS, *prior, *(name for row in rows for name in row.features)})
    mean = np.array([prior.get(name, 0.0) for name in names])
    width = np.array([spreads.get(name, spread) for name in names])
    free = width > 0
    precision = np.where(free, 1 / np.where(free, width, 1.0) ** 2, 0.0)
    cases = _entries(rows, {name: place for place, name in enumerate(names)})
    signs = np.array([1.0 if row.label else -1.0 for row in rows])
    worth = np.array([row.weight for row in rows])

    def cost(weights: "NDArray[np.float64]") -> "tuple[float, NDArray[np.float64]]":
        margin = signs * np.bincount(cases.case, cases.value * weights[cases.column], minlength=len(rows))
        away = weights - mean
        surprise = float(worth @ np.logaddexp(0.0, -margin)) + 0.5 * float(precision @ away**2)
        pull = worth * signs * -np.exp(-np.logaddexp(0.0, margin))
        slope = np.bincount(cases.column, cases.value * pull[cases.case], minlength=len(names)) + precision * away
        return surprise, np.where(free, slope, 0.0)

    best = lowest(cost, mean) if rows else mean
    return {name: float(value) for name, value in zip(names, best, strict=True)}


def _entries(rows: Sequence[Row], place_of: Mapping[str, int]) -> _Sparse:
    import numpy as np  # noqa: PLC0415 - only training needs it

    def each() -> Iterator[tuple[int, int, float]]:
        for number, row in enumerate(rows):
            yield number, place_of[BIAS], 1.0
            for name, value in row.features.items():
                if name != BIAS:
                    yield number, place_of[name], value

    flat = np.array(list(each()), dtype=np.float64).reshape(-1, 3)
    return _Sparse(flat[:, 0].astype(np.int64), flat[:, 1].astype(np.int64), flat[:, 2])


def lowest(cost: "Callable[[Any], tuple[float, Any]]", start: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return where a smooth convex cost, given with its slope, is least.

    Source: Nocedal and Wright, Numerical Optimization, 2nd edition, algorithm 7.4 (L-BFGS) with halved steps.
    """
    place = start.copy()
    value, slope = cost(place)
    past: list[tuple[Any, Any, float]] = []
    for _ in range(_STEPS):
        if abs(slope).max(initial=0.0) < _ENOUGH:
            break
        step = _direction(slope, past)
        length, downhill = (1.0 if past else 1.0 / max(1.0, float(abs(slope).sum()))), float(slope @ step)
        while True:
            new_value, new_slope = cost(place + length * step)
            if new_value <= value + 1e-4 * length * downhill or length < 1e-10:
                break
            length /= 2
        moved, bent = length * step, new_slope - slope
        if (curve := float(moved @ bent)) > 1e-12:
            past = [*past[1 - _KEPT :], (moved, bent, 1 / curve)]
        place, value, slope = place + moved, new_value, new_slope
    return place


def _direction(slope: Any, past: Sequence[tuple[Any, Any, float]]) -> Any:
    """Return the step that the slope and the curvature met so far ask for."""
    step, taken = -slope, []
    for moved, bent, inverse in reversed(past):
        share = inverse * float(moved @ step)
        taken.append(share)
        step = step - share * bent
    if past:
        moved, bent, inverse = past[-1]
        step = step / (inverse * float(bent @ bent))
    for (moved, bent, inverse), share in zip(past, reversed(taken), strict=True):
        step = step + (share - inverse * float(bent @ step)) * moved
    return step
