"""Which items of a meeting's ballot the matters of a filing are: by number or name, by title, by a published share.

No two matters share an item. By title, each must be the other's likest; by a percentage, it must be one matter's alone:
a filing has many matters, and people have entered few of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.domain.matters import ballot_number, likest, reconciled, telling_claims
from tracker.domain.vocab import BallotKind
from tracker.domain.votes import Claim, Tally, supports
from tracker.models.meeting import BallotItem
from tracker.store import meetings, votes
from tracker.workflows.filed.record import Record

if TYPE_CHECKING:
    from tracker.filings.voting_results.results import Matter

# A matter by its place in the filing, and the item it may be.
Pair = tuple[int, BallotItem]
Placed = Mapping[int, BallotItem]


def title_of(matter: "Matter") -> str:
    """Return what an item is called: nominees share a number on the ballot, so theirs is the name."""
    return f"Election of {matter.nominee}" if matter.nominee else matter.title


def _tally(matter: "Matter") -> Tally:
    """Return a matter's counts."""
    return Tally(matter.for_, matter.against, matter.abstain, matter.broker_non_votes)


class Ballot:
    """One meeting's ballot while a filing is written into it."""

    def __init__(self, record: Record, meeting_id: int, matters: "Sequence[Matter]") -> None:
        """Look the items up."""
        self._record, self._meeting_id, self._matters = record, meeting_id, matters
        self._items = meetings.ballot(record.session, meeting_id)

    def items(self) -> list[BallotItem | None]:
        """Return the item of each matter, in their order, made when the ballot does not have it yet.

        None for one that a person took out.
        """
        placed: dict[int, BallotItem] = {}
        for pairs in (self._named, self._alike, self._claimed):
            for place, item in list(pairs(placed)):
                if place not in placed and all(item is not other for other in placed.values()):
                    placed[place] = item
        found = ((placed.get(place) or self._made(matter), matter) for place, matter in enumerate(self._matters))
        items = [self._numbered(item, matter) if item is not None else None for item, matter in found]
        self._record.session.flush()
        return items

    def _named(self, placed: Placed) -> Iterator[Pair]:  # noqa: ARG002 - the first of three that are called alike
        """Yield the pairs with one number and kind, or one nominee."""
        for place, matter in enumerate(self._matters):
            yield from ((place, item) for item in self._items if _is_same(item, matter))

    def _open(self, placed: Placed) -> list[Pair]:
        """Return which matters may be which of the items left: of one kind, and not both numbered."""
        left = [item for item in self._items if all(item is not other for other in placed.values())]
        return [
            (place, item)
            for place, matter in enumerate(self._matters)
            for item in left
            if place not in placed
            and not matter.nominee
            and item.ballot_kind is BallotKind(matter.kind)
            and (item.number is None or not matter.number)
        ]

    def _alike(self, placed: Placed) -> Iterator[Pair]:
        """Yield the pairs of which each is the other's likest by title: one side alone proves nothing."""
        pairs = self._open(placed)
        for place, item in pairs:
            titles = {other.id or 0: other.title for at, other in pairs if at == place}
            matters = {at: self._matters[at].title for at, other in pairs if other is item}
            one, two = likest(self._matters[place].title, titles), likest(item.title, matters)
            if one is not None and two is not None and (one[0], two[0]) == (item.id, place):
                yield place, item

    def _claimed(self, placed: Placed) -> Iterator[Pair]:
        """Yield the pairs where the counts of exactly one matter give a percentage published of exactly one item."""
        pairs = [(at, item) for at, item in self._open(placed) if self._gives_the_claim(item, self._matters[at])]
        for place, item in pairs:
            if sum(at == place for at, _ in pairs) == 1 and sum(other is item for _, other in pairs) == 1:
                yield place, item

    def _gives_the_claim(self, item: BallotItem, matter: "Matter") -> bool:
        shares = supports(_tally(matter))
        claims = telling_claims(
            Claim(votes.percent_of(row), row.formula, row.claimed_by)
            for row in meetings.claims(self._record.session, item.id or 0)
        )
        return any((found := reconciled(claim, shares)) is not None and found.agrees for claim in claims)

    def _made(self, matter: "Matter") -> BallotItem | None:
        made = BallotItem(
            meeting_id=self._meeting_id,
            title=title_of(matter),
            ballot_kind=BallotKind(matter.kind),
            read_fields=["ballot_kind", "number", "title"],
        )
        if was_taken_out(self._record, made, ballot_number(matter.number)):
            return None
        self._record.session.add(made)
        self._items.append(made)
        self._record.touched.add(self._meeting_id)
        return made

    def _numbered(self, item: BallotItem, matter: "Matter") -> BallotItem:
        """Give an item its number, where no other item has it."""
        number = ballot_number(matter.number)
        if item.number is not None or number is None or matter.nominee:
            return item
        if any(ballot_number(other.number) == number for other in self._items):
            self._record.warnings.append(f"item {number} is another matter in the record than “{matter.title}”")
            return item
        item.number, item.read_fields = number, sorted({*item.read_fields, "number"})
        return item


def was_taken_out(record: Record, made: BallotItem, number: str | None) -> bool:
    """Return whether a person took an item of this title or this number off the ballot."""
    numbered = BallotItem(meeting_id=made.meeting_id, number=number, ballot_kind=made.ballot_kind)
    about = (made.meeting_id,)
    return record.taken_out(made, "title", about=about) or (
        number is not None and record.taken_out(numbered, "number", about=about)
    )


def _is_same(item: BallotItem, matter: "Matter") -> bool:
    if matter.nominee:
        return item.title == title_of(matter)
    kind, number = BallotKind(matter.kind), ballot_number(matter.number)
    fits = item.ballot_kind in {kind, BallotKind.OTHER} or kind is BallotKind.OTHER
    return number is not None and ballot_number(item.number) == number and fits
