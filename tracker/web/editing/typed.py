"""A posted form as workflows take it, and as it is shown again: rows in their order, with those that were asked for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from tracker.store.object_forms import IN_ORDER, FormField, FormPart
from tracker.store.object_rows import CAMPAIGNS, plain_text
from tracker.workflows.edit import Typed
from tracker.workflows.edit_sources import Source

SOURCE_MARK = "~"
SOURCE_PARTS = ("where", "quote", "place", "why")
_OURS = frozenset({"csrf_token", "do", "version"})


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a list on the form: where it stands, whether it is in the archive, and its lists below."""

    path: str
    part: FormPart
    stored: bool
    out: bool
    lists: tuple["ShownList", ...] = ()


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list of rows on the form."""

    path: str
    part: FormPart
    rows: tuple[ShownRow, ...] = field(default=())

    @property
    def ordered(self) -> bool:
        """Whether the order of the rows says something."""
        return self.part.table in IN_ORDER


def posted(form: MultiDict[str, str]) -> Typed:
    """Return a posted form: values, and under `name~where` and so on what each change rests on."""
    values = {name: texts[-1] for name, texts in form.lists() if SOURCE_MARK not in name and name not in _OURS}
    if CAMPAIGNS in form:
        values[CAMPAIGNS] = "\n".join(text for text in form.getlist(CAMPAIGNS) if text)
    given: dict[str, dict[str, str]] = {}
    for name, text in form.items():
        about, mark, part = name.partition(SOURCE_MARK)
        if mark and part in SOURCE_PARTS and text.strip():
            given.setdefault(about, {})[part] = text
    version = form.get("version", "")
    number = int(version) if re.fullmatch("[0-9]{1,9}", version) else 0
    return Typed(values, {about: Source(**parts) for about, parts in given.items()}, number)


def lists_of(values: Mapping[str, str], parts: Iterable[FormPart], above: str = "") -> tuple[ShownList, ...]:
    """Return the lists of a form as its values have them."""
    return tuple(_list(values, part, f"{above}-{part.name}" if above else part.name) for part in parts)


def _list(values: Mapping[str, str], part: FormPart, path: str) -> ShownList:
    numbers = _numbers(values, path)
    order = IN_ORDER.get(part.table)
    if order:
        numbers.sort(key=lambda number: _number(values.get(f"{path}-{number}-{order}", "")))
    rows = tuple(
        ShownRow(
            path=f"{path}-{number}",
            part=part,
            stored=bool(values.get(f"{path}-{number}-id")),
            out=values.get(f"{path}-{number}-out") == "yes",
            lists=lists_of(values, part.parts, f"{path}-{number}"),
        )
        for number in numbers
    )
    return ShownList(path, part, rows)


def _numbers(values: Mapping[str, str], path: str) -> list[int]:
    begins = re.compile(rf"{re.escape(path)}-([0-9]{{1,6}})-")
    return sorted({int(found[1]) for name in values if (found := begins.match(name))})


def _number(text: str) -> int:
    digits = re.sub(r"[^0-9]", "", text)[:9]
    return int(digits) if digits else 10**9


def with_another(values: Mapping[str, str], part: FormPart, path: str) -> dict[str, str]:
    """Return the values with one more row in the list at `path`, its choices as they begin."""
    place = max(_numbers(values, path), default=-1) + 1
    row = f"{path}-{place}"
    new = {f"{row}-{one.key}": beginning(one) for one in part.fields}
    order = IN_ORDER.get(part.table)
    if order:
        taken = [_number(values.get(f"{path}-{number}-{order}", "")) for number in _numbers(values, path)]
        new[f"{row}-{order}"] = str(max((number for number in taken if number < 10**9), default=0) + 1)
    return {**values, **new, f"{row}-id": ""}


def beginning(one: FormField) -> str:
    """Return what a field of something new begins with."""
    return "" if one.default is None else plain_text(one.widget, one.default)


def moved_up(values: Mapping[str, str], shown: ShownList, path: str) -> dict[str, str]:
    """Return the values with one row of a list before the one that stood above it."""
    paths = [row.path for row in shown.rows]
    place = paths.index(path) if path in paths else 0
    if not place:
        return dict(values)
    one, other = paths[place - 1], path
    order = IN_ORDER[shown.part.table]
    keys = (order,) if order else tuple(one_field.key for one_field in shown.part.fields)
    swapped = dict(values)
    for key in keys:
        swapped[f"{one}-{key}"], swapped[f"{other}-{key}"] = (
            values.get(f"{other}-{key}", ""),
            values.get(f"{one}-{key}", ""),
        )
    return swapped
