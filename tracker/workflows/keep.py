"""Keeping what visits or a person brought: new, same, changed or seen elsewhere; links; the timeline.

An `Intake` takes in many visits and writes them together: decisions are made one by one, rows are written in bulk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from tracker.domain.items import Draft
from tracker.domain.vocab import DocumentState
from tracker.ingest import identity
from tracker.ingest.dedupe import Decision, Known, Verdict, decide
from tracker.store import documents, links, pages, sightings
from tracker.store.documents import Arrival
from tracker.store.links import Suggested
from tracker.store.sightings import Stored
from tracker.workflows.brought import Brought, Counts, Taken, distinct, entries, is_own, is_summary, settled
from tracker.workflows.keep_filings import KnownFilings
from tracker.workflows.project import Clock, project
from tracker.workflows.readings import Studied

if TYPE_CHECKING:
    from tracker.domain.verdicts import Proposal

# Changes of the text alone, without a word from the source that it was edited, that become versions.
MOST_FLICKERS = 24


def keep(session: Session, brought: Sequence[Brought], clock: Clock) -> list[Taken]:
    """Write what sources brought in the caller's transaction and bring the timeline up to date."""
    intake = _Intake(session, clock())
    taken = intake.take(brought)
    intake.write(taken)
    project(session, document_ids=intake.touched, clock=clock)
    return [taken[number] for number in range(len(brought))]


