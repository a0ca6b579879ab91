"""Names that recur and are not known yet: kept with their examples, and what people said of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, NewNameState
from tracker.models.document import Document, DocumentVersion
from tracker.models.new_name import NewName

_AT_ONCE = 500


def accepted_texts(session: Session) -> Iterator[tuple[int, str, str]]:
    """Yield id, title and newest text of every document judged relevant, in the order of their ids."""
    after = 0
    while True:
        query = (
            select(Document.id, DocumentVersion.title, DocumentVersion.text)
            .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
            .where(
                col(DocumentVersion.number) == col(Document.version_count),
                Document.state == DocumentState.RELEVANT,
                col(Document.id) > after,
            )
            .order_by(col(Document.id))
            .limit(_AT_ONCE)
        )
        rows = list(session.exec(query))
        if not rows:
            return
        for number, title, text in rows:
            after = number or 0
            yield after, title, text


def propose(session: Session, found: Iterable[NewName]) -> None:
    """Let these be the names proposed now; what people decided on stays decided."""
    rows = {row.key: row for row in session.exec(select(NewName))}
    kept: set[str] = set()
    for new in found:
        row = rows.get(new.key)
        kept.add(new.key)
        if row is None:
            session.add(new)
        elif row.state is NewNameState.PROPOSED:
            row.name, row.kind, row.documents, row.examples = new.name, new.kind, new.documents, new.examples
            session.add(row)
    gone = [row.id for key, row in rows.items() if row.state is NewNameState.PROPOSED and key not in kept]
    session.execute(delete(NewName).where(col(NewName.id).in_(gone)))
    session.flush()


def proposed(session: Session) -> list[NewName]:
    """Return the names that nobody has decided on, those of most documents first."""
    query = select(NewName).where(NewName.state == NewNameState.PROPOSED)
    return list(session.exec(query.order_by(col(NewName.documents).desc(), col(NewName.name), col(NewName.id))))


def waiting(session: Session, now: datetime, *, after: tuple[int, int] | None = None, limit: int = 20) -> list[NewName]:
    """Return names to decide on that nobody put off, those of most documents first; `after`: documents and id."""
    query = select(NewName).where(*_waits(now)).order_by(col(NewName.documents).desc(), col(NewName.id)).limit(limit)
    if after is not None:
        documents, number = after
        further = (col(NewName.documents) == documents) & (col(NewName.id) > number)
        query = query.where((col(NewName.documents) < documents) | further)
    return list(session.exec(query))


def number_waiting(session: Session, now: datetime) -> int:
    """Return how many names wait."""
    return session.exec(select(func.count()).select_from(NewName).where(*_waits(now))).one()


def _waits(now: datetime) -> tuple[Any, ...]:
    put_off = col(NewName.later_until).is_not(None) & (col(NewName.later_until) > now)
    return (col(NewName.state) == NewNameState.PROPOSED, ~put_off)


def by_key(session: Session, key: str) -> NewName | None:
    """Return the row of a name by its folded words; who else decides on it at this moment waits."""
    return session.exec(select(NewName).where(NewName.key == key).with_for_update()).first()


def decide(session: Session, row: NewName, *, by: str, at: datetime, **values: Any) -> None:
    """Write what a person said of a name."""
    for field, value in {"decided_by": by, "decided_at": at, **values}.items():
        setattr(row, field, value)
    session.add(row)
    session.flush()
