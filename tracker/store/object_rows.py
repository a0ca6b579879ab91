"""An object as its form shows it: every row with its place on the form, and every value as the text of its field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain import typed_dates, typed_numbers
from tracker.models.base import Base, CampaignObject
from tracker.models.campaign import Campaign, CampaignMembership
from tracker.store import typed_names
from tracker.store.object_forms import FormField, FormPart, ObjectForm, Widget, form_of

CAMPAIGNS = "campaigns"


@dataclass(frozen=True, slots=True)
class Placed:
    """One row of an object and where it stands on the form: "" for its own rows, "ballot_item-0-vote_count-1" below."""

    path: str
    row: Base
    fields: tuple[FormField, ...]
    part: FormPart | None = None

    def name(self, key: str) -> str:
        """Return the name of a field of this row on the form."""
        return f"{self.path}-{key}" if self.path else key


@dataclass(frozen=True, slots=True)
class Edited:
    """An object with all rows of its form, its campaigns, and every value as typed, by the names of the fields."""

    spine: CampaignObject
    form: ObjectForm
    rows: tuple[Placed, ...]
    campaigns: tuple[str, ...]
    campaign_ids: tuple[int, ...]
    values: Mapping[str, str]


def load(session: Session, spine: CampaignObject) -> Edited:
    """Return an object as its form shows it, in a number of queries that only its kind decides."""
    form = form_of(spine.kind)
    rows = tuple(_rows(session, form, spine))
    joined = session.exec(
        select(Campaign.title, Campaign.slug, Campaign.id)
        .join(CampaignMembership, col(CampaignMembership.campaign_id) == col(Campaign.id))
        .where(CampaignMembership.object_id == spine.id)
        .order_by(col(Campaign.title), col(Campaign.id))
    ).all()
    campaigns = tuple(title for title, *_ in joined)
    named = typed_names.texts(session, _pointed(rows))
    values = {row.name(field.key): text_of(row.row, field, named) for row in rows for field in row.fields}
    values |= {f"{row.path}-id": str(row.row.id) for row in rows if row.part is not None}  # type: ignore[attr-defined]
    values[CAMPAIGNS] = "\n".join(slug for _, slug, _ in joined)
    return Edited(spine, form, rows, campaigns, tuple(number or 0 for *_, number in joined), values)


def _rows(session: Session, form: ObjectForm, spine: CampaignObject) -> Iterator[Placed]:
    yield Placed("", spine, form.spine)
    yield Placed("", session.get_one(form.detail, spine.id), form.fields)
    yield from _below(session, form.parts, {spine.id or 0: ""})


def _below(session: Session, parts: Iterable[FormPart], owners: Mapping[int, str]) -> Iterator[Placed]:
    """Yield the rows that hang on these owners, given with their paths."""
    for part in parts:
        table: Any = part.table
        owner = getattr(table, part.owner)
        query = select(table).where(owner.in_(owners)).order_by(*_order(table))
        counts: dict[int, int] = {}
        paths: dict[int, str] = {}
        for row in session.exec(query):
            number = getattr(row, part.owner)
            place = counts.get(number, 0)
            counts[number] = place + 1
            above = owners[number]
            path = f"{above}-{part.name}-{place}" if above else f"{part.name}-{place}"
            paths[row.id] = path
            yield Placed(path, row, part.fields, part)
        yield from _below(session, part.parts, paths)


def _order(table: Any) -> list[Any]:
    """Return how rows of a table stand on a form: by their number where they have one that counts, else as added."""
    return [table.number, table.id] if table.__tablename__ == "letter_question" else [table.id]


def _pointed(rows: Iterable[Placed]) -> Iterator[tuple[str, int]]:
    for placed in rows:
        for field in placed.fields:
            number = getattr(placed.row, field.column)
            if field.widget is Widget.NAME and number is not None:
                yield field.target, number


def text_of(row: object, field: FormField, named: Mapping[tuple[str, int], str]) -> str:
    """Return the value of a field as its form shows it, which reads back as the same value."""
    value = getattr(row, field.column)
    if value is None:
        return ""
    if field.widget is Widget.PERCENTAGE:
        return typed_numbers.understood_percentage(value, getattr(row, "decimals", 2))
    if field.widget is Widget.NAME:
        return named.get((field.target, value), "")
    return plain_text(field.widget, value)


def plain_text(widget: Widget, value: Any) -> str:
    """Return a value that points to nothing as its form shows it."""
    if value is None:
        return ""
    if widget is Widget.PARTIAL_DATE:
        return typed_dates.understood(value)
    if widget is Widget.COUNT:
        return typed_numbers.understood(value)
    if widget is Widget.YES_NO:
        return "yes" if value else "no"
    if widget is Widget.LIST:
        return "\n".join(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)
