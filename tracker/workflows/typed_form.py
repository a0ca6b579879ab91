"""A form as it was typed becomes the rows it asks for: every wrong field told beside its name, nothing written.

Names of fields are those of `store.object_rows`: `title`, `filer-0-role`. A row that stands already has its number in
`filer-0-id`; one to be taken out has `filer-0-out`. A name that is not there is left as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from tracker.domain import row_rules, typed_text
from tracker.domain.errors import InputError
from tracker.domain.text import fold
from tracker.models.base import Base, CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.resolution import SubjectFamily
from tracker.store import imports, typed_names
from tracker.store.object_forms import FormField, FormPart, ObjectForm, Widget
from tracker.store.object_rows import CAMPAIGNS, Edited, Placed, plain_text
from tracker.store.records import columns, key_columns
from tracker.store.typed_names import NoSuchNameError
from tracker.workflows import typed_values
from tracker.workflows.typed_values import same_text

MOST_ROWS = 1_000
LONGEST_NAME = 300
LONGEST_SLUG = 100


@dataclass(slots=True)
class RowPlan:
    """What becomes of one row: the columns that change, by name, with the fields they were typed in."""

    path: str
    table: type[Base]
    fields: Sequence[FormField]
    part: FormPart | None = None
    stored: Base | None = None
    above: "RowPlan | None" = None
    values: dict[str, Any] = field(default_factory=dict)
    out: bool = False

    def name(self, key: str) -> str:
        """Return the name of a field of this row on the form."""
        return f"{self.path}-{key}" if self.path else key

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.values) or self.out or self.stored is None

    def changed(self) -> list[FormField]:
        """Return the fields whose values change."""
        return [one for one in self.fields if one.column in self.values]

    def whole(self) -> dict[str, Any]:
        """Return every column of the row as it would stand."""
        before = {}
        for name in self.table.model_fields:
            model = self.table.model_fields[name]
            given = None if model.is_required() else model.get_default(call_default_factory=True)
            before[name] = getattr(self.stored, name) if self.stored is not None else given
        return before | self.values


@dataclass(slots=True)
class Plan:
    """What a typed form asks for. `campaigns` are ids, None where the form says nothing of them."""

    rows: list[RowPlan] = field(default_factory=list)
    campaigns: list[int] | None = None
    errors: dict[str, str] = field(default_factory=dict)


def read(session: Session, form: ObjectForm, typed: Mapping[str, str], edited: Edited | None) -> Plan:
    """Return what a form asks for of a new object, or of the one it was made from."""
    return _Reading(session, form, typed, edited).plan()


class _Reading:
    def __init__(self, session: Session, form: ObjectForm, typed: Mapping[str, str], edited: Edited | None) -> None:
        self._session, self._form, self._typed = session, form, typed
        self._texts = edited.values if edited else {}
        self._own = [placed.row for placed in edited.rows if placed.part is None] if edited else [None, None]
        placed_rows = edited.rows if edited else ()
        self._stored: dict[tuple[str, str], Placed] = {
            (placed.part.name, str(placed.row.id)): placed  # type: ignore[attr-defined]
            for placed in placed_rows
            if placed.part is not None
        }
        self._plan = Plan()
        self._names: dict[tuple[str, str], int | InputError] = {}

    def plan(self) -> Plan:
        """Read everything."""
        plan, form = self._plan, self._form
        spine, detail = self._own
        plan.rows.append(self._row(RowPlan("", CampaignObject, form.spine, stored=spine), ""))
        owner = self._row(RowPlan("", form.detail, form.fields, stored=detail), "")
        plan.rows.append(owner)
        for part in form.parts:
            self._part(part, owner)
        if len(plan.rows) > MOST_ROWS:
            plan.errors[""] = (
                f"the form has {len(plan.rows):,} rows, and {MOST_ROWS:,} are the most: bring them by file"
            )
        if CAMPAIGNS in self._typed:
            plan.campaigns = list(self._campaigns())
        return plan

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _part(self, part: FormPart, above: RowPlan) -> None:
        prefix = above.name(part.name)
        begins = re.compile(rf"{re.escape(prefix)}-(\d{{1,6}})-")
        numbers = sorted({int(found[1]) for name in self._typed if (found := begins.match(name))})
        made = [row for number in numbers if (row := self._one(part, f"{prefix}-{number}", above)) is not None]
        self._twice(part, made)

    def _one(self, part: FormPart, path: str, above: RowPlan) -> RowPlan | None:
        number = self._typed.get(f"{path}-id", "").strip()
        placed = self._stored.get((part.name, number)) if number else None
        if number and placed is None:
            return None  # taken out meanwhile; `merge` has told of it where it matters
        row = RowPlan(path, part.table, part.fields, part, placed.row if placed else None, above)
        row.out = self._typed.get(f"{path}-out", "") == "yes"
        if row.stored is None and (row.out or not self._is_filled(row)):
            return None
        if not row.out:
            self._row(row, placed.path if placed else "")
        self._plan.rows.append(row)
        if not row.out:
            for below in part.parts:
                self._part(below, row)
        return row

    def _is_filled(self, row: RowPlan) -> bool:
        """Return whether a new row says anything: choices that stand at their beginning say nothing."""
        for one in row.fields:
            text = self._typed.get(row.name(one.key), "").strip()
            idle = plain_text(one.widget, one.default) if one.default is not None else ""
            if text and text != idle and not (one.widget is Widget.YES_NO and one.default is None and text == "no"):
                return True
        begins = tuple(f"{row.path}-{part.name}-" for part in (row.part.parts if row.part else ()))
        return bool(begins) and any(
            text.strip() and name.startswith(begins) and self._says(name, text) for name, text in self._typed.items()
        )

    def _says(self, name: str, text: str) -> bool:
        """Return whether a field within a row within says something of its own."""
        _, table, _, key = name.rsplit("-", 3)
        found = next((part for part in self._form.every_part() if part.name == table), None)
        one = next((one for one in found.fields if one.key == key), None) if found else None
        return (
            one is not None and text.strip() != plain_text(one.widget, one.default) and one.widget is not Widget.YES_NO
        )

    def _row(self, row: RowPlan, shown_at: str) -> RowPlan:
        """Read the fields of one row; `shown_at` is its path on the form of the object as it stands."""
        right = True
        for one in row.fields:
            name = row.name(one.key)
            shown = self._texts.get(f"{shown_at}-{one.key}" if shown_at else one.key)
            right &= self._field(row, one, name, shown if row.stored is not None else None)
        if right and (row.stored is None or row.values):
            for key, said in row_rules.broken(str(columns(row.table).name), row.whole()).items():
                self._plan.errors[row.name(key)] = said
        return row

    def _field(self, row: RowPlan, one: FormField, name: str, shown: str | None) -> bool:
        """Read one field into the row; return whether it is right."""
        text = self._typed.get(name)
        if text is None and row.stored is not None:
            return True
        if shown is not None and same_text(text or "", shown):
            return True
        try:
            value = self._value(row, one, text or "")
        except InputError as error:
            self._plan.errors[name] = f"{one.label}: {error}"
            return False
        if one.widget is Widget.PERCENTAGE and value is not None:
            value, decimals = value
            if row.stored is None or row.stored.decimals != decimals:  # type: ignore[attr-defined]
                row.values["decimals"] = decimals
        if row.stored is not None and getattr(row.stored, one.column) == value:
            return True
        if value is None and one.required:
            if row.stored is None and one.default is not None:
                return True
            self._plan.errors[name] = f"{one.label}: it cannot stay empty. {one.help}"
            return False
        if row.stored is not None or (value is not None and value != one.default):
            row.values[one.column] = self._nothing(row, one) if value is None else value
        return True

    @staticmethod
    def _nothing(row: RowPlan, one: FormField) -> Any:
        """Return what stands in a column that holds nothing."""
        return None if columns(row.table).c[one.column].nullable else ([] if one.widget is Widget.LIST else "")

    def _twice(self, part: FormPart, rows: Sequence[RowPlan]) -> None:
        """Tell of rows that are one and the same to their table."""
        keys = key_columns(part.table, part.owner)
        seen: dict[tuple[Any, ...], RowPlan] = {}
        for row in rows:
            whole = row.whole()
            key = tuple(whole[name] for name in keys or ())
            if row.out or not keys or None in key:
                continue
            if key in seen:
                first = next(one for one in part.fields if one.column in keys)
                self._plan.errors.setdefault(
                    row.name(first.key),
                    f"{first.label}: another row of {part.label.lower()} says the same; take one out",
                )
            seen[key] = row

    # --- values -------------------------------------------------------------------------------------------------------

    def _value(self, row: RowPlan, one: FormField, text: str) -> Any:
        """Return a field's value; None for nothing. Raises InputError."""
        if one.widget is not Widget.NAME:
            return typed_values.read(one, text)
        line = typed_text.line(text, LONGEST_NAME)
        try:
            return self._id_of(one.target, line) if line else None
        except NoSuchNameError as error:
            company = row.whole().get("company_id")
            if one.target != SubjectFamily.__tablename__ or error.near or company is None:
                raise
            return self._new_family(line, company)

    def _new_family(self, name: str, company_id: int) -> int:
        """Make the family that a resolution is the first of; it goes with the transaction where the form is refused."""
        number = imports.new_family(self._session, name, slug_of(name) or "family", company_id)
        self._names[str(SubjectFamily.__tablename__), name] = number
        return number

    def _id_of(self, table: str, text: str) -> int:
        key = table, text
        if key not in self._names:
            try:
                self._names[key] = typed_names.find(self._session, table, text)
            except InputError as error:
                self._names[key] = error
        found = self._names[key]
        if isinstance(found, InputError):
            raise found
        return found

    def _campaigns(self) -> Iterator[int]:
        try:
            for title in typed_text.lines(self._typed[CAMPAIGNS]):
                yield self._id_of(str(Campaign.__tablename__), title)
        except InputError as error:
            self._plan.errors[CAMPAIGNS] = str(error)


def slug_of(title: str) -> str:
    """Return the name in addresses that a title suggests: small letters and digits with hyphens between."""
    letters = "".join(mark if mark.isascii() and mark.isalnum() else " " for mark in fold(title))
    return "-".join(letters.split())[:LONGEST_SLUG].strip("-")
