"""Issues of the digest, what they are of, and the timeline's rows that one is composed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from tracker.domain.errors import InputError
from tracker.domain.mailing import Frequency
from tracker.domain.vocab import DocumentState, SubscriberState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import Campaign
from tracker.models.document import Document
from tracker.models.event import Event
from tracker.models.organization import Organization
from tracker.models.subscriber import Follow, Issue, Subscriber
from tracker.store import behind, concerning, search
from tracker.store.engine import dialect_of

QUIET = "A quiet week: nothing moved"
# Rows older than this are counted in a digest and never shown, so nobody asks what stands behind them.
SHOWN_DAYS = 45
# Of what a search finds near a period, so much is looked at, the newest first.
MOST_FOUND = 500
# Kinds of campaign objects with a page of their own on the site; others are shown in their timeline.
PAGES = {"resolution": "/resolutions/{}", "letter": "/letters/{}", "contract": "/contracts/{}"}
# Any number, as long as nothing else locks it.
DIGEST_LOCK = 0x64696765


@dataclass(frozen=True, slots=True)
class Scope:
    """A thing that is followed and that issues are composed of. Of its numbers one is given, none for a search.

    `path` is where the site shows it; "" for a campaign, whose timeline is shown.
    """

    key: str
    title: str
    slug: str = ""
    path: str = ""
    fictional: bool = False
    campaign_id: int | None = None
    organization_id: int | None = None
    object_id: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One event with what it came from, and how many sources stand behind it as on the timeline."""

    event: Event
    object: CampaignObject | None
    document: Document | None
    sources: int


@dataclass(frozen=True, slots=True)
class Window:
    """The days of an issue, both included, and the moments between which what it tells became known."""

    starts_on: date
    ends_on: date
    known_since: datetime
    known_until: datetime


def rows(session: Session, scope: Scope, window: Window) -> list[DigestRow]:
    """Return the events dated within the period, and those recorded after `known_since` and up to `known_until`.

    Of what several campaigns tell of one object, once. Ordered by day and id. Three queries, however many rows.
    """
    first, last = window.starts_on.isoformat(), window.ends_on.isoformat()
    inside = and_(Event.earliest >= first, Event.latest != "", Event.latest <= last)
    recorded = and_(col(Event.recorded_at) > window.known_since, col(Event.recorded_at) <= window.known_until)
    query = (
        select(Event, CampaignObject, Document)
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Event.object_id))
        .outerjoin(Document, col(Document.id) == col(Event.document_id))
        .where(_told_of(session, scope, window), or_(inside, recorded))
        .order_by(col(Event.sort_day), col(Event.id))
    )
    found = session.exec(query).all()
    near = (window.starts_on - timedelta(days=SHOWN_DAYS)).isoformat()
    counted = behind.sources(session, [event for event, _, _ in found if event.sort_day >= near])
    return [DigestRow(event, spine, document, len(counted.get(event.id, ()))) for event, spine, document in found]


def _told_of(session: Session, scope: Scope, window: Window) -> ColumnElement[bool]:
    """Return the condition that an event tells of a thing."""
    if scope.campaign_id is not None:
        return col(Event.campaign_id) == scope.campaign_id
    if scope.search:
        found = [hit.object_id for hit in _found(session, scope.search, window) if hit.object_id]
        return and_(col(Event.object_id).in_(found), ~concerning.told_before())
    if scope.organization_id is not None:
        return and_(col(Event.object_id).in_(concerning.objects_of(scope.organization_id)), ~concerning.told_before())
    return and_(col(Event.object_id) == scope.object_id, ~concerning.told_before())


def documents_found(session: Session, scope: Scope, window: Window) -> list[Document]:
    """Return the relevant documents that a followed search finds and that became known meanwhile, the oldest first."""
    if not scope.search:
        return []
    found = [hit.document_id for hit in _found(session, scope.search, window) if hit.document_id]
    known = (col(Document.first_seen_at) > window.known_since, col(Document.first_seen_at) <= window.known_until)
    query = select(Document).where(col(Document.id).in_(found), Document.state == DocumentState.RELEVANT, *known)
    return list(session.exec(query.order_by(col(Document.published_sort), col(Document.id))))


def _found(session: Session, text: str, window: Window) -> list[search.Hit]:
    """Return what a search finds near a period, the newest first; a search that is none any more finds nothing."""
    try:
        query = search.parse(text)
    except InputError:
        return []
    first, last = window.starts_on - timedelta(days=SHOWN_DAYS), window.ends_on
    near = replace(query, first=max(query.first or first, first), last=min(query.last or last, last))
    return search.find(session, near, limit=MOST_FOUND, states=(DocumentState.RELEVANT,))


