"""What a timeline would have otherwise, were a suggested link accepted: worked out, nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from tracker import timeline
from tracker.domain.vocab import Relation
from tracker.models.event import Event
from tracker.models.story import DocumentStory
from tracker.store import events


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Rows of timelines that would come, be told otherwise (before, after) and go; `behind` are rows that the document
    would stand behind without making one.
    """

    added: tuple[Event, ...] = ()
    changed: tuple[tuple[Event, Event], ...] = ()
    dropped: tuple[Event, ...] = ()
    behind: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything would be otherwise."""
        return any((self.added, self.changed, self.dropped, self.behind))


def foresee(session: Session, document_id: int, ties: Sequence[tuple[int, Relation]]) -> list[Foreseen]:
    """Return what each of these ties (object, relation), accepted alone, would change. A fixed number of queries."""
    mine = events.scope_of(session, (), [document_id])
    scope = events.Scope((mine.objects or frozenset()) | {number for number, _ in ties}, mine.documents)
    told, documents = events.stories(session, scope, also=[document_id])
    before = timeline.wanted(told, documents)
    found = []
    for number, relation in ties:
        supposed = [
            _with(story, number, relation) if story.document.id == document_id else story for story in documents
        ]
        found.append(_difference(timeline.wanted(told, supposed), before))
    return found


def _with(story: DocumentStory, number: int, relation: Relation) -> DocumentStory:
    return replace(story, links=tuple(sorted({**dict(story.links), number: relation}.items())))


def _difference(after: timeline.Wanted, before: timeline.Wanted) -> Foreseen:
    rows = timeline.difference(after.events, before.events)
    sources = timeline.difference(after.sources, before.sources)
    known = {row.id: row for row in (*before.events, *after.events)}
    return Foreseen(
        added=tuple(rows.add),
        changed=tuple(rows.change),
        dropped=tuple(rows.drop),
        behind=tuple(known[row.event_id] for row in sources.add if row.event_id in known),
    )
