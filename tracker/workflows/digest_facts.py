"""Reading from the archive what a digest is composed from, and the addresses its rows lead to."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.digest.facts import DueFact, Happening, LetterFact, Period, ResolutionFact, SilenceFact, Subject, Week
from tracker.domain.dates import PartialDate
from tracker.domain.status import VOTED
from tracker.domain.vocab import EventType, Lane
from tracker.models.document import Document
from tracker.models.resolution import Resolution
from tracker.store import deadlines, digest, letters, resolutions, sources
from tracker.store.deadlines import Due, DueKind
from tracker.store.digest import PAGES, DigestRow, Scope
from tracker.store.letters import LetterStanding
from tracker.store.resolutions import Filters, ResolutionRow

# No company has this number: of a letter only its own answer is due.
NOBODY = 0
# A source that missed one answer is not yet failing.
FAILING_FOR = timedelta(days=1)


def facts(
    session: Session,
    scope: Scope,
    period: Period,
    *,
    known_since: datetime,
    known_until: datetime,
    zone: ZoneInfo,
) -> Week:
    """Return everything known of a period of a thing. Standings and deadlines are those of its last day."""
    today = period.ends_on
    window = digest.Window(period.starts_on, period.ends_on, known_since, known_until)
    rows = digest.rows(session, scope, window)
    found = digest.documents_found(session, scope, window)
    told = {row.object.id or 0 for row in rows if row.object is not None}
    written = _letters(session, scope, told, today)
    return Week(
        slug=scope.slug,
        title=scope.title,
        fictional=scope.fictional,
        path=scope.path,
        period=period,
        known_since=known_since,
        known_until=known_until,
        events=(*(_happening(row) for row in rows), *(_told_by(document) for document in found)),
        letters=tuple(
            LetterFact(letter.object_id, letter.title, PAGES["letter"].format(letter.slug), letter.state)
            for letter in written
        ),
        resolutions={row.object_id: _resolution(row) for row in _resolutions(session, scope, told, today)},
        due=tuple(_due(row) for row in _ahead(session, scope, written, today)),
        silences=_silences(session, known_until, zone),
    )


def _letters(session: Session, scope: Scope, told: set[int], today: date) -> list[LetterStanding]:
    """Return the letters of a campaign or to a company, the one that is followed, or those that a search found."""
    if scope.campaign_id is not None or scope.organization_id is not None:
        return letters.standings(session, today=today, campaign_id=scope.campaign_id, company_id=scope.organization_id)
    return letters.standings(session, today=today, ids=[*told] if scope.search else [scope.object_id or 0])


def _resolutions(session: Session, scope: Scope, told: set[int], today: date) -> list[ResolutionRow]:
    """Return the resolutions of a campaign, or those that are told of."""
    if scope.campaign_id is not None:
        return resolutions.table(session, Filters(campaign_id=scope.campaign_id), today=today)
    return resolutions.table(session, ids=[*told], today=today) if told else []


def _ahead(session: Session, scope: Scope, written: Sequence[LetterStanding], today: date) -> list[Due]:
    """Return what is due after the period, of a resolution what its company has to come; of a search nothing."""
    if scope.search:
        return []
    company_id = scope.organization_id
    if scope.object_id is not None:
        resolution = session.get(Resolution, scope.object_id)
        company_id = resolution.company_id if resolution is not None else NOBODY
    tomorrow = today + timedelta(days=1)
    return deadlines.upcoming(
        session, today=tomorrow, campaign_id=scope.campaign_id, company_id=company_id, written=written
    )


def _told_by(document: Document) -> Happening:
    """Return a document that a search found as something that happened on the day it is of."""
    on = document.published or PartialDate.day(document.first_seen_at.date())
    return Happening(
        id=f"document:{document.id}",
        kind=document.event_type or EventType.OTHER,
        lane=Lane.PRESS,
        on=on,
        headline=document.title,
        recorded_at=document.first_seen_at,
        path=f"/documents/{document.id}",
        publisher=document.publisher,
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
