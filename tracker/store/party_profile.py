"""Who an organisation is: names, public numbers, roles, products, campaigns, and what it said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, union
from sqlmodel import Session, col, or_, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import Lane, OrganizationRole
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign, CampaignProduct, CampaignTarget
from tracker.models.commitment import Commitment
from tracker.models.contract import Contract
from tracker.models.correspondence import CompanyResponse
from tracker.models.organization import (
    Alias,
    Identifier,
    IdentifierScheme,
    Organization,
    OrganizationInRole,
    Product,
)
from tracker.models.publication import Statement, Study
from tracker.models.resolution import Resolution
from tracker.store import objects

COMPANY_ROLES = (OrganizationRole.ISSUER, OrganizationRole.VENDOR)


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation as its page is headed. `campaigns` (slug, title) ask something of it or are about its products.

    `is_company`: its page is among the companies.
    """

    id: int
    slug: str
    name: str
    lane: Lane
    home_url: str
    fictional: bool
    is_company: bool
    roles: tuple[OrganizationRole, ...]
    aliases: tuple[str, ...]
    identifiers: tuple[tuple[IdentifierScheme, str], ...]
    products: tuple[tuple[str, str], ...]
    campaigns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something an organisation published, answered or promised. `note` is what became of a promise."""

    kind: str
    label: str
    slug: str
    title: str
    summary: str
    on: PartialDate
    note: str = ""


def company() -> ColumnElement[bool]:
    """Return the condition that an organisation is a company: issuer, vendor, or a target in the companies' lane."""
    number = col(Organization.id)
    return or_(
        exists().where(
            col(OrganizationInRole.organization_id) == number, col(OrganizationInRole.role).in_(COMPANY_ROLES)
        ),
        exists().where(col(CampaignTarget.organization_id) == number) & (col(Organization.lane) == Lane.COMPANY),
        exists().where(col(Resolution.company_id) == number),
        exists().where(col(Contract.vendor_id) == number),
    )


def standing() -> Any:
    """Return the condition that an organisation was not merged into another."""
    return col(Organization.merged_into_id).is_(None)


def profile(session: Session, slug: str) -> Profile | None:
    """Return who the organisation of this name is, or None when there is none. Six queries."""
    found = session.exec(select(Organization, company()).where(Organization.slug == slug, standing())).first()
    if found is None:
        return None
    row, is_company = found
    key = row.id or 0
    roles = set(session.exec(select(OrganizationInRole.role).where(OrganizationInRole.organization_id == row.id)))
    aliases = select(Alias.text).where(Alias.organization_id == row.id).order_by(col(Alias.id))
    identifiers = select(Identifier.scheme, Identifier.value).where(Identifier.organization_id == row.id)
    products = select(Product.slug, Product.name).where(Product.vendor_id == row.id)
    return Profile(
        id=key,
        slug=row.slug,
        name=row.name,
        lane=Lane(row.lane),
        home_url=row.home_url,
        fictional=row.fictional,
        is_company=bool(is_company),
        roles=tuple(role for role in OrganizationRole if role in roles),
        aliases=tuple(text for text in session.exec(aliases) if text != row.name),
        identifiers=tuple(sorted((IdentifierScheme(scheme), value) for scheme, value in session.exec(identifiers))),
        products=tuple(session.exec(products.order_by(col(Product.name), col(Product.slug)))),
        campaigns=tuple(_campaigns(session, key)),
    )


def about() -> Any:
    """Return (campaign id, organisation id): whom campaigns ask something of, and whose products they are about."""
    sold = select(CampaignProduct.campaign_id, Product.vendor_id).join(
        Product, col(Product.id) == col(CampaignProduct.product_id)
    )
    asked = select(CampaignTarget.campaign_id, CampaignTarget.organization_id.label("organization_id"))  # type: ignore[attr-defined]
    return union(asked, sold).subquery()


def said(session: Session, organization_id: int, limit: int) -> list[Said]:
    """Return the newest of what an organisation answered, stated, found out and promised. Four queries."""
    found = [
        *_said(session, CompanyResponse, CompanyResponse.company_id, CompanyResponse.on, organization_id),
        *_said(session, Statement, Statement.organization_id, Statement.on, organization_id),
        *_said(session, Study, Study.organization_id, Study.published_on, organization_id),
        *_said(session, Commitment, Commitment.company_id, Commitment.made_on, organization_id),
    ]
    by_slug = sorted(found, key=lambda one: one.slug)
    return sorted(by_slug, key=lambda one: one.on.sort_key, reverse=True)[:limit]


def _said(session: Session, table: Any, party: Any, on: Any, organization_id: int) -> Iterator[Said]:
    columns = (CampaignObject.slug, CampaignObject.title, CampaignObject.summary, on)
    promised = (Commitment.kept,) if table is Commitment else ()
    query: Any = (
        select(*columns, *promised)
        .join(table, table.id == col(CampaignObject.id))
        .where(party == organization_id, objects.visible(table.id))
    )
    for slug, title, summary, day, *kept in session.exec(query.order_by(table.id)):
        yield Said(table.kind, table.label, slug, title, summary, day, str(kept[0].value) if kept else "")


def _campaigns(session: Session, organization_id: int) -> list[tuple[str, str]]:
    tied = about()
    query = (
        select(Campaign.slug, Campaign.title)
        .where(col(Campaign.id).in_(select(tied.c.campaign_id).where(tied.c.organization_id == organization_id)))
        .where(col(Campaign.withdrawn).is_(False))
        .order_by(col(Campaign.title), col(Campaign.id))
    )
    return list(session.exec(query))
