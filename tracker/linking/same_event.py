"""Whether two documents tell of one event, by an additive model of what they share; the reasons are its arithmetic.

Words and names count by how rare they are among the documents at hand: what all speak of tells nothing.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tracker.domain.additive import Model
from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentKind, EventType
from tracker.linking.copies import FORMS, may_be_copied
from tracker.linking.holders import Holders, Rarity, cosine, unit
from tracker.linking.telling import HEADLINE, MOST_VAGUE, Telling
from tracker.linking.timing import gap

_DAYS_FALL = 3.0
_ALIKE = 0.5  # cosine of retellings beyond which nothing more is learnt
_NUMBERS = 2
_COMMON = 25  # texts that may share a word before it finds no candidates, or this share of them
_COMMON_SHARE = 50
_TWO = 2
_SURE = 0.6  # probability of a type that is told for sure
_TALK = frozenset({EventType.COMMENTARY.value, EventType.OTHER.value})
# Events that follow each other in one matter, in the same words and with the same names.
_STEPS = (
    (EventType.CONTRACT_AWARDED.value, EventType.CONTRACT_ENDED.value),
    (EventType.LEGISLATION_INTRODUCED.value, EventType.LAW_ENACTED.value),
    (EventType.LAWSUIT_FILED.value, EventType.RULING_OR_SETTLEMENT.value),
    (EventType.RESOLUTION_FILED.value, EventType.VOTE_RESULT.value),
    (EventType.RESOLUTION_FILED.value, EventType.RESOLUTION_WITHDRAWN.value),
    (EventType.RESOLUTION_CHALLENGED.value, EventType.SEC_DECISION.value),
    (EventType.LETTER_SENT.value, EventType.COMPANY_RESPONSE.value),
)
COMPANY = frozenset({"vendor", "issuer"})  # roles of those that a title about them is about
_TOLD_AND_RETOLD = frozenset({DocumentKind.NEWS.value, DocumentKind.STATEMENT.value})


@dataclass(frozen=True, slots=True)
class StoryRules:
    """The `[story]` part of `config/terms.toml`: the model, from which probability two are one, days apart at most."""

    model: Model
    threshold: float
    days: int

    @classmethod
    def from_config(cls, tables: Mapping[str, Any], model: Model | None = None) -> "StoryRules":
        """Build from the parsed file; `model` is a learned one in place of its points.

        Raises ConfigError when a part is missing.
        """
        try:
            table = tables["story"]
            points = {name: float(value) for name, value in table["points"].items()}
            written = Model("story", weights=points, prior=points)
            return cls(model or written, float(table["threshold"]), int(table["days"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ConfigError(f"terms.toml: [story]: {error}; compare it with the file as shipped") from error


class Crowd:
    """Documents together: which of them are worth comparing, and how probably two tell of one event."""

    def __init__(self, holders: Holders, rules: StoryRules, of: Iterable[int] | None = None) -> None:
        """Weigh by what stands in `holders` now; `of` names those whose candidates are wanted, all by default."""
        self.rules = rules
        self.tellings = holders.tellings
        self._holders, self._total = holders, len(holders)
        self._runs = holders.of_runs(self.tellings if of is None else of)
        self._words = Rarity(self._total, lambda word: len(holders.of_mark.get(word, ())))
        self._names = Rarity(self._total, holders.named.__getitem__)
        self._by_day = sorted((told.span.first, told.id) for told in holders if told.span is not None)
        self._near_in_time: dict[int, Mapping[int, int]] = {}
        self._vectors: dict[int, tuple[dict[str, float], dict[str, float]]] = {}
        self._features: dict[tuple[int, int], dict[str, float] | None] = {}
        self._probable: dict[tuple[int, int], float] = {}

    def candidates(self, telling: Telling) -> list[int]:
        """Return those that share a headline, or two words, numbers or runs of words that few have; in order."""
        common = max(_COMMON, self._total // _COMMON_SHARE)
        marks = map(self._holders.of_mark.__getitem__, telling.marks)
        few = [held for held in (*marks, *self._sharing(telling)) if 1 < len(held) <= common]
        if telling.headline:
            # One headline is enough, however many have it: it counts as the two that are asked for.
            few += [self._holders.of_mark[f"{HEADLINE}{telling.headline}"]] * _TWO
        shared = Counter(chain.from_iterable(few))
        return sorted(other for other, count in shared.items() if count >= _TWO and other != telling.id)

    def may_be_copies(self, one: Telling) -> Iterator[tuple[int, int]]:
        """Yield those that may be copies of a document whose candidates are wanted, and how many hashes both have."""
        shared: Mapping[int, int] = Counter(chain.from_iterable(self._sharing(one)))
        headed = self._holders.of_mark.get(f"{HEADLINE}{one.headline}", ())
        for number, both in shared.items():
            told = self.tellings[number]
            if told is not one and (number in headed or may_be_copied(one.sketch, told.sketch, both)):
                yield number, both
        for number in headed:
            if number not in shared and number != one.id:
                yield number, 0

    def _sharing(self, telling: Telling) -> Iterable[Sequence[int]]:
        return map(self._runs.__getitem__, telling.sketch.hashes)

    def days_between(self, one: Telling, other: Telling) -> int | None:
        """Return the fewest days between two, None where one is dated too roughly."""
        return abs(gap(one.span, other.span)) if one.span and other.span else None

    def near_in_time(self, one: Telling) -> Mapping[int, int]:
        """Return the documents that lie near enough in time to be of one event, with the fewest days between."""
        if one.id not in self._near_in_time:
            found = dict[int, int]()
            if one.span is not None:
                reach = self.rules.days + MOST_VAGUE
                first = bisect_left(self._by_day, (one.span.first - reach,))
                last = bisect_left(self._by_day, (one.span.last + reach + 1,))
                days = (
                    (number, self.days_between(one, self.tellings[number])) for _, number in self._by_day[first:last]
                )
                found = {
                    number: between for number, between in days if between is not None and between <= self.rules.days
                }
            self._near_in_time[one.id] = found
        return self._near_in_time[one.id]

    def features(self, one: Telling, other: Telling) -> dict[str, float] | None:
        """Return what two share, each 0 to 1; None where they cannot be of one event, however alike they are.

        They lie too far apart in time; or what is asked of one company is asked of its rival in the same words; or both
        are of one outlet, which tells an event once; or both are forms, each a document of its own; or they surely tell
        of acts of different types. Copies are found before this is asked.
        """
        # Asked first: what lies too far apart need not be remembered, and of what is compared that is most.
        days = self.days_between(one, other)
        if days is None or days > self.rules.days:
            return None
        key = (min(one.id, other.id), max(one.id, other.id))
        if key not in self._features:
            self._features[key] = self._compared(one, other, days)
        return self._features[key]

    def _compared(self, one: Telling, other: Telling, days: int) -> dict[str, float] | None:
        if _of_others(one, other) or _next_to_each_other(one, other) or _other_acts(one, other):
            return None
        (title, whole), (other_title, other_whole) = self._vector(one), self._vector(other)
        mine, others = one.events or {}, other.events or {}
        return {
            "wording": min(1.0, cosine(whole, other_whole) / _ALIKE),
            "headline": cosine(title, other_title),
            "names": self._shared_names(one, other),
            "day": math.exp(-days / _DAYS_FALL),
            "event_type": math.fsum(share * others.get(kind, 0.0) for kind, share in mine.items()),
            "other_step": _another_step(mine, others),
            "other_subject": float(bool(one.subjects and other.subjects) and one.subjects.isdisjoint(other.subjects)),
            "kind": _same_kind(one.kind, other.kind),
            "numbers": min(_NUMBERS, len(one.numbers & other.numbers)) / _NUMBERS,
        }

    def probability(self, one: Telling, other: Telling) -> float:
        """Return how probably two are of one event."""
        key = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        known = self._probable.get(key)
        if known is None:
            found = self.features(one, other)
            known = self._probable[key] = 0.0 if found is None else self.rules.model.probability(found)
        return known

    def reasons(self, one: Telling, other: Telling) -> tuple[Reason, ...]:
        """Return what speaks for one event and against, weightiest first; with the bias they sum to the log odds."""
        found = self.features(one, other) or {}
        points = self.rules.model.points(found)
        rows = [
            Reason(name, weight, *self._told(name, one, other))
            for name, weight in points.items()
            if name != "bias"
        ]  # fmt: skip
        rows.append(Reason("bias", points["bias"], "", None, "Two documents seldom tell of one event."))
        return tuple(sorted(rows, key=lambda reason: (-abs(reason.weight), reason.code)))

    def _told(self, name: str, one: Telling, other: Telling) -> tuple[str, None, str]:
        """Return the words and the sentence of a reason."""
        said = _sentence(name, self, one, other)
        return said, None, f"{said[:1].upper()}{said[1:]}."

    def _vector(self, telling: Telling) -> tuple[dict[str, float], dict[str, float]]:
        if telling.id not in self._vectors:
            weighed = (unit(telling.damped_title, self._words), unit(telling.damped, self._words))
            self._vectors[telling.id] = weighed
        return self._vectors[telling.id]

    def _shared_names(self, one: Telling, other: Telling) -> float:
        rarity = self._names.__getitem__
        either = math.fsum(map(rarity, one.names | other.names))
        return math.fsum(map(rarity, one.names & other.names)) / either if either else 0


def _another_step(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how probably two tell of different steps of one matter, such as its beginning and its end."""
    return min(
        1.0,
        math.fsum(
            one.get(first, 0.0) * other.get(second, 0.0) + one.get(second, 0.0) * other.get(first, 0.0)
            for first, second in _STEPS
        ),
    )