class _Intake:
    """Decides for each item, remembering what this batch itself adds; then writes."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._addresses: dict[str, Stored] = {}
        self._filed = KnownFilings(session, ())
        self._ids: list[int] = []
        self._arrivals: list[Arrival] = []
        self._sightings: list[dict[str, Any]] = []
        self._seen_again: list[dict[str, Any]] = []
        self._proposals: list[tuple[int, int, Proposal]] = []
        self._pages: dict[int, str] = {}
        self._better: list[tuple[int, Studied, str | None, int]] = []
        self.touched: list[int] = []

    def take(self, brought: Sequence[Brought]) -> dict[int, Taken]:
        """Decide for every item; return what became of each source's, by its place in the batch."""
        batches = [distinct(one.studied) for one in brought]
        wanted = {item.draft.canonical_url: None for batch in batches for item in batch.values()}
        self._filed = KnownFilings(self._session, [item.draft for batch in batches for item in batch.values()])
        self._addresses = sightings.by_addresses(self._session, [address for address in wanted if address])
        known = [
            {} if one.first or not batch else self._known(one.source_id, batch)
            for one, batch in zip(brought, batches, strict=True)
        ]
        items = [
            list(settled(batch, stored)) if stored else list(batch.values())
            for batch, stored in zip(batches, known, strict=True)
        ]
        unknown = sum(_may_be_new(item.draft, known[place]) for place, batch in enumerate(items) for item in batch)
        self._ids = documents.reserve(self._session, unknown)[::-1]
        taken = {number: Taken() for number in range(len(brought))}
        for number, one in enumerate(brought):
            for item in items[number]:
                self._take_one(one, number, item, known[number].get(item.draft.key), taken[number])
        return taken

    def _known(self, source_id: int, batch: Mapping[str, Studied]) -> dict[str, Stored]:
        """Return what the source showed us before: under these keys, keys like them, or at these addresses."""
        named = entries(batch)
        addresses = [address for _, address in named if address]
        bare = [item.draft.content_hash for item in batch.values() if item.draft.canonical_url is None]
        return sightings.by_keys(self._session, source_id, identity.wanted(named), addresses, bare)

    def write(self, taken: Mapping[int, Taken]) -> None:
        """Write everything that was decided, each table in one statement."""
        documents.add(self._session, self._arrivals, self._now)
        sightings.sight(self._session, self._sightings)
        sightings.sight_again(self._session, self._seen_again)
        links.suggest_new(self._session, [(number, row) for _, number, row in self._proposals], self._now)
        for owner, _, row in self._proposals:
            _tell(taken[owner].counts, Suggested(not row.confirmed, row.confirmed))
        for document_id, item, body_hash, owner in self._better:
            draft = item.draft
            own = is_own(item)
            documents.change(
                self._session,
                document_id,
                draft,
                item.judged,
                body_hash=body_hash,
                now=self._now,
                whole_page=True,
                own_body=own,
            )
            if own and self._filed.of(draft) is not None:
                documents.readdress(self._session, document_id, draft)
            _tell(taken[owner].counts, self._suggest(document_id, item))
            self.touched.append(document_id)
        # Only a confirmed link brings a new document onto a timeline.
        self.touched += dict.fromkeys(document_id for _, document_id, row in self._proposals if row.confirmed)
        pages.want(self._session, self._pages, self._now)
        addressed = {row.draft.canonical_url: row.document_id for row in self._arrivals if row.draft.canonical_url}
        documents.tie_evidence(self._session, addressed)

    def _take_one(self, one: Brought, number: int, item: Studied, seen: Stored | None, taken: Taken) -> None:
        draft, counts = item.draft, taken.counts
        by_address = self._addresses.get(draft.canonical_url or "")
        if seen is not None and by_address is not None and seen.document_id == by_address.document_id:
            # It may have moved since, and its source go on naming the address before.
            seen = replace(seen, canonical_url=draft.canonical_url)
        decision, flickers = self._decided(draft, seen, by_address)
        filed = self._filed.of(draft) if seen is None else None
        if filed is not None and decision.verdict is Verdict.NEW:
            decision = Decision(Verdict.ELSEWHERE, filed.document_id, "the same filing, by its accession number")
        document_id = decision.document_id
        if seen is not None and decision.verdict is Verdict.NEW:
            # The key stays the other story's; `identity` finds this one again under both names.
            item = replace(item, draft=replace(draft, key=f"{draft.key}|{draft.canonical_url}"))
            draft, seen = item.draft, None
            decision = decide(draft, by_key=None, by_url=_told(by_address))
            document_id = decision.document_id
        if decision.verdict is Verdict.SAME and document_id is not None:
            counts.same += 1
        elif decision.verdict is Verdict.ELSEWHERE and document_id is not None:
            counts.seen_elsewhere += 1
            if filed is not None and not filed.own and is_own(item):
                self._better.append((document_id, item, one.bodies.get(item.asked), number))
                self._filed.note(draft, document_id, own=True)
            else:
                self._said_better(document_id, item, one.bodies.get(item.asked), by_address, number)
        elif decision.verdict is Verdict.CHANGED and document_id is not None:
            self._change(document_id, item, one.bodies.get(item.asked), taken)
        else:
            document_id = self._arrive(item, number, one.bodies.get(item.asked), by_address is not None, taken)
        if one.whole_pages and decision.verdict in {Verdict.NEW, Verdict.CHANGED} and is_summary(item):
            self._pages[document_id or 0] = draft.url or ""
        self._sight(one.source_id, draft, document_id or 0, seen, flickers)

    def _decided(self, draft: Draft, seen: Stored | None, by_address: Stored | None) -> tuple[Decision, int]:
        """Return the decision, and how often this entry's text has changed by itself."""
        decision = decide(draft, by_key=_told(seen), by_url=_told(by_address))
        if seen is None:
            return decision, 0
        if decision.verdict is not Verdict.CHANGED:
            return decision, seen.flickers
        if draft.content_hash == seen.newest:
            return replace(decision, verdict=Verdict.SAME), seen.flickers
        # What came after the last change that became a version was none of its document's words either.
        if not seen.spoken and seen.flickers <= MOST_FLICKERS:
            # The page is known from another source; how this one words its summary of it is no version of the page.
            return replace(decision, verdict=Verdict.ELSEWHERE), seen.flickers
        edited = draft.updated_at is not None and (seen.edited_at is None or draft.updated_at > seen.edited_at)
        if edited or draft.title != seen.title:
            return decision, 0
        if seen.flickers >= MOST_FLICKERS:
            return replace(decision, verdict=Verdict.SAME), seen.flickers + 1
        if sightings.said_before(self._session, seen.document_id, draft.content_hash):
            return replace(decision, verdict=Verdict.SAME), seen.flickers
        return decision, seen.flickers + 1

    def _said_better(
        self, document_id: int, item: Studied, body_hash: str | None, known: Stored | None, number: int
    ) -> None:
        """Take a relevant text of a page that was put aside for what another source said of it: whoever came first."""
        if known is not None and known.screened and item.judged.state is DocumentState.RELEVANT:
            self._better.append((document_id, item, body_hash, number))
            self._addresses[item.draft.canonical_url or ""] = replace(known, screened=False)

    def _change(self, document_id: int, item: Studied, body_hash: str | None, taken: Taken) -> None:
        documents.change(
            self._session,
            document_id,
            item.draft,
            item.judged,
            body_hash=body_hash,
            now=self._now,
            own_body=is_own(item),
        )
        _tell(taken.counts, self._suggest(document_id, item))
        _count(taken, item, "changed")
        self.touched.append(document_id)

    def _suggest(self, document_id: int, item: Studied) -> Suggested:
        return links.suggest(self._session, document_id, item.proposals, self._now, looked_for=item.looked_for)

    def _arrive(self, item: Studied, number: int, body_hash: str | None, addressed: bool, taken: Taken) -> int:  # noqa: FBT001
        """Take a new document in. An address that another one has already stays that one's alone."""
        draft = replace(item.draft, canonical_url=None) if addressed else item.draft
        document_id = self._ids.pop()
        self._filed.note(draft, document_id, own=is_own(item))
        self._arrivals.append(Arrival(document_id, draft, item.judged, body_hash, is_own(item)))
        # A new document about something else has no links and no place on a timeline.
        self._proposals += [(number, document_id, proposal) for proposal in item.proposals]
        if draft.canonical_url:
            self._addresses[draft.canonical_url] = Stored(
                document_id,
                draft.content_hash,
                draft.title,
                draft.canonical_url,
                draft.content_hash,
                screened=item.judged.state is DocumentState.SCREENED,
            )
        _count(taken, item, "new")
        return document_id

    def _sight(self, source_id: int, draft: Draft, document_id: int, seen: Stored | None, flickers: int) -> None:
        if seen is None:
            self._sightings.append(
                {
                    "source_id": source_id,
                    "key": draft.key,
                    "document_id": document_id,
                    "content_hash": draft.content_hash,
                    "first_seen_at": self._now,
                    "edited_at": draft.updated_at,
                    "flickers": 0,
                }
            )
        elif seen.content_hash != draft.content_hash:
            self._seen_again.append(
                {
                    "of": source_id,
                    "under": draft.key,
                    "number": seen.document_id,
                    "content": draft.content_hash,
                    "edited": draft.updated_at or seen.edited_at,
                    "times": flickers,
                }
            )


def _may_be_new(draft: Draft, known: Mapping[str, Stored]) -> bool:
    """Whether a document may be made of it: its key is unknown, or was another page's."""
    stored = known.get(draft.key)
    return stored is None or draft.canonical_url not in {None, stored.canonical_url}


def _tell(counts: Counts, done: Suggested) -> None:
    counts.suggested += done.suggested
    counts.confirmed += done.confirmed


def _count(taken: Taken, item: Studied, name: str) -> None:
    counts, state = taken.counts, item.judged.state
    taken.written += 1
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
