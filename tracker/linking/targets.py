"""What a document can be linked to, and the index that finds the few targets worth scoring.

Everything about a target that no document changes is worked out once, when the index is built.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from tracker.domain.dates import PartialDate
from tracker.linking.stems import terms_of
from tracker.linking.timing import Day, Span

CHAMPIONS = 40  # targets kept for a word: those it says most about
_ALIASES = 4  # further titles of a target that are looked for
_EVERYTHING = ""


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
    def of(cls, written: str) -> "Identifier | None":
        """Prepare an identifier for searching folded texts; None for one without a letter or digit."""
        parts = tuple(re.findall(r"[a-z0-9]+", written.lower()))
        pattern = r"(?<![a-z0-9])" + r"[\s.:-]*".join(map(re.escape, parts)) + r"(?![a-z0-9])"
        return cls(parts, re.compile(pattern)) if parts else None

    @property
    def key(self) -> str:
        """The part it is looked up by: the longest, if possible one with a digit."""
        return max(self.parts, key=lambda part: (not part.isalpha(), len(part)))

    def search(self, folded: str) -> re.Match[str] | None:
        """Return its first place in a folded text; that a part is missing is told at once."""
        return self.pattern.search(folded) if all(part in folded for part in self.parts) else None


class Calendar(NamedTuple):
    """Targets by their days: day numbers in order, and beside each the target's number. `undated` have none."""

    days: list[int]
    numbers: list[int]
    undated: list[int]

    def around(self, span: Span, most: int) -> list[int]:
        """Return targets with days in a span and on both sides of it, by number; of very many those at its ends."""
        low, high, half = bisect_left(self.days, span.first), bisect_left(self.days, span.last + 1), most // 2
        if high - low > most:
            return self.numbers[low : low + half] + self.numbers[high - half : high]
        return self.numbers[max(0, low - half) : high + half]


def calendars(rows: Iterable[tuple[str, "Profile"]]) -> dict[str, Calendar]:
    """Return a calendar for every key: each target stands in it once for each of its days, an undated one apart."""
    dated: dict[str, list[tuple[int, int]]] = defaultdict(list)
    undated: dict[str, list[int]] = defaultdict(list)
    for key, profile in rows:
        if not profile.days:
            undated[key].append(profile.number)
        for day in profile.days:
            dated[key].append((day.span.middle, profile.number))
    found = {}
    for key in dated.keys() | undated.keys():
        order = sorted(dated.get(key, ()))
        found[key] = Calendar([day for day, _ in order], [number for _, number in order], undated[key][:CHAMPIONS])
    return found


@dataclass(frozen=True, slots=True)
class Profile:
    """A target made ready: `number` is its place in the index, `vector` its stems, of length 1 together.

    `titles` are the stems of its title and of each alias, of sum 1 each. Stems are in alphabetical order, so that sums
    over them come out the same to the last digit. `named` are its parties and products,
    `parties` its parties but for the company, `house` its parties and its company, `years` those of its days.
    """

    number: int
    target: LinkTarget
    vector: Mapping[str, float]
    titles: tuple[Mapping[str, float], ...]
    named: frozenset[str]
    parties: frozenset[str]
    house: frozenset[str]
    days: tuple[Day, ...]
    years: frozenset[int]
    identifiers: tuple[Identifier, ...]


class Weighed(NamedTuple):
    """Stems of a text times their rarity, and the length of that vector."""

    weights: Mapping[str, float]
    length: float


