"""What linking asks of a document for every target anew, worked out once: weighed words, names, numbers, kinds.

Most is worked out when it is first asked for: a document without a year in it never looks for one.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from tracker.domain.dates import Precision
from tracker.domain.errors import ConfigError
from tracker.linking.mentions import Mention, distinct
from tracker.linking.reading import Reading
from tracker.linking.sieve import Sieve
from tracker.linking.targets import Profile, TargetIndex, Weighed
from tracker.linking.timing import Fit, Span, sharpness
from tracker.linking.when import TimeExpression
from tracker.linking.words import tokens_of

_IMPLIED = 0.4  # what a name counts that is only implied: the agency's department, the product's vendor
_AHEAD_STEP, _AHEAD_MOST = 90, 2  # days that count once more against a target that lies ahead, how often at most
_ALIKE = 1e-9  # cosine by which sentences that fit a target alike may seem to differ
_NEAR = 45  # days: a document this near to a target's day is worth scoring without a word in common
_TWO = 2  # rare words in common that make a target worth scoring
_NUMBER = re.compile(r"\b(?:items?|proposals?)(?: no\.?| number)? (\d{1,2})\b(?:(?:,| and| to) (\d{1,2})\b)?")


@dataclass(frozen=True)
class LinkRules:
    """The compiled `[link]` part of `config/terms.toml`, but for the relations."""

    points: Mapping[str, float]
    kind_words: Mapping[str, re.Pattern[str]]
    prior: Mapping[str, Mapping[str, float]]

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "LinkRules":
        """Build from the parsed file; raises ConfigError when a part is missing or a pattern is wrong."""
        try:
            table = tables["link"]
            words = {kind: re.compile(rf"\b(?:{source})\b") for kind, source in table["kind_words"].items()}
            return cls({name: float(p) for name, p in table["points"].items()}, words, table["prior"])
        except (KeyError, re.error) as error:
            raise ConfigError(f"terms.toml: [link]: {error}; compare it with the file as shipped") from error

    @cached_property
    def sieve(self) -> Sieve:
        """The words for kinds, to be searched for all at once; numbers are places in `kind_words`."""
        return Sieve(list(self.kind_words.values()))


class KindFit(NamedTuple):
    """How a document fits a kind of object: what its type of event expects, and the first word for the kind.

    `code` names the points for the word, for its absence, or nothing where no words are known for the kind.
    """

    prior: float
    code: str
    word: re.Match[str] | None

    @property
    def in_title(self) -> bool:
        """Whether the word stands in the title."""
        return self.code == "kind_word_title"


class Time(NamedTuple):
    """A time expression with its span, the sentence it stands in and the entities that sentence names."""

    expression: TimeExpression
    span: Span
    precision: Precision
    sentence: int
    names: frozenset[str]


class Passage(NamedTuple):
    """The words of a sentence without the blanks around it, and their place."""

    words: str
    span: tuple[int, int]


class Facts:
    """A reading made ready to be held against many targets."""

    def __init__(self, reading: Reading, index: TargetIndex, rules: LinkRules) -> None:
        """Weigh the words; the rest waits until it is asked for."""
        self.reading, self.index, self.rules = reading, index, rules
        self.whole = index.weigh(reading.terms)
        self.sentences: list[Weighed] = [index.weigh(sentence.terms) for sentence in reading.sentences]
        published = reading.published
        self.published = Span.of(published) if published else None
        self.published_words = published.words() if published else ""
        self.sharpness = sharpness(published) if published else 0.0
        self._said: dict[re.Pattern[str], bool] = {}
        self._closeness: dict[int, dict[int, float]] = {}
        self._passages: dict[int, Passage] = {}

    @cached_property
    def fits(self) -> Sequence[Fit | None]:
        """How each target's days fit the day of publication, by the target's number."""
        published = self.reading.published
        return self.index.fits(published) if published else [None] * len(self.index.targets)

    @cached_property
    def of_dates(self) -> Sequence[float]:
        """The points of each target's days against the day of publication, by the target's number; 0 for unknown."""
        points = self.rules.points
        exact, day_falls = points["day"] * self.sharpness, points["day_falls"]
        season, season_falls = points["season"], points["season_falls"]
        found = []
        for fit in self.fits:
            if fit is None:
                found.append(0.0)
            elif fit.ahead:
                found.append(points["ahead"] * (1 + min(_AHEAD_MOST, fit.days / _AHEAD_STEP)))
            else:
                near = exact * fit.day.sharpness * math.exp(-fit.days / day_falls)
                found.append(near + season * math.exp(-fit.days / season_falls))
        return found

    @cached_property
    def names(self) -> Mapping[str, float]:
        """What each name tells of the targets that share it; those that tell nothing are left out."""
        named = self.reading.named
        worth = {
            name: self.index.name_rarity(name) * (1.0 if name in named else _IMPLIED) for name in self.reading.names
        }
        return {name: telling for name, telling in worth.items() if telling > 0}

    @cached_property
    def clearest_mentions(self) -> Mapping[str, Mention]:
        """Of each entity the mention to show: one that is written rather than implied, the first of them."""
        return distinct(self.reading.mentions)

    @cached_property
    def first_mentions(self) -> Mapping[str, Mention]:
        """Of each entity the first mention, as mentions are given."""
        return {mention.entity_id: mention for mention in reversed(self.reading.mentions)}

    @cached_property
    def companies(self) -> Sequence[str]:
        """The companies named or implied, by id."""
        return sorted(self.reading.companies)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of ballot items."""
        return frozenset(n for match in _NUMBER.finditer(self.reading.folded) for n in match.groups() if n)

    @cached_property
    def times(self) -> Sequence[Time]:
        """The time expressions that stand in a sentence, in order."""
        found = []
        for expression in self.reading.times:
            for number, sentence in enumerate(self.reading.sentences):
                if sentence.start <= expression.start < sentence.end:
                    inside = (m for m in self.reading.mentions if sentence.start <= m.start < sentence.end)
                    names = frozenset(mention.entity_id for mention in inside)
                    on = expression.on
                    found.append(Time(expression, Span.of(on), on.precision, number, names))
                    break
        return found

    def kind(self, kind: str) -> KindFit:
        """Return how the document fits a kind of object."""
        expected = self._expected.get(kind, 0.0)
        if kind not in self.rules.kind_words:
            return KindFit(expected, "", None)
        word = self._kind_words.get(kind)
        if word is None:
            return KindFit(expected, "no_kind_word", None)
        return KindFit(expected, "kind_word_title" if word.end() <= len(self.reading.title) else "kind_word_text", word)

    @cached_property
    def _expected(self) -> Mapping[str, float]:
        """By kind how much the types of event, each as likely as it is, are about such objects."""
        found: dict[str, float] = defaultdict(float)
        for event in self.reading.events:
            for kind, share in self.rules.prior.get(event.event_type, {}).items():
                found[kind] += event.probability * share
        return found

    @cached_property
    def _kind_words(self) -> Mapping[str, re.Match[str]]:
        """By kind the first word for it."""
        kinds = list(self.rules.kind_words)
        found = self.rules.sieve.search(self.reading.folded, tokens_of(self.reading.document))
        return {kinds[number]: match for number, match in found}

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether the folded document matches."""
        if pattern not in self._said:
            self._said[pattern] = pattern.search(self.reading.folded) is not None
        return self._said[pattern]

    @cached_property
    def _sentences_with(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        """By word the sentences it stands in, each with the word's share of the sentence."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for term, weight in sentence.weights.items():
                found[term].append((number, weight / sentence.length))
        return found

    def closeness(self, profile: Profile) -> Mapping[int, float]:
        """Return the cosine of sentences with a target, by their number; those without a word in common are left out.

        All sentences are gone through at once, by the target's words, so sums may differ from those of
        `Weighed.cosine` in the last digit.
        """
        found = self._closeness.get(profile.number)
        if found is None:
            found = self._closeness[profile.number] = {}
            standing = self._sentences_with
            for term, weight in profile.vector.items():
                if term in standing:
                    for number, share in standing[term]:
                        found[number] = found.get(number, 0.0) + weight * share
        return found

    def closest(self, profile: Profile) -> tuple[int, float] | None:
        """Return the number and the cosine of the sentence closest to a target; None when no word is in common."""
        closeness = self.closeness(profile)
        if not closeness:
            return None
        most = max(closeness.values()) - _ALIKE
        exact = {n: self.sentences[n].cosine(profile.vector) for n, close in closeness.items() if close >= most}
        best = max(sorted(exact), key=exact.__getitem__)
        return best, exact[best]

    def title_closeness(self, profile: Profile) -> float:
        """Return the cosine 0..1 of the first sentence, which is the title where there is one, with a target."""
        return self.closeness(profile).get(0, 0.0)

    @cached_property
    def overlaps(self) -> tuple[list[float], list[float]]:
        """By the target's number: the product of its words with the document's, and the square of what it shares."""
        dots, covered = ([0.0] * len(self.index.profiles) for _ in range(2))
        postings = self.index.postings
        for term, weight in self.whole.weights.items():
            for number, share, square in postings[term]:
                dots[number] += weight * share
                covered[number] += square
        return dots, covered

    def is_near(self, profile: Profile) -> bool:
        """Whether a target is worth scoring: it shares a name or two rare words, or its days are near."""
        fit = self.fits[profile.number]
        return (
            not profile.named.isdisjoint(self.reading.names)
            or (fit is not None and fit.distance <= _NEAR)
            or len(profile.rare & self.whole.weights.keys()) >= _TWO
        )

    def passage(self, number: int) -> Passage:
        """Return the words of a sentence."""
        if number not in self._passages:
            document, place = self.reading.document, self.reading.sentences[number]
            words = document[place.start : place.end].strip()
            start = document.index(words, place.start) if words else place.start
            self._passages[number] = Passage(words, (start, start + len(words)))
        return self._passages[number]
