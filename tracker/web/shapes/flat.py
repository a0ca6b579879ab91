"""Shapes laid flat for tables: which columns a shape has, its values under them, and the schema of the table.

A shape within a shape becomes columns with its name before theirs ("on_date", "on_precision"); several values in one
field are written one after the other with "; " between. The schema is a Table Schema (Data Package 1.0).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from tracker.web.shapes.base import Shape

BETWEEN = "; "
TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (datetime, "datetime"),
    (date, "date"),
    (str, "string"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the fields that lead to its value, its type in the schema and a sentence about it."""

    name: str
    path: tuple[str, ...]
    type: str
    says: str
    codes: tuple[str, ...] = ()


def columns(shape: type[Shape], before: tuple[str, ...] = ()) -> Iterator[Column]:
    """Yield the columns of a shape in the order of its fields."""
    for name, field in shape.model_fields.items():
        path = (*before, name)
        inner = _without_none(field.annotation)
        if isinstance(inner, type) and issubclass(inner, Shape):
            yield from columns(inner, path)
        else:
            codes = tuple(inner) if isinstance(inner, type) and issubclass(inner, StrEnum) else ()
            yield Column("_".join(path), path, _type(inner), field.description or "", codes)


def values(shape: Shape, under: list[Column]) -> list[Any]:
    """Return a shape's values under these columns; None where there is none."""
    return [_value(shape, column.path) for column in under]


def schema(name: str, shape: type[Shape]) -> dict[str, Any]:
    """Return the Table Schema of the files with this name."""
    fields = []
    for column in columns(shape):
        field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.says}
        if column.codes:
            field["constraints"] = {"enum": list(column.codes)}
        fields.append(field)
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": name,
        "description": " ".join((shape.__doc__ or "").split()),
        "fields": fields,
        "missingValues": [""],
    }


def _value(shape: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if shape is None:
            return None
        shape = getattr(shape, name)
    return BETWEEN.join(map(str, shape)) if isinstance(shape, list) else shape


def _without_none(annotation: Any) -> Any:
    """Return the type of a field that may be absent, without its absence."""
    if get_origin(annotation) in (Union, UnionType):
        [kept] = [part for part in get_args(annotation) if part is not NoneType]
        return kept
    return annotation


def _type(annotation: Any) -> str:
    if isinstance(annotation, type):
        return next((name for kind, name in TYPES if issubclass(annotation, kind)), "string")
    return "string"
