"""Documents at hand, and which of them hold each word, number, name and event.

Stories are told month by month, and most of what lies around one month lies around the next. So documents come and go
here, and what is known of the others stays.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import mul

from tracker.linking.telling import Damped, Telling


class Holders:
    """The documents by number, and by what they hold: their numbers."""

    def __init__(self, tellings: Iterable[Telling] = ()) -> None:
        """Begin with these documents."""
        self.tellings: dict[int, Telling] = {}
        self.of_mark: dict[str, set[int]] = {}
        self.of_event: dict[str, set[int]] = {}
        self.named: Counter[str] = Counter()
        self.become({telling.id: telling for telling in tellings})

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.tellings)

    def __iter__(self) -> Iterator[Telling]:
        """Yield the documents."""
        return iter(self.tellings.values())

    def become(self, tellings: Mapping[int, Telling]) -> "Holders":
        """Hold these documents, by number, and no others; those here already must be the same objects to stay."""
        for telling in [one for number, one in self.tellings.items() if tellings.get(number) is not one]:
            self._leave(telling)
        for number, telling in tellings.items():
            if number not in self.tellings:
                self._enter(telling)
        return self

    def of_runs(self, chosen: Iterable[int]) -> dict[int, list[int]]:
        """Return the holders of every run of words that some chosen document has, as far as its sketch tells."""
        # Most runs of most documents are theirs alone. A list of every run would be as large as all the sketches.
        wanted = set(chain.from_iterable(self.tellings[number].sketch.hashes for number in chosen))
        found: dict[int, list[int]] = defaultdict(list)
        for number, telling in self.tellings.items():
            for run in wanted & telling.sketch.kept:
                found[run].append(number)
        return found

    def _enter(self, telling: Telling) -> None:
        self.tellings[telling.id] = telling
        self.named.update(telling.names)
        for held, things in ((self.of_mark, telling.marks), (self.of_event, telling.events or ())):
            for thing in things:
                if thing in held:
                    held[thing].add(telling.id)
                else:
                    held[thing] = {telling.id}

    def _leave(self, telling: Telling) -> None:
        del self.tellings[telling.id]
        self.named.subtract(telling.names)
        for held, things in ((self.of_mark, telling.marks), (self.of_event, telling.events or ())):
            for thing in things:
                held[thing].discard(telling.id)


class Rarity(dict[str, float]):
    """How rare each word is among so many documents: log(1 + documents / holders), worked out when asked for."""

    def __init__(self, documents: int, holders: Callable[[str], int]) -> None:
        """Take the number of documents and how many of them hold a word; one that none holds counts as held by one."""
        self._documents, self._count = documents, holders

    def __missing__(self, word: str) -> float:
        self[word] = found = math.log(1 + self._documents / (self._count(word) or 1))
        return found


def length(weights: Sequence[float]) -> float:
    """Return the Euclidean length of weights, 1 for those of nothing."""
    return math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0


def scaled(damped: Damped, rarity: Mapping[str, float]) -> list[float]:
    """Return the weight of each word: how much it counts for the times it stands there, times how rare it is."""
    return list(map(mul, damped.times, map(rarity.__getitem__, damped.words)))


def unit(damped: Damped, rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the words of a text with their weights, as a vector of length 1."""
    weights = scaled(damped, rarity)
    long = length(weights)
    return {word: weight / long for word, weight in zip(damped.words, weights, strict=True)}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length 1, 0 to 1."""
    both = one.keys() & other.keys()
    return min(1.0, math.fsum(map(mul, map(one.__getitem__, both), map(other.__getitem__, both))))
