"""The shape of a campaign file, looked at before anything is written. Values are read by the tables' own columns."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from tracker.domain.errors import InputError
from tracker.models import kinds

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Keys of the entries that are no rows of one table alone. Those of campaign, families and objects are their columns.
KEYS: dict[str, frozenset[str]] = {
    "organizations": frozenset(
        {"slug", "name", "lane", "roles", "aliases", "case_sensitive", "ambiguous", "needs_context", "identifiers"}
        | {"home_url", "parent", "fictional"}
    ),
    "products": frozenset({"slug", "name", "vendor", "aliases"}),
    "people": frozenset({"slug", "name", "organization", "position", "aliases"}),
}
LISTS = frozenset({"roles", "aliases", "case_sensitive", "ambiguous", "needs_context"})
PLAIN: dict[str, type] = {"fictional": bool, "identifiers": dict}
TOP = ("campaign", "organizations", "products", "people", "families", "objects")


def check(file: Any) -> None:
    """Raise InputError for the first thing that is not of the form in docs/campaign-file.md, naming where it stands."""
    whole = "the campaign file"
    _known(_object(file, whole), TOP, whole)
    for name in ("campaign", "objects"):
        if name not in file:
            raise InputError(f"{whole}: it needs {name!r}; docs/campaign-file.md shows a complete one")
    _slug(_object(file["campaign"], "campaign"), "campaign")
    for name in TOP[1:]:
        seen: set[str] = set()
        for number, entry in enumerate(_list(file.get(name, []), name), 1):
            slug = _slug(_object(entry, f"{name} {number}"), f"{name} {number}")
            if slug in seen:
                raise InputError(f"{name} {slug}: it stands in the file twice; take one out")
            seen.add(slug)
            if name in KEYS:
                _party(entry, name, slug)
            elif name == "objects":
                _campaign_object(entry, slug)


def _party(entry: Mapping[str, Any], name: str, slug: str) -> None:
    where = f"{name} {slug}"
    _known(entry, KEYS[name], where)
    for key, value in entry.items():
        if key in LISTS:
            if not all(isinstance(text, str) and text.strip() for text in _list(value, f"{where}.{key}")):
                raise InputError(f"{where}.{key}: expected a list of texts, found {value!r}")
        elif not isinstance(value, PLAIN.get(key, str)):
            raise InputError(f"{where}.{key}: expected {PLAIN.get(key, str).__name__}, found {value!r}")


def _campaign_object(entry: Mapping[str, Any], slug: str) -> None:
    where = f"object {slug}"
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in kinds():
        raise InputError(f"{where}.kind: there is no kind {kind!r}; there are {', '.join(sorted(kinds()))}")
    for name, rows in _object(entry.get("parts", {}), f"{where}.parts").items():
        for number, row in enumerate(_list(rows, f"{where}.parts.{name}"), 1):
            _object(row, f"{where}, {name} {number}")
    for number, row in enumerate(_list(entry.get("evidence", []), f"{where}.evidence"), 1):
        _object(row, f"{where}, evidence {number}")


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{where}: expected an object with keys, found {_short(value)}")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{where}: expected a list, found {_short(value)}")
    return value


def _known(entry: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    for key in entry:
        if key not in keys:
            raise InputError(f"{where}: there is no key {key!r}; there are {', '.join(sorted(keys))}")


def _slug(entry: Mapping[str, Any], where: str) -> str:
    slug = entry.get("slug")
    if not isinstance(slug, str) or not SLUG.fullmatch(slug):
        raise InputError(f"{where}.slug: expected small letters, digits and single hyphens, found {slug!r}")
    return slug


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
