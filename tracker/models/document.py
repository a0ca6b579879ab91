"""Documents, their versions and kept bytes; the sources they come from and every attempt to ask one."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentKind, DocumentState, EventType
from tracker.models.base import Base, Json, PartialDateText, UtcDateTime, choice, not_negative

UNREAD = text("asked IS NOT NULL")


class Source(Base, table=True):
    """A place we ask: what is due is `due_at`, claimed for a while by a lease.

    `every_seconds` is the interval as configured, `interval_seconds` the one in force, learned from how often the
    source publishes. `rhythm_seconds` is the usual time between two new entries and `quiet_seconds` how long it may
    be quiet before that breaks its rhythm; both are null until it has published often enough. `failure_weight` sums
    failures in a row by how much each says against the source (domain/failures.py). `usual_items` is how many entries
    the last good answer had. `moved_to` is an address that permanent redirects lead to, seen `moved_times` times in a
    row since `moved_since`; `former_urls` are addresses it had before. `gone_since` is the first of its 410 answers.
    A pause with `paused_until` ends by itself then. What is retired stays paused for good, with its history.
    `set_by_hand` names the columns that a person changed: the configuration file has no say over them any more.
    """

    __tablename__ = "source"
    __table_args__ = (
        *not_negative("failures", "failure_weight", "moved_times", "usual_items"),
        CheckConstraint("every_seconds > 0", name="every_positive"),
        CheckConstraint("interval_seconds IS NULL OR interval_seconds > 0", name="interval_positive"),
        CheckConstraint("(moved_to IS NULL) = (moved_since IS NULL)", name="moved_has_since"),
    )
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
    last_error_kind: str = Field(default="", max_length=60)
    failure_weight: float = 0.0
    interval_seconds: int | None = None
    rhythm_seconds: int | None = None
    quiet_seconds: int | None = None
    usual_items: int = 0
    moved_to: str | None = None
    moved_times: int = 0
    moved_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    former_urls: list[str] = Field(default_factory=list, sa_type=Json)
    gone_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_reason: str = ""
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    set_by_hand: list[str] = Field(default_factory=list, sa_type=Json)


class Host(Base, table=True):
    """What we know of a server, whoever asks it: until when it wants rest and why, its next turn, its robots.txt.

    `rest_since` is kept for the row that says that no server can be reached: since when, without an answer in between.

    `name` is host:port. `next_turn_at` spaces requests over all workers where a host has one budget for all of them.
    `robots` is the text of its robots.txt, null until asked; `robots_status` is the answer's HTTP status, 0 for none.
    """

    __tablename__ = "host"
    name: str = Field(primary_key=True, max_length=270)
    rest_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rest_reason: str = ""
    rest_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_turn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    robots: str | None = None
    robots_status: int | None = None
    robots_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


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
    """One attempt to ask a source. `outcome`: ok, not_modified, or the error's kind.

    `items` is how many entries the answer had. `asked` is the request, kept only where something in the answer could
    not be read, so that the kept bytes can be read again after the reader was mended.
    """

    __tablename__ = "fetch"
    __table_args__ = (
        Index("ix_fetch_source_id_started_at", "source_id", "started_at"),
        # Serves the list of what could not be read: few of very many attempts.
        Index(
            "ix_fetch_unread",
            "source_id",
            sqlite_where=text("asked IS NOT NULL"),
            postgresql_where=text("asked IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", ondelete="CASCADE")
    url: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    seconds: float = 0.0
    status: int | None = None
    outcome: str = Field(max_length=60)
    error: str = ""
    size: int = 0
    items: int = 0
    body_hash: str | None = Field(default=None, foreign_key="body.hash", index=True)
    asked: dict[str, Any] | None = Field(default=None, sa_type=Json)


class Document(Base, table=True):
    """Something published, once, however many sources carry it. Text and history stand in its versions.

    `event_type` is what happened above all, `further_types` what else may have: type, probability and why of each.
    `watched` marks a page that is watched for changes, such as a policy: there a change is what happened.
    """

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
    further_types: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    excerpt: str = ""
    watched: bool = False
    version_count: int = 1
    first_seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DocumentVersion(Base, table=True):
    """What a document said when we looked: versions can be compared and searched for a phrase's first day.

    `change` says in words what changed from the version before. `whole_page` marks the text of the page itself,
    fetched because the source gave only a summary: that is no change. `own_body`: the bytes kept are those of the
    document itself, not of a list or feed that told of it.
    """

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
    whole_page: bool = False
    own_body: bool = False
    change: str = ""


class FormerAddress(Base, table=True):
    """A canonical address at which a document lay before its page moved for good; feeds go on naming it."""

    __tablename__ = "former_address"
    canonical_url: str = Field(primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    moved_at: datetime = Field(sa_type=UtcDateTime)


class LinkedPage(Base, table=True):
    """A page whose text is still to be fetched, because its source gave only a summary: due rows with leases."""

    __tablename__ = "linked_page"
    __table_args__ = (*not_negative("tries"),)
    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    url: str
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_by: str = ""
    tries: int = 0
    last_error: str = ""


class Sighting(Base, table=True):
    """That a source carries a document under its own key; the key makes the next fetch recognise it.

    `edited_at` is when the source said it was last edited. `flickers` counts changes of the text alone, without a word
    from the source that it was edited: a page with a clock in it would otherwise become a new version at every visit.
    """

    __tablename__ = "sighting"
    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=1000)
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    content_hash: str = Field(max_length=64)
    first_seen_at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    flickers: int = 0


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
