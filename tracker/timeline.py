"""The timeline as a pure projection: objects and confirmed documents say what happened, rows follow.

Nothing here reads a clock or a database. The same objects and documents give the same rows, with the same ids, so the
table can be thrown away and made again without a change.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Generic, TypeVar

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.items import Milestone
from tracker.domain.vocab import DocumentKind, EventType, Lane, Relation
from tracker.models.document import Document
from tracker.models.event import Event, EventSource
from tracker.models.story import Changed, DocumentStory, ObjectStory

WEAK = frozenset({Relation.MENTIONS, Relation.CITES})
# A report of an event usually follows within two weeks; later coverage is an event of its own. An embargo or a time
# zone may date it to the eve.
NEAR_DAYS = 14
EVE_DAYS = 1
# Filings that are not the company's own word; a form's name begins like this, the more particular first.
LANE_OF_FORM = {
    "PX14A6": Lane.INVESTORS,
    "EXEMPT SOLICITATION": Lane.INVESTORS,
    "14A-8 NOTICE RESPONSE": Lane.REGULATORS,
    "14A-8 I1 RESPONSE": Lane.REGULATORS,
}
EXACT = frozenset({Precision.DAY, Precision.MONTH, Precision.BETWEEN})
# Stands in a new row until its first known moment is looked up.
UNKNOWN = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rows that ought to stand."""

    events: tuple[Event, ...]
    sources: tuple[EventSource, ...]


Stored = TypeVar("Stored", Event, EventSource)


@dataclass(frozen=True, slots=True)
class Difference(Generic[Stored]):
    """What has to be done to stored rows: nothing at all when they are right already."""

    add: list[Stored] = field(default_factory=list)
    change: list[tuple[Stored, Stored]] = field(default_factory=list)
    drop: list[Stored] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of rows touched."""
        return len(self.add) + len(self.change) + len(self.drop)


def event_id(campaign_slug: str, key: str) -> str:
    """Return an event's permanent id, 16 hexadecimal digits made from names that do not change."""
    return hashlib.sha256(f"{campaign_slug}\n{key}".encode()).hexdigest()[:16]


def wanted(objects: Iterable[ObjectStory], documents: Iterable[DocumentStory]) -> Wanted:
    """Return the rows that objects and confirmed documents ask for; `dated` says since when we know of each.

    A document stands behind the milestone it reports; one that reports none becomes an event of its own, in every
    campaign of the objects it is strongly linked to. A document that is only said to mention objects makes nothing.
    Documents that tell one story make one event: where one of them reports a milestone all stand behind that, else
    all stand behind their lead.
    """
    by_id = {story.object_id: story for story in objects}
    events = {row.id: row for story in by_id.values() for row in _object_events(story)}
    sources: list[EventSource] = []
    for story in _by_story(documents):
        for row in _story_rows(story, by_id):
            if isinstance(row, Event):
                events[row.id] = row
            else:
                sources.append(row)
    return Wanted(tuple(events.values()), tuple(sources))


def dated(rows: Iterable[Event], known: Mapping[str, datetime], now: datetime) -> None:
    """Write into rows when we first came to know of each event: as `known` by its id, or `now`."""
    for row in rows:
        row.recorded_at = known.get(row.id, now)


def _object_events(story: ObjectStory) -> Iterable[Event]:
    for campaign_id, slug in story.campaigns:
        for milestone in story.milestones:
            yield _row(slug, campaign_id, f"{story.slug}:{milestone.key}", milestone, object_id=story.object_id)


def _row(
    slug: str,
    campaign_id: int,
    key: str,
    milestone: Milestone,
    *,
    object_id: int | None = None,
    document_id: int | None = None,
) -> Event:
    on = milestone.on
    return Event(
        id=event_id(slug, key),
        campaign_id=campaign_id,
        object_id=object_id,
        document_id=document_id,
        key=key,
        kind=milestone.kind,
        lane=milestone.lane,
        on=on,
        earliest=on.earliest.isoformat() if on.earliest else "",
        latest=on.latest.isoformat() if on.latest else "",
        sort_day=on.sort_key[0].isoformat(),
        headline=milestone.headline,
        summary=milestone.summary,
        recorded_at=UNKNOWN,
    )


