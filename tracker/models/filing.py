"""That a filing was read: by which reader, in which version, and what came of it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from tracker.models.base import Base, Json, UtcDateTime, choice


class FilingOutcome(StrEnum):
    """What reading a filing came to."""

    WRITTEN = "written"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"
    UNPLACED = "unplaced"


class FilingReading(Base, table=True):
    """One version of a filed document as one reader read it last. Read again when the reader has a newer version.

    `outcome`: its values stand in the archive; there was nothing in it to read; it could not be read; or it is not
    known which company, meeting or resolution it is about. `said` tells what came of it in a sentence.
    """

    __tablename__ = "filing_reading"
    version_id: int = Field(foreign_key="document_version.id", primary_key=True, ondelete="CASCADE")
    reader: str = Field(primary_key=True, max_length=60)
    reader_version: str = Field(max_length=40)
    outcome: FilingOutcome = Field(sa_type=choice(FilingOutcome))
    said: str = ""
    warnings: list[str] = Field(default_factory=list, sa_type=Json)
    read_at: datetime = Field(sa_type=UtcDateTime)