def of_campaign(campaign: Campaign) -> Scope:
    """Return a campaign as what issues are composed of."""
    return Scope(
        f"campaign:{campaign.id}", campaign.title, campaign.slug, fictional=campaign.fictional, campaign_id=campaign.id
    )


def followed_scopes(session: Session, frequency: Frequency) -> list[Scope]:
    """Return what is followed by people who get mail so often, but campaigns where it is weekly: those always are.

    What is not shown any more is left out. One query.
    """
    query = (
        select(Follow, Campaign, Organization, CampaignObject)
        .join(Subscriber, col(Subscriber.id) == col(Follow.subscriber_id))
        .outerjoin(Campaign, col(Campaign.id) == col(Follow.campaign_id))
        .outerjoin(Organization, col(Organization.id) == col(Follow.organization_id))
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Follow.object_id))
        .where(
            Subscriber.state == SubscriberState.CONFIRMED,
            Subscriber.frequency == frequency,
            col(Follow.confirmed),
            or_(
                col(Follow.object_id).is_(None),
                and_(CampaignObject.state == ObjectState.PUBLISHED, col(CampaignObject.merged_into_id).is_(None)),
            ),
        )
        .order_by(col(Follow.id))
    )
    found: dict[str, Scope] = {}
    for follow, campaign, organization, spine in session.exec(query):
        if campaign is not None:
            scope = of_campaign(campaign)
        elif organization is not None:
            path = f"/organizations/{organization.slug}"
            scope = Scope(
                scope_key(follow), organization.name, organization.slug, path, organization_id=organization.id
            )
        elif spine is not None:
            path = PAGES[spine.kind].format(spine.slug) if spine.kind in PAGES else "/"
            scope = Scope(scope_key(follow), spine.title, spine.slug, path, object_id=spine.id)
        else:
            path = f"/search?q={quote(follow.search)}"
            scope = Scope(scope_key(follow), f"“{follow.search}”", path=path, search=follow.search)
        found.setdefault(scope.key, scope)
    return list(found.values())


def scope_key(follow: Follow) -> str:
    """Return the name under which issues of what somebody follows are kept."""
    if follow.campaign_id is not None:
        return f"campaign:{follow.campaign_id}"
    if follow.organization_id is not None:
        return f"organization:{follow.organization_id}"
    return f"object:{follow.object_id}" if follow.object_id is not None else f"search:{follow.search}"


def last_issue(
    session: Session, scope: str, *, frequency: Frequency = Frequency.WEEKLY, before: date | None = None
) -> Issue | None:
    """Return a thing's newest issue, quiet periods included; with `before`, the newest that ended before that day."""
    query = select(Issue).where(Issue.scope == scope, Issue.frequency == frequency)
    if before is not None:
        query = query.where(col(Issue.ends_on) < before)
    return session.exec(query.order_by(col(Issue.ends_on).desc(), col(Issue.id).desc()).limit(1)).first()


def lock(session: Session) -> None:
    """Wait for whoever composes or plans until their transaction ends; what they made is then seen."""
    if dialect_of(session) == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(DIGEST_LOCK)))


def keep_issue(
    session: Session,
    scope: Scope,
    *,
    frequency: Frequency,
    starts_on: date,
    ends_on: date,
    headline: str,
    content: dict[str, Any],
    now: datetime,
) -> Issue:
    """Keep one composed issue; empty content is a quiet week, kept so that the week is not composed again."""
    issue = Issue(
        scope=scope.key,
        frequency=frequency,
        campaign_id=scope.campaign_id,
        organization_id=scope.organization_id,
        object_id=scope.object_id,
        starts_on=starts_on,
        ends_on=ends_on,
        headline=headline or QUIET,
        content=content,
        known_until=now,
        composed_at=now,
    )
    session.add(issue)
    session.flush()
    return issue


def composed(session: Session, frequency: Frequency, ends_on: date) -> set[str]:
    """Return the scopes that have an issue which ends on this day or later."""
    query = select(Issue.scope).where(Issue.frequency == frequency, col(Issue.ends_on) >= ends_on)
    return set(session.exec(query))


def issues_since(session: Session, frequency: Frequency, after: date, until: date) -> Sequence[Issue]:
    """Return the issues that end after a day and up to another and have something to tell, the oldest first."""
    query = select(Issue).where(Issue.frequency == frequency, col(Issue.ends_on) > after, col(Issue.ends_on) <= until)
    return [issue for issue in session.exec(query.order_by(col(Issue.ends_on), col(Issue.id))) if issue.content]
