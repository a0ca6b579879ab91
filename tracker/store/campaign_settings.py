"""What can be set of a campaign: its words, whom and what it is about, and the accounts that answer for it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.domain.accounts import may
from tracker.domain.vocab import Role
from tracker.models.account import Account
from tracker.models.campaign import Campaign, CampaignMembership, CampaignProduct
from tracker.models.organization import Product
from tracker.models.tending import CampaignOwner
from tracker.store import beginnings


@dataclass(frozen=True, slots=True)
class Kept:
    """The settings as they stand: slugs of targets and products, names of owners, each in a fixed order."""

    title: str
    summary: str
    asks: tuple[str, ...]
    targets: tuple[str, ...]
    products: tuple[str, ...]
    owners: tuple[str, ...]


def kept(session: Session, campaign: Campaign) -> Kept:
    """Return a campaign's settings. Four statements."""
    number = campaign.id or 0
    products = (
        select(Product.slug)
        .join(CampaignProduct, col(CampaignProduct.product_id) == col(Product.id))
        .where(CampaignProduct.campaign_id == number)
        .order_by(col(Product.slug))
    )
    return Kept(
        title=campaign.title,
        summary=campaign.summary,
        asks=tuple(beginnings.asks(session, number)),
        targets=tuple(sorted(row.slug for row in beginnings.targets(session, number))),
        products=tuple(session.exec(products)),
        owners=tuple(owners(session, [number]).get(number, ())),
    )


def owners(session: Session, campaign_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the accounts that answer for campaigns, by name."""
    query = (
        select(CampaignOwner.campaign_id, Account.name)
        .join(Account, col(Account.id) == col(CampaignOwner.account_id))
        .where(col(CampaignOwner.campaign_id).in_(campaign_ids))
        .order_by(col(Account.name))
    )
    found: dict[int, list[str]] = {}
    for campaign_id, name in session.exec(query):
        found.setdefault(campaign_id, []).append(name)
    return found


def possible_owners(session: Session) -> list[str]:
    """Return the names of the accounts that may answer for a campaign: active, and editors at least."""
    rows = session.exec(select(Account).where(col(Account.active)).order_by(col(Account.name)))
    return [row.name for row in rows if may(row.role, Role.EDITOR)]


def set_owners(session: Session, campaign_id: int, names: Collection[str]) -> None:
    """Let exactly these accounts answer for a campaign."""
    wanted = set(session.exec(select(Account.id).where(col(Account.name).in_(names))))
    for row in session.exec(select(CampaignOwner).where(CampaignOwner.campaign_id == campaign_id)):
        if row.account_id in wanted:
            wanted.discard(row.account_id)
        else:
            session.delete(row)
    session.add_all(
        CampaignOwner(campaign_id=campaign_id, account_id=number or 0) for number in sorted(wanted, key=str)
    )
    session.flush()


def products(session: Session) -> list[tuple[str, str]]:
    """Return slug and name of every product, by name."""
    query = select(Product.slug, Product.name).order_by(col(Product.name), col(Product.slug))
    return [(slug, name) for slug, name in session.exec(query)]


def members(session: Session, campaign_id: int) -> list[int]:
    """Return the ids of a campaign's objects."""
    query = select(CampaignMembership.object_id).where(CampaignMembership.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(CampaignMembership.object_id))))
