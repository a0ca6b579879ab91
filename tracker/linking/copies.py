"""Copies of one text in several outlets: the same headline within a week, or most of one body standing in the other.

A body is told by a sketch: the smallest hashes of its runs of four words. Of two sketches the smaller hashes are a fair
sample of both texts, so the share of a sample that the other has too is the share of the text.
Source: Andrei Broder, On the resemblance and containment of documents (1997).
"""

import heapq
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from tracker.linking.words import tokens_of

RUN = 4  # words
KEPT = 96  # hashes of a sketch
MOST_READ = 200_000  # characters: what a copy is shows long before
_ALL = 2**32  # beyond every hash: of a short text all are kept
_SAMPLE = 24  # runs of a text that is long enough to be told from others by them
_CONTAINED = 0.6
_CONTAINED_FORM = 0.95  # forms share their printed words; there only a true copy counts
_SAME_HEADLINE = 0.1  # of the body, that two long texts under one headline share at least when they are one
_CUT = 0.25  # of the longer text that a copy keeps; a round-up that holds a short notice is no copy of it
_HEADLINE_DAYS = 7
_HEADLINE_WORDS = 4  # "Press release" and "Press statement" head many texts
FORMS = frozenset({"filing", "contract", "legislation"})


@dataclass(frozen=True)
class Sketch:
    """The smallest hashes of a text's runs of words, ascending, and how many runs it has."""

    hashes: tuple[int, ...] = ()
    runs: int = 0

    @cached_property
    def kept(self) -> frozenset[int]:
        """The hashes, to be looked up."""
        return frozenset(self.hashes)


NO_SKETCH = Sketch()


class Copied(NamedTuple):
    """That two texts are one: whether by their headline, and which share 0..1 of the shorter body is in the other."""

    headline: bool
    share: float | None


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; one of fewer than four words has none."""
    words = [word.encode("utf-8", "replace") for word in tokens_of(text[:MOST_READ]).words]
    row, ends = b" ".join(words), list(accumulate(len(word) + 1 for word in words))
    starts = [0, *ends]
    # A run is cut out of the whole row: joining it anew each time took longer than its hash.
    runs = {zlib.crc32(row[start : end - 1]) for start, end in zip(starts, ends[RUN - 1 :], strict=False)}
    return Sketch(tuple(heapq.nsmallest(KEPT, runs)), len(runs))


def containment(one: Sketch, other: Sketch, shared: int | None = None) -> float | None:
    """Return about which share 0..1 of the shorter text stands in the longer; None for texts too short to tell.

    `shared` is how many hashes both have, where that is known already.
    """
    if one.runs < _SAMPLE or other.runs < _SAMPLE:
        return None
    shorter, longer = (one, other) if one.runs <= other.runs else (other, one)
    # The sample ends where that of the longer text does. What both have lies within it, for it is in both.
    sample = bisect_right(shorter.hashes, longer.hashes[-1]) if longer.runs > KEPT else len(shorter.hashes)
    if not sample:
        return None
    return (len(one.kept & other.kept) if shared is None else shared) / sample


def copied(
    one: Sketch,
    other: Sketch,
    *,
    headlines: tuple[str, str],
    days: int | None,
    kinds: tuple[str, str],
    shared: int | None = None,
) -> Copied | None:
    """Return why two texts are copies, or None.

    `headlines` are title keys (`tracker.domain.canonical.title_key`), `days` the fewest days between, None when not
    known, `shared` as for `containment`. Of forms that people fill in neither headline nor printed words tell anything.
    """
    share = containment(one, other, shared)
    if (share is None or share < _CONTAINED) and headlines[0] != headlines[1]:
        return None
    forms = not FORMS.isdisjoint(kinds)
    least, most = sorted((one.runs, other.runs))
    if share is not None and share >= (_CONTAINED_FORM if forms else _CONTAINED) and least >= _CUT * most:
        return Copied(headlines[0] == headlines[1] != "", share)
    if forms or days is None or days > _HEADLINE_DAYS or headlines[0] != headlines[1]:
        return None
    if len(headlines[0].split()) < _HEADLINE_WORDS or (share is not None and share < _SAME_HEADLINE):
        return None
    return Copied(headline=True, share=share)


def may_be_copied(one: Sketch, other: Sketch, shared: int) -> bool:
    """Return whether so many hashes in common can make two texts copies; cheap, for it is asked of many pairs."""
    if not shared or one.runs < _SAMPLE or other.runs < _SAMPLE:
        return False
    if one.runs == other.runs:
        return True  # either may count as the shorter
    shorter, longer = (one, other) if one.runs <= other.runs else (other, one)
    end = longer.hashes[-1] if longer.runs > KEPT else _ALL
    # Of a sample so large that what is shared is too little of it, the next hash still lies within.
    beyond = int(shared / _CONTAINED)
    return beyond >= len(shorter.hashes) or shorter.hashes[beyond] > end
