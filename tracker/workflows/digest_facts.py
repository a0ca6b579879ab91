"""Reading from the archive what a digest is composed from, and the addresses its rows lead to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.digest.facts import DueFact, Happening, LetterFact, Period, ResolutionFact, SilenceFact, Subject, Week
from tracker.domain.status import VOTED
from tracker.models.campaign import Campaign
from tracker.store import deadlines, digest, letters, resolutions, sources
from tracker.store.deadlines import Due, DueKind
from tracker.store.digest import DigestRow
from tracker.store.resolutions import Filters, ResolutionRow

# Kinds of campaign objects with a page of their own on the site; others are shown in their timeline.
PAGES = {"resolution": "/resolutions/{}", "letter": "/letters/{}"}
# A source that missed one answer is not yet failing.
FAILING_FOR = timedelta(days=1)


def facts(
    session: Session,
    campaign: Campaign,
    period: Period,
    *,
    known_since: datetime,
    known_until: datetime,
    zone: ZoneInfo,
) -> Week:
    """Return everything known of a campaign's period. Standings and deadlines are those of its last day."""
    campaign_id, today = campaign.id or 0, period.ends_on
    rows = digest.rows(
        session,
        campaign_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        known_since=known_since,
        known_until=known_until,
    )
    written = letters.standings(session, today=today, campaign_id=campaign_id)
    due = deadlines.upcoming(session, today=today + timedelta(days=1), campaign_id=campaign_id, written=written)
    return Week(
        slug=campaign.slug,
        title=campaign.title,
        fictional=campaign.fictional,
        period=period,
        known_since=known_since,
        known_until=known_until,
        events=tuple(_happening(row) for row in rows),
        letters=tuple(
            LetterFact(letter.object_id, letter.title, PAGES["letter"].format(letter.slug), letter.state)
            for letter in written
        ),
        resolutions={
            row.object_id: _resolution(row)
            for row in resolutions.table(session, Filters(campaign_id=campaign_id), today=today)
        },
        due=tuple(_due(row) for row in due),
        silences=_silences(session, known_until, zone),
    )


def _happening(row: DigestRow) -> Happening:
    event, spine, document = row.event, row.object, row.document
    path = f"/events/{event.id}"
    if spine is not None and spine.kind in PAGES:
        path = PAGES[spine.kind].format(spine.slug)
    elif document is not None:
        path = f"/documents/{document.id}"
    return Happening(
        id=event.id,
        kind=event.kind,
        lane=event.lane,
        on=event.on,
        headline=event.headline,
        recorded_at=event.recorded_at,
        path=path,
        sources=row.sources,
        subject=Subject(spine.id or 0, spine.kind, spine.title) if spine is not None else None,
        publisher=document.publisher if document is not None else "",
    )


def _resolution(row: ResolutionRow) -> ResolutionFact:
    """Return where a resolution stands; of a vote held after the day asked for, the counts are not yet told."""
    code = row.status.code if row.status else None
    support = row.support if code in VOTED else None
    return ResolutionFact(row.object_id, code, support, row.preliminary)


def _due(due: Due) -> DueFact:
    return DueFact(
        on=due.when,
        title=due.title,
        why="; ".join(part for part in (due.rule, due.basis) if part),
        path=PAGES[due.object_kind].format(due.object_slug) if due.object_kind in PAGES else "/calendar",
        meeting=due.kind is DueKind.MEETING,
    )


def _silences(session: Session, known_until: datetime, zone: ZoneInfo) -> tuple[SilenceFact, ...]:
    failing = [
        (row.title or row.name, row.failing_since)
        for row in sources.every(session)
        if row.failing_since is not None and not row.paused
    ]
    return tuple(
        SilenceFact(title, since.astimezone(zone).date())
        for title, since in failing
        if since <= known_until - FAILING_FOR
    )
