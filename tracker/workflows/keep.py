"""Keeping what a visit or a person brought: new, same, changed or seen elsewhere; links; the timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.items import Draft
from tracker.domain.text import content_hash
from tracker.domain.vocab import DocumentState
from tracker.ingest.dedupe import Known, Verdict, decide
from tracker.models.document import Document
from tracker.store import documents, links
from tracker.store.documents import Stored
from tracker.workflows.project import Clock, project
from tracker.workflows.study import Studied

# Bytes of a key or an address that we index.
LONGEST_INDEXED = 2000


@dataclass(slots=True)
class Counts:
    """What became of the items of a visit. `new` and `changed` count relevant documents, `screened` the others."""

    new: int = 0
    changed: int = 0
    same: int = 0
    seen_elsewhere: int = 0
    screened: int = 0
    quarantined: int = 0
    suggested: int = 0
    confirmed: int = 0

    def add(self, other: "Counts") -> None:
        """Add another's counts to these."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


def keep(
    session: Session, source_id: int, studied: Sequence[Studied], bodies: Mapping[str, str], clock: Clock
) -> Counts:
    """Write items in the caller's transaction and bring the timeline up to date.

    One item twice in an answer counts once, as it was edited last: feeds repeat entries when they are edited.
    """
    if not studied:
        return Counts()
    now = clock()
    by_key: dict[str, Studied] = {}
    for item in map(_fitting, studied):
        earlier = by_key.get(item.draft.key)
        if earlier is None or _edited(item.draft) > _edited(earlier.draft):
            by_key[item.draft.key] = item
    addresses = [item.draft.canonical_url for item in by_key.values() if item.draft.canonical_url]
    known = _Known(documents.by_keys(session, source_id, list(by_key)), documents.by_addresses(session, addresses))
    counts = Counts()
    new: dict[str, int] = {}
    touched: list[int] = []
    for key, item in by_key.items():
        document, document_id = _keep_one(session, item, known, bodies.get(item.asked), now, counts=counts)
        content, seen = item.draft.content_hash, known.keys.get(key)
        if seen is None:
            documents.sight(session, source_id, key, document_id=document_id, content_hash=content, now=now)
        elif seen.content_hash != content:
            documents.sight_again(session, source_id, key, content)
        if document is None:
            continue
        if document.version_count == 1 and document.canonical_url:
            new[document.canonical_url] = document_id
        # A new document about something else has no links and no place on a timeline.
        if document.version_count > 1 or item.proposals:
            done = links.suggest(session, document_id, item.proposals, now)
            counts.suggested += done.suggested
            counts.confirmed += done.confirmed
            touched.append(document_id)
    documents.tie_evidence(session, new)
    project(session, document_ids=touched, clock=clock)
    return counts


def _edited(draft: Draft) -> float:
    """Return when a draft was last edited, as seconds; of two that do not say so the first in the answer stays."""
    moment = draft.updated_at or draft.published_at
    return moment.timestamp() if moment else 0.0


def _fitting(item: Studied) -> Studied:
    """Return an item whose key and address an index can hold: PostgreSQL's take 2,704 bytes of a row."""
    draft = item.draft
    key, address = draft.key, draft.canonical_url
    if len(key.encode()) > LONGEST_INDEXED:
        key = f"{key[: LONGEST_INDEXED // 4 - 65]}#{content_hash(key)}"
    if address is not None and len(address.encode()) > LONGEST_INDEXED:
        address = None
    if (key, address) == (draft.key, draft.canonical_url):
        return item
    return replace(item, draft=replace(draft, key=key, canonical_url=address))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the archive holds under the keys and addresses of an answer."""

    keys: Mapping[str, Stored]
    addresses: dict[str, Stored]


def _keep_one(
    session: Session, item: Studied, known: _Known, body_hash: str | None, now: datetime, *, counts: Counts
) -> tuple[Document | None, int]:
    """Keep one item; return the document if it was written, and its id."""
    draft = item.draft
    by_key = known.keys.get(draft.key)
    by_address = known.addresses.get(draft.canonical_url or "")
    decision = decide(draft, by_key=_told(by_key), by_url=_told(by_address))
    if by_key is not None and decision.verdict is Verdict.CHANGED:
        if draft.content_hash == by_key.newest:
            decision = replace(decision, verdict=Verdict.SAME)
        elif not by_key.spoken:
            # The page is known from another source; how this one words its summary of it is no version of the page.
            decision = replace(decision, verdict=Verdict.ELSEWHERE)
    document_id = decision.document_id
    if decision.verdict is Verdict.SAME and document_id is not None:
        counts.same += 1
        return None, document_id
    if decision.verdict is Verdict.ELSEWHERE and document_id is not None:
        counts.seen_elsewhere += 1
        return None, document_id
    if decision.verdict is Verdict.CHANGED and document_id is not None:
        document = documents.change(session, document_id, draft, item.judged, body_hash=body_hash, now=now)
        _count(counts, item, "changed")
    else:
        if by_address is not None:
            # Another document has this address already; each address is one document's alone.
            draft = replace(draft, canonical_url=None)
        document = documents.add(session, draft, item.judged, body_hash=body_hash, now=now)
        _count(counts, item, "new")
    number = document.id or 0
    if document.canonical_url:
        known.addresses[document.canonical_url] = Stored(
            number, draft.content_hash, draft.title, document.canonical_url, draft.content_hash
        )
    return document, number


def _count(counts: Counts, item: Studied, name: str) -> None:
    state = item.judged.state
    if state is DocumentState.SCREENED:
        counts.screened += 1
    elif state is DocumentState.QUARANTINED:
        counts.quarantined += 1
    else:
        setattr(counts, name, getattr(counts, name) + 1)


def _told(stored: Stored | None) -> Known | None:
    if stored is None:
        return None
    return Known(
        document_id=stored.document_id,
        content_hash=stored.content_hash,
        title=stored.title,
        canonical_url=stored.canonical_url,
    )
