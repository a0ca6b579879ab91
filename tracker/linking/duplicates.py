"""Documents that tell one story as one group: copies first, then separate reports of the same event.

Reports join by average linkage: a report must be like the story as a whole, or the months of a campaign would hang
together one by one. What a person put together or apart stays so, whatever the arithmetic says.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.domain.vocab import StoryTie
from tracker.linking.copies import Copied, copied
from tracker.linking.holders import Holders
from tracker.linking.same_event import Crowd, StoryRules
from tracker.linking.telling import Telling

_MOST_COMPARED = 12  # members of a story that a report is held against: the nearest in time speak for the rest

Pair = tuple[int, int]


def pair(one: int, other: int) -> Pair:
    """Return two ids as an unordered pair is written: the smaller first."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Tie:
    """Why a document is in its story: `nearest` is the member it is most like. Reasons sum to the score's log odds.

    Copies and what a person decided rest on no model: their score is 1 and their reasons carry no points.
    """

    how: StoryTie
    nearest: int
    score: float
    why: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A story of at least two: its members in order of id; `ties` of those that were in no story before."""

    members: tuple[int, ...]
    ties: Mapping[int, Tie] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is settled already: the stories there are (members by any key), and pairs that people decided on."""

    stories: Sequence[Collection[int]] = ()
    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


def grouped(
    holders: Holders,
    rules: StoryRules,
    *,
    of: Collection[int] | None = None,
    standing: Standing | None = None,
) -> list[Group]:
    """Return the stories that the documents `of` (all by default) are in, ordered by their first member.

    Stories that stand may grow and be joined; they are not taken apart. Only candidates of an index are compared.
    """
    crowd = Crowd(holders, rules, of)
    return _Grouping(crowd, standing or Standing()).of(sorted(crowd.tellings if of is None else of))