def _of_others(one: Telling, other: Telling) -> bool:
    """Whether each title names companies or products of which the other document knows none."""
    named = one.subjects and other.subjects
    return bool(named) and one.subjects.isdisjoint(other.names) and other.subjects.isdisjoint(one.names)


def _next_to_each_other(one: Telling, other: Telling) -> bool:
    """Whether both are of one publisher, or both forms that somebody filed: each of those tells something new."""
    same = bool(one.publisher) and one.outlet == other.outlet
    return same or (one.kind in FORMS and other.kind in FORMS)


def _other_acts(one: Telling, other: Telling) -> bool:
    """Whether both surely tell of an act, and not of the same one; talk about an act is none of its own."""
    first, second = (
        {kind for kind, share in (told.events or {}).items() if share >= _SURE and kind not in _TALK}
        for told in (one, other)
    )
    return bool(first and second) and first.isdisjoint(second)


def _same_kind(one: str, other: str) -> float:
    """Return 1 for one kind of document, a half for a party's own words and the news of them."""
    if one == other:
        return 1.0
    return 0.5 if {one, other} == _TOLD_AND_RETOLD else 0.0


def _sentence(name: str, crowd: Crowd, one: Telling, other: Telling) -> str:
    features = crowd.features(one, other) or {}
    match name:
        case "wording":
            return f"wording {features['wording'] * _ALIKE:.0%} alike".replace("%", " %")
        case "headline":
            return f"headlines {features['headline']:.0%} alike".replace("%", " %")
        case "names":
            count = len(one.names & other.names)
            return "the same name" if count == 1 else f"the same {count} names"
        case "day":
            days = crowd.days_between(one, other) or 0
            return f"{plural(days, 'day')} apart" if days else "perhaps of the same day"
        case "event_type":
            return "the same sort of event"
        case "other_step":
            return "another step of the matter"
        case "other_subject":
            return "the titles name others"
        case "kind":
            return f"both {one.kind}" if one.kind == other.kind else f"{one.kind} and {other.kind}"
        case _:
            return f"the same figures: {', '.join(sorted(one.numbers & other.numbers)[:3])}"
