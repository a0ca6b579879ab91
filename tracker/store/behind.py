"""What stands behind the timeline's rows: documents with how their link came about, and the evidence's addresses."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import and_
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, or_, select

from tracker.domain.vocab import LinkState
from tracker.models.document import Document
from tracker.models.event import Event, EventSource
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store.links import READER

# A milestone's key and the evidence fields that date or describe it; others rest on all evidence of their object.
FIELDS = {
    "sent": ("sent_on",),
    "given": ("on",),
    "made": ("on", "made_on"),
    "held": ("held_on",),
    "proxy": ("proxy_filed_on",),
    "published": ("published_on",),
    "starts": ("starts_on",),
    "ends": ("ends_on", "how_ended"),
    "introduced": ("introduced_on",),
    "enacted": ("enacted_on",),
    "opened": ("opened_on",),
    "decided": ("decided_on", "outcome"),
    "settled": ("settled_on",),
}
# A page has hundreds of them, and reading their reasons would take most of its time.
_LIGHT: tuple[Any, ...] = (
    load_only(Document.title, Document.publisher, Document.url, Document.canonical_url),  # type: ignore[arg-type]
    load_only(Link.made_by, Link.decided_by, Link.state),  # type: ignore[arg-type]
)


@dataclass(frozen=True, slots=True)
class Behind:
    """One source of a row. `document_id` is None where only an address was recorded; `provenance` is in plain words."""

    title: str
    outlet: str
    url: str
    document_id: int | None = None
    provenance: str = ""


def sources(session: Session, events: Sequence[Event]) -> dict[str, list[Behind]]:
    """Return what stands behind each row, by event id: documents first, oldest first. Two queries."""
    found: dict[str, list[Behind]] = defaultdict(list)
    seen: dict[str, set[str]] = defaultdict(set)
    for event_id, document, link in _documents(session, events):
        # A document linked to several objects comes once a link; the first decided one speaks for it.
        if f"#{document.id}" not in seen[event_id]:
            seen[event_id] |= {f"#{document.id}", document.url or "", document.canonical_url or ""}
            found[event_id].append(_of_document(document, link))
    for event, row, title in _evidence(session, events):
        if row.url and row.url not in seen[event.id] and row.canonical_url not in seen[event.id] - {""}:
            seen[event.id].add(row.url)
            # A reader's locator quotes the words around one value; the document has a title.
            called = title if row.reader_version else row.locator
            found[event.id].append(Behind(called or row.url, host(row.url), row.url, row.document_id))
    return found


def host(url: str) -> str:
    """Return an address's host without a leading www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def provenance(link: Link) -> str:
    """Return in plain words how a link came about: made by a rule or a person, then confirmed by whom."""
    if link.made_by.startswith("person:"):
        return "linked by an editor"
    if link.decided_by.startswith(READER):
        return f"linked by reading it as {link.decided_by.removeprefix(READER)}"
    made = "linked by rule"
    if link.state is LinkState.SUGGESTED:
        return "suggested by rule, not confirmed"
    if link.state is LinkState.REJECTED:
        return "suggested by rule, rejected by a reviewer"
    return made if link.decided_by in {"", link.made_by} else "suggested by rule, confirmed by a reviewer"


def _of_document(document: Document, link: Link | None) -> Behind:
    url = document.url or document.canonical_url or ""
    return Behind(
        title=document.title,
        outlet=document.publisher or host(url) or "Document",
        url=url,
        document_id=document.id,
        provenance=provenance(link) if link else "",
    )


def _documents(session: Session, events: Sequence[Event]) -> list[tuple[str, Document, Link | None]]:
    """Return (event id, document, its confirmed link) for documents behind rows and rows made by a document."""
    ids = [event.id for event in events]
    query = (
        select(Event.id, Document, Link)
        .select_from(Event)
        .outerjoin(EventSource, col(EventSource.event_id) == col(Event.id))
        .join(Document, or_(Document.id == EventSource.document_id, Document.id == Event.document_id))
        .outerjoin(
            Link,
            and_(
                col(Link.document_id) == col(Document.id),
                col(Link.state) == LinkState.CONFIRMED,
                or_(col(Event.object_id).is_(None), Link.object_id == Event.object_id),
            ),
        )
        .options(*_LIGHT)
        .where(col(Event.id).in_(ids))
        .order_by(col(Document.published_sort), col(Document.id), col(Link.id))
    )
    return list(session.exec(query).all())


def _evidence(session: Session, events: Sequence[Event]) -> list[tuple[Event, Evidence, str | None]]:
    """Return the evidence of each row's own fields, each with its document's title; of its whole object, where no field
    is known for the row.
    """
    ids = {event.object_id for event in events if event.object_id is not None}
    query = (
        select(Evidence, Document.title)
        .join(Document, col(Document.id) == col(Evidence.document_id), isouter=True)
        .where(col(Evidence.object_id).in_(ids), col(Evidence.differs).is_(False))
        .order_by(col(Evidence.id))
    )
    by_object: dict[int, list[tuple[Evidence, str | None]]] = defaultdict(list)
    for row, title in session.exec(query):
        by_object[row.object_id].append((row, title))
    found: list[tuple[Event, Evidence, str | None]] = []
    for event in events:
        rows = by_object.get(event.object_id or 0, [])
        fields = _fields(event)
        found.extend((event, row, title) for row, title in rows if not fields or row.field in fields)
    return found


def _fields(event: Event) -> tuple[str, ...]:
    step = event.key.partition(":")[2]
    if step.startswith("status:"):
        return (f"resolution_status:{step.removeprefix('status:')}",)
    if step.startswith("co_filer:"):
        return ("filer:co_filer", *(f"filer:{part}" for part in step.split(":")[1:2]))
    return FIELDS.get(step, ())
