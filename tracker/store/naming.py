"""What people call a row and a value of its columns: for corrections and for the history of changes."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from tracker.domain.corrections import is_nothing
from tracker.models.base import Base, CampaignObject, ObjectDetail
from tracker.store.changes import facts, target_of
from tracker.store.historical import PARTS
from tracker.store.records import columns, tables

# By which columns people tell the rows of a table apart.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "answer": ("response_id",),
    "ballot_item": ("number", "title"),
    "commitment_view": ("side", "number"),
    "exclusion_basis": ("paragraph",),
    "filer": ("named", "organization_id", "person_id", "role"),
    "fund_vote": ("fund", "manager"),
    "insider_holding": ("holder",),
    "letter_party": ("name", "role"),
    "letter_question": ("number",),
    "question_assessment": ("question_id",),
    "resolution_status": ("code",),
    "response_search": ("searched_on",),
    "sender_judgement": ("by",),
    "vote_claim": ("claimed_by",),
    "vote_count": ("ballot_item_id", "reported_on"),
    "voting_intention": ("named", "organization_id"),
}


def text_of(session: Session, row: Base, column: str, value: Any) -> str:
    """Return a value of a column as plain text: names for rows it points to, a row by all that it says."""
    if is_nothing(value):
        return ""
    if isinstance(value, Base):
        return ", ".join(
            f"{name.removesuffix('_id')}: {text_of(session, value, name, given)}"
            for name in facts(type(value))
            if not is_nothing(given := getattr(value, name)) and name not in PARTS.get(type(value), ())
        )
    target = target_of(columns(type(row)).c[column]) if column else None
    if target is not None:
        found = session.get(tables()[target], value)
        return name_of(session, found) if found is not None else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


def item_of(session: Session, row: Base) -> str:
    """Return which row of its table one is, where its object has several; empty for an object's own row."""
    return name_of(session, row) if type(row) in PARTS else ""


def name_of(session: Session, row: Base) -> str:
    """Return what people call a row: by its own columns, its name, or the title of the object whose details it has."""
    by = NAMED_BY.get(str(row.__tablename__))
    if by is not None:
        values = (text_of(session, row, name, getattr(row, name)) for name in by)
        return ", ".join(dict.fromkeys(value for value in values if value))
    spine = session.get(CampaignObject, getattr(row, "id", 0)) if isinstance(row, ObjectDetail) else None
    return str(getattr(spine or row, "name", "") or getattr(spine or row, "title", ""))
