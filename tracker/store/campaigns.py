"""Campaigns: by name, with their targets and asks, and what they come to on a day, one by one or all at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import SupportFormula
from tracker.domain.votes import Claim, Share
from tracker.models.campaign import Campaign, CampaignAsk, CampaignMembership, CampaignTarget
from tracker.models.event import Event
from tracker.models.organization import Organization
from tracker.models.subscriber import Follow
from tracker.store import deadlines, event_counts, letters, objects, prepared, resolutions
from tracker.store.deadlines import Due
from tracker.store.letters import LetterStanding, Rates
from tracker.store.prepared import among, columns
from tracker.store.resolutions import Filters, ResolutionRow

_TARGETS: Any = (
    columns(CampaignTarget.campaign_id, Organization.name)
    .join(Organization, col(CampaignTarget.organization_id) == col(Organization.id))
    .where(col(CampaignTarget.campaign_id).in_(among("ids")))
    .order_by(col(Organization.name), col(Organization.id))
)
_FIRST: Any = (
    select(Event.id)
    .where(Event.campaign_id == Campaign.id)
    .order_by(col(Event.sort_day), col(Event.id))
    .limit(1)
    .correlate(Campaign)
    .scalar_subquery()
)
_BEGUN: Any = (
    columns(Campaign.id, Event.on).join(Event, col(Event.id) == _FIRST).where(col(Campaign.id).in_(among("ids")))
)


@dataclass(frozen=True, slots=True)
class Support:
    """The support of one vote with its season."""

    figure: Share | Claim
    season: int
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """How many events a campaign has, and the date of the first, as far as it is known."""

    events: int = 0
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a campaign comes to on a day.

    `counted` is the highest support from counts: every one is for / (for + against), so they are compared like with
    like. `published` is the highest percentage that somebody published of a vote whose counts are not on record,
    whatever it was divided by: it never stands in for a counted one, and one without the insiders' votes is left out.
    `rates` is None without a letter, `next` without anything dated ahead.
    """

    happened: Happened
    resolutions: int
    voted: int
    counted: Support | None
    published: Support | None
    letters: int
    unanswered: int
    rates: Rates | None
    next: Due | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One campaign with what the front page says of it."""

    campaign: Campaign
    targets: Sequence[str]
    asks: Sequence[str]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Hanging:
    """How much hangs on a campaign: rows of its timeline, objects, subscribers who follow it."""

    events: int
    objects: int
    followers: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All campaigns on a day, and all that is due."""

    entries: tuple[Entry, ...]
    due: tuple[Due, ...]


def first_of_objects(session: Session) -> dict[int, str]:
    """Return for each object the slug of its campaign, of several the first by slug."""
    query = (
        select(CampaignMembership.object_id, func.min(Campaign.slug))
        .join(Campaign, col(Campaign.id) == col(CampaignMembership.campaign_id))
        .group_by(col(CampaignMembership.object_id))
    )
    return dict(session.exec(query).all())


def by_slug(session: Session, slug: str) -> Campaign | None:
    """Return a campaign that readers see by its slug, or None."""
    return session.exec(select(Campaign).where(Campaign.slug == slug, shown())).first()


def shown() -> Any:
    """Return the condition that readers see a campaign."""
    return col(Campaign.withdrawn).is_(False)


def held(session: Session, slug: str) -> Campaign | None:
    """Return a campaign, shown or not, that is to be changed: held until the end of the transaction."""
    return session.exec(select(Campaign).where(Campaign.slug == slug).with_for_update()).first()


def withdrawn(session: Session, slug: str) -> Campaign | None:
    """Return a campaign that was withdrawn, or None."""
    return session.exec(select(Campaign).where(Campaign.slug == slug, ~shown())).first()


def slug_of(session: Session, campaign_id: int) -> str | None:
    """Return a campaign's slug, or None."""
    return session.exec(select(Campaign.slug).where(Campaign.id == campaign_id)).first()


def hanging(session: Session, campaign_id: int) -> Hanging:
    """Count what hangs on a campaign. Three queries."""

    def count(table: Any) -> int:
        return session.exec(select(func.count()).select_from(table).where(table.campaign_id == campaign_id)).one()

    return Hanging(*(count(table) for table in (Event, CampaignMembership, Follow)))


def every(session: Session) -> list[Campaign]:
    """Return all campaigns that readers see by title, the real ones before the fictional."""
    by = (col(Campaign.fictional), col(Campaign.title), col(Campaign.id))
    return list(session.exec(select(Campaign).where(shown()).order_by(*by)))


def of_object(session: Session, object_id: int) -> list[tuple[str, str]]:
    """Return the campaigns (slug, title) that an object belongs to, by title."""
    return of_objects(session, [object_id]).get(object_id, [])