def _by_story(documents: Iterable[DocumentStory]) -> list[list[DocumentStory]]:
    """Return documents by the story they tell, its lead first, then in the order given."""
    found: dict[tuple[str, int], list[DocumentStory]] = {}
    for row in documents:
        key = ("document", row.document.id or 0) if row.told_with is None else ("story", row.told_with)
        found.setdefault(key, []).append(row)
    return [sorted(rows, key=lambda row: not row.lead) for rows in found.values()]


def _story_rows(told_by: Sequence[DocumentStory], objects: Mapping[int, ObjectStory]) -> Iterable[Event | EventSource]:
    """Yield, for each campaign that a story touches, the milestones its documents stand behind, or one row of its own.

    A document that was changed later makes a row for each change, whoever else tells its story.
    """
    campaigns = {campaign for row in told_by for campaign in _campaigns(row, objects)}
    for campaign in sorted(campaigns):
        touching = [row for row in told_by if campaign in _campaigns(row, objects)]
        yield from _campaign_rows(touching, objects, campaign)
    for row in told_by:
        # A page is watched because somebody wants to know of its changes, even if all it does is mention our objects.
        for campaign_id, slug in _campaigns(row, objects, weakly=row.document.watched):
            for change in row.changes:
                milestone, key = _change_milestone(row, change), f"{_key(row)}:version:{change.number}"
                yield _row(slug, campaign_id, key, milestone, document_id=row.document.id or 0)


def _campaign_rows(
    told_by: Sequence[DocumentStory], objects: Mapping[int, ObjectStory], campaign: tuple[int, str]
) -> Iterable[Event | EventSource]:
    campaign_id, slug = campaign
    carriers = [_carriers(row, objects, campaign_id) for row in told_by]
    reported = next((found for found in carriers if found), None)
    if reported is not None:
        for row, found in zip(told_by, carriers, strict=True):
            for owner, milestone in found or reported:
                event = event_id(slug, f"{owner.slug}:{milestone.key}")
                yield EventSource(event_id=event, document_id=row.document.id or 0)
        return
    head = next((row for row in told_by if row.document.published is not None), None)
    if head is None or head.document.published is None:
        return
    event_row = _row(
        slug, campaign_id, _key(head), _own_milestone(head, head.document.published), document_id=head.document.id or 0
    )
    yield event_row
    for row in told_by:
        if row is not head:
            yield EventSource(event_id=event_row.id, document_id=row.document.id or 0)


def _key(story: DocumentStory) -> str:
    return f"document:{_name(story.document)}"


def _name(document: Document) -> str:
    """Return what a document is called in its event's key: its address, which does not change, or else its number."""
    if document.canonical_url:
        return hashlib.sha256(document.canonical_url.encode()).hexdigest()[:16]
    return str(document.id)


def _campaigns(
    story: DocumentStory, objects: Mapping[int, ObjectStory], *, weakly: bool = False
) -> list[tuple[int, str]]:
    """Return the campaigns of the objects that a document is strongly linked to, or `weakly` of all it is linked to."""
    told = [
        objects[target] for target, relation in story.links if (weakly or relation not in WEAK) and target in objects
    ]
    return sorted({campaign for owner in told for campaign in owner.campaigns})


def _carriers(
    story: DocumentStory, objects: Mapping[int, ObjectStory], campaign_id: int
) -> list[tuple[ObjectStory, Milestone]]:
    """Return the milestone of each object that a document reports: one vote result tells of several resolutions.

    Of one object's milestones, one of the document's own type comes first, then the nearest in time.
    """
    found = []
    for target, relation in story.links:
        owner = objects.get(target)
        if owner is None or relation in WEAK or campaign_id not in {number for number, _ in owner.campaigns}:
            continue
        told = [milestone for milestone in owner.milestones if reports(story.document, milestone)]
        if told:
            found.append((owner, min(told, key=lambda milestone: _rank(story.document, milestone))))
    return found


