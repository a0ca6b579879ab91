"""The one place that notices when a published fact changes: whatever a session writes to it, by whichever way.

A watch looks at each flush, so that no import, reader or form can change a fact beside it. It tells what stood before
the watch began and what stands at its end; what was changed and changed back is no change.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self, TypeVar

from sqlalchemy import JSON, Column, event, inspect
from sqlmodel import Session

from tracker.domain.corrections import is_nothing, same
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectState
from tracker.models.correspondence import (
    Answer,
    LetterParty,
    LetterQuestion,
    QuestionAssessment,
    ResponseSearch,
    SenderJudgement,
)
from tracker.models.meeting import BallotItem, FundVote, InsiderHolding, VoteClaim, VoteCount
from tracker.models.organization import Organization
from tracker.models.resolution import ExclusionBasis, Filer, ResolutionStatus
from tracker.models.voting_intention import VotingIntention
from tracker.store.records import OWN, columns, tables

Row = TypeVar("Row", bound=Base)

# The tables in which facts stand beside the details of each kind: the columns that lead to the object they are told
# of, the first that is given. What is graded of an answer is told of the letter that asked.
PARTS: dict[type[Base], tuple[str, ...]] = {
    Answer: ("object_id",),
    BallotItem: ("resolution_id", "meeting_id"),
    ExclusionBasis: ("resolution_id",),
    Filer: ("resolution_id",),
    FundVote: ("ballot_item_id",),
    InsiderHolding: ("meeting_id",),
    LetterParty: ("letter_id",),
    LetterQuestion: ("letter_id",),
    QuestionAssessment: ("question_id",),
    ResolutionStatus: ("resolution_id",),
    ResponseSearch: ("letter_id",),
    SenderJudgement: ("letter_id",),
    VoteClaim: ("ballot_item_id",),
    VoteCount: ("ballot_item_id",),
    VotingIntention: ("resolution_id",),
}
# Names of addresses, words to find an object by, and what only the machinery needs are no facts.
NO_FACTS = OWN | {"slug", "kind", "aliases", "version", "withdrawn_reason"}


@dataclass(frozen=True, slots=True)
class Change:
    """A published fact that is not what it was: values as the columns hold them, None for nothing.

    `row` is where it stands or stood. Without a `column` the whole row was taken out, or the object itself ended.
    """

    object_id: int
    row: Base
    column: str
    before: Any
    after: Any


@dataclass
class Watch:
    """What happens to facts in one session. Use it in `with`, and ask for `changes` when all is done."""

    session: Session
    _before: dict[tuple[int, str], Any] = field(default_factory=dict, init=False)
    _changed: dict[int, Base] = field(default_factory=dict, init=False)
    _new: dict[int, Base] = field(default_factory=dict, init=False)
    _gone: dict[int, tuple[Base, int | None]] = field(default_factory=dict, init=False)
    _led: dict[int, int | None] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        """Begin to look; what waits to be written belongs to the time before."""
        self.session.flush()
        event.listen(self.session, "before_flush", self._look)
        return self

    def __exit__(self, *_: object) -> None:
        """Look no longer."""
        event.remove(self.session, "before_flush", self._look)

    def _look(self, session: Session, *_: object) -> None:
        for row in session.dirty:
            if type(row) in _tables_of_facts():
                self._keep_before(row)
            elif isinstance(row, Organization):
                self._led.setdefault(id(row), _replaced(row, "merged_into_id"))
        for row in session.deleted:
            if type(row) in _tables_of_facts():
                self._keep_before(row)
                self._gone[id(row)] = (row, self._owner(row))
        self._new |= {id(row): row for row in session.new if type(row) in _tables_of_facts()}

    def _keep_before(self, row: Base) -> None:
        """Keep what stood in the columns of a row that were set since the last flush; the first time counts."""
        state: Any = inspect(row)
        for column in facts(type(row)):
            history = state.attrs[column].history
            if history.has_changes():
                self._before.setdefault((id(row), column), history.deleted[0] if history.deleted else None)
                self._changed[id(row)] = row

    # --- what came of it ----------------------------------------------------------------------------------------------

    def changes(self) -> Iterator[Change]:
        """Yield every change of a fact of an object that readers could see, or can see again."""
        self.session.flush()
        gone = {key: told for key, told in self._gone.items() if key not in self._new}
        new: dict[tuple[type, int | None], list[Base]] = defaultdict(list)
        for key, row in self._new.items():
            if gone and key not in self._gone:
                new[type(row), self._owner(row)].append(row)
        for (key, column), before in self._before.items():
            row = self._changed[key]
            if key not in self._gone and key not in self._new and not self._is_led(row):
                yield from self._told(self._owner(row), row, column, before, getattr(row, column))
        for key, (row, owner) in gone.items():
            beside = new[type(row), owner]
            place = _place_of_heir(row, beside)
            if place is None:
                yield from self._told(owner, row, "", row, None)
                continue
            heir = beside.pop(place)
            for column in facts(type(row)):
                before = self._before.get((key, column), getattr(row, column))
                yield from self._told(owner, heir, column, before, getattr(heir, column))

    def added(self, table: type[Row]) -> list[Row]:
        """Return the rows of a table that are new since the watch began."""
        return [row for key, row in self._new.items() if isinstance(row, table) and key not in self._gone]

    def owner(self, row: Base) -> int | None:
        """Return the object that a row is told of, where readers could see it before."""
        owner = self._owner(row)
        return owner if owner is not None and self._was_shown(owner) else None

    def _told(self, owner: int | None, row: Base, column: str, before: Any, after: Any) -> Iterator[Change]:
        if owner is None or same(before, after):
            return
        if isinstance(row, CampaignObject) and column in {"state", "merged_into_id"}:
            if self._was("state", row) is not ObjectState.DRAFT and id(row) not in self._new:
                yield Change(owner, row, column, before, after)
        elif not is_nothing(before) and self._was_shown(owner):
            yield Change(owner, row, column, before, after)

    def _is_led(self, row: Base) -> bool:
        """Return whether a row hangs on what it hung on by another name: one of the two was merged into the other."""
        pointing = [(column.name, target_of(column)) for column in columns(type(row)).c if column.foreign_keys]
        return any(
            self._is_one(tables()[target], before, getattr(row, name))
            for name, target in pointing
            if target is not None and (before := self._before.get((id(row), name))) is not None
        )

    def _is_one(self, table: type[Base], before: int, after: int | None) -> bool:
        if after is None:
            return False
        one, other = self.session.get(table, before), self.session.get(table, after)
        if table in PARTS and one is not None and other is not None:
            mine, theirs = self._owner(one), self._owner(other)
            return mine is not None and (mine == theirs or self._is_one(CampaignObject, mine, theirs))
        if table in kinds().values():
            return self._is_one(CampaignObject, before, after)
        return self._leads(one, after) or self._leads(other, before)

    def _leads(self, row: Any, number: int) -> bool:
        """Return whether a row leads to another, or did when the watch began."""
        if row is None or not hasattr(row, "merged_into_id"):
            return False
        now = row.merged_into_id
        return number in {now, self._before.get((id(row), "merged_into_id"), now), self._led.get(id(row))}

    def _was(self, column: str, spine: CampaignObject) -> Any:
        return self._before.get((id(spine), column), getattr(spine, column))

    def _was_shown(self, owner: int) -> bool:
        spine = self.session.get(CampaignObject, owner)
        if spine is None or id(spine) in self._new:
            return False
        return self._was("state", spine) is ObjectState.PUBLISHED and self._was("merged_into_id", spine) is None

    def _owner(self, row: Base) -> int | None:
        """Return the id of the object that a row is told of."""
        if type(row) not in PARTS:
            return row.id  # type: ignore[attr-defined,no-any-return]  # a detail row has the spine's key
        for name in PARTS[type(row)]:
            number = getattr(row, name)
            if number is None:
                continue
            parent = tables()[target_of(columns(type(row)).c[name]) or ""]
            if parent not in PARTS:
                return int(number)
            found = self.session.get(parent, number)
            return self._owner(found) if found is not None else None
        return None


def _replaced(row: Base, column: str) -> Any:
    """Return what stood in a column before it was set."""
    state: Any = inspect(row)
    return next(iter(state.attrs[column].history.deleted or ()), None)


@cache
def facts(table: type[Base]) -> tuple[str, ...]:
    """Return the columns of a table that hold facts: not its key, and nothing that only the machinery needs."""
    return tuple(
        column.name
        for column in columns(table).columns
        if column.name not in NO_FACTS and not column.primary_key and not isinstance(column.type, JSON)
    )


def target_of(column: Column[Any]) -> str | None:
    """Return the name of the table that a column points to, if it does."""
    return next((key.column.table.name for key in column.foreign_keys), None)


@cache
def _tables_of_facts() -> frozenset[type[Base]]:
    return frozenset({CampaignObject, *PARTS, *kinds().values()})


def _place_of_heir(row: Base, new: Sequence[Base]) -> int | None:
    """Return the place of the new row that stands for one taken out: the one most like it, if any is like it at all."""
    values = {name: value for name in facts(type(row)) if _says_something(value := getattr(row, name))}
    shared = [sum(getattr(other, name) == value for name, value in values.items()) for other in new]
    return shared.index(max(shared)) if any(shared) else None


def _says_something(value: Any) -> bool:
    """Return whether two rows with this value have something in common; yes and no are shared by chance."""
    return not is_nothing(value) and not isinstance(value, bool)
