"""Documents that tell one story as one group: copies first, then separate reports of the same event.

Reports join by average linkage: a report must be like the story as a whole, or the months of a campaign would hang
together one by one. What a person put together or apart stays so, whatever the arithmetic says.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.domain.vocab import StoryTie
from tracker.linking.copies import Copied, copied
from tracker.linking.same_event import Crowd, StoryRules, Telling

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
    tellings: Iterable[Telling],
    rules: StoryRules,
    *,
    of: Collection[int] | None = None,
    standing: Standing | None = None,
) -> list[Group]:
    """Return the stories that the documents `of` (all by default) are in, ordered by their first member.

    Stories that stand may grow and be joined; they are not taken apart. Only candidates of an index are compared.
    """
    crowd = Crowd(tellings, rules, of)
    return _Grouping(crowd, standing or Standing()).of(sorted(crowd.tellings if of is None else of))


class _Grouping:
    """Clusters that grow; each is known by its smallest member."""

    def __init__(self, crowd: Crowd, standing: Standing) -> None:
        self._crowd, self._apart = crowd, standing.apart
        self._members: dict[int, list[int]] = {number: [number] for number in sorted(crowd.tellings)}
        self._cluster = {number: number for number in crowd.tellings}
        self._stood = {number for story in standing.stories for number in story}
        self._kept_apart: dict[int, set[int]] = defaultdict(set)
        self._told: dict[Pair, Copied | None] = {}
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
        couples = sorted({pair(number, other) for number, others in near.items() for other in others})
        for one, other in couples:
            if self._copied(one, other) and self._may_join(self._cluster[one], self._cluster[other]):
                self._unite((one, other))
        self._join_reports(couples)
        found = sorted({self._cluster[number] for number in chosen})
        return [self._group(self._members[cluster]) for cluster in found if len(self._members[cluster]) > 1]

    def _unite(self, ids: Sequence[int]) -> None:
        known = sorted({self._cluster[number] for number in ids if number in self._cluster})
        for other in known[1:]:
            for number in self._members[other]:
                self._cluster[number] = known[0]
            self._members[known[0]] = sorted([*self._members[known[0]], *self._members.pop(other)])

    def _may_join(self, one: int, other: int) -> bool:
        """Whether nobody said that a member of one is another story than a member of the other."""
        others = set(self._members[other])
        return one != other and not any(self._kept_apart[number] & others for number in self._members[one])

    def _join_reports(self, couples: Iterable[Pair]) -> None:
        threshold = self._crowd.rules.threshold
        waiting: list[tuple[float, int, int, int]] = []

        def offer(one: int, other: int) -> None:
            likeness = self._linkage(one, other)
            if likeness >= threshold:
                size = len(self._members[one]) + len(self._members[other])
                heapq.heappush(waiting, (-likeness, *pair(one, other), size))

        for one, other in sorted({pair(self._cluster[one], self._cluster[other]) for one, other in couples}):
            if one != other:
                offer(one, other)
        neighbours = _both_ways(couples)
        while waiting:
            _, one, other, size = heapq.heappop(waiting)
            if one not in self._members or other not in self._members or not self._may_join(one, other):
                continue
            if len(self._members[one]) + len(self._members[other]) != size:
                continue
            self._unite((one, other))
            around = {self._cluster[near] for number in self._members[one] for near in neighbours[number]}
            for cluster in sorted(around - {one}):
                offer(one, cluster)

    def _linkage(self, one: int, other: int) -> float:
        """Return the average probability over pairs across two clusters."""
        tellings = self._crowd.tellings
        across = list(product(self._nearest(one, other), self._nearest(other, one)))
        return sum(self._crowd.probability(tellings[mine], tellings[theirs]) for mine, theirs in across) / len(across)

    def _nearest(self, cluster: int, other: int) -> Sequence[int]:
        members = self._members[cluster]
        if len(members) <= _MOST_COMPARED:
            return members
        tellings, at = self._crowd.tellings, self._crowd.tellings[other]
        far = self._crowd.rules.days + 1
        days = {number: self._crowd.days_between(tellings[number], at) for number in members}
        return sorted(members, key=lambda number: (far if days[number] is None else days[number], number))[
            :_MOST_COMPARED
        ]

    def _copied(self, one: int, other: int) -> Copied | None:
        couple = pair(one, other)
        if couple not in self._told:
            first, second = (self._crowd.tellings[number] for number in couple)
            self._told[couple] = copied(
                first.sketch,
                second.sketch,
                headlines=(first.headline, second.headline),
                days=self._crowd.days_between(first, second),
                kinds=(first.kind, second.kind),
            )
        return self._told[couple]

    def _group(self, members: Sequence[int]) -> Group:
        new = [number for number in members if number not in self._stood]
        return Group(tuple(members), {number: self._tie(number, members) for number in new})

    def _tie(self, number: int, members: Sequence[int]) -> Tie:
        others = [other for other in members if other != number]
        copies = [(self._copied(number, other), other) for other in others]
        sure = [(-(found.share or 0.0), other, found) for found, other in copies if found]
        if sure:
            _, other, found = min(sure)
            return Tie(StoryTie.COPY, other, 1.0, _copy_words(found, self._days(number, other)))
        person = [other for other in others if pair(number, other) in self._together]
        if person:
            return Tie(StoryTie.PERSON, person[0], 1.0, "put together by an editor")
        tellings = self._crowd.tellings
        likeness = {other: self._crowd.probability(tellings[number], tellings[other]) for other in others}
        best = max(others, key=lambda other: (likeness[other], -other))
        reasons = self._crowd.reasons(tellings[number], tellings[best])
        return Tie(StoryTie.SAME_EVENT, best, likeness[best], _event_words(reasons), reasons)

    def _days(self, one: int, other: int) -> int | None:
        return self._crowd.days_between(self._crowd.tellings[one], self._crowd.tellings[other])


def _both_ways(couples: Iterable[Pair]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in couples:
        found[one].add(other)
        found[other].add(one)
    return found


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
