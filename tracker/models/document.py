"""Documents, their versions and kept bytes; the sources they come from and every attempt to ask one."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentKind, DocumentState, EventType
from tracker.models.base import Base, Json, PartialDateText, UtcDateTime, choice, not_negative


class Source(Base, table=True):
    """A place we ask: what is due is `due_at`, claimed for a while by a lease. Validators are kept byte-exact."""

    __tablename__ = "source"
    __table_args__ = (*not_negative("failures"), CheckConstraint("every_seconds > 0", name="every_positive"))
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    reader: str = Field(max_length=60)
    title: str = ""
    url: str
    options: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    every_seconds: int = 3600
    paused: bool = False
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_by: str = ""
    last_tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_ok_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_new_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failures: int = 0
    last_error: str = ""


class Validator(Base, table=True):
    """What a server gave us for one address so that we may ask only for changes; saved together with its items."""

    __tablename__ = "validator"
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    url: str = Field(primary_key=True)
    etag: str | None = None
    last_modified: str | None = None


class Body(Base, table=True):
    """The bytes of an answer, compressed, by content hash: a mended parser can read last year's answers again."""

    __tablename__ = "body"
    hash: str = Field(primary_key=True, max_length=64)
    media_type: str = Field(default="", max_length=120)
    size: int
    compressed: bytes = Field(sa_type=LargeBinary)


class Fetch(Base, table=True):
    """One attempt to ask a source. `outcome`: ok, not_modified, or the error's kind."""

    __tablename__ = "fetch"
    __table_args__ = (Index("ix_fetch_source_id_started_at", "source_id", "started_at"),)
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", ondelete="CASCADE")
    url: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    seconds: float = 0.0
    status: int | None = None
    outcome: str = Field(max_length=60)
    error: str = ""
    size: int = 0
    body_hash: str | None = Field(default=None, foreign_key="body.hash", index=True)


class Document(Base, table=True):
    """Something published, once, however many sources carry it. Text and history stand in its versions."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("relevance BETWEEN 0 AND 1", name="relevance_probability"),
        Index("ix_document_state_published_sort", "state", "published_sort"),
    )
    id: int | None = Field(default=None, primary_key=True)
    canonical_url: str | None = Field(default=None, unique=True)
    url: str | None = None
    title: str
    publisher: str = Field(default="", max_length=300)
    authors: list[str] = Field(default_factory=list, sa_type=Json)
    kind: DocumentKind = Field(sa_type=choice(DocumentKind))
    form: str = Field(default="", max_length=40)
    language: str = Field(default="", max_length=20)
    published: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_sort: str = Field(default="", max_length=10)
    state: DocumentState = Field(sa_type=choice(DocumentState))
    state_reason: str = ""
    relevance: float = 0.0
    relevance_reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    event_type: EventType | None = Field(default=None, sa_type=choice(EventType))
    event_type_score: float = 0.0
    event_type_reason: str = ""
    excerpt: str = ""
    version_count: int = 1
    first_seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DocumentVersion(Base, table=True):
    """What a document said when we looked: versions can be compared and searched for a phrase's first day."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    number: int
    title: str
    html: str
    text: str
    content_hash: str = Field(max_length=64)
    body_hash: str | None = Field(default=None, foreign_key="body.hash", index=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class Sighting(Base, table=True):
    """That a source carries a document under its own key; the key makes the next fetch recognise it."""

    __tablename__ = "sighting"
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=1000)
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    content_hash: str = Field(max_length=64)
    first_seen_at: datetime = Field(sa_type=UtcDateTime)


class Mention(Base, table=True):
    """A name found in a document's current text; `start` and `end` count characters of title, newline, text."""

    __tablename__ = "mention"
    __table_args__ = (CheckConstraint('"end" >= start', name="span_forward"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    entity: str = Field(max_length=120, index=True)
    entity_kind: str = Field(max_length=40)
    name: str = Field(max_length=300)
    start: int
    end: int
    implied_by: str = ""
