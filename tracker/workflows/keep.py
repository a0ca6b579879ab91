"""Keeping what a visit or a person brought: new, same, changed or seen elsewhere; links; the timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlmodel import Session

from tracker.domain.vocab import DocumentState
from tracker.ingest.dedupe import Known, Verdict, decide
from tracker.store import documents, links
from tracker.store.documents import Stored
from tracker.workflows.project import project
from tracker.workflows.study import Studied


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
    session: Session, source_id: int, studied: Sequence[Studied], bodies: Mapping[str, str], now: datetime
) -> Counts:
    """Write items in the caller's transaction and bring the timeline up to date.

    One item twice in an answer counts once, the later one: feeds repeat entries when they are edited.
    """
    counts = Counts()
    by_key = {item.draft.key: item for item in studied}
    keys = documents.by_keys(session, source_id, list(by_key))
    addresses = documents.by_addresses(
        session, [item.draft.canonical_url for item in by_key.values() if item.draft.canonical_url]
    )
    touched: list[int] = []
    for key, item in by_key.items():
        found = _keep_one(session, item, keys.get(key), addresses, bodies.get(item.asked), now, counts)
        documents.sight(session, source_id, key, found.document_id, item.draft.content_hash, now)
        if found.touched:
            touched.append(found.document_id)
        if item.draft.canonical_url:
            addresses[item.draft.canonical_url] = Stored(
                found.document_id, item.draft.content_hash, item.draft.title, item.draft.canonical_url
            )
    project(session, document_ids=touched)
    return counts


@dataclass(frozen=True, slots=True)
class _Kept:
    document_id: int
    touched: bool


def _keep_one(
    session: Session,
    item: Studied,
    by_key: Stored | None,
    addresses: Mapping[str, Stored],
    body_hash: str | None,
    now: datetime,
    counts: Counts,
) -> _Kept:
    draft = item.draft
    by_address = addresses.get(draft.canonical_url or "")
    decision = decide(draft, by_key=_known(by_key), by_url=_known(by_address))
    if decision.verdict is Verdict.SAME and decision.document_id is not None:
        counts.same += 1
        return _Kept(decision.document_id, touched=False)
    if decision.verdict is Verdict.ELSEWHERE and decision.document_id is not None:
        counts.seen_elsewhere += 1
        return _Kept(decision.document_id, touched=False)
    if decision.verdict is Verdict.CHANGED and decision.document_id is not None:
        document = documents.change(session, decision.document_id, draft, item.judged, body_hash=body_hash, now=now)
        _count(counts, item, "changed")
    else:
        document = documents.add(session, draft, item.judged, body_hash=body_hash, now=now)
        _count(counts, item, "new")
    done = links.suggest(session, document.id or 0, item.proposals, now)
    counts.suggested += done.suggested
    counts.confirmed += done.confirmed
    return _Kept(document.id or 0, touched=True)


def _count(counts: Counts, item: Studied, name: str) -> None:
    state = item.judged.state
    if state is DocumentState.SCREENED:
        counts.screened += 1
    elif state is DocumentState.QUARANTINED:
        counts.quarantined += 1
    else:
        setattr(counts, name, getattr(counts, name) + 1)


def _known(stored: Stored | None) -> Known | None:
    if stored is None:
        return None
    return Known(
        document_id=stored.document_id,
        content_hash=stored.content_hash,
        title=stored.title,
        canonical_url=stored.canonical_url,
    )
