"""The one place that notices when a row with a history changes: whatever a session writes, by whichever way.

A watch looks at each flush, so that no import, reader or form can change a fact beside it. It tells what stood before
the watch began and what stands at its end; what was changed and changed back is no change.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self, TypeVar

from sqlalchemy import JSON, Column, event, inspect
from sqlmodel import Session, select

from tracker.domain.acts import About
from tracker.domain.corrections import is_nothing, same
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectState
from tracker.store.historical import ALSO, MACHINERY, PARTS, SUBJECTS, below, historical, kept_columns, key_of
from tracker.store.records import OWN, columns, tables

Row = TypeVar("Row", bound=Base)

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


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that is not as it was: published or not. `before` is None for one added, `after` for one taken out.

    They hold every column of a row that came or went, otherwise those that changed. `subjects` is what it is about,
    the first of them first of all.
    """

    row: Base
    key: str
    subjects: tuple[tuple[About, int], ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass
class Watch:
    """What happens to rows in one session. Use it in `with`; ask for `changes` and `touched` when all is done."""

    session: Session
    _before: dict[tuple[int, str], Any] = field(default_factory=dict, init=False)
    _changed: dict[int, Base] = field(default_factory=dict, init=False)
    _new: dict[int, Base] = field(default_factory=dict, init=False)
    _gone: dict[int, tuple[Base, int | None]] = field(default_factory=dict, init=False)
    _last: dict[int, Touched] = field(default_factory=dict, init=False)

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
            if type(row) in historical():
                self._keep_before(row)
        with session.no_autoflush:
            for row in session.deleted:
                if type(row) in historical():
                    self._keep_before(row)
                    self._gone.setdefault(id(row), (row, self._owner(row) if _is_of_facts(row) else None))
                    self._keep_last(row)
        self._new |= {id(row): row for row in session.new if type(row) in historical()}

    def _keep_before(self, row: Base) -> None:
        """Keep what stood in the columns of a row that were set since the last flush; the first time counts."""
        state: Any = inspect(row)
        told = {*kept_columns(type(row)), "version"}
        for column in told.intersection(state.committed_state):
            history = state.attrs[column].history
            if history.has_changes():
                if (id(row), column) not in self._before:
                    before = history.deleted[0] if history.deleted else self._stored(row, column)
                    self._before[id(row), column] = before
                self._changed[id(row)] = row

    def _stored(self, row: Base, column: str) -> Any:
        """Return what the database still holds in a column that was set without having been read."""
        table = columns(type(row))
        own = [key == getattr(row, key.name) for key in table.primary_key]
        return self.session.connection().execute(select(table.c[column]).where(*own)).scalar()

    def _keep_last(self, row: Base) -> None:
        """Keep all of a row that is taken out, and of those that the database takes out with it."""
        if id(row) in self._last:
            return
        names = [key.name for key in columns(type(row)).primary_key] + list(kept_columns(type(row)))
        before = {name: self._before.get((id(row), name), getattr(row, name)) for name in names}
        self._last[id(row)] = Touched(row, key_of(row), self._subjects(row), before, None)
        for table, column in below(type(row)):
            for child in self.session.exec(select(table).where(getattr(table, column) == getattr(row, "id"))):  # noqa: B009
                self._keep_last(child)

    # --- what came of it ----------------------------------------------------------------------------------------------

    def changes(self) -> Iterator[Change]:
        """Yield every change of a fact of an object that readers could see, or can see again."""
        self.session.flush()
        gone = {key: told for key, told in self._gone.items() if key not in self._new and _is_of_facts(told[0])}
        new: dict[tuple[type, int | None], list[Base]] = defaultdict(list)
        for key, row in self._new.items():
            if gone and key not in self._gone and _is_of_facts(row):
                new[type(row), self._owner(row)].append(row)
        for (key, column), before in self._before.items():
            row = self._changed[key]
            shown = key not in self._gone and key not in self._new and _is_of_facts(row) and column in facts(type(row))
            if shown and not self._is_led(row):
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

    def touched(self) -> Iterator[Touched]:
        """Yield every row that is not as it was, as it stands now: those taken out first, in the order of their end."""
        self.session.flush()
        removed = {(type(told.row), told.key): told for number, told in self._last.items() if number not in self._new}
        came: dict[tuple[type[Base], str], Touched] = {}
        for number, row in self._new.items():
            if number not in self._last:
                came[type(row), key_of(row)] = self._now(row)
        for place, told in removed.items():
            heir = came.pop(place, None)
            if heir is None:
                yield told
            elif (again := _difference(told, heir)) is not None:
                yield again
        changed: dict[int, dict[str, Any]] = defaultdict(dict)
        for (number, column), before in self._before.items():
            if number not in self._last and number not in self._new and column not in MACHINERY:
                changed[number][column] = before
        for number, columns_before in changed.items():
            row = self._changed[number]
            names = (name for name in kept_columns(type(row)) if name in columns_before)
            before = {name: columns_before[name] for name in names if columns_before[name] != getattr(row, name)}
            if before:
                after = {name: getattr(row, name) for name in before}
                yield Touched(row, key_of(row), self._subjects(row), before, after)
        yield from came.values()

    def raised(self, spine: CampaignObject) -> bool:
        """Return whether an object is new or was given a new version since the watch began."""
        return id(spine) in self._new or (id(spine), "version") in self._before

    def _now(self, row: Base) -> Touched:
        names = [key.name for key in columns(type(row)).primary_key] + list(kept_columns(type(row)))
        return Touched(row, key_of(row), self._subjects(row), None, {name: getattr(row, name) for name in names})

    def _subjects(self, row: Base) -> tuple[tuple[About, int], ...]:
        """Return what a row is about; nothing where what it hangs on is no more."""
        told = SUBJECTS.get(type(row))
        if told is not None:
            numbers = [(about, getattr(row, column)) for about, column in told]
        else:
            also = ALSO.get(type(row))
            numbers = [(About.OBJECT, self._owner(row)), (About.OBJECT, getattr(row, also) if also else None)]
        return tuple(dict.fromkeys((about, number) for about, number in numbers if number is not None))

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
            states = {self._was("state", row), row.state}
            if ObjectState.DRAFT not in states and id(row) not in self._new:
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
        return number in {now, self._before.get((id(row), "merged_into_id"), now)}

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


def _is_of_facts(row: Base) -> bool:
    return type(row) in _tables_of_facts()


def _difference(before: Touched, after: Touched) -> Touched | None:
    """Return a row that was taken out and written again as one that changed, or None where it is the same."""
    old, new = before.before or {}, after.after or {}
    names = [name for name, value in old.items() if value != new.get(name)]
    if not names:
        return None
    values = {name: old[name] for name in names}, {name: new.get(name) for name in names}
    return Touched(after.row, after.key, after.subjects, *values)


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
