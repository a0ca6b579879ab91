"""Names that recur in the archive and that nobody told us, and what people said of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from tracker.domain.vocab import NewNameKind, NewNameState
from tracker.models.base import Base, Json, UtcDateTime, choice


class NewName(Base, table=True):
    """One name to look at: how it is written, what it seems to be, in how many documents, and some places.

    `examples` are `{"document": id, "words": sentence}`. An accepted one has become an organisation, product or person
    of the archive; a rejected one is not proposed again, and one put off not
    before `later_until`.
    """

    __tablename__ = "new_name"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("documents >= 1", name="documents_counted"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_when_not_proposed"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=300, unique=True)
    name: str = Field(max_length=300)
    kind: NewNameKind = Field(sa_type=choice(NewNameKind))
    documents: int
    examples: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    state: NewNameState = Field(default=NewNameState.PROPOSED, sa_type=choice(NewNameState))
    found_at: datetime = Field(sa_type=UtcDateTime)
    later_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = Field(default="", max_length=120)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
