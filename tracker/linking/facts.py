"""What linking asks of a document for every target anew, worked out once: weighed words, names, numbers, kinds.

Most is worked out when it is first asked for: a document without a year in it never looks for one.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from tracker.domain.additive import Model
from tracker.domain.dates import Precision
from tracker.domain.errors import ConfigError
from tracker.linking.mentions import Mention, distinct
from tracker.linking.reading import Reading
from tracker.linking.sieve import Sieve
from tracker.linking.targets import TargetIndex
from tracker.linking.timing import Span, sharpness
from tracker.linking.when import TimeExpression
from tracker.linking.words import tokens_of

OWN, AMONG = "link", "link_among"  # the models of the two stages
_IMPLIED = 0.4  # what a name counts that is only implied: the agency's department, the product's vendor
_READ = 60  # sentences held against targets; what a longer document is about stands in its beginning
_WORDS = 160  # words, the most telling, by which a whole document is compared
_NAMES = 40  # names, the most telling; more than these name everybody
_NUMBERED = frozenset({"item", "items", "proposal", "proposals"})
_NUMBER = re.compile(r"\b(?:items?|proposals?)(?: no\.?| number)? (\d{1,2})\b(?:(?:,| and| to) (\d{1,2})\b)?")


@dataclass(frozen=True)
class LinkRules:
    """The compiled `[link]` part of `config/terms.toml`, but for relations and thresholds.

    `own` weighs what speaks for a target by itself, `among` how it stands among the other candidates; both may be
    learned.
    """

    own: Model
    among: Model
    kind_words: Mapping[str, re.Pattern[str]]
    prior: Mapping[str, Mapping[str, float]]

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "LinkRules":
        """Build from the parsed file; raises ConfigError when a part is missing or a pattern is wrong."""
        try:
            table = tables["link"]
            words = {kind: re.compile(rf"\b(?:{source})\b") for kind, source in table["kind_words"].items()}
            own, among = (
                Model(name, weights=(points := {code: float(p) for code, p in table[part].items()}), prior=points)
                for name, part in ((OWN, "points"), (AMONG, "among"))
            )
            return cls(own, among, words, table["prior"])
        except (KeyError, re.error) as error:
            raise ConfigError(f"terms.toml: [link]: {error}; compare it with the file as shipped") from error

    def with_learned(self, content: Mapping[str, Any] | None) -> "LinkRules":
        """Return these rules with the weights of a learned model, if there is one."""
        if not content:
            return self
        return replace(self, own=Model.from_plain(content[OWN]), among=Model.from_plain(content[AMONG]))

    @cached_property
    def sieve(self) -> Sieve:
        """The words for kinds, to be searched for all at once; numbers are places in `kind_words`."""
        return Sieve(list(self.kind_words.values()))


class Time(NamedTuple):
    """A time expression with its span and the number of the sentence it stands in."""

    expression: TimeExpression
    span: Span
    precision: Precision
    sentence: int


class Passage(NamedTuple):
    """The words of a sentence without the blanks around it, and their place."""

    words: str
    span: tuple[int, int]


class Facts:
    """A reading made ready to be held against many targets."""

    def __init__(self, reading: Reading, index: TargetIndex, rules: LinkRules) -> None:
        """Weigh the words; the rest waits until it is asked for."""
        self.reading, self.index, self.rules = reading, index, rules
        self.whole = index.weigh(_telling(reading.terms))
        self.sentences = reading.sentences[:_READ]
        published = reading.published
        self.published = Span.of(published) if published else None
        self.sharpness = sharpness(published) if published else 0.0
        self._starts = [sentence.start for sentence in self.sentences]
        self._said: dict[re.Pattern[str], bool] = {}
        self._passages: dict[int, Passage] = {}

    @cached_property
    def names(self) -> Mapping[str, float]:
        """What each name tells of the targets that share it, the most telling first; who tells nothing is left out."""
        named, rarity = self.reading.named, self.index.name_rarity
        worth = {name: rarity(name) * (1.0 if name in named else _IMPLIED) for name in self.reading.names}
        telling = sorted((name for name, worth_of in worth.items() if worth_of > 0), key=lambda n: (-worth[n], n))
        return {name: worth[name] for name in telling[:_NAMES]}

    @cached_property
    def names_of_sentences(self) -> Sequence[frozenset[str]]:
        """By sentence the entities it names or implies."""
        found: list[set[str]] = [set() for _ in self._starts]
        for mention in self.reading.mentions:
            if (number := self.sentence_at(mention.start)) is not None:
                found[number].add(mention.entity_id)
        return list(map(frozenset, found))

    @cached_property
    def clearest_mentions(self) -> Mapping[str, Mention]:
        """Of each entity the mention to show: one that is written rather than implied, the first of them."""
        return distinct(self.reading.mentions)

    @cached_property
    def companies(self) -> Sequence[str]:
        """The companies named or implied, by id."""
        return sorted(self.reading.companies)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of ballot items."""
        if self.words.isdisjoint(_NUMBERED):
            return frozenset()
        return frozenset(n for match in _NUMBER.finditer(self.reading.folded) for n in match.groups() if n)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words, by which identifiers are looked up."""
        return frozenset(tokens_of(self.reading.document).words)

    @cached_property
    def times(self) -> Sequence[Time]:
        """The time expressions that stand in a sentence, in order."""
        return [
            Time(expression, Span.of(expression.on), expression.on.precision, number)
            for expression in self.reading.times
            if (number := self.sentence_at(expression.start)) is not None
        ]

    @cached_property
    def expected(self) -> Mapping[str, float]:
        """By kind how much the types of event, each as likely as it is, are about such objects."""
        found: dict[str, float] = defaultdict(float)
        for event in self.reading.events:
            for kind, share in self.rules.prior.get(event.event_type, {}).items():
                found[kind] += event.probability * share
        return found

    @cached_property
    def kind_words(self) -> Mapping[str, Sequence[re.Match[str]]]:
        """By kind of object the words for it, in the order of the text."""
        kinds, found = list(self.rules.kind_words), defaultdict(list)
        end = self.sentences[-1].end if self.sentences else 0
        text = self.reading.folded[:end]
        for number, match in self.rules.sieve.search_all(text, tokens_of(self.reading.document).between(0, end)):
            found[kinds[number]].append(match)
        return found

    @cached_property
    def kinds_of_sentences(self) -> Mapping[str, frozenset[int]]:
        """By kind of object the sentences with a word for it."""
        return {
            kind: frozenset(n for match in matches if (n := self.sentence_at(match.start())) is not None)
            for kind, matches in self.kind_words.items()
        }

    @cached_property
    def standing(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        """By word the sentences it stands in, each with the word's share of the sentence."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for term, share in self.index.shares(sentence.terms):
                found[term].append((number, share))
        return found

    @cached_property
    def holding(self) -> Mapping[str, int]:
        """By word the sentences it stands in, each as the bit of its number."""
        return {term: sum([1 << number for number, _ in places]) for term, places in self.standing.items()}

    @cached_property
    def spoken(self) -> Mapping[str, tuple[float, Sequence[tuple[int, float]]]]:
        """By word of the whole document its weight there, and where it stands."""
        standing = self.standing
        return {term: (weight, standing.get(term, ())) for term, weight in self.whole.weights.items()}

    def sentence_at(self, place: int) -> int | None:
        """Return the number of the sentence at a place; None beyond those that are held against targets."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self.sentences[number].end else None

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether the folded document matches."""
        if pattern not in self._said:
            self._said[pattern] = pattern.search(self.reading.folded) is not None
        return self._said[pattern]

    def passage(self, number: int) -> Passage:
        """Return the words of a sentence."""
        if number not in self._passages:
            document, place = self.reading.document, self.reading.sentences[number]
            words = document[place.start : place.end].strip()
            start = document.index(words, place.start) if words else place.start
            self._passages[number] = Passage(words, (start, start + len(words)))
        return self._passages[number]


def _telling(terms: Mapping[str, float]) -> Mapping[str, float]:
    """Return the terms of a document, of a very long one those that it repeats most."""
    if len(terms) <= _WORDS:
        return terms
    return dict(sorted(terms.items(), key=lambda row: (-row[1], row[0]))[:_WORDS])