class _Grouping:
    """Clusters that grow; each is known by its smallest member."""

    def __init__(self, crowd: Crowd, standing: Standing) -> None:
        self._crowd, self._apart = crowd, standing.apart
        self._members: dict[int, list[int]] = {number: [number] for number in sorted(crowd.tellings)}
        self._cluster = {number: number for number in crowd.tellings}
        self._stood = {number for story in standing.stories for number in story}
        self._kept_apart: dict[int, set[int]] = defaultdict(set)
        self._copies: dict[int, dict[int, Copied]] = {}
        for one, other in standing.apart:
            self._kept_apart[one].add(other)
            self._kept_apart[other].add(one)
        self._together = standing.together
        for story in standing.stories:
            self._unite(sorted(story))
        for couple in sorted(standing.together):
            self._unite(couple)

    def of(self, chosen: Sequence[int]) -> list[Group]:
        """Let the chosen ones find their stories."""
        near = {number: self._crowd.candidates(self._crowd.tellings[number]) for number in chosen}
        self._copies = {number: self._copies_of(number) for number in chosen}
        found = {pair(number, other) for number in chosen for other in self._copies[number].keys() & near[number]}
        for one, other in sorted(found):
            if self._may_join(self._cluster[one], self._cluster[other]):
                self._unite((one, other))
        self._join_reports(near)
        clusters = sorted({self._cluster[number] for number in chosen})
        return [self._group(self._members[cluster]) for cluster in clusters if len(self._members[cluster]) > 1]

    def _copies_of(self, number: int) -> dict[int, Copied]:
        """Return every copy of a chosen document, and why it is one."""
        near = self._crowd.may_be_copies(self._crowd.tellings[number])
        return {other: found for other, shared in near if (found := self._copied(number, other, shared))}

    def _copied(self, number: int, other: int, shared: int | None = None) -> Copied | None:
        first, second = (self._crowd.tellings[one] for one in pair(number, other))
        return copied(
            first.sketch,
            second.sketch,
            shared=shared,
            headlines=(first.headline, second.headline),
            days=self._crowd.days_between(first, second),
            kinds=(first.kind, second.kind),
        )

    def _unite(self, ids: Sequence[int]) -> None:
        known = sorted({self._cluster[number] for number in ids if number in self._cluster})
        for other in known[1:]:
            for number in self._members[other]:
                self._cluster[number] = known[0]
            self._members[known[0]] = sorted([*self._members[known[0]], *self._members.pop(other)])

    def _may_join(self, one: int, other: int) -> bool:
        """Whether nobody said that a member of one is another story than a member of the other."""
        if one == other or not self._kept_apart:
            return one != other
        others = set(self._members[other])
        return not any(self._kept_apart[number] & others for number in self._members[one])

    def _join_reports(self, near: Mapping[int, Sequence[int]]) -> None:
        threshold, cluster = self._crowd.rules.threshold, self._cluster
        waiting: list[tuple[float, int, int, int]] = []

        def offer(one: int, other: int) -> None:
            likeness = self._linkage(one, other)
            if likeness >= threshold:
                size = len(self._members[one]) + len(self._members[other])
                heapq.heappush(waiting, (-likeness, *pair(one, other), size))

        touching = {pair(cluster[number], other) for number, others in near.items() for other in self._clusters(others)}
        for one, other in sorted(touching):
            if one != other:
                offer(one, other)
        beside = self._beside(near) if waiting else {}
        while waiting:
            _, one, other, size = heapq.heappop(waiting)
            if one not in self._members or other not in self._members or not self._may_join(one, other):
                continue
            if len(self._members[one]) + len(self._members[other]) != size:
                continue
            self._unite((one, other))
            beside[cluster[one]] = beside.pop(one) | beside.pop(other)
            for further in sorted(self._clusters(beside[cluster[one]]) - {cluster[one]}):
                offer(cluster[one], further)

    def _clusters(self, numbers: Iterable[int]) -> set[int]:
        return set(map(self._cluster.__getitem__, numbers))

    def _beside(self, near: Mapping[int, Sequence[int]]) -> dict[int, set[int]]:
        """Return by cluster the candidates of its members, from whichever side they are."""
        found: dict[int, set[int]] = defaultdict(set)
        for number, others in near.items():
            found[self._cluster[number]].update(others)
            for other in others:
                found[self._cluster[other]].add(number)
        return found

    def _linkage(self, one: int, other: int) -> float:
        """Return the average probability over pairs across two clusters."""
        crowd, tellings = self._crowd, self._crowd.tellings
        across = product(self._nearest(one, other), self._nearest(other, one))
        sizes = (min(len(self._members[cluster]), _MOST_COMPARED) for cluster in (one, other))
        return sum(crowd.probability(tellings[mine], tellings[theirs]) for mine, theirs in across) / math.prod(sizes)

    def _nearest(self, cluster: int, other: int) -> Sequence[int]:
        """Return the members of a cluster that lie nearest in time to the first of another.

        Where the other has no further member, those that lie too far to be like it are left out.
        """
        members = self._members[cluster]
        if len(members) <= _MOST_COMPARED:
            return members
        at, days = self._crowd.tellings[other], self._crowd.near_in_time(self._crowd.tellings[other])
        close = sorted((between, number) for number, between in days.items() if self._cluster[number] == cluster)
        if len(close) < _MOST_COMPARED and len(self._members[other]) > 1:
            close += self._farther(members, at, close)
        return [number for _, number in close[:_MOST_COMPARED]]

    def _farther(self, members: Sequence[int], at: Telling, close: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return further members after the close ones: those whose day is not known, then by day."""
        known, far = {number for _, number in close}, self._crowd.rules.days + 1
        days = ((self._crowd.days_between(self._crowd.tellings[number], at), number) for number in members)
        rows = ((far if day is None else day, number) for day, number in days if number not in known)
        return heapq.nsmallest(_MOST_COMPARED - len(close), rows)

    def _group(self, members: Sequence[int]) -> Group:
        new = [number for number in members if number not in self._stood]
        return Group(tuple(members), {number: self._tie(number, members) for number in new})

    def _tie(self, number: int, members: Sequence[int]) -> Tie:
        copies = self._copies.get(number)
        if copies is None:
            others = (other for other in members if other != number)
            copies = {other: found for other in others if (found := self._copied(number, other))}
        sure = [
            (-(found.share or 0.0), other)
            for other, found in copies.items()
            if self._cluster[other] == self._cluster[number]
        ]
        if sure:
            _, other = min(sure)
            return Tie(StoryTie.COPY, other, 1.0, _copy_words(copies[other], self._days(number, other)))
        person = [other for other in members if pair(number, other) in self._together] if self._together else ()
        if person:
            return Tie(StoryTie.PERSON, person[0], 1.0, "put together by an editor")
        one, tellings = self._crowd.tellings[number], self._crowd.tellings
        likeness = {
            other: self._crowd.probability(one, tellings[other])
            for other in self._crowd.near_in_time(one)
            if other != number and self._cluster[other] == self._cluster[number]
        }
        first = members[0] if members[0] != number else members[1]  # where all are as unlike as can be
        best = max((first, *likeness), key=lambda other: (likeness.get(other, 0.0), -other))
        reasons = self._crowd.reasons(one, tellings[best])
        return Tie(StoryTie.SAME_EVENT, best, likeness.get(best, 0.0), _event_words(reasons), reasons)

    def _days(self, one: int, other: int) -> int | None:
        return self._crowd.days_between(self._crowd.tellings[one], self._crowd.tellings[other])


def _copy_words(found: Copied, days: int | None) -> str:
    parts = ["the same headline"] if found.headline else []
    if found.share is not None:
        parts.append(f"{found.share:.0%}".replace("%", " % of the text the same"))
    if days is not None:
        parts.append(f"{plural(days, 'day')} apart" if days else "of the same day")
    return ", ".join(parts)


def _event_words(reasons: Sequence[Reason]) -> str:
    said = [reason.words for reason in reasons if reason.weight > 0 and reason.words]
    return ", ".join(said)


def pairs_within(groups: Iterable[Group]) -> frozenset[Pair]:
    """Return every pair of documents that some group holds together."""
    return frozenset(couple for group in groups for couple in combinations(group.members, 2))
