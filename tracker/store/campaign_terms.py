"""The terms of campaigns: what is in force, and every earlier state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.models.campaign import Campaign, CampaignTerms


@dataclass(frozen=True, slots=True)
class Marks:
    """The terms of one campaign that are in force."""

    slug: str
    title: str
    terms: tuple[str, ...]
    against: tuple[str, ...] = ()


def in_force(session: Session) -> list[Marks]:
    """Return the terms of every campaign that has any, ordered by its slug."""
    newest = select(func.max(CampaignTerms.id)).group_by(col(CampaignTerms.campaign_id))
    query = (
        select(Campaign.slug, Campaign.title, CampaignTerms)
        .join(CampaignTerms, col(CampaignTerms.campaign_id) == col(Campaign.id))
        .where(col(CampaignTerms.id).in_(newest))
        .order_by(col(Campaign.slug))
    )
    rows = (Marks(slug, title, tuple(row.terms), tuple(row.against)) for slug, title, row in session.exec(query))
    return [row for row in rows if row.terms or row.against]


def history(session: Session, campaign_id: int) -> list[CampaignTerms]:
    """Return every state of a campaign's terms, the one in force first."""
    query = select(CampaignTerms).where(CampaignTerms.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(CampaignTerms.number).desc())))


def change(
    session: Session,
    campaign_id: int,
    *,
    terms: Sequence[str],
    against: Sequence[str],
    by: str,
    now: datetime,
    note: str = "",
) -> CampaignTerms:
    """Write a new state of a campaign's terms; the one before becomes history."""
    before = history(session, campaign_id)
    row = CampaignTerms(
        campaign_id=campaign_id,
        number=before[0].number + 1 if before else 1,
        terms=list(terms),
        against=list(against),
        note=note,
        changed_by=by,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return row
