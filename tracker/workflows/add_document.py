"""A document that somebody has at hand: read, judged, linked and kept like a collected one."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from html import escape
from typing import Any

from sqlmodel import col, select

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.items import RawItem
from tracker.domain.vocab import DocumentKind, LinkState
from tracker.models.base import CampaignObject
from tracker.models.document import Document, Mention, Sighting, Source
from tracker.models.link import Link
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.keep import Counts, keep
from tracker.workflows.runtime import Runtime
from tracker.workflows.study import open_linker

# Documents added by hand come from a source that is never asked.
BY_HAND: dict[str, Any] = {
    "name": "by-hand", "reader": "by_hand", "title": "Added by hand", "url": "", "every_seconds": 86400,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What a person hands in: bytes (text or HTML) and what they say of them, as they typed it."""

    body: bytes
    published: str
    title: str
    publisher: str
    url: str | None = None
    kind: str = "news"


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


def add_document(runtime: Runtime, given: Given) -> Added:
    """Keep one document and its links, in one transaction. The same bytes with the same title are kept once.

    Raises InputError for a date, kind or encoding that cannot be read, and for an empty file.
    """
    item = _item(given)
    now = runtime.clock()
    studied = open_linker(runtime).study_item(item, item.key, now)
    with writing(runtime.engine) as session:
        source = session.exec(select(Source).where(Source.name == BY_HAND["name"])).first()
        if source is None:
            source = Source(**BY_HAND, paused=True, due_at=now + timedelta(days=365 * 100), last_ok_at=now)
            session.add(source)
            session.flush()
        bodies = {item.key: sources.keep_body(session, given.body, "text/plain")}
        counts = keep(session, source.id or 0, [studied], bodies, runtime.clock)
        sighting = session.get_one(Sighting, (source.id, studied.draft.key))
        document_id = sighting.document_id
    return _told(runtime, document_id, counts)


def _item(given: Given) -> RawItem:
    try:
        kind = DocumentKind(given.kind)
    except ValueError as error:
        raise InputError(
            f"adding {given.title!r}: no kind {given.kind!r}; there are {', '.join(DocumentKind)}"
        ) from error
    if not given.title.strip():
        raise InputError("adding a document: the title is empty; give the one it was published under")
    try:
        text = given.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"adding {given.title!r}: the file is not UTF-8 text ({error.reason} at byte {error.start}); "
            f"save it as UTF-8 text or HTML first"
        ) from error
    if not text.strip() or "\0" in text:
        raise InputError(f"adding {given.title!r}: the file holds no text; give text or HTML")
    return RawItem(
        key=sha256(f"{given.title}\n{text}".encode()).hexdigest(),
        title=given.title,
        url=given.url,
        published=PartialDate.parse(given.published),
        publisher=given.publisher,
        content_html=text if "<p" in text.lower() or "<html" in text.lower() else _paragraphs(text),
        kind=kind,
    )


def _paragraphs(text: str) -> str:
    """Return plain text as HTML: an empty line ends a paragraph."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


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
