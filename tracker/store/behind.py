"""What stands behind the timeline's rows: documents with how their link came about, and the evidence's addresses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col

from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.document import Document
from tracker.models.event import Event, EventSource
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store import prepared
from tracker.store.links import READER
from tracker.store.prepared import among, columns

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
# A page has hundreds of them: columns, not rows kept by the session.
_BEHIND: Any = columns(EventSource.document_id, EventSource.event_id).where(col(EventSource.event_id).in_(among("ids")))
_DOCUMENTS: Any = (
    columns(
        Document.id, Document.title, Document.publisher, Document.url, Document.canonical_url,
        Link.object_id, Link.made_by, Link.decided_by, Link.state,
    )
    .outerjoin(Link, and_(col(Link.document_id) == col(Document.id), col(Link.state) == LinkState.CONFIRMED))
    .where(col(Document.id).in_(among("ids")))
    .order_by(col(Document.published_sort), col(Document.id), col(Link.id))
)  # fmt: skip


def shown_source() -> ColumnElement[bool]:
    """Return what joins evidence with its document: of one that was withdrawn the address alone is named."""
    return and_(col(Document.id) == col(Evidence.document_id), col(Document.state) != DocumentState.WITHDRAWN)


_EVIDENCE: Any = (
    columns(
        Evidence.object_id, Evidence.field, Evidence.url, Evidence.canonical_url, Evidence.locator,
        Evidence.reader_version, col(Document.id).label("document_id"), Document.title,
    )
    .join(Document, shown_source(), isouter=True)
    .where(col(Evidence.object_id).in_(among("ids")), col(Evidence.differs).is_(False))
    .order_by(col(Evidence.id))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """One source of a row. `document_id` is None where only an address was recorded; `provenance` is in plain words."""

    title: str
    outlet: str
    url: str
    document_id: int | None = None
    provenance: str = ""


def sources(session: Session, events: Sequence[Event]) -> dict[str, list[Behind]]:
    """Return what stands behind each row, by event id: documents first, oldest first. Three queries."""
    found: dict[str, list[Behind]] = defaultdict(list)
    seen: dict[str, set[str]] = defaultdict(set)
    for event_id, document, linked in _documents(session, events):
        # A document linked to several objects comes once a link; the first decided one speaks for it.
        if f"#{document.id}" not in seen[event_id]:
            seen[event_id] |= {f"#{document.id}", document.url or "", document.canonical_url or ""}
            found[event_id].append(_of_document(document, linked=linked))
    for event, row in _evidence(session, events):
        if row.url and row.url not in seen[event.id] and row.canonical_url not in seen[event.id] - {""}:
            seen[event.id].add(row.url)
            # A reader's locator quotes the words around one value; the document has a title.
            called = row.title if row.reader_version else row.locator
            found[event.id].append(Behind(called or row.url, host(row.url), row.url, row.document_id))
    return found


def host(url: str) -> str:
    """Return an address's host without a leading www.; what is no address, such as "http://[x", as it is."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


class Tied(Protocol):
    """How a link came about, as its row has it."""

    made_by: str
    decided_by: str
    state: LinkState


def provenance(link: Tied) -> str:
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


def _of_document(row: Any, *, linked: bool) -> Behind:
    url = row.url or row.canonical_url or ""
    return Behind(
        title=row.title,
        outlet=row.publisher or host(url) or "Document",
        url=url,
        document_id=row.id,
        provenance=provenance(row) if linked else "",
    )


def _documents(session: Session, events: Sequence[Event]) -> Iterator[tuple[str, Any, bool]]:
    """Yield (event id, row of `_DOCUMENTS`, whether its link counts) for the documents behind rows.

    Oldest first, those that make rows among them. A link counts when it is confirmed and leads to the row's object;
    where a document alone makes the row, any confirmed one does.
    """
    told_by: dict[int, list[Event]] = defaultdict(list)
    by_id = {event.id: event for event in events}
    behind = [(row.document_id, row.event_id) for row in prepared.rows(session, _BEHIND, ids=by_id)]
    makers = [(event.document_id, event.id) for event in events if event.document_id is not None]
    for document_id, event_id in dict.fromkeys([*behind, *makers]):
        told_by[document_id].append(by_id[event_id])
    rows = prepared.rows(session, _DOCUMENTS, ids=told_by)
    tied = {(row.id, row.object_id) for row in rows}
    for row in rows:
        for event in told_by[row.id]:
            if event.object_id is None or row.object_id == event.object_id:
                yield event.id, row, row.state is not None
            elif (row.id, event.object_id) not in tied:
                yield event.id, row, False


def _evidence(session: Session, events: Sequence[Event]) -> Iterator[tuple[Event, Any]]:
    """Yield the evidence of each row's own fields, with its document's title; of its whole object, where no field is
    known for the row.
    """
    ids = {event.object_id for event in events if event.object_id is not None}
    by_object: dict[int, list[Any]] = defaultdict(list)
    for row in prepared.rows(session, _EVIDENCE, ids=ids):
        by_object[row.object_id].append(row)
    for event in events:
        fields = _fields(event)
        yield from ((event, row) for row in by_object[event.object_id or 0] if not fields or row.field in fields)


def _fields(event: Event) -> tuple[str, ...]:
    step = event.key.partition(":")[2]
    if step.startswith("status:"):
        return (f"resolution_status:{step.removeprefix('status:')}",)
    if step.startswith("co_filer:"):
        return ("filer:co_filer", *(f"filer:{part}" for part in step.split(":")[1:2]))
    return FIELDS.get(step, ())
