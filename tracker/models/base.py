"""The ground of every table: naming, column types, the spine row that campaign objects share.

No queries here and no ORM relationships across files: a join is written where it is asked, in `store`.
SQLModel tables do not validate what is put into them, so rules stand in `domain` and, where the database can hold
them, in CHECK constraints.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, Enum, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import Lane

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata

# A value that is absent is absent, not the word null.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _from_text(text: str | None) -> datetime | None:
    """Return a moment as SQLite keeps it: ISO 8601 in UTC, without a zone."""
    return None if text is None else datetime.fromisoformat(text + _ZONE)


_ZONE = "+00:00"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. A naive datetime is refused; what comes back is aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive datetimes and store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone, got {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give what comes back its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """Read SQLite's text in one step instead of three: a claim of sources reads thousands of moments."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class PartialDateText(TypeDecorator[PartialDate]):
    """A partial date as its canonical text; see `domain.dates`."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the canonical text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:  # noqa: ARG002
        """Read it back."""
        return None if value is None else _read_date(value)


# A page has the same days many times over, and a partial date never changes.
_read_date = lru_cache(maxsize=20_000)(PartialDate.parse)


# Text that both databases order alike, by the codes of its characters.
IN_CODE_ORDER: Any = Text().with_variant(Text(collation="C"), "postgresql")


def choice(vocabulary: type[StrEnum]) -> Enum:
    """Return a column type that stores a vocabulary's codes as text and lets the database refuse any other."""
    name = "".join(("_" + c.lower()) if c.isupper() else c for c in vocabulary.__name__).lstrip("_")
    return Enum(
        vocabulary,
        values_callable=lambda codes: [code.value for code in codes],
        native_enum=False,
        create_constraint=True,
        name=name,
        length=40,
    )


def not_negative(*columns: str) -> tuple[CheckConstraint, ...]:
    """Return a CHECK for each column: null, or zero and above."""
    return tuple(
        CheckConstraint(f"{column} IS NULL OR {column} >= 0", name=f"{column}_not_negative") for column in columns
    )


class Base(SQLModel):
    """Root of all tables: lets our own value types stand as columns."""

    model_config = {"arbitrary_types_allowed": True, "defer_build": True}


class ObjectState(StrEnum):
    """Whether an object is shown. Nothing is ever deleted by a click: it is withdrawn, with a reason."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CampaignObject(Base, table=True):
    """The spine: one row for each resolution, letter, contract ... Links, events and evidence point here."""

    __tablename__ = "campaign_object"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_from_one"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_reason <> ''", name="withdrawn_has_reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40, index=True)
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(max_length=500)
    summary: str = ""
    aliases: list[str] = Field(default_factory=list, sa_type=Json)
    state: ObjectState = Field(default=ObjectState.PUBLISHED, sa_type=choice(ObjectState))
    withdrawn_reason: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="campaign_object.id", index=True)
    version: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation or person as milestones name it; a person acts in the lane of their organisation, if any."""

    slug: str
    name: str
    lane: Lane | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows that hang on one object (filers, statuses, parties ...), and the parties they point to by id."""

    rows: Mapping[type[Base], Sequence[Base]] = field(default_factory=dict)
    organizations: Mapping[int, Party] = field(default_factory=dict)
    people: Mapping[int, Party] = field(default_factory=dict)

    def of(self, table: type[Row]) -> list[Row]:
        """Return this object's rows of one table, in their stored order."""
        return [row for row in self.rows.get(table, ()) if isinstance(row, table)]

    def lane(self, organization_id: int | None, default: Lane) -> Lane:
        """Return the lane an organisation acts in."""
        found = self.organizations.get(organization_id or 0)
        return found.lane if found is not None and found.lane is not None else default


class ObjectDetail(Base):
    """What one kind of campaign object adds to its spine row; shares the spine's primary key.

    A kind is a subclass with `table=True`, a `kind`, a word for people and `milestones()`; nothing else in the house
    has to know it.
    """

    kind: ClassVar[str]
    label: ClassVar[str]

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield what happened, each with its date and one plain sentence."""
        raise NotImplementedError(f"{type(self).__name__} says nothing of its dates: write milestones() for it")


def given_by_reader() -> Any:
    """Return the column that names the columns whose value a reader of filings gave; any other is a person's.

    What a person gave is never overwritten by a reader; what a reader gave is not taken away by a file that leaves it
    out.
    """
    return Field(default_factory=list, sa_type=Json)


def emptied_by_people() -> Any:
    """Return the column that names the columns from which a person took the value out: no reader fills them again."""
    return Field(default_factory=list, sa_type=Json)


def spine_key() -> Any:
    """Return the primary key column of a detail table: it is the spine row's id and goes with it."""
    return Field(primary_key=True, foreign_key="campaign_object.id", ondelete="CASCADE")


def on_spine(*, nullable: bool = False, index: bool = True) -> Any:
    """Return a column that points to a spine row and goes with it."""
    if nullable:
        return Field(default=None, foreign_key="campaign_object.id", index=index, ondelete="CASCADE", nullable=True)
    return Field(foreign_key="campaign_object.id", index=index, ondelete="CASCADE")