def of_objects(session: Session, object_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the campaigns (slug, title) that each of these objects belongs to, by title. One query."""
    query = (
        select(CampaignMembership.object_id, Campaign.slug, Campaign.title)
        .join(Campaign, col(Campaign.id) == col(CampaignMembership.campaign_id))
        .where(col(CampaignMembership.object_id).in_(object_ids), shown())
        .order_by(col(Campaign.title), col(Campaign.id))
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for object_id, slug, title in session.exec(query):
        found[object_id].append((slug, title))
    return found


def is_fictional(session: Session, object_ids: Collection[int]) -> bool:
    """Return whether any of these objects belongs to a campaign that is made up. One query."""
    query = (
        select(Campaign.id)
        .join(CampaignMembership, col(CampaignMembership.campaign_id) == col(Campaign.id))
        .where(col(CampaignMembership.object_id).in_(object_ids), Campaign.fictional)
    )
    return session.exec(query.limit(1)).first() is not None


def targets(session: Session, campaign_ids: Collection[int]) -> dict[int, list[str]]:
    """Return for each campaign the names of the organisations it asks something of, by name."""
    found: dict[int, list[str]] = {campaign_id: [] for campaign_id in campaign_ids}
    for campaign_id, name in prepared.rows(session, _TARGETS, ids=campaign_ids):
        found[campaign_id].append(name)
    return found


def asks(session: Session, campaign_ids: Collection[int]) -> dict[int, list[str]]:
    """Return for each campaign its demands in their order."""
    query = (
        select(CampaignAsk.campaign_id, CampaignAsk.text)
        .where(col(CampaignAsk.campaign_id).in_(campaign_ids))
        .order_by(col(CampaignAsk.campaign_id), col(CampaignAsk.number))
    )
    found: dict[int, list[str]] = {campaign_id: [] for campaign_id in campaign_ids}
    for campaign_id, text in session.exec(query):
        found[campaign_id].append(text)
    return found


def counts(
    session: Session, campaign_id: int, today: date, *, written: Sequence[LetterStanding], due: Sequence[Due]
) -> Counts:
    """Return what a campaign comes to on `today`, given its letters and what is due. Eleven queries, whatever its size.

    `written` and `due` are what `letters.standings` and `deadlines.upcoming` say of this campaign on that day.
    """
    rows = resolutions.table(session, Filters(campaign_id=campaign_id), today=today)
    events = happened(session, [campaign_id]).get(campaign_id, Happened())
    return _counts(events, rows, written, due, today)


def overview(session: Session, today: date) -> Overview:
    """Return all campaigns with what they come to on `today`. The number of queries depends on nothing.

    Everything is read once and divided here: an object that belongs to several campaigns counts in each.
    """
    campaigns = {row.id or 0: row for row in every(session)}
    rows = resolutions.table(session, today=today)
    written = letters.standings(session, today=today)
    due = deadlines.upcoming(session, today=today, written=written)
    members: dict[int, set[int]] = {campaign_id: set() for campaign_id in campaigns}
    for object_id, owners in objects.memberships(session).items():
        for campaign_id, _ in owners:
            members[campaign_id].add(object_id)
    due_of = deadlines.by_campaign(session, due, members)
    events = happened(session, campaigns)
    aims, wants = targets(session, campaigns), asks(session, campaigns)
    entries = [
        Entry(
            campaign=campaign,
            targets=aims[key],
            asks=wants[key],
            counts=_counts(
                events.get(key, Happened()),
                [row for row in rows if row.object_id in members[key]],
                [letter for letter in written if letter.object_id in members[key]],
                due_of[key],
                today,
            ),
        )
        for key, campaign in campaigns.items()
    ]
    return Overview(tuple(entries), tuple(due))


def _counts(
    events: Happened,
    rows: Sequence[ResolutionRow],
    written: Sequence[LetterStanding],
    due: Sequence[Due],
    today: date,
) -> Counts:
    return Counts(
        happened=events,
        resolutions=len(rows),
        voted=sum(row.voted for row in rows),
        counted=_highest(rows, Share),
        published=_highest(rows, Claim),
        letters=len(written),
        unanswered=sum(letter.unanswered for letter in written),
        rates=letters.rates_of(written, today),
        next=due[0] if due else None,
    )


def _highest(rows: Sequence[ResolutionRow], kind: type[Share] | type[Claim]) -> Support | None:
    """Return the highest support of one kind, of two equal ones that of the first row; None when there is none."""
    found = [
        Support(row.support, row.season, row.preliminary)
        for row in rows
        if isinstance(row.support, kind) and row.support.formula is not SupportFormula.INSIDERS_EXCLUDED
    ]
    return max(found, key=lambda support: support.figure.value, default=None)


def happened(session: Session, campaign_ids: Collection[int]) -> dict[int, Happened]:
    """Return the events of each campaign that has any: how many, and the date of the first. Two queries."""
    since: dict[int, PartialDate] = dict(prepared.rows(session, _BEGUN, ids=campaign_ids))
    totals = event_counts.totals(session, campaign_ids)
    return {campaign_id: Happened(count, since.get(campaign_id)) for campaign_id, count in totals.items()}