def reports(document: Document, milestone: Milestone) -> bool:
    """Return whether a document can be a report of a milestone, rather than something that happened besides.

    A report appears within two weeks after, or on the very eve. A statement is its party's own act, and what is known
    only roughly is near to everything: both report only what is of their own type.
    """
    if document.published is None:
        return False
    same_type = milestone.kind == document.event_type
    roughly = milestone.on.precision not in EXACT or document.published.precision not in EXACT
    if not same_type and (document.kind is DocumentKind.STATEMENT or roughly):
        return False
    days = days_after(milestone.on, document.published)
    return days is not None and -EVE_DAYS <= days <= NEAR_DAYS


def _rank(document: Document, milestone: Milestone) -> tuple[bool, int, str]:
    days = days_after(milestone.on, document.published) if document.published else None
    return (milestone.kind != document.event_type, abs(days or 0), milestone.key)


def days_after(first: PartialDate, second: PartialDate) -> int | None:
    """Return the fewest days by which `second` can follow `first`: 0 when they may be one day, negative when before.

    None when a side is open, so that no distance can be told.
    """
    if first.earliest is None or first.latest is None or second.earliest is None or second.latest is None:
        return None
    if first.overlaps(second):
        return 0
    if first.latest < second.earliest:
        return (second.earliest - first.latest).days
    return -(first.earliest - second.latest).days


def _own_milestone(story: DocumentStory, published: PartialDate) -> Milestone:
    document = story.document
    return Milestone(
        on=published,
        kind=document.event_type or EventType.OTHER,
        key="published",
        headline=document.title,
        lane=story.lane or lane_of(document),
        summary=document.excerpt,
    )


def _change_milestone(story: DocumentStory, change: Changed) -> Milestone:
    """A later version, on the day we saw it. Of a page that is watched for changes, such as a policy, that is the news.

    Elsewhere it is an edit of what was said before, and of the same type.
    """
    document, lane = story.document, story.lane or lane_of(story.document)
    kind = document.event_type or EventType.OTHER
    if document.watched:
        kind = EventType.COMPANY_POLICY_CHANGE if lane is Lane.COMPANY else kind
    return Milestone(
        on=PartialDate.day(change.seen_on),
        kind=kind,
        key="changed",
        headline=f"{'Page changed' if document.watched else 'Edited'}: {document.title}",
        lane=lane,
        summary=f"{change.words[:1].upper()}{change.words[1:]}." if change.words else "",
    )


def lane_of(document: Document) -> Lane:
    """Return who speaks in a document whose publisher we do not know: its form decides, the press is the rest."""
    if document.kind is DocumentKind.FILING:
        return next((lane for form, lane in LANE_OF_FORM.items() if document.form.startswith(form)), Lane.COMPANY)
    if document.kind is DocumentKind.LEGISLATION:
        return Lane.LAWMAKERS
    if document.kind is DocumentKind.CONTRACT:
        return Lane.REGULATORS
    return Lane.PRESS


def difference(rows: Sequence[Stored], stored: Sequence[Stored]) -> Difference[Stored]:
    """Return what turns `stored` into `rows`; applied twice, the second time is empty."""
    ahead = {_identity(row): row for row in rows}
    behind = {_identity(row): row for row in stored}
    result: Difference[Stored] = Difference()
    for key, row in ahead.items():
        if key not in behind:
            result.add.append(row)
        elif _content(row) != _content(behind[key]):
            result.change.append((behind[key], row))
    result.drop.extend(row for key, row in behind.items() if key not in ahead)
    return result


def _identity(row: Event | EventSource) -> tuple[str, int]:
    return (row.id, 0) if isinstance(row, Event) else (row.event_id, row.document_id)


def _content(row: Event | EventSource) -> dict[str, object]:
    return row.model_dump()
