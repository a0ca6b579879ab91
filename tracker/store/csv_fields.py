"""What a CSV file may say of each kind of campaign object, and which of its columns says what.

Fields come from the tables themselves, so that a new kind can be imported with its model. Columns are matched by the
field's own name, by its label in forms, by the names under which we export it, or as a person says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column

from tracker.domain.errors import InputError
from tracker.domain.vocab import FilerRole, PartyRole
from tracker.models import kinds
from tracker.models.base import CampaignObject
from tracker.store.field_help import texts
from tracker.store.records import column_of, columns, writable

SPINE = ("slug", "title", "summary", "aliases")
# Rows that hang on an object, added by name and never taken away: field, table, part, label.
PARTS: dict[str, tuple[tuple[str, str, Any, str], ...]] = {
    "resolution": (
        ("lead_filers", "filer", FilerRole.LEAD_FILER, "Lead filers"),
        ("co_filers", "filer", FilerRole.CO_FILER, "Co-filers"),
        ("status", "resolution_status", None, "Status"),
    ),
    "letter": (
        ("senders", "letter_party", PartyRole.SENDER, "Senders"),
        ("recipients", "letter_party", PartyRole.RECIPIENT, "Recipients"),
    ),
}
# Further names of fields: those of our own exports, and the plain word where there is but one such field.
ALSO: dict[str, dict[str, str]] = {
    "resolution": {"subject": "family"},
    "contract": {"value": "amount_value", "ceiling": "amount_ceiling", "obligated": "amount_obligated",
                 "state": "contract_state"},
    "statement": {"speaker": "organization", "date": "on"},
    "study": {"author": "organization", "date": "published_on"},
    "company_response": {"date": "on"},
    "meeting": {"date": "held_on"},
    "letter": {"date": "sent_on"},
}  # fmt: skip
ROW_WIDE = {"source_url": "source", "source": "source", "url_of_source": "source", "campaign": "campaign"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a row may say. `column` is None for the row's source, its campaign, and parts given by name."""

    key: str
    label: str
    column: Column[Any] | None = None
    table: str = ""
    role: Any = None


@cache
def fields(kind: str) -> dict[str, Field]:
    """Return the fields of a kind by their keys; raises InputError for a kind that there is not."""
    if kind not in kinds():
        raise InputError(f"there is no kind {kind!r} to import; there are {', '.join(sorted(kinds()))}")
    detail = kinds()[kind]
    spine = columns(CampaignObject).c
    found = {key: Field(key, _label("campaign_object", key), spine[key]) for key in SPINE}
    for key in writable(detail):
        if (column := column_of(detail, key)).name != "id":
            found[key] = Field(key, _label(kind, key), column)
    for key, table, role, label in PARTS.get(kind, ()):
        found[key] = Field(key, label, None, table, role)
    if kind == "resolution":
        found["status_on"] = Field("status_on", "Day of the status")
    found["source"] = Field("source", "Source")
    found["campaign"] = Field("campaign", "Campaign")
    return found


def _label(table: str, key: str) -> str:
    told = texts().get(f"{table}.{key}")
    return told.label if told is not None else key.replace("_", " ").capitalize()


def matched(kind: str, header: Sequence[str], chosen: Mapping[str, str] | None = None) -> dict[int, Field]:
    """Return the field of each column by its place; a column that says nothing we know is not among them.

    `chosen` maps names of columns to keys of fields as a person said; an empty key leaves the column out. Raises
    InputError for a column or field in it that there is not.
    """
    known, wanted = fields(kind), {_key(name): key for name, key in (chosen or {}).items()}
    for name, key in (chosen or {}).items():
        if key and key not in known:
            raise InputError(f"a {kind.replace('_', ' ')} has no {key!r}; it has {', '.join(known)}")
        if _key(name) not in {_key(column) for column in header}:
            raise InputError(f"there is no column {name!r}; there are {', '.join(header)}")
    found: dict[int, Field] = {}
    seen: set[str] = set()
    taken: dict[str, int] = {}
    for place, name in enumerate(header):
        key = _key(name)
        if not key or key in seen:
            continue
        seen.add(key)
        field, rank = _field_of(kind, key, wanted)
        if field is not None and (field.key not in taken or rank < taken[field.key]):
            found = {at: one for at, one in found.items() if one.key != field.key}
            found[place] = field
            taken[field.key] = rank
    return dict(sorted(found.items()))


def _field_of(kind: str, key: str, wanted: Mapping[str, str]) -> tuple[Field | None, int]:
    """Return the field that a column is, and how sure that is: of two columns for one field the surer is read."""
    known = fields(kind)
    if key in wanted:
        return known.get(wanted[key]), 0
    for rank, name in enumerate(_names(kind, key), 1):
        if name in known:
            return known[name], rank
    labels = {_key(field.label): field for field in known.values()}
    return labels.get(key), 9


def _names(kind: str, key: str) -> Iterator[str]:
    """Yield the names under which a column's field may be known."""
    yield f"{key.removesuffix('_slug')}" if key.endswith("_slug") and key != "slug" else key
    yield ALSO.get(kind, {}).get(key, "")
    yield ROW_WIDE.get(key, "")
    yield key.removesuffix("_date") if key.endswith("_date") else ""


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