class TargetIndex:
    """Targets with word and name weights. Rarity is measured over the targets: what all share says nothing.

    Each list that candidates are looked up in is short, however many targets there are: of a word those that it says
    most about, of a name and of a day those nearest in time (`tracker.linking.candidates`).
    """

    def __init__(self, targets: Iterable[LinkTarget]) -> None:
        """Count words and names; targets keep the order given."""
        self.targets: dict[str, LinkTarget] = {target.id: target for target in targets}
        terms = {t.id: Counter(terms_of(" ".join((t.title, *t.aliases, t.text)))) for t in self.targets.values()}
        holders = Counter(term for counts in terms.values() for term in counts)
        total = len(self.targets)
        self._rarity = {term: math.log(1 + total / count) for term, count in holders.items()}
        self.profiles = {
            target.id: self._profile(number, target, terms[target.id])
            for number, target in enumerate(self.targets.values())
        }
        self.in_order = list(self.profiles.values())
        self.graph = neighbours_both_ways(list(self.targets.values()))
        self.by_term = self._champions()
        self.holders = Counter(name for profile in self.in_order for name in profile.named)
        self.by_name: dict[str, Calendar] = calendars(
            (name, profile) for profile in self.in_order for name in profile.named | profile.house
        )
        self.by_day = calendars((_EVERYTHING, profile) for profile in self.in_order if profile.days).get(_EVERYTHING)
        self.by_number: dict[str, list[Profile]] = defaultdict(list)
        for profile in self.in_order:
            for identifier in profile.identifiers:
                self.by_number[identifier.key].append(profile)

    def name_rarity(self, entity_id: str) -> float:
        """Return how telling a name is, 0.0 (every target has it) to 1.0 (one has it); 0 for one no target has."""
        holders = self.holders.get(entity_id, 0)
        if not holders:
            return 0.0
        total = max(2, len(self.targets))
        return 1.0 - math.log(holders) / math.log(total)

    def weigh(self, terms: Mapping[str, float]) -> Weighed:
        """Return weighted stems, each times its rarity over the targets; stems which no target has drop out."""
        rarity = self._rarity
        weights = {term: weight * rarity[term] for term, weight in terms.items() if term in rarity}
        return Weighed(weights, math.sqrt(math.fsum([weight * weight for weight in weights.values()])))

    def shares(self, terms: Iterable[str]) -> list[tuple[str, float]]:
        """Return those of different stems that some target has, each with its share of the vector of their rarities."""
        rarity = self._rarity
        known = [(term, rarity[term]) for term in terms if term in rarity]
        length = math.sqrt(math.fsum([weight * weight for _, weight in known]))
        return [(term, weight / length) for term, weight in known]

    def _champions(self) -> dict[str, list[tuple[int, float]]]:
        """Return by word the targets that it says most about, by number, with its weight in each."""
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for profile in self.in_order:
            for term, weight in profile.vector.items():
                postings[term].append((profile.number, weight))
        return {
            term: rows if len(rows) <= CHAMPIONS else nlargest(CHAMPIONS, rows, key=itemgetter(1))
            for term, rows in postings.items()
        }

    def _profile(self, number: int, target: LinkTarget, terms: Mapping[str, int]) -> Profile:
        house = target.names | ({target.company} if target.company else frozenset())
        return Profile(
            number=number,
            target=target,
            vector=self._vector(terms),
            titles=tuple(filter(None, map(self._title, (target.title, *target.aliases[:_ALIASES])))),
            named=target.names | target.products,
            parties=target.names - {target.company},
            house=house,
            days=tuple(Day.of(on, target.due) for on in target.all_dates),
            years=frozenset(day.year for on in target.all_dates for day in (on.earliest, on.latest) if day),
            identifiers=tuple(filter(None, map(Identifier.of, target.identifiers))),
        )

    def _vector(self, terms: Mapping[str, int]) -> dict[str, float]:
        weights = {term: (1 + math.log(count)) * self._rarity[term] for term, count in sorted(terms.items())}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    def _title(self, title: str) -> dict[str, float]:
        """Return the shares of a title's stems; nothing for one of a single word, which any text may hold."""
        rarity = {term: self._rarity[term] for term in sorted(terms_of(title))}
        total = math.fsum(rarity.values())
        return {term: weight / total for term, weight in rarity.items()} if len(rarity) > 1 else {}


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
