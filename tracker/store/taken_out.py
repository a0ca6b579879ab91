"""Rows that people took out of an object: no reader puts them back."""

from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.acts import About
from tracker.models.base import Base
from tracker.models.revision import Revision, RevisionChange, RevisionSubject
from tracker.store.history import value_of
from tracker.store.records import columns


def by_person(session: Session, row: Base, keys: tuple[str, ...], about: tuple[int | None, ...]) -> bool:
    """Whether somebody took out a row with the same values in these columns; `about` are the objects it is told of."""
    query = (
        select(RevisionChange.before)
        .join(Revision, col(Revision.id) == col(RevisionChange.revision_id))
        .join(RevisionSubject, col(RevisionSubject.revision_id) == col(RevisionChange.revision_id))
        .where(
            RevisionSubject.about == About.OBJECT,
            col(RevisionSubject.about_id).in_([number for number in about if number is not None]),
            RevisionChange.part == columns(type(row)).name,
            RevisionChange.field == "",
            col(RevisionChange.after).is_(None),
            col(Revision.by_program).is_(False),
        )
    )
    wanted = {name: getattr(row, name) for name in keys}
    return any(_same(type(row), before, wanted) for before in session.exec(query) if before)


def _same(table: type[Base], before: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(name in before and value_of(table, name, before[name]) == value for name, value in wanted.items())
