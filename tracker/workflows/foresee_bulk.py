"""What timelines would have otherwise, were many suggested links accepted together: figures, nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from tracker import timeline
from tracker.domain.vocab import Relation
from tracker.store import events


@dataclass(frozen=True, slots=True)
class Figures:
    """By campaign number: rows of its timeline that come, are told otherwise, go; and documents that stand behind a
    row without making one.
    """

    added: Counter[int]
    changed: Counter[int]
    dropped: Counter[int]
    behind: Counter[int]

    @property
    def campaigns(self) -> list[int]:
        """The campaigns in which anything would be otherwise, most first."""
        every = self.added + self.changed + self.dropped + self.behind
        return [number for number, _ in every.most_common()]


def foresee_all(session: Session, ties: Sequence[tuple[int, int, Relation]]) -> Figures:
    """Return what these ties (document, object, relation), accepted together, would change. Queries do not depend on
    how many there are.
    """
    supposed: dict[int, dict[int, Relation]] = defaultdict(dict)
    for document_id, object_id, relation in ties:
        supposed[document_id][object_id] = relation
    mine = events.scope_of(session, (), list(supposed))
    targets = {object_id for _, object_id, _ in ties}
    scope = events.Scope((mine.objects or frozenset()) | targets, mine.documents)
    told, documents = events.stories(session, scope, also=list(supposed))
    before = timeline.wanted(told, documents)
    after = timeline.wanted(
        told,
        [
            replace(row, links=tuple(sorted({**dict(row.links), **supposed.get(row.document.id or 0, {})}.items())))
            for row in documents
        ],
    )
    rows, sources = timeline.difference(after.events, before.events), timeline.difference(after.sources, before.sources)
    campaign_of = {row.id: row.campaign_id for row in (*before.events, *after.events)}
    return Figures(
        added=Counter(row.campaign_id for row in rows.add),
        changed=Counter(row.campaign_id for _, row in rows.change),
        dropped=Counter(row.campaign_id for row in rows.drop),
        behind=Counter(campaign_of[row.event_id] for row in sources.add if row.event_id in campaign_of),
    )
