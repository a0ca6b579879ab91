"""Does a document belong to our subject? Points for the groups of words and names it has (`terms`), and the reasons.

Points are additive, so the reasons are the arithmetic. Nothing is ever deleted on this judgement; a document below the
threshold is kept and can be searched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.domain.additive import probability
from tracker.domain.reasons import Reason
from tracker.domain.words import WORD
from tracker.ingest.terms import FURTHER, SAYS, TITLE, Combination, Group, Hit, Named, Terms

_MOST_FURTHER = 2  # further different terms of a group that still count
_MOST_WORDS = 400  # of a document, in which single words are looked for
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Relevance:
    """A judgement: probability 0 to 1, the verdict at the configured threshold, and its reasons, heaviest first.

    `typed` says that it is worth telling what happened: it is relevant, or somebody may find that it is.
    """

    probability: float
    relevant: bool
    reasons: tuple[Reason, ...]
    typed: bool = False


def may_concern(title: str, text: str, terms: Terms) -> bool:
    """Whether a document has any word of the configured `screen`; without one it need not be judged at all.

    Costs one pass over the words, so that thousands of entries a second of general feeds can be put aside.
    """
    return not terms.screened_out(f"{title}\n{text}")


def screen_and_judge(title: str, text: str, mentions: Iterable[Named], terms: Terms) -> Relevance:
    """Judge as collecting does: a document without a word of the screen is not relevant and has no reasons."""
    if not may_concern(title, text, terms):
        return Relevance(0.0, relevant=False, reasons=())
    return judge(title, text, mentions, terms)


def judge(title: str, text: str, mentions: Iterable[Named], terms: Terms) -> Relevance:
    """Judge a document from its title, text and the names found in `title + newline + text`.

    Spans of mentions and reasons are places in that joined document.
    """
    document = f"{title}\n{text}"
    by_group = _met(document, mentions, terms)
    reasons = [_reason(terms.groups[name], found, document, len(title)) for name, found in by_group.items()]
    reasons += [
        Reason("combination", combination.weight, "", None, f"Taken together: {combination.says}.")
        for combination in _joined(by_group, terms)
    ]
    if terms.words:
        reasons += _from_words(document, terms)
    chance = probability(terms.bias + sum(reason.weight for reason in reasons))
    kept = sorted((r for r in reasons if r.weight), key=lambda r: (-abs(r.weight), r.code, r.words))
    return Relevance(chance, chance >= terms.threshold, tuple(kept), typed=chance >= terms.typed_from)


def features(title: str, text: str, mentions: Iterable[Named], terms: Terms) -> dict[str, float]:
    """Return what a model learns from: the groups and combinations met, which `Terms.hand` weighs, and the words."""
    document = f"{title}\n{text}"
    by_group = _met(document, mentions, terms)
    found = {row.name: 1.0 for row in _joined(by_group, terms)}
    for name, hits in by_group.items():
        further, in_title = _extent(hits, len(title))
        found |= {name: 1.0, FURTHER + name: float(further), TITLE + name: float(in_title)}
    found |= {SAYS + word: 1.0 for word in _words(document)}
    return {name: value for name, value in found.items() if value}


def _met(document: str, mentions: Iterable[Named], terms: Terms) -> dict[str, list[Hit]]:
    # The first place of each tells all: how many different ones there are, and whether one stands in the title.
    hits = [*terms.find(document), *terms.named(mentions)]
    by_group: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.key)):
        by_group.setdefault(hit.group, []).append(hit)
    return by_group


def _joined(by_group: Mapping[str, object], terms: Terms) -> list[Combination]:
    return [
        combination
        for combination in terms.combinations
        if combination.every <= by_group.keys()
        and (not combination.some or combination.some & by_group.keys())
        and not combination.none & by_group.keys()
    ]


def _extent(hits: Sequence[Hit], title_end: int) -> tuple[int, bool]:
    """Return how many further terms of a group count, and whether one stands in the title."""
    further = min(_MOST_FURTHER, len({hit.key for hit in hits}) - 1)
    return further, any(hit.end <= title_end for hit in hits)


def _reason(group: Group, hits: Sequence[Hit], document: str, title_end: int) -> Reason:
    further, in_title = _extent(hits, title_end)
    weight = group.weight + group.more * further + (group.title if in_title else 0.0)
    first = hits[0]
    words = document[first.start : first.end]
    opening = "Against: it" if weight < 0 else "It"
    place = ", in the title" if in_title else ""
    return Reason(group.name, weight, words, (first.start, first.end), f"{opening} {group.says}{place}: “{words}”.")


def _words(document: str) -> dict[str, tuple[int, int]]:
    """Return the different words of a document's beginning, each with its first place."""
    found: dict[str, tuple[int, int]] = {}
    for match in islice(WORD.finditer(document), _MOST_WORDS):
        word = match.group().lower()
        if len(word) >= _SHORTEST_WORD and not word.isdigit():
            found.setdefault(word, match.span())
    return found


def _from_words(document: str, terms: Terms) -> Iterator[Reason]:
    for word, (start, end) in _words(document).items():
        if weight := terms.words.get(word):
            words = document[start:end]
            opening = "Against: it" if weight < 0 else "It"
            yield Reason("word", weight, words, (start, end), f"{opening} says “{words}”, as decided documents do.")
