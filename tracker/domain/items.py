"""What travels through the house: Request -> Fetched -> RawItem -> Draft; and Milestone -> Event.

Each is a small frozen value that can be printed, saved and compared in a test.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import ParseError
from tracker.domain.sent import Sent
from tracker.domain.vocab import DocumentKind, EventType, Lane


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a source is asked about: an address, a company's CIK, and what is known from last time."""

    url: str
    name: str = ""
    cik: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What a source wants fetched; `context` (plain values, as JSON holds them) is handed back with the answer.

    With a `body` it is a POST of that JSON text. `crawl` marks a page that nobody offered us as a feed or an interface:
    before it is asked for, its site's robots.txt is. `headers` are sent as they stand, to the address asked and never
    on to another origin a redirect leads to: they may hold a key, so they are not printed and must not be stored.
    """

    url: str
    accept: str = "*/*"
    etag: str | None = None
    last_modified: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    body: str | None = None
    crawl: bool = False
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """What tells this request from others of its source: the address, and for a POST also what it asks."""
        return self.url if self.body is None else f"{self.url}#{sha256(self.body.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `url` is the address after redirects, `body` the decoded bytes, header names are lower case.

    `moved_to` is the address that permanent redirects (301, 308) lead to from the one asked for, up to the first
    redirect of another kind; None when there was none.
    """

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str]
    fetched_at: datetime
    request: Request
    moved_to: str | None = None

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed since the validators we sent."""
        return self.status == 304

    def json(self) -> Any:
        """Return the body read as JSON; raise ParseError naming the address when it is not."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise ParseError(
                f"reading {self.url} as JSON: {error}; the address may serve something else now: open it in a browser"
            ) from error


@dataclass(frozen=True, slots=True)
class RawItem:
    """One entry as its source gave it, before cleaning.

    `steady` marks a page that is watched: clocks and counters within its text are no change of it.
    """

    key: str
    title: str
    url: str | None = None
    published: datetime | PartialDate | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str = ""
    summary_html: str = ""
    content_html: str = ""
    base_url: str = ""
    language: str = ""
    kind: DocumentKind = DocumentKind.NEWS
    form: str = ""
    warnings: tuple[str, ...] = ()
    steady: bool = False


@dataclass(frozen=True, slots=True)
class Draft(Sent):
    """A cleaned document, not yet stored. `html` is safe to show; `text` is what linking and search read.

    `untitled` when it gives itself no title; then `title` is its first sentence.
    """

    key: str
    title: str
    url: str | None
    canonical_url: str | None
    publisher: str
    kind: DocumentKind
    published: PartialDate | None
    published_at: datetime | None
    updated_at: datetime | None
    authors: tuple[str, ...]
    summary_html: str
    html: str
    text: str
    language: str
    content_hash: str
    form: str = ""
    watched: bool = False
    untitled: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing that happened, as a campaign object or a confirmed document says it.

    `key` is stable and unique within its object ("sent", "status:4"); `headline` is a plain sentence.
    """

    on: PartialDate
    kind: EventType
    key: str
    headline: str
    lane: Lane
    summary: str = ""
