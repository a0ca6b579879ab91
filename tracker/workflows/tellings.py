"""Documents as they are compared, each read from the archive and brought into that form once a transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property

from sqlmodel import Session

from tracker.linking.copies import Sketch, sketch
from tracker.linking.holders import Holders
from tracker.linking.telling import LEAD, Telling
from tracker.store import stories
from tracker.store.stories import Known, Pair, Unread


class Tellings:
    """What is known of documents in one transaction, which alone writes about their stories: so it stays true."""

    def __init__(self, session: Session) -> None:
        """Nothing is read before it is wanted."""
        self._session = session
        self._known: dict[int, Known] = {}
        self._tellings: dict[int, Telling] = {}
        self._story_of: dict[int, int | None] = {}
        # What lies around one batch and what is of one matter with it: most of it is so for the next batch too.
        self.around_them, self.of_matters = Holders(), Holders()

    @cached_property
    def decided(self) -> Mapping[Pair, bool]:
        """People's last word on pairs of documents: whether they tell one story."""
        return stories.decided(self._session)

    def look(self, batch: Sequence[Unread], no_companies: Collection[str]) -> None:
        """Write what documents are compared by; with that they have been looked at."""
        seen = []
        for one in batch:
            found, subjects = sketch(one.text), sorted({*one.in_title}.difference(no_companies))
            seen.append(stories.Seen(one, one.text[:LEAD], subjects, found.hashes, found.runs))
            self._known.pop(one.document_id, None)
            self._tellings.pop(one.document_id, None)
        stories.look(self._session, seen)

    def around(self, first: date | None, last: date | None, *, least: int, most: int) -> dict[int, Known]:
        """Return what was looked at and published between two days: see `stories.around`."""
        return self.known(stories.around(self._session, first, last, least=least, most=most))

    def known(self, ids: Collection[int]) -> dict[int, Known]:
        """Return these documents as they are stored, in order; those not looked at are left out."""
        missing = [number for number in ids if number not in self._known]
        self._known |= {row.document_id: row for row in stories.of(self._session, missing)} if missing else {}
        return {number: self._known[number] for number in sorted(ids) if number in self._known}

    def of(self, ids: Collection[int]) -> Mapping[int, Telling]:
        """Return these documents as they are compared; those not looked at are left out."""
        rows = self.known(ids)
        for number in rows.keys() - self._tellings.keys():
            self._tellings[number] = _telling(rows[number])
        return {number: self._tellings[number] for number in rows}

    def story_of(self, ids: Collection[int]) -> dict[int, int]:
        """Return the story of each document that is in one."""
        missing = [number for number in ids if number not in self._story_of]
        if missing:
            found = stories.of_documents(self._session, missing)
            self._story_of |= {number: found.get(number) for number in missing}
        told = ((number, self._story_of[number]) for number in ids)
        return {number: story for number, story in told if story is not None}

    def joined(self, story_id: int, joined: Sequence[int], new: Sequence[int]) -> None:
        """Take note that documents joined a story, into which the stories `joined` went."""
        absorbed = {*joined} - {story_id}
        if absorbed:
            self._story_of |= {number: story_id for number, story in self._story_of.items() if story in absorbed}
        self._story_of |= dict.fromkeys(new, story_id)


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
