"""What a document can be linked to, and the index that finds the few targets worth scoring.

Everything about a target that no document changes is worked out once, when the index is built.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.dates import PartialDate
from tracker.linking.stems import terms_of
from tracker.linking.timing import Day, Fit, Span, nearest

_DATES_IN_HAND = 32  # days of publication; documents come in order, so a day comes many times


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
    def all_dates(self) -> tuple[PartialDate, ...]:
        """Every known day, the main one first."""
        return tuple(d for d in (self.on, *self.dates, self.due) if d is not None)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A docket, bill or report number: its parts, all of which must stand in a text, and how they may be joined."""

    parts: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, written: str) -> "Identifier":
        """Prepare an identifier for searching folded texts."""
        parts = tuple(re.findall(r"[a-z0-9]+", written.lower()))
        return cls(parts, re.compile(r"\b" + r"[\s.:-]*".join(map(re.escape, parts)) + r"\b"))

    def search(self, folded: str) -> re.Match[str] | None:
        """Return its first place in a folded text."""
        return self.pattern.search(folded) if self.may_stand_in(folded) else None

    def may_stand_in(self, folded: str) -> bool:
        """Whether all of its parts do; that is told at once, and rules most identifiers out."""
        return all(part in folded for part in self.parts)


@dataclass(frozen=True, slots=True)
class Profile:
    """A target made ready: `number` is its place in the index, `vector` its stems, of length 1 together.

    `rare` are those of its stems that few targets have, `named` are its parties and products, `house` its parties and
    its company, `years` those of its days.
    """

    number: int
    target: LinkTarget
    vector: Mapping[str, float]
    rare: frozenset[str]
    named: frozenset[str]
    house: frozenset[str]
    days: tuple[Day, ...]
    years: frozenset[int]
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Stems of a text times their rarity, and the length of that vector."""

    weights: Mapping[str, float]
    length: float

    def cosine(self, vector: Mapping[str, float]) -> float:
        """Return the cosine 0..1 with a vector of length 1."""
        few, many = (vector, self.weights) if len(vector) < len(self.weights) else (self.weights, vector)
        dot = sum([weight * many[term] for term, weight in few.items() if term in many])
        return min(1.0, dot / self.length) if dot else 0.0


class TargetIndex:
    """Targets with word and name weights. Rarity is measured over the targets: what all share says nothing."""

    def __init__(self, targets: Iterable[LinkTarget]) -> None:
        """Count words and names; targets keep the order given."""
        self.targets: dict[str, LinkTarget] = {target.id: target for target in targets}
        terms = {t.id: Counter(terms_of(" ".join((t.title, *t.aliases, t.text)))) for t in self.targets.values()}
        holders = Counter(term for counts in terms.values() for term in counts)
        total = len(self.targets)
        self._rarity = {term: math.log(1 + total / count) for term, count in holders.items()}
        common = max(3, total // 3)
        rare = frozenset(term for term, count in holders.items() if count <= common)
        self.profiles = {
            target.id: _profile(number, target, self._vector(terms[target.id]), rare)
            for number, target in enumerate(self.targets.values())
        }
        # By word: number of the target, weight in it, and the square of that.
        self.postings: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
        self.by_name: dict[str, list[str]] = defaultdict(list)
        self.by_house: dict[str, list[str]] = defaultdict(list)
        self.families: dict[tuple[str, str], list[str]] = defaultdict(list)
        for profile in self.profiles.values():
            self._register(profile)
        self.graph = neighbours_both_ways(list(self.targets.values()))
        self.kinds = frozenset(kind for kind, _ in self.families)
        self.of_companies = frozenset(t.id for t in self.targets.values() if t.company)
        self.numbered = {i: p for i, p in self.profiles.items() if p.identifiers or p.target.number}
        self.fits = lru_cache(maxsize=_DATES_IN_HAND)(self._fits)

    def _register(self, profile: Profile) -> None:
        for term, weight in profile.vector.items():
            self.postings[term].append((profile.number, weight, weight * weight))
        for name in profile.named:
            self.by_name[name].append(profile.target.id)
        for name in profile.house:
            self.by_house[name].append(profile.target.id)
        self.families[profile.target.kind, profile.target.company].append(profile.target.id)

    def name_rarity(self, entity_id: str) -> float:
        """Return how telling a name is, 0.0 (every target has it) to 1.0 (one has it); 0 for one no target has."""
        holders = len(self.by_name.get(entity_id, ()))
        if not holders:
            return 0.0
        total = max(2, len(self.targets))
        return 1.0 - math.log(holders) / math.log(total)

    def weigh(self, terms: Mapping[str, float]) -> Weighed:
        """Return weighted stems, each times its rarity over the targets; stems which no target has drop out."""
        rarity = self._rarity
        weights = {term: weight * rarity[term] for term, weight in terms.items() if term in rarity}
        return Weighed(weights, math.sqrt(sum(weight * weight for weight in weights.values())))

    def _fits(self, published: PartialDate) -> list[Fit | None]:
        """Return how each target's days, by the target's number, fit a document published then."""
        span = Span.of(published)
        return [nearest(profile.days, span) for profile in self.profiles.values()]

    def _vector(self, terms: Mapping[str, int]) -> dict[str, float]:
        weights = {term: (1 + math.log(count)) * self._rarity[term] for term, count in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


def _profile(number: int, target: LinkTarget, vector: Mapping[str, float], rare: frozenset[str]) -> Profile:
    return Profile(
        number=number,
        target=target,
        vector=vector,
        rare=rare & vector.keys(),
        named=target.names | target.products,
        house=target.names | ({target.company} if target.company else frozenset()),
        days=tuple(Day.of(on, target.due) for on in target.all_dates),
        years=frozenset(day.year for on in target.all_dates for day in (on.earliest, on.latest) if day),
        identifiers=tuple(map(Identifier.of, target.identifiers)),
    )


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
