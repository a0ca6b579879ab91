"""Whether two documents tell of one event, by an additive model of what they share; the reasons are its arithmetic.

Words and names count by how rare they are among the documents at hand: what all speak of tells nothing.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from tracker.domain.additive import Model
from tracker.domain.canonical import organization_key, title_key
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentKind, EventType
from tracker.linking.copies import FORMS, NO_SKETCH, Sketch
from tracker.linking.stems import terms_of
from tracker.linking.timing import Span, gap
from tracker.linking.words import fold

LEAD = 500  # characters of a text that say what happened; what follows is background that many texts share
MOST_VAGUE = 62  # days: a date known less exactly says nothing about the event
_DAYS_FALL = 3.0
_ALIKE = 0.5  # cosine of retellings beyond which nothing more is learnt
_NUMBERS = 2
_COMMON = 25  # texts that may share a word before it finds no candidates, or this share of them
_COMMON_SHARE = 50
_TWO = 2
_HEADLINE = "headline "  # with a space, so that it is no word
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
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d|\b\d\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Telling:
    """A document as far as telling stories apart needs it. `events` are its likely types with their probabilities.

    `names` are the entities named or implied, `subjects` the companies and products among those of the title.
    """

    id: int
    title: str
    lead: str
    published: PartialDate | None = None
    kind: str = ""
    publisher: str = ""
    names: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    events: Mapping[str, float] | None = None
    sketch: Sketch = NO_SKETCH

    @cached_property
    def headline(self) -> str:
        """The title as it is compared: without the outlet at its end."""
        return title_key(self.title, self.publisher)

    @cached_property
    def outlet(self) -> str:
        """The publisher as it is compared."""
        return organization_key(self.publisher)

    @cached_property
    def title_terms(self) -> Counter[str]:
        """The stems of the title."""
        return Counter(terms_of(self.title))

    @cached_property
    def terms(self) -> Counter[str]:
        """The stems of title and lead."""
        return self.title_terms + Counter(terms_of(self.lead[:LEAD]))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Amounts and counts in digits, without years: retellings repeat them exactly."""
        found = {number.replace(",", "") for number in _NUMBER.findall(fold(f"{self.title} {self.lead[:LEAD]}"))}
        return frozenset(number for number in found if not _YEAR.fullmatch(number))

    @cached_property
    def span(self) -> Span | None:
        """The first and last day it may be of, where that is known closely enough."""
        span = Span.of(self.published) if self.published else None
        return span if span and span.last - span.first <= MOST_VAGUE else None


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
    """Tellings together: how rare their words and names are, and which of them are worth comparing."""

    def __init__(self, tellings: Iterable[Telling], rules: StoryRules, of: Iterable[int] | None = None) -> None:
        """Count words and names and remember where they stand; `of` names those whose candidates are wanted."""
        self.rules = rules
        self.tellings = {telling.id: telling for telling in tellings}
        self._total = len(self.tellings)
        self._holders: Counter[str] = Counter()
        self._named: Counter[str] = Counter()
        self._standing: dict[str | int, list[int]] = defaultdict(list)
        chosen = self.tellings if of is None else of
        wanted = {mark for number in chosen for mark in self._marks(self.tellings[number])}
        for telling in self.tellings.values():
            self._holders.update(telling.terms.keys())
            self._named.update(telling.names)
            for mark in wanted.intersection(self._marks(telling)):
                self._standing[mark].append(telling.id)
        self._vectors: dict[int, tuple[dict[str, float], dict[str, float]]] = {}
        self._features: dict[tuple[int, int], dict[str, float] | None] = {}

    @staticmethod
    def _marks(telling: Telling) -> Iterable[str | int]:
        """Return its words, its runs of words as their hashes, its numbers and its headline."""
        numbers = [f"number {number}" for number in telling.numbers]
        headline = [f"{_HEADLINE}{telling.headline}"] if telling.headline else []
        return chain(telling.terms, numbers, telling.sketch.hashes, headline)

    def candidates(self, telling: Telling) -> list[int]:
        """Return those that share a headline, or two words, numbers or runs of words that few have; in order."""
        common = max(_COMMON, self._total // _COMMON_SHARE)
        shared: Counter[int] = Counter()
        for mark in self._marks(telling):
            holders = self._standing.get(mark, ())
            is_headline = isinstance(mark, str) and mark.startswith(_HEADLINE)
            if 1 < len(holders) <= common or is_headline:
                shared.update(dict.fromkeys(holders, _TWO if is_headline else 1))
        return sorted(other for other, count in shared.items() if count >= _TWO and other != telling.id)

    def days_between(self, one: Telling, other: Telling) -> int | None:
        """Return the fewest days between two, None where one is dated too roughly."""
        return abs(gap(one.span, other.span)) if one.span and other.span else None

    def features(self, one: Telling, other: Telling) -> dict[str, float] | None:
        """Return what two share, each 0 to 1; None where they cannot be of one event, however alike they are.

        They lie too far apart in time; or what is asked of one company is asked of its rival in the same words; or both
        are of one outlet, which tells an event once; or both are forms, each a document of its own; or they surely tell
        of acts of different types. Copies are found before this is asked.
        """
        key = (min(one.id, other.id), max(one.id, other.id))
        if key not in self._features:
            self._features[key] = self._compared(one, other)
        return self._features[key]

    def _compared(self, one: Telling, other: Telling) -> dict[str, float] | None:
        days = self.days_between(one, other)
        if days is None or days > self.rules.days:
            return None
        if _of_others(one, other) or _next_to_each_other(one, other) or _other_acts(one, other):
            return None
        (title, whole), (other_title, other_whole) = self._vector(one), self._vector(other)
        mine, others = one.events or {}, other.events or {}
        return {
            "wording": min(1.0, _cosine(whole, other_whole) / _ALIKE),
            "headline": _cosine(title, other_title),
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
        found = self.features(one, other)
        return self.rules.model.probability(found) if found is not None else 0.0

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

    def _rarity(self, counts: Mapping[str, int], word: str) -> float:
        return math.log(1 + self._total / (counts.get(word, 0) or 1))

    def _vector(self, telling: Telling) -> tuple[dict[str, float], dict[str, float]]:
        if telling.id not in self._vectors:
            self._vectors[telling.id] = (self._weighed(telling.title_terms), self._weighed(telling.terms))
        return self._vectors[telling.id]

    def _weighed(self, terms: Mapping[str, int]) -> dict[str, float]:
        weights = {term: (1 + math.log(count)) * self._rarity(self._holders, term) for term, count in terms.items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    def _shared_names(self, one: Telling, other: Telling) -> float:
        either = math.fsum(self._rarity(self._named, name) for name in one.names | other.names)
        return math.fsum(self._rarity(self._named, name) for name in one.names & other.names) / either if either else 0


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return min(1.0, math.fsum(weight * many[term] for term, weight in few.items() if term in many))


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
