"""How far a new campaign is: its companies, the sources taken for it, what they brought, what waits, its first row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from tracker.domain.source_proposals import Company
from tracker.domain.vocab import DocumentState, LinkState, OrganizationRole, Verdict
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign, CampaignAsk, CampaignMembership, CampaignTarget
from tracker.models.decision import Decision
from tracker.models.document import Document, Sighting, Source
from tracker.models.event import Event, EventSource
from tracker.models.link import Link
from tracker.models.organization import Alias, Identifier, IdentifierScheme, Organization, OrganizationInRole, Product
from tracker.models.tending import CampaignSource
from tracker.store import objects

COMPANIES = (OrganizationRole.ISSUER, OrganizationRole.VENDOR)


@dataclass(frozen=True, slots=True)
class Taken:
    """A source taken for a campaign, with how many documents it brought and how many of them are relevant."""

    source: Source
    documents: int
    relevant: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a campaign has: rows on its timeline, suggestions, its objects.

    `first` is the row of the document that a person tied to it last; `decided` whether anything was decided. `looked`
    says whether the archive was looked through since its sources were taken.
    """

    events: int
    first: str | None
    decided: bool
    suggested: int
    objects: int
    looked: bool


def choosable(session: Session) -> list[tuple[str, str]]:
    """Return slug and name of every organisation that a campaign may ask something of, companies alone, by name."""
    query = (
        select(Organization.slug, Organization.name)
        .join(OrganizationInRole, col(OrganizationInRole.organization_id) == col(Organization.id))
        .where(col(OrganizationInRole.role).in_(COMPANIES))
        .distinct()
        .order_by(col(Organization.name), col(Organization.slug))
    )
    return [(slug, name) for slug, name in session.exec(query)]


def targets(session: Session, campaign_id: int) -> list[Organization]:
    """Return the organisations that a campaign asks something of, by name."""
    query = (
        select(Organization)
        .join(CampaignTarget, col(CampaignTarget.organization_id) == col(Organization.id))
        .where(CampaignTarget.campaign_id == campaign_id)
        .order_by(col(Organization.name), col(Organization.id))
    )
    return list(session.exec(query))


def asks(session: Session, campaign_id: int) -> list[str]:
    """Return what a campaign asks, in order."""
    query = select(CampaignAsk.text).where(CampaignAsk.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(CampaignAsk.number))))


def companies(session: Session, campaign_id: int) -> list[Company]:
    """Return a campaign's companies as sources are proposed for them: with daughters, products, sites and CIK."""
    rows = targets(session, campaign_id)
    ids = [row.id or 0 for row in rows]
    daughters = list(session.exec(select(Organization).where(col(Organization.parent_id).in_(ids))))
    family = {row.id or 0: row.parent_id or 0 for row in daughters} | {number: number for number in ids}
    names: dict[int, list[str]] = {row.id or 0: [row.name] for row in rows}
    hosts: dict[int, list[str]] = {number: [] for number in ids}
    for row in [*rows, *daughters]:
        of = family[row.id or 0]
        names[of].append(row.name)
        if host := (urlsplit(row.home_url).hostname or ""):
            hosts[of].append(host.removeprefix("www."))
    told = select(Alias).where(col(Alias.organization_id).in_(family)).order_by(col(Alias.id))
    for alias in session.exec(told):
        if not alias.needs_context:
            names[family[alias.organization_id]].append(alias.text)
    for product in session.exec(select(Product).where(col(Product.vendor_id).in_(family)).order_by(col(Product.id))):
        names[family[product.vendor_id or 0]].append(product.name)
    numbers = select(Identifier.organization_id, Identifier.value).where(
        Identifier.scheme == IdentifierScheme.CIK, col(Identifier.organization_id).in_(ids)
    )
    ciks = {owner: int(value) for owner, value in session.exec(numbers) if value.isdecimal()}
    return [
        Company(row.name, tuple(dict.fromkeys(names[row.id or 0])), tuple(hosts[row.id or 0]), ciks.get(row.id or 0))
        for row in rows
    ]


def taken(session: Session, campaign_id: int) -> list[Taken]:
    """Return the sources taken for a campaign, by name, each with what it has brought."""
    rows = list(
        session.exec(
            select(Source)
            .join(CampaignSource, col(CampaignSource.source_id) == col(Source.id))
            .where(CampaignSource.campaign_id == campaign_id)
            .order_by(col(Source.name))
        )
    )
    relevant = func.sum(case((col(Document.state) == DocumentState.RELEVANT, 1), else_=0))
    counted = (
        select(Sighting.source_id, func.count(), relevant)
        .join(Document, col(Document.id) == col(Sighting.document_id))
        .where(col(Sighting.source_id).in_([row.id or 0 for row in rows]))
        .group_by(col(Sighting.source_id))
    )
    brought = {number: (int(count), int(hits or 0)) for number, count, hits in session.exec(counted)}
    return [Taken(row, *brought.get(row.id or 0, (0, 0))) for row in rows]


