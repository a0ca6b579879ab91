"""Documents as they are compared, each read from the archive and brought into that form once a transaction.

What is found is kept here as well and written at the end of the transaction, all of it at once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from tracker.linking.copies import MOST_READ, Sketch, sketch
from tracker.linking.holders import Holders
from tracker.linking.identifiers import Written, written_in
from tracker.linking.telling import LEAD, Telling
from tracker.store import document_links, fingerprints, newest_texts, stories
from tracker.store.document_links import InCommon
from tracker.store.fingerprints import Known, Unread
from tracker.store.stories import Joined, Pair

MOST_NEAR = 600  # documents of one matter that a batch is held against


class Tellings:
    """What is known of documents in one transaction, which alone writes about their stories: so it stays true."""

    def __init__(self, session: Session, waiting: Sequence[Unread] = ()) -> None:
        """Nothing is read before it is wanted; `waiting` are those that will be looked at."""
        self._session = session
        self._waiting = waiting
        self._known: dict[int, Known] = {}
        self._absent: set[int] = set()
        self._newest: list[int] = []
        self._tellings: dict[int, Telling] = {}
        self._story_of: dict[int, int | None] = {}
        self._seen: dict[int, Unread] = {}
        self._joined: list[tuple[int, Joined]] = []
        self.numbers: dict[int, list[Written]] = {}
        # What lies around one batch and what is of one matter with it: most of it is so for the next batch too.
        self.around_them, self.of_matters = Holders(), Holders()

    @cached_property
    def decided(self) -> Mapping[Pair, bool]:
        """People's last word on pairs of documents: whether they tell one story."""
        return stories.decided(self._session)

    @cached_property
    def in_common(self) -> InCommon:
        """What those that are waiting have in common with others."""
        ids = [one.document_id for one in self._waiting]
        return document_links.in_common(self._session, ids, most=MOST_NEAR)

    # --- documents ----------------------------------------------------------------------------------------------------

    def look(self, batch: Sequence[Unread], no_companies: Collection[str]) -> None:
        """Read documents; what they are compared by is known from here on."""
        texts = newest_texts.of_documents(self._session, [one.document_id for one in batch], characters=MOST_READ)
        for one in batch:
            text = texts[one.document_id]
            self._seen[one.document_id] = one
            self._known[one.document_id] = _known(one, text, no_companies)
            self._tellings.pop(one.document_id, None)
            self.numbers[one.document_id] = list(written_in(text))

    def around(self, first: date | None, last: date | None, *, least: int, most: int) -> dict[int, Known]:
        """Return what was looked at and published between two days, at most `most`; with the newest up to `least`.

        Without days the newest are returned: nothing is known of when.
        """
        found: set[int] = set()
        if first is not None and last is not None:
            days = first.isoformat(), last.isoformat()
            found = {number for number, one in self._seen.items() if days[0] <= one.day <= days[1]}
            found.update(fingerprints.within(self._session, first, last, most=most))
            found = set(_newest(found, most))
        if len(found) < least:
            if len(self._newest) < least:
                self._newest = fingerprints.newest(self._session, most=least)
            found.update(_newest({*self._newest, *self._seen}, least))
        return self.known(found)

    def known(self, ids: Collection[int]) -> dict[int, Known]:
        """Return these documents as they are compared, in order; those not looked at are left out."""
        missing = [number for number in ids if number not in self._known and number not in self._absent]
        if missing:
            self._known |= {row.document_id: row for row in fingerprints.of(self._session, missing)}
            self._absent.update(number for number in missing if number not in self._known)
        return {number: self._known[number] for number in sorted(ids) if number in self._known}

    def of(self, ids: Collection[int]) -> Mapping[int, Telling]:
        """Return these documents as they are compared; those not looked at are left out."""
        rows = self.known(ids)
        for number in rows.keys() - self._tellings.keys():
            self._tellings[number] = _telling(rows[number])
        return {number: self._tellings[number] for number in rows}

    # --- stories ------------------------------------------------------------------------------------------------------

    def story_of(self, ids: Collection[int]) -> dict[int, int]:
        """Return the story of each document that is in one."""
        missing = [number for number in ids if number not in self._story_of]
        if missing:
            found = stories.of_documents(self._session, missing)
            self._story_of |= {number: found.get(number) for number in missing}
        told = ((number, self._story_of[number]) for number in ids)
        return {number: story for number, story in told if story is not None}

    def join(self, story_ids: Sequence[int], lead_id: int, new: Sequence[Joined], now: datetime) -> None:
        """Make one story of these and let documents join it."""
        story_id = stories.one_of(self._session, story_ids, lead_id, now)
        if absorbed := {*story_ids} - {story_id}:
            self._story_of |= {number: story_id for number, story in self._story_of.items() if story in absorbed}
            self._joined = [(story_id if story in absorbed else story, row) for story, row in self._joined]
        self._story_of |= dict.fromkeys((row.document_id for row in new), story_id)
        self._joined += [(story_id, row) for row in new]

    def write(self, now: datetime) -> None:
        """Write what was looked at and what joined; with that the documents have been looked at."""
        fingerprints.keep(self._session, [(one.version, self._known[number]) for number, one in self._seen.items()])
        stories.join(self._session, self._joined, now)


def _newest(numbers: Iterable[int], most: int) -> list[int]:
    return sorted(numbers, reverse=True)[:most]


def _known(one: Unread, text: str, no_companies: Collection[str]) -> Known:
    found = sketch(text)
    return Known(
        document_id=one.document_id,
        title=one.title,
        publisher=one.publisher,
        kind=one.kind,
        published=one.published,
        event_type=one.event_type,
        event_type_score=one.event_type_score,
        lead=text[:LEAD],
        names=one.names,
        subjects=tuple(sorted({*one.in_title}.difference(no_companies))),
        hashes=found.hashes,
        runs=found.runs,
    )


def _telling(known: Known) -> Telling:
    event = known.event_type
    return Telling(
        id=known.document_id,
        title=known.title,
        lead=known.lead,
        published=known.published,
        kind=known.kind.value,
        publisher=known.publisher,
        names=frozenset(known.names),
        subjects=frozenset(known.subjects),
        events={event.value: known.event_type_score} if event else {},
        sketch=Sketch(known.hashes, known.runs),
    )
