"""Contracts and their parties, as readers of awards look for them."""

from sqlmodel import Session, col, select

from tracker.models.campaign import CampaignProduct
from tracker.models.contract import Contract
from tracker.models.organization import Organization, Product
from tracker.store import objects


def by_award(session: Session, award_id: str, vendor_id: int) -> Contract | None:
    """Return a vendor's shown contract with this award number."""
    query = select(Contract).where(
        Contract.award_id == award_id, Contract.vendor_id == vendor_id, objects.visible(Contract.id)
    )
    return session.exec(query.order_by(col(Contract.id))).first() if award_id else None


def is_hidden(session: Session, award_id: str, vendor_id: int) -> bool:
    """Whether a person withdrew, merged or has not published a vendor's contract with this award number."""
    query = select(Contract.id).where(
        Contract.award_id == award_id, Contract.vendor_id == vendor_id, ~objects.visible(Contract.id)
    )
    return bool(award_id) and session.exec(query).first() is not None


def organization(session: Session, slug: str) -> Organization | None:
    """Return the organisation of this slug."""
    return session.exec(select(Organization).where(Organization.slug == slug)).first()


def product(session: Session, slug: str) -> Product | None:
    """Return the product of this slug."""
    return session.exec(select(Product).where(Product.slug == slug)).first()


def campaigns_about(session: Session, product_id: int | None) -> list[int]:
    """Return the campaigns about a product. A vendor sells much else: its name alone ties a contract to none."""
    about = select(CampaignProduct.campaign_id).where(CampaignProduct.product_id == product_id)
    return list(session.exec(about.order_by(col(CampaignProduct.campaign_id))))
