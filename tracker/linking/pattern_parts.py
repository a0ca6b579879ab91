"""What a regular expression cannot match without: the pieces of words it needs, and the letters it begins with.

Both are read off the pattern once. Neither is ever wrong to the strict side: whatever the pattern matches has the
pieces and begins so. A part of a pattern that is not understood asks for nothing.
"""

import importlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

# The standard library's own reading of patterns. It has no public name, so nothing is assumed of what is not known
# here.
_parse: Any = importlib.import_module("re._parser").parse

_PIECE = re.compile(r"[^\W_]+")
_MOST_STRINGS = 256  # strings that one stretch of a pattern may stand for before it is cut
_MOST_CHARACTERS = 10  # characters of a set that are worth spelling out: the digits are

_Strings = frozenset[str]
_NOTHING: _Strings = frozenset({""})


class Parts(NamedTuple):
    """What was read off one pattern.

    `clauses` is what a text must have to match: of every clause at least one piece inside a word. `heads` are the
    letters and digits of which one lot stands at the beginning of any match, None where that is open. `border` says
    that the pattern asks for the border of a word before anything else.
    """

    clauses: frozenset[_Strings]
    heads: _Strings | None
    border: bool


# The patterns come from files that seldom change, and a linker is compiled for every run that brings something.
@lru_cache(maxsize=2048)
def parts_of(pattern: re.Pattern[str]) -> Parts:
    """Read a pattern; nothing is read off one that ignores case."""
    parsed = list(_parse(pattern.pattern, pattern.flags))
    border = bool(parsed) and tuple(map(str, parsed[0])) == ("AT", "AT_BOUNDARY")
    if pattern.flags & re.IGNORECASE:
        return Parts(frozenset(), None, border)
    strings, needs = _sequence(parsed)
    clauses = {_pieces(clause) for clause in (*needs, *([strings] if strings else []))}
    return Parts(frozenset(clause for clause in clauses if clause), _heads(parsed), border)


def _pieces(strings: _Strings) -> _Strings:
    """Return for each string its longest part within a word; empty when one has none that tells anything."""
    pieces = {max(_PIECE.findall(string), key=len, default="") for string in strings}
    if any(len(piece) < 2 and piece.isascii() for piece in pieces):  # a single letter stands in every text
        return frozenset()
    return frozenset(piece for piece in pieces if not any(other != piece and other in piece for other in pieces))


def _heads(parts: Iterable[tuple[Any, Any]]) -> _Strings | None:
    run = _NOTHING
    for kind, value in parts:
        strings, _ = _part(str(kind), value)
        if strings is not None and len(run) * len(strings) <= _MOST_STRINGS:
            run = frozenset(left + right for left in run for right in strings)
            continue
        if "" in run:  # something may begin with this part
            begun = strings or _heads_of_part(str(kind), value)
            if begun is None:
                return None
            run = (run - _NOTHING) | begun
        break
    heads = {found.group() if (found := _PIECE.match(string)) else "" for string in run}
    if "" in heads:
        return None
    return frozenset(head for head in heads if not any(other != head and head.startswith(other) for other in heads))


def _heads_of_part(kind: str, value: Any) -> _Strings | None:
    if kind == "SUBPATTERN":
        _, flags_on, _, inner = value
        return None if flags_on else _heads(inner)
    if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, _, inner = value
        return _heads(inner) if least else None
    if kind != "BRANCH":
        return None
    found = [_heads(branch) for branch in value[1]]
    return None if None in found else frozenset().union(*(heads for heads in found if heads))


# A part of a pattern is read as (strings, clauses): the strings it stands for where they are few, else None, and what
# it needs besides.
_Read = tuple[_Strings | None, list[_Strings]]


def _sequence(parts: Iterable[tuple[Any, Any]]) -> _Read:
    """Read parts that follow each other: their strings join up to wider ones until a part has no certain strings."""
    run, clauses, whole = _NOTHING, [], True
    for kind, value in parts:
        strings, needs = _part(str(kind), value)
        clauses += needs
        if strings is not None and len(run) * len(strings) <= _MOST_STRINGS:
            run = frozenset(left + right for left in run for right in strings)
            continue
        whole = False
        clauses.append(run)
        run = strings or _NOTHING
    if whole:
        return run, clauses
    return None, [*clauses, run]


def _part(kind: str, value: Any) -> _Read:
    if kind == "LITERAL":
        return frozenset({chr(value)}), []
    if kind in {"AT", "ASSERT", "ASSERT_NOT"}:  # these take no room: what stands on both sides still touches
        return _NOTHING, []
    if kind == "SUBPATTERN":
        _, flags_on, _, inner = value
        return (None, []) if flags_on else _sequence(inner)
    if kind == "IN":
        return _set(value), []
    if kind == "BRANCH":
        return _branches([_sequence(branch) for branch in value[1]])
    if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _repeat(*value)
    return None, []


def _set(entries: Sequence[tuple[Any, Any]]) -> _Strings | None:
    found: set[str] = set()
    for kind, value in entries:
        if str(kind) not in {"LITERAL", "RANGE"}:
            return None
        first, last = (value, value) if str(kind) == "LITERAL" else value
        if len(found) + last - first >= _MOST_CHARACTERS:
            return None
        found.update(map(chr, range(first, last + 1)))
    return frozenset(found)


def _branches(read: Sequence[_Read]) -> _Read:
    """Read alternatives: their strings together, or else of each the clause that tells most, as one clause."""
    strings: set[str] = set()
    for found, _ in read:
        if found is None:
            break
        strings |= found
    else:
        return frozenset(strings), []
    told: set[str] = set()
    for found, clauses in read:
        best = max((*clauses, *([found] if found else [])), key=_telling, default=_NOTHING)
        told |= best
    return None, [frozenset(told)]


def _repeat(least: int, most: int, inner: Iterable[tuple[Any, Any]]) -> _Read:
    strings, clauses = _sequence(inner)
    if least == 0:
        return (strings | _NOTHING, []) if strings is not None and most == 1 else (None, [])
    if strings is not None and least == most == 1:
        return strings, clauses
    return None, [*clauses, *([strings] if strings is not None else [])]


def _telling(strings: _Strings) -> tuple[int, int]:
    """Order clauses: those whose least telling string is longest first, then those with fewer strings."""
    return min((len(piece) for piece in _pieces(strings)), default=0), -len(strings)
