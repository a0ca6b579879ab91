"""What a document can be linked to, and the index that finds the few targets worth scoring."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tracker.domain.dates import PartialDate
from tracker.linking.words import words_of

_STOPWORDS = frozenset(
    """
    a about after again against all also an and any are as at be been before but by can did do does for from had has
    have he her his how if in into is it its more most no not now of on one or other our out over s said say says she
    should so some such t than that the their them then there these they this those to two under until up use used uses
    was we were what when which while who will with would you your per
    """.split()  # noqa: SIM905 - a paragraph of words is easier to keep than a list of strings
)
_SHORTEST = 2  # letters of a word that says anything
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_STEM = 4  # letters that must remain when an ending goes


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A campaign object as linking sees it.

    `kind` is the object's kind (resolution, letter, company_response, contract, meeting, report, hearing, law ...).
    `text` is its ask, summary or note. `company` is the entity id of the company concerned (its topmost owner: what
    a document says of a subsidiary it says of the house), `names` the ids of its parties, `products` of its products.
    `on` is when it happened (was sent, filed, adopted); `dates` are its further days (decided, met, answered) and
    `due` a day that may lie ahead of a document about it, such as the meeting. `number` is the ballot item.
    `identifiers` are docket, bill or report numbers. `neighbours` are ids of objects it belongs with.
    """

    id: str
    kind: str
    title: str
    campaign: str = ""
    aliases: tuple[str, ...] = ()
    text: str = ""
    company: str = ""
    names: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    on: PartialDate | None = None
    dates: tuple[PartialDate, ...] = ()
    due: PartialDate | None = None
    number: str = ""
    identifiers: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()

    @property
    def years(self) -> frozenset[int]:
        """The years of its days."""
        return frozenset(day.year for on in self.all_dates for day in (on.earliest, on.latest) if day)

    @property
    def all_dates(self) -> tuple[PartialDate, ...]:
        """Every known day, the main one first."""
        return tuple(d for d in (self.on, *self.dates, self.due) if d is not None)


def terms_of(text: str) -> list[str]:
    """Return the stems of the words of `text` that carry meaning, in order and with repeats."""
    return [_stem(word.text) for word in words_of(text) if len(word.text) >= _SHORTEST and word.text not in _STOPWORDS]


def _stem(word: str) -> str:
    if word.isalpha():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM:
                return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class Weighed:
    """Stems of a text times their rarity, and the length of that vector."""

    weights: Mapping[str, float]
    length: float


class TargetIndex:
    """Targets with word and name weights. Rarity is measured over the targets: what all share says nothing."""

    def __init__(self, targets: Iterable[LinkTarget]) -> None:
        """Count words and names; targets keep the order given."""
        self.targets: dict[str, LinkTarget] = {target.id: target for target in targets}
        self._terms = {t.id: Counter(terms_of(" ".join((t.title, *t.aliases, t.text)))) for t in self.targets.values()}
        self._postings: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for target in self.targets.values():
            for term in self._terms[target.id]:
                self._postings[term].append(target.id)
            for name in target.names | target.products:
                self._by_name[name].append(target.id)
        self.graph = neighbours_both_ways(list(self.targets.values()))
        self.companies = frozenset(t.company for t in self.targets.values() if t.company)
        self._vectors = {i: self._vector(terms) for i, terms in self._terms.items()}

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a stem over the targets; 0 for one no target has."""
        holders = len(self._postings.get(term, ()))
        return math.log(1 + len(self.targets) / holders) if holders else 0.0

    def name_rarity(self, entity_id: str) -> float:
        """Return how telling a name is, 0.0 (every target has it) to 1.0 (one has it); 0 for one no target has."""
        holders = len(self._by_name.get(entity_id, ()))
        if not holders:
            return 0.0
        total = max(2, len(self.targets))
        return 1.0 - math.log(holders) / math.log(total)

    def weigh(self, terms: Mapping[str, float]) -> "Weighed":
        """Return weighted stems made ready for `similarity`; stems which no target has drop out."""
        weights = {term: weight * self.rarity(term) for term, weight in terms.items() if term in self._postings}
        return Weighed(weights, math.sqrt(sum(weight * weight for weight in weights.values())))

    def similarity(self, weighed: "Weighed", target_id: str) -> float:
        """Return the cosine 0..1 of weighed stems with those of a target."""
        vector = self._vectors[target_id]
        if len(vector) < len(weighed.weights):
            dot = sum(weight * weighed.weights.get(term, 0.0) for term, weight in vector.items())
        else:
            dot = sum(weight * vector.get(term, 0.0) for term, weight in weighed.weights.items())
        return min(1.0, dot / weighed.length) if weighed.length else 0.0

    def shared(self, weighed: "Weighed", target_id: str, most: int = 3) -> list[str]:
        """Return the stems shared with a target, the most telling first."""
        vector = self._vectors[target_id]
        common = vector.keys() & weighed.weights.keys()
        return sorted(common, key=lambda term: (-vector[term] * weighed.weights[term], term))[:most]

    def coverage(self, terms: Mapping[str, float], target_id: str) -> float:
        """Return the share 0..1 of the target's telling words which stand among `terms`."""
        vector = self._vectors[target_id]
        return min(1.0, sum(weight * weight for term, weight in vector.items() if term in terms))

    def candidates(self, terms: Iterable[str], names: Iterable[str], document_date: PartialDate | None) -> list[str]:
        """Return the ids worth scoring, in target order: a shared telling name, two rare words, or a near date."""
        rare: Counter[str] = Counter()
        for term in set(terms):
            holders = self._postings.get(term, ())
            if holders and len(holders) <= self._common:
                rare.update(holders)
        chosen = {target_id for target_id, count in rare.items() if count >= 2}
        for name in set(names):
            chosen.update(self._by_name.get(name, ()))
        if document_date is not None:
            chosen.update(self._near(document_date))
        return [target_id for target_id in self.targets if target_id in chosen]

    @cached_property
    def _common(self) -> int:
        return max(3, len(self.targets) // 3)

    def _near(self, document_date: PartialDate, days: int = 45) -> Iterable[str]:
        for target in self.targets.values():
            gaps = (gap_days(on, document_date) for on in target.all_dates)
            if any(abs(gap) <= days for gap in gaps):
                yield target.id

    def _vector(self, terms: Mapping[str, int]) -> dict[str, float]:
        weights = {term: (1 + math.log(count)) * self.rarity(term) for term, count in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


@lru_cache(maxsize=65536)
def gap_days(earlier: PartialDate, later: PartialDate) -> int:
    """Return the fewest days between two dates: positive when `earlier` comes first, 0 where they may coincide."""
    if earlier.overlaps(later):
        return 0
    fewest, _ = earlier.days_until(later)
    if fewest is not None and fewest > 0:
        return fewest
    back, _ = later.days_until(earlier)
    return -back if back is not None else 0


def neighbours_both_ways(targets: Sequence[LinkTarget]) -> dict[str, frozenset[str]]:
    """Return the object graph: what a target names as its neighbour is a neighbour of it too."""
    known = {target.id for target in targets}
    graph: dict[str, set[str]] = {target.id: set() for target in targets}
    for target in targets:
        for other in target.neighbours:
            if other in known and other != target.id:
                graph[target.id].add(other)
                graph[other].add(target.id)
    return {target_id: frozenset(others) for target_id, others in graph.items()}
