"""Issues of the digest, and the timeline's rows that one is composed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.document import Document
from tracker.models.event import Event
from tracker.models.subscriber import Issue
from tracker.store import behind

QUIET = "A quiet week: nothing moved"
# Rows older than this are counted in a digest and never shown, so nobody asks what stands behind them.
SHOWN_DAYS = 45


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One event with what it came from, and how many sources stand behind it as on the timeline."""

    event: Event
    object: CampaignObject | None
    document: Document | None
    sources: int


def rows(
    session: Session,
    campaign_id: int,
    *,
    starts_on: date,
    ends_on: date,
    known_since: datetime,
    known_until: datetime,
) -> list[DigestRow]:
    """Return the events dated within the period, and those recorded after `known_since` and up to `known_until`.

    Ordered by day and id. Three queries, however many rows.
    """
    inside = and_(Event.earliest >= starts_on.isoformat(), Event.latest != "", Event.latest <= ends_on.isoformat())
    recorded = and_(col(Event.recorded_at) > known_since, col(Event.recorded_at) <= known_until)
    query = (
        select(Event, CampaignObject, Document)
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Event.object_id))
        .outerjoin(Document, col(Document.id) == col(Event.document_id))
        .where(Event.campaign_id == campaign_id, or_(inside, recorded))
        .order_by(col(Event.sort_day), col(Event.id))
    )
    found = session.exec(query).all()
    near = (starts_on - timedelta(days=SHOWN_DAYS)).isoformat()
    counted = behind.sources(session, [event for event, _, _ in found if event.sort_day >= near])
    return [DigestRow(event, spine, document, len(counted.get(event.id, ()))) for event, spine, document in found]


def last_issue(session: Session, campaign_id: int, *, before: date | None = None) -> Issue | None:
    """Return a campaign's newest issue, quiet weeks included; with `before`, the newest that ended before that day."""
    query = select(Issue).where(Issue.campaign_id == campaign_id)
    if before is not None:
        query = query.where(col(Issue.ends_on) < before)
    return session.exec(query.order_by(col(Issue.ends_on).desc(), col(Issue.id).desc()).limit(1)).first()


def lock(session: Session, campaign_id: int) -> Campaign:
    """Return a campaign, locked until the transaction ends: nobody else composes its issue meanwhile."""
    return session.exec(select(Campaign).where(Campaign.id == campaign_id).with_for_update()).one()


def keep_issue(
    session: Session,
    campaign_id: int,
    *,
    starts_on: date,
    ends_on: date,
    headline: str,
    content: dict[str, Any],
    now: datetime,
) -> Issue:
    """Keep one composed issue; empty content is a quiet week, kept so that the week is not composed again."""
    issue = Issue(
        campaign_id=campaign_id,
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


def issues_ending(session: Session, ends_on: date) -> Sequence[Issue]:
    """Return the issues of one week that have something to tell, by campaign."""
    query = select(Issue).where(Issue.ends_on == ends_on).order_by(col(Issue.campaign_id))
    return [issue for issue in session.exec(query) if issue.content]
