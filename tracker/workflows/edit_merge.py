"""Two people at one object: what the other changed is taken over, and what both changed is put side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from tracker.domain import merging
from tracker.domain.errors import ConflictError
from tracker.domain.merging import Conflict
from tracker.store import history, typed_names
from tracker.store.historical import key_of
from tracker.store.history import Changed
from tracker.store.object_forms import FormField, Widget
from tracker.store.object_rows import Edited, Placed, text_of
from tracker.store.records import tables
from tracker.workflows.typed_values import same_text


@dataclass(frozen=True, slots=True)
class BothChanged:
    """One field that two people changed: its name on the form, what stood, what each made of it, who and when.

    `theirs` is empty where they took the value, or the row, out; `said` is all of it in a sentence.
    """

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    by: str
    at: datetime
    said: str


class EditConflictError(ConflictError):
    """Somebody changed the same fields meanwhile. Nothing was kept; `values` is the form with all the rest merged."""

    def __init__(self, both: tuple[BothChanged, ...], values: Mapping[str, str], version: int) -> None:
        """Keep what both changed, and the form as it should be sent again, made from `version`."""
        super().__init__(f"{' '.join(one.said for one in both)} Choose for each which shall stand.")
        self.both, self.values, self.version = both, dict(values), version


def merged(session: Session, edited: Edited, typed: Mapping[str, str], version: int, now: datetime) -> dict[str, str]:
    """Return the form as if it had been made from the object as it stands, where nobody changed the same.

    Raises EditConflictError where somebody did, InputError for a version that the object never had.
    """
    if version == edited.spine.version:
        return dict(typed)
    changed = history.changed_since(session, edited.spine.id or 0, version)
    merge = _Merge(session, edited, dict(typed), changed, now)
    merge.run()
    if merge.both:
        raise EditConflictError(tuple(merge.both), merge.values, edited.spine.version)
    return merge.values


@dataclass
class _Merge:
    session: Session
    edited: Edited
    values: dict[str, str]
    changed: Mapping[tuple[str, str, str], Changed]
    now: datetime
    both: list[BothChanged] = field(default_factory=list)

    def run(self) -> None:
        """Go through what others changed."""
        paths = self._paths()
        told = [
            (placed, one, change, f"{path}-{one.key}" if path else one.key)
            for placed in self.edited.rows
            if (path := self._path(placed, paths)) is not None
            for one in placed.fields
            if (change := self.changed.get((str(placed.row.__tablename__), key_of(placed.row), one.column))) is not None
        ]
        before = {
            (one.target, change.before) for _, one, change, _ in told if one.widget is Widget.NAME and change.before
        }
        named = typed_names.texts(self.session, before)
        told = [each for each in told if each[3] in self.values]
        base = {name: text_of(_as_it_was(placed, one, change), one, named) for placed, one, change, name in told}
        theirs = {name: self.edited.values[placed.name(one.key)] for placed, one, _, name in told}
        joined = merging.merged(base, {name: self.values[name] for name in base}, theirs)
        self.values |= joined.values
        about = {name: (label_of(placed, one), change) for placed, one, change, name in told}
        for conflict in joined.conflicts:
            self.both.append(self._both(conflict, *about[conflict.key]))
        self._gone(paths)

    def _both(self, conflict: Conflict[str], label: str, change: Changed) -> BothChanged:
        named = label[:1].lower() + label[1:]
        said = merging.sentence(conflict, named, by=change.by, at=change.at, now=self.now)
        return BothChanged(
            conflict.key, label, conflict.base, conflict.mine, conflict.theirs or "", change.by, change.at, said
        )

    def _paths(self) -> dict[tuple[str, str], str]:
        """Return where each row that stood when the form was made is on it: its path by table and number."""
        found = {}
        for name, text in self.values.items():
            path, _, last = name.rpartition("-")
            if last == "id" and text and path:
                found[path.split("-")[-2], text] = path
        return found

    @staticmethod
    def _path(placed: Placed, paths: Mapping[tuple[str, str], str]) -> str | None:
        return "" if placed.part is None else paths.get((placed.part.name, key_of(placed.row)))

    def _gone(self, paths: Mapping[tuple[str, str], str]) -> None:
        """Leave out rows that somebody took out; where this form changed such a row, both are put side by side."""
        for (table, key, column), change in self.changed.items():
            path = paths.get((table, key))
            if column or change.after is not None or path is None:
                continue
            mine = {name: text for name, text in self.values.items() if name.startswith(f"{path}-")}
            different = list(self._different(table, path, change))
            for name in mine:
                del self.values[name]
            if different and mine.get(f"{path}-out") != "yes":
                self.values |= {**mine, f"{path}-id": ""}  # kept, it is a row of its own again
                label, base, typed = different[0]
                self.both.append(self._both(Conflict(f"{path}-out", base, typed, None), label, change))

    def _different(self, table: str, path: str, change: Changed) -> Iterator[tuple[str, str, str]]:
        """Yield label, text before and text now of each field of a row taken out that this form changed."""
        part = next((part for part in self.edited.form.every_part() if part.name == table), None)
        if part is None or change.before is None:
            return
        was = tables()[table](**change.before)
        pointed = {
            (one.target, number)
            for one in part.fields
            if one.widget is Widget.NAME and (number := getattr(was, one.column)) is not None
        }
        named = typed_names.texts(self.session, pointed)
        for one in part.fields:
            base, typed = text_of(was, one, named), self.values.get(f"{path}-{one.key}")
            if typed is not None and not same_text(typed, base):
                yield f"{part.label}: {one.label}", base, typed


def label_of(placed: Placed, one: FormField) -> str:
    """Return what a field is called where its row is not seen."""
    return f"{placed.part.label}: {one.label}" if placed.part else one.label


class _AsItWas:
    """A row with one column as it was before: enough for the text of a field."""

    def __init__(self, row: object, column: str, value: object) -> None:
        self._row = row
        setattr(self, column, value)

    def __getattr__(self, name: str) -> object:
        return getattr(self._row, name)


def _as_it_was(placed: Placed, one: FormField, change: Changed) -> object:
    return _AsItWas(placed.row, one.column, change.before)
