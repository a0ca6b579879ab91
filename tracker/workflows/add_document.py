"""A document that somebody has at hand: read, judged, linked and kept like a collected one.

It comes from outside as much as a feed does, so it is read where answers are read, within the same time and memory.
"""

import asyncio
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.items import Draft, Fetched, RawItem, Request
from tracker.domain.text import strip_controls
from tracker.domain.vocab import DocumentKind, DocumentState, LinkState
from tracker.ingest.whole_document import paragraphs
from tracker.models.base import CampaignObject
from tracker.models.document import Document, Mention, Sighting, Source
from tracker.models.link import Link
from tracker.sources import feed
from tracker.sources.charset import decode
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.brought import Brought, Counts
from tracker.workflows.keep import keep
from tracker.workflows.known import recipe
from tracker.workflows.readers import Readers
from tracker.workflows.readings import WHOLE_PAGE, Reading, Recipe
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories
from tracker.workflows.study import compiled

# Documents added by hand come from a source that is never asked.
BY_HAND: dict[str, Any] = {
    "name": "by-hand", "reader": "by_hand", "title": "Added by hand", "url": "", "every_seconds": 86400,
}  # fmt: skip
JSON_FEED = "application/feed+json"
_KEPT_BYTES = re.compile(r"; (?:it is set aside: )?look at the kept bytes.*")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person hands in: bytes (HTML, text or PDF) and what they say of them, as they typed it.

    What is left empty is taken from the document, where it says it.
    """

    body: bytes
    published: str = ""
    title: str = ""
    publisher: str = ""
    url: str | None = None
    kind: str = "news"
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as it is told to a person."""

    state: LinkState
    relation: str
    slug: str
    title: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document."""

    document: Document
    counts: Counts
    names: list[str]
    links: list[LinkLine]

    def words(self) -> str:
        """Return it for a person, a line each."""
        document = self.document
        state = "relevant" if document.state == "relevant" else f"{document.state}: {document.state_reason}"
        lines = [
            f"document {document.id}: {document.title}",
            f"  {state} ({document.relevance:.2f} by rules); event type: {document.event_type or 'none'}",
            f"  names: {', '.join(self.names) or 'none known'}",
        ]
        for link in self.links:
            relation = link.relation.replace("_", " ")
            lines.append(f"  {link.state.value} {link.score:.2f} {relation}: {link.title} [{link.slug}]")
            lines.append(f"      {link.why}")
        return "\n".join(lines)


def add_address(
    runtime: Runtime, url: str, *, published: str = "", title: str = "", publisher: str = "", kind: str = "news"
) -> Added:
    """Fetch one page or file that somebody points at and keep it; raises FetchError when it cannot be had.

    A person asks for this very page, as with a browser, so the site's rules for programs do not stand in the way.
    """
    answer = runtime.open_door().get(Request(url, accept="text/html, application/pdf, text/plain;q=0.9, */*;q=0.1"))
    given = Given(
        body=answer.body,
        published=published,
        title=title,
        publisher=publisher,
        url=answer.url,
        kind=kind,
        media_type=answer.headers.get("content-type", ""),
    )
    return add_document(runtime, given)


def add_document(runtime: Runtime, given: Given) -> Added:
    """Keep one document and its links, in one transaction. The same bytes with the same title are kept once.

    Raises InputError for a kind that is none, for a title, publisher or day that nobody says, and for bytes without a
    text in them or that take too long or too much memory to read.
    """
    now = runtime.clock()
    known = recipe(runtime)
    item = _item(runtime, known, given, now)
    # The same was done where it was read, within the limits, but without what the person says of it.
    studied = compiled(known).study_item(item, item.key, now)
    with writing(runtime.engine) as session:
        source = by_hand(session, now)
        bodies = {item.key: sources.keep_body(session, given.body, given.media_type or "text/plain")}
        [taken] = keep(session, [Brought(source.id or 0, [studied], bodies)], runtime.clock)
        sighting = session.get_one(Sighting, (source.id, studied.draft.key))
        document_id = sighting.document_id
    tell_stories(runtime)
    return _told(runtime, document_id, taken.counts)


def by_hand(session: Session, now: datetime) -> Source:
    """Return the source that documents added by hand come from; it is never asked."""
    source = session.exec(select(Source).where(Source.name == BY_HAND["name"])).first()
    if source is None:
        source = Source(**BY_HAND, paused=True, due_at=now + timedelta(days=365 * 100), last_ok_at=now)
        session.add(source)
        session.flush()
    return source


def _item(runtime: Runtime, known: Recipe, given: Given, now: datetime) -> RawItem:
    """Return what was handed in as an item; what a person says of it wins over what it says of itself."""
    what = f"adding {given.title or given.url or 'a document'!r}"
    try:
        kind = DocumentKind(given.kind)
    except ValueError as error:
        raise InputError(f"{what}: no kind {given.kind!r}; there are {', '.join(DocumentKind)}") from error
    said = PartialDate.parse(given.published) if given.published else None
    found = asyncio.run(_read(runtime, known, given, what, now))
    title = given.title.strip() or ("" if found.untitled else found.title)
    publisher, published = given.publisher or found.publisher, said or found.published_at or found.published
    for name, value in {"title": title, "publisher": publisher, "published": published}.items():
        if not value:
            missing = "when it was published" if name == "published" else f"its {name}"
            raise InputError(f"{what}: it does not say {missing}; say it with --{name}")
    return RawItem(
        key=sha256(title.encode() + b"\n" + given.body).hexdigest(),
        title=title,
        url=given.url or found.url,
        published=published,
        authors=found.authors,
        publisher=publisher,
        kind=kind,
        content_html=found.html,
        language=found.language,
        warnings=found.warnings,
    )


async def _read(runtime: Runtime, known: Recipe, given: Given, what: str, now: datetime) -> Draft:
    """Return the text of what was handed in. A fragment that somebody pasted need not be a whole page."""

    async def today() -> Recipe:
        return known

    async with Readers.of(runtime.settings, today) as readers:
        reading = await readers.read(WHOLE_PAGE, _answer(given.url or "", given.body, given.media_type, now), now)
        if reading.outcome != "ok" and given.title and not given.media_type and (pasted := _pasted(given.body)):
            # As a feed's entry, of which no article is asked either, and within the same limits.
            entry = {"id": "pasted", "title": given.title, "content_html": pasted}
            body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "", "items": [entry]}).encode()
            as_entry = await readers.read(feed.Feed.name, _answer(given.url or "", body, JSON_FEED, now), now)
            reading = as_entry if as_entry.items else reading
    if not reading.items:
        raise InputError(f"{what}: {_why(reading)}")
    [studied] = reading.items
    if studied.judged.state is DocumentState.QUARANTINED:
        raise InputError(f"{what}: it cannot be read ({studied.judged.state_reason}); give its text, or report it")
    return studied.draft


def _answer(url: str, body: bytes, media_type: str, now: datetime) -> Fetched:
    return Fetched(url, 200, body, {"content-type": media_type}, now, Request(url, accept="*/*"))


def _why(reading: Reading) -> str:
    """Return why nothing was read, without what holds for answers alone: an address, and bytes that are kept."""
    said = _KEPT_BYTES.sub("; nothing of it is kept: give its text", reading.error)
    return said.removeprefix("reading : ")


def _pasted(body: bytes) -> str:
    """Return bytes that a person vouches for, with a title, as HTML; "" when they are no text, or a PDF's own."""
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return ""
    text, _ = decode(body)
    if not text.strip() or "\ufffd" in text or text != strip_controls(text.replace("\r", "\n")).strip("\0"):
        return ""
    return text if "<p" in text.lower() or "<html" in text.lower() else paragraphs(text)


def _told(runtime: Runtime, document_id: int, counts: Counts) -> Added:
    with reading(runtime.engine) as session:
        document = session.get_one(Document, document_id)
        names = session.exec(
            select(Mention.name).where(Mention.document_id == document_id).distinct().order_by(col(Mention.name))
        )
        rows = session.exec(
            select(Link, CampaignObject)
            .join(CampaignObject, col(CampaignObject.id) == col(Link.object_id))
            .where(Link.document_id == document_id)
            .order_by(col(Link.score).desc(), col(Link.object_id))
        )
        lines = [
            LinkLine(link.state, link.relation.value, owner.slug, owner.title, link.score, link.why)
            for link, owner in rows
        ]
        return Added(document, counts, list(names), lines)
