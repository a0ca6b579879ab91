"""A CSV file on its way in: kept with what was decided of its rows and how far it has come, so that it can go on."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from tracker.models.base import Base, Json, UtcDateTime, choice


class CsvRunState(StrEnum):
    """Where a file stands. What was brought in stays when the rest is given up."""

    CHECKING = "checking"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    GIVEN_UP = "given_up"


class CsvRun(Base, table=True):
    """One file. `checked_to` and `applied_to` are the last rows of the batches that are done.

    `columns` has a field for each column a person chose, `decided` what was said of rows by their numbers ("leave",
    "new", or the slug of the object it is), `found` and `done` count rows by outcome, `listed` has the numbers of the
    first rows of each. `header_key` finds the columns chosen for the same header before.
    """

    __tablename__ = "csv_run"
    __table_args__ = (CheckConstraint("applied_to >= 0 AND checked_to >= 0", name="rows_not_negative"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    file_name: str = Field(max_length=200)
    content: bytes = Field(sa_type=LargeBinary)
    content_hash: str = Field(max_length=64, index=True)
    header_key: str = Field(max_length=64, index=True)
    columns: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    source: str = ""
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True, ondelete="SET NULL")
    publish: bool = False
    decided: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    listed: dict[str, list[int]] = Field(default_factory=dict, sa_type=Json)
    found: dict[str, int] = Field(default_factory=dict, sa_type=Json)
    done: dict[str, int] = Field(default_factory=dict, sa_type=Json)
    checked_to: int = 0
    applied_to: int = 0
    state: CsvRunState = Field(default=CsvRunState.CHECKING, sa_type=choice(CsvRunState))
    made_by: str = Field(max_length=120)
    made_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)

    def says(self, outcome: str) -> dict[str, Any]:
        """Return the count of an outcome and the numbers of its first rows."""
        return {"rows": self.found.get(outcome, 0), "numbers": self.listed.get(outcome, [])}
