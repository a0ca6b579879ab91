"""A document as linking reads it: once, with its names, event types, dates in words and sentences."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tracker.domain.dates import PartialDate
from tracker.linking.event_type import EventRules, Ranked, rank
from tracker.linking.mentions import Mention
from tracker.linking.stems import stems_of
from tracker.linking.when import TimeExpression, expressions
from tracker.linking.words import fold, tokens_of

_COMPANY = frozenset({"vendor", "issuer"})
_TITLE_FACTOR = 2.0  # a word of the title counts as two of the text
_YEAR = re.compile(r"[12](?<!\w.)(?:(?<=1)9|(?<=2)0)\d\d\b", re.DOTALL)
# The character comes before what must stand before it: so the engine leaps from one such character to the next.
_SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=\n)\n*|(?<=[^\s.][^\s.][.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9]))",
)


class Sentence(NamedTuple):
    """One sentence, `document[start:end]`, with its different stems."""

    start: int
    end: int
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """Everything linking asks of a document. Places are in `document`, which is title, newline, text."""

    title: str
    text: str
    published: PartialDate | None
    mentions: tuple[Mention, ...]
    events: tuple[Ranked, ...]
    times: tuple[TimeExpression, ...]
    kind: str = ""
    publisher: frozenset[str] = frozenset()

    @cached_property
    def document(self) -> str:
        """The title and the text as one."""
        return f"{self.title}\n{self.text}"

    @cached_property
    def folded(self) -> str:
        """The document folded, with the same offsets."""
        return fold(self.document)

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all entities named or implied."""
        return frozenset(mention.entity_id for mention in self.mentions)

    @cached_property
    def named(self) -> frozenset[str]:
        """The ids of the entities really named."""
        return frozenset(mention.entity_id for mention in self.mentions if not mention.implied_by)

    @cached_property
    def companies(self) -> frozenset[str]:
        """The ids of the vendors and issuers named, and of those implied by their products and parts."""
        return frozenset(m.entity_id for m in self.mentions if not _COMPANY.isdisjoint(m.roles))

    @cached_property
    def terms(self) -> Mapping[str, float]:
        """Stems with their weights; those of the title count double, repeats little."""
        stems, after_title = self._stems, bisect_left(tokens_of(self.document).starts, len(self.title))
        counts = Counter(filter(None, stems[after_title:]))
        weights = {term: count**0.5 for term, count in counts.items()}
        for term in filter(None, stems[:after_title]):
            weights[term] = weights.get(term, 0.0) + _TITLE_FACTOR
        return weights

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The title and every sentence of the text."""
        ends = [*(match.end() for match in _SENTENCE_END.finditer(self.document)), len(self.document)]
        stems, starts = self._stems, tokens_of(self.document).starts
        places = [(place, bisect_left(starts, place)) for place in (0, *ends)]
        return [
            Sentence(start, end, tuple(dict.fromkeys(filter(None, stems[first:after]))))
            for (start, first), (end, after) in pairwise(places)
            if end - start > 1
        ]

    @cached_property
    def _stems(self) -> list[str]:
        """The stem of every word, so that the number of a word is that of its stem."""
        return stems_of(tokens_of(self.document).words)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text names outright."""
        return frozenset(map(int, _YEAR.findall(self.document)))


def read(
    title: str,
    text: str,
    mentions: Sequence[Mention],
    rules: EventRules,
    *,
    published: PartialDate | None = None,
    kind: str = "",
    form: str = "",
    publisher: frozenset[str] = frozenset(),
) -> Reading:
    """Read a document whose names were found in `title + newline + text`; `publisher` holds entity ids."""
    return Reading(
        title=title,
        text=text,
        published=published,
        mentions=tuple(mentions),
        events=rank(title, text, mentions, rules, kind=kind, form=form),
        times=expressions(f"{title}\n{text}", published),
        kind=kind,
        publisher=publisher,
    )
