"""The facts that stand in an object, by the names under which evidence is kept of them."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.corrections import is_nothing
from tracker.domain.publishing import OURS
from tracker.models.base import Base, ObjectDetail
from tracker.models.correspondence import LetterParty, LetterQuestion
from tracker.models.evidence import Evidence
from tracker.models.resolution import ExclusionBasis, Filer, ResolutionStatus
from tracker.store.changes import facts
from tracker.store.records import columns

# Parts that come from outside and name no source of their own: what hangs them on their object, what tells them apart.
_PARTS: tuple[tuple[Any, str, Callable[[Any], str]], ...] = (
    (LetterParty, "letter_id", lambda row: row.role.value),
    (LetterQuestion, "letter_id", lambda row: str(row.number)),
    (Filer, "resolution_id", lambda row: row.role.value),
    (ResolutionStatus, "resolution_id", lambda row: row.code.value),
    (ExclusionBasis, "resolution_id", lambda row: row.paragraph),
)

_NOT_KNOWN = ("unknown", "other")


def of_object(session: Session, object_id: int, detail: ObjectDetail) -> list[str]:
    """Return the names of the facts that say something, its own before those of its parts. A fixed number of queries.

    Which object a thing is about, how it is sorted, and what stands as it is meant when nobody says anything, are no
    facts that a source could vouch for.
    """
    found = [name for name in _of_detail(type(detail)) if _is_given(detail, name)]
    for table, owner, key in _PARTS:
        rows = session.exec(select(table).where(getattr(table, owner) == object_id).order_by(col(table.id)))
        found += [f"{table.__tablename__}:{key(row)}" for row in rows]
    return list(dict.fromkeys(found))


def read(session: Session, object_id: int) -> set[str]:
    """Return the names of the fields that have evidence. Filers go by their role as well as by their name."""
    names = set(session.exec(select(Evidence.field).where(Evidence.object_id == object_id)))
    return names | {"filer" for name in names if name.startswith("filer:")}


@cache
def _of_detail(table: type[Base]) -> tuple[str, ...]:
    told = columns(table).c
    return tuple(name for name in facts(table) if name not in OURS and not told[name].foreign_keys)


def _is_given(detail: ObjectDetail, name: str) -> bool:
    value, field = getattr(detail, name), type(detail).model_fields[name]
    if is_nothing(value) or isinstance(value, bool) or value in _NOT_KNOWN:
        return False
    return field.is_required() or value != field.default