def waiting(session: Session, campaign_id: int) -> Waiting:
    """Return what a campaign has to show and to decide."""
    mine = select(CampaignMembership.object_id).where(CampaignMembership.campaign_id == campaign_id)
    suggested = select(func.count()).where(col(Link.object_id).in_(mine), Link.state == LinkState.SUGGESTED)
    events = select(func.count()).where(Event.campaign_id == campaign_id)
    said = select(Decision).where(col(Decision.object_id).in_(mine)).order_by(col(Decision.id).desc())
    accepted = session.exec(said.where(Decision.verdict == Verdict.ACCEPT).limit(1)).first()
    shown = select(func.count()).where(
        CampaignMembership.campaign_id == campaign_id, objects.visible(CampaignMembership.object_id)
    )
    unlooked = select(CampaignSource.source_id).where(
        CampaignSource.campaign_id == campaign_id, col(CampaignSource.looked_at).is_(None)
    )
    return Waiting(
        events=session.exec(events).one(),
        first=_row_of(session, campaign_id, accepted.document_id) if accepted else None,
        decided=session.exec(said.limit(1)).first() is not None,
        suggested=session.exec(suggested).one(),
        objects=session.exec(shown).one(),
        looked=session.exec(unlooked).first() is None,
    )


def _row_of(session: Session, campaign_id: int, document_id: int) -> str | None:
    """Return the row of a campaign's timeline that a document makes or stands behind."""
    behind = select(EventSource.event_id).where(EventSource.document_id == document_id)
    query = select(Event.id).where(
        Event.campaign_id == campaign_id, (col(Event.document_id) == document_id) | col(Event.id).in_(behind)
    )
    return session.exec(query.order_by(col(Event.sort_day), col(Event.id)).limit(1)).first()


def best_suggestion(session: Session, campaign_id: int) -> tuple[Link, Document, CampaignObject] | None:
    """Return the suggested tie of a campaign that is surest, with its document and its object; None when none waits."""
    query = (
        select(Link, Document, CampaignObject)
        .join(CampaignMembership, col(CampaignMembership.object_id) == col(Link.object_id))
        .join(Document, col(Document.id) == col(Link.document_id))
        .join(CampaignObject, col(CampaignObject.id) == col(Link.object_id))
        .where(CampaignMembership.campaign_id == campaign_id, Link.state == LinkState.SUGGESTED)
        .order_by(col(Link.score).desc(), col(Link.id))
        .limit(1)
    )
    return session.exec(query).first()


def unfinished(session: Session) -> list[Campaign]:
    """Return the campaigns on whose timeline nothing stands yet, by title."""
    empty = ~select(Event.id).where(col(Event.campaign_id) == col(Campaign.id)).exists()
    return list(session.exec(select(Campaign).where(empty).order_by(col(Campaign.title), col(Campaign.id))))


def to_be_looked_for(session: Session, now: datetime, patience: timedelta) -> dict[int, list[int]]:
    """Return the campaigns for which the archive is still to be looked through, with the ids of their sources.

    They wait until each of their sources was asked once, but no longer than `patience`.
    """
    query = (
        select(CampaignSource, Source.last_tried_at)
        .join(Source, col(Source.id) == col(CampaignSource.source_id))
        .where(col(CampaignSource.looked_at).is_(None))
        .order_by(col(CampaignSource.campaign_id), col(CampaignSource.source_id))
    )
    found: dict[int, list[int]] = {}
    early: set[int] = set()
    for row, tried in session.exec(query):
        found.setdefault(row.campaign_id, []).append(row.source_id)
        if (tried is None or tried < row.taken_at) and row.taken_at > now - patience:
            early.add(row.campaign_id)
    return {campaign: ids for campaign, ids in found.items() if campaign not in early}


def looked(session: Session, campaign_ids: Sequence[int], now: datetime) -> None:
    """Note that the archive was looked through for campaigns."""
    waiting = select(CampaignSource).where(
        col(CampaignSource.campaign_id).in_(campaign_ids), col(CampaignSource.looked_at).is_(None)
    )
    for row in session.exec(waiting):
        row.looked_at = now
    session.flush()


def take(session: Session, rows: Sequence[CampaignSource]) -> None:
    """Note that sources were taken for a campaign; one that was taken before stays as it is."""
    for row in rows:
        if session.get(CampaignSource, (row.campaign_id, row.source_id)) is None:
            session.add(row)
    session.flush()
