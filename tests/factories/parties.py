"""What every builder stands on (a database, dates, adding a row), then parties, campaigns and spine rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, select

from tracker.domain import vocab
from tracker.domain.dates import PartialDate
from tracker.models import metadata
from tracker.models.base import Base, CampaignObject, ObjectState
from tracker.models.campaign import Campaign, CampaignAsk, CampaignMembership, CampaignProduct, CampaignTarget
from tracker.models.event import Event
from tracker.models.organization import Organization, OrganizationInRole, Person, Product
from tracker.store import event_counts
from tracker.store.engine import create_engine

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
Row = TypeVar("Row", bound=Base)


@contextmanager
def database(url: str) -> Iterator[Engine]:
    """Give an engine on an empty database with every table made."""
    engine = create_engine(url)
    try:
        metadata.create_all(engine)
        yield engine
    finally:
        engine.dispose()


def on(text: str | None) -> PartialDate | None:
    """Return the date that `text` means."""
    return None if text is None else PartialDate.parse(text)


def add(session: Session, row: Row) -> Row:
    """Add a row and give it its id."""
    session.add(row)
    session.flush()
    return row


def organization(
    session: Session,
    slug: str = "amazon",
    *,
    name: str = "",
    lane: vocab.Lane = vocab.Lane.COMPANY,
    roles: Iterable[vocab.OrganizationRole] = (),
    fictional: bool = False,
) -> Organization:
    """Return the organisation of this slug, made if it is not there yet."""
    found = session.exec(select(Organization).where(Organization.slug == slug)).first()
    if found is not None:
        return found
    row = add(
        session, Organization(slug=slug, name=name or slug.replace("-", " ").title(), lane=lane, fictional=fictional)
    )
    for role in roles:
        add(session, OrganizationInRole(organization_id=row.id, role=role))
    return row


def person(session: Session, slug: str = "jane-doe", *, organization: Organization | None = None) -> Person:
    """Add a person."""
    name = slug.replace("-", " ").title()
    return add(session, Person(slug=slug, name=name, organization_id=organization.id if organization else None))


def product(session: Session, slug: str = "rekognition", *, vendor: Organization | None = None) -> Product:
    """Add a product."""
    return add(session, Product(slug=slug, name=slug.title(), vendor_id=vendor.id if vendor else None))


def campaign(
    session: Session,
    slug: str = "rekognition",
    *,
    title: str = "",
    targets: Iterable[Organization] = (),
    products: Iterable[Product] = (),
    asks: Iterable[str] = (),
    fictional: bool = False,
) -> Campaign:
    """Add a campaign with its targets, products and asks."""
    row = add(session, Campaign(slug=slug, title=title or slug.title(), fictional=fictional, created_at=NOW))
    for target in targets:
        add(session, CampaignTarget(campaign_id=row.id, organization_id=target.id))
    for thing in products:
        add(session, CampaignProduct(campaign_id=row.id, product_id=thing.id))
    for number, text in enumerate(asks, start=1):
        add(session, CampaignAsk(campaign_id=row.id, number=number, text=text))
    return row


def spine(
    session: Session,
    kind: str,
    slug: str,
    *,
    title: str = "",
    summary: str = "",
    campaign: Campaign | None = None,
    state: ObjectState = ObjectState.PUBLISHED,
    merged_into: int | None = None,
    created_at: datetime = NOW,
) -> int:
    """Add a campaign object's spine row, with its membership when a campaign is given, and return its id."""
    row = add(
        session,
        CampaignObject(
            kind=kind,
            slug=slug,
            title=title or slug.replace("-", " ").capitalize(),
            summary=summary,
            state=state,
            withdrawn_reason="made in error" if state is ObjectState.WITHDRAWN else "",
            merged_into_id=merged_into,
            created_at=created_at,
            updated_at=created_at,
        ),
    )
    assert row.id is not None
    if campaign is not None:
        add(session, CampaignMembership(campaign_id=campaign.id, object_id=row.id))
    return row.id


def event(
    session: Session,
    campaign: Campaign,
    object_id: int | None,
    day: str,
    *,
    document_id: int | None = None,
    key: str = "",
    headline: str = "It happened",
) -> Event:
    """Add one row of a campaign's timeline on an exact day, told by an object or by a document alone."""
    key = key or f"{object_id}:{day}"
    row = add(
        session,
        Event(
            id=f"{abs(hash((campaign.id, key))):x}"[:16],
            campaign_id=campaign.id,
            object_id=object_id,
            document_id=document_id,
            key=key,
            kind=vocab.EventType.OTHER,
            lane=vocab.Lane.COMPANY,
            on=on(day),
            earliest=day,
            latest=day,
            sort_day=day,
            headline=headline,
            recorded_at=NOW,
        ),
    )
    event_counts.keep(session, [event_counts.group(row)], ())
    return row
