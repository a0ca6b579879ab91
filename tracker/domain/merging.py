"""A three-way merge of what two people made of one form: what can be joined, and what both changed.

`base` is what the form showed, `mine` what comes back from it, `theirs` what stands in the archive by now. A field
that only one of the two changed is theirs who changed it; one that both changed alike is no conflict.
Source: the three-way merge of diff3 (Khanna, Kunal and Pierce, "A formal investigation of diff3", 2007), by field.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from tracker.domain.corrections import is_nothing, same
from tracker.domain.text import plural

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Key]):
    """A field that both changed, each to something else; None or "" is nothing."""

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


def alike(one: Any, other: Any) -> bool:
    """Return whether two values say the same: nothing is nothing, and of texts spaces and line ends do not count."""
    return (is_nothing(one) and is_nothing(other)) or same(one, other)


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
    return "took it out" if is_nothing(value) else f"to {words(value)}"


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
