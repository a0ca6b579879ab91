"""How much a person's word on a suggested link is worth, so that the most valuable is asked for first.

The value is a sum of five parts, each with its sentence:

    uncertain   3 x 4s(1 - s)           s is the score: most where it leaves the matter open, nothing where it is sure
    moves       1.0, weak relations 0   an accepted link that says what happened may change a public timeline
    open        1.5                     the object is a letter without an answer, or a resolution without an outcome
    alike       log10(1 + n), at most 2 n other suggestions that the same rule makes for the same relation wait, and
                                        what is said of one is learned from for all
    age         0.2, 0.5, 1.0           it waits for more than a week, a month, a quarter of a year

An entry of the queue, a document, is worth its most valuable suggestion and 0.1 for each further one up to five: the
text is read once for all. `store.review` sorts by the same sum in SQL, and a test holds the two together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log10

from tracker.domain.text import plural
from tracker.domain.vocab import Relation

UNCERTAIN = 3.0
MOVES = 1.0
WEAK = frozenset({Relation.MENTIONS, Relation.CITES})
OPEN = 1.5
ALIKE_MOST = 2.0
# From which age on how much is added, the longest wait first.
AGES = ((timedelta(days=91), 1.0), (timedelta(days=30), 0.5), (timedelta(days=7), 0.2))
FURTHER, FURTHER_MOST = 0.1, 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the value of one suggestion is made from; `alike` counts the others of the same rule and relation."""

    score: float
    relation: Relation
    since: datetime
    is_open: bool
    alike: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value: points, and the sentence that says why."""

    points: float
    sentence: str


def value(suggestions: Sequence[Waiting], now: datetime) -> float:
    """Return what a decision on a document with these suggestions is worth; there is at least one."""
    best = max(sum(part.points for part in parts(row, now)) for row in suggestions)
    return best + FURTHER * min(len(suggestions) - 1, FURTHER_MOST)


def parts(row: Waiting, now: datetime) -> list[Part]:
    """Return the parts of one suggestion's value that count, in the order in which they are summed."""
    return [part for part in _parts(row, now) if part.points]


def why(suggestions: Sequence[Waiting], now: datetime) -> list[str]:
    """Return why a document stands where it does: the parts of its most valuable suggestion, weightiest first."""
    told = max((parts(row, now) for row in suggestions), key=lambda found: sum(part.points for part in found))
    said = [part.sentence for part in sorted(told, key=lambda part: -part.points)]
    if len(suggestions) > 1:
        said.append(f"{plural(len(suggestions), 'suggestion')} can be decided with one reading.")
    return said


def alike_points(others: int) -> float:
    """Return what it counts that so many others are made by the same rule."""
    return min(log10(1 + others), ALIKE_MOST)


def _parts(row: Waiting, now: datetime) -> Iterator[Part]:
    yield Part(UNCERTAIN * 4 * row.score * (1 - row.score), _uncertain(row.score))
    if row.relation not in WEAK:
        yield Part(MOVES, "It says what happened, so it may change a public timeline.")
    if row.is_open:
        yield Part(OPEN, "What it is about is still open.")
    told = f"{plural(row.alike, 'other suggestion')} of the same rule can be learned for."
    yield Part(alike_points(row.alike), told)
    waits = now - row.since
    for age, points in AGES:
        if waits >= age:
            yield Part(points, f"It waits for {plural(waits.days, 'day')}.")
            return


def _uncertain(score: float) -> str:
    if abs(score - 0.5) < 0.15:
        return f"The score, {score:.2f}, leaves it open."
    return f"The score, {score:.2f}, is not certain."
