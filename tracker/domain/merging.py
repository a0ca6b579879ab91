"""A three-way merge of what two people made of one form: what can be joined, and what both changed.

`base` is what the form showed, `mine` what comes back from it, `theirs` what stands in the archive by now. A field or
row that only one of the two changed is theirs who changed it; one that both changed alike is no conflict.
Source: the three-way merge of diff3 (Khanna, Kunal and Pierce, "A formal investigation of diff3", 2007), by field.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from tracker.domain.corrections import is_nothing, same
from tracker.domain.text import plural

Key = TypeVar("Key", bound=Hashable)
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Key]):
    """A field (or a row) that both changed, each to something else; None or "" is nothing, of a row None is gone."""

    key: Key
    base: Any
    mine: Any
    theirs: Any


@dataclass(slots=True)
class Merged(Generic[Key]):
    """What comes of a merge. `values` hold mine wherever there is a conflict, so that nothing typed is lost.

    `taken` names what came from the other side.
    """

    values: dict[Key, Any] = field(default_factory=dict)
    taken: list[Key] = field(default_factory=list)
    conflicts: list[Conflict[Key]] = field(default_factory=list)

    @property
    def joined(self) -> bool:
        """Whether everything could be joined."""
        return not self.conflicts


def merged(base: Mapping[Key, Any], mine: Mapping[Key, Any], theirs: Mapping[Key, Any]) -> Merged[Key]:
    """Return what two changes of one flat form come to. A key that one side lacks has no value there."""
    result: Merged[Key] = Merged()
    for key in dict.fromkeys([*mine, *theirs, *base]):
        was, own, other = base.get(key), mine.get(key), theirs.get(key)
        if alike(own, other) or alike(other, was):
            result.values[key] = own
        elif alike(own, was):
            result.values[key] = other
            result.taken.append(key)
        else:
            result.values[key] = own
            result.conflicts.append(Conflict(key, was, own, other))
    return result


@dataclass(slots=True)
class MergedRows(Generic[Key]):
    """What comes of merging the rows of one table: the rows that stand, by their keys, and what both changed.

    The key of a conflict is the row's with the field; the field is "" where one took the row out and one changed it.
    """

    rows: dict[Key, dict[str, Any]] = field(default_factory=dict)
    taken: list[Key] = field(default_factory=list)
    conflicts: list[Conflict[tuple[Key, str]]] = field(default_factory=list)

    @property
    def joined(self) -> bool:
        """Whether everything could be joined."""
        return not self.conflicts


def merged_rows(
    base: Mapping[Key, Values], mine: Mapping[Key, Values], theirs: Mapping[Key, Values]
) -> MergedRows[Key]:
    """Return what two changes of a list of rows come to. A row that is new in `mine` needs a key of its own.

    Where one side took a row out that the other changed, it stays as `mine` has it, or stays out where I took it out.
    """
    result: MergedRows[Key] = MergedRows()
    for key in dict.fromkeys([*mine, *theirs, *base]):
        was, own, other = base.get(key), mine.get(key), theirs.get(key)
        if own is not None and other is not None:
            one = merged(was or {}, own, other)
            result.rows[key] = one.values
            result.conflicts += [Conflict((key, c.key), c.base, c.mine, c.theirs) for c in one.conflicts]
            if one.taken:
                result.taken.append(key)
        elif was is None:
            result.rows[key] = dict(own or other or {})
            if own is None:
                result.taken.append(key)
        elif own is not None:
            _without_theirs(result, key, was, own)
        elif other is not None and not _rows_alike(was, other):
            result.conflicts.append(Conflict((key, ""), was, None, other))
    return result


def _without_theirs(result: MergedRows[Key], key: Key, was: Values, own: Values) -> None:
    """Add a row that the other side took out: it goes, unless it was changed here."""
    if _rows_alike(was, own):
        result.taken.append(key)
        return
    result.rows[key] = dict(own)
    result.conflicts.append(Conflict((key, ""), was, own, None))


def alike(one: Any, other: Any) -> bool:
    """Return whether two values say the same: nothing is nothing, and of texts spaces and line ends do not count."""
    return (is_nothing(one) and is_nothing(other)) or same(one, other)


def _rows_alike(one: Values, other: Values) -> bool:
    return all(alike(one.get(name), other.get(name)) for name in {*one, *other})


# --- in words ---------------------------------------------------------------------------------------------------------


def sentence(
    conflict: Conflict[Any], label: str, *, by: str, at: datetime, now: datetime, words: Callable[[Any], str] = str
) -> str:
    """Return a conflict in one sentence for the person who sent the form.

    "You both changed the meeting date: you to 22 May 2019, Ann to 23 May 2019 (5 minutes ago)."
    """
    mine, theirs = (_done(value, words) for value in (conflict.mine, conflict.theirs))
    return f"You both changed {label}: you {mine}, {by} {theirs} ({ago(now - at)})."


def _done(value: Any, words: Callable[[Any], str]) -> str:
    if is_nothing(value):
        return "took it out"
    return "kept it with changes" if isinstance(value, Mapping) else f"to {words(value)}"


def ago(past: timedelta) -> str:
    """Return how long ago something was, as people say it; what is yet to come is "just now"."""
    minutes = int(past.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{plural(minutes, 'minute')} ago"
    if past < timedelta(days=1):
        return f"{plural(minutes // 60, 'hour')} ago"
    return f"{plural(past.days, 'day')} ago"
