"""A document as far as telling it from others needs it; what is worked out of it is kept, for it meets many others."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tracker.domain.canonical import organization_key, title_key
from tracker.domain.dates import PartialDate
from tracker.linking.copies import NO_SKETCH, Sketch
from tracker.linking.stems import terms_of
from tracker.linking.timing import Span
from tracker.linking.words import fold

LEAD = 500  # characters of a text that say what happened; what follows is background that many texts share
MOST_VAGUE = 62  # days: a date known less exactly says nothing about the event
HEADLINE = "headline "  # with a space, so that it is no word
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d|\b\d\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Damped(NamedTuple):
    """Words, each once, and how much each counts for the times it stands there: 1 for once, little more for more."""

    words: tuple[str, ...]
    times: tuple[float, ...]

    @classmethod
    def of(cls, terms: Mapping[str, int]) -> "Damped":
        """Return counted words so."""
        return cls(tuple(terms), tuple(1 + math.log(count) for count in terms.values()))


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
    def damped_title(self) -> Damped:
        """The stems of the title, as they are weighed."""
        return Damped.of(self.title_terms)

    @cached_property
    def damped(self) -> Damped:
        """The stems of title and lead, as they are weighed."""
        return Damped.of(self.terms)

    @cached_property
    def weighing(self) -> Mapping[str, float]:
        """How much each stem of title and lead counts for the times it stands there."""
        return dict(zip(*self.damped, strict=True))

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

    @cached_property
    def marks(self) -> frozenset[str]:
        """What is looked up to find others like it: its words, its numbers and its headline."""
        headline = [f"{HEADLINE}{self.headline}"] if self.headline else []
        return frozenset((*self.terms, *(f"number {number}" for number in self.numbers), *headline))
